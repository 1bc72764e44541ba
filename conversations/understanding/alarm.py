"""Alarm: words that speak of suicide, violence, a child in danger, an emergency of health, a night outside; they outrank
everything else, in every language they are known in."""

from conversations.understanding.kinds import Danger
from conversations.understanding.patterns import Patterns
from conversations.understanding.said import Said
from conversations.understanding.tables import danger, foreign

_HARMLESS = Patterns([("harmless", danger.HARMLESS)])
_ALARMS = Patterns([*danger.ALARMS, *foreign.ALARMS])
_URGENCY = list(Danger)


def danger_in(said: Said) -> Danger | None:
    """The gravest danger that a message tells of, None when it tells of none."""
    words = list(said.words)
    for match in _HARMLESS.find(words):
        words[match.start : match.end] = ["-"] * (match.end - match.start)
    found = {match.meaning for match in _ALARMS.find(words)}
    return min(found, key=_URGENCY.index, default=None)


def is_alarm(text: str) -> bool:
    return danger_in(Said(text)) is not None
