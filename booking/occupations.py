"""The time of agents: taken, kept for a while, given back; one writer at a time in each diary."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, Delete, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking.db import one_of, refuse_overlap
from booking.errors import CreneauPris
from booking.models import Agent, Hold, Occupation, Rdv
from booking.spans import Span

LONGEST = timedelta(days=1)
"""The table sees to it that nothing lasts longer: what began before that is over."""

# Sessions rarely hold these rows, and verbs expire those they do.
_BESIDE = MappingProxyType({"synchronize_session": False})


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """All that is written in the block, or nothing of it when the time turns out to be taken: `CreneauPris`. The
    locks of the diaries leave with it, so that nobody holds one while waiting for another."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        refuse_overlap(error)


def take_for_hold(session: Session, hold: Hold, now: datetime) -> None:
    """Take the time that a hold keeps. Raises `CreneauPris`; belongs in `writing`."""
    _stand_in_line(session, [hold.agent_id], now)
    if _busy(session, [hold.agent_id], Span(hold.debut, hold.fin)):
        raise CreneauPris
    session.add(
        Occupation(
            agent_id=hold.agent_id, debut=hold.debut, fin=hold.fin, hold_id=hold.id, jusqu_a=hold.expire_le
        )
    )  # fmt: skip


def take_for_rdv(session: Session, rdv: Rdv, surreservation: str | None, now: datetime) -> None:
    """Take the time of each agent of a living RDV, in place of what it had. Where it is not free, raises
    `CreneauPris`, unless `surreservation` says why it is placed there nevertheless: it is kept only when it was
    needed. Belongs in `writing`."""
    agent_ids = [agent.id for agent in rdv.agents]
    _stand_in_line(session, agent_ids, now)
    busy = _busy(session, agent_ids, Span(rdv.debut, rdv.fin), but=rdv.id)
    if busy and surreservation is None:
        raise CreneauPris
    rdv.surreservation = surreservation if busy else None
    give_back(session, rdv)
    span = {"rdv_id": rdv.id, "debut": rdv.debut, "fin": rdv.fin}
    # RETURNING keeps psycopg out of its pipeline mode, which grumbles on stderr when refused.
    taking = insert(Occupation).returning(Occupation.id)
    session.execute(taking, [span | {"agent_id": id_, "en_plus": id_ in busy} for id_ in agent_ids])


def take_over(session: Session, kept: Hold) -> Occupation:
    """The time that a hold keeps, locked, for an RDV to have. Raises `CreneauPris` when it has just run out."""
    mine = select(Occupation).join(Hold, Hold.id == Occupation.hold_id).where(Hold.id == kept.id)
    taken = session.scalars(mine.with_for_update()).first()
    if taken is None:
        raise CreneauPris
    return taken


def pass_on(session: Session, taken: Occupation, kept: Hold, rdv: Rdv) -> None:
    """The time that a hold kept becomes the RDV's, all it has: it never is free in between."""
    give_back(session, rdv)
    taken.rdv_id, taken.hold_id, taken.jusqu_a = rdv.id, None, None
    session.flush()
    session.delete(kept)
    session.flush()


def give_back(session: Session, rdv: Rdv, *, le: datetime | None = None) -> None:
    """Let go of an RDV's time, at `le` or at once."""
    own = Occupation.rdv_id == rdv.id
    if le is None:
        session.execute(delete(Occupation).where(own), execution_options=_BESIDE)
    else:
        session.execute(update(Occupation).where(own).values(jusqu_a=le), execution_options=_BESIDE)
    session.expire(rdv, ["occupations"])


def are_kept(session: Session, rdv: Rdv, now: datetime) -> bool:
    """Whether an RDV that was given up may still have its time back."""
    return session.scalars(select(Occupation.id).where(*_kept(rdv, now)).limit(1)).first() is not None


def take_back(session: Session, rdv: Rdv, now: datetime) -> bool:
    """Take back what is kept of an RDV's time, whatever was placed over it; False when nothing is any more."""
    kept = update(Occupation).where(*_kept(rdv, now)).values(jusqu_a=None).returning(Occupation.id)
    is_back = bool(session.scalars(kept, execution_options=_BESIDE).all())
    session.expire(rdv, ["occupations"])
    return is_back


def _kept(rdv: Rdv, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Occupation.rdv_id == rdv.id, Occupation.jusqu_a > now


def forget_expired(session: Session, now: datetime) -> None:
    """Let go of all time that was kept until `now` or before, whoever's."""
    session.execute(_expired(now), execution_options=_BESIDE)


def _stand_in_line(session: Session, agent_ids: Collection[int], now: datetime) -> None:
    """One writer at a time in an agent's diary, several diaries always in the same order. PostgreSQL checks an
    exclusion after it has inserted: two writers of one créneau would wait for each other until one is shot as a
    deadlock, and with it its turn. The constraint knows no clock: what has expired leaves before somebody else
    comes in."""
    line = select(Agent.id).where(one_of(Agent.id, agent_ids)).order_by(Agent.id)
    session.execute(line.with_for_update(key_share=True))
    session.execute(_expired(now, agent_ids), execution_options=_BESIDE)


def _expired(now: datetime, agent_ids: Collection[int] | None = None) -> Delete:
    """What another writer is busy with is left to the next time: nobody waits to tidy up."""
    expired = select(Occupation.id).where(Occupation.jusqu_a <= now)
    if agent_ids is not None:
        expired = expired.where(one_of(Occupation.agent_id, agent_ids))
    return delete(Occupation).where(Occupation.id.in_(expired.with_for_update(skip_locked=True)))


def _busy(session: Session, agent_ids: Collection[int], span: Span, *, but: int | None = None) -> set[int]:
    """Which of these agents have something else to do, whatever the RDV `but` takes of their time. The database's
    own rule leaves out what is placed over; a writer does not."""
    taken = select(Occupation.agent_id).where(
        one_of(Occupation.agent_id, agent_ids),
        Occupation.debut > span.debut - LONGEST,
        Occupation.debut < span.fin,
        Occupation.fin > span.debut,
    )
    if but is not None:
        taken = taken.where(or_(Occupation.rdv_id.is_(None), Occupation.rdv_id != but))
    return set(session.scalars(taken))
