"""Everything that leaves: queued in the transaction of its cause, delivered after it, receipts settled."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from booking import avis
from booking.db import insert_once, transaction
from booking.models import Avis, Usager
from bot.ledger import Contact, Outgoing, OutgoingState, Receipt
from bot.shell import Shell
from channels import SendFailed, SendUnknown
from conversations import notices
from conversations.messages import Outbound, Say
from conversations.phrases import Phrases

LEASE = timedelta(seconds=60)
"""How long a sender may keep a message before its outcome is taken as unknown; a provider call lasts 10 s at most."""
RETRY_AFTER = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800, 7200))
SETTLED_AS = {
    "sent": OutgoingState.SENT,
    "delivered": OutgoingState.DELIVERED,
    "read": OutgoingState.DELIVERED,
    "failed": OutgoingState.FAILED,
    "undelivered": OutgoingState.FAILED,
    "canceled": OutgoingState.FAILED,
}
"""The provider's words that change what we know; the others are kept and change nothing."""
RANK = {
    OutgoingState.QUEUED: 0,
    OutgoingState.SENDING: 0,
    OutgoingState.UNKNOWN: 1,
    OutgoingState.SENT: 2,
    OutgoingState.DELIVERED: 3,
    OutgoingState.FAILED: 3,
}
"""A message only moves to a higher rank: a late "sent" never undoes a "delivered"."""

log = logging.getLogger(__name__)


def queue(
    session: Session,
    shell: Shell,
    contact: Contact,
    says: tuple[Say, ...],
    phrases: Phrases,
    *,
    cause: str,
    answers: int | None = None,
) -> None:
    """Queue what is said to a contact, one row per message, in the caller's transaction. `cause` is unique: the
    same cause queued again breaks the transaction rather than telling somebody twice."""
    now = shell.clock()
    for place, (one, text, options) in enumerate(phrases.messages(says)):
        laid = shell.channels[contact.channel].layout(text)
        session.add(
            Outgoing(
                contact=contact,
                received_id=answers,
                cause=f"{cause}:{place}",
                kind=one.kind,
                sender=contact.texted,
                text=laid.text,
                options=list(options),
                segments=laid.segments,
                created_at=now,
                not_before=now,
            )
        )
    session.flush()


def queue_due(session: Session, shell: Shell) -> set[int]:
    """Turn the avis that are due into messages, and return the contacts to deliver to. A contact that said STOP
    is not written to."""
    contacts = set()
    for due in avis.claim_due(session, shell.clock()):
        contact = _contact_of(session, due)
        if contact is not None and contact.stopped_at is None:
            _tell(session, shell, contact, due)
            contacts.add(contact.id)
    return contacts


def answer_due(session: Session, shell: Shell, contact: Contact, received_id: int) -> None:
    """What the contact's own message has just caused is an answer to it: told at once, on the channel it came
    by, STOP or not."""
    people = session.scalars(select(Usager.id).where(_reached_at(contact))).all()
    for due in avis.claim_due(session, shell.clock(), of=people):
        _tell(session, shell, contact, due, answers=received_id)


def _reached_at(contact: Contact) -> ColumnElement[bool]:
    column = Usager.telegram if contact.channel == "telegram" else Usager.telephone
    return column == contact.address


def _tell(session: Session, shell: Shell, contact: Contact, due: Avis, *, answers: int | None = None) -> None:
    phrases = Phrases(due.destinataire.langue, due.rdv.motif.organisation.territoire.zone)
    says = notices.phrases(avis.facts(due))
    queue(session, shell, contact, says, phrases, cause=f"avis:{due.id}", answers=answers)


def _contact_of(session: Session, due: Avis) -> Contact | None:
    """Where a person is written to: by SMS when a number is known, else by Telegram."""
    person, organisation = due.destinataire, due.rdv.motif.organisation
    channel, address = ("sms", person.telephone) if person.telephone else ("telegram", person.telegram)
    if address is None:
        return None
    contact = contact_of(session, channel, address)
    if contact.texted is None and organisation.numeros:
        contact.texted = organisation.numeros[0].numero
    return contact


def contact_of(session: Session, channel: str, address: str) -> Contact:
    """The contact at that address, made the first time it is needed."""
    insert_once(session, Contact, channel=channel, address=address)
    return session.scalars(select(Contact).where(Contact.channel == channel, Contact.address == address)).one()


def deliver(shell: Shell, contact_id: int) -> int:
    """Send what waits for a contact, in order, and return how many left. No lock or connection is held while
    the provider is being called."""
    count = 0
    while message := _claim(shell, contact_id):
        _send(shell, message)
        count += 1
    return count


