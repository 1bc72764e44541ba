"""Wall-clock rules into spans: recurrences, exceptions, the two nights of the clocks, public holidays."""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.plages import (
    closed_days,
    day_span,
    is_calendar,
    is_second_pass,
    local_day,
    occurrences,
    public_holidays,
)

PARIS = ZoneInfo("Europe/Paris")
AUTUMN = date(2026, 10, 25)
SPRING = date(2027, 3, 28)


@dataclass(frozen=True)
class Rule:
    premier_jour: date
    debut: time = time(9)
    fin: time = time(12)
    recurrence: str | None = None
    sauf: tuple[str, ...] = ()


@dataclass(frozen=True)
class Away:
    premier_jour: date
    debut: time
    dernier_jour: date
    fin: time
    recurrence: str | None = None


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(rule: Rule, first: str, last: str) -> list[str]:
    return [local_day(span.debut, PARIS).isoformat() for span in occurrences(rule, day(first), day(last), PARIS)]


def walls(rule: Rule | Away, first: date, last: date) -> list[tuple[str, str]]:
    return [
        (f"{span.debut.astimezone(PARIS):%m-%d %H:%M%z}", f"{span.fin.astimezone(PARIS):%m-%d %H:%M%z}")
        for span in occurrences(rule, first, last, PARIS)
    ]


def test_a_plage_without_recurrence_happens_once() -> None:
    rule = Rule(day("2026-11-23"))
    assert days(rule, "2026-11-01", "2026-12-31") == ["2026-11-23"]
    assert days(rule, "2026-11-24", "2026-12-31") == []
    assert days(rule, "2026-11-01", "2026-11-22") == []


def test_a_plage_comes_back_on_its_weekdays() -> None:
    rule = Rule(day("2026-11-02"), recurrence="FREQ=WEEKLY;BYDAY=MO,TH")
    assert days(rule, "2026-11-01", "2026-11-12") == ["2026-11-02", "2026-11-05", "2026-11-09", "2026-11-12"]


def test_every_two_weeks_counts_from_the_week_of_the_first_day() -> None:
    rule = Rule(day("2026-11-05"), recurrence="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")
    assert days(rule, "2026-11-01", "2026-11-20") == ["2026-11-05", "2026-11-16", "2026-11-19"]


def test_the_nth_weekday_of_the_month_and_months_without_one() -> None:
    second_tuesday = Rule(day("2026-11-10"), recurrence="FREQ=MONTHLY;BYDAY=2TU")
    assert days(second_tuesday, "2026-11-01", "2027-01-31") == ["2026-11-10", "2026-12-08", "2027-01-12"]
    fifth_monday = Rule(day("2026-11-30"), recurrence="FREQ=MONTHLY;BYDAY=5MO")
    assert days(fifth_monday, "2026-11-01", "2027-03-31") == ["2026-11-30", "2027-03-29"]
    last_friday = Rule(day("2026-11-27"), recurrence="FREQ=MONTHLY;BYDAY=-1FR")
    assert days(last_friday, "2026-11-01", "2026-12-31") == ["2026-11-27", "2026-12-25"]
    the_31st = Rule(day("2026-10-31"), recurrence="FREQ=MONTHLY;BYMONTHDAY=31")
    assert days(the_31st, "2026-10-01", "2027-01-31") == ["2026-10-31", "2026-12-31", "2027-01-31"]


def test_a_first_day_that_does_not_match_is_no_occurrence() -> None:
    rule = Rule(day("2026-11-03"), recurrence="FREQ=WEEKLY;BYDAY=MO")
    assert days(rule, "2026-11-01", "2026-11-10") == ["2026-11-09"]


@pytest.mark.parametrize(
    "until", ["20261116", "20261116T000000", "20261116T235959", "20261116T225959Z", "20261116T235959Z"]
)
def test_until_is_a_day_and_included_however_it_is_written(until: str) -> None:
    rule = Rule(day("2026-11-02"), recurrence=f"FREQ=DAILY;INTERVAL=7;UNTIL={until}")
    assert days(rule, "2026-11-01", "2026-12-31") == ["2026-11-02", "2026-11-09", "2026-11-16"]
    the_day_after = Rule(day("2026-11-16"), recurrence=f"FREQ=DAILY;UNTIL={until};INTERVAL=1")
    assert days(the_day_after, "2026-11-01", "2026-12-31") == ["2026-11-16"]


def test_count_counts_the_days_that_are_left_out() -> None:
    rule = Rule(day("2026-11-02"), recurrence="FREQ=WEEKLY;COUNT=3", sauf=("2026-11-09",))
    assert days(rule, "2026-11-01", "2026-12-31") == ["2026-11-02", "2026-11-16"]


def test_sauf_takes_days_away() -> None:
    rule = Rule(day("2026-12-21"), recurrence="FREQ=DAILY", sauf=("2026-12-24", "2026-12-25"))
    assert days(rule, "2026-12-23", "2026-12-26") == ["2026-12-23", "2026-12-26"]


def test_an_absence_of_several_days_is_one_stretch() -> None:
    away = Away(day("2026-11-23"), time(14), day("2026-11-25"), time(12))
    assert walls(away, day("2026-11-01"), day("2026-11-30")) == [("11-23 14:00+0100", "11-25 12:00+0100")]


