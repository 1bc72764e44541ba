"""Créneaux kept while somebody makes up their mind: keep one, let it go, forget those whose time is over."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from booking import occupations
from booking.errors import TropDeRetenues
from booking.models import Hold, Motif, Occupation

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
    with occupations.writing(session):
        release(session, contact, motif)
        kept = Hold(
            contact=contact, motif=motif, lieu_id=lieu_id, agent_id=agent_id,
            debut=debut, fin=debut + timedelta(minutes=motif.duree_min), expire_le=now + HOLD,
        )  # fmt: skip
        session.add(kept)
        session.flush()
        occupations.take_for_hold(session, kept, now)
    return kept


def release(session: Session, contact: str, motif: Motif) -> None:
    """Let go of what a contact keeps for a motif."""
    session.execute(delete(Hold).where(Hold.contact == contact, Hold.motif_id == motif.id))


def forget_expired_holds(session: Session, now: datetime) -> None:
    """Let go of all that was kept until `now` or before: by holds, and for RDVs that might have been restored."""
    occupations.forget_expired(session, now)
    over = select(Hold.id).where(Hold.expire_le <= now, ~exists().where(Occupation.hold_id == Hold.id))
    session.execute(delete(Hold).where(Hold.id.in_(over.with_for_update(skip_locked=True))))
