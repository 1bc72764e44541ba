"""Options: which of the answers shown is meant, by its number or by its words, misspelt or in part."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

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

_INSTEAD = {"finalement", "plutot", "fait", "non", "ah", "sinon", "enfin", "pardon", "actually", "no", "the", "instead"}


def pick(text: str, options: Sequence[str]) -> int | None:
    """The index of the option meant, None when none or several fit."""
    number = line_number(text)
    if number is not None and 1 <= number <= len(options):
        return number - 1
    return pick_by_words(text, options)


def pick_by_words(text: str, options: Sequence[str]) -> int | None:
    """The index of the one option whose own words the text says best; a tie is nobody."""
    said = [word for word in _named(text) if word not in _EMPTY and len(word) > 1]
    scores = [_said_of(own, said) for own in _telling(*options)]
    best = max(scores, default=0)
    if best <= 0 or scores.count(best) > 1:
        return None
    return scores.index(best)


def share(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """The indexes of the options that the text says as well as each other, and better than the others; none where they
    are one, or all."""
    said = [word for word in tokens(text) if word not in _EMPTY and len(word) > 1]
    scores = [_said_of([word for word in tokens(option) if word not in _EMPTY], said) for option in options]
    best = max(scores, default=0)
    found = tuple(place for place, score in enumerate(scores) if score == best)
    return found if best > 0 and 1 < len(found) < len(options) else ()


def says_only(text: str, option: str) -> bool:
    """Whether a text is some words of an option, and nothing beside them but small ones."""
    own = [word for word in tokens(option) if word not in _EMPTY]
    said = [word for word in tokens(text) if word not in _EMPTY | _INSTEAD]
    return bool(said) and all(any(_alike(one, word) for one in own) for word in said)


@lru_cache(maxsize=64)
def _telling(*options: str) -> list[list[str]]:
    """The words that tell each option from the others: one that several share tells nothing."""
    words = {option: _named(option) for option in options}
    shared = Counter(word for own in words.values() for word in set(own))
    return [[word for word in words[option] if word not in _EMPTY and shared[word] == 1] for option in options]


_EAST = "l'est"
_BEFORE_IS = {"c", "ce", "ca", "ou", "qui", "il", "elle", "quel", "quelle", "comment", "on"}


def _named(text: str) -> list[str]:
    """The words of a text, where a last "est" that is no verb is a side of a town: "Arras Est"."""
    words = tokens(text)
    if len(words) > 1 and words[-1] == "est" and words[-2] not in _BEFORE_IS:
        return [*words[:-1], _EAST]
    return words


def _said_of(telling: Sequence[str], said: Sequence[str]) -> float:
    """How many of these words are said."""
    return sum(max((_alike(word, heard) for heard in said), default=0) for word in telling)


def _alike(word: str, heard: str) -> float:
    if word == heard:
        return 1.0
    if min(len(word), len(heard)) < 4 or word.isdecimal() or heard.isdecimal():
        return 0.0
    if word.startswith(heard) or heard.startswith(word):
        return 0.9
    likeness = fuzz.ratio(word, heard)
    return likeness / 100 if likeness >= _LIKE else 0.0
