"""Recurrences: the days on which an RFC 5545 rule happens, found without walking there from its first day."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import count, islice

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
END_OF_TIME = date(2300, 1, 1).toordinal()
"""Nothing happens from here on: what stops a rule that counts occurrences it never has."""
BLOCK = 64
"""The days of a rule are found, and kept, by stretches of this many."""


def days(recurrence: str, premier_jour: date, first: int, last: int) -> list[int]:
    """The days on which a rule that begins on `premier_jour` happens, from `first` to `last`, both included, as
    proleptic ordinals, in order. `recurrence` is an RRULE value with a FREQ from DAILY to YEARLY and, where it
    likes, INTERVAL, BYDAY, BYMONTHDAY, UNTIL and COUNT. `premier_jour` counts where the rule picks it, UNTIL is a
    day, included. Raises KeyError or ValueError for a rule that no territory file would pass."""
    found: list[int] = []
    for number in range(first // BLOCK, last // BLOCK + 1):
        found += _block(recurrence, premier_jour, number)
    return found[bisect_left(found, first) : bisect_right(found, last)]


# Kept by what the rule says, not by whose it is: a rule that changes is another key, and nothing goes stale.
@lru_cache(maxsize=16384)
def _block(recurrence: str, premier_jour: date, number: int) -> tuple[int, ...]:
    return tuple(read(recurrence, premier_jour).between(number * BLOCK, number * BLOCK + BLOCK - 1))


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"

    def period(self, day: date) -> int:
        """The number of the day, week (from its Monday), month or year that `day` is in."""
        match self:
            case Frequency.DAILY:
                return day.toordinal()
            case Frequency.WEEKLY:
                return (day.toordinal() - 1) // 7
            case Frequency.MONTHLY:
                return day.year * 12 + day.month - 1
            case Frequency.YEARLY:
                return day.year

    def first_day(self, period: int) -> date:
        """The day with which a period begins: each ends where the next one does."""
        match self:
            case Frequency.DAILY:
                return date.fromordinal(period)
            case Frequency.WEEKLY:
                return date.fromordinal(period * 7 + 1)
            case Frequency.MONTHLY:
                return date(period // 12, period % 12 + 1, 1)
            case Frequency.YEARLY:
                return date(period, 1, 1)


@dataclass(frozen=True)
class Recurrence:
    """A rule, read: of every `interval`-th period from that of `premier_jour`, the days that pass every filter
    that is set."""

    frequency: Frequency
    interval: int
    premier_jour: date
    weekdays: frozenset[tuple[int, int]]
    """(n, weekday): every such weekday of the period where n is 0, the second one for 2, the last for -1."""
    monthdays: frozenset[int]
    """1 to 31, or -1 for the last day of the month, -2 for the one before."""
    month: int | None
    last_day: int
    """The last day it may happen, as an ordinal."""

    def between(self, first: int, last: int) -> Iterator[int]:
        """The days from `first` to `last`, both included, as ordinals, in order."""
        first = max(first, self.premier_jour.toordinal())
        last = min(last, self.last_day)
        if first > last:
            return
        days = self._weekly if self.frequency is Frequency.WEEKLY else self._any
        yield from (day for day in days(first, last) if first <= day <= last)

    def _weekly(self, first: int, last: int) -> Iterator[int]:
        """What nine rules in ten are: the weekdays of every nth week, and nothing else to ask of a day."""
        weekdays = sorted(weekday for _, weekday in self.weekdays)
        origin = self.premier_jour.toordinal() - self.premier_jour.weekday()
        step = 7 * self.interval
        nearest = first - (first - origin) % step
        return (monday + weekday for monday in range(nearest, last + 1, step) for weekday in weekdays)

    def _any(self, first: int, last: int) -> Iterator[int]:
        origin = self.frequency.period(self.premier_jour)
        skipped = (self.frequency.period(date.fromordinal(first)) - origin) // self.interval
        for period in count(origin + skipped * self.interval, self.interval):
            begins, ends = self.frequency.first_day(period), self.frequency.first_day(period + 1)
            if begins.toordinal() > last:
                return
            for day in range(max(begins.toordinal(), first), min(ends.toordinal() - 1, last) + 1):
                if self._picks(date.fromordinal(day), begins, ends):
                    yield day

    def _picks(self, day: date, begins: date, ends: date) -> bool:
        if self.month is not None and day.month != self.month:
            return False
        if self.monthdays and not self.monthdays & {day.day, day.day - _length_of_month(day) - 1}:
            return False
        if not self.weekdays:
            return True
        weekday = day.weekday()
        nth, nth_from_the_end = (day - begins).days // 7 + 1, (day - ends).days // 7
        return not self.weekdays.isdisjoint({(0, weekday), (nth, weekday), (nth_from_the_end, weekday)})


@lru_cache(maxsize=4096)
def read(recurrence: str, premier_jour: date) -> Recurrence:
    """The rule of an RRULE value, what it leaves unsaid taken from its first day. Raises KeyError or ValueError
    for one that no territory file would pass."""
    parts = dict(part.split("=") for part in recurrence.upper().split(";"))
    frequency = Frequency(parts["FREQ"])
    weekdays = frozenset((int(day[:-2] or 0), WEEKDAYS.index(day[-2:])) for day in _listed(parts, "BYDAY"))
    monthdays = frozenset(int(day) for day in _listed(parts, "BYMONTHDAY"))
    month = None
    if not weekdays and not monthdays:
        if frequency is Frequency.WEEKLY:
            weekdays = frozenset({(0, premier_jour.weekday())})
        if frequency in (Frequency.MONTHLY, Frequency.YEARLY):
            monthdays = frozenset({premier_jour.day})
        if frequency is Frequency.YEARLY:
            month = premier_jour.month
    rule = Recurrence(
        frequency, int(parts.get("INTERVAL", 1)), premier_jour, weekdays, monthdays, month, END_OF_TIME - 1
    )
    return replace(rule, last_day=_last_day(rule, parts))


def _listed(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _last_day(endless: Recurrence, parts: dict[str, str]) -> int:
    if "UNTIL" in parts:
        # However precisely it is written: people write a day's last second in local time and in UTC alike.
        return date(int(parts["UNTIL"][:4]), int(parts["UNTIL"][4:6]), int(parts["UNTIL"][6:8])).toordinal()
    if "COUNT" not in parts:
        return endless.last_day
    happening = endless.between(endless.premier_jour.toordinal(), endless.last_day)
    counted = list(islice(happening, int(parts["COUNT"])))
    return counted[-1] if counted else 0


def _length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]
