"""The search of créneaux on a real database: what takes time, what narrows, how many queries."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from booking.creneaux import Creneau
from booking.db import Base, connect
from booking.errors import HorizonTropLong
from booking.models import Service, Statut, TypeMotif
from booking.search import AGENT_HORIZON, find_creneaux, first_by_lieu
from tests.databases import Databases
from tests.makers import MONDAY, NOW, Queries, World, at
from tests.naive_creneaux import PARIS, District, districts, offered


@pytest.fixture
def engine(databases: Databases, kind: str) -> Iterator[Engine]:
    """Tables with nothing in them, and without the rule against double booking: a district may well break it."""
    engine = connect(databases.empty(kind))
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


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


def test_a_hundred_agents_are_searched_in_as_many_queries_as_one(engine: Engine, world: World) -> None:
    def searched() -> int:
        with Queries(engine) as queries:
            world.creneaux(last=NOW + timedelta(days=6))
        return queries.ran

    world.plage(world.agent("Durand"), "09:00-12:00")
    with_one = searched()
    for number in range(100):
        agent = world.agent(f"Agent {number}")
        world.plage(agent, "09:00-12:00", recurrence="FREQ=WEEKLY")
        world.absence(agent, "2026-11-23T09:00", "2026-11-23T10:00")
        world.rdv([agent], at("11:00"), 30)
    assert searched() == with_one == 3


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
        numbers = {agent.id: number for number, agent in enumerate(world.settle(motif, district), start=1)}
        lieux = {None: None, 1: world.sud.id, 2: world.nord.id}
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


def test_a_plage_of_the_secretariat_carries_what_is_open_to_it(world: World) -> None:
    secretariat = world.keep(Service(ref="secretariat", nom="Secrétariat", territoire_id=world.territoire.id))
    secretary = world.agent("Durand")
    secretary.service_id = secretariat.id
    opened = world.new_motif("ouvert", secretariat=True)
    own = world.new_motif("accueil", service_id=secretariat.id)
    world.plage(secretary, "09:00-09:30", motifs=[world.motif, opened, own])
    assert [world.starts(motif) for motif in (world.motif, opened, own)] == ["", "09:00", "09:00"]


def test_a_follow_up_is_found_with_its_agents_only(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    suivi = world.new_motif("suivi", suivi=True)
    for agent in (anne, basile):
        world.plage(agent, "09:00-09:30", motifs=[suivi])
    assert world.starts(suivi) == world.starts(suivi, as_agent=True) == ""
    (creneau,) = world.creneaux(suivi, agent_ids=[basile.id])
    assert creneau.agent_ids == (basile.id,)


def test_agents_look_two_years_ahead_and_no_further(world: World) -> None:
    world.plage(world.agent("Durand"), "09:00-09:30", MONDAY + timedelta(days=728))
    last = NOW + AGENT_HORIZON
    assert [creneau.debut for creneau in world.creneaux(as_agent=True, last=last)] == [at("09:00", "2028-11-20")]
    with pytest.raises(HorizonTropLong):
        find_creneaux(world.session, world.motif, now=NOW, last=last + timedelta(seconds=1), as_agent=True)


def test_two_agents_are_found_together(world: World) -> None:
    anne, basile, carla = (world.agent(nom) for nom in ("Durand", "Petit", "Roy"))
    for agent, clocks in ((anne, "09:00-11:00"), (basile, "09:30-11:00"), (carla, "09:00-09:30")):
        world.plage(agent, clocks)
    world.rdv([basile], at("10:00"), 15)
    both = {anne.id, basile.id}
    together = world.creneaux(together=True, agent_ids=both)
    assert [(creneau.debut, set(creneau.agent_ids)) for creneau in together] == [
        (at("09:30"), both),
        (at("10:15"), both),
    ]
    assert world.starts(together=True, agent_ids=[anne.id, carla.id]) == "09:00"
    assert world.starts(together=True, agent_ids=[basile.id, carla.id]) == ""
    assert world.starts(together=True) == ""


def test_siblings_have_creneaux_that_follow_each_other(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:30")
    assert world.creneaux(in_a_row=2) == [
        Creneau(at("09:00"), at("10:00"), world.sud.id, (anne.id,)),
        Creneau(at("09:30"), at("10:30"), world.sud.id, (anne.id,)),
    ]


def test_the_first_creneau_of_each_lieu_is_what_a_whole_search_would_find(world: World) -> None:
    anne, basile, carla = (world.agent(nom) for nom in ("Durand", "Petit", "Roy"))
    world.plage(anne, "09:00-12:00", MONDAY + timedelta(days=30))
    world.plage(basile, "10:00-12:00", lieu_id=world.nord.id, recurrence="FREQ=WEEKLY;BYDAY=FR")
    world.plage(carla, "09:00-12:00", lieu_id=None)
    phone = world.new_motif("telephone", type=TypeMotif.TELEPHONE)
    world.plage(carla, "13:00-14:00", lieu_id=None, motifs=[phone])
    world.plage(basile, "08:30-09:00", lieu_id=world.nord.id, motifs=[phone])
    for motif in (world.motif, phone):
        whole: dict[int | None, Creneau] = {}
        for creneau in world.creneaux(motif):
            whole.setdefault(creneau.lieu_id, creneau)
        firsts = first_by_lieu(world.session, motif, now=NOW)
        assert list(firsts.items()) == list(whole.items())
        assert len(firsts) == 2


def test_a_plage_that_changes_changes_what_is_found_at_once(world: World) -> None:
    """What the search keeps of plages is kept by what they say."""
    plage = world.plage(world.agent("Durand"), "09:00-10:00")
    assert world.starts() == "09:00 09:30"
    plage.debut = time(9, 15)
    assert world.starts() == "09:15"
    plage.sauf = [MONDAY.isoformat()]
    assert world.starts() == ""


def test_an_rdv_that_began_long_before_still_takes_its_time(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-10:00")
    world.rdv([anne], at("09:30", "2026-11-22"), 24 * 60)
    assert world.starts() == "09:30"


A_DEPARTEMENT = """
    INSERT INTO agent (id, territoire_id, ref, prenom, nom, service_id, role)
    SELECT 1000 + n, 1, 'a' || n, 'A', 'N' || n, 1, 'utilisateur' FROM generate_series(1, 500) n;
    INSERT INTO plage (id, territoire_id, ref, agent_id, lieu_id, nom, premier_jour, debut, fin, recurrence, sauf,
        fermee_feries, reservable)
    SELECT 1000 + n, 1, 'p' || n, 1001 + n % 500, CASE WHEN n % 50 = 0 THEN 1 ELSE 2 END, '', DATE '2026-01-05',
        TIME '09:00', TIME '12:00', 'FREQ=DAILY', '[]', true, true FROM generate_series(1, 1500) n;
    INSERT INTO plage_motif (plage_id, motif_id) SELECT id, 1 + id % 10 FROM plage;
    INSERT INTO absence (territoire_id, ref, agent_id, nom, premier_jour, debut, dernier_jour, fin)
    SELECT 1, 'b' || n, 1001 + n % 500, '', DATE '2026-01-05' + n % 400, TIME '09:00', DATE '2026-01-05' + n % 400,
        TIME '12:00' FROM generate_series(1, 5000) n;
    INSERT INTO rdv (id, territoire_id, ref, motif_id, debut, fin, statut, notes, prevenir_vie_du_rdv,
        prevenir_rappel, cree_par, cree_le, version, retard, ouverte_en_ligne)
    SELECT 1, 1, 'r', 1, now(), now(), 'indetermine', '', true, true, 'fichier', now(), 1, false, true;
    INSERT INTO occupation (agent_id, debut, fin, rdv_id, en_plus)
    SELECT 1001 + n % 500, day + INTERVAL '9 hours', day + INTERVAL '10 hours', 1, false FROM
        (SELECT n, TIMESTAMPTZ '2026-11-01 00:00Z' + n / 500 * INTERVAL '1 day' AS day
         FROM generate_series(0, 45000) n) days;
    ANALYZE;
