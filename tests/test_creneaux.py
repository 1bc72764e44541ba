"""The slot engine: each rule as a small picture, then whole districts against the oracle."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.creneaux import Creneau, Opening, Window, find
from booking.plages import occurrences
from booking.spans import Span
from tests.naive_creneaux import (
    MINUTE,
    PARIS,
    District,
    busy_minutes,
    districts,
    offered,
    open_minutes,
)

ANNE, BASILE = 1, 2
SUD, NORD = 1, 2
CALM = settings(deadline=None, max_examples=120, derandomize=True, database=None)


def at(clock: str, day: str = "2026-11-23") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PARIS).astimezone(UTC)


def span(clocks: str, day: str = "2026-11-23") -> Span:
    debut, fin = clocks.split("-")
    return Span(at(debut, day), at(fin, day))


def plage(clocks: str, agent: int = ANNE, lieu: int | None = SUD, day: str = "2026-11-23") -> Opening:
    return Opening(agent, lieu, span(clocks, day))


def found(
    *openings: Opening,
    busy: Mapping[int, Sequence[Span]] | None = None,
    duree: int = 30,
    now: datetime | None = None,
    first: datetime | None = None,
    last: datetime | None = None,
    by_agent: bool = False,
) -> list[Creneau]:
    now = now or at("00:00", "2026-01-01")
    window = Window(first or now, last or at("00:00", "2028-01-01"))
    length = timedelta(minutes=duree)
    return find(openings, busy or {}, duree=length, window=window, now=now, zone=PARIS, by_agent=by_agent)


def clocks(creneaux: Collection[Creneau]) -> str:
    return " ".join(f"{creneau.debut.astimezone(PARIS):%H:%M}" for creneau in creneaux)


def starts(*openings: Opening, **rest: Any) -> str:
    return clocks(found(*openings, **rest))


def test_a_plage_is_cut_back_to_back_and_the_remainder_is_lost() -> None:
    assert starts(plage("09:00-10:40")) == "09:00 09:30 10:00"
    assert starts(plage("09:10-10:00"), duree=25) == "09:10 09:35"
    assert starts(plage("09:00-09:30")) == "09:00"
    assert starts(plage("09:00-09:29")) == ""


def test_a_creneau_lasts_what_the_motif_lasts() -> None:
    (creneau,) = found(plage("09:00-10:00"), duree=45)
    assert creneau == Creneau(at("09:00"), at("09:45"), SUD, (ANNE,))


def test_a_creneau_needs_a_length() -> None:
    with pytest.raises(ValueError, match="takes time"):
        found(plage("09:00-10:00"), duree=0)


def test_rdvs_may_touch() -> None:
    assert starts(plage("09:00-11:00"), busy={ANNE: [span("09:30-10:00")]}) == "09:00 10:00 10:30"
    assert starts(plage("09:00-10:00"), busy={ANNE: [span("08:00-09:00"), span("10:00-11:00")]}) == ("09:00 09:30")


def test_the_grid_restarts_where_busy_time_ends() -> None:
    assert starts(plage("09:00-11:00"), busy={ANNE: [span("09:20-09:45")]}) == "09:45 10:15"
    assert starts(plage("09:00-11:00"), busy={ANNE: [span("08:00-09:10")]}) == "09:10 09:40 10:10"


def test_busy_times_may_overlap_and_come_in_any_order() -> None:
    busy = [span("10:00-10:20"), span("08:30-09:10"), span("09:00-09:05"), span("10:10-10:15")]
    assert starts(plage("09:00-11:00"), busy={ANNE: busy}) == "09:10 10:20"


def test_busy_time_of_another_agent_changes_nothing() -> None:
    assert starts(plage("09:00-10:00"), busy={BASILE: [span("09:00-10:00")]}) == "09:00 09:30"


def test_an_interval_that_has_begun_is_rounded_up_to_five_minutes_of_its_own() -> None:
    free_from_9_02 = plage("09:02-10:00")
    assert starts(free_from_9_02, now=at("09:04")) == "09:07"
    assert starts(free_from_9_02, now=at("09:02")) == "09:02"
    assert starts(free_from_9_02, now=at("09:07")) == "09:07"
    assert starts(free_from_9_02, now=at("09:07:01")) == "09:12"
    busy_until_9_02 = {ANNE: [span("08:00-09:02")]}
    assert starts(plage("08:00-10:00"), busy=busy_until_9_02, now=at("09:04")) == "09:07"


def test_an_interval_that_has_not_begun_is_not_rounded() -> None:
    busy = {ANNE: [span("09:30-10:02")]}
    assert starts(plage("09:00-10:40"), busy=busy, now=at("09:14")) == "10:02"


def test_the_delay_filters_starts_and_never_shifts_the_grid() -> None:
    rest = {"duree": 45, "now": at("08:05"), "first": at("08:35")}
    assert starts(plage("08:00-10:30"), **rest) == "08:50 09:35"


def test_both_bounds_are_exact_and_included() -> None:
    nine_to_noon = plage("09:00-12:00")
    assert starts(nine_to_noon, first=at("09:30"), last=at("10:30")) == "09:30 10:00 10:30"
    assert starts(nine_to_noon, first=at("09:30:01"), last=at("10:29:59")) == "10:00"
    assert starts(nine_to_noon, first=at("10:00"), last=at("09:00")) == ""


def test_the_last_start_may_end_after_the_window() -> None:
    assert starts(plage("09:00-12:00"), duree=90, last=at("10:30")) == "09:00 10:30"


def test_an_usager_sees_one_creneau_per_start_and_lieu_with_all_who_are_free() -> None:
    openings = [plage("09:00-09:30", BASILE), plage("09:00-09:30", ANNE), plage("09:00-09:30", ANNE, NORD)]
    debut, fin = at("09:00"), at("09:30")
    assert found(*openings) == [
        Creneau(debut, fin, SUD, (ANNE, BASILE)),
        Creneau(debut, fin, NORD, (ANNE,)),
    ]


def test_an_agent_sees_one_creneau_per_start_and_agent() -> None:
    openings = [plage("09:00-09:30", BASILE), plage("09:00-09:30", ANNE), plage("09:00-09:30", ANNE, NORD)]
    debut, fin = at("09:00"), at("09:30")
    assert found(*openings, by_agent=True) == [
        Creneau(debut, fin, SUD, (ANNE,)),
        Creneau(debut, fin, SUD, (BASILE,)),
    ]


def test_a_plage_without_lieu_comes_first_and_stays_apart() -> None:
    creneaux = found(plage("09:00-09:30"), plage("09:00-09:30", BASILE, None))
    assert [(creneau.lieu_id, creneau.agent_ids) for creneau in creneaux] == [
        (None, (BASILE,)),
        (SUD, (ANNE,)),
    ]


def test_grids_of_overlapping_plages_are_not_merged() -> None:
    assert starts(plage("12:00-13:00"), plage("12:15-13:15")) == "12:00 12:15 12:30 12:45"


def test_starts_that_two_plages_share_are_offered_once() -> None:
    assert starts(plage("12:00-13:00"), plage("12:30-13:30")) == "12:00 12:30 13:00"
    assert starts(plage("12:00-13:00"), plage("12:30-13:30"), by_agent=True) == "12:00 12:30 13:00"


@pytest.mark.parametrize("by_agent", [False, True])
def test_no_creneau_in_the_hour_that_does_not_exist(by_agent: bool) -> None:
    spring = plage("01:00-04:00", day="2027-03-28")
    assert starts(spring, by_agent=by_agent) == "01:00 01:30 03:00 03:30"
    assert starts(spring, duree=45, by_agent=by_agent) == "01:00 01:45"
    assert all(creneau.fin - creneau.debut == timedelta(minutes=30) for creneau in found(spring))


@pytest.mark.parametrize("by_agent", [False, True])
def test_no_creneau_twice_in_the_hour_that_comes_back(by_agent: bool) -> None:
    autumn = plage("01:00-04:00", day="2026-10-25")
    assert starts(autumn, by_agent=by_agent) == "01:00 01:30 02:00 02:30 03:00 03:30"
    assert starts(autumn, duree=45, by_agent=by_agent) == "01:00 01:45 02:30 03:00"
    first_pass = found(autumn, duree=45)[2]
    assert first_pass.debut == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert first_pass.fin == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


def openings_of(district: District) -> list[Opening]:
    return [
        Opening(plage.agent_id, plage.lieu_id, span)
        for plage in district.plages
        for span in occurrences(plage, *_days_of(district), PARIS)
        if not (plage.fermee_feries and span.debut.astimezone(PARIS).date().isoformat() in district.feries)
    ]


def busy_of(district: District) -> dict[int, list[Span]]:
    busy: dict[int, list[Span]] = defaultdict(list)
    for taken in district.taken:
        busy[taken.agent_id].append(Span(taken.debut, taken.fin))
    for absence in district.absences:
        busy[absence.agent_id] += occurrences(absence, *_days_of(district), PARIS)
    return busy


def _days_of(district: District) -> tuple[date, date]:
    return district.first.astimezone(PARIS).date(), district.last.astimezone(PARIS).date()


def creneaux_of(district: District, *, by_agent: bool) -> list[Creneau]:
    return find(
        openings_of(district),
        busy_of(district),
        duree=timedelta(minutes=district.duree_min),
        window=Window(district.first, district.last),
        now=district.now,
        zone=PARIS,
        by_agent=by_agent,
    )


@CALM
@given(districts(), st.booleans())
def test_the_engine_offers_what_the_oracle_offers(district: District, by_agent: bool) -> None:
    creneaux = creneaux_of(district, by_agent=by_agent)
    offers = [(creneau.debut, creneau.lieu_id, creneau.agent_ids) for creneau in creneaux]
    assert len(offers) == len(set(offers))
    assert set(offers) == offered(district, by_agent=by_agent)


@CALM
@given(districts())
def test_no_creneau_overlaps_anything_busy_and_none_leaves_its_plage(district: District) -> None:
    for creneau in creneaux_of(district, by_agent=True):
        (agent_id,) = creneau.agent_ids
        length = (creneau.fin - creneau.debut) // MINUTE
        minutes = {creneau.debut + number * MINUTE for number in range(length)}
        assert not minutes & busy_minutes(agent_id, district)
        assert any(
            minutes <= set(occurrence)
            for plage in district.plages
            if (plage.agent_id, plage.lieu_id) == (agent_id, creneau.lieu_id)
            for occurrence in open_minutes(plage, district)
        )


@CALM
@given(districts())
def test_every_creneau_starts_in_its_window_and_not_before_now(district: District) -> None:
    for creneau in creneaux_of(district, by_agent=False):
        assert max(district.first, district.now) <= creneau.debut <= district.last


@CALM
@given(districts())
def test_once_every_creneau_is_taken_none_is_left(district: District) -> None:
    """But in the autumn night: its repeated hour stays free, and a grid may begin there and leave it."""
    openings = [
        opening
        for opening in openings_of(district)
        if opening.span.debut.astimezone(PARIS).date() != date(2026, 10, 25)
    ]
    busy = busy_of(district)
    rules: dict[str, Any] = {
        "duree": timedelta(minutes=district.duree_min),
        "window": Window(at("00:00", "2026-01-01"), at("00:00", "2028-01-01")),
        "now": at("00:00", "2026-01-01"),
        "zone": PARIS,
        "by_agent": True,
    }
    for creneau in find(openings, busy, **rules):
        busy[creneau.agent_ids[0]].append(Span(creneau.debut, creneau.fin))
    assert find(openings, busy, **rules) == []


@CALM
@given(districts(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_what_comes_in_does_not_matter(district: District, chance: Any, by_agent: bool) -> None:
    plages, absences, taken = list(district.plages), list(district.absences), list(district.taken)
    for things in (plages, absences, taken):
        chance.shuffle(things)
    shuffled = replace(district, plages=tuple(plages), absences=tuple(absences), taken=tuple(taken))
    assert creneaux_of(shuffled, by_agent=by_agent) == creneaux_of(district, by_agent=by_agent)
