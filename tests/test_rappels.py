"""Each RDV is recalled once, when it still helps."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking import rappels
from booking.fenetre import Fenetre

PARIS = ZoneInfo("Europe/Paris")
FRANCE = Fenetre(PARIS, "FR")
HOUR = timedelta(hours=1)


def paris(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=PARIS).astimezone(UTC)


def recalled(debut: str, told: str, fenetre: Fenetre = FRANCE) -> str | None:
    """When an RDV is recalled to whoever learnt of it at `told`: all as the clock on the wall shows it."""
    found = rappels.due(paris(debut), paris(told), fenetre)
    return found and f"{found.astimezone(PARIS):%Y-%m-%d %H:%M}"


def test_an_rdv_is_recalled_two_days_before_at_its_own_hour() -> None:
    assert recalled("2026-11-26T10:15", told="2026-11-02T09:00") == "2026-11-24 10:15"


@pytest.mark.parametrize(
    ("debut", "reminder"),
    [
        ("2026-03-30T10:00", "2026-03-28 10:00"),  # 47 hours: the clocks went forward
        ("2026-10-26T10:00", "2026-10-24 10:00"),  # 49 hours: they went back
    ],
)
def test_two_days_are_days_on_the_wall(debut: str, reminder: str) -> None:
    assert recalled(debut, told="2026-01-05T09:00") == reminder


@pytest.mark.parametrize("told", ["2026-11-24T10:30", "2026-11-25T09:00", "2026-11-25T17:50"])
def test_an_rdv_booked_later_than_that_is_recalled_the_evening_before(told: str) -> None:
    assert recalled("2026-11-26T10:15", told) == "2026-11-25 18:00"


def test_an_rdv_booked_the_same_day_is_recalled_two_hours_before() -> None:
    assert recalled("2026-11-26T15:00", told="2026-11-26T08:30") == "2026-11-26 13:00"


def test_so_is_one_booked_when_the_evening_before_has_begun() -> None:
    assert recalled("2026-11-26T15:00", told="2026-11-25T19:00") == "2026-11-26 13:00"


@pytest.mark.parametrize("told", ["2026-11-26T12:51", "2026-11-26T14:00", "2026-11-26T14:59", "2026-11-26T15:30"])
def test_what_is_read_within_the_last_hours_is_its_own_reminder(told: str) -> None:
    assert recalled("2026-11-26T15:00", told) is None


def test_nobody_is_reminded_of_what_they_have_just_read() -> None:
    assert recalled("2026-11-26T10:15", told="2026-11-24T10:05") == "2026-11-24 10:15"
    assert recalled("2026-11-26T10:15", told="2026-11-24T10:06") == "2026-11-25 18:00"
    assert recalled("2026-11-26T10:15", told="2026-11-25T17:51") == "2026-11-26 08:15"


def test_a_booking_begun_49_or_3_hours_before_still_has_its_reminder() -> None:
    assert recalled("2026-11-26T10:15", told="2026-11-24T09:22") == "2026-11-24 10:15"
    assert recalled("2026-11-26T15:00", told="2026-11-26T12:08") == "2026-11-26 13:00"


@pytest.mark.parametrize(
    ("told", "reminder"),
    [
        ("2026-11-25T17:30", "2026-11-25 18:00"),
        ("2026-11-25T17:55", "2026-11-25 18:05"),
        ("2026-11-25T19:00", "2026-11-25 19:10"),
        ("2026-11-25T19:50", None),  # at eight nothing leaves any more
    ],
)
def test_an_early_rdv_booked_the_evening_before_is_recalled_that_evening(told: str, reminder: str | None) -> None:
    assert recalled("2026-11-26T08:30", told) == reminder


def test_a_reminder_is_of_use_until_half_an_hour_before() -> None:
    assert rappels.useful_until(paris("2026-11-26T15:00")) == paris("2026-11-26T14:30")


@pytest.mark.parametrize(
    ("debut", "reminder"),
    [
        ("2026-11-24T10:00", "2026-11-23 08:00"),  # Sunday
        ("2026-11-26T21:00", "2026-11-25 08:00"),  # in the evening
        ("2026-11-26T07:00", "2026-11-24 08:00"),  # at dawn
        ("2026-07-16T10:00", "2026-07-15 08:00"),  # 14 July
    ],
)
def test_a_reminder_out_of_hours_waits_for_the_next_allowed_morning(debut: str, reminder: str) -> None:
    assert recalled(debut, told="2026-02-02T09:00") == reminder


def test_it_comes_earlier_when_that_morning_would_be_too_late() -> None:
    # Tuesday 9:00 after Whit Monday: two days before is Sunday, and the next opening is one hour before.
    assert recalled("2027-05-18T09:00", told="2027-04-01T09:00") == "2027-05-15 18:00"
    assert recalled("2027-05-18T10:00", told="2027-04-01T09:00") == "2027-05-18 08:00"
    # Booked on a Saturday for Monday at nine: the evening before is a Sunday.
    assert recalled("2026-11-23T09:00", told="2026-11-21T11:00") == "2026-11-21 18:00"


def test_it_never_comes_before_the_booking() -> None:
    assert recalled("2026-11-23T09:00", told="2026-11-21T18:30") == "2026-11-21 18:40"
    assert recalled("2026-11-23T09:00", told="2026-11-21T19:55") is None
    assert recalled("2026-11-23T09:00", told="2026-11-22T10:00") is None


def test_a_territoire_that_is_always_shut_reminds_nobody() -> None:
    shut = Fenetre(PARIS, [(date(2026, 11, 1) + timedelta(days=day)).isoformat() for day in range(60)])
    assert recalled("2026-11-26T10:00", told="2026-11-02T09:00", fenetre=shut) is None


FENETRES = st.builds(
    Fenetre,
    st.sampled_from(
        [
            "Europe/Paris",
            "Indian/Reunion",
            "America/Martinique",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "America/Havana",
        ]
    ).map(ZoneInfo),
    st.one_of(
        st.none(),
        st.sampled_from(["FR", "FR-57", "GP", "YT"]),
        st.lists(st.dates(date(2026, 1, 1), date(2026, 2, 20)).map(date.isoformat)),
        st.lists(st.dates(date(2011, 12, 1), date(2012, 1, 31)).map(date.isoformat)),
    ),
)
DEBUTS = st.builds(
    lambda first, minutes: first + timedelta(minutes=minutes),
    # A Pacific island left out a Friday, on 30 December 2011.
    st.sampled_from([datetime(2026, 1, 1, tzinfo=UTC), datetime(2011, 12, 20, tzinfo=UTC)]),
    st.integers(0, 2 * 365 * 24 * 60),
)


@given(FENETRES, DEBUTS, st.timedeltas(timedelta(0), timedelta(days=12)))
@example(Fenetre(PARIS, "FR"), paris("2026-11-26T10:00"), timedelta(days=2))
def test_whenever_it_is_booked_a_reminder_helps_and_disturbs_nobody(
    fenetre: Fenetre, debut: datetime, ahead: timedelta
) -> None:
    told = debut - ahead
    reminder = rappels.due(debut, told, fenetre)
    if reminder is None:
        return
    assert fenetre.is_open(reminder)
    assert told + rappels.APART <= reminder <= debut - 2 * HOUR


@given(FENETRES, DEBUTS, st.timedeltas(timedelta(days=2, hours=2), timedelta(days=12)))
def test_an_rdv_booked_in_time_is_recalled_if_any_hour_of_its_last_two_days_is_allowed(
    fenetre: Fenetre, debut: datetime, ahead: timedelta
) -> None:
    moments = (debut - 2 * HOUR - n * timedelta(minutes=30) for n in range(2 * 42))
    if any(fenetre.is_open(moment) for moment in moments):
        assert rappels.due(debut, debut - ahead, fenetre) is not None
