"""Moment: one date or time named in a message, as a stretch of local wall time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Grain = Literal["minute", "hour", "daypart", "day", "week", "month"]
Open = Literal["after", "before"]
SURE = 0.7
"""A reading of less confidence is a question to ask."""


@dataclass(frozen=True)
class Moment:
    """`start` <= when < `end`, naive local wall time: on each of the days named, at the hours named.
    No `start` when `open` is "before"; no `end` when it is "after", nor for a clock time; that of several days ends a
    minute later on the last.

    `span`: where it stands in the text. `excluded`: a time that does not suit; `unable`: because somebody cannot come,
    so it may be the day of an RDV they have. `weekday`: its French name where a habit is meant ("que le mercredi",
    "pas lundi"). `daypart`: matin, midi, apres-midi or soir. `has_day`: a day was named; without one the date is
    today's and only the hours count. `confidence`: from 0 to 1; below `SURE`, ask."""

    start: datetime | None
    end: datetime | None
    grain: Grain
    open: Open | None
    span: tuple[int, int]
    excluded: bool = False
    weekday: str | None = None
    daypart: str | None = None
    has_day: bool = True
    confidence: float = 1.0
    unable: bool = False
