"""A week of agents as it is read, from a real database."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from booking.models import Statut
from booking.semaine import ShownRdv, Week, week
from tests.makers import MONDAY, NOW, Queries, World, at
from tests.naive_creneaux import PARIS


def week_of(world: World, **rest: Any) -> Week:
    return week(world.session, world.territoire, MONDAY, **{"now": NOW, **rest})


def test_a_week_shows_each_agent_by_name_on_each_day(world: World) -> None:
    world.agent("Petit", "Zoé")
    world.agent("Durand", "Basile")
    shown = week_of(world)
    assert [day.jour for day in shown.days] == [MONDAY + timedelta(days=number) for number in range(7)]
    assert all([agent.nom for agent in day.agents] == ["Basile Durand", "Zoé Petit"] for day in shown.days)


def test_a_week_shows_plages_absences_rdvs_and_holds_in_local_time_and_in_order(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "13:30-17:00", nom="Après-midi")
    world.plage(anne, "09:00-12:00", nom="Matin", reservable=False)
    world.absence(anne, "2026-11-22T10:00", "2026-11-23T09:30", "Congé")
    world.rdv([anne], at("11:00"), people=[world.usager("Marie")])
    world.rdv([anne], at("10:00"), statut=Statut.EXCUSE)
    world.hold(anne, at("14:00"), at("08:10"))
    world.hold(anne, at("15:00"), NOW)
    (shown,) = week_of(world).days[0].agents
    assert [(plage.nom, plage.lieu, plage.motifs, plage.reservable) for plage in shown.plages] == [
        ("Matin", "MDS sud", ("consult-pmi",), False),
        ("Après-midi", "MDS sud", ("consult-pmi",), True),
    ]
    assert [f"{plage.debut:%H:%M%z}" for plage in shown.plages] == ["09:00+0100", "13:30+0100"]
    (absence,) = shown.absences
    assert (absence.nom, f"{absence.debut:%d %H:%M}-{absence.fin:%H:%M}") == ("Congé", "23 00:00-09:30")
    assert [(f"{rdv.debut:%H:%M}", rdv.statut, rdv.participants) for rdv in shown.rdvs] == [
        ("10:00", Statut.EXCUSE, ()),
        ("11:00", Statut.INDETERMINE, ("Marie Martin",)),
    ]
    assert [(f"{hold.debut:%H:%M}", f"{hold.expire_le:%H:%M}") for hold in shown.holds] == [("14:00", "08:10")]
    (tuesday,) = week_of(world).days[1].agents
    assert (tuesday.plages, tuesday.absences, tuesday.rdvs, tuesday.holds) == ((), (), (), ())


def test_a_week_shows_a_seance_with_its_title_and_places(world: World) -> None:
    anne, basile = world.agent("Durand"), world.agent("Petit")
    seance = world.rdv(
        [anne, basile],
        at("14:00", "2026-11-29"),
        90,
        titre="Atelier portage",
        places_max=8,
        people=[world.usager("Marie"), world.usager("Paul")],
    )
    seance.participations[1].statut = Statut.EXCUSE
    for agent in week_of(world).days[6].agents:
        (rdv,) = agent.rdvs
        assert (rdv.titre, rdv.places_max, rdv.inscrits) == ("Atelier portage", 8, 1)


def test_a_week_names_its_public_holidays_and_closes_them(world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00", date(2026, 11, 9), recurrence="FREQ=DAILY")
    shown = week(world.session, world.territoire, date(2026, 11, 9), NOW)
    assert [day.ferie for day in shown.days[:4]] == [None, None, "Armistice", None]
    assert [len(day.agents[0].plages) for day in shown.days[:4]] == [1, 1, 0, 1]


def test_the_week_of_an_organisation_keeps_the_rdvs_of_others_closed(world: World) -> None:
    anne = world.agent("Durand", "Anne", world.arras, world.lens)
    world.agent("Petit", "Zoé", world.lens)
    elsewhere = world.new_motif("secret", organisation_id=world.lens.id)
    world.rdv([anne], at("09:00"), motif_id=elsewhere.id, people=[world.usager("Marie")], titre="Secret")
    (shown,) = week_of(world, organisation_id=world.arras.id).days[0].agents
    assert shown.nom == "Anne Durand"
    debut, fin = at("09:00").astimezone(PARIS), at("09:30").astimezone(PARIS)
    assert shown.rdvs == (ShownRdv(debut, fin, Statut.INDETERMINE, ailleurs=True),)
    assert len(week_of(world, organisation_id=world.lens.id).days[0].agents) == 2


def test_a_full_week_is_read_in_as_many_queries_as_a_light_one(engine: Engine, world: World) -> None:
    anne = world.agent("Durand")
    world.plage(anne, "09:00-12:00")
    world.rdv([anne], at("09:00"), people=[world.usager("Une")])
    world.session.expire_all()
    with Queries(engine) as few:
        week_of(world)
    for number in range(5):
        agent = world.agent(f"Nom{number}")
        world.plage(agent, "09:00-12:00", motifs=[world.new_motif(f"motif{number}")])
        world.rdv([agent], at("09:00"), people=[world.usager(f"Personne{number}")])
        world.hold(agent, at("10:00"), at("08:10"))
    world.session.expire_all()
    with Queries(engine) as many:
        assert len(week_of(world).days[0].agents) == 6
    assert many.ran == few.ran
