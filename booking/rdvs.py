"""The writes of the agenda: keep a créneau, let it go, book it, cancel it. Each is one transaction's worth."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking import avis, traces
from booking.db import refuse_overlap
from booking.errors import RdvPasse, TropDeRetenues
from booking.models import (
    Agent,
    AvisKind,
    Hold,
    Motif,
    Notification,
    Occupation,
    Participation,
    Rdv,
    Statut,
    Usager,
)

HOLD = timedelta(minutes=10)
HOLDS_PER_CONTACT = 2


def hold(
    session: Session,
    contact: str,
    motif: Motif,
    *,
    debut: datetime,
    lieu_id: int | None,
    agent_id: int,
    now: datetime,
) -> Hold:
    """Keep an agent's time for a contact during ten minutes, in place of what it kept for the same motif.
    Raises `CreneauPris` when the time is not free, `TropDeRetenues` at the third motif."""
    own = session.scalars(select(Hold).where(Hold.contact == contact, Hold.expire_le > now)).all()
    if sum(1 for other in own if other.motif_id != motif.id) >= HOLDS_PER_CONTACT:
        raise TropDeRetenues
    fin = debut + timedelta(minutes=motif.duree_min)
    try:
        with session.begin_nested():
            _stand_in_line(session, agent_id)
            _forget_expired(session, agent_id, now)
            session.execute(delete(Hold).where(Hold.contact == contact, Hold.motif_id == motif.id))
            kept = Hold(
                contact=contact, motif=motif, lieu_id=lieu_id, agent_id=agent_id,
                debut=debut, fin=fin, expire_le=now + HOLD,
            )  # fmt: skip
            session.add(kept)
            session.flush()
            session.add(Occupation(agent_id=agent_id, debut=debut, fin=fin, hold_id=kept.id, jusqu_a=kept.expire_le))
            session.flush()
    except IntegrityError as error:
        refuse_overlap(error)
    return kept


def _stand_in_line(session: Session, agent_id: int) -> None:
    """One writer at a time in an agent's diary. PostgreSQL checks an exclusion after it has inserted: two
    writers of one créneau would wait for each other until one is shot as a deadlock, and with it its turn. The
    lock leaves with the savepoint when the time is refused, so nobody holds one diary while waiting for another."""
    session.execute(select(Agent.id).where(Agent.id == agent_id).with_for_update(key_share=True))


def _forget_expired(session: Session, agent_id: int, now: datetime) -> None:
    """The constraint knows no clock: what has expired leaves before somebody else comes in."""
    session.execute(delete(Hold).where(Hold.agent_id == agent_id, Hold.expire_le <= now))


def release(session: Session, contact: str, motif: Motif) -> None:
    """Let go of what a contact keeps for a motif."""
    session.execute(delete(Hold).where(Hold.contact == contact, Hold.motif_id == motif.id))


def forget_expired_holds(session: Session, now: datetime) -> None:
    """Remove every hold whose time has passed."""
    session.execute(delete(Hold).where(Hold.expire_le <= now))


def book(
    session: Session,
    kept: Hold,
    participants: Sequence[Usager],
    *,
    cree_par: str,
    now: datetime,
    adresse: str | None = None,
) -> Rdv:
    """Turn a hold into an RDV: the time never becomes free in between. Writes the confirmation's avis."""
    notified = kept.motif.notification is Notification.VISIBLE_NOTIFIE
    rdv = Rdv(
        territoire_id=kept.motif.territoire_id, motif=kept.motif, lieu=kept.lieu, adresse=adresse,
        debut=kept.debut, fin=kept.fin, cree_par=cree_par, cree_le=now, agents=[kept.agent],
        prevenir_vie_du_rdv=notified, prevenir_rappel=notified,
        participations=[Participation(usager=usager, cree_par=cree_par) for usager in participants],
    )  # fmt: skip
    session.add(rdv)
    session.flush()
    occupation = session.scalars(select(Occupation).where(Occupation.hold_id == kept.id)).one()
    occupation.rdv_id, occupation.hold_id, occupation.jusqu_a = rdv.id, None, None
    session.flush()
    session.delete(kept)
    traces.note(session, rdv, cree_par, now, "statut", None, rdv.statut)
    for participation in rdv.participations:
        avis.plan(session, rdv, participation, AvisKind.CONFIRMATION, now)
    return rdv


def cancel_by_usager(session: Session, participation: Participation, *, qui: str, now: datetime) -> bool:
    """One person is not coming: excusé, and True when the motif's delay has passed. An individual RDV that
    nobody comes to any more is excusé too, and its time free at once; a séance goes on for the others. Raises
    `RdvPasse` once the RDV has begun."""
    rdv = participation.rdv
    if rdv.debut <= now:
        raise RdvPasse
    is_late = now > rdv.debut - timedelta(minutes=rdv.motif.delai_annulation_min)
    traces.note(session, rdv, qui, now, "participation", participation.statut, Statut.EXCUSE)
    participation.statut = Statut.EXCUSE
    if not rdv.motif.collectif and not any(one.statut.is_living for one in rdv.participations):
        _excuse(session, rdv, qui, now, is_late=is_late)
    session.flush()
    return is_late


def _excuse(session: Session, rdv: Rdv, qui: str, now: datetime, *, is_late: bool) -> None:
    traces.note(session, rdv, qui, now, "statut", rdv.statut, Statut.EXCUSE)
    rdv.statut, rdv.retard = Statut.EXCUSE, is_late
    rdv.version += 1
    session.execute(delete(Occupation).where(Occupation.rdv_id == rdv.id))


def count_to_come(session: Session, motif: Motif, usager_ids: Sequence[int], now: datetime) -> int:
    """How many RDVs to come these people have for a motif."""
    return (
        session.scalar(
            select(func.count(func.distinct(Rdv.id)))
            .join(Rdv.participations)
            .where(
                Rdv.motif_id == motif.id,
                Rdv.debut > now,
                Rdv.statut == Statut.INDETERMINE,
                Participation.usager_id.in_(usager_ids),
            )
        )
        or 0
    )
