"""Why an instant is or is not offered: the rule that excludes it, and the object behind it in French."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking.explain import explain
from booking.models import Agent, Service, TypeMotif
from booking.raisons import Reason, Regle
from booking.search import AGENT_HORIZON, find_creneaux
from tests.makers import NOW, Queries, World, at
from tests.naive_creneaux import PARIS, District, busy_minutes, districts, open_minutes


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
        Reason(True, "offert", "Créneau offert avec A. Durand de 9 h 30 à 10 h.", "a.durand", "sud"),
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
    assert only(world, at("10:30")) == ("absence", "Absence « Formation » de A. Durand jusqu'à 12 h.")


def test_an_absence_that_lasts_is_named_until_its_last_day(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.absence(anne, "2026-11-20T08:00", "2026-11-27T18:30", nom="Congés")
    assert only(world, at("09:00")) == ("absence", "Absence « Congés » de A. Durand jusqu'au 27/11/2026 à 18 h 30.")


def test_an_absence_that_begins_during_the_creneau_excludes_it(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.absence(anne, "2026-11-23T09:45", "2026-11-23T12:00")
    assert only(world, at("09:30"))[0] == "absence"


def test_an_rdv_is_named_by_its_motif_and_never_by_its_usager(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.rdv([anne], at("09:00"), minutes=45, people=[world.usager("Marie")])
    assert only(world, at("09:30")) == ("rdv", "RDV « consult-pmi » de A. Durand jusqu'à 9 h 45.")


def test_an_rdv_of_another_organisation_stays_closed(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    elsewhere = world.new_motif("addictions", organisation_id=world.lens.id)
    world.rdv([anne], at("09:00"), motif_id=elsewhere.id)
    assert only(world, at("09:00")) == ("rdv", "RDV de A. Durand dans une autre organisation jusqu'à 9 h 30.")


def test_an_rdv_after_the_plage_is_not_what_makes_it_too_short(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-09:45", nom="Matin")
    world.rdv([anne], at("09:45"))
    assert only(world, at("09:30")) == (
        "trop_court",
        "Plage « Matin » de A. Durand finit à 9 h 45 : 15 min pour 30 min.",
    )


def test_a_hold_excludes_until_it_expires(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.hold(anne, at("09:00"), expire_le=at("08:10"))
    assert only(world, at("09:00")) == (
        "retenue",
        "Retenue « consult-pmi » de A. Durand jusqu'à 9 h 30 : sans réponse, elle expire à 8 h 10.",
    )
    assert only(world, at("09:00"), now=at("08:10"))[0] == "offert"


def test_a_public_holiday_is_named_where_the_plage_keeps_it(world: World) -> None:
    now = at("08:00", "2026-11-02")
    world.plage(world.agent("Durand"), "09:00-12:00", date(2026, 11, 11), nom="Consultations PMI")
    world.plage(world.agent("Petit"), "09:00-12:00", date(2026, 11, 11), fermee_feries=False)
    armistice, petit = told(world, at("09:00", "2026-11-11"), now=now)
    assert (armistice.regle, armistice.texte) == (
        "ferie",
        "Plage « Consultations PMI » de A. Durand fermée le 11/11/2026, jour férié : Armistice.",
    )
    assert petit.offert


def test_off_the_grid_the_nearest_creneaux_are_told(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-10:00", nom="Matin")
    said = "Plage « Matin » de A. Durand sans créneau à"
    assert only(world, at("09:10")) == ("grille", f"{said} 9 h 10 : le précédent à 9 h, le suivant à 9 h 30.")
    assert only(world, at("09:10"), now=at("09:02")) == ("grille", f"{said} 9 h 10 : le précédent à 9 h 05.")


def test_outside_the_plages_of_the_day_their_hours_are_told(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", nom="Matin")
    world.plage(anne, "14:00-16:30")
    assert only(world, at("12:00")) == (
        "hors_plage",
        "Plage « Matin » de A. Durand de 9 h à 12 h, plage de 14 h à 16 h 30 : rien à 12 h.",
    )


def test_on_another_day_the_weekdays_of_the_plage_are_told(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", recurrence="FREQ=WEEKLY;BYDAY=TH,MO")
    assert told(world, at("09:00", "2026-11-24")) == (
        Reason(
            False,
            Regle.HORS_PLAGE,
            "Plage « Matin » de A. Durand le lundi et le jeudi de 9 h à 12 h : rien le mardi 24/11/2026.",
            "a.durand",
        ),
    )


def test_every_other_week_is_said_to_be_so(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", recurrence="FREQ=WEEKLY;INTERVAL=2")
    assert only(world, at("09:00", "2026-11-30")) == (
        "hors_plage",
        "Plage de A. Durand le lundi une semaine sur 2 de 9 h à 12 h : rien le lundi 30/11/2026.",
    )


def test_a_plage_of_each_month_tells_its_next_day(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", recurrence="FREQ=MONTHLY;BYDAY=2TU")
    assert only(world, at("09:00", "2026-11-24")) == (
        "hors_plage",
        "Plage de A. Durand le 08/12/2026 de 9 h à 12 h : rien le mardi 24/11/2026.",
    )


def test_a_date_left_out_of_a_plage_is_a_rule_of_its_own(world: World) -> None:
    sauf = {"recurrence": "FREQ=WEEKLY;BYDAY=TH", "sauf": ["2026-12-24"]}
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", **sauf)
    assert only(world, at("09:00", "2026-12-24")) == (
        "sauf",
        "Plage « Matin » de A. Durand : pas le jeudi 24/12/2026, date exclue de la plage.",
    )
    assert only(world, at("09:00", "2026-12-23"))[0] == "hors_plage"
    assert only(world, at("09:00", "2026-12-31"))[0] == "offert"


def test_a_plage_that_has_not_begun_tells_when_it_does(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", date(2026, 12, 7), nom="Matin", recurrence="FREQ=WEEKLY")
    assert only(world, at("09:00", "2026-11-30")) == (
        "pas_commencee",
        "Plage « Matin » de A. Durand pas commencée, elle ouvre le 07/12/2026.",
    )


@pytest.mark.parametrize("end", ["UNTIL=20261130", "COUNT=2"])
def test_a_plage_that_is_over_tells_since_when(world: World, end: str) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", recurrence=f"FREQ=WEEKLY;{end}")
    assert only(world, at("09:00", "2026-11-30"))[0] == "offert"
    assert only(world, at("09:00", "2026-12-07")) == (
        "terminee",
        "Plage « Matin » de A. Durand terminée depuis le 30/11/2026.",
    )


def test_of_the_plages_that_are_over_the_last_one_answers(world: World) -> None:
    anne = world.agent("Durand")
    for day in (date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 25)):
        world.plage(anne, "09:00-12:00", day)
    assert only(world, at("09:00", "2026-11-27"))[1] == "Plage de A. Durand terminée depuis le 26/11/2026."


def test_a_motif_that_no_plage_carries_is_told_once(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", motifs=[])
    assert only(world, at("09:00")) == ("hors_plage", "Aucune plage ne porte « consult-pmi ».")
    assert only(world, at("09:00"), lieu_ids=[world.nord.id]) == (
        "hors_plage",
        "Aucune plage ne porte « consult-pmi » pour les lieux ou les agents demandés.",
    )


def test_an_agent_of_the_secretariat_carries_only_what_is_open_to_it(world: World) -> None:
    secretariat = world.keep(Service(ref="secretariat", nom="Secrétariat", territoire_id=world.territoire.id))
    accueil = world.agent("Durand")
    accueil.service = secretariat
    opened = world.new_motif("dossier", secretariat=True)
    world.plage(accueil, "09:00-12:00", motifs=[world.motif, opened])
    closed = ("secretariat", "A. Durand est du secrétariat, à qui « consult-pmi » n'est pas ouvert.")
    assert only(world, at("09:00")) == closed
    assert only(world, at("15:00", "2026-11-25")) == closed
    assert only(world, at("09:00"), motif=opened)[0] == "offert"


def test_a_motif_longer_than_the_whole_plage_says_both_lengths(world: World) -> None:
    journee = world.new_motif("journée", duree_min=480)
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", motifs=[journee])
    assert only(world, at("09:00"), motif=journee) == (
        "motif_trop_long",
        "Plage « Matin » de A. Durand trop courte : 180 min, « journée » en prend 480.",
    )


def test_a_plage_that_is_not_reservable_says_so_where_it_is(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Urgences", reservable=False)
    assert only(world, at("09:00")) == ("non_reservable", "Plage « Urgences » de A. Durand non réservable.")
    assert only(world, at("14:00"))[0] == "hors_plage"


def test_what_is_received_sur_place_lacks_a_lieu(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", nom="Matin", lieu_id=None)
    assert only(world, at("09:00")) == (
        "sans_lieu",
        "Plage « Matin » de A. Durand sans lieu : « consult-pmi » se tient sur place.",
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
        "Délai minimal de « presse » : un usager ne prend rien avant le 23/11/2026 à 9 h 30.",
    )
    assert only(world, late, motif=motif) == (
        "delai_max",
        "Délai maximal de « presse » : un usager ne prend rien après le 24/11/2026 à 8 h.",
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


def test_agents_look_two_years_ahead_and_no_further(world: World) -> None:
    world.plage(world.agent("Durand"), "08:00-09:00", recurrence="FREQ=DAILY")
    edge = NOW + AGENT_HORIZON
    assert only(world, edge, as_agent=True)[0] == "offert"
    assert only(world, edge + timedelta(minutes=30), as_agent=True) == (
        "horizon",
        "Trop loin : la recherche des agents s'arrête le 24/11/2028 à 8 h.",
    )


def test_an_hour_that_clocks_jump_over_is_the_one_they_show_instead(world: World) -> None:
    now = at("08:00", "2027-03-27")
    world.plage(world.agent("Durand"), "09:00-12:00", date(2027, 3, 28))
    jumped = datetime.fromisoformat("2027-03-28T02:30:00+01:00")
    assert only(world, jumped, now=now) == ("hors_plage", "Plage de A. Durand de 9 h à 12 h : rien à 3 h 30.")


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
    without = (
        "suivi",
        "« suivi » est un suivi, offert avec les référents de l'usager seulement : nommez un référent sur sa fiche.",
    )
    assert only(world, at("09:00"), motif=suivi, agent_ids=[]) == without
    assert only(world, at("09:00"), motif=suivi) == without
    assert only(world, at("09:00"), motif=suivi, as_agent=True) == without
    assert only(world, at("09:00"), motif=suivi, agent_ids=[anne.id])[0] == "offert"


def test_only_the_lieux_and_agents_asked_for_answer(world: World) -> None:
    durand, petit = world.agent("Durand"), world.agent("Petit")
    world.plage(durand, "09:00-10:00")
    world.plage(petit, "09:00-10:00", lieu_id=world.nord.id)
    assert [reason.agent for reason in told(world, at("09:00"), agent_ids=[petit.id])] == ["a.petit"]
    assert [reason.agent for reason in told(world, at("09:00"), lieu_ids=[world.sud.id])] == ["a.durand"]


def test_many_agents_are_explained_in_as_many_queries_as_one(engine: Engine, world: World) -> None:
    def ran() -> int:
        world.session.flush()
        world.session.expire_all()
        with Queries(engine) as queries:
            assert {reason.regle for reason in told(world, at("09:00"))} == {"absence", "rdv"}
        return queries.ran

    for number in range(20):
        anne = world.agent(f"Durand{number:02}")
        world.plage(anne, "09:00-10:00", nom=f"Matin {number}")
        if number % 2:
            world.absence(anne, "2026-11-23T08:00", "2026-11-23T12:00")
        else:
            world.rdv([anne], at("09:00"))
        if number == 1:
            few = ran()
    assert ran() == few


def is_true(reason: Reason, number: int, instant: datetime, district: District) -> bool:
    """What a reason says of an agent, seen minute by minute in the district."""
    plages = tuple(plage for plage in district.plages if plage.agent_id == number)
    mine = replace(district, plages=plages, first=instant, last=instant)
    minute, length = timedelta(minutes=1), district.duree_min
    asked = {instant + minute * number for number in range(length)}
    around = [minutes for plage in mine.plages for minutes in open_minutes(plage, mine) if instant in minutes]
    always = [replace(plage, sauf=(), fermee_feries=False) for plage in mine.plages]
    unclosed = [minutes for plage in always for minutes in open_minutes(plage, mine) if instant in minutes]
    day = instant.astimezone(PARIS).date().isoformat()
    match reason.regle:
        case Regle.ABSENCE:
            return bool(asked & busy_minutes(number, replace(mine, taken=()))) and bool(around)
        case Regle.RDV:
            away = replace(mine, absences=())
            return bool(asked & busy_minutes(number, away)) and bool(around)
        case Regle.SAUF:
            return not around and any(day in plage.sauf for plage in mine.plages)
        case Regle.FERIE:
            return not around and day in district.feries and bool(unclosed)
        case Regle.MOTIF_TROP_LONG:
            return any(len(minutes) < length for minutes in unclosed)
        case Regle.TROP_COURT:
            return any(not asked <= set(minutes) for minutes in around) and not any(
                asked <= set(minutes) for minutes in around
            )
        case Regle.GRILLE:
            busy = busy_minutes(number, mine)
            return any(asked <= set(minutes) - busy for minutes in around)
        case Regle.PAS_COMMENCEE:
            return not unclosed and any(day < plage.premier_jour.isoformat() for plage in mine.plages)
        case Regle.TERMINEE | Regle.HORS_PLAGE:
            return not unclosed
        case _:
            return False


@settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(districts(), st.booleans(), st.lists(st.integers(0, 7 * 288), min_size=6, max_size=6))
def test_an_instant_is_explained_as_offered_just_when_it_is_and_else_by_what_is_true(
    engine: Engine, district: District, as_agent: bool, fives: list[int]
) -> None:
    with Session(engine) as session:
        world = World(session, list(district.feries))
        motif = world.new_motif("m", type=TypeMotif.TELEPHONE, duree_min=district.duree_min, delai_max_min=8 * 1440)
        numbers = {agent.ref: number for number, agent in enumerate(world.settle(motif, district), start=1)}
        asked: dict[str, Any] = {"now": district.now, "as_agent": as_agent}
        offered = list(find_creneaux(session, motif, first=district.first, last=district.last, **asked))
        some = [creneau.debut for creneau in offered[:: max(1, len(offered) // 6)]]
        open_days = (minutes for plage in district.plages for minutes in open_minutes(plage, district) if minutes)
        opens = [minutes[len(minutes) // 3] for minutes in open_days]
        for instant in (*some, *opens[:6], *(district.first + timedelta(minutes=5 * five) for five in fives)):
            reasons = explain(session, motif, instant, **asked)
            found = list(find_creneaux(session, motif, first=instant, last=instant, **asked))
            free = {session.get_one(Agent, agent_id).ref for creneau in found for agent_id in creneau.agent_ids}
            assert {reason.agent for reason in reasons if reason.offert} == free
            assert reasons
            for reason in reasons:
                if reason.agent and not reason.offert:
                    assert is_true(reason, numbers[reason.agent], instant, district), reason
        session.rollback()
