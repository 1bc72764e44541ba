"""Why a search found nothing: the one sentence that says what to change."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking.models import Motif, Service, TypeMotif
from booking.none_found import none_found
from booking.plages import day_span, local_day
from tests.makers import MONDAY, NOW, Queries, World, at
from tests.naive_creneaux import PARIS, District, districts, open_minutes

END = "23:59"


def why(world: World, motif: Motif | None = None, **rest: Any) -> str:
    """The reason for an empty search of Monday, or of what is said."""
    asked = {"now": NOW, "first": at("00:00"), "last": at(END), **rest}
    assert world.creneaux(motif, **asked) == []
    return none_found(world.session, motif or world.motif, **asked)


def test_no_plage_carries_the_motif(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", motifs=[])
    assert why(world) == "Aucune plage ne porte « consult-pmi »."


def test_no_plage_carries_it_where_or_with_whom_one_asks(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00")
    narrowed = "Aucune plage ne porte « consult-pmi » pour les lieux ou les agents demandés."
    assert why(world, lieu_ids=[world.nord.id]) == narrowed
    assert why(world, agent_ids=[world.agent("Petit").id]) == narrowed


def test_the_motif_is_longer_than_every_plage(world: World) -> None:
    journee = world.new_motif("journée", duree_min=480)
    world.plage(world.agent("Durand"), "09:00-12:00", motifs=[journee])
    world.plage(world.agent("Petit"), "14:00-15:00", motifs=[journee])
    assert why(world, journee) == "« journée » (480 min) est plus long que chaque plage (180 min au plus)."


def test_siblings_take_longer_than_every_plage(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-10:00")
    assert why(world, in_a_row=3) == "« consult-pmi » (3 × 30 min) est plus long que chaque plage (60 min au plus)."


def test_every_plage_is_over(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", date(2026, 11, 2), recurrence="FREQ=WEEKLY;UNTIL=20261116")
    world.plage(world.agent("Petit"), "09:00-12:00", date(2026, 11, 9))
    assert why(world) == "Toutes les plages de « consult-pmi » sont terminées depuis le 16/11/2026."


def test_no_plage_is_open_on_these_days_and_the_next_one_is_told(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", recurrence="FREQ=WEEKLY;BYDAY=TH", sauf=["2026-11-26"])
    assert why(world) == (
        "Aucune plage de « consult-pmi » n'est ouverte le lundi 23/11/2026 ; la prochaine le jeudi 03/12/2026."
    )
    assert why(world, last=at(END, "2026-11-27")) == (
        "Aucune plage de « consult-pmi » n'est ouverte du 23/11/2026 au 27/11/2026 ; la prochaine le jeudi 03/12/2026."
    )


def test_a_public_holiday_closes_every_plage(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", date(2026, 12, 25))
    christmas = {"first": at("00:00", "2026-12-25"), "last": at(END, "2026-12-25")}
    assert why(world, **christmas) == (
        "Aucune plage de « consult-pmi » n'est ouverte le vendredi 25/12/2026, jour férié : Noël."
    )


def test_all_the_time_is_taken(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:00")
    world.rdv([anne], at("09:00"), minutes=45)
    assert why(world) == (
        "Tout le temps des plages pour « consult-pmi » est pris le lundi 23/11/2026,"
        " ou ce qu'il en reste ne laisse commencer aucun créneau de 30 min."
    )


def test_two_agents_have_no_time_in_common(world: World) -> None:
    durand, petit = world.agent("Durand"), world.agent("Petit")
    world.plage(durand, "09:00-10:00")
    world.plage(petit, "10:00-11:00")
    assert why(world, agent_ids=[durand.id, petit.id], together=True) == (
        "Tout le temps que les agents ont en commun pour « consult-pmi » est pris le lundi 23/11/2026,"
        " ou ce qu'il en reste ne laisse commencer aucun créneau de 30 min."
    )


def test_between_two_starts_the_nearest_are_told(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-10:30")
    assert why(world, first=at("09:10"), last=at("09:20")) == (
        "Aucun créneau de « consult-pmi » ne commence du 23/11/2026 à 9 h 10 au 23/11/2026 à 9 h 20 ;"
        " les plus proches : le 23/11/2026 à 9 h et le 23/11/2026 à 9 h 30."
    )


def test_the_delays_exclude_all_that_is_asked_for(world: World) -> None:
    motif = world.new_motif("presse", delai_min_min=24 * 60, delai_max_min=48 * 60)
    world.plage(world.agent("Durand"), "09:00-10:00", recurrence="FREQ=DAILY", motifs=[motif])
    assert why(world, motif, last=at("22:00")) == (
        "Délai minimal de « presse » : un usager ne prend rien avant le 24/11/2026 à 8 h."
    )
    late = {"first": at("09:00", "2026-11-26"), "last": at(END, "2026-11-26")}
    assert why(world, motif, **late) == (
        "Délai maximal de « presse » : un usager ne prend rien après le 25/11/2026 à 8 h."
    )
    assert why(world, motif, first=at("00:00", "2026-11-22"), last=at("06:00")) == "Le 23/11/2026 à 6 h est passé."


def test_a_follow_up_names_the_way_out(world: World) -> None:
    suivi = world.new_motif("suivi", suivi=True)
    world.plage(world.agent("Durand"), "09:00-12:00", motifs=[suivi])
    for nobody in (None, []):
        assert why(world, suivi, agent_ids=nobody) == (
            "« suivi » est un suivi, offert avec les référents de l'usager seulement : nommez un référent sur sa fiche."
        )


def test_a_collective_motif_has_seances(world: World) -> None:
    assert why(world, world.new_motif("atelier", collectif=True)) == (
        "« atelier » est collectif : on s'inscrit à une séance."
    )


def test_no_plage_is_for_usagers(world: World) -> None:
    anne = world.agent("Durand")
    anne.service = world.keep(Service(ref="secretariat", nom="Secrétariat", territoire_id=world.territoire.id))
    world.plage(anne, "09:00-12:00")
    assert why(world) == "A. Durand est du secrétariat, à qui « consult-pmi » n'est pas ouvert."
    world.plage(world.agent("Petit"), "09:00-12:00", nom="Urgences", reservable=False)
    assert why(world) == "Plage « Urgences » de A. Petit non réservable."


@pytest.mark.parametrize("days", [1, 700])
def test_a_long_stretch_costs_no_more_than_a_short_one(engine: Engine, world: World, days: int) -> None:
    motif = world.new_motif("lointain", delai_max_min=730 * 1440)
    for number in range(20):
        anne = world.agent(f"Durand{number:02}")
        world.plage(anne, "09:00-10:00", MONDAY, recurrence="FREQ=DAILY", motifs=[motif])
        world.absence(anne, "2026-11-23T00:00", "2029-11-23T12:00")
    world.session.flush()
    with Queries(engine) as queries:
        told = none_found(world.session, motif, now=NOW, first=NOW, last=NOW + timedelta(days=days))
    assert told.startswith("Tout le temps des plages")
    assert queries.ran <= 12


def test_the_night_that_clocks_go_back_is_told_in_local_time(world: World) -> None:
    world.plage(world.agent("Durand"), "01:00-04:00", date(2026, 10, 25))
    second_pass = datetime.fromisoformat("2026-10-25T02:00:00+01:00")
    said = why(world, now=at("08:00", "2026-10-24"), first=second_pass, last=second_pass + timedelta(minutes=30))
    assert said.endswith("les plus proches : le 25/10/2026 à 2 h 30 et le 25/10/2026 à 3 h.")


@settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(districts(), st.booleans(), st.integers(1, 3))
def test_whatever_the_district_an_empty_search_has_its_reason(
    engine: Engine, district: District, as_agent: bool, in_a_row: int
) -> None:
    with Session(engine) as session:
        world = World(session, list(district.feries))
        motif = world.new_motif("m", type=TypeMotif.TELEPHONE, duree_min=district.duree_min, delai_max_min=8 * 1440)
        world.settle(motif, district)
        asked: dict[str, Any] = {"now": district.now, "as_agent": as_agent, "in_a_row": in_a_row}
        for first in (district.first + timedelta(hours=6 * number) for number in range(28)):
            last = min(first + timedelta(hours=5), district.last)
            if last < first or world.creneaux(motif, first=first, last=last, **asked):
                continue
            said = none_found(session, motif, first=first, last=last, **asked)
            assert said.endswith(".")
            if "les plus proches" in said:
                whole = day_span(local_day(first, PARIS), PARIS, local_day(last, PARIS))
                assert world.creneaux(motif, first=whole.debut, last=whole.fin, **asked)
            if "n'est ouverte" in said:
                days = {local_day(max(first, district.now), PARIS), local_day(last, PARIS)}
                opened = [
                    minutes[0] for plage in district.plages for minutes in open_minutes(plage, district) if minutes
                ]
                assert days.isdisjoint(local_day(instant, PARIS) for instant in opened)
        session.rollback()