def test_an_absence_still_running_counts() -> None:
    away = Away(day("2026-11-23"), time(14), day("2026-11-25"), time(12))
    for asked in ("2026-11-23", "2026-11-24", "2026-11-25"):
        assert len(occurrences(away, day(asked), day(asked), PARIS)) == 1
    for asked in ("2026-11-22", "2026-11-26"):
        assert occurrences(away, day(asked), day(asked), PARIS) == []


def test_an_absence_comes_back() -> None:
    away = Away(day("2026-11-23"), time(12), day("2026-11-24"), time(9), "FREQ=WEEKLY;COUNT=2")
    assert walls(away, day("2026-12-01"), day("2026-12-31")) == [("11-30 12:00+0100", "12-01 09:00+0100")]


def test_the_wall_clock_is_kept_across_the_change_of_clocks() -> None:
    rule = Rule(day("2026-10-24"), recurrence="FREQ=DAILY;COUNT=2")
    assert walls(rule, day("2026-10-24"), AUTUMN) == [
        ("10-24 09:00+0200", "10-24 12:00+0200"),
        ("10-25 09:00+0100", "10-25 12:00+0100"),
    ]


def test_a_time_the_clocks_jump_over_means_the_instant_they_jump() -> None:
    assert walls(Rule(SPRING, time(2, 30), time(4)), SPRING, SPRING) == [("03-28 03:00+0200", "03-28 04:00+0200")]
    assert walls(Rule(SPRING, time(1), time(2, 30)), SPRING, SPRING) == [("03-28 01:00+0100", "03-28 03:00+0200")]
    assert walls(Rule(SPRING, time(2), time(2, 30)), SPRING, SPRING) == []


def test_a_time_the_clocks_repeat_means_its_first_pass() -> None:
    assert walls(Rule(AUTUMN, time(2), time(2, 30)), AUTUMN, AUTUMN) == [("10-25 02:00+0200", "10-25 02:30+0200")]
    (whole_night,) = occurrences(Rule(AUTUMN, time(2, 30), time(3)), AUTUMN, AUTUMN, PARIS)
    assert whole_night.duree == timedelta(minutes=90)
    assert not is_second_pass(whole_night.debut, PARIS)
    assert is_second_pass(whole_night.debut + timedelta(hours=1), PARIS)


def test_a_day_has_23_to_25_hours() -> None:
    assert day_span(SPRING, PARIS).duree == timedelta(hours=23)
    assert day_span(AUTUMN, PARIS).duree == timedelta(hours=25)
    assert day_span(day("2026-11-23"), PARIS, day("2026-11-29")).duree == timedelta(days=7)


def test_a_day_begins_at_the_jump_where_midnight_does_not_exist() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    assert day_span(day("2026-03-29"), beirut).debut == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_a_recurrence_read_by_many_threads_at_once_ends() -> None:
    rule = Rule(day("2026-11-02"), recurrence="FREQ=DAILY;COUNT=5")
    seen: list[int] = []
    readers = [
        threading.Thread(target=lambda: seen.append(len(days(rule, "2026-11-01", "2026-12-31"))), daemon=True)
        for _ in range(8)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(timeout=10)
    assert seen == [5] * 8


@pytest.mark.parametrize(
    ("calendar", "count", "own_day"),
    [
        ("FR", 11, "2026-07-14"),
        ("FR-57", 13, "2026-12-26"),
        ("57", 13, "2026-04-03"),
        ("FR-67", 13, "2026-12-26"),
        ("68", 13, "2026-12-26"),
        ("FR-6AE", 13, "2026-12-26"),
        ("Alsace-Moselle", 13, "2026-12-26"),
        ("MQ", 13, "2026-05-22"),
        ("FR-GP", 15, "2026-05-27"),
        ("GF", 12, "2026-06-10"),
        ("RE", 12, "2026-12-20"),
        ("974", 12, "2026-12-20"),
        ("FR-YT", 12, "2026-04-27"),
    ],
)
def test_each_territory_has_its_public_holidays(calendar: str, count: int, own_day: str) -> None:
    assert is_calendar(calendar)
    closed = closed_days(calendar, day("2026-01-01"), day("2026-12-31"))
    assert len(closed) == count
    assert day(own_day) in closed


def test_metropolitan_france_works_on_saint_stephens_day() -> None:
    assert closed_days("FR", day("2026-12-24"), day("2027-01-02")) == {day("2026-12-25"), day("2027-01-01")}


def test_public_holidays_are_named_in_french() -> None:
    assert public_holidays("FR", day("2026-11-10"), day("2026-11-12")) == {day("2026-11-11"): "Armistice"}


def test_a_territory_may_list_its_own_days_or_have_none() -> None:
    listed = ["2026-11-24", "2026-11-23", "2027-01-01"]
    assert closed_days(listed, day("2026-11-24"), day("2026-12-31")) == {day("2026-11-24")}
    assert closed_days(None, day("2026-01-01"), day("2026-12-31")) == frozenset()


@pytest.mark.parametrize("name", ["", "GES", "FR-GES", "BE", "FR-", "fr", "2026-11-11", "99"])
def test_other_names_are_no_calendars(name: str) -> None:
    assert not is_calendar(name)
    with pytest.raises(KeyError):
        closed_days(name, day("2026-01-01"), day("2026-12-31"))
