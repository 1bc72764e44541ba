"""Patterns: sentences as people say them, written as words, found in one pass over a text.

(peux / suis) pas (venir / la / )    a choice in brackets; where nothing follows a slash, it may be missing
annul*                              any word that begins so
pas|plus                            either word
..  ...                             up to three, up to seven words of anything
^  $                                the message begins, ends here
#                                   a word that begins with a digit
!mais|que_je                        and what comes next is none of these
<enfant>                            a word of that list, see `LISTS`
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from conversations.understanding.said import one_word
from conversations.understanding.spelling import folded
from conversations.understanding.tables.lists import LISTS

Meaning = TypeVar("Meaning")
_INDEXED = 3
"""How many letters of the first word lead to the patterns that may begin there."""


@dataclass(frozen=True)
class _Part:
    """One place in a pattern: the words that may stand there, or the `ways` it may go on."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    gap: int = 0
    forbids: bool = False
    edge: str = ""
    ways: tuple[tuple["_Part", ...], ...] = ()

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.prefixes) and word.startswith(self.prefixes))


_Parts = tuple[_Part, ...]
_Needed = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Match(Generic[Meaning]):
    """A pattern found: what it means, and the words from `start` to `end`, excluded, that say it."""

    meaning: Meaning
    start: int
    end: int


class Patterns(Generic[Meaning]):
    """A table from what is meant to the patterns that mean it, one a line."""

    def __init__(self, table: Iterable[tuple[Meaning, str]]) -> None:
        self._by_first: dict[str, list[tuple[_Parts, _Needed, Meaning]]] = {}
        for meaning, lines in table:
            for line in folded(lines).strip().splitlines():
                parts = _parts(line.strip())
                for begins in {word[:_INDEXED] for word in _firsts(parts)}:
                    self._by_first.setdefault(begins, []).append((parts, _needed(parts), meaning))

    def find(self, words: Sequence[str]) -> list[Match[Meaning]]:
        """Every pattern found, in the order of the words."""
        found = []
        said = set(words)
        for at, word in enumerate(words):
            for parts, needed, meaning in self._by_first.get(word[:_INDEXED], ()):
                if not any(map(said.isdisjoint, needed)) and (end := _end(words, at, parts)) is not None:
                    found.append(Match(meaning, at, end))
        return found


def _end(words: Sequence[str], at: int, parts: _Parts) -> int | None:
    """Where the pattern ends when it begins at `at`, None when it does not."""
    for place, part in enumerate(parts):
        if part.gap or (part.ways and not part.forbids):
            return _first_end(_branches(at, part, parts[place + 1 :]), words)
        if part.edge or part.forbids:
            if not _holds(part, words, at):
                return None
        elif at >= len(words) or not part.fits(words[at]):
            return None
        else:
            at += 1
    return at


def _first_end(branches: Iterable[tuple[int, _Parts]], words: Sequence[str]) -> int | None:
    for at, parts in branches:
        if at <= len(words) and (end := _end(words, at, parts)) is not None:
            return end
    return None


def _branches(at: int, part: _Part, rest: _Parts) -> Iterable[tuple[int, _Parts]]:
    """Where to go on from, and with what: after some words of a gap, or down one of the ways."""
    if part.gap:
        return ((at + skipped, rest) for skipped in range(part.gap + 1))
    return ((at, way + rest) for way in part.ways)


def _holds(part: _Part, words: Sequence[str], at: int) -> bool:
    if part.forbids:
        return all(_end(words, at, way) is None for way in part.ways)
    return at == (0 if part.edge == "^" else len(words))


def _needed(parts: _Parts) -> _Needed:
    """Words of which a message must hold one in each set for the parts to be found anywhere in it. Most patterns that
    begin like a message are set aside by them, at once."""
    return tuple(sorted((words for part in parts if (words := _any_of(part))), key=len))


def _any_of(part: _Part) -> frozenset[str]:
    """Words of which a message must hold one for this part of a pattern; none where it may do without."""
    if part.ways and not part.forbids:
        ways = [_needed(way) for way in part.ways]
        return frozenset().union(*(way[0] for way in ways)) if all(ways) else frozenset()
    return frozenset() if part.prefixes else part.words


def _firsts(parts: _Parts) -> set[str]:
    """The words, or their beginnings, that the parts can begin with."""
    for place, part in enumerate(parts):
        if part.ways and not part.forbids:
            return {first for way in part.ways for first in _firsts(way + parts[place + 1 :])}
        if not part.edge and not part.forbids:
            return {*part.words, *part.prefixes}
    raise ValueError("a pattern begins with a word")


# Reading a line of a table

_DIGITS = tuple("0123456789")
_GAPS = {"..": 3, "...": 7}
_EDGES = ("^", "$")
_LIST = re.compile(r"<([a-z_]+)>")
_ELEMENT = re.compile(r"\(([^()]*)\)|(\S+)")


def _parts(line: str, lists: Mapping[str, str] = LISTS) -> _Parts:
    line = _LIST.sub(lambda found: "|".join(lists[found[1]].split()), line)
    return tuple(_choice(found[1]) if found[2] is None else _part(found[2]) for found in _ELEMENT.finditer(line))


def _choice(written: str) -> _Part:
    """Single words as one place, the others as ways to go on."""
    ways = [" ".join(way.split()) for way in written.split("/")]
    words = [way for way in ways if way and " " not in way and way not in _EDGES]
    single = _part("|".join(words)) if words else None
    others = [_parts(way) for way in dict.fromkeys(ways) if way not in words]
    if single and not others:
        return single
    return _Part(ways=(*(((single,),) if single else ()), *sorted(others, key=len, reverse=True)))


def _part(written: str) -> _Part:
    if written in _GAPS:
        return _Part(gap=_GAPS[written])
    if written in _EDGES:
        return _Part(edge=written)
    if written.startswith("!"):
        return _Part(forbids=True, ways=tuple(_parts(way.replace("_", " ")) for way in written[1:].split("|")))
    if "(" in written or ")" in written:
        raise ValueError(f"{written!r}: one choice does not stand within another")
    choices = written.split("|")
    prefixes = tuple(choice[:-1] for choice in choices if choice.endswith("*"))
    if any(len(prefix) < _INDEXED for prefix in prefixes):
        raise ValueError(f"{written!r}: a beginning has at least {_INDEXED} letters")
    words = frozenset(one_word(choice) for choice in choices if choice not in ("#", "") and not choice.endswith("*"))
    return _Part(words, prefixes + (_DIGITS if "#" in choices else ()))
