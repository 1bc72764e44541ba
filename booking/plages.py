"""From wall-clock rules to spans: recurrences, public holidays, and daylight saving."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from holidays import countries, country_holidays

from booking import recurrence
from booking.spans import Span

JoursFeries = str | Collection[str] | None
"""A calendar's name, ISO dates, or None: a territoire's `jours_feries`."""

_SUBDIVISIONS = {
    "FR": None,
    **dict.fromkeys(("57", "Alsace-Moselle"), "57"),
    **dict.fromkeys(("67", "68", "6AE"), "6AE"),
    **dict.fromkeys(("GP", "971"), "971"),
    **dict.fromkeys(("MQ", "972"), "972"),
    **dict.fromkeys(("GF", "973"), "973"),
    **dict.fromkeys(("RE", "974"), "974"),
    **dict.fromkeys(("YT", "976"), "976"),
}
"""The calendars a territory file may name and what the `holidays` package calls them: it refuses 67 and 68,
and its région GES forgets the two days of Alsace-Moselle."""

DAY = 86_400
"""The seconds of a day on which the clocks do not change."""


class Rule(Protocol):
    """What a plage and an absence have in common: wall times and the days they come back on. A rule with a
    `dernier_jour` runs on from its first day to its last; the ISO dates of `sauf`, where it has any, are left
    out."""

    @property
    def premier_jour(self) -> date: ...
    @property
    def debut(self) -> time: ...
    @property
    def fin(self) -> time: ...
    @property
    def recurrence(self) -> str | None: ...


def occurrences(rule: Rule, first: date, last: date, zone: ZoneInfo) -> list[Span]:
    """The spans of `rule` that touch the local days `first` to `last`, both included, in order; those begun
    before and still running count. The wall clock is kept across daylight saving: a time the clocks jump over
    means the instant they jump, a time they repeat means its first pass (the domain's rule 3 of créneaux)."""
    further = (getattr(rule, "dernier_jour", rule.premier_jour) - rule.premier_jour).days
    happening = days(rule, first.toordinal() - further, last.toordinal(), getattr(rule, "sauf", ()))
    return [
        Span(datetime.fromtimestamp(debut, UTC), datetime.fromtimestamp(fin, UTC))
        for debut, fin in clock(zone).stretches(happening, rule.debut, rule.fin, further)
    ]


def days(rule: Rule, first: int, last: int, sauf: Collection[str] = ()) -> list[int]:
    """The days from `first` to `last`, both included, on which `rule` begins, but for those of `sauf`: proleptic
    ordinals, in order."""
    if rule.recurrence is None:
        only = rule.premier_jour.toordinal()
        happening = [only] if first <= only <= last else []
    else:
        happening = recurrence.days(rule.recurrence, rule.premier_jour, first, last)
    if not sauf:
        return happening
    return [day for day in happening if date.fromordinal(day).isoformat() not in sauf]


class Clock:
    """The wall clock of a zone, in seconds since the epoch: fast, for the search of créneaux. The midnight of
    each day it is asked about is kept."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._midnights: dict[int, int | None] = {}
        self._twice: dict[int, list[tuple[int, int]]] = {}

    def stretches(self, days: Iterable[int], debut: time, fin: time, further: int = 0) -> list[tuple[int, int]]:
        """From `debut` on each of `days` (ordinals) to `fin`, `further` days later: (start, end) in seconds, in
        order; not those that a change of clocks leaves empty."""
        after, until = _seconds(debut), _seconds(fin) + further * DAY
        found = []
        for day in days:
            midnight = self.midnight(day)
            if midnight is None or (further and self.midnight(day + further) != midnight + further * DAY):
                start, end = self._second(day, debut), self._second(day + further, fin)
            else:
                start, end = midnight + after, midnight + until
            if start < end:
                found.append((start, end))
        return found

    def midnight(self, day: int) -> int | None:
        """The second with which a day begins; None for one whose clocks change."""
        try:
            return self._midnights[day]
        except KeyError:
            begins, ends = self._second(day, time()), self._second(day + 1, time())
            return self._midnights.setdefault(day, begins if ends - begins == DAY else None)

    def repeated(self, first: int, last: int) -> list[tuple[int, int]]:
        """The stretches of the days `first` to `last` that the clocks show for the second time: nobody told to
        come at 02:30 can tell which one is meant."""
        return [hour for day in range(first, last + 1) if self.midnight(day) is None for hour in self._second_pass(day)]

    def _second_pass(self, day: int) -> list[tuple[int, int]]:
        if day not in self._twice:
            self._twice[day] = self._minutes_shown_twice(day)
        return self._twice[day]

    def _minutes_shown_twice(self, day: int) -> list[tuple[int, int]]:
        """A change of clocks falls on a minute."""
        minutes = [
            second
            for second in range(self._second(day, time()), self._second(day + 1, time()), 60)
            if datetime.fromtimestamp(second, self._zone).fold
        ]
        return [(minutes[0], minutes[-1] + 60)] if minutes else []

    def _second(self, day: int, wall: time) -> int:
        return int(_instant(date.fromordinal(day), wall, self._zone).timestamp())


@lru_cache(maxsize=64)
def clock(zone: ZoneInfo) -> Clock:
    """The clock of `zone`: one for all, so that what it keeps serves every search."""
    return Clock(zone)


def _seconds(wall: time) -> int:
    return wall.hour * 3600 + wall.minute * 60 + wall.second


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def day_span(first: date, zone: ZoneInfo, last: date | None = None) -> Span:
    """From midnight to midnight: the local day `first`, or all of `first` to `last`; 23 to 25 hours a day."""
    return Span(_instant(first, time(), zone), _instant((last or first) + timedelta(days=1), time(), zone))


def is_second_pass(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall clock shows this time for the second time, as for an hour each autumn: nobody told to
    come at 02:30 can tell which one is meant."""
    return instant.astimezone(zone).fold == 1


def is_calendar(name: str) -> bool:
    """Whether `name` is a calendar of public holidays: FR, GP, 57…, with or without "FR-" before it."""
    return name.removeprefix("FR-") in _SUBDIVISIONS


def public_holidays(jours_feries: JoursFeries, first: date, last: date) -> dict[date, str]:
    """The public holidays from `first` to `last`, both included, and their French names, in order. Raises
    KeyError for a name that is no calendar."""
    if jours_feries is None:
        return {}
    if isinstance(jours_feries, str):
        subdivision = _SUBDIVISIONS[jours_feries.removeprefix("FR-")]
        years = [_year(subdivision, year) for year in range(first.year, last.year + 1)]
        named = {jour: nom for year in years for jour, nom in year.items()}
    else:
        named = {date.fromisoformat(jour): "Jour férié" for jour in sorted(jours_feries)}
    return {jour: nom for jour, nom in named.items() if first <= jour <= last}


def closed_days(jours_feries: JoursFeries, first: date, last: date) -> frozenset[date]:
    """The public holidays from `first` to `last`, both included. Raises KeyError for a name that is no
    calendar."""
    return frozenset(public_holidays(jours_feries, first, last))


# Left to itself, the package loads every country at the first question: a quarter of a second that would
# fall inside somebody's transaction.
COUNTRIES = countries


@lru_cache(maxsize=256)
def _year(subdivision: str | None, year: int) -> Mapping[date, str]:
    return dict(sorted(country_holidays("FR", subdiv=subdivision, years=year, language="fr").items()))


def _instant(jour: date, wall: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(jour, wall, zone)
    while _is_jumped_over(local):
        local += timedelta(minutes=1)
    return local.astimezone(UTC)


def _is_jumped_over(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None)
