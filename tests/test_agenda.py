"""The agenda as it is read, from a real database: créneaux, the lightest agent, lines of RDVs."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking.agenda import find_creneaux, lightest, rdv_lines
from booking.creneaux import Creneau
from booking.models import (
    Plage,
    Statut,
    TypeMotif,
)
from tests.makers import MONDAY, NOW, PHONE, Queries, World, at
from tests.naive_creneaux import PARIS, District, districts, offered


def test_a_plage_becomes_creneaux(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:00")
    assert world.creneaux() == [
        Creneau(at("09:00"), at("09:30"), world.sud.id, (anne.id,)),
        Creneau(at("09:30"), at("10:00"), world.sud.id, (anne.id,)),
    ]


def test_an_absence_takes_its_time_away(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-11:00")
    world.absence(anne, "2026-11-20T14:00", "2026-11-23T09:40")
    assert world.starts() == "09:40 10:10"


@pytest.mark.parametrize("statut", list(Statut))
def test_an_rdv_takes_its_time_away_until_it_is_excused_or_revoked(world: World, statut: Statut) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:00")
    world.rdv([anne], at("09:00"), statut=statut)
    freed = statut in (Statut.EXCUSE, Statut.REVOQUE)
    assert world.starts() == ("09:00 09:30" if freed else "09:30")


def test_an_rdv_of_another_organisation_takes_time_of_each_of_its_agents(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    elsewhere = world.new_motif("ailleurs", organisation_id=world.lens.id)
    for agent in (anne, basile):
        world.plage(agent, "09:00-10:00")
    world.rdv([anne, basile], at("09:00"), motif_id=elsewhere.id, lieu_id=world.nord.id)
    assert [creneau.agent_ids for creneau in world.creneaux()] == [(anne.id, basile.id)]
    assert world.starts() == "09:30"


def test_a_hold_takes_its_time_away_until_it_expires(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:00")
    world.hold(anne, at("09:00"), expire_le=at("08:10"))
    assert world.starts(now=at("08:09:59")) == "09:30"
    assert world.starts(now=at("08:10")) == "09:00 09:30"


def test_a_contact_sees_through_its_own_hold_for_this_motif_only(world: World) -> None:
    anne = world.agent("Durand")
    other = world.new_motif("autre")
    world.plage(anne, "09:00-10:30")
    world.hold(anne, at("09:00"), at("08:10"), contact="sms:moi")
    world.hold(anne, at("09:30"), at("08:10"), contact="sms:moi", motif_id=other.id)
    world.hold(anne, at("10:00"), at("08:10"), contact="sms:toi")
    assert world.starts() == ""
    assert world.starts(except_hold_of="sms:moi") == "09:00"


def test_only_bookable_plages_that_carry_the_motif_are_searched(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-09:30", motifs=[])
    world.plage(anne, "10:00-10:30", motifs=[world.new_motif("autre")])
    world.plage(anne, "11:00-11:30", reservable=False)
    world.plage(anne, "12:00-12:30", motifs=[world.motif, world.new_motif("troisieme")])
    assert world.starts() == "12:00"


def test_public_holidays_close_the_plages_that_say_so(world: World) -> None:
    anne = world.agent("Durand")
    armistice = date(2026, 11, 11)
    world.plage(anne, "09:00-09:30", armistice)
    world.plage(anne, "10:00-10:30", armistice, fermee_feries=False)
    now = at("08:00", "2026-11-09")
    assert world.starts(now=now) == "10:00"
    assert world.starts(now=now, as_agent=True) == "10:00"


def test_an_usager_keeps_to_the_delays_of_the_motif_to_the_minute(world: World) -> None:
    anne = world.agent("Durand")
    motif = world.new_motif("presse", delai_min_min=90, delai_max_min=24 * 60)
    world.plage(anne, "09:00-10:30", recurrence="FREQ=DAILY;COUNT=3", motifs=[motif])
    assert world.starts(motif) == "09:30 10:00"
    assert world.starts(motif, now=at("09:30", "2026-11-23")) == "09:00 09:30"
    assert world.starts(motif, as_agent=True) == "09:00 09:30 10:00 " * 2 + "09:00 09:30 10:00"


def test_bounds_wider_than_the_delays_do_not_widen_them(world: World) -> None:
    motif = world.new_motif("presse", delai_min_min=90, delai_max_min=24 * 60)
    world.plage(world.agent("Durand"), "09:00-10:30", recurrence="FREQ=DAILY;COUNT=3", motifs=[motif])
    wide = {"first": at("00:00", "2026-11-22"), "last": at("00:00", "2026-12-31")}
    assert world.starts(motif, **wide) == "09:30 10:00"
    assert world.starts(motif, **wide, as_agent=True) == "09:00 09:30 10:00 " * 2 + "09:00 09:30 10:00"


def test_the_delay_is_in_real_hours_across_the_change_of_clocks(world: World) -> None:
    anne = world.agent("Durand")
    motif = world.new_motif("demain", delai_min_min=24 * 60)
    world.plage(anne, "08:00-10:00", date(2026, 10, 25), motifs=[motif])
    saturday = datetime(2026, 10, 24, 9, 0, tzinfo=PARIS)
    assert world.starts(motif, now=saturday) == "08:00 08:30 09:00 09:30"


def test_a_search_keeps_to_the_bounds_it_is_given(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", recurrence="FREQ=DAILY")
    asked: dict[str, Any] = {"first": at("10:00", "2026-11-24"), "last": at("11:00", "2026-11-24")}
    assert world.starts(**asked) == "10:00 10:30 11:00"
    assert world.starts(**asked, as_agent=True) == "10:00 10:30 11:00"
    assert world.starts(first=asked["last"], last=asked["first"]) == ""


def test_a_search_keeps_to_the_lieux_and_agents_it_is_given(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    world.plage(anne, "09:00-09:30")
    world.plage(basile, "10:00-10:30", lieu_id=world.nord.id)
    assert world.starts(lieu_ids=[world.nord.id]) == "10:00"
    assert world.starts(agent_ids=[anne.id]) == "09:00"
    assert world.starts(agent_ids=[anne.id], lieu_ids=[world.nord.id]) == ""


def test_no_agent_allowed_is_not_every_agent(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-09:30")
    assert world.starts(agent_ids=[]) == ""


def test_what_is_received_sur_place_needs_a_lieu(world: World) -> None:
    phone = world.new_motif("telephone", type=TypeMotif.TELEPHONE)
    world.plage(world.agent("Durand"), "09:00-09:30", lieu_id=None, motifs=[world.motif, phone])
    assert world.starts() == ""
    assert world.starts(phone) == "09:00"


def test_a_collective_motif_has_no_creneaux(world: World) -> None:
    workshop = world.new_motif("atelier", collectif=True)
    world.plage(world.agent("Durand"), "09:00-09:30", motifs=[workshop])
    assert world.starts(workshop) == ""


def test_creneaux_come_by_start_then_by_the_ref_of_their_lieu(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    world.plage(anne, "09:00-10:00")
    world.plage(basile, "09:00-10:00", lieu_id=world.nord.id)
    nord, sud = world.nord.id, world.sud.id
    assert [creneau.lieu_id for creneau in world.creneaux()] == [nord, sud, nord, sud]


def test_the_next_three_are_found_without_reading_three_months(engine: Engine, world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-12:00", recurrence="FREQ=DAILY")
    with Queries(engine) as queries:
        three = list(islice(find_creneaux(world.session, world.motif, now=NOW), 3))
    assert len(three) == 3
    assert queries.ran == 3


def test_a_search_of_three_months_widens_in_few_steps(engine: Engine, world: World) -> None:
    for nom in ("Durand", "Petit", "Roy"):
        world.plage(world.agent(nom), "09:00-09:30", recurrence="FREQ=WEEKLY;BYDAY=MO")
    with Queries(engine) as queries:
        creneaux = world.creneaux()
    assert [creneau.debut.astimezone(PARIS).date() for creneau in creneaux] == [
        MONDAY + timedelta(weeks=number) for number in range(13)
    ]
    assert queries.ran <= 7


@settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(districts(), st.booleans())
def test_whole_districts_are_searched_as_the_oracle_does(engine: Engine, district: District, by_agent: bool) -> None:
    with Session(engine) as session:
        world = World(session, list(district.feries))
        motif = world.new_motif("m", type=TypeMotif.TELEPHONE, duree_min=district.duree_min, delai_max_min=60 * 24 * 60)
        agents = [world.agent(nom) for nom in ("Durand", "Petit", "Roy")]
        numbers = {agent.id: number for number, agent in enumerate(agents, start=1)}
        lieux = {None: None, 1: world.sud.id, 2: world.nord.id}
        for plage in district.plages:
            world.keep(
                Plage(
                    territoire_id=world.territoire.id,
                    agent_id=agents[plage.agent_id - 1].id,
                    lieu_id=lieux[plage.lieu_id],
                    premier_jour=plage.premier_jour,
                    debut=plage.debut,
                    fin=plage.fin,
                    recurrence=plage.recurrence,
                    sauf=list(plage.sauf),
                    fermee_feries=plage.fermee_feries,
                    motifs=[motif],
                )
            )
        for away in district.absences:
            absence = world.absence(agents[away.agent_id - 1], "2026-01-01T09:00", "2026-01-01T10:00")
            absence.premier_jour, absence.debut = away.premier_jour, away.debut
            absence.dernier_jour, absence.fin = away.dernier_jour, away.fin
            absence.recurrence = away.recurrence
        for taken in district.taken:
            minutes = (taken.fin - taken.debut) // timedelta(minutes=1)
            world.rdv([agents[taken.agent_id - 1]], taken.debut, minutes)
        found = world.creneaux(motif, now=district.now, first=district.first, last=district.last, as_agent=by_agent)
        numbered = {lieu_id: number for number, lieu_id in lieux.items()}
        assert {
            (
                creneau.debut,
                numbered[creneau.lieu_id],
                tuple(numbers[agent_id] for agent_id in creneau.agent_ids),
            )
            for creneau in found
        } == offered(district, by_agent=by_agent)
        session.rollback()


def test_the_lightest_day_at_that_lieu_gets_the_rdv(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    both, sud = [anne.id, basile.id], world.sud.id
    world.rdv([anne], at("14:00"), 60)
    world.rdv([basile], at("14:00"), 30)
    world.rdv([basile], at("16:00"), 120, lieu_id=world.nord.id)
    world.rdv([basile], at("14:00", "2026-11-24"), 120)
    world.rdv([basile], at("17:00"), 120, statut=Statut.EXCUSE)
    assert lightest(world.session, both, sud, MONDAY, PARIS, NOW) == basile.id
    assert lightest(world.session, both, world.nord.id, MONDAY, PARIS, NOW) == anne.id
    assert lightest(world.session, [anne.id], sud, MONDAY, PARIS, NOW) == anne.id


def test_holds_weigh_until_they_expire(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    both, sud = [anne.id, basile.id], world.sud.id
    world.hold(anne, at("09:00"), expire_le=at("08:10"))
    assert lightest(world.session, both, sud, MONDAY, PARIS, NOW) == basile.id
    assert lightest(world.session, both, sud, MONDAY, PARIS, at("08:10")) == anne.id


def test_only_the_part_of_an_rdv_in_the_local_day_weighs(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    world.rdv([anne], at("23:50", "2026-11-22"), 120)
    world.rdv([basile], at("23:50"), 600)
    both = [anne.id, basile.id]
    assert lightest(world.session, both, world.sud.id, MONDAY, PARIS, NOW) == basile.id


def test_rdvs_without_a_lieu_weigh_where_there_is_none(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    world.rdv([anne], at("14:00"), lieu_id=None)
    world.rdv([basile], at("14:00"), 60)
    assert lightest(world.session, [anne.id, basile.id], None, MONDAY, PARIS, NOW) == basile.id


def test_equal_days_go_by_name(world: World) -> None:
    zoe, anne, basile = world.agent("Petit"), world.agent("durand", "Zoé"), world.agent("Durand", "Basile")
    everyone = [zoe.id, anne.id, basile.id]
    assert lightest(world.session, everyone, world.sud.id, MONDAY, PARIS, NOW) == basile.id


def test_nobody_to_choose_is_an_error(world: World) -> None:
    with pytest.raises(ValueError, match="empty"):
        lightest(world.session, [], world.sud.id, MONDAY, PARIS, NOW)


def test_an_rdv_is_listed_with_refs_and_local_time(world: World) -> None:
    anne = world.agent("Durand")
    lea = world.usager("Léa")
    world.rdv([anne], at("09:30"), ref="r1", people=[lea], statut=Statut.VU)
    (line,) = rdv_lines(world.session)
    assert (line.ref, line.motif, line.lieu, line.agents) == ("r1", "consult-pmi", "sud", ("a.durand",))
    assert line.debut.isoformat() == "2026-11-23T09:30:00+01:00"
    assert line.fin.isoformat() == "2026-11-23T10:00:00+01:00"
    assert (line.statut, line.places_max, line.cree_par) == (Statut.VU, None, "agent")
    assert [(part.usager, part.nom, part.statut) for part in line.participants] == [("léa", "Léa Martin", Statut.VU)]


def test_a_phone_selects_the_rdvs_of_everyone_it_answers_for(world: World) -> None:
    anne = world.agent("Durand")
    lea = world.usager("Léa", telephone="+33639980009")
    marie, paul = world.usager("Marie", PHONE, (lea,)), world.usager("Paul", PHONE)
    other = world.usager("Autre", "+33639980002")
    for hour, people in enumerate([[lea], [marie], [paul], [other], []], start=9):
        world.rdv([anne], at(f"{hour:02}:00"), people=people)
    assert [line.ref for line in rdv_lines(world.session, telephone=PHONE)] == ["r1", "r2", "r3"]
    assert [line.ref for line in rdv_lines(world.session, usager_ref="marie")] == ["r2"]
    assert rdv_lines(world.session, telephone="+33639980003") == []


def test_rdvs_are_selected_by_start_and_statut_and_come_in_order(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    world.rdv([anne], at("11:00"), ref="c", statut=Statut.EXCUSE)
    world.rdv([anne], at("10:00"), ref="b")
    world.rdv([basile], at("10:00"), ref="a")
    assert [line.ref for line in rdv_lines(world.session)] == ["a", "b", "c"]
    assert [line.ref for line in rdv_lines(world.session, debut=at("10:00:01"))] == ["c"]
    assert [line.ref for line in rdv_lines(world.session, debut=at("10:00"), fin=at("10:00"))] == ["a", "b"]
    assert [line.ref for line in rdv_lines(world.session, statut=Statut.EXCUSE)] == ["c"]


def test_many_rdvs_are_listed_in_as_many_queries_as_one(engine: Engine, world: World) -> None:
    anne = world.agent("Durand")
    world.rdv([anne], at("09:00"), people=[world.usager("Une")])
    world.session.expire_all()
    with Queries(engine) as few:
        rdv_lines(world.session)
    for number in range(5):
        agent, motif = world.agent(f"Nom{number}"), world.new_motif(f"motif{number}")
        world.rdv([agent], at("09:00"), motif_id=motif.id, people=[world.usager(f"Personne{number}")])
    world.session.expire_all()
    with Queries(engine) as many:
        assert len(rdv_lines(world.session)) == 6
    assert many.ran == few.ran
