"""Messages nobody asked for leave by day: not at night, not on Sundays, not on public holidays."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.fenetre import Fenetre

PARIS = Fenetre(ZoneInfo("Europe/Paris"), "FR")
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)


def paris(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=PARIS.zone).astimezone(UTC)


def opening(wall: str, fenetre: Fenetre = PARIS) -> str:
    """The next opening, as the clock on the wall shows it."""
    instant = datetime.fromisoformat(wall).replace(tzinfo=fenetre.zone).astimezone(UTC)
    found = fenetre.opening(instant, FOREVER)
    assert found is not None
    return f"{found.astimezone(fenetre.zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("wall", "is_open"),
    [
        ("2026-11-23T07:59:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T19:59:59", True),
        ("2026-11-23T20:00", False),
        ("2026-11-21T12:00", True),  # a Saturday
        ("2026-11-22T12:00", False),  # a Sunday
        ("2026-07-14T12:00", False),  # a public holiday
    ],
)
def test_the_window_is_open_from_eight_to_eight_on_days_of_work(wall: str, is_open: bool) -> None:
    assert PARIS.is_open(paris(wall)) is is_open
    assert (PARIS.opening(paris(wall), FOREVER) == paris(wall)) is is_open


@pytest.mark.parametrize(
    ("due", "leaves"),
    [
        ("2026-11-23T03:00", "2026-11-23 08:00"),
        ("2026-11-23T23:30", "2026-11-24 08:00"),
        ("2026-11-21T21:30", "2026-11-23 08:00"),  # Saturday night: Sunday is skipped
        ("2026-11-22T12:00", "2026-11-23 08:00"),
        ("2026-07-14T10:00", "2026-07-15 08:00"),
        ("2026-05-01T10:00", "2026-05-02 08:00"),
        ("2026-12-24T20:00", "2026-12-26 08:00"),  # Christmas
        ("2027-05-15T20:00", "2027-05-18 08:00"),  # Whit Sunday and Monday
    ],
)
def test_what_is_due_when_the_window_is_shut_leaves_the_next_allowed_morning(due: str, leaves: str) -> None:
    assert opening(due) == leaves


@pytest.mark.parametrize("eve", ["2026-03-28", "2026-10-24"])
def test_the_morning_after_the_clocks_changed_is_at_eight_on_the_wall(eve: str) -> None:
    monday = {"2026-03-28": "2026-03-30", "2026-10-24": "2026-10-26"}[eve]
    assert opening(f"{eve}T20:00") == f"{monday} 08:00"


def test_nothing_leaves_later_than_it_is_of_use() -> None:
    night, morning = paris("2026-11-23T21:00"), paris("2026-11-24T08:00")
    assert PARIS.opening(night, morning) == morning
    assert PARIS.opening(night, paris("2026-11-24T07:59")) is None
    assert PARIS.opening(night, night) is None
    assert PARIS.opening(paris("2026-11-23T12:00"), paris("2026-11-23T11:00")) is None


@pytest.mark.parametrize(
    ("zone", "jours_feries", "due", "leaves"),
    [
        ("Indian/Reunion", "FR-974", "2026-12-20T21:00", "2026-12-21 08:00"),
        ("Indian/Reunion", "RE", "2026-12-19T21:00", "2026-12-21 08:00"),  # the 20th, abolition, is a Sunday in 2026
        ("Europe/Paris", "FR-57", "2026-12-26T09:00", "2026-12-28 08:00"),  # Saint Stephen's, then a Sunday
        ("America/Martinique", "MQ", "2026-05-22T09:00", "2026-05-23 08:00"),
        ("Europe/Paris", ["2026-11-24"], "2026-11-23T21:00", "2026-11-25 08:00"),
        ("Europe/Paris", None, "2026-07-14T09:00", "2026-07-14 09:00"),
    ],
)
def test_each_territoire_has_its_clock_and_its_holidays(zone: str, jours_feries: Any, due: str, leaves: str) -> None:
    assert opening(due, Fenetre(ZoneInfo(zone), jours_feries)) == leaves
