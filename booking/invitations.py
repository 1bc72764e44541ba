"""Invitations: an agent proposes an RDV, the usager chooses the day or declines."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from booking import avis
from booking.db import one_of
from booking.models import Agent, Invitation, InvitationEtat, Motif, Usager

OPEN_FOR = timedelta(days=30)
"""Time to find a day; later, an agent asks again rather than a forgotten message opening a diary."""


def invite(session: Session, usager: Usager, motif: Motif, *, agent: Agent, now: datetime) -> Invitation:
    """Propose an RDV of `motif` to `usager`, told as an avis; it opens the motif to them, online or not. It takes
    the place of an open invitation to the same motif."""
    for replaced in _still_open(session, [usager.id], now, motif=motif):
        replaced.expire_le = now
    invitation = Invitation(usager=usager, motif=motif, agent=agent, faite_le=now, expire_le=now + OPEN_FOR)
    session.add(invitation)
    session.flush()
    avis.invited(session, invitation, now)
    return invitation


def open_one(
    session: Session, usager_ids: Collection[int], now: datetime, *, motif: Motif | None = None
) -> Invitation | None:
    """The latest open invitation of any of these people, to `motif` when given; None without one."""
    return next(iter(_still_open(session, usager_ids, now, motif=motif)), None)


def take(session: Session, usager_ids: Collection[int], motif: Motif, now: datetime) -> None:
    """One of these people has booked `motif`: what invited them to it is answered."""
    for invitation in proposed(session, usager_ids, now):
        if invitation.motif is motif:
            invitation.etat = InvitationEtat.PRISE


def decline(session: Session, usager_ids: Collection[int], ref: str, now: datetime) -> None:
    """One of these people does not want the RDV proposed; nothing happens to an invitation answered before."""
    for invitation in _still_open(session, usager_ids, now):
        if invitation.ref == ref:
            invitation.etat = InvitationEtat.REFUSEE


def proposed(session: Session, usager_ids: Collection[int], now: datetime) -> Sequence[Invitation]:
    """What was proposed to these people and not taken, refused or not, until it expires; the latest first. Who said no
    may change their mind."""
    return session.scalars(_PROPOSED, {"usagers": usager_ids, "now": now}).all()


def _still_open(
    session: Session, usager_ids: Collection[int], now: datetime, *, motif: Motif | None = None
) -> Sequence[Invitation]:
    """The open invitations of these people, to `motif` when given, the latest first."""
    asked = {"usagers": usager_ids, "now": now, "motif": motif.id if motif else None}
    return session.scalars(_OPEN, asked).all()


# Written once: putting a statement together costs more than running it.
_OPEN = (
    select(Invitation)
    .where(
        one_of(Invitation.usager_id, "usagers"),
        Invitation.etat == InvitationEtat.OUVERTE,
        Invitation.expire_le > bindparam("now"),
        Invitation.motif_id == func.coalesce(bindparam("motif", type_=Integer), Invitation.motif_id),
    )
    .order_by(Invitation.faite_le.desc(), Invitation.id.desc())
)
_PROPOSED = (
    select(Invitation)
    .where(
        one_of(Invitation.usager_id, "usagers"),
        Invitation.etat != InvitationEtat.PRISE,
        Invitation.expire_le > bindparam("now"),
    )
    .order_by(Invitation.faite_le.desc(), Invitation.id.desc())
)
