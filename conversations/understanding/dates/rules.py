"""Rewriting: a rule is a pattern of kinds of items, and what a stretch of items that matches becomes.

A pattern reads like a sentence of kinds with the signs of regular expressions: "the? number month". Rules apply one
after the other, each from left to right over what the ones before have made."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversations.understanding.dates.words import Item

_KIND = re.compile(r"[a-z_]+")
_LETTERS: dict[str, str] = {}
FEWEST = "\ue000"


class Found:
    """The items a pattern matched."""

    def __init__(self, items: Sequence[Item], today: date) -> None:
        self.items = items
        self.today = today

    def __getitem__(self, kind: str) -> Any:
        """The value of the first item of a kind."""
        return next(item.value for item in self.items if item.kind == kind)

    def get(self, kind: str) -> Any:
        return next((item.value for item in self.items if item.kind == kind), None)

    def all(self, *kinds: str) -> list[Any]:
        return [item.value for item in self.items if item.kind in kinds]

    def has(self, *kinds: str) -> bool:
        return any(item.kind in kinds for item in self.items)


Made = tuple[str, Any] | list[tuple[str, Any]] | None
"""A kind and a value, several of them, or None where the rule does not hold after all."""
Make = Callable[[Found], Made]


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    needs: frozenset[str]
    make: Make


def letter(kind: str) -> str:
    """One character for each kind, so that a sentence of kinds is a string."""
    return _LETTERS.setdefault(kind, chr(ord(FEWEST) + len(_LETTERS)))


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_KIND.sub(lambda found: letter(found[0]), pattern).replace(" ", ""))


class Rules:
    """A list of rules, filled by decorating what they make."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def __call__(self, *patterns: str) -> Callable[[Make], Make]:
        def keep(make: Make) -> Make:
            for pattern in patterns:
                self._rules.append(Rule(compiled(pattern), frozenset(_needed(pattern)), make))
            return make

        return keep

    def apply(self, items: list[Item], today: date) -> list[Item]:
        """The items as the rules leave them, each rule in turn, seen from today."""
        sentence = "".join(letter(item.kind) for item in items)
        for rule in self._rules:
            if not rule.needs.issubset(sentence) or not rule.pattern.search(sentence):
                continue
            items = list(_rewritten(items, sentence, rule, today))
            sentence = "".join(letter(item.kind) for item in items)
        return items


def _needed(pattern: str) -> Iterable[str]:
    """The kinds a pattern cannot do without: those outside brackets and not optional."""
    outside = re.sub(r"\([^()]*\)", " ", re.sub(r"\([^()]*\)", " ", pattern))
    return (
        (letter(found[1]) for found in re.finditer(r"([a-z_]+)(?![a-z_]|\s?[?*{])", outside))
        if "|" not in outside
        else ()
    )


def _rewritten(items: list[Item], sentence: str, rule: Rule, today: date) -> Iterable[Item]:
    done = 0
    for match in rule.pattern.finditer(sentence):
        stretch = items[match.start() : match.end()]
        made = rule.make(Found(stretch, today)) if stretch else None
        if made is None:
            continue
        yield from items[done : match.start()]
        for kind, value in made if isinstance(made, list) else [made]:
            yield Item(kind, value, stretch[0].start, stretch[-1].end)
        done = match.end()
    yield from items[done:]
