"""Quick answers: the words in capitals that a message asks for, which a chat shows as buttons under it.

B  Je garde jeu 26 nov 9h pour Léa, MDS Arras Sud, pendant 10 min. OUI pour réserver, RETOUR pour changer.
   [OUI] [RETOUR]
"""

import re
from functools import cache

from conversations.langue import langue as language
from conversations.langue import named, spoken
from conversations.phrases import catalogue
from conversations.understanding.words import word_anywhere
from conversations.understanding.yes_no import yes_or_no

AT_MOST = 4
"""Buttons side by side: more are too narrow to be read on a phone."""

_NEVER = {"STOP", "START", "OK"}
"""A finger that slips silences nobody; and what is only said in passing is no answer."""
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]+(?:[ '’-][A-ZÀ-Þ]+)*\b")
"""Whole runs of words in capitals: the AIDE of "AIDE SOCIALE" is none."""
_ALSO_A_NOUN = "RDV"
_ASKED_FOR = re.compile(r"(?:(?<=[.,:?!]\s)|(?<=Répondez ))RDV(?= (?:pour|si|et [A-Z]))")
"""RDV is also the name of what is being booked: it is an answer where a sentence says what it is for."""


def quick(text: str, langue: str) -> tuple[str, ...]:
    """The answers that a text asks for by their words: in the order they are said, each once, `AT_MOST` of them. Only
    what the phrases of that language say themselves counts, whatever names are put into them."""
    known = words(langue)
    asked = (found[0] for found in _CAPITALS.finditer(text) if found[0] in known and _is_asked_for(found))
    return tuple(dict.fromkeys(asked))[:AT_MOST]


def _is_asked_for(found: re.Match[str]) -> bool:
    return found[0] != _ALSO_A_NOUN or _ASKED_FOR.match(found.string, found.start()) is not None


@cache
def words(langue: str) -> frozenset[str]:
    """The words in capitals of a language's phrases that are understood as an answer, or anywhere; with those by which
    other languages offer themselves."""
    written = (*catalogue(langue).values(), *(language(code).offre for code in spoken()))
    return frozenset(said for text in written for said in _CAPITALS.findall(text) if _is_understood(said))


def _is_understood(word: str) -> bool:
    if word in _NEVER:
        return False
    return word_anywhere(word) is not None or yes_or_no(word) is not None or named(word) is not None
