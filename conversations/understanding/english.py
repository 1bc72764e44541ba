"""English put in the French words that the layers of days, lines, yes and no, names and birth dates read."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from conversations.understanding.said import Said
from conversations.understanding.tables.english import INTRODUCED, MONTHS, SAID
from conversations.understanding.tables.foreign import WORDS

LONGEST = 400
"""Letters: a longer message tells a story, and answers no question."""
_ORDINARY = frozenset(WORDS["en"].split())
_MONTH = "|".join(MONTHS)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, phrases), key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![\w'])", re.IGNORECASE)


_SAID, _INTRODUCED = _any_of(SAID), _any_of(INTRODUCED)
_DAY_MONTH = re.compile(rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]({_MONTH})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,(?= \d{{4}}))?", re.IGNORECASE
)
_RANK = re.compile(r"\b(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:at )?(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_AT = re.compile(r"\bat (\d{1,2})(?:[:.](\d\d))?\b(?!\s?[/\w])", re.IGNORECASE)


@lru_cache(maxsize=512)
def in_french(text: str) -> str:
    """The message with its English words in French; a day before its month, hours as "14h30"."""
    said = _RANK.sub(r"le \1", _day_first(text))
    said = _CLOCK.sub(_of_the_day, said)
    said = _AT.sub(lambda found: f"{found[1]}h{found[2] or ''}", said)
    return _put(_SAID, SAID, said)


def names_in_french(text: str) -> str:
    """What surrounds a name and a birth date in French; the name as it was written, be it "Thu" or "May"."""
    return _put(_INTRODUCED, INTRODUCED, _day_first(text))


def is_sentence(text: str) -> bool:
    """Whether two ordinary words at least are in it: "I don't know" is nobody's name."""
    return sum(word in _ORDINARY for word in Said(names_in_french(text)).typed) > 1


def _day_first(text: str) -> str:
    said = text[:LONGEST].replace("’", "'")
    said = _DAY_MONTH.sub(lambda found: f"{found[1]} {MONTHS[found[2].lower()]}", said)
    return _MONTH_DAY.sub(lambda found: f"{found[2]} {MONTHS[found[1].lower()]}", said)


def _put(pattern: re.Pattern[str], table: Mapping[str, str], text: str) -> str:
    return " ".join(pattern.sub(lambda found: table[found[0].lower()], text).split())


def _of_the_day(found: re.Match[str]) -> str:
    """ "2:30 pm" as "14h30"."""
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    return f"{hour}h{found[2] or ''}"
