"""What is read and written at the door: who is calling, locked for their turn, who answers them, the message kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update
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
    has answered; `is_ours`: the address is one of our own numbers; `last_told`: what was last written to it."""

    contact: Contact
    texted: str | None
    organisation: Organisation | None
    has_waiting: bool
    is_ours: bool
    last_told: str | None


def caller_of(session: Session, inbound: Inbound) -> Caller:
    """Who sends a message, made the first time."""
    who = {"channel": inbound.channel, "address": inbound.sender}
    contact_id = session.execute(_LOCK_BY_ADDRESS, who).scalar()
    if contact_id is None:
        insert_once(session, Contact, **who)
        contact_id = session.execute(_LOCK_BY_ADDRESS, who).scalar_one()
    return _read(session, contact_id, inbound.recipient)


def caller_again(session: Session, contact_id: int) -> Caller:
    """The same, for a message kept before."""
    session.execute(_LOCK_BY_ID, {"id": contact_id})
    return _read(session, contact_id, None)


def _read(session: Session, contact_id: int, texted: str | None) -> Caller:
    # Only once the lock is held: read by the statement that waits for it, the dialogue could be the one that whoever
    # held it has just changed.
    found = session.execute(_CALLER, {"id": contact_id, "texted": texted}).one()
    person, organisation = found[0], found[1]
    if organisation is None:
        organisation = organisation_for(session, person.address)
    return Caller(person, texted or person.texted, organisation, *found[2:])


def keep(session: Session, inbound: Inbound, contact_id: int, **values: Any) -> int | None:
    """Keep a message of a contact's; None when it was kept before, whoever else is keeping it. `values`: the other
    columns of `Received`."""
    kept = {
        "channel": inbound.channel,
        "provider_id": inbound.provider_id,
        "contact_id": contact_id,
        "text": inbound.text,
        "tries": 0,
        "error": None,
        **values,
    }
    return session.execute(_keeping(session.get_bind().dialect.name), kept).scalar()


def note(session: Session, caller: Contact, columns: Mapping[str, Any]) -> None:
    """Write columns of a contact, of those in `_NOTED`."""
    for name, value in columns.items():
        # As if it had been read: the unit of work would take as long to see what changed as all the rest of a turn.
        set_committed_value(caller, name, value)
    session.execute(_NOTE, {"caller": caller.id, **{name: getattr(caller, name) for name in _NOTED}})


def save(session: Session, caller: Contact, state: Mapping[str, Any], asked_at: datetime) -> None:
    """Write where the dialogue with a contact stands."""
    saved = {"contact_id": caller.id, "state": state, "asked_at": asked_at}
    session.execute(_saving(session.get_bind().dialect.name), saved)


# Written once: putting a statement together costs more than running it.


def _given(table: Table, columns: Iterable[str]) -> dict[str, Any]:
    return {name: bindparam(name, type_=table.c[name].type) for name in columns}


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
    "unheard",
)  # fmt: skip
_NOTE = update(contact).where(contact.c.id == bindparam("caller")).values(_given(contact, _NOTED))


@cache
def _keeping(dialect: str) -> Any:
    columns = ("channel", "provider_id", "contact_id", "text", "received_at", "state", "tries", "error")
    kept = inserting(dialect)(received).values(_given(received, columns))
    return kept.on_conflict_do_nothing().returning(received.c.id)


@cache
def _saving(dialect: str) -> Any:
    saved = inserting(dialect)(thread).values(_given(thread, ("contact_id", "state", "asked_at")))
    again = {"state": saved.excluded.state, "asked_at": saved.excluded.asked_at}
    return saved.on_conflict_do_update(index_elements=["contact_id"], set_=again)


def has_written_since(session: Session, contact_id: int, instant: datetime) -> bool:
    """Whether a message that came after `instant` has been taken already."""
    later = select(Received.id).where(
        Received.contact_id == contact_id,
        Received.state == ReceivedState.HANDLED,
        Received.received_at > instant,
    )
    return session.scalars(later.limit(1)).first() is not None
