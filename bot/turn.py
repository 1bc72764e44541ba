"""One inbound message is one transaction and one turn: stored first, then answered in the order of arrival."""

import logging
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from booking.db import insert_once, transaction
from booking.desk import Desk
from booking.secteurs import organisation_for
from bot import outbox
from bot.ledger import Contact, Received, ReceivedState, Thread
from bot.shell import Shell
from conversations.engine import Dialogue
from conversations.messages import Inbound, say
from conversations.phrases import Phrases
from conversations.reply import Reply, reply

TRIES = 3
"""How often a message may make our code fail before it is set aside."""

log = logging.getLogger(__name__)


def receive(shell: Shell, inbound: Inbound) -> bool:
    """Store an inbound message and wake its turn. False when the provider had already delivered it."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, inbound.channel, inbound.sender)
        contact.texted = inbound.recipient or contact.texted
        contact_id = contact.id
        is_new = insert_once(
            session,
            Received,
            channel=inbound.channel,
            provider_id=inbound.provider_id,
            contact_id=contact_id,
            text=inbound.text,
            received_at=now,
        )
    if is_new:
        shell.wake.turn(contact_id)
    return is_new


def drain(shell: Shell, contact_id: int) -> None:
    """Answer everything that waits from a contact, oldest first, then wake the delivery."""
    while take_next(shell, contact_id):
        shell.wake.delivery(contact_id)


def take_next(shell: Shell, contact_id: int) -> bool:
    """Answer the contact's oldest waiting message; False when none waits. A message that makes our code fail
    is tried again, three times in all, then set aside so that the ones behind it still go through."""
    try:
        with transaction(shell.sessions) as session:
            contact = session.get_one(Contact, contact_id, with_for_update=True)
            received = _oldest_waiting(session, contact_id)
            if received is None:
                return False
            take_turn(session, shell, contact, received)
            return True
    except OperationalError:
        # A database that is away or busy says nothing of the message: the sweep will try again.
        log.warning("database unavailable", extra={"contact_id": contact_id})
        return False
    except Exception:
        log.exception("turn failed", extra={"contact_id": contact_id})
        _count_failure(shell, contact_id)
        return True


def _oldest_waiting(session: Session, contact_id: int) -> Received | None:
    waiting = select(Received).where(Received.contact_id == contact_id, Received.state == ReceivedState.WAITING)
    return session.scalars(waiting.order_by(Received.id).limit(1)).first()


def take_turn(session: Session, shell: Shell, contact: Contact, received: Received) -> None:
    """Hear one message, act, save where the dialogue stands, queue what is said. The caller commits."""
    now = shell.clock()
    received.state = ReceivedState.HANDLED
    organisation = organisation_for(session, contact.texted, contact.address)
    if organisation is None:
        log.warning("no organisation to answer for", extra={"contact_id": contact.id})
        return
    desk = Desk(session, contact.channel, contact.address, organisation, now)
    answer = reply(_dialogue(contact.thread), received.text, desk)
    _save(contact, answer, now)
    phrases = Phrases(desk.langue, desk.zone)
    if not desk.is_protected:
        outbox.queue(
            session,
            shell,
            contact,
            answer.says,
            phrases,
            cause=f"received:{received.id}",
            answers=received.id,
        )
    outbox.answer_due(session, shell, contact, received.id)


def _dialogue(thread: Thread | None) -> Dialogue:
    return Dialogue.load(thread.state, thread.asked_at) if thread else Dialogue()


def _save(contact: Contact, answer: Reply, now: datetime) -> None:
    if contact.thread is None:
        contact.thread = Thread(contact_id=contact.id)
    contact.thread.state = answer.dialogue.save()
    contact.thread.asked_at = answer.dialogue.asked_at or now
    if answer.stopped is not None:
        contact.stopped_at = now if answer.stopped else None
    if answer.flag:
        contact.flag, contact.flagged_at = answer.flag, now


def _count_failure(shell: Shell, contact_id: int) -> None:
    """One more failed try for the message in front; the third sets it aside, says so, and calls an agent."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        contact = session.get_one(Contact, contact_id, with_for_update=True)
        received = _oldest_waiting(session, contact_id)
        if received is None:
            return
        received.tries += 1
        if received.tries < TRIES:
            return
        received.state = ReceivedState.SET_ASIDE
        contact.flag, contact.flagged_at = "panne", now
        outbox.queue(
            session, shell, contact, (say("anywhere.panne"),), Phrases("fr", ZoneInfo("Europe/Paris")),
            cause=f"received:{received.id}:aside", answers=received.id,
        )  # fmt: skip


def contacts_waiting(session: Session) -> Sequence[int]:
    """The contacts with a message that no turn has answered."""
    waiting = select(Received.contact_id).where(Received.state == ReceivedState.WAITING)
    return session.scalars(waiting.distinct()).all()
