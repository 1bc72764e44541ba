"""Recurrences: what the rules mean, then any rule against dateutil, which walks them from their first day."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from booking.recurrence import END_OF_TIME, WEEKDAYS, days, read

CALM = settings(deadline=None, max_examples=300, derandomize=True, database=None)


def happens(rule: str, premier_jour: str, first: str, last: str) -> str:
    """The days, as month-day."""
    begins, low, high = (date.fromisoformat(day) for day in (premier_jour, first, last))
    found = days(rule, begins, low.toordinal(), high.toordinal())
    return " ".join(f"{date.fromordinal(day):%m-%d}" for day in found)


def test_every_other_week_counts_from_the_week_of_the_first_day() -> None:
    every_other = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
    assert happens(every_other, "2026-11-05", "2026-11-01", "2026-12-03") == "11-05 11-16 11-19 11-30 12-03"


def test_a_first_day_that_the_rule_does_not_pick_is_not_one_of_its_days() -> None:
    assert happens("FREQ=WEEKLY;BYDAY=MO", "2026-11-03", "2026-11-01", "2026-11-17") == "11-09 11-16"


def test_the_second_tuesday_and_the_last_friday_of_the_month() -> None:
    assert happens("FREQ=MONTHLY;BYDAY=2TU,-1FR", "2026-11-01", "2026-11-01", "2026-12-31") == "11-10 11-27 12-08 12-25"


def test_a_month_without_a_fifth_monday_is_passed_over() -> None:
    assert happens("FREQ=MONTHLY;BYDAY=5MO", "2026-11-01", "2026-11-01", "2027-03-31") == "11-30 03-29"


def test_the_nth_day_of_the_month_and_the_last() -> None:
    assert happens("FREQ=MONTHLY;BYMONTHDAY=15,-1", "2026-11-16", "2026-11-01", "2026-12-31") == "11-30 12-15 12-31"


def test_the_thirty_first_passes_over_shorter_months() -> None:
    assert happens("FREQ=MONTHLY", "2026-10-31", "2026-10-01", "2027-01-31") == "10-31 12-31 01-31"


def test_the_29_february_comes_every_four_years() -> None:
    assert happens("FREQ=YEARLY", "2024-02-29", "2024-01-01", "2033-12-31") == "02-29 02-29 02-29"


def test_until_is_a_day_and_included_however_precisely_it_is_written() -> None:
    for until in ("20261109", "20261109T235959", "20261109T225959Z"):
        assert happens(f"FREQ=WEEKLY;UNTIL={until}", "2026-11-02", "2026-11-01", "2026-11-30") == "11-02 11-09"


def test_count_counts_from_the_first_day_whatever_is_asked() -> None:
    assert happens("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3", "2026-11-02", "2026-11-05", "2026-11-30") == "11-05 11-09"


def test_a_rule_may_never_happen() -> None:
    never = "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;COUNT=9999"
    assert happens(never, "1900-02-01", "2026-01-01", "2027-12-31") == ""
    assert read(never, date(1900, 2, 1)).last_day < END_OF_TIME


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=LU", "BYDAY=MO", "rien"])
def test_what_is_no_rule_is_an_error(rule: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        days(rule, date(2026, 11, 2), 739000, 739001)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Any rule a file may hold, but for a BYDAY with and without numbers, of which dateutil keeps the days that
    are both; RFC 5545 says either."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule = f"FREQ={frequency}"
    if draw(st.booleans()):
        rule += f";INTERVAL={draw(st.integers(1, 14))}"
    numbered = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
    number = st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]).map(str) if numbered else st.just("")
    weekdays = draw(st.lists(st.tuples(number, st.sampled_from(WEEKDAYS)), max_size=3))
    if weekdays:
        rule += f";BYDAY={','.join(map(''.join, weekdays))}"
    monthdays = st.sampled_from([1, 2, 15, 28, 29, 30, 31, -1, -2, -31])
    if frequency != "WEEKLY" and (chosen := draw(st.lists(monthdays, max_size=3))):
        rule += f";BYMONTHDAY={','.join(map(str, chosen))}"
    ends = st.one_of(
        st.just(""),
        st.dates(date(2024, 1, 1), date(2028, 1, 1)).map(lambda day: f";UNTIL={day:%Y%m%d}"),
        st.integers(1, 40).map(lambda count: f";COUNT={count}"),
    )
    return rule + draw(ends)


@CALM
@given(
    rules(),
    st.dates(date(2023, 1, 1), date(2026, 6, 1)),
    st.integers(-100, 1500),
    st.integers(0, 400),
)
@example("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU;BYMONTHDAY=-2,29,15", date(2023, 10, 18), 1017, 369)
def test_any_rule_happens_on_the_days_that_dateutil_finds(rule: str, begins: date, after: int, length: int) -> None:
    first = begins + timedelta(days=after)
    last = first + timedelta(days=length)
    walked = rrulestr(rule, dtstart=midnight(begins)).between(midnight(first), midnight(last), inc=True)
    assert days(rule, begins, first.toordinal(), last.toordinal()) == [day.toordinal() for day in walked]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())
