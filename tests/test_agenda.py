"""The agenda as it is read, from a real database: the lightest agent, lines of RDVs."""

import pytest
from sqlalchemy import Engine

from booking.agenda import lightest, rdv_lines
from booking.models import Statut
from tests.makers import MONDAY, NOW, PHONE, Queries, World, at
from tests.naive_creneaux import PARIS


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
