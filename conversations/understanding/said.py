"""Said: a message as the words it means, whatever the spelling: what every later layer reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.understanding.spelling import folded
from conversations.understanding.tables.lists import POLITE
from conversations.understanding.tables.texto import AFTER_JE, ELIDED, MEANT, NOT_ELIDED, PAIRS
from conversations.understanding.vocabulary import CORRECTED, KNOWN

MOST_WORDS = 400
"""More than the longest message has; what is pasted by the page is not read to its end."""
_MEANT = {typed: meant.split() for line, meant in MEANT.items() for typed in line.split()}
_AFTER_JE = frozenset(AFTER_JE.split())
_ELIDED = frozenset(ELIDED.split())
_NOT_ELIDED = frozenset(NOT_ELIDED.split())
_LETTERS = {"j": "je", "c": "ce", "d": "de", "l": "le", "m": "me", "n": "ne", "s": "se", "t": "te", "qu": "que"}
"""What an elided letter stands for."""
_DROPPED = frozenset({"ne"})
"""Written or not, "ne" changes nothing: "pas" is what says no."""
_PAIRS: dict[str, list[tuple[list[str], list[str]]]] = {}
for _written, _means in PAIRS.items():
    _PAIRS.setdefault(_written.split()[0], []).append((_written.split()[1:], _means.split()))
for _known in _PAIRS.values():
    _known.sort(key=lambda pair: -len(pair[0]))
_WORD = re.compile(r"[^\W_]+")
_PLUS = re.compile(r"(?<=\w )\+(?= \w)")
_STUCK = re.compile(
    r"^(\d{1,3})(mois?|ans?|min|mns?|minutes|jours?|j|semaines?|sem|enfants?|euros|months?|years?|possible)$"
)
_NUMBERED = re.compile(r"^(?:n|no|num|opt|option|choix|rep|reponse)(\d)$")
_SHORT, _LONG = 5, 8
"""From how many letters on one letter, and two, may be wrong."""
_LONGEST = 24


@dataclass(frozen=True)
class Said:
    """The words of a message, as meant; `text` is as it was typed."""

    text: str

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """The words as typed, folded."""
        return tuple(
            found[0]
            for found, _ in zip(_WORD.finditer(_PLUS.sub("plus", folded(self.text))), range(MOST_WORDS), strict=False)
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as meant."""
        return tuple(word for word in _paired(_corrected(self.typed)) if word not in _DROPPED)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words that are left without politeness."""
        return tuple(word for word in self.words if word not in POLITE)

    @cached_property
    def line(self) -> str:
        """The text folded, its words corrected and its punctuation kept: what days and hours are read in."""
        return _WORD.sub(lambda found: _set_right(found[0]), folded(self.text))

    @property
    def is_question(self) -> bool:
        return "?" in self.text


def _corrected(typed: tuple[str, ...]) -> Iterator[str]:
    """Each word as meant; one held down, "oui oui oui oui", is said twice at most."""
    last: list[str] = []
    for word in typed:
        if last[-2:] == [word, word]:
            continue
        last.append(word)
        yield from _meant(word)


@lru_cache(maxsize=4096)
def _meant(word: str) -> tuple[str, ...]:
    """The words that one word stands for."""
    if word in _MEANT:
        return tuple(_MEANT[word])
    if word[0] == "j" and (verb := one_word(word[1:])) in _AFTER_JE:
        return ("je", verb)
    if word in _LETTERS:
        return (_LETTERS[word],)
    if stuck := _STUCK.match(word):
        return (stuck[1], {"moi": "mois", "mn": "min", "mns": "min"}.get(stuck[2], stuck[2]))
    if numbered := _NUMBERED.match(word):
        return ("numero", numbered[1])
    if word in KNOWN:
        return (word,)
    return _unglued(word) or (_likely(word),)


def _set_right(word: str) -> str:
    """The word meant, where it stands for one word that is longer than a letter."""
    meant = _meant(word) if 1 < len(word) <= _LONGEST else (word,)
    return " ".join(meant) if len(meant) == 1 or not word.isalpha() or word[0] in "jl" else word


def _unglued(word: str) -> tuple[str, ...]:
    """ "lheure" as "le heure", "maider" as "me aider"; nothing when it is one word."""
    if word in _NOT_ELIDED:
        return ()
    for glued in ("qu", word[0]):
        if word.startswith(glued) and glued in _LETTERS and word[len(glued) :] in _ELIDED:
            return (_LETTERS[glued], *_meant(word[len(glued) :]))
    return ()


def _likely(word: str) -> str:
    """The keyword that a long word misspells, the word itself when there is none."""
    if not _SHORT <= len(word) <= _LONGEST or not word.isascii() or not word.isalpha():
        return word
    wrong = 1 if len(word) < _LONG else 2
    found = process.extractOne(word, CORRECTED.get(word[0], ()), scorer=OSA.distance, score_cutoff=wrong)
    return found[0] if found else word


def _paired(words: Iterator[str]) -> Iterator[str]:
    """The words, those that mean something together put together."""
    left = list(words)
    at = 0
    while at < len(left):
        rest, means = next(
            (pair for pair in _PAIRS.get(left[at], ()) if left[at + 1 : at + 1 + len(pair[0])] == pair[0]),
            ([], left[at : at + 1]),
        )
        yield from means
        at += 1 + len(rest)


def one_word(word: str) -> str:
    """The word as `Said.words` has it, where it stands for one word."""
    meant = _MEANT.get(word, [_LETTERS.get(word, word)])
    return meant[0] if len(meant) == 1 else word
