"""Who is told what, when, and why not: once each, by day, and only as long as it is true."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event, insert, select, text
from sqlalchemy.orm import Session

from booking import avis, traces
from booking.db import connect
from booking.models import (
    Attente,
    Avis,
    AvisEtat,
    AvisKind,
    Invitation,
    InvitationEtat,
    Notification,
    Offre,
    OffreEtat,
    Participation,
    Rdv,
    Service,
    Statut,
    Territoire,
    TypeMotif,
    Usager,
)
from tests.databases import Databases
from tests.makers import NOW, PHONE, Queries, World, at

THURSDAY = at("10:00", "2026-11-26")
NIGHT = at("22:00")
NEXT_MORNING = at("08:00", "2026-11-24")
BY_MESSAGE = "usager:sms"


@pytest.fixture
def everywhere(databases: Databases, kind: str) -> Iterator[Engine]:
    """A database of one's own, of both kinds, as the migrations make it, with nothing in it."""
    engine = connect(databases.copy_of(kind, "vide"))
    with engine.begin() as connection:
        connection.execute(delete(Service))
        connection.execute(delete(Territoire))
    yield engine
    engine.dispose()


@pytest.fixture
def marie(world: World) -> Usager:
    return world.usager("Marie", PHONE)


def an_rdv(world: World, *people: Usager, debut: datetime = THURSDAY, by: str = "agent") -> Rdv:
    """An RDV with its own agent, just booked and not told of yet."""
    rdv = world.rdv([world.agent(f"Durand{next(world.numbers)}")], debut, people=list(people))
    for participation in rdv.participations:
        participation.cree_par = by
    return rdv


def booked(world: World, *people: Usager, debut: datetime = THURSDAY, by: str = "agent", now: datetime = NOW) -> Rdv:
    rdv = an_rdv(world, *people, debut=debut, by=by)
    avis.booked(world.session, rdv, rdv.participations, now)
    return rdv


def moved(world: World, rdv: Rdv, debut: datetime, *, now: datetime = NOW, qui: str = "agent:a.durand") -> None:
    avant, rdv.debut, rdv.version = rdv.debut, debut, rdv.version + 1
    avis.moved(world.session, rdv, now, avant=avant, qui=qui)


def cancelled(world: World, rdv: Rdv, *, now: datetime = NOW) -> None:
    for one in (rdv, *rdv.participations):
        one.statut = Statut.REVOQUE
    avis.cancelled(world.session, rdv, rdv.participations, now)


def told(world: World, now: datetime) -> list[str]:
    """What is told by a sweep at `now`: "reminder Marie"."""
    return [f"{one.kind} {one.destinataire.prenom}" for one in avis.claim_due(world.session, now)]


def waiting(world: World) -> list[str]:
    """What waits to be told, and until when: "reminder 2026-11-24 10:00"."""
    rows = world.session.scalars(select(Avis).where(Avis.etat == AvisEtat.A_DIRE).order_by(Avis.du_le, Avis.id))
    zone = world.territoire.zone
    return [f"{one.kind} {one.du_le.astimezone(zone):%Y-%m-%d %H:%M}" for one in rows]


def silenced(world: World) -> list[str]:
    """What was not told, and why: "reminder change"."""
    rows = world.session.scalars(select(Avis).where(Avis.etat == AvisEtat.SANS_OBJET).order_by(Avis.id))
    return [f"{one.kind} {one.raison}" for one in rows.all()]


# Booked, moved, cancelled, restored, missed


def test_an_rdv_is_confirmed_at_once_and_recalled_two_days_before(world: World, marie: Usager) -> None:
    booked(world, marie)
    assert waiting(world) == ["confirmation 2026-11-23 08:00", "reminder 2026-11-24 10:00"]
    assert told(world, NOW) == ["confirmation Marie"]
    assert told(world, NOW) == []
    assert told(world, at("09:59", "2026-11-24")) == []
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]
    assert told(world, at("11:00", "2026-11-24")) == []


