"""The life of an RDV, told verb by verb, on both databases."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import holds, rdvs
from booking.db import transaction
from booking.errors import (
    BookingError,
    CreneauPris,
    RdvIntrouvable,
    RdvPasse,
    RienARetablir,
    SeanceComplete,
    StatutRefuse,
    TropDAnnulations,
    TropTardPourDeplacer,
)
from booking.models import (
    Agent,
    Avis,
    AvisEtat,
    AvisKind,
    Hold,
    Motif,
    Occupation,
    Participation,
    Rdv,
    Statut,
    TypeMotif,
    Usager,
)
from booking.participations import RESTORE
from booking.search import find_creneaux
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.makers import NOW, PHONE, World, at

MARIE = f"sms:{PHONE}"
BY_SMS = "usager:sms"
ANNE = "agent:a.durand"
INDETERMINE, SALLE, VU, EXCUSE, REVOQUE, NON_EXCUSE = Statut

Spans = list[tuple[str, datetime, datetime | None]]


@pytest.fixture
def shell(open_world: OPEN_SHELL, kind: str) -> Shell:
    return open_world("vide", kind=kind)


@pytest.fixture
def agenda(shell: Shell) -> Iterator[World]:
    with transaction(shell.sessions) as session:
        yield World(session, ref="59")


@pytest.fixture
def anne(agenda: World) -> Agent:
    return agenda.agent("Durand")


@pytest.fixture
def bruno(agenda: World) -> Agent:
    return agenda.agent("Petit", "Bruno")


@pytest.fixture
def marie(agenda: World) -> Usager:
    return agenda.usager("Marie", PHONE)


def placed(agenda: World, agents: list[Agent], debut: datetime, *people: Usager, **rest: Any) -> Rdv:
    said = {"motif": agenda.motif, "lieu": agenda.sud, "qui": ANNE, "now": NOW, **rest}
    return rdvs.place(agenda.session, agents=agents, debut=debut, participants=people, **said)


def kept(agenda: World, agent: Agent, debut: datetime, contact: str = MARIE, now: datetime = NOW) -> Hold:
    return holds.hold(
        agenda.session, contact, agenda.motif, debut=debut, lieu_id=agenda.sud.id, agent_id=agent.id, now=now
    )


def given_up(rdv: Rdv, now: datetime = NOW, contact: str = MARIE, *, part: int = 0) -> bool:
    session = Session.object_session(rdv)
    assert session is not None
    return rdvs.cancel_by_usager(session, rdv.participations[part], contact=contact, qui=BY_SMS, now=now)


def taken(session: Session) -> Spans:
    """Whose time is taken, from when, and until when it is kept."""
    rows = select(Agent.ref, Occupation.debut, Occupation.jusqu_a).join(Agent, Agent.id == Occupation.agent_id)
    return [tuple(row) for row in session.execute(rows.order_by(Occupation.debut, Agent.ref))]  # type: ignore[misc]


def parts(rdv: Rdv) -> list[Statut]:
    return [part.statut for part in rdv.participations]


def told(session: Session, *etats: AvisEtat) -> list[str]:
    """What is to be told, to whom."""
    avis = select(Avis.kind, Usager.prenom).join(Usager, Usager.id == Avis.destinataire_id)
    waiting = avis.where(Avis.etat.in_(etats or (AvisEtat.A_DIRE,)), Avis.kind != AvisKind.REMINDER)
    return [f"{kind} {prenom}" for kind, prenom in session.execute(waiting.order_by(Avis.id))]


# Booked, placed


def test_a_hold_becomes_an_rdv_and_its_time_is_never_free(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = rdvs.book(agenda.session, kept(agenda, anne, at("10:00")), [marie], cree_par=BY_SMS, now=NOW)
    assert (rdv.debut, rdv.agents, rdv.lieu, rdv.cree_par) == (at("10:00"), [anne], agenda.sud, BY_SMS)
    assert taken(agenda.session) == [("a.durand", at("10:00"), None)]
    assert agenda.session.scalars(select(Hold)).all() == []
    assert told(agenda.session) == ["confirmation Marie"]


def test_a_hold_that_was_swept_is_no_longer_there_to_book(agenda: World, anne: Agent, marie: Usager) -> None:
    mine = kept(agenda, anne, at("10:00"))
    holds.forget_expired_holds(agenda.session, NOW + holds.HOLD)
    with pytest.raises(CreneauPris):
        rdvs.book(agenda.session, mine, [marie], cree_par=BY_SMS, now=NOW)
    assert agenda.session.scalars(select(Rdv)).all() == []


def test_an_rdv_remembers_its_plage(agenda: World, anne: Agent, marie: Usager) -> None:
    agenda.plage(anne, "09:00-12:00", motifs=[])
    plage = agenda.plage(anne, "09:00-12:00", recurrence="FREQ=WEEKLY")
    booked = rdvs.book(agenda.session, kept(agenda, anne, at("11:30")), [marie], cree_par=BY_SMS, now=NOW)
    assert booked.plage_id == plage.id
    assert placed(agenda, [anne], at("11:30", "2026-11-30")).plage_id == plage.id
    assert placed(agenda, [anne], at("11:45", "2026-12-07")).plage_id is None
    assert placed(agenda, [anne], at("09:00"), lieu=agenda.nord).plage_id is None


def test_an_agent_places_an_rdv_for_several_agents_anywhere(
    agenda: World, anne: Agent, bruno: Agent, marie: Usager
) -> None:
    first = placed(agenda, [anne], at("07:00"))
    rdv = placed(
        agenda, [bruno, anne], at("19:00"), marie, duree_min=50, suite_de=first, notes="Apporter le carnet",
    )  # fmt: skip
    assert (rdv.cree_par, rdv.fin, rdv.notes, rdv.suite_de_id) == ("agent", at("19:50"), "Apporter le carnet", first.id)
    assert taken(agenda.session)[1:] == [("a.durand", at("19:00"), None), ("b.petit", at("19:00"), None)]


def test_an_rdv_is_not_placed_where_one_of_its_agents_is_taken(agenda: World, anne: Agent, bruno: Agent) -> None:
    placed(agenda, [bruno], at("10:00"))
    with pytest.raises(CreneauPris):
        placed(agenda, [anne, bruno], at("10:15"))
    assert taken(agenda.session) == [("b.petit", at("10:00"), None)]
    assert len(agenda.session.scalars(select(Rdv)).all()) == 1


def test_an_agent_overbooks_with_a_reason(agenda: World, anne: Agent, bruno: Agent) -> None:
    placed(agenda, [anne], at("10:00"))
    over = placed(agenda, [anne, bruno], at("10:00"), surreservation="urgence")
    assert over.surreservation == "urgence"
    rows = agenda.session.scalars(select(Occupation).where(Occupation.rdv_id == over.id)).all()
    assert {row.agent_id: row.en_plus for row in rows} == {anne.id: True, bruno.id: False}


def test_a_reason_that_was_not_needed_is_not_kept(agenda: World, anne: Agent) -> None:
    assert placed(agenda, [anne], at("10:00"), surreservation="au cas où").surreservation is None
    with pytest.raises(CreneauPris):
        placed(agenda, [anne], at("10:00"))


def test_nothing_is_placed_over_an_overbooked_rdv_either(agenda: World, anne: Agent) -> None:
    first = placed(agenda, [anne], at("10:00"))
    placed(agenda, [anne], at("10:00"), surreservation="urgence")
    rdvs.cancel_by_service(agenda.session, first, qui=ANNE, now=NOW)
    with pytest.raises(CreneauPris):
        placed(agenda, [anne], at("10:00"))
    with pytest.raises(CreneauPris):
        kept(agenda, anne, at("10:00"))


# Moved


def test_an_agent_moves_an_rdv_and_only_what_is_said_changes(
    agenda: World, anne: Agent, bruno: Agent, marie: Usager
) -> None:
    rdv = placed(agenda, [anne], at("10:00"), marie, duree_min=40)
    rdv.participations[0].confirmee_le = NOW
    was = rdv.id
    rdvs.move(agenda.session, rdv, debut=at("10:20"), qui=ANNE, now=NOW)
    assert (rdv.id, rdv.debut, rdv.fin, rdv.version, rdv.agents) == (was, at("10:20"), at("11:00"), 2, [anne])
    assert rdv.participations[0].confirmee_le is None
    assert taken(agenda.session) == [("a.durand", at("10:20"), None)]
    rdvs.move(agenda.session, rdv, debut=at("10:20"), agents=[bruno], lieu=None, duree_min=20, qui=ANNE, now=NOW)
    assert (rdv.fin, rdv.lieu, rdv.agents, rdv.version) == (at("10:40"), None, [bruno], 3)
    assert taken(agenda.session) == [("b.petit", at("10:20"), None)]


@pytest.mark.parametrize(("suivi", "version"), [(False, 1), (True, 2)])
def test_another_agent_is_news_for_a_follow_up_only(
    agenda: World, anne: Agent, bruno: Agent, marie: Usager, suivi: bool, version: int
) -> None:
    rdv = placed(agenda, [anne], at("10:00"), marie, motif=agenda.new_motif("suivi", suivi=suivi))
    rdvs.move(agenda.session, rdv, debut=rdv.debut, agents=[bruno], qui=ANNE, now=NOW)
    assert (rdv.version, rdv.agents) == (version, [bruno])


def test_an_rdv_that_cannot_move_stands_as_it_was(agenda: World, anne: Agent, bruno: Agent, marie: Usager) -> None:
    placed(agenda, [bruno], at("11:00"))
    rdv = placed(agenda, [anne], at("10:00"), marie)
    with pytest.raises(CreneauPris):
        rdvs.move(agenda.session, rdv, debut=at("11:00"), agents=[anne, bruno], lieu=None, qui=ANNE, now=NOW)
    assert (rdv.debut, rdv.fin, rdv.agents, rdv.lieu, rdv.version) == (
        at("10:00"), at("10:30"), [anne], agenda.sud, 1,
    )  # fmt: skip
    assert taken(agenda.session) == [("a.durand", at("10:00"), None), ("b.petit", at("11:00"), None)]


def test_an_agent_moves_over_another_with_a_reason_and_away_again(agenda: World, anne: Agent) -> None:
    placed(agenda, [anne], at("11:00"))
    rdv = placed(agenda, [anne], at("10:00"))
    rdvs.move(agenda.session, rdv, debut=at("11:00"), surreservation="urgence", qui=ANNE, now=NOW)
    assert rdv.surreservation == "urgence"
    rdvs.move(agenda.session, rdv, debut=at("12:00"), qui=ANNE, now=NOW)
    assert rdv.surreservation is None


@pytest.mark.parametrize("statut", [SALLE, VU, EXCUSE, REVOQUE, NON_EXCUSE])
def test_what_something_has_become_of_is_not_moved(agenda: World, anne: Agent, marie: Usager, statut: Statut) -> None:
    rdv, later = placed(agenda, [anne], at("10:00"), marie), at("10:10")
    rdvs.set_statut(agenda.session, rdv.participations[0], statut, qui=ANNE, now=later)
    with pytest.raises(StatutRefuse):
        rdvs.move(agenda.session, rdv, debut=at("12:00"), qui=ANNE, now=later)


def test_an_usager_takes_what_is_kept_in_place_of_what_they_have(
    agenda: World, anne: Agent, bruno: Agent, marie: Usager
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    mine = kept(agenda, bruno, at("15:00"))
    rdvs.move_by_usager(agenda.session, rdv, mine, qui=BY_SMS, now=NOW)
    assert (rdv.debut, rdv.fin, rdv.agents, rdv.version) == (at("15:00"), at("15:30"), [bruno], 2)
    assert taken(agenda.session) == [("b.petit", at("15:00"), None)]
    assert agenda.session.scalars(select(Hold)).all() == []


# The motif asks for four hours: until ten for an RDV at two.
REFUSED_MOVES: list[tuple[str, type[BookingError] | None]] = [
    ("10:00", None), ("10:01", TropTardPourDeplacer), ("14:00", RdvPasse),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "refusal"), REFUSED_MOVES)
def test_an_usager_moves_until_the_delay_of_the_motif(
    agenda: World, anne: Agent, marie: Usager, clock: str, refusal: type[BookingError] | None
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    mine = kept(agenda, anne, at("16:00"), now=at(clock))
    if refusal is None:
        rdvs.move_by_usager(agenda.session, rdv, mine, qui=BY_SMS, now=at(clock))
        return
    with pytest.raises(refusal):
        rdvs.move_by_usager(agenda.session, rdv, mine, qui=BY_SMS, now=at(clock))
    assert rdv.debut == at("14:00")


def test_what_several_agents_agreed_on_is_not_moved_by_an_usager(
    agenda: World, anne: Agent, bruno: Agent, marie: Usager
) -> None:
    rdv = placed(agenda, [anne, bruno], at("14:00"), marie)
    with pytest.raises(TropTardPourDeplacer):
        rdvs.move_by_usager(agenda.session, rdv, kept(agenda, anne, at("15:00")), qui=BY_SMS, now=NOW)


# Given up, taken back


def test_time_given_up_is_kept_a_quarter_of_an_hour_and_offered_to_nobody(
    agenda: World, anne: Agent, marie: Usager
) -> None:
    agenda.plage(anne, "14:00-15:00")
    rdv = placed(agenda, [anne], at("14:00"), marie)
    assert given_up(rdv) is False
    assert (rdv.statut, parts(rdv), rdv.version) == (EXCUSE, [EXCUSE], 2)
    assert taken(agenda.session) == [("a.durand", at("14:00"), NOW + RESTORE)]

    def starts(now: datetime) -> list[datetime]:
        return [creneau.debut for creneau in find_creneaux(agenda.session, agenda.motif, now=now)]

    assert starts(NOW + timedelta(minutes=14)) == [at("14:30")]
    with pytest.raises(CreneauPris):
        placed(agenda, [anne], at("14:00"), now=NOW + timedelta(minutes=14))
    assert starts(NOW + RESTORE) == [at("14:00"), at("14:30")]
    placed(agenda, [anne], at("14:00"), now=NOW + RESTORE)


@pytest.mark.parametrize(("clock", "late"), [("10:00", False), ("10:01", True), ("13:59", True)])
def test_past_the_delay_somebody_who_does_not_come_is_late(
    agenda: World, anne: Agent, marie: Usager, clock: str, late: bool
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    assert given_up(rdv, at(clock)) is rdv.retard is rdv.participations[0].retard is late


def test_an_rdv_is_not_given_up_twice_nor_once_it_has_begun(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    with pytest.raises(RdvPasse):
        given_up(rdv, at("14:00"))
    given_up(rdv)
    with pytest.raises(RdvIntrouvable):
        given_up(rdv)


def test_what_was_given_up_comes_back_whole(agenda: World, anne: Agent, bruno: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne, bruno], at("14:00"), marie)
    given_up(rdv, at("13:00"))
    rdvs.restore(agenda.session, rdv.participations[0], contact=MARIE, qui=BY_SMS, now=at("13:14"))
    part = rdv.participations[0]
    assert (rdv.statut, part.statut, rdv.retard, part.retard) == (INDETERMINE, INDETERMINE, False, False)
    assert (part.annulee_le, part.annulee_par) == (None, None)
    assert taken(agenda.session) == [("a.durand", at("14:00"), None), ("b.petit", at("14:00"), None)]


@pytest.mark.parametrize(
    ("contact", "now"),
    [
        pytest.param("sms:+33639980002", NOW, id="another phone"),
        pytest.param(MARIE, NOW + RESTORE, id="too late"),
    ],
)
def test_what_was_given_up_comes_back_to_who_gave_it_up_and_soon(
    agenda: World, anne: Agent, marie: Usager, contact: str, now: datetime
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    given_up(rdv)
    with pytest.raises(RienARetablir):
        rdvs.restore(agenda.session, rdv.participations[0], contact=contact, qui=BY_SMS, now=now)
    assert rdv.statut is EXCUSE


def test_what_has_begun_or_was_called_off_since_does_not_come_back(agenda: World, anne: Agent, marie: Usager) -> None:
    begun, called_off = placed(agenda, [anne], at("08:10"), marie), placed(agenda, [anne], at("14:00"), marie)
    given_up(begun)
    given_up(called_off)
    rdvs.cancel_by_service(agenda.session, called_off, qui=ANNE, now=NOW)
    for rdv, now in ((begun, at("08:10")), (called_off, NOW)):
        with pytest.raises(RienARetablir):
            rdvs.restore(agenda.session, rdv.participations[0], contact=MARIE, qui=BY_SMS, now=now)


def test_what_was_given_up_comes_back_though_an_agent_has_placed_something_over_it(
    agenda: World, anne: Agent, marie: Usager
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    given_up(rdv)
    placed(agenda, [anne], at("14:00"), surreservation="urgence")
    rdvs.restore(agenda.session, rdv.participations[0], contact=MARIE, qui=BY_SMS, now=NOW)
    assert (rdv.statut, rdv.surreservation) == (INDETERMINE, None)


def test_the_last_to_give_up_may_come_after_all_though_the_service_sent_the_other_away(
    agenda: World, anne: Agent
) -> None:
    rdv = placed(agenda, [anne], at("14:00"), agenda.usager("Léa"), agenda.usager("Tom"))
    rdvs.remove_participant(agenda.session, rdv.participations[0], qui=ANNE, now=NOW)
    given_up(rdv, part=1)
    rdvs.restore(agenda.session, rdv.participations[1], contact=MARIE, qui=BY_SMS, now=NOW)
    assert (rdv.statut, parts(rdv)) == (INDETERMINE, [REVOQUE, INDETERMINE])


def test_siblings_keep_their_rdv_until_nobody_comes(agenda: World, anne: Agent) -> None:
    lea, tom = agenda.usager("Léa"), agenda.usager("Tom")
    rdv = placed(agenda, [anne], at("14:00"), lea, tom)
    given_up(rdv, part=0)
    assert (rdv.statut, rdv.version, taken(agenda.session)) == (INDETERMINE, 1, [("a.durand", at("14:00"), None)])
    given_up(rdv, part=1)
    assert rdv.statut is EXCUSE
    rdvs.restore(agenda.session, rdv.participations[0], contact=MARIE, qui=BY_SMS, now=NOW)
    assert (rdv.statut, parts(rdv)) == (INDETERMINE, [INDETERMINE, EXCUSE])


def test_a_day_of_cancellations_begins_at_local_midnight(agenda: World, anne: Agent, marie: Usager) -> None:
    later = [placed(agenda, [anne], at("14:00", f"2026-12-0{day}"), marie) for day in range(1, 6)]
    for rdv in later[:3]:
        given_up(rdv, at("23:59"))
    with pytest.raises(TropDAnnulations):
        given_up(later[3], at("23:59"))
    given_up(later[3], at("23:59"), contact="sms:+33639980002")
    given_up(later[4], at("00:00", "2026-11-24"))


# Filled in, called off


def test_a_status_before_its_time_is_refused(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("10:00"), marie)
    for statut in (VU, NON_EXCUSE):
        with pytest.raises(StatutRefuse):
            rdvs.set_statut(agenda.session, rdv.participations[0], statut, qui=ANNE, now=at("09:59"))
    assert parts(rdv) == [INDETERMINE]


def test_an_individual_rdv_follows_its_participations(agenda: World, anne: Agent) -> None:
    lea, tom = agenda.usager("Léa"), agenda.usager("Tom")
    rdv = placed(agenda, [anne], at("10:00"), lea, tom)

    def become(part: int, statut: Statut) -> Statut:
        rdvs.set_statut(agenda.session, rdv.participations[part], statut, qui=ANNE, now=at("10:05"))
        return rdv.statut

    assert become(0, SALLE) is SALLE
    assert become(0, VU) is VU
    assert become(0, NON_EXCUSE) is INDETERMINE
    assert become(1, NON_EXCUSE) is NON_EXCUSE
    assert become(0, EXCUSE) is NON_EXCUSE
    assert become(1, REVOQUE) is REVOQUE
    assert taken(agenda.session) == []
    assert become(0, INDETERMINE) is INDETERMINE
    assert taken(agenda.session) == [("a.durand", at("10:00"), None)]


def test_what_was_cancelled_is_set_back_unless_its_time_is_gone(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("10:00"), marie)
    rdvs.set_statut(agenda.session, rdv.participations[0], REVOQUE, qui=ANNE, now=NOW)
    other = placed(agenda, [anne], at("10:00"))
    with pytest.raises(CreneauPris):
        rdvs.set_statut(agenda.session, rdv.participations[0], INDETERMINE, qui=ANNE, now=NOW)
    assert (rdv.statut, parts(rdv)) == (REVOQUE, [REVOQUE])
    rdvs.delete(agenda.session, other, qui=ANNE, now=NOW)
    rdvs.set_statut(agenda.session, rdv.participations[0], INDETERMINE, qui=ANNE, now=NOW)
    assert (rdv.statut, parts(rdv)) == (INDETERMINE, [INDETERMINE])
    assert taken(agenda.session) == [("a.durand", at("10:00"), None)]


def test_the_service_calls_an_rdv_off_for_those_who_still_came(agenda: World, anne: Agent) -> None:
    lea, tom = agenda.usager("Léa", PHONE), agenda.usager("Tom", PHONE)
    rdv = placed(agenda, [anne], at("14:00"), lea, tom, notes="Premier RDV")
    given_up(rdv, part=0)
    rdvs.cancel_by_service(agenda.session, rdv, qui=ANNE, now=NOW, reason="Agent malade")
    assert (rdv.statut, parts(rdv), rdv.notes) == (REVOQUE, [EXCUSE, REVOQUE], "Premier RDV\nAgent malade")
    assert taken(agenda.session) == []
    assert told(agenda.session) == ["cancellation Tom"]


def test_an_rdv_called_off_takes_place_after_all(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("14:00"), marie)
    rdvs.cancel_by_service(agenda.session, rdv, qui=ANNE, now=NOW)
    rdvs.reopen(agenda.session, rdv, qui=ANNE, now=NOW)
    assert (rdv.statut, parts(rdv)) == (INDETERMINE, [INDETERMINE])
    assert taken(agenda.session) == [("a.durand", at("14:00"), None)]


def test_somebody_who_did_not_come_is_told_how_to_come_again(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("10:00"), marie)
    rdvs.set_statut(agenda.session, rdv.participations[0], NON_EXCUSE, qui=ANNE, now=at("10:30"))
    assert told(agenda.session) == ["missed Marie"]


def test_an_rdv_is_deleted_in_silence(agenda: World, anne: Agent, marie: Usager) -> None:
    followed = placed(agenda, [anne], at("14:00"), marie)
    follow_up = placed(agenda, [anne], at("15:00"), suite_de=followed)
    rdvs.delete(agenda.session, followed, qui=ANNE, now=NOW)
    agenda.session.expire_all()
    assert agenda.session.scalars(select(Rdv)).all() == [follow_up]
    assert follow_up.suite_de_id is None
    assert taken(agenda.session) == [("a.durand", at("15:00"), None)]
    assert agenda.session.scalars(select(Participation)).all() == []
    assert told(agenda.session) == []


def test_notes_are_written_anew(agenda: World, anne: Agent) -> None:
    rdv = placed(agenda, [anne], at("14:00"))
    rdvs.annotate(agenda.session, rdv, "Viendra avec un interprète", qui=ANNE, now=NOW)
    assert rdv.notes == "Viendra avec un interprète"


# Several people


@pytest.fixture
def atelier(agenda: World) -> Motif:
    return agenda.new_motif("atelier", collectif=True, type=TypeMotif.SUR_PLACE)


def test_a_seance_is_called_off_only_by_an_agent(agenda: World, anne: Agent, atelier: Motif, marie: Usager) -> None:
    paul = agenda.usager("Paul", "+33639980002")
    seance = placed(agenda, [anne], at("14:00"), marie, paul, motif=atelier)
    given_up(seance, part=0)
    rdvs.set_statut(agenda.session, seance.participations[1], EXCUSE, qui=ANNE, now=NOW)
    assert (seance.statut, taken(agenda.session)) == (INDETERMINE, [("a.durand", at("14:00"), None)])
    rdvs.cancel_by_service(agenda.session, seance, qui=ANNE, now=NOW)
    assert (seance.statut, parts(seance), taken(agenda.session)) == (REVOQUE, [EXCUSE, EXCUSE], [])


def test_a_seance_called_off_takes_place_after_all_for_those_sent_away(
    agenda: World, anne: Agent, atelier: Motif, marie: Usager
) -> None:
    paul = agenda.usager("Paul", "+33639980002")
    seance = placed(agenda, [anne], at("14:00"), marie, paul, motif=atelier)
    given_up(seance, part=0)
    rdvs.cancel_by_service(agenda.session, seance, qui=ANNE, now=NOW)
    with pytest.raises(StatutRefuse):
        rdvs.set_statut(agenda.session, seance.participations[1], INDETERMINE, qui=ANNE, now=NOW)
    rdvs.reopen(agenda.session, seance, qui=ANNE, now=NOW)
    assert (seance.statut, parts(seance)) == (INDETERMINE, [EXCUSE, INDETERMINE])
    assert taken(agenda.session) == [("a.durand", at("14:00"), None)]


def test_adding_somebody_tells_that_person_alone(agenda: World, anne: Agent, atelier: Motif, marie: Usager) -> None:
    seance = placed(agenda, [anne], at("14:00"), marie, motif=atelier)
    before = told(agenda.session)
    paul = agenda.usager("Paul", "+33639980002")
    rdvs.add_participant(agenda.session, seance, paul, qui=ANNE, now=NOW)
    rdvs.add_participant(agenda.session, seance, paul, qui=ANNE, now=NOW)
    assert parts(seance) == [INDETERMINE, INDETERMINE]
    assert told(agenda.session) == [*before, "confirmation Paul"]


def test_removing_somebody_tells_that_person_alone(agenda: World, anne: Agent, atelier: Motif, marie: Usager) -> None:
    seance = placed(agenda, [anne], at("14:00"), marie, agenda.usager("Paul", "+33639980002"), motif=atelier)
    rdvs.remove_participant(agenda.session, seance.participations[1], qui=ANNE, now=NOW)
    assert (seance.statut, parts(seance)) == (INDETERMINE, [INDETERMINE, REVOQUE])
    assert told(agenda.session) == ["confirmation Marie", "cancellation Paul"]


def test_coming_back_takes_the_same_place_again(agenda: World, anne: Agent, atelier: Motif, marie: Usager) -> None:
    seance = placed(agenda, [anne], at("14:00"), marie, motif=atelier)
    given_up(seance)
    again = rdvs.add_participant(agenda.session, seance, marie, qui=ANNE, now=NOW)
    assert seance.participations == [again]
    assert again.statut is INDETERMINE
    assert told(agenda.session) == ["confirmation Marie"]


def test_the_last_seat_is_kept_for_who_gave_it_up_then_taken_once(
    agenda: World, anne: Agent, atelier: Motif, marie: Usager
) -> None:
    seance = placed(agenda, [anne], at("14:00"), marie, motif=atelier)
    seance.places_max = 1
    paul, zoe = agenda.usager("Paul"), agenda.usager("Zoé")
    given_up(seance)
    with pytest.raises(SeanceComplete):
        rdvs.add_participant(agenda.session, seance, paul, qui=ANNE, now=NOW)
    rdvs.add_participant(agenda.session, seance, paul, qui=ANNE, now=NOW + RESTORE)
    with pytest.raises(SeanceComplete):
        rdvs.add_participant(agenda.session, seance, zoe, qui=ANNE, now=NOW + RESTORE)


def test_nobody_is_added_to_what_does_not_take_place(agenda: World, anne: Agent, marie: Usager) -> None:
    rdv = placed(agenda, [anne], at("14:00"))
    rdvs.cancel_by_service(agenda.session, rdv, qui=ANNE, now=NOW)
    with pytest.raises(StatutRefuse):
        rdvs.add_participant(agenda.session, rdv, marie, qui=ANNE, now=NOW)


# At once


def at_once(shell: Shell, acts: list[Callable[[Session], object]]) -> list[str]:
    """Each act in a thread and a transaction of its own, all started together: how each ended, in order."""
    ended, start = [""] * len(acts), Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        try:
            with transaction(shell.sessions) as session:
                acts[number](session)
            ended[number] = "done"
        except Exception as error:
            ended[number] = type(error).__name__

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


@pytest.mark.parametrize("kind", ["postgres"])
def test_twenty_move_to_one_creneau_and_one_wins(shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        agenda = World(session, ref="59")
        agents = [agenda.agent(f"Agent{number}") for number in range(10)]
        ids = [placed(agenda, [agents[number % 10]], at(f"{10 + number // 10}:00")).id for number in range(20)]
        wanted = [agents[3].id, agents[7].id]

    def move(rdv_id: int) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            rdv = session.get_one(Rdv, rdv_id)
            towards = [session.get_one(Agent, one) for one in (wanted if rdv_id % 2 else wanted[::-1])]
            rdvs.move(session, rdv, debut=at("15:00"), agents=towards, qui=ANNE, now=NOW)

        return act

    ended = at_once(shell, [move(rdv_id) for rdv_id in ids])
    assert sorted(ended) == ["CreneauPris"] * 19 + ["done"]
    with transaction(shell.sessions) as session:
        assert len(taken(session)) == 21


@pytest.mark.parametrize("kind", ["postgres"])
def test_the_last_of_the_siblings_to_cancel_frees_the_time_though_both_do_at_once(shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        agenda = World(session, ref="59")
        rdv = placed(agenda, [agenda.agent("Durand")], at("14:00"), agenda.usager("Léa"), agenda.usager("Tom"))
        rdv_id, part_ids = rdv.id, [part.id for part in rdv.participations]

    def cancel(part_id: int) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            part = session.get_one(Participation, part_id)
            rdvs.cancel_by_usager(session, part, contact=MARIE, qui=BY_SMS, now=NOW)

        return act

    assert at_once(shell, [cancel(part_id) for part_id in part_ids]) == ["done", "done"]
    with transaction(shell.sessions) as session:
        assert session.get_one(Rdv, rdv_id).statut is EXCUSE
        assert [jusqu_a for _, _, jusqu_a in taken(session)] == [NOW + RESTORE]


@pytest.mark.parametrize("kind", ["postgres"])
def test_the_last_seat_is_taken_once_though_many_want_it(shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        agenda = World(session, ref="59")
        motif = agenda.new_motif("atelier", collectif=True)
        seance = placed(agenda, [agenda.agent("Durand")], at("14:00"), motif=motif)
        seance.places_max = 1
        rdv_id, ids = seance.id, [agenda.usager(f"Usager{number}").id for number in range(8)]

    def join(usager_id: int) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            usager = session.get_one(Usager, usager_id)
            rdvs.add_participant(session, session.get_one(Rdv, rdv_id), usager, qui=ANNE, now=NOW)

        return act

    assert sorted(at_once(shell, [join(one) for one in ids])) == ["SeanceComplete"] * 7 + ["done"]
