"""About: what a request is about: the motif, the atelier, for whom, how old, with which agent, in which language."""

import re
from collections.abc import Iterator
from typing import Any

from conversations.understanding.patterns import Patterns
from conversations.understanding.said import Said
from conversations.understanding.spelling import folded
from conversations.understanding.tables import foreign, motifs
from conversations.understanding.tables.lists import each_of
from conversations.understanding.vocabulary import KNOWN

_MOTIFS = Patterns(motifs.MOTIFS)
_MOTIF_ORDER = [motif for motif, _ in motifs.MOTIFS]
_WHOM = Patterns(motifs.WHOM)
_WORKSHOPS = {word: workshop for workshop, words in motifs.WORKSHOPS for word in words.split()}
_LANGUAGES = {folded(name): code for names, code in motifs.LANGUAGES.items() for name in names.split()}
_KNOWN_BY: dict[str, set[str]] = {}
for _code, _words in foreign.WORDS.items():
    for _word in _words.split():
        _KNOWN_BY.setdefault(folded(_word), set()).add(_code)
_SCRIPTS = (("ar", "\u0600", "\u06ff"), ("he", "\u0590", "\u05ff"), ("ka", "\u10a0", "\u10ff"), ("hy", "\u0530", "\u058f"),
            ("zh", "\u4e00", "\u9fff"), ("ta", "\u0b80", "\u0bff"), ("bn", "\u0980", "\u09ff"), ("am", "\u1200", "\u137f"),
            ("hi", "\u0900", "\u097f"), ("el", "\u0370", "\u03ff"), ("uk", "\u0400", "\u04ff"))  # fmt: skip
"""Languages known by their letters, and where these are in Unicode."""
_RUSSIAN = re.compile(
    "[ыэъё]|\\b(?:что|мне|нет|спасибо|можно|когда|муж|меня|отменить|запись|говорю|врач|прием|здравствуйте|привет|помогите|умереть|перенести на понедельник|понедельник|вторник|четверг|пятница|хорошо|нужен|нужно|ребенок|ребенка)\\b"
)
_FRENCH = each_of(
    "je tu il elle on nous vous le la les un une des de du mon ma mes pour avec est et pas rdv oui non c svp bonjour "
    "merci que qui au en dans sur ca mais plus a peux veux suis ai si va me sa ses son te se"
)
_UNITS = {"mois": "age_months", "moi": "age_months", "months": "age_months", "month": "age_months", "mos": "age_months",
          "ans": "age_years", "an": "age_years", "years": "age_years", "year": "age_years"}  # fmt: skip
_AGES = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
         "dix": 10, "onze": 11, "douze": 12, "dix-huit": 18}  # fmt: skip
_OLDEST = 120
_CHILD = re.compile(
    r"\b(?:fils|fille|b[ée]b[ée]|bb|enfants?|gar[cç]on|petite?|pour|puce)\s+([^\W\d_]{2,}(?:-[^\W\d_]+)?)"
    r"(\s*,?\s+(?:n[ée]e?\b|\d+\s*(?:mois|ans|an|m)\b))?",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:avec|voir|chez|de)\s+((?:madame|monsieur|mme|mr|m\.|dr|docteur|mlle)\s+[^\W\d_]{2,}(?:-[^\W\d_]+)?)",
    re.IGNORECASE,
)


def motifs_of(said: Said) -> list[str]:
    """The motifs spoken of, the most telling first."""
    found = {match.meaning for match in _MOTIFS.find(said.words)}
    return sorted(found, key=_MOTIF_ORDER.index)


def workshop_of(said: Said) -> str | None:
    return next((_WORKSHOPS[word] for word in said.words if word in _WORKSHOPS), None)


def for_whom(said: Said) -> str | None:
    """self, child or other; a child's parent is not the one concerned."""
    found = [match.meaning for match in _WHOM.find(said.words)]
    people = ("other", "self") if "no child" in found else ("child", "other", "self")
    return next((whom for whom in people if whom in found), None)


def age(said: Said) -> dict[str, int]:
    """`age_months` or `age_years`, when one is said."""
    for number, unit in zip(said.words, said.words[1:], strict=False):
        years = _AGES.get(number) or (int(number) if number.isdecimal() and len(number) < 4 else 0)
        if 0 < years <= _OLDEST and unit in _UNITS:
            return {_UNITS[unit]: years}
    return {}


def child_named(said: Said) -> str | None:
    """The first name said after the child: written as a name, or followed by an age or a birth."""
    for found in _CHILD.finditer(said.text):
        name = found[1]
        is_written_so = name[0].isupper() and not said.text.isupper()
        if (is_written_so or found[2]) and folded(name) not in KNOWN:
            return name.capitalize() if name.islower() or name.isupper() else name
    return None


def agent_named(said: Said) -> str | None:
    found = _AGENT.search(said.text)
    return found[1] if found else None


def language_named(said: Said) -> str | None:
    return next((_LANGUAGES[word] for word in said.words if word in _LANGUAGES), None)


def language_of(said: Said) -> str:
    """The language the message is written in, as an ISO 639 code; French where nothing says otherwise."""
    text = folded(said.text)
    if not text.isascii():
        for code, first, last in _SCRIPTS:
            if any(first <= letter <= last for letter in text):
                return "ru" if code == "uk" and _RUSSIAN.search(said.text.lower()) else code
    counts: dict[str, int] = {}
    for word in said.typed:
        for code in _KNOWN_BY.get(word, ()) if word not in _FRENCH else ():
            counts[code] = counts.get(code, 0) + 1
    french = sum(word in _FRENCH for word in said.typed)
    # Of several as likely, the first of the table.
    code = max((code for code in foreign.WORDS if code in counts), key=counts.__getitem__, default="fr")
    most = counts.get(code, 0)
    return code if most and most >= french else "fr"


def about(said: Said) -> Iterator[tuple[str, Any]]:
    """Every slot of this layer."""
    if found := motifs_of(said):
        yield "motif", found[0]
    if whom := for_whom(said):
        yield "for_whom", whom
    yield from age(said).items()
    if child := child_named(said):
        yield "child", child
        yield "for_whom", "child"
    if agent := agent_named(said):
        yield "agent", agent
    if (language := language_of(said)) != "fr":
        yield "lang", language
