"""From wall-clock rules to spans: recurrences, public holidays, and daylight saving."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from holidays import countries, country_holidays

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

_UNTIL = re.compile(r"UNTIL=(\d{8})\w*", re.IGNORECASE)


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
    further: timedelta = getattr(rule, "dernier_jour", rule.premier_jour) - rule.premier_jour
    sauf = getattr(rule, "sauf", ())
    spans = []
    for jour in _days(rule, first - further, last):
        debut, fin = _instant(jour, rule.debut, zone), _instant(jour + further, rule.fin, zone)
        if debut < fin and jour.isoformat() not in sauf:
            spans.append(Span(debut, fin))
    return spans


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


def _days(rule: Rule, first: date, last: date) -> Iterator[date]:
    if rule.recurrence is None:
        if first <= rule.premier_jour <= last:
            yield rule.premier_jour
        return
    midnights = _recurrence(rule.recurrence, rule.premier_jour)
    for midnight in midnights.between(_midnight(first), _midnight(last), inc=True):
        yield midnight.date()


@lru_cache(maxsize=4096)
def _recurrence(text: str, premier_jour: date) -> rrule | rruleset:
    """The recurrence over naive midnights: a rule of days, not of instants. UNTIL is a day, included, however
    precisely it is written: people write its last second in local time and in UTC alike."""
    # Not dateutil's own cache=True: it never gives its lock back after the last occurrence, and the next
    # thread waits for ever.
    return rrulestr(_UNTIL.sub(r"UNTIL=\1", text), dtstart=_midnight(premier_jour))


def _midnight(jour: date) -> datetime:
    return datetime.combine(jour, time())


def _instant(jour: date, wall: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(jour, wall, zone)
    while _is_jumped_over(local):
        local += timedelta(minutes=1)
    return local.astimezone(UTC)


def _is_jumped_over(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None)
