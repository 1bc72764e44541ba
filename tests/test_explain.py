"""Why an instant is or is not offered: the rule that excludes it, and the object behind it in French."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking.agenda import find_creneaux
from booking.explain import Reason, explain
from booking.models import Agent, Motif, TypeMotif
from tests.makers import NOW, Queries, World, at
from tests.naive_creneaux import District, districts


def told(world: World, instant: datetime, **rest: Any) -> tuple[Reason, ...]:
    motif = rest.pop("motif", world.motif)
    return explain(world.session, motif, instant, **{"now": NOW, **rest})


def only(world: World, instant: datetime, **rest: Any) -> tuple[str, str]:
    """The rule and the sentence of the one reason given."""
    (reason,) = told(world, instant, **rest)
    assert reason.offert == (reason.regle == "offert")
    return reason.regle, reason.texte


def test_an_offered_instant_is_said_to_be_offered(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-10:00")
    assert told(world, at("09:30")) == (
        Reason(True, "offert", "Anne Durand : créneau offert de 9 h 30 à 10 h.", "a.durand", "sud"),
    )


def test_each_agent_has_a_reason_by_name(world: World) -> None:
    petit, durand = world.agent("Petit"), world.agent("Durand")
    world.plage(petit, "09:00-10:00", nom="Matin", lieu_id=world.nord.id)
    world.plage(durand, "09:00-10:00")
    world.absence(durand, "2026-11-23T08:00", "2026-11-23T12:00")
    assert [(reason.agent, reason.lieu, reason.regle) for reason in told(world, at("09:00"))] == [
        ("a.durand", "sud", "absence"),
        ("a.petit", "nord", "offert"),
    ]


def test_an_absence_is_named_until_its_end(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.absence(anne, "2026-11-23T10:00", "2026-11-23T12:00")
    assert only(world, at("10:30")) == ("absence", "Anne Durand : absence « Formation » jusqu'à 12 h.")


def test_an_absence_that_lasts_is_named_until_its_last_day(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.absence(anne, "2026-11-20T08:00", "2026-11-27T18:30", nom="Congés")
    assert only(world, at("09:00")) == ("absence", "Anne Durand : absence « Congés » jusqu'au 27/11/2026 à 18 h 30.")


def test_an_absence_that_begins_during_the_creneau_excludes_it(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.absence(anne, "2026-11-23T09:45", "2026-11-23T12:00")
    assert only(world, at("09:30"))[0] == "absence"


def test_an_rdv_is_named_by_its_motif_and_never_by_its_usager(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.rdv([anne], at("09:00"), minutes=45, people=[world.usager("Marie")])
    assert only(world, at("09:30")) == ("rdv", "Anne Durand : RDV « consult-pmi » jusqu'à 9 h 45.")


def test_an_rdv_of_another_organisation_stays_closed(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    elsewhere = world.new_motif("addictions", organisation_id=world.lens.id)
    world.rdv([anne], at("09:00"), motif_id=elsewhere.id)
    assert only(world, at("09:00")) == ("rdv", "Anne Durand : RDV d'une autre organisation jusqu'à 9 h 30.")


def test_an_rdv_after_the_plage_is_not_what_makes_it_too_short(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-09:45", nom="Matin")
    world.rdv([anne], at("09:45"))
    assert only(world, at("09:30")) == (
        "trop_court",
        "Anne Durand : plage « Matin » finit à 9 h 45, 15 min pour 30 min.",
    )


def test_a_hold_excludes_until_it_expires(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.hold(anne, at("09:00"), expire_le=at("08:10"))
    assert only(world, at("09:00")) == ("retenue", "Anne Durand : retenue « consult-pmi » jusqu'à 9 h 30.")
    assert only(world, at("09:00"), now=at("08:10"))[0] == "offert"


def test_a_public_holiday_is_named_where_the_plage_keeps_it(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", date(2026, 12, 25), nom="Noël")
    world.plage(world.agent("Petit"), "09:00-12:00", date(2026, 12, 25), fermee_feries=False)
    christmas, petit = told(world, at("09:00", "2026-12-25"))
    assert (christmas.regle, christmas.texte) == (
        "ferie",
        "Anne Durand : plage « Noël » fermée ce jour férié, Noël.",
    )
    assert petit.offert


def test_off_the_grid_the_nearest_creneaux_are_told(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-10:00", nom="Matin")
    said = "Anne Durand : plage « Matin » sans créneau à"
    assert only(world, at("09:10")) == ("grille", f"{said} 9 h 10 : le précédent à 9 h, le suivant à 9 h 30.")
    assert only(world, at("09:10"), now=at("09:02")) == ("grille", f"{said} 9 h 10 : le précédent à 9 h 05.")


def test_outside_the_plages_of_the_day_their_hours_are_told(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", nom="Matin")
    world.plage(anne, "14:00-16:30")
    assert only(world, at("12:00")) == (
        "hors_plage",
        "Anne Durand : plage « Matin » de 9 h à 12 h, plage de 14 h à 16 h 30.",
    )


def test_a_day_without_a_plage_is_told_once(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00")
    world.plage(world.agent("Petit"), "09:00-12:00")
    assert told(world, at("09:00", "2026-11-24")) == (
        Reason(False, "hors_plage", "Aucune plage ne porte « consult-pmi » le 24/11/2026."),
    )


def test_a_plage_that_is_not_reservable_says_so_where_it_is(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Urgences", reservable=False)
    assert only(world, at("09:00")) == ("non_reservable", "Anne Durand : plage « Urgences » non réservable.")
    assert only(world, at("14:00"))[0] == "hors_plage"


def test_what_is_received_sur_place_lacks_a_lieu(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", lieu_id=None)
    assert only(world, at("09:00")) == (
        "sans_lieu",
        "Anne Durand : plage « Matin » sans lieu, et « consult-pmi » se tient sur place.",
    )


def test_of_two_plages_the_one_nearest_to_being_offered_answers(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", reservable=False)
    world.plage(anne, "09:00-12:00", nom="Ouverte", lieu_id=world.nord.id)
    assert only(world, at("09:10"))[0] == "grille"
    assert only(world, at("09:30"))[0] == "offert"


def test_the_past_is_told_before_anything_else(world: World) -> None:
    assert only(world, at("07:59")) == ("passe", "Le 23/11/2026 à 7 h 59 est passé.")
    assert only(world, at("07:59"), as_agent=True)[0] == "passe"


def test_the_delays_are_told_to_usagers_only(world: World) -> None:
    motif = world.new_motif("presse", delai_min_min=90, delai_max_min=24 * 60)
    world.plage(world.agent("Durand"), "09:00-10:00", recurrence="FREQ=DAILY", motifs=[motif])
    late = at("09:00", "2026-11-24")
    assert only(world, at("09:00"), motif=motif) == (
        "delai_min",
        "Délai minimal de « presse » : rien avant le 23/11/2026 à 9 h 30.",
    )
    assert only(world, late, motif=motif) == (
        "delai_max",
        "Délai maximal de « presse » : rien après le 24/11/2026 à 8 h.",
    )
    assert only(world, at("09:30"), motif=motif)[0] == "offert"
    assert only(world, at("09:00"), motif=motif, as_agent=True)[0] == "offert"
    assert only(world, late, motif=motif, as_agent=True)[0] == "offert"


def test_the_hour_that_comes_back_is_offered_once(world: World) -> None:
    world.plage(world.agent("Durand"), "01:00-04:00", date(2026, 10, 25))
    first_pass = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    now = at("08:00", "2026-10-24")
    assert only(world, first_pass, now=now)[0] == "offert"
    assert only(world, first_pass + timedelta(hours=1), now=now) == (
        "heure_doublee",
        "Les horloges reculent : 2 h 30 revient une seconde fois, jamais offerte.",
    )


def test_a_collective_motif_is_for_seances(world: World) -> None:
    atelier = world.new_motif("atelier", collectif=True)
    world.plage(world.agent("Durand"), "09:00-12:00", motifs=[atelier])
    assert only(world, at("09:00"), motif=atelier) == (
        "collectif",
        "« atelier » est collectif : on s'inscrit à une séance.",
    )


def test_a_follow_up_without_a_referent_is_offered_to_nobody(world: World) -> None:
    suivi = world.new_motif("suivi", suivi=True)
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", motifs=[suivi])
    assert only(world, at("09:00"), motif=suivi, agent_ids=[])[0] == "suivi"
    assert only(world, at("09:00"), motif=suivi, agent_ids=[anne.id])[0] == "offert"


def test_only_the_lieux_and_agents_asked_for_answer(world: World) -> None:
    durand, petit = world.agent("Durand"), world.agent("Petit")
    world.plage(durand, "09:00-10:00")
    world.plage(petit, "09:00-10:00", lieu_id=world.nord.id)
    assert [reason.agent for reason in told(world, at("09:00"), agent_ids=[petit.id])] == ["a.petit"]
    assert [reason.agent for reason in told(world, at("09:00"), lieu_ids=[world.sud.id])] == ["a.durand"]


def test_many_agents_are_explained_in_as_many_queries_as_one(engine: Engine, world: World) -> None:
    for number in range(20):
        anne = world.agent(f"Durand{number:02}")
        world.plage(anne, "09:00-10:00")
        world.absence(anne, "2026-11-23T08:00", "2026-11-23T12:00")
    world.session.flush()
    with Queries(engine) as queries:
        assert len(told(world, at("09:00"))) == 20
    assert queries.ran <= 8


def settle(world: World, motif: Motif, district: District) -> None:
    """Put a district's plages, absences and busy times in the world."""
    agents = {number: world.agent(nom) for number, nom in enumerate(("Durand", "Petit", "Roy"), start=1)}
    lieux = {None: None, 1: world.sud.id, 2: world.nord.id}
    for plage in district.plages:
        hours = f"{plage.debut:%H:%M}-{plage.fin:%H:%M}"
        rest = {"recurrence": plage.recurrence, "sauf": list(plage.sauf), "fermee_feries": plage.fermee_feries}
        rest |= {"lieu_id": lieux[plage.lieu_id], "motifs": [motif]}
        world.plage(agents[plage.agent_id], hours, plage.premier_jour, **rest)
    for away in district.absences:
        debut = datetime.combine(away.premier_jour, away.debut)
        fin = datetime.combine(away.dernier_jour, away.fin)
        absence = world.absence(agents[away.agent_id], debut.isoformat(), fin.isoformat())
        absence.recurrence = away.recurrence
    for taken in district.taken:
        world.rdv([agents[taken.agent_id]], taken.debut, (taken.fin - taken.debut) // timedelta(minutes=1))


@settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(districts(), st.booleans(), st.lists(st.integers(0, 7 * 288), min_size=6, max_size=6))
def test_an_instant_is_explained_as_offered_just_when_it_is(
    engine: Engine, district: District, as_agent: bool, fives: list[int]
) -> None:
    with Session(engine) as session:
        world = World(session, list(district.feries))
        motif = world.new_motif("m", type=TypeMotif.TELEPHONE, duree_min=district.duree_min, delai_max_min=8 * 1440)
        settle(world, motif, district)
        asked: dict[str, Any] = {"now": district.now, "as_agent": as_agent}
        offered = list(find_creneaux(session, motif, first=district.first, last=district.last, **asked))
        some = [creneau.debut for creneau in offered[:: max(1, len(offered) // 6)]]
        for instant in (*some, *(district.first + timedelta(minutes=5 * five) for five in fives)):
            reasons = explain(session, motif, instant, **asked)
            found = list(find_creneaux(session, motif, first=instant, last=instant, **asked))
            free = {session.get_one(Agent, agent_id).ref for creneau in found for agent_id in creneau.agent_ids}
            assert {reason.agent for reason in reasons if reason.offert} == free
            assert reasons
        session.rollback()
