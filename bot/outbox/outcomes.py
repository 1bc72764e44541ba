"""What becomes of a message that left: it only moves forward, and a refusal is acted upon once."""

import logging
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from booking import avis, traces
from booking.models import Usager
from bot.ledger import Contact, Outgoing, OutgoingState
from bot.outbox import whatsapp
from channels import Refusal

RANK = {
    OutgoingState.QUEUED: 0,
    OutgoingState.SENDING: 0,
    OutgoingState.UNKNOWN: 1,
    OutgoingState.SENT: 2,
    OutgoingState.DELIVERED: 3,
    OutgoingState.FAILED: 3,
    OutgoingState.DROPPED: 3,
}
"""A message only moves to a higher rank: a late "sent" never undoes a "delivered", nor a late "failed"."""
FLAGS = {Refusal.FINAL: "injoignable", Refusal.CONTENT: "contenu"}
"""What agents are told of a person whose message was refused."""

log = logging.getLogger(__name__)


def raise_to(row: Outgoing, state: OutgoingState, error_code: str | None, now: datetime) -> bool:
    """Move a message forward to `state`; whether it moved."""
    if RANK[state] <= RANK[row.state]:
        return False
    row.state, row.lease_until, row.settled_at = state, None, now
    row.error_code = error_code or row.error_code
    return True


def refused(session: Session, row: Outgoing, why: Refusal, code: str | None, now: datetime) -> None:
    """Do what a refusal that time does not cure asks for: close the address, heed the STOP, call an agent; what
    WhatsApp does not carry goes by SMS."""
    about = {"outgoing_id": row.id, "code": code}
    match why:
        case Refusal.LATER:
            return
        case Refusal.OURS:
            log.error("the provider refuses us: check the account and the sender", extra=about)
            return
        case Refusal.CONTENT:
            log.error("the provider refuses a text", extra=about)
        case Refusal.FINAL | Refusal.STOPPED:
            log.warning("the provider refuses a recipient", extra=about)
    contact = session.get_one(Contact, row.contact_id, with_for_update={"key_share": True}, populate_existing=True)
    if contact.channel == "whatsapp" and why is not Refusal.STOPPED:
        whatsapp.by_sms(session, row, now)
        return
    is_told = why is Refusal.FINAL and row.avis_id is not None and avis.tell_elsewhere(session, row.avis_id, now)
    if why is Refusal.STOPPED:
        contact.stopped_at = contact.stopped_at or now
    if why is Refusal.FINAL:
        _close(session, contact, code, now)
    if why in FLAGS and contact.flagged_at is None and not is_told:
        contact.flag, contact.flagged_at = FLAGS[why], now


def arrived(session: Session, row: Outgoing, now: datetime) -> None:
    """The person has received a message: the address works, and is still somebody's."""
    contact = session.get_one(Contact, row.contact_id, with_for_update={"key_share": True}, populate_existing=True)
    contact.seen_at = now
    contact.unreachable = contact.unreachable_at = None


def _close(session: Session, contact: Contact, code: str | None, now: datetime) -> None:
    """Nothing can be sent there."""
    contact.unreachable, contact.unreachable_at = code or "refus", now
    # A number gets a new owner; a chat, never.
    if contact.channel != "telegram":
        doubt(session, contact, now)


def doubt(session: Session, contact: Contact, now: datetime) -> None:
    """Agents have to ask everybody who is said to be at that address, and nothing is told there before."""
    traces.sign(session, traces.SYSTEME, now)
    people = session.scalars(select(Usager).where(reached_at(contact), Usager.a_reverifier.is_(None)))
    for person in people:
        person.a_reverifier = now


def reached_at(contact: Contact) -> ColumnElement[bool]:
    """Whether an usager is reached at that contact."""
    column = Usager.telegram if contact.channel == "telegram" else Usager.telephone
    return column == contact.address
