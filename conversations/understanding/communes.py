"""Communes: where somebody lives, as they text it: "62000 arras", "j'habite à Lens", "de st laurent blangy"."""

import re
from dataclasses import dataclass

from conversations.understanding.spelling import plain

_POSTCODE = re.compile(r"(?<![\d+])((?:0[1-9]|[1-8]\d|9[0-8]|2[ab])\d{3})(?!\d)")
"""Five digits of a département there is; a phone number and an amount have others around them."""
_LIVES = re.compile(
    r"\b(?:j?habit\w*|reside\w*|viv[eos]\w*|vi[ts]|loge\w*|demeur\w*|domicilie\w*|viens|vient|suis|sommes)"
    r"(?:\s+(?:actuellement|maintenant|toujours|pres))*\s+(?:(?:aux?|a|en|de|du|sur|dans)\s+|d')"
)
_NAME = re.compile(
    r"(?:(?:le|la|les|l'|st|ste|saint|sainte)[\s'-]+)*[a-z][a-z']+"
    r"(?:[\s-](?!(?:et|mais|je|dans|avec)\b)[a-z']+){0,3}"
)
_UNFINISHED = {"le", "la", "les", "du", "de", "des", "a", "au"}
_SAINTS = {"st": "saint", "ste": "sainte"}
_NOWHERE = {
    "la", "rue", "chez", "retard", "route", "maison", "hotel", "foyer", "vacances", "moi", "mes", "ma", "mon", "rendez",
}  # fmt: skip
"""What follows "à" without being a commune: "à la rue", "chez ma mère", "en retard"."""


@dataclass(frozen=True)
class Commune:
    """A postcode, a name as it is folded (no accents, no hyphens), or both."""

    code_postal: str | None
    nom: str | None


def read_commune(text: str) -> Commune | None:
    """Where the writer says they live; None where they do not say. A name needs its postcode or a word for living:
    alone, it could be anybody's."""
    said = plain(text)
    found = _POSTCODE.search(said)
    if found is not None:
        after, before = said[found.end() :], said[: found.start()]
        return Commune(found[1].upper(), _named(after.lstrip(" ,-")) or _named(_last_words(before)))
    lives = _LIVES.search(said)
    nom = _named(said[lives.end() :]) if lives else None
    return Commune(None, nom) if nom else None


def _last_words(before: str) -> str:
    """The name before its postcode: "Arras 62000", "j'habite à Arras, 62000"."""
    lives = _LIVES.search(before)
    words = (before[lives.end() :] if lives else before).strip(" ,-(")
    return "" if words.split()[-1:] and words.split()[-1] in _UNFINISHED else words


def _named(words: str) -> str | None:
    found = _NAME.match(words)
    if found is None or words.split()[0] in _NOWHERE:
        return None
    return " ".join(_SAINTS.get(word, word) for word in re.split(r"[\s-]+", found[0]))