def test_the_same_cause_is_written_once(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    avis.booked(world.session, rdv, rdv.participations, NOW)
    assert len(waiting(world)) == 2


def test_a_move_is_told_once_and_only_the_new_hour_is_recalled(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"))
    assert waiting(world) == ["change 2026-11-23 08:00", "reminder 2026-12-01 15:00"]
    assert silenced(world) == ["reminder change"]
    assert told(world, NOW) == ["change Marie"]
    assert told(world, at("10:00", "2026-11-24")) == []
    assert told(world, at("15:00", "2026-12-01")) == ["reminder Marie"]


def test_a_move_after_the_reminder_is_recalled_anew_from_the_move(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    at_ten = at("10:00", "2026-11-24")
    assert told(world, at_ten) == ["reminder Marie"]
    moved(world, rdv, at("11:00", "2026-11-26"), now=at("12:00", "2026-11-24"))
    assert waiting(world) == ["change 2026-11-24 12:00", "reminder 2026-11-25 18:00"]


def test_an_rdv_moved_twice_is_told_of_as_it_is(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"))
    moved(world, rdv, at("16:00", "2026-12-03"))
    [one] = avis.claim_due(world.session, NOW)
    assert (one.kind, avis.facts(one).debut) == (AvisKind.CHANGE, at("16:00", "2026-12-03"))


def test_who_was_not_yet_told_of_an_rdv_that_moves_is_told_that_it_is_booked(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, now=NIGHT)
    moved(world, rdv, at("15:00", "2026-12-03"), now=NIGHT)
    assert told(world, NEXT_MORNING) == ["confirmation Marie"]


def test_who_knows_an_old_hour_is_told_of_the_move_from_that_one(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, debut=at("08:30", "2026-11-24"))
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"), now=NIGHT)
    moved(world, rdv, at("16:00", "2026-12-03"), now=NIGHT)
    [one] = avis.claim_due(world.session, NIGHT)
    assert avis.facts(one).avant == at("08:30", "2026-11-24")


def moved_away_and_back(world: World, rdv: Rdv) -> None:
    """At night, before anybody is told."""
    traces.sign(world.session, "agent:a.durand", NIGHT)
    for debut in (at("15:00", "2026-12-03"), THURSDAY):
        moved(world, rdv, debut, now=NIGHT)


def test_an_rdv_that_moves_away_and_back_before_anybody_is_told_is_only_recalled(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    moved_away_and_back(world, rdv)
    assert waiting(world) == ["reminder 2026-11-24 10:00"]


def test_an_rdv_that_is_back_at_its_hour_in_another_place_is_told(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    traces.sign(world.session, "agent:a.durand", NIGHT)
    rdv.lieu = world.nord
    moved_away_and_back(world, rdv)
    assert told(world, NEXT_MORNING) == ["change Marie"]


def test_an_rdv_that_is_back_in_its_place_too_is_not_told(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    traces.sign(world.session, "agent:a.durand", NIGHT)
    rdv.lieu = world.nord
    moved(world, rdv, THURSDAY, now=NIGHT)
    rdv.lieu = world.sud
    moved(world, rdv, THURSDAY, now=NIGHT)
    assert told(world, NEXT_MORNING) == []


def test_a_follow_up_that_is_back_with_another_agent_is_told(world: World, marie: Usager) -> None:
    world.motif.suivi = True
    rdv = booked(world, marie)
    told(world, NOW)
    traces.sign(world.session, "agent:a.durand", NIGHT)
    rdv.agents = [world.agent("Petit")]
    moved_away_and_back(world, rdv)
    assert told(world, NEXT_MORNING) == ["change Marie"]


def test_who_was_reminded_of_an_rdv_that_moves_away_and_back_is_not_again(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, debut=at("10:00", "2026-11-25"))
    told(world, NOW)
    assert told(world, at("10:00")) == ["reminder Marie"]
    traces.sign(world.session, "agent:a.durand", NIGHT)
    for debut in (at("15:00", "2026-12-03"), at("10:00", "2026-11-25")):
        moved(world, rdv, debut, now=NIGHT)
    assert waiting(world) == []


def test_another_place_is_told_without_another_hour(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    rdv.lieu = world.nord
    moved(world, rdv, THURSDAY)
    [one] = avis.claim_due(world.session, NOW)
    assert (avis.facts(one).avant, avis.facts(one).lieu) == (None, "MDS nord")


def test_a_deleted_rdv_is_told_of_no_more_not_even_by_what_was_about_to_leave(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    [one] = avis.claim_due(world.session, NOW)
    avis.withdrawn(world.session, rdv)
    world.session.delete(rdv)
    world.session.commit()
    assert avis.still_hold(world.session, [one.id], NOW) == set()
    assert waiting(world) == []


def test_a_cancellation_by_the_service_is_told_and_nothing_is_recalled(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    cancelled(world, rdv)
    assert told(world, NOW) == ["cancellation Marie"]
    assert waiting(world) == []
    assert silenced(world) == ["reminder annule"]


def test_a_cancellation_that_is_taken_back_before_it_leaves_is_not_told(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    cancelled(world, rdv, now=NIGHT)
    for one in (rdv, *rdv.participations):
        one.statut = Statut.INDETERMINE
    avis.restored(world.session, rdv, rdv.participations[0], NIGHT)
    assert told(world, NEXT_MORNING) == []
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]


def test_an_rdv_cancelled_restored_and_cancelled_again_is_told_each_time(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    cancelled(world, rdv)
    assert told(world, NOW) == ["cancellation Marie"]
    for one in (rdv, *rdv.participations):
        one.statut = Statut.INDETERMINE
    avis.restored(world.session, rdv, rdv.participations[0], NOW)
    assert told(world, NOW) == ["confirmation Marie"]
    cancelled(world, rdv)
    assert told(world, NOW) == ["cancellation Marie"]
    assert waiting(world) == []


def test_who_was_told_of_a_cancellation_is_told_that_it_is_restored_whatever_it_was_in_between(
    world: World, marie: Usager
) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    cancelled(world, rdv)
    assert told(world, NOW) == ["cancellation Marie"]
    rdv.participations[0].statut = Statut.EXCUSE
    avis.withdrawn(world.session, rdv, rdv.participations)
    for one in (rdv, *rdv.participations):
        one.statut = Statut.INDETERMINE
    avis.restored(world.session, rdv, rdv.participations[0], NOW)
    assert told(world, NOW) == ["confirmation Marie"]


def test_who_was_still_to_be_told_that_an_rdv_moved_which_ends_and_is_restored_is_told(
    world: World, marie: Usager
) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    moved(world, rdv, at("11:00", "2026-11-26"), now=NIGHT)
    cancelled(world, rdv, now=NIGHT)
    for one in (rdv, *rdv.participations):
        one.statut = Statut.INDETERMINE
    avis.restored(world.session, rdv, rdv.participations[0], NIGHT)
    assert told(world, NEXT_MORNING) == ["confirmation Marie"]


def test_who_was_still_to_be_told_of_an_rdv_that_ends_and_is_restored_is_told(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, now=NIGHT)
    cancelled(world, rdv, now=NIGHT)
    for one in (rdv, *rdv.participations):
        one.statut = Statut.INDETERMINE
    avis.restored(world.session, rdv, rdv.participations[0], NIGHT)
    assert told(world, NEXT_MORNING) == ["confirmation Marie"]


def test_an_rdv_restored_is_recalled_again_but_never_twice_for_the_same_hour(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    [participation] = rdv.participations

    def given_up_and_restored(now: datetime) -> None:
        avis.withdrawn(world.session, rdv, [participation])
        assert waiting(world) == []
        avis.restored(world.session, rdv, participation, now)

    given_up_and_restored(NOW)
    assert waiting(world) == ["reminder 2026-11-24 10:00"]
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]
    given_up_and_restored(at("10:10", "2026-11-24"))
    assert waiting(world) == []


def test_who_leaves_a_seance_and_joins_again_is_confirmed_again(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, by=BY_MESSAGE)
    told(world, NOW)
    avis.withdrawn(world.session, rdv, rdv.participations)
    avis.booked(world.session, rdv, rdv.participations, NOW)
    assert told(world, NOW) == ["confirmation Marie"]


def test_of_a_seance_only_who_is_concerned_is_told(world: World, marie: Usager) -> None:
    paul = world.usager("Paul", "+33639980002")
    rdv = booked(world, marie, paul)
    told(world, NOW)
    hers, _ = rdv.participations
    hers.statut = Statut.REVOQUE
    avis.cancelled(world.session, rdv, [hers], NOW)
    assert told(world, NOW) == ["cancellation Marie"]
    moved(world, rdv, at("15:00", "2026-12-03"))
    assert told(world, NOW) == ["change Paul"]


def test_rdvs_of_a_file_are_recalled_and_not_announced(world: World, marie: Usager) -> None:
    paul = world.usager("Paul", "+33639980002")
    rdv = an_rdv(world, marie, paul)
    rdv.participations[1].statut = Statut.EXCUSE
    gone = an_rdv(world, marie)
    gone.statut = Statut.REVOQUE
    for _ in range(2):
        avis.loaded(world.session, [rdv.id, gone.id])
    assert waiting(world) == ["reminder 2026-11-24 10:00"]
    rdv.debut, rdv.version = at("15:00", "2026-11-26"), 2
    avis.loaded(world.session, [rdv.id])
    assert told(world, at("15:00", "2026-11-24")) == ["reminder Marie"]
    assert silenced(world) == ["reminder change"]


def from_file(world: World, *people: Usager, debut: datetime = THURSDAY, now: datetime = NOW) -> Rdv:
    rdv = an_rdv(world, *people, debut=debut, by="fichier")
    avis.loaded(world.session, [rdv.id])
    return rdv


def test_an_rdv_of_a_file_is_recalled_late_rather_than_never(world: World, marie: Usager) -> None:
    from_file(world, marie, debut=at("10:30", "2026-11-24"))
    assert told(world, NOW) == ["reminder Marie"]


def test_an_rdv_of_a_file_that_is_over_or_about_to_begin_is_recalled_to_nobody(world: World, marie: Usager) -> None:
    from_file(world, marie, debut=at("07:00"))
    from_file(world, marie, debut=NOW + timedelta(minutes=30))
    assert told(world, NOW) == []
    assert silenced(world) == ["reminder perime", "reminder perime"]


def test_the_hour_of_the_load_keeps_no_reminder_from_leaving(world: World, marie: Usager) -> None:
    from_file(world, marie, now=at("12:00", "2027-01-04"))
    assert told(world, NOW) == []
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]


def test_a_file_that_takes_an_rdv_away_and_brings_it_back_reminds_nobody_twice(world: World, marie: Usager) -> None:
    rdv = from_file(world, marie)
    ten = at("10:00", "2026-11-24")
    assert told(world, ten) == ["reminder Marie"]
    for statut in (Statut.EXCUSE, Statut.INDETERMINE):
        rdv.statut = rdv.participations[0].statut = statut
        rdv.version += 1
        avis.loaded(world.session, [rdv.id])
        assert told(world, ten) == []
    rdv.debut, rdv.version = at("14:00", "2026-11-26"), rdv.version + 1
    avis.loaded(world.session, [rdv.id])
    assert told(world, at("14:00", "2026-11-24")) == ["reminder Marie"]


def test_who_did_not_come_is_told_how_to_take_another_rdv_once(world: World, marie: Usager) -> None:
    rdv = an_rdv(world, marie, debut=at("09:00"))
    [participation] = rdv.participations
    participation.statut = Statut.NON_EXCUSE
    for _ in range(2):
        avis.missed(world.session, participation, at("18:00"))
    assert told(world, at("18:00")) == ["missed Marie"]


def test_a_status_set_by_mistake_is_not_told_but_told_if_it_was_none(world: World, marie: Usager) -> None:
    rdv = an_rdv(world, marie, debut=at("09:00"))
    [participation] = rdv.participations
    for statut in (Statut.NON_EXCUSE, Statut.VU, Statut.NON_EXCUSE):
        participation.statut = statut
        avis.withdrawn(world.session, rdv, [participation])
        if statut is Statut.NON_EXCUSE:
            avis.missed(world.session, participation, NIGHT)
        else:
            assert told(world, NEXT_MORNING) == []
    assert told(world, NEXT_MORNING) == ["missed Marie"]
    avis.withdrawn(world.session, rdv, [participation])
    avis.missed(world.session, participation, NEXT_MORNING)
    assert told(world, NEXT_MORNING) == []


def test_a_pending_missed_that_was_a_mistake_is_dropped(world: World, marie: Usager) -> None:
    [participation] = an_rdv(world, marie, debut=at("09:00")).participations
    participation.statut = Statut.NON_EXCUSE
    avis.missed(world.session, participation, NIGHT)
    participation.statut = Statut.VU
    assert told(world, NEXT_MORNING) == []
    assert silenced(world) == ["missed change"]


# People


def test_a_proche_is_told_of_through_those_who_answer_for_it(world: World) -> None:
    lea = world.usager("Lea", "+33639980003")
    world.usager("Marie", PHONE, (lea,))
    world.usager("Paul", "+33639980002", (lea,))
    booked(world, lea)
    assert told(world, NOW) == ["confirmation Marie", "confirmation Paul"]


def test_a_responsable_who_wants_no_messages_is_not_told(world: World) -> None:
    lea = world.usager("Lea")
    world.usager("Marie", PHONE, (lea,)).notifier_sms = False
    world.usager("Paul", "+33639980002", (lea,))
    booked(world, lea)
    assert told(world, NOW) == ["confirmation Paul"]
    assert silenced(world) == ["confirmation refus"]


def test_two_responsables_who_share_a_phone_are_told_once(world: World) -> None:
    lea = world.usager("Lea")
    world.usager("Marie", PHONE, (lea,)).notifier_sms = False
    world.usager("Paul", PHONE, (lea,))
    booked(world, lea)
    assert told(world, NOW) == ["confirmation Paul"]


def test_a_couple_who_share_a_phone_are_told_of_their_rdv_once(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, world.usager("Paul", PHONE))
    assert told(world, NOW) == ["confirmation Marie"]
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]
    assert silenced(world) == ["confirmation double", "reminder double"]
    for participation in rdv.participations:
        avis.withdrawn(world.session, rdv, [participation])
        avis.restored(world.session, rdv, participation, at("11:00", "2026-11-24"))
    assert waiting(world) == []


def test_of_a_couple_who_share_a_phone_the_one_who_still_comes_is_reminded(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, world.usager("Paul", PHONE))
    told(world, NOW)
    hers, _ = rdv.participations
    hers.statut = Statut.EXCUSE
    avis.withdrawn(world.session, rdv, [hers])
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Paul"]


def test_of_two_children_in_one_rdv_each_is_told(world: World) -> None:
    lea, tom = world.usager("Lea"), world.usager("Tom")
    world.usager("Marie", PHONE, (lea, tom))
    booked(world, lea, tom)
    assert told(world, NOW) == ["confirmation Marie", "confirmation Marie"]


def test_who_answers_for_a_proche_no_longer_is_told_nothing_more(world: World) -> None:
    lea = world.usager("Lea")
    marie = world.usager("Marie", PHONE, (lea,))
    booked(world, lea)
    told(world, NOW)
    marie.proches.remove(lea)
    world.session.flush()
    assert told(world, at("10:00", "2026-11-24")) == []
    assert silenced(world) == ["reminder destinataire"]


def test_an_usager_who_has_become_a_proche_is_never_told(world: World, marie: Usager) -> None:
    booked(world, marie)
    world.usager("Paul", "+33639980002", (marie,))
    assert told(world, NOW) == []


@pytest.mark.parametrize("who", ["Marie", "Lea"])
def test_nothing_is_ever_told_to_or_of_somebody_protected(world: World, who: str) -> None:
    lea = world.usager("Lea")
    marie = world.usager("Marie", PHONE, (lea,))
    {"Marie": marie, "Lea": lea}[who].protege = True
    rdv = booked(world, lea, by=BY_MESSAGE)
    assert avis.claim_due(world.session, NOW, of=[marie.id]) == []
    cancelled(world, rdv)
    avis.invited(world.session, an_invitation(world, lea), NOW)
    assert told(world, NOW) == []
    assert silenced(world) == ["confirmation protege", "reminder annule", "cancellation protege", "invitation protege"]


def test_who_has_no_number_is_not_told_and_agents_see_it(world: World) -> None:
    booked(world, world.usager("Marie"))
    assert told(world, NOW) == []
    assert silenced(world) == ["confirmation injoignable"]


# Switches


def test_an_rdv_may_be_kept_silent(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    rdv.prevenir_vie_du_rdv = rdv.prevenir_rappel = False
    assert told(world, NOW) == told(world, at("10:00", "2026-11-24")) == []
    assert silenced(world) == ["confirmation muet", "reminder muet"]


def test_the_two_switches_of_an_rdv_are_read_when_it_is_told(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    rdv.prevenir_vie_du_rdv = False
    assert told(world, NOW) == []
    assert told(world, at("10:00", "2026-11-24")) == ["reminder Marie"]


def test_a_motif_that_is_not_shown_is_never_told_of(world: World, marie: Usager) -> None:
    world.motif.notification = Notification.INVISIBLE
    booked(world, marie)
    assert told(world, NOW) == []


def test_what_somebody_asked_for_is_answered_whatever_they_and_the_rdv_are_set_to(world: World, marie: Usager) -> None:
    marie.notifier_sms = False
    rdv = booked(world, marie, by=BY_MESSAGE)
    rdv.prevenir_vie_du_rdv = False
    [one] = avis.claim_due(world.session, NOW, of=[marie.id])
    assert one.kind is AvisKind.CONFIRMATION
    assert avis.still_hold(world.session, [one.id], NOW) == {one.id}


@pytest.mark.parametrize("who", ["motif", "Marie", "Lea"])
def test_the_facts_are_discreet_where_the_motif_or_the_people_are(world: World, who: str) -> None:
    lea = world.usager("Lea")
    marie = world.usager("Marie", PHONE, (lea,))
    booked(world, lea)
    if who == "motif":
        world.motif.sensible = True
    else:
        {"Marie": marie, "Lea": lea}[who].discret = True
    [one] = avis.claim_due(world.session, NOW)
    assert avis.facts(one).discret


# When


def test_an_agent_who_books_at_night_wakes_nobody(world: World, marie: Usager) -> None:
    booked(world, marie, now=NIGHT)
    assert waiting(world) == ["confirmation 2026-11-24 08:00", "reminder 2026-11-24 10:00"]


def test_nobody_is_reminded_of_an_rdv_in_the_minutes_when_they_learn_of_it(world: World, marie: Usager) -> None:
    booked(world, marie, debut=at("14:00", "2026-11-23"), now=at("21:00", "2026-11-21"))
    assert waiting(world) == ["confirmation 2026-11-23 08:00", "reminder 2026-11-23 12:00"]


def test_news_of_an_rdv_of_the_first_hour_does_not_wait_for_the_morning(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, debut=at("08:30", "2026-11-24"))
    told(world, NOW)
    cancelled(world, rdv, now=NIGHT)
    assert told(world, NIGHT) == ["cancellation Marie"]


def test_an_rdv_at_nine_leaves_an_hour_to_read_that_it_is_cancelled(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, debut=at("09:00", "2026-11-24"))
    told(world, NOW)
    cancelled(world, rdv, now=NIGHT)
    assert told(world, NIGHT) == []
    assert told(world, NEXT_MORNING) == ["cancellation Marie"]


def test_who_would_come_for_nothing_is_told_of_the_move_at_once(world: World, marie: Usager) -> None:
    rdv = booked(world, marie, debut=at("08:30", "2026-11-24"))
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"), now=NIGHT)
    assert told(world, NIGHT) == ["change Marie"]


def test_a_person_is_answered_at_any_hour_and_the_other_responsable_in_the_morning(world: World) -> None:
    lea = world.usager("Lea")
    marie = world.usager("Marie", PHONE, (lea,))
    world.usager("Paul", "+33639980002", (lea,))
    booked(world, lea, by=BY_MESSAGE, now=NIGHT)
    assert [one.destinataire for one in avis.claim_due(world.session, NIGHT, of=[marie.id])] == [marie]
    assert told(world, NIGHT) == []
    assert told(world, NEXT_MORNING) == ["confirmation Paul"]


@pytest.mark.parametrize(("up_again", "then"), [("14:29", ["reminder Marie"]), ("14:30", [])])
def test_a_reminder_that_would_come_too_late_is_dropped(
    world: World, marie: Usager, up_again: str, then: list[str]
) -> None:
    booked(world, marie, debut=at("15:00"))
    told(world, NOW)
    assert told(world, at(up_again)) == then
    assert silenced(world) == ([] if then else ["reminder perime"])


def test_a_reminder_in_line_for_too_long_does_not_leave(world: World, marie: Usager) -> None:
    booked(world, marie, debut=at("15:00"))
    told(world, NOW)
    [one] = avis.claim_due(world.session, at("13:00"))
    assert avis.still_hold(world.session, [one.id], at("14:29")) == {one.id}
    assert avis.still_hold(world.session, [one.id], at("14:30")) == set()


def test_a_move_by_message_is_answered_at_any_hour(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"), now=NIGHT, qui=BY_MESSAGE)
    assert [one.kind for one in avis.claim_due(world.session, NIGHT, of=[marie.id])] == [AvisKind.CHANGE]


def test_what_an_agent_did_is_no_answer_to_what_somebody_writes(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    moved(world, rdv, at("15:00", "2026-12-03"))
    assert avis.claim_due(world.session, NOW, of=[marie.id]) == []


@pytest.mark.parametrize(
    ("up_again", "then"),
    [
        ("2026-11-24T19:59", ["reminder Marie"]),
        ("2026-11-24T20:00", []),
        ("2026-11-25T03:00", []),
    ],
)
def test_what_falls_due_while_the_machine_is_down_waits_for_daylight(
    world: World, marie: Usager, up_again: str, then: list[str]
) -> None:
    booked(world, marie)
    told(world, NOW)
    day, clock = up_again.split("T")
    assert told(world, at(clock, day)) == then
    assert waiting(world) == ([] if then else ["reminder 2026-11-25 08:00"])
    assert silenced(world) == []


def test_a_reminder_that_would_come_after_the_rdv_is_dropped(world: World, marie: Usager) -> None:
    booked(world, marie, debut=at("07:30", "2026-11-26"))
    told(world, NOW)
    assert told(world, at("20:00", "2026-11-25")) == []
    assert silenced(world) == ["reminder perime"]


def test_what_has_become_useless_is_dropped_and_says_so(world: World, marie: Usager) -> None:
    booked(world, marie)
    assert told(world, THURSDAY) == []
    assert silenced(world) == ["confirmation perime", "reminder perime"]


def test_what_was_claimed_is_asked_again_before_it_leaves(world: World, marie: Usager) -> None:
    rdv = booked(world, marie)
    [confirmation] = avis.claim_due(world.session, NOW)
    assert avis.still_hold(world.session, [confirmation.id], NOW) == {confirmation.id}
    moved(world, rdv, at("15:00", "2026-12-03"))
    [change] = avis.claim_due(world.session, NOW)
    assert avis.still_hold(world.session, [confirmation.id, change.id], NOW) == {change.id}
    assert avis.still_hold(world.session, [change.id], at("15:00", "2026-12-03")) == set()


def test_since_when_the_oldest_waits_is_known(world: World, marie: Usager) -> None:
    booked(world, marie)
    assert avis.oldest_due(world.session, NOW - timedelta(minutes=1)) is None
    assert avis.oldest_due(world.session, at("09:00")) == NOW
    told(world, at("09:00"))
    assert avis.oldest_due(world.session, at("09:00")) is None


# What is proposed


def an_invitation(world: World, usager: Usager) -> Invitation:
    row: Invitation = world.keep(
        Invitation(
            usager=usager, motif=world.motif, agent=world.agent(f"Durand{next(world.numbers)}"), faite_le=NOW,
            expire_le=NOW + timedelta(days=30),
        )
    )  # fmt: skip
    return row


def an_offre(world: World, usager: Usager, expire_le: datetime) -> Offre:
    attente = world.keep(Attente(usager_id=usager.id, motif_id=world.motif.id, cree_le=NOW))
    row: Offre = world.keep(
        Offre(attente=attente, debut=THURSDAY, lieu_id=world.sud.id, faite_le=NOW, expire_le=expire_le)
    )
    return row


def test_an_invitation_is_told_while_it_is_open(world: World, marie: Usager) -> None:
    first, second = an_invitation(world, marie), an_invitation(world, marie)
    avis.invited(world.session, first, NOW)
    avis.invited(world.session, second, NOW)
    second.etat = InvitationEtat.REFUSEE
    [one] = avis.claim_due(world.session, NOW)
    told_of = avis.facts(one)
    assert (told_of.kind, told_of.ref, told_of.agent) == (AvisKind.INVITATION, first.ref, "Anne Durand1")
    assert told_of.debut == told_of.limite == first.expire_le
    assert silenced(world) == ["invitation change"]


def test_an_offer_is_told_while_it_can_be_taken(world: World, marie: Usager) -> None:
    open_one = an_offre(world, marie, at("10:00"))
    taken = an_offre(world, marie, at("10:00"))
    for offre in (open_one, taken):
        avis.offered(world.session, offre, NOW)
    taken.etat = OffreEtat.EXPIREE
    [one] = avis.claim_due(world.session, NOW)
    told_of = avis.facts(one)
    assert (told_of.ref, told_of.debut, told_of.lieu, told_of.limite) == (
        open_one.ref, THURSDAY, "MDS sud", at("10:00")
    )  # fmt: skip
    assert avis.still_hold(world.session, [one.id], at("10:00")) == set()


def test_an_offer_whose_deadline_falls_at_night_is_not_told(world: World, marie: Usager) -> None:
    avis.offered(world.session, an_offre(world, marie, NIGHT + timedelta(hours=1)), NIGHT)
    assert told(world, NIGHT) == []
    assert silenced(world) == ["offer perime"]


# What is told


def test_the_facts_are_those_of_the_moment_they_are_told(world: World) -> None:
    lea = world.usager("Lea")
    marie = world.usager("Marie", PHONE, (lea,))
    rdv = booked(world, lea)
    told(world, NOW)
    world.arras.nom, rdv.titre = "MDS Arras", "Atelier"
    [one] = avis.claim_due(world.session, at("10:00", "2026-11-24"))
    told_of = avis.facts(one)
    assert (told_of.avis, told_of.participation) == (one.id, rdv.participations[0].id)
    assert (told_of.organisation, told_of.organisation_id) == ("MDS Arras", world.arras.id)
    assert (told_of.titre, told_of.prenom, told_of.numero) == ("Atelier", "Lea", PHONE)
    assert (told_of.lieu, told_of.adresse, told_of.type) == ("MDS sud", "1 rue", TypeMotif.SUR_PLACE)
    assert (told_of.debut, told_of.limite, told_of.motif) == (
        THURSDAY, at("09:30", "2026-11-26"), "consult-pmi"
    )  # fmt: skip
    assert (told_of.zone, told_of.langue) == (world.territoire.zone, marie.langue)
    assert told_of.agent is None
    assert not told_of.discret
    assert not told_of.neutre


def test_a_follow_up_names_its_agents_and_a_move_its_old_hour(world: World, marie: Usager) -> None:
    world.motif.suivi = True
    rdv = booked(world, marie)
    told(world, NOW)
    moved(world, rdv, at("15:00", "2026-12-03"))
    [one] = avis.claim_due(world.session, NOW)
    assert (avis.facts(one).agent, avis.facts(one).avant) == ("Anne Durand1", THURSDAY)


# Many, and many at once


def fill(engine: Engine, count: int) -> None:
    """That many avis of every kind and fate, due now."""
    with Session(engine) as session:
        world = World(session)
        for number in range(count):
            proche = world.usager(f"Lea{number}")
            marie = world.usager(f"Marie{number}", f"+336399{number:05d}", (proche,))
            marie.notifier_sms = number % 10 != 0
            match number % 5:
                case 0 | 1:
                    booked(world, proche)
                case 2:
                    booked(world, marie, debut=NOW + timedelta(minutes=1))
                case 3:
                    avis.invited(session, an_invitation(world, proche), NOW)
                case 4:
                    avis.offered(session, an_offre(world, marie, THURSDAY), NOW)
        session.commit()


@pytest.mark.parametrize("now", [at("09:00"), at("21:00")])
def test_a_batch_takes_as_many_statements_whatever_its_size(everywhere: Engine, now: datetime) -> None:
    fill(everywhere, 130)
    ran = []
    for limit in (30, 100):
        with Queries(everywhere) as queries, Session(everywhere) as session, session.begin():
            batch = avis.claim_due(session, now, limit=limit)
            assert bool(batch) is (now.hour < 12)
            assert {avis.facts(one).langue for one in batch} <= {"fr"}
            assert all(avis.facts(one).organisation for one in batch)
        ran.append(queries.ran)
    assert ran[0] == ran[1] <= 25
    with Queries(everywhere) as queries, Session(everywhere) as session:
        everything = session.scalars(select(Avis.id)).all()
        assert len(avis.still_hold(session, everything, NOW)) > 50
    assert queries.ran <= 20


def pile_up(session: Session, count: int) -> list[int]:
    """That many confirmations, due within the same seven seconds; the ids of those told, five avis each."""
    world = World(session)
    lea = world.usager("Lea")
    rdv = an_rdv(world, lea)
    people = [
        Usager(prenom="Anne", nom="Roche", telephone=PHONE, territoire_id=world.territoire.id, proches=[lea])
        for _ in range(count // 5)
    ]
    session.add_all(people)
    session.flush()
    session.execute(
        insert(Avis),
        [
            {
                "cause": f"{number}",
                "kind": AvisKind.CONFIRMATION,
                "rdv_id": rdv.id,
                "version": rdv.version,
                "participation_id": rdv.participations[0].id,
                "destinataire_id": people[number % len(people)].id,
                "du_le": NOW - timedelta(seconds=number % 7),
                "limite": THURSDAY,
            }
            for number in range(count)
        ],
    )
    return [person.id for person in people]


def test_a_batch_has_a_bound_and_the_oldest_come_first(everywhere: Engine) -> None:
    with Session(everywhere) as session:
        pile_up(session, 250)
        first, second = (avis.claim_due(session, NOW) for _ in range(2))
        assert (len(first), len(second)) == (avis.BATCH, 50)
        order = [(one.du_le, one.id) for one in (*first, *second)]
        assert order == sorted(order)


@pytest.mark.parametrize(
    ("answering", "index"), [(False, "ix_avis_etat_du_le_id"), (True, "ix_avis_destinataire_id_etat")]
)
def test_a_hundred_thousand_due_at_once_are_not_walked_through(everywhere: Engine, answering: bool, index: str) -> None:
    with Session(everywhere) as session:
        person, *_ = pile_up(session, 5_000)
        session.execute(text("ANALYZE"))
        session.commit()
        asked: list[Any] = []

        @event.listens_for(everywhere, "before_cursor_execute")
        def _keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if "FROM avis" in statement:
                asked.append((statement, values))

        avis.claim_due(session, NOW, of=[person] if answering else None)
        (statement, values), *_ = asked
        explain = "EXPLAIN QUERY PLAN" if everywhere.dialect.name == "sqlite" else "EXPLAIN"
        rows = session.connection().exec_driver_sql(f"{explain} {statement}", values)
        plan = " ".join(str(row) for row in rows).lower()
        assert index in plan
        assert "sort" not in plan
        assert "b-tree" not in plan


def test_six_sweepers_at_once_tell_each_thing_once(everywhere: Engine) -> None:
    fill(everywhere, 60)
    start = Barrier(6)

    def sweep() -> list[int]:
        mine: list[int] = []
        start.wait()
        for _ in range(20):
            with Session(everywhere) as session, session.begin():
                mine += [one.id for one in avis.claim_due(session, at("09:00"), limit=5)]
        return mine

    with ThreadPoolExecutor(6) as sweepers:
        claimed = [one for future in [sweepers.submit(sweep) for _ in range(6)] for one in future.result()]
    with Session(everywhere) as session:
        told_of = session.scalars(select(Avis.id).where(Avis.etat == AvisEtat.DIT)).all()
        assert sorted(claimed) == sorted(told_of)
        assert avis.oldest_due(session, at("09:00")) is None


def test_what_one_part_in_an_rdv_has_caused_is_found_by_its_rdv(everywhere: Engine) -> None:
    """Each verb of each RDV settles what waits: never a walk through everything that was ever told."""
    with Session(everywhere) as session:
        world = World(session)
        rdv = booked(world, world.usager("Marie", PHONE), world.usager("Paul", "+33639980002"))
        hers, _ = rdv.participations
        avis.withdrawn(session, rdv, [hers])
        left = session.scalars(select(Avis.participation_id).where(Avis.etat == AvisEtat.A_DIRE)).all()
        assert set(left) == {rdv.participations[1].id}
        avis.withdrawn(session, rdv)
        assert session.scalars(select(Participation.id).join(Avis).where(Avis.etat == AvisEtat.A_DIRE)).all() == []
