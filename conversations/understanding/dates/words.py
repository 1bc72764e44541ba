"""From letters to words that mean something: each known word of a message, its kind, and where it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import combining, decimal, normalize

from rapidfuzz.distance import OSA

from conversations.understanding.dates.lexicon import HOLIDAYS, NEARLY, NOT_NEARLY, ROWS, SIGNS, UNABLE

UNKNOWN = "unknown"
LONGEST_SIGN = 4
LONGEST_WORD = 14
"""Longer words are not looked at closely: no misspelt or glued date is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One word or phrase: its kind, what it says, and its place in the text."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number and how it was written: how many digits, 0 when in letters."""

    value: int
    digits: int


def _spellings() -> dict[tuple[str, ...], tuple[str, Any]]:
    rows = [(kind, value, spelling) for kind, value, spellings in ROWS for spelling in spellings.split(", ")]
    rows += [("holiday", when, spelling) for spellings, when in HOLIDAYS.items() for spelling in spellings.split(", ")]
    rows += [("unable", None, f"{verb} {no}") for verb in UNABLE.split() for no in ("pas", "pa", "po")]
    return {
        tuple(spelling.split()): (
            kind,
            Number(value, 0) if kind in ("number", "one") and isinstance(value, int) else value,
        )
        for kind, value, spelling in rows
    }


SPELLINGS = _spellings()
WORDS = {phrase[0]: meaning for phrase, meaning in SPELLINGS.items() if len(phrase) == 1}
LONGEST_PHRASE = max(map(len, SPELLINGS))
STARTS = {phrase[:size] for phrase in SPELLINGS for size in range(1, len(phrase))}
GLUED = {"weekday", "near", "part", "month", "next", "week", "holiday"}
"""What a word may end with when the space is missing: "demainmatin", "laprem", "davril"."""

_TOKEN = re.compile(r"(?:2mains?|2m1)\b|[a-z]{2,}1(?![\d/:.]|\s?h)|\d+|[a-z]+|[^\sa-z\d']")
_NEVER = re.compile(
    r"(?<!\d)(?:\+\s?33|0033|0)[ .\-/]?[1-9](?:[ .\-/]?\d\d){4}(?!\d)"  # a phone number
    r"|\S+@\S+|\bhttps?:\S+|\bwww\.\S+"
    r"|\b24\s?h?\s?/\s?24\b|\b7\s?j?\s?/\s?7\b"
)


@lru_cache(maxsize=4096)
def _plain_letters(letter: str) -> str:
    value = decimal(letter, None)
    if value is not None:
        return str(value)
    if letter in "’‘`´ʼ":
        return "'"
    if letter in "œŒ":
        return "oe"
    parts = "".join(part for part in normalize("NFKD", letter.lower()) if not combining(part) and part.isprintable())
    # One sign can stand for a whole sentence in Arabic: it is none of our words, and 1,600 of them would take long.
    return parts if len(parts) <= LONGEST_SIGN else "|"


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in plain letters, and the place in the original of each."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if letter.isspace():
            letters.append(" ")
            places.append(place)
            continue
        for part in _plain_letters(letter):
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def read_words(text: str) -> list[Item]:
    """The words of a text with the kinds of our lexicon; a hyphen between letters only joins them."""
    folded, places = _folded(text)
    folded = _NEVER.sub(lambda found: "|" * len(found[0]), folded)
    tokens = [(word, start, end) for word, start, end in _tokens(folded) if not _is_hyphen(folded, word, start)]
    items, position = [], 0
    while position < len(tokens):
        kind, value, size = _longest(tokens, position)
        items.append(Item(kind, value, places[tokens[position][1]], places[tokens[position + size - 1][2] - 1] + 1))
        position += size
    return _without_codes(items)


def _without_codes(items: list[Item]) -> list[Item]:
    """A number glued to a word we do not know ("4g", "T3", "covid19") counts no day."""
    kept = []
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        glued = (
            before and before.end == item.start and before.value,
            after and item.end == after.start and after.value,
        )
        is_code = item.kind == "number" and any(isinstance(word, str) and word.isalpha() for word in glued)
        kept.append(Item(UNKNOWN, None, item.start, item.end) if is_code else item)
    return kept


def _tokens(folded: str) -> list[tuple[str, int, int]]:
    found = []
    for match in _TOKEN.finditer(folded):
        word, start, end = match[0], match.start(), match.end()
        cut = _cut(word)
        if cut:
            found += [(word[:cut], start, start + cut), (word[cut:], start + cut, end)]
        else:
            found.append((_respelt(word), start, end))
    return found


def _is_hyphen(folded: str, word: str, start: int) -> bool:
    return word == "-" and folded[start - 1 : start].isalpha() and folded[start + 1 : start + 2].isalpha()


@lru_cache(maxsize=4096)
def _respelt(word: str) -> str:
    """The word of our lexicon that was meant, or the word itself: "dem1", "demainnn", "vendrredi"."""
    if word in WORDS or not word[0].isalpha() or (word,) in STARTS:
        return word
    if word.endswith("1"):
        return next((known for end in ("ain", "in") if (known := word[:-1] + end) in WORDS), word)
    word = re.sub(r"([a-z])\1{2,}", r"\1", word)
    if word in WORDS or word in NOT_NEARLY or not 5 <= len(word) <= LONGEST_WORD:
        return word
    nearly = (known for known in NEARLY if known[0] == word[0] and OSA.distance(known, word, score_cutoff=1) <= 1)
    return next(nearly, word)


@lru_cache(maxsize=4096)
def _cut(word: str) -> int:
    """Where a word falls into two known ones, 0 when it is one; a "1" that ends no word stands alone."""
    if word in WORDS or not word[0].isalpha() or (word,) in STARTS:
        return 0
    known = _respelt(word)
    if known in WORDS or len(word) > 2 * LONGEST_WORD:
        return 0
    if word.endswith("1"):
        return len(word) - 1
    places = range(1, len(word) - 2)
    return next((at for at in places if word[:at] in WORDS and _can_end(word[at:])), 0)


def _can_end(word: str) -> bool:
    known = WORDS.get(_respelt(word))
    return known is not None and known[0] in GLUED and len(word) > (2 if known[0] == "near" else 3)


def _longest(tokens: list[tuple[str, int, int]], position: int) -> tuple[str, Any, int]:
    """The kind and value of the longest phrase from here, and how many tokens it takes."""
    best = _alone(tokens[position][0])
    words = tuple(word for word, _, _ in tokens[position : position + LONGEST_PHRASE])
    for size in range(2, len(words) + 1):
        if words[: size - 1] not in STARTS:
            break
        if words[:size] in SPELLINGS:
            best = (*SPELLINGS[words[:size]], size)
    return best


def _alone(word: str) -> tuple[str, Any, int]:
    if word.isdecimal():
        return ("number", Number(int(word), len(word)), 1) if len(word) <= 4 else (UNKNOWN, None, 1)
    if word in WORDS:
        return (*WORDS[word], 1)
    return (SIGNS[word], None, 1) if word in SIGNS else (UNKNOWN, word, 1)
