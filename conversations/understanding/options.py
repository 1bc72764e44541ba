"""Options: which of the answers shown is meant, by its number or by its words, misspelt or in part."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from conversations.understanding.numbers import line_number
from conversations.understanding.spelling import tokens

_LIKE = 82
"""How alike two words must be, out of 100, to be one word misspelt: "consultasion", "puericultrisse"."""
_EMPTY = {
    "le", "la", "les", "l", "un", "une", "de", "du", "des", "d", "a", "au", "aux", "pour", "avec", "et", "en", "je",
    "j", "rdv", "rendez", "vous", "svp", "stp", "bonjour", "voudrais", "veux", "mon", "ma", "mes", "merci", "ca",
    "c", "est", "prendre", "il", "plait", "s", "sur",
}  # fmt: skip


def pick(text: str, options: Sequence[str]) -> int | None:
    """The index of the option meant, None when none or several fit."""
    number = line_number(text)
    if number is not None and 1 <= number <= len(options):
        return number - 1
    return pick_by_words(text, options)


def pick_by_words(text: str, options: Sequence[str]) -> int | None:
    """The index of the one option whose own words the text says best; a tie is nobody."""
    said = [word for word in tokens(text) if word not in _EMPTY and len(word) > 1]
    scores = [_score(said, option, options) for option in options]
    best = max(scores, default=0)
    if best <= 0 or scores.count(best) > 1:
        return None
    return scores.index(best)


def _score(said: Sequence[str], option: str, options: Sequence[str]) -> float:
    """How many of the option's telling words are said; a word that several options share tells nothing."""
    others = [set(tokens(other)) for other in options if other != option]
    own = [word for word in tokens(option) if word not in _EMPTY and not any(word in other for other in others)]
    return sum(max((_alike(word, heard) for heard in said), default=0) for word in own)


def _alike(word: str, heard: str) -> float:
    if word == heard:
        return 1.0
    if min(len(word), len(heard)) < 4 or word.isdecimal() or heard.isdecimal():
        return 0.0
    if word.startswith(heard) or heard.startswith(word):
        return 0.9
    likeness = fuzz.ratio(word, heard)
    return likeness / 100 if likeness >= _LIKE else 0.0