"""


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_no_table_is_read_whole_for_the_creneaux_of_a_lieu(engine: Engine, world: World) -> None:
    """What the plans say, prepared and not: the statement about time taken does not follow the statistics, which
    would read all of it for a few hundred openings."""
    for number in range(9):
        world.new_motif(f"m{number}")
    for statement in A_DEPARTEMENT.split(";"):
        world.session.execute(text(statement)) if statement.strip() else None
    ran: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, asked, *_: ran.append((sql, asked)))
    assert len(list(islice(find_creneaux(world.session, world.motif, now=NOW, lieu_ids=[world.sud.id]), 3))) == 3
    narrow = ran[:]
    assert len(list(find_creneaux(world.session, world.motif, now=NOW, last=NOW + timedelta(days=6)))) > 40
    everywhere = [(sql, asked) for sql, asked in ran[len(narrow) :] if "occupation" in sql]
    assert (len(narrow), len(everywhere)) == (3, 1)
    for mode in ("force_custom_plan", "force_generic_plan"):
        world.session.execute(text(f"SET LOCAL plan_cache_mode = {mode}"))
        for sql, asked in narrow + everywhere:
            rows = world.session.connection().exec_driver_sql(f"EXPLAIN {sql}", asked).scalars().all()
            plan = "\n".join(rows)
            assert "Index" in plan, plan
            for table in ("plage", "absence", "occupation"):
                assert f"Seq Scan on {table} " not in plan, plan
