"""Alarm: words that speak of suicide, violence, a child in danger, an emergency of health, a night outside; they outrank
everything else, in every language they are known in."""

import re
from collections.abc import Iterator
from functools import lru_cache

from conversations.understanding.kinds import Danger
from conversations.understanding.patterns import Patterns
from conversations.understanding.said import Said
from conversations.understanding.spelling import folded
from conversations.understanding.tables import danger, foreign
from conversations.understanding.vocabulary import KNOWN

_HARMLESS = Patterns([("harmless", danger.HARMLESS)])
_ALARMS = Patterns([*danger.ALARMS, *foreign.ALARMS])
_URGENCY = list(Danger)
_WORDS = frozenset(re.findall(r"[a-z]{2,}(?!\w*\*)", folded(" ".join(lines for _, lines in danger.ALARMS))))
_GLUED = {"j": "je", "m": "me", "t": "te", "s": "se", "l": "le", "d": "de"}
_VOWELS = ("a", "e", "i", "o", "u", "h")
_SHORTEST = 4
"""The fewest letters of a word that is read by its sound: in shorter ones too many words sound alike."""


@lru_cache(maxsize=16)
def danger_in(said: Said) -> Danger | None:
    """The gravest danger that a message tells of, None when it tells of none."""
    words = [meant for word in said.words for meant in _meant(word)]
    for match in _HARMLESS.find(words):
        words[match.start : match.end] = ["-"] * (match.end - match.start)
    found = {match.meaning for match in _ALARMS.find(words)}
    return min(found, key=_URGENCY.index, default=None)


# Distress spells badly, and a word of danger is too rare to be set right with the others.


@lru_cache(maxsize=4096)
def _meant(word: str) -> tuple[str, ...]:
    """The word of danger that a word no table knows stands for: glued to a pronoun, or written as it sounds."""
    if word in KNOWN or len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return (word,)
    first, rest = word[0], word[1:]
    if first in _GLUED and (first == "j" or rest.startswith(_VOWELS)) and (heard := _heard(rest)):
        return (_GLUED[first], heard)
    return (_heard(word) or word,)


def _heard(word: str) -> str | None:
    return word if word in _WORDS else _BY_SOUND.get(_sound(word)) if len(word) >= _SHORTEST else None


_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"^h|(?<![cp])h"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu|c(?=[aouklr])|q"), "k"),
    (re.compile(r"sc(?=[ei])|c(?=[eiy])|t(?=ion)"), "s"),
    (re.compile(r"eau|au"), "o"),
    (re.compile(r"ain|ein|aim"), "in"),
    (re.compile(r"am(?=[bp])|em(?=[bp])|en(?=[^aeiouy])"), "an"),
    (re.compile(r"ai|ei"), "e"),
    (re.compile(r"(ent|er|ez|ee?s?|[sxtd])+$"), ""),
    (re.compile(r"y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def _sound(word: str) -> str:
    """How a word sounds, roughly: one spelling for what is said the same, silent endings and those in "é" dropped."""
    for spelled, sounds in _SOUNDS:
        word = spelled.sub(sounds, word)
    return word


def _by_sound() -> Iterator[tuple[str, str]]:
    for word in sorted(_WORDS, reverse=True):
        sound = _sound(word)
        if len(word) > _SHORTEST and len(sound) >= _SHORTEST - 1:
            yield sound, word


_BY_SOUND = dict(_by_sound())
