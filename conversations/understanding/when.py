"""When: the moments of a message as constraints on a créneau, those that suit and those that do not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from conversations.understanding.dates import Moment, find
from conversations.understanding.said import Said
from conversations.understanding.spelling import folded
from conversations.understanding.tables import foreign

Constraint = dict[str, Any]
"""`date`, `from`, `to` (ISO, inclusive), `weekday`, `daypart`, `time`, `after`, `before` (HH:MM), `asap`, `earlier`, `later`."""
_CLOCK = ("minute", "hour")
_FOREIGN = {folded(word): french for word, french in foreign.DATES.items()}
_FOREIGN_WORDS = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _FOREIGN), key=len, reverse=True)) + r")(?!\w)"
)
_PM = re.compile(r"(?<!\d)(\d{1,2})(?::(\d\d))?\s?(am|pm)\b")
_LONGEST = 400
"""Letters: a longer message tells a story, and its dates are those of the story."""


@dataclass(frozen=True)
class When:
    """The moments said, and what they ask for."""

    moments: tuple[Moment, ...] = ()

    @property
    def wanted(self) -> list[Moment]:
        return [moment for moment in self.moments if not moment.excluded]

    @property
    def refused(self) -> list[Moment]:
        return [moment for moment in self.moments if moment.excluded]

    def slots(self, now: datetime, wishes: Iterable[str] = ()) -> dict[str, list[Constraint]]:
        """`when` and `not`, those that have something to say; `wishes` are asap, earlier and later."""
        wanted = _joined([constraint(moment, now) for moment in self.wanted])
        for wish in wishes:
            wanted = [{**wanted[0], wish: True}, *wanted[1:]] if wanted else [{wish: True}]
        refused = [constraint(moment, now) for moment in self.refused]
        return {name: said for name, said in (("when", wanted), ("not", refused)) if said}


@lru_cache(maxsize=512)
def when(said: Said, now: datetime, lang: str = "fr") -> When:
    """Every moment of a message, whatever its spelling or the language of its days."""
    return When(find(_in_french(said.line) if lang != "fr" else said.line[:_LONGEST], now))


def _in_french(line: str) -> str:
    line = _FOREIGN_WORDS.sub(lambda found: _FOREIGN[found[0]], line[:_LONGEST])
    return _PM.sub(lambda found: f"{int(found[1]) % 12 + (12 if found[3] == 'pm' else 0)}h{found[2] or ''}", line)


def constraint(moment: Moment, now: datetime) -> Constraint:
    """One moment as a constraint."""
    days = _days(moment)
    if moment.daypart:
        return {**days, "daypart": moment.daypart, **(_hours(moment) if moment.grain in _CLOCK else {})}
    return {**days, **_hours(moment)}


def _days(moment: Moment) -> Constraint:
    if moment.weekday:
        return {"weekday": moment.weekday}
    if not moment.has_day:
        return {}
    if moment.grain in (*_CLOCK, "daypart"):
        return _clock_days(moment)
    first = moment.start.date() if moment.start else None
    last = (moment.end - timedelta(days=1)).date() if moment.end else None
    if first and first == last:
        return {"date": first.isoformat()}
    return {name: day.isoformat() for name, day in (("from", first), ("to", last)) if day}


def _clock_days(moment: Moment) -> Constraint:
    """The day, or days, on which an hour was said."""
    first = moment.start or moment.end
    if first is None:
        return {}
    return _between(first.date(), moment)


def _between(first: date, moment: Moment) -> Constraint:
    last = (moment.end - timedelta(minutes=1)).date() if moment.end and moment.start else first
    if last > first + timedelta(days=1):
        return {"from": first.isoformat(), "to": last.isoformat()}
    return {"date": first.isoformat()}


def _hours(moment: Moment) -> Constraint:
    if moment.grain not in (*_CLOCK, "daypart"):
        return {}
    start, end = _clock(_opened(moment)), _clock(moment.end)
    if moment.open == "after":
        return {"after": start}
    if moment.open == "before":
        return {"before": end}
    if (
        start
        and end
        and moment.start
        and moment.end
        and (moment.end - moment.start) % timedelta(days=1) > timedelta(minutes=1)
    ):
        return {"after": start, "before": end}
    return {"time": start}


_NIGHT = range(1, 7)
"""Hours at which no service opens: "à 3h" is in the afternoon."""


def _opened(moment: Moment) -> datetime | None:
    start = moment.start
    is_clock = start is not None and moment.daypart is None and moment.open is None and moment.end is None
    return start + timedelta(hours=12) if start and is_clock and start.hour in _NIGHT else start


def _clock(instant: datetime | None) -> str | None:
    return f"{instant:%H:%M}" if instant else None


def _joined(constraints: Sequence[Constraint]) -> list[Constraint]:
    """Side by side, a part of the day and an hour, a day and an hour, are one wish: "tot le matin, genre 8h"."""
    joined: list[Constraint] = []
    for one in constraints:
        if joined and _complete(joined[-1], one):
            joined[-1] = {**joined[-1], **one}
        elif one and one not in joined:
            joined.append(one)
    return joined


def _complete(before: Constraint, after: Constraint) -> bool:
    return set(before) == {"daypart"} and set(after) == {"time"}


def fits(moment: Moment, start: datetime, now: datetime) -> bool:
    """Whether a créneau at this wall time is the day and hour that were said."""
    if moment.weekday:
        return WEEKDAYS.index(moment.weekday) == start.weekday() and _fits_hour(moment, start.time())
    if moment.has_day and not _fits_day(moment, start):
        return False
    return _fits_hour(moment, start.time())


WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _fits_day(moment: Moment, start: datetime) -> bool:
    days = _days(moment)
    if "date" in days:
        return bool(days["date"] == start.date().isoformat())
    return bool(days.get("from", "") <= start.date().isoformat() <= days.get("to", "9999"))


def _fits_hour(moment: Moment, hour: time) -> bool:
    if moment.grain not in (*_CLOCK, "daypart"):
        return True
    hours = _hours(moment)
    if "time" in hours:
        return bool(hours["time"] == f"{hour:%H:%M}")
    return bool(hours.get("after", "") <= f"{hour:%H:%M}" < hours.get("before", "99"))
