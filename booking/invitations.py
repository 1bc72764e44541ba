"""Invitations: an agent proposes an RDV, the usager chooses the day or declines."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, select, update
from sqlalchemy.orm import Session

from booking import avis
from booking.db import one_of
from booking.models import Agent, Invitation, InvitationEtat, Motif, Usager

OPEN_FOR = timedelta(days=30)
"""Time to find a day; later, an agent asks again rather than a forgotten message opening a diary."""


def invite(session: Session, usager: Usager, motif: Motif, *, agent: Agent, now: datetime) -> Invitation:
    """Propose an RDV of `motif` to `usager`, told as an avis; it opens the motif to them, online or not. It takes
    the place of an open invitation to the same motif."""
    session.execute(_still_open([usager.id], now).where(Invitation.motif_id == motif.id).values(expire_le=now))
    invitation = Invitation(usager=usager, motif=motif, agent=agent, faite_le=now, expire_le=now + OPEN_FOR)
    session.add(invitation)
    session.flush()
    avis.invited(session, invitation, now)
    return invitation


def open_one(
    session: Session, usager_ids: Collection[int], now: datetime, *, motif: Motif | None = None
) -> Invitation | None:
    """The latest open invitation of any of these people, to `motif` when given; None without one."""
    theirs = select(Invitation).where(*_open(usager_ids, now))
    if motif is not None:
        theirs = theirs.where(Invitation.motif_id == motif.id)
    return session.scalars(theirs.order_by(Invitation.faite_le.desc(), Invitation.id.desc()).limit(1)).first()


def take(session: Session, usager_ids: Collection[int], motif: Motif, now: datetime) -> None:
    """One of these people has booked `motif`: what invited them to it is answered."""
    answered = _still_open(usager_ids, now).where(Invitation.motif_id == motif.id)
    session.execute(answered.values(etat=InvitationEtat.PRISE))


def decline(session: Session, usager_ids: Collection[int], ref: str, now: datetime) -> None:
    """One of these people does not want the RDV proposed; nothing happens to an invitation answered before."""
    answered = _still_open(usager_ids, now).where(Invitation.ref == ref)
    session.execute(answered.values(etat=InvitationEtat.REFUSEE))


def _still_open(usager_ids: Collection[int], now: datetime) -> Update:
    return update(Invitation).where(*_open(usager_ids, now)).execution_options(synchronize_session="fetch")


def _open(usager_ids: Collection[int], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        one_of(Invitation.usager_id, usager_ids),
        Invitation.etat == InvitationEtat.OUVERTE,
        Invitation.expire_le > now,
    )
