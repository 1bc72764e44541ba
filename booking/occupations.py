"""The time of agents: taken, kept for a while, given back; one writer at a time in each diary."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import cast

from sqlalchemy import ColumnElement, Delete, Integer, Table, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking.db import one_of, refuse_overlap
from booking.errors import CreneauPris
from booking.models import Agent, Hold, Occupation, Rdv
from booking.spans import Span

agent, hold, table = (cast(Table, model.__table__) for model in (Agent, Hold, Occupation))

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
    """Take the time that a hold keeps. Raises `CreneauPris`; belongs in `writing`, once in line."""
    if _busy(session, [hold.agent_id], Span(hold.debut, hold.fin), now):
        raise CreneauPris
    taking = {"agent_id": hold.agent_id, "debut": hold.debut, "fin": hold.fin}
    session.execute(_TAKE_FOR_HOLD, taking | {"hold_id": hold.id, "jusqu_a": hold.expire_le})


def take_for_rdv(session: Session, rdv: Rdv, surreservation: str | None, now: datetime) -> None:
    """Take the time of each agent of a living RDV, in place of what it had. Where it is not free, raises
    `CreneauPris`, unless `surreservation` says why it is placed there nevertheless: it is kept only when it was
    needed. Belongs in `writing`."""
    agent_ids = [agent.id for agent in rdv.agents]
    stand_in_line(session, agent_ids, now)
    busy = _busy(session, agent_ids, Span(rdv.debut, rdv.fin), now, but=rdv.id)
    if busy and surreservation is None:
        raise CreneauPris
    rdv.surreservation = surreservation if busy else None
    give_back(session, rdv)
    span = {"rdv_id": rdv.id, "debut": rdv.debut, "fin": rdv.fin}
    session.execute(_TAKE_FOR_RDV, [span | {"agent_id": id_, "en_plus": id_ in busy} for id_ in agent_ids])


def take_over(session: Session, kept: Hold) -> int:
    """The time that a hold keeps, locked, for an RDV to have. Raises `CreneauPris` when it has just run out."""
    taken: int | None = session.execute(_OF_HOLD, {"hold": kept.id}).scalar()
    if taken is None:
        raise CreneauPris
    return taken


def pass_on(session: Session, taken: int, kept: Hold, rdv: Rdv) -> None:
    """The time that a hold kept becomes the RDV's: it never is free in between. What the RDV had before has been
    given back."""
    session.execute(_PASS_ON, {"taken": taken, "rdv": rdv.id})
    session.execute(_OVER, {"kept": kept.id})
    session.expunge(kept)
    session.expire(rdv, ["occupations"])


def share_out(session: Session, taken: int, kept: Hold, rdvs: Sequence[Rdv]) -> None:
    """The time that a hold kept becomes that of RDVs which follow each other in it. Belongs in `writing`."""
    first, *others = rdvs
    session.execute(update(table).where(table.c.id == taken).values(fin=first.fin))
    theirs = [{"rdv_id": rdv.id, "debut": rdv.debut, "fin": rdv.fin, "agent_id": kept.agent_id} for rdv in others]
    session.execute(_TAKE_FOR_RDV, [one | {"en_plus": False} for one in theirs])
    pass_on(session, taken, kept, first)


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
    session.execute(_EXPIRED, {"now": now})


def stand_in_line(session: Session, agent_ids: Collection[int], now: datetime) -> None:
    """One writer at a time in an agent's diary, several diaries always in the same order, before anything there is
    let go of or taken. PostgreSQL checks an exclusion after it has inserted: two writers of one créneau would wait for
    each other until one is shot as a deadlock, and with it its turn. The constraint knows no clock: what has expired
    leaves before somebody else comes in."""
    # SQLite has one writer for everything.
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_LINE, {"agents": agent_ids})
    session.execute(_LET_EXPIRE, {"agents": agent_ids, "now": now})


def _busy(
    session: Session, agent_ids: Collection[int], span: Span, now: datetime, *, but: int | None = None
) -> set[int]:
    """Which of these agents have something else to do, whatever the RDV `but` takes of their time. The database's
    own rule leaves out what is placed over; a writer does not. What has expired and is still there is being tidied up:
    whoever comes in waits for that, and is not told that the time is taken."""
    asked = {"agents": agent_ids, "earliest": span.debut - LONGEST, "debut": span.debut, "fin": span.fin, "now": now}
    return set(session.scalars(_BUSY, asked | {"but": but}))


# Written once: putting a statement together costs more than running it.


def _expired(*where: ColumnElement[bool]) -> Delete:
    """What another writer is busy with is left to the next time: nobody waits to tidy up."""
    expired = select(table.c.id).where(table.c.jusqu_a <= bindparam("now"), *where)
    return delete(table).where(table.c.id.in_(expired.with_for_update(skip_locked=True)))


_EXPIRED = _expired()
_LET_EXPIRE = _expired(one_of(table.c.agent_id, "agents"))
_LINE = (
    select(agent.c.id).where(one_of(agent.c.id, "agents")).order_by(agent.c.id).with_for_update(key_share=True)
)  # fmt: skip
_BUSY = select(table.c.agent_id).where(
    one_of(table.c.agent_id, "agents"),
    table.c.debut > bindparam("earliest"),
    table.c.debut < bindparam("fin"),
    table.c.fin > bindparam("debut"),
    or_(table.c.jusqu_a.is_(None), table.c.jusqu_a > bindparam("now")),
    or_(table.c.rdv_id.is_(None), table.c.rdv_id.is_distinct_from(bindparam("but", type_=Integer))),
)
# RETURNING keeps psycopg out of its pipeline mode, which grumbles on stderr when refused.
_TAKE_FOR_RDV = insert(table).returning(table.c.id)
_TAKE_FOR_HOLD = insert(table)
_OF_HOLD = select(table.c.id).where(table.c.hold_id == bindparam("hold")).with_for_update()
_PASS_ON = (
    update(table).where(table.c.id == bindparam("taken")).values(rdv_id=bindparam("rdv"), hold_id=None, jusqu_a=None)
)
_OVER = delete(hold).where(hold.c.id == bindparam("kept"))