def _claim(shell: Shell, contact_id: int) -> Outgoing | None:
    """Take the contact's oldest queued message, unless another sender has one of its messages in hand."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        session.get_one(Contact, contact_id, with_for_update=True)
        in_hand = select(Outgoing.id).where(Outgoing.contact_id == contact_id, Outgoing.state == OutgoingState.SENDING)
        waiting = select(Outgoing).where(Outgoing.contact_id == contact_id, Outgoing.state == OutgoingState.QUEUED)
        if session.scalars(in_hand).first() is not None:
            return None
        message = session.scalars(waiting.order_by(Outgoing.id).limit(1)).first()
        if message is None or message.not_before > now:
            return None
        message.state = OutgoingState.SENDING
        message.lease_until = now + LEASE
        message.tries += 1
        _ = message.contact.address
        return message


def _send(shell: Shell, message: Outgoing) -> None:
    channel = shell.channels[message.contact.channel]
    try:
        provider_id = channel.send(
            Outbound(
                channel=message.contact.channel,
                sender=message.sender,
                recipient=message.contact.address,
                text=message.text,
                options=tuple(message.options),
                receipt_url=f"{shell.settings.public_url}/webhooks/twilio/status?m={message.ref}",
            )
        )
    except SendFailed as failure:
        _record_failure(shell, message, failure)
    except SendUnknown:
        log.warning("send outcome unknown", extra={"outgoing_id": message.id})
        _settle(shell, message.id, OutgoingState.UNKNOWN)
    else:
        _settle(shell, message.id, OutgoingState.SENT, provider_id=provider_id)


def _record_failure(shell: Shell, message: Outgoing, failure: SendFailed) -> None:
    log.warning("send failed", extra={"outgoing_id": message.id, "code": failure.code})
    if not failure.retry or message.tries > len(RETRY_AFTER):
        _settle(shell, message.id, OutgoingState.FAILED, error_code=failure.code)
        return
    with transaction(shell.sessions) as session:
        row = session.get_one(Outgoing, message.id, with_for_update=True)
        row.state, row.lease_until = OutgoingState.QUEUED, None
        row.not_before = shell.clock() + RETRY_AFTER[message.tries - 1]
        row.error_code = failure.code


def _settle(
    shell: Shell,
    outgoing_id: int,
    state: OutgoingState,
    *,
    provider_id: str | None = None,
    error_code: str | None = None,
) -> None:
    with transaction(shell.sessions) as session:
        row = session.get_one(Outgoing, outgoing_id, with_for_update=True)
        row.provider_id = provider_id or row.provider_id
        _raise_to(row, state, error_code, shell.clock())


def _raise_to(row: Outgoing, state: OutgoingState, error_code: str | None, now: datetime) -> None:
    if RANK[state] <= RANK[row.state]:
        return
    row.state, row.lease_until, row.settled_at = state, None, now
    row.error_code = error_code or row.error_code


def record_receipt(shell: Shell, *, provider_id: str, status: str, error_code: str | None, ref: str | None) -> None:
    """Keep what a provider says of a message and move its state forward, never back. A receipt may come before
    the answer to our own send: `ref`, our name in the callback URL, finds the row all the same."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        by_name = Outgoing.ref == ref if ref else Outgoing.provider_id == provider_id
        row = session.scalars(select(Outgoing).where(by_name).with_for_update()).first()
        session.add(
            Receipt(
                outgoing_id=row.id if row else None,
                provider_id=provider_id[:80],
                status=status[:40],
                error_code=error_code,
                received_at=now,
            )
        )
        if row is None:
            return
        row.provider_id = row.provider_id or provider_id[:80]
        state = SETTLED_AS.get(status)
        if state is not None:
            _raise_to(row, state, error_code, now)


def contacts_waiting(session: Session, now: datetime) -> Sequence[int]:
    """The contacts to whom something queued is due."""
    due = select(Outgoing.contact_id).where(Outgoing.state == OutgoingState.QUEUED, Outgoing.not_before <= now)
    return session.scalars(due.distinct()).all()


def abandon_expired_leases(shell: Shell) -> None:
    """A message whose sender died in mid-call may have left: its outcome is unknown, it is not sent again."""
    with transaction(shell.sessions) as session:
        session.execute(
            update(Outgoing)
            .where(Outgoing.state == OutgoingState.SENDING, Outgoing.lease_until < shell.clock())
            .values(state=OutgoingState.UNKNOWN, lease_until=None)
        )
