"""The almanac: which day a phrase means, seen from today. Stretches of days are half-open."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FURTHEST = timedelta(days=3 * 365)
"""How far ahead a year is believed: "12 mars 90" is no day of 2090."""
MONTHS_AHEAD = 13
"""How far a bare day of the month is looked for: each date comes back within a year, but for 29 February."""


def valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_weekday(weekday: int, today: date) -> date:
    """The next such day, strictly after today."""
    return today + DAY * ((weekday - today.weekday() - 1) % 7 + 1)


def this_or_next_weekday(weekday: int, today: date) -> date:
    """The next such day, today included."""
    return today + DAY * ((weekday - today.weekday()) % 7)


def monday(day: date) -> date:
    return day - DAY * day.weekday()


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return next(found for number in range(day.day, 0, -1) if (found := valid_date(year, month + 1, number)))


def month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, add_months(first, 1)


def calendar_day(day: int, month: int, year: int | None, today: date) -> date | None:
    """The date named, the next one without a year; None when there is no such day to come."""
    if year is not None:
        found = valid_date(year + 2000 if year < 100 else year, month, day)
        return found if found and today <= found <= today + FURTHEST else None
    years = range(today.year, today.year + (9 if (day, month) == (29, 2) else 2))
    return next((found for year in years if (found := valid_date(year, month, day)) and found >= today), None)


def days_of_month(number: int, today: date) -> Iterator[date]:
    """The coming days of that number, this month's first."""
    for months in range(MONTHS_AHEAD):
        first = add_months(today.replace(day=1), months)
        found = valid_date(first.year, first.month, number)
        if found and found >= today:
            yield found


def next_month(month: int, today: date) -> date:
    """The first day of the next such month; the month we are in is next."""
    return date(today.year + (month < today.month), month, 1)


def holiday(when: tuple[int, int] | int, today: date) -> date:
    """The next day of that name: a month and a day, or days from Easter."""
    days = [_holiday_in(year, when) for year in (today.year, today.year + 1)]
    return days[0] if days[0] >= today else days[1]


def _holiday_in(year: int, when: tuple[int, int] | int) -> date:
    return easter(year) + DAY * when if isinstance(when, int) else date(year, *when)


def nth_weekday(rank: int, weekday: int, first: date) -> date | None:
    """The first, second… such day of the month that begins on `first`; -1 is the last."""
    after = add_months(first, 1)
    if rank < 0:
        return after - DAY * ((after.weekday() - weekday - 1) % 7 + 1)
    found = first + DAY * ((weekday - first.weekday()) % 7 + 7 * (rank - 1))
    return found if found < after else None


def iso_week(number: int, today: date) -> date | None:
    """The Monday of the next week of that number."""
    for year in (today.year, today.year + 1):
        try:
            found = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if found + WEEK > today:
            return found
    return None
