"""Numbers: which line of the list that was shown, said as a digit, a word or a rank."""

import re

from conversations.understanding.spelling import plain, tokens

_WORDS = {
    "un": 1, "une": 1, "premier": 1, "premiere": 1, "1er": 1, "1ere": 1,
    "deux": 2, "deuxieme": 2, "second": 2, "seconde": 2,
    "trois": 3, "troisieme": 3,
    "quatre": 4, "quatrieme": 4,
    "cinq": 5, "cinquieme": 5,
    "six": 6, "sixieme": 6,
}  # fmt: skip
_AROUND = {
    "le", "la", "l", "numero", "num", "no", "n", "choix", "option", "reponse", "je", "prends", "prend",
    "veux", "pour", "alors", "plutot", "svp", "stp", "merci", "s", "il", "vous", "plait", "ok", "oui",
}  # fmt: skip
_RANK = re.compile(r"^(\d{1,2})(?:er|ere|e|eme|ieme|nd|nde)?$")


def line_number(text: str) -> int | None:
    """The line a short answer points at ("2", "le 2eme", "option deux"), from 1; None when it says anything
    else. "2 enfants", "10h" and "26 nov" are not line numbers."""
    found = [_value(word) for word in tokens(text) if word not in _AROUND]
    if len(found) != 1 or found[0] is None or ":" in plain(text) or "/" in plain(text):
        return None
    return found[0]


def _value(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    rank = _RANK.match(word)
    return int(rank[1]) if rank else None
