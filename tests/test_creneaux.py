"""The slot engine: each rule as a small picture, then whole districts against the oracle."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.creneaux import Busy, Libre, Opening, Stretch, Wanted, find, in_common
from booking.plages import clock, days
from tests.naive_creneaux import (
    MINUTE,
    PARIS,
    District,
    Offer,
    busy_minutes,
    districts,
    offered,
    offered_in_a_row,
    offered_together,
    open_minutes,
)

ANNE, BASILE = 1, 2
SUD, NORD = 1, 2
CALM = settings(deadline=None, max_examples=120, derandomize=True, database=None)


def at(clock: str, day: str = "2026-11-23") -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PARIS).timestamp())


def span(clocks: str, day: str = "2026-11-23") -> Stretch:
    debut, fin = clocks.split("-")
    return at(debut, day), at(fin, day)


def plage(clocks: str, agent: int = ANNE, lieu: int = SUD, day: str = "2026-11-23") -> Opening:
    return Opening(*span(clocks, day), lieu, agent)


def found(
    *openings: Opening,
    busy: Mapping[int, Sequence[Stretch]] | None = None,
    duree: int = 30,
    now: int | None = None,
    first: int | None = None,
    last: int | None = None,
    **rest: Any,
) -> list[Libre]:
    now = now or at("00:00", "2026-01-01")
    never = clock(PARIS).repeated(date(2026, 10, 25).toordinal(), date(2026, 10, 25).toordinal())
    wanted = Wanted(duree * 60, first or now, last or at("00:00", "2028-01-01"), now, never, **rest)
    return list(find(openings, in_order(busy or {}), wanted))


def in_order(taken: Mapping[int, Sequence[Stretch]]) -> dict[int, Busy]:
    return {agent: Busy.of(stretches) for agent, stretches in taken.items()}


def clocks(found: Collection[Libre]) -> str:
    return " ".join(f"{datetime.fromtimestamp(debut, PARIS):%H:%M}" for debut, _, _ in found)


def starts(*openings: Opening, **rest: Any) -> str:
    return clocks(found(*openings, **rest))


def test_a_plage_is_cut_back_to_back_and_the_remainder_is_lost() -> None:
    assert starts(plage("09:00-10:40")) == "09:00 09:30 10:00"
    assert starts(plage("09:10-10:00"), duree=25) == "09:10 09:35"
    assert starts(plage("09:00-09:30")) == "09:00"
    assert starts(plage("09:00-09:29")) == ""


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
    assert found(*openings) == [(at("09:00"), SUD, (ANNE, BASILE)), (at("09:00"), NORD, (ANNE,))]


def test_an_agent_sees_one_creneau_per_start_and_agent() -> None:
    openings = [plage("09:00-09:30", BASILE), plage("09:00-09:30", ANNE), plage("09:00-09:30", ANNE, NORD)]
    assert found(*openings, by_agent=True) == [(at("09:00"), SUD, (ANNE,)), (at("09:00"), SUD, (BASILE,))]


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


@pytest.mark.parametrize("by_agent", [False, True])
def test_no_creneau_twice_in_the_hour_that_comes_back(by_agent: bool) -> None:
    autumn = plage("01:00-04:00", day="2026-10-25")
    assert starts(autumn, by_agent=by_agent) == "01:00 01:30 02:00 02:30 03:00 03:30"
    assert starts(autumn, duree=45, by_agent=by_agent) == "01:00 01:45 02:30 03:00"
    first_pass = found(autumn, duree=45)[2]
    assert first_pass[0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()


def test_two_in_a_row_are_two_creneaux_of_one_agent_that_follow_each_other() -> None:
    assert starts(plage("09:00-11:00"), in_a_row=2) == "09:00 09:30 10:00"
    assert starts(plage("09:00-11:00"), busy={ANNE: [span("09:30-10:00")]}, in_a_row=2) == "10:00"
    assert starts(plage("09:00-09:30"), plage("09:30-10:00", BASILE), in_a_row=2) == ""
    assert starts(plage("09:00-09:30"), plage("09:30-10:00", ANNE, NORD), in_a_row=2) == ""


def test_two_in_a_row_may_go_from_one_plage_to_the_next() -> None:
    assert starts(plage("09:00-09:30"), plage("09:30-10:00"), in_a_row=2) == "09:00"


def test_the_first_of_a_row_is_in_the_window_and_the_others_may_leave_it() -> None:
    assert starts(plage("09:00-12:00"), first=at("09:30"), last=at("10:00"), in_a_row=3) == "09:30 10:00"


def starts_together(*openings: Opening, busy: Mapping[int, Sequence[Stretch]] | None = None) -> str:
    taken = [stretch for stretches in (busy or {}).values() for stretch in stretches]
    return starts(*in_common(openings, (ANNE, BASILE)), busy={ANNE: taken})


def test_two_agents_together_have_the_time_they_have_in_common() -> None:
    openings = [plage("09:00-11:00"), plage("09:10-12:00", BASILE)]
    assert starts_together(*openings) == "09:10 09:40 10:10"
    assert starts_together(*openings, busy={ANNE: [span("10:00-10:15")]}) == "09:10 10:15"
    assert starts_together(*openings, busy={BASILE: [span("09:00-10:20")]}) == "10:20"


def test_two_agents_are_together_at_one_lieu() -> None:
    assert starts_together(plage("09:00-11:00"), plage("09:00-11:00", BASILE, NORD)) == ""
    assert starts_together(plage("09:00-11:00")) == ""


# Whole districts, against the oracle


def openings_of(district: District) -> list[Opening]:
    """A lieu is called by its number, none by 0."""
    first, last = _days_of(district)
    closed = {date.fromisoformat(jour).toordinal() for jour in district.feries}
    return [
        Opening(debut, fin, plage.lieu_id or 0, plage.agent_id)
        for plage in district.plages
        for day in days(plage, first, last, plage.sauf)
        if not (plage.fermee_feries and day in closed)
        for debut, fin in clock(PARIS).stretches([day], plage.debut, plage.fin)
    ]


def busy_of(district: District) -> dict[int, list[Stretch]]:
    first, last = _days_of(district)
    busy: dict[int, list[Stretch]] = defaultdict(list)
    for taken in district.taken:
        busy[taken.agent_id].append((int(taken.debut.timestamp()), int(taken.fin.timestamp())))
    for absence in district.absences:
        further = (absence.dernier_jour - absence.premier_jour).days
        happening = days(absence, first - further, last)
        busy[absence.agent_id] += clock(PARIS).stretches(happening, absence.debut, absence.fin, further)
    return busy


def _days_of(district: District) -> tuple[int, int]:
    first, last = (bound.astimezone(PARIS).date() for bound in (district.first, district.last))
    return first.toordinal(), last.toordinal()


def wanted_of(district: District, **rest: Any) -> Wanted:
    first, last, now = (int(bound.timestamp()) for bound in (district.first, district.last, district.now))
    return Wanted(district.duree_min * 60, first, last, now, clock(PARIS).repeated(*_days_of(district)), **rest)


def libres_of(district: District, **rest: Any) -> list[Libre]:
    return list(find(openings_of(district), in_order(busy_of(district)), wanted_of(district, **rest)))


def as_offers(libres: Collection[Libre]) -> set[Offer]:
    offers = {(datetime.fromtimestamp(start, UTC), lieu or None, agents) for start, lieu, agents in libres}
    assert len(offers) == len(libres), "a créneau is offered twice"
    return offers


@CALM
@given(districts(), st.booleans())
def test_the_engine_offers_what_the_oracle_offers(district: District, by_agent: bool) -> None:
    """None missing that would fit on the grid, none that would not."""
    assert as_offers(libres_of(district, by_agent=by_agent)) == offered(district, by_agent=by_agent)


@CALM
@given(districts(), st.integers(2, 3))
def test_the_engine_offers_in_a_row_what_the_oracle_offers(district: District, times: int) -> None:
    assert as_offers(libres_of(district, in_a_row=times)) == offered_in_a_row(district, times)


@CALM
@given(districts(), st.sampled_from([(1, 2), (1, 3), (1, 2, 3)]))
def test_the_engine_offers_together_what_the_oracle_offers(district: District, agents: tuple[int, ...]) -> None:
    taken = busy_of(district)
    busy = Busy.of(stretch for agent in agents for stretch in taken[agent])
    shared = find(in_common(openings_of(district), agents), {agents[0]: busy}, wanted_of(district))
    libres = [(start, lieu, agents) for start, lieu, _ in shared]
    assert as_offers(libres) == offered_together(district, agents)


@CALM
@given(districts(), st.booleans())
def test_no_creneau_overlaps_anything_busy_and_none_leaves_its_plage(district: District, by_agent: bool) -> None:
    for start, lieu, agents in as_offers(libres_of(district, by_agent=by_agent)):
        minutes = {start + number * MINUTE for number in range(district.duree_min)}
        for agent in agents:
            assert not minutes & busy_minutes(agent, district)
            assert any(
                minutes <= set(occurrence)
                for plage in district.plages
                if (plage.agent_id, plage.lieu_id) == (agent, lieu)
                for occurrence in open_minutes(plage, district)
            )


@CALM
@given(districts())
def test_every_creneau_starts_in_its_window_and_not_before_now(district: District) -> None:
    for start, _, _ in as_offers(libres_of(district)):
        assert max(district.first, district.now) <= start <= district.last


@CALM
@given(districts(), st.data())
def test_more_busy_time_never_adds_a_start_but_after_it(district: District, data: st.DataObject) -> None:
    openings, busy = openings_of(district), busy_of(district)
    before = set(find(openings, in_order(busy), wanted_of(district, by_agent=True)))
    opening = data.draw(st.sampled_from(openings)) if openings else Opening(0, 60, 0, 1)
    debut = data.draw(st.integers(opening.debut - 3600, opening.fin).map(lambda second: second // 60 * 60))
    fin = debut + 60 * data.draw(st.integers(1, 120))
    busy[opening.agent].append((debut, fin))
    for start, _, (agent,) in set(find(openings, in_order(busy), wanted_of(district, by_agent=True))) - before:
        assert (agent, start >= fin) == (opening.agent, True)


@CALM
@given(districts())
def test_once_every_creneau_is_taken_none_is_left(district: District) -> None:
    """But in the autumn night: its repeated hour stays free, and a grid may begin there and leave it."""
    autumn = date(2026, 10, 25)
    openings = [
        opening for opening in openings_of(district) if datetime.fromtimestamp(opening.debut, PARIS).date() != autumn
    ]
    busy = busy_of(district)
    wanted = Wanted(district.duree_min * 60, 0, at("00:00", "2028-01-01"), 0, by_agent=True)
    for start, _, (agent,) in find(openings, in_order(busy), wanted):
        busy[agent].append((start, start + wanted.duree))
    assert list(find(openings, in_order(busy), wanted)) == []


@CALM
@given(districts(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_what_comes_in_does_not_matter(district: District, chance: Any, by_agent: bool) -> None:
    openings, busy = openings_of(district), busy_of(district)
    wanted = wanted_of(district, by_agent=by_agent)
    found = list(find(openings, in_order(busy), wanted))
    chance.shuffle(openings)
    for stretches in busy.values():
        chance.shuffle(stretches)
    assert list(find(openings, in_order(dict(reversed(busy.items()))), wanted)) == found


def test_the_days_after_the_first_creneaux_are_not_looked_at() -> None:
    """The next three do not cost a quarter."""

    class Counted(dict[int, Busy]):
        def __init__(self) -> None:
            self.asked: list[int] = []

        def get(self, agent: int, default: Any = None) -> Any:
            self.asked.append(agent)
            return default

    busy = Counted()
    openings = [plage("09:00-12:00", agent, day=f"2026-11-{23 + agent}") for agent in range(5)]
    wanted = Wanted(1800, 0, at("00:00", "2028-01-01"), 0)
    assert len(list(islice(find(openings, busy, wanted), 3))) == 3
    assert busy.asked == [0]
