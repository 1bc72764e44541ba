"""What is read and written at the door: who is calling, locked for their turn, who answers them, the message kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, true, update
from sqlalchemy.orm import Session, aliased, contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from booking.db import insert_once, inserting
from booking.models import NumeroSms, Organisation
from booking.secteurs import organisation_for
from bot.ledger import Contact, Outgoing, Received, ReceivedState, Thread
from conversations.messages import Inbound

contact, thread, received = (cast(Table, model.__table__) for model in (Contact, Thread, Received))


@dataclass(frozen=True)
class Caller:
    """A contact that nobody else may take a turn of until the transaction ends. `texted`: the number of ours it
    writes to; `organisation` answers it, None in an empty database; `has_waiting`: messages of theirs that no turn
    has answered; `is_ours`: the address is one of our own numbers; `last_told`: what was last written to it;
    `received_id`: the message that it comes with, None when that was kept before."""

    contact: Contact
    texted: str | None
    organisation: Organisation | None
    has_waiting: bool
    is_ours: bool
    last_told: str | None
    received_id: int | None = None


def keep(session: Session, inbound: Inbound, **values: Any) -> Caller:
    """Keep a message, unless it was kept before, and tell who sends it, made the first time. `values`: the other
    columns of `Received`."""
    who = {"channel": inbound.channel, "address": inbound.sender}
    message = {
        "its_channel": inbound.channel,
        "its_provider_id": inbound.provider_id,
        "its_text": inbound.text,
        "its_came": inbound.came,
        "its_question": inbound.question,
        "its_tries": 0,
        "its_error": None,
        **{f"its_{name}": value for name, value in values.items()},
    }
    found = _lock_and_keep(session, who | message)
    if found is None:
        insert_once(session, Contact, **who)
        found = _lock_and_keep(session, who | message)
    assert found is not None, "it has just been made"
    contact_id, received_id = found
    return _read(session, contact_id, inbound.recipient, received_id)


def _lock_and_keep(session: Session, message: Mapping[str, Any]) -> tuple[int, int | None] | None:
    """The contact at an address, locked, and the message that was kept of it; None when there is no such contact."""
    dialect = session.get_bind().dialect.name
    if dialect != "sqlite":
        found = session.execute(_LOCK_AND_KEEP, message).first()
        return None if found is None else (found[0], found[1])
    contact_id = session.execute(_LOCK_BY_ADDRESS, message).scalar()
    if contact_id is None:
        return None
    return contact_id, session.execute(_KEEP, {**message, "its_contact_id": contact_id}).scalar()


def leave_waiting(session: Session, received_id: int) -> None:
    """A message that was kept waits behind others of its contact."""
    session.execute(_LEAVE_WAITING, {"its_id": received_id})


def caller_again(session: Session, contact_id: int) -> Caller:
    """Who has sent a message kept before."""
    session.execute(_LOCK_BY_ID, {"id": contact_id})
    return _read(session, contact_id, None)


def _read(session: Session, contact_id: int, texted: str | None, received_id: int | None = None) -> Caller:
    # Only once the lock is held: read by the statement that waits for it, the dialogue could be the one that whoever
    # held it has just changed.
    found = session.execute(_CALLER, {"id": contact_id, "texted": texted}).one()
    person, organisation = found[0], found[1]
    if organisation is None:
        organisation = organisation_for(session, person.address)
    return Caller(person, texted or person.texted, organisation, found[2], found[3], found[4], received_id)


def note(session: Session, caller: Contact, columns: Mapping[str, Any]) -> None:
    """Write columns of a contact, of those in `_NOTED`."""
    session.execute(_NOTE, _noted(caller, columns))


def close(
    session: Session,
    caller: Contact,
    columns: Mapping[str, Any],
    *,
    received_id: int,
    intent: str,
    state: Mapping[str, Any],
    asked_at: datetime,
) -> None:
    """Write how a turn leaves a contact: columns of it, of those in `_NOTED`, what its message was found to mean, and
    where the dialogue stands."""
    closed = {"its_received_id": received_id, "its_intent": intent, "its_state": state, "its_asked_at": asked_at}
    closed |= _noted(caller, columns)
    for statement in _closing(session.get_bind().dialect.name):
        session.execute(statement, closed)


def _noted(caller: Contact, columns: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in columns.items():
        # As if it had been read: the unit of work would take as long to see what changed as all the rest of a turn.
        set_committed_value(caller, name, value)
    return {"its_id": caller.id, **{f"its_{name}": getattr(caller, name) for name in _NOTED}}


# Written once: putting a statement together costs more than running it.


def _given(table: Table, columns: Iterable[str], prefix: str = "") -> dict[str, Any]:
    return {name: bindparam(f"{prefix}{name}", type_=table.c[name].type) for name in columns}


def _lock(*where: Any) -> Any:
    # What refers to the contact may be written meanwhile: only another turn has to wait.
    return select(contact.c.id).where(*where).with_for_update(key_share=True)


_LOCK_BY_ADDRESS = _lock(contact.c.channel == bindparam("channel"), contact.c.address == bindparam("address"))
_LOCK_BY_ID = _lock(contact.c.id == bindparam("id"))

_number = aliased(NumeroSms)
_WAITING = select(Received.id).where(Received.contact_id == Contact.id, Received.state == ReceivedState.WAITING)
_OURS = select(_number.numero).where(_number.numero == Contact.address)
_LAST_TOLD = select(Outgoing.text).where(Outgoing.contact_id == Contact.id).order_by(Outgoing.id.desc()).limit(1)
_CALLER = (
    select(
        Contact,
        Organisation,
        _WAITING.correlate(Contact).exists(),
        _OURS.correlate(Contact).exists(),
        _LAST_TOLD.correlate(Contact).scalar_subquery(),
    )
    .outerjoin(Contact.thread)
    .outerjoin(NumeroSms, NumeroSms.numero == func.coalesce(bindparam("texted"), Contact.texted))
    .outerjoin(NumeroSms.organisation)
    .outerjoin(Organisation.territoire)
    .options(contains_eager(Contact.thread), contains_eager(Organisation.territoire))
    .where(Contact.id == bindparam("id"))
)


_NOTED = (
    "texted", "seen_at", "stopped_at", "flag", "flagged_at", "heard_since", "heard", "silent_until", "echo", "echoes",
    "unheard", "discret", "held_until", "numero", "langue", "commune",
)  # fmt: skip
# A parameter that bears the name of a column would be written into it, wherever there is one of that name.
_NOTE = update(contact).where(contact.c.id == bindparam("its_id")).values(_given(contact, _NOTED, "its_"))


_KEPT = ("channel", "provider_id", "text", "came", "question", "received_at", "state", "tries", "error")
_KEEP = inserting("sqlite")(received).values(_given(received, (*_KEPT, "contact_id"), "its_"))
_KEEP = _KEEP.on_conflict_do_nothing().returning(received.c.id)
_LEAVE_WAITING = update(received).where(received.c.id == bindparam("its_id")).values(state=ReceivedState.WAITING)


def _locking_and_keeping() -> Any:
    """The same in one statement, where the database is a journey away."""
    locked = _LOCK_BY_ADDRESS.cte("locked")
    its = select(locked.c.id, *_given(received, _KEPT, "its_").values())
    kept = inserting("postgresql")(received).from_select(("contact_id", *_KEPT), its, include_defaults=False)
    kept = kept.on_conflict_do_nothing().returning(received.c.id).cte("kept")
    return select(locked.c.id, kept.c.id).select_from(locked.outerjoin(kept, true()))


_LOCK_AND_KEEP = _locking_and_keeping()


@cache
def _closing(dialect: str) -> tuple[Any, ...]:
    """What a turn writes at its end: in one statement where the database is a journey away."""
    understood = update(received).where(received.c.id == bindparam("its_received_id"))
    understood = understood.values(_given(received, ("intent",), "its_"))
    where: dict[str, Any] = {"contact_id": bindparam("its_id")}
    saved = inserting(dialect)(thread).values(where | _given(thread, ("state", "asked_at"), "its_"))
    again = {"state": saved.excluded.state, "asked_at": saved.excluded.asked_at}
    saved = saved.on_conflict_do_update(index_elements=["contact_id"], set_=again)
    if dialect == "sqlite":
        return _NOTE, understood, saved
    return (saved.add_cte(_NOTE.cte("noted"), understood.cte("understood")),)


def has_written_since(session: Session, contact_id: int, instant: datetime) -> bool:
    """Whether a message that came after `instant` has been taken already."""
    later = select(Received.id).where(
        Received.contact_id == contact_id,
        Received.state == ReceivedState.HANDLED,
        Received.received_at > instant,
    )
    return session.scalars(later.limit(1)).first() is not None
