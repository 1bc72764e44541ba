"""Créneaux kept while somebody makes up their mind: keep one, let it go, forget those whose time is over."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, insert, select
from sqlalchemy.orm import Session, joinedload

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
    combien: int = 1,
) -> Hold:
    """Keep an agent's time for a contact during ten minutes, in place of what it kept for the same motif: that of
    `combien` RDVs, one after the other.
    Raises `CreneauPris` when the time is not free, `TropDeRetenues` at the third motif."""
    own = session.execute(_OWN, {"contact": contact}).all()
    if sum(1 for motif_id, _, until in own if motif_id != motif.id and until > now) >= HOLDS_PER_CONTACT:
        raise TropDeRetenues
    replaced = [kept_by for motif_id, kept_by, _ in own if motif_id == motif.id]
    with occupations.writing(session):
        occupations.stand_in_line(session, {agent_id, *replaced}, now)
        if replaced:
            session.execute(_RELEASE, {"contact": contact, "motif": motif.id})
        what = {"motif_id": motif.id, "lieu_id": lieu_id, "agent_id": agent_id}
        fin = debut + combien * timedelta(minutes=motif.duree_min)
        when = {"debut": debut, "fin": fin, "expire_le": now + HOLD}
        keeping = session.scalars(_KEEP, {"contact": contact, **what, **when}).one()
        occupations.take_for_hold(session, keeping, now)
    return keeping


def kept(session: Session, contact: str, motif: Motif, debut: datetime, now: datetime) -> Hold | None:
    """What a contact keeps of that hour; None when it keeps nothing there any more."""
    asked = {"contact": contact, "motif": motif.id, "debut": debut, "now": now}
    return session.scalars(_KEPT, asked).first()


def release(session: Session, contact: str, motif: Motif, now: datetime) -> None:
    """Let go of what a contact keeps for a motif."""
    replaced = [kept_by for motif_id, kept_by, _ in session.execute(_OWN, {"contact": contact}) if motif_id == motif.id]
    if replaced:
        occupations.stand_in_line(session, replaced, now)
        session.execute(_RELEASE, {"contact": contact, "motif": motif.id})


def forget_expired_holds(session: Session, now: datetime) -> None:
    """Let go of all that was kept until `now` or before: by holds, and for RDVs that might have been restored."""
    occupations.forget_expired(session, now)
    over = select(Hold.id).where(Hold.expire_le <= now, ~exists().where(Occupation.hold_id == Hold.id))
    session.execute(delete(Hold).where(Hold.id.in_(over.with_for_update(skip_locked=True))))


# Written once: putting a statement together costs more than running it.

_OWN = select(Hold.motif_id, Hold.agent_id, Hold.expire_le).where(Hold.contact == bindparam("contact"))
_KEEP = insert(Hold).returning(Hold)
_RELEASE = delete(Hold).where(Hold.contact == bindparam("contact"), Hold.motif_id == bindparam("motif"))
_KEPT = (
    select(Hold)
    .where(
        Hold.contact == bindparam("contact"),
        Hold.motif_id == bindparam("motif"),
        Hold.debut == bindparam("debut"),
        Hold.expire_le > bindparam("now"),
    )
    .options(joinedload(Hold.agent), joinedload(Hold.lieu))
)
