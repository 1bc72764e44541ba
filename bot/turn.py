"""One inbound message is one turn in one transaction: kept, heard and answered in the order of arrival, once."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from booking.db import reading, transaction
from booking.desk import Desk
from booking.models import Organisation
from bot import codes, limits, metrics, outbox, recovery, relay
from bot import inbound as door
from bot.inbound import Caller
from bot.ledger import Contact, Outgoing, Received, ReceivedState
from bot.limits import Room
from bot.shell import Shell
from channels import Channel, SendError
from conversations.engine import Dialogue
from conversations.gestures import respond
from conversations.langue import FRENCH
from conversations.messages import Came, Inbound, Say, say
from conversations.person import toujours_perdu
from conversations.phrases import Phrases
from conversations.reply import Reply
from conversations.understanding import Heard, Word

TRIES = 3
"""How often a message may make our code fail before it is set aside."""
LATE = timedelta(hours=1)
"""A message that waited longer, with us or at the provider while we were away, answers no question any more: whoever
wrote "oui" then has called since, or gone elsewhere."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When a question that nobody may answer any more was asked."""
PARIS = ZoneInfo("Europe/Paris")

log = logging.getLogger(__name__)


class TurnFailed(Exception):
    """A turn could not be taken, and why is its cause: the message is kept, to be tried again."""

    @property
    def is_the_message(self) -> bool:
        """Whether the message may be what fails: a database that is away or busy says nothing of it."""
        return not isinstance(self.__cause__, OperationalError)

    @property
    def kind(self) -> str:
        return type(self.__cause__).__name__


@dataclass(frozen=True)
class Message:
    """One message kept: its row, its words, when it came, and how: `question` as in `Inbound`."""

    id: int
    text: str
    received_at: datetime
    came: Came = Came.TEXT
    question: str | None = None


def receive(shell: Shell, inbound: Inbound, *, came_at: datetime | None = None) -> bool:
    """Keep an inbound message and take its turn, in one commit; where others of the same contact wait, it waits
    behind them. False when the provider had already delivered it. `came_at`: when it came, if not just now.

    A message that makes our code fail is kept all the same, for the background to try again; a database that is away
    raises, and nothing is done."""
    came_at = came_at or shell.clock()
    try:
        with transaction(shell.sessions) as session:
            caller = door.keep(session, inbound, state=ReceivedState.HANDLED, received_at=came_at)
            _take_in(session, shell, caller, inbound, came_at)
    except TurnFailed as failure:
        tried = {"tries": int(failure.is_the_message), "error": failure.kind}
        with transaction(shell.sessions) as session:
            caller = door.keep(session, inbound, state=ReceivedState.WAITING, received_at=came_at, **tried)
        _log(failure, caller.contact.id)
        shell.wake.turn(caller.contact.id)
        return caller.received_id is not None
    if caller.has_waiting:
        shell.wake.turn(caller.contact.id)
    else:
        # For a message delivered again too: what was answered to it may not have left.
        shell.wake.delivery(caller.contact.id)
    return caller.received_id is not None


def _take_in(session: Session, shell: Shell, caller: Caller, inbound: Inbound, came_at: datetime) -> None:
    """Take the turn of a message that is new, unless others wait before it."""
    received_id = caller.received_id
    if received_id is not None and caller.has_waiting:
        door.leave_waiting(session, received_id)
    elif received_id is not None:
        message = Message(received_id, inbound.text, came_at, inbound.came, inbound.question)
        take_turn(session, shell, caller, message)


def drain(shell: Shell, contact_id: int) -> None:
    """Answer everything that waits from a contact, oldest first, and wake the delivery."""
    while take_next(shell, contact_id):
        shell.wake.delivery(contact_id)


def take_next(shell: Shell, contact_id: int) -> bool:
    """Answer the contact's oldest waiting message; False when none waits. A message that makes our code fail
    is tried again, three times in all, then set aside so that the ones behind it still go through."""
    try:
        with transaction(shell.sessions) as session:
            caller = door.caller_again(session, contact_id)
            received = _oldest_waiting(session, contact_id) if caller.has_waiting else None
            if received is None:
                return False
            received.state = ReceivedState.HANDLED
            take_turn(session, shell, caller, _kept(received))
            return True
    except OperationalError:
        log.warning("database unavailable", extra={"contact_id": contact_id})
        return False
    except TurnFailed as failure:
        _log(failure, contact_id)
        if failure.is_the_message:
            _count_failure(shell, contact_id, failure)
        # The sweep comes back to what the database failed.
        return failure.is_the_message


def _log(failure: TurnFailed, contact_id: int) -> None:
    if failure.is_the_message:
        log.error("turn failed", exc_info=failure.__cause__, extra={"contact_id": contact_id})
    else:
        log.warning("database unavailable", extra={"contact_id": contact_id})


def _kept(received: Received) -> Message:
    return Message(received.id, received.text, received.received_at, Came(received.came), received.question)


def _oldest_waiting(session: Session, contact_id: int) -> Received | None:
    waiting = select(Received).where(Received.contact_id == contact_id, Received.state == ReceivedState.WAITING)
    return session.scalars(waiting.order_by(Received.id).limit(1)).first()


def take_turn(session: Session, shell: Shell, caller: Caller, message: Message) -> None:
    """Hear one message, act, save where the dialogue stands, queue what is said. The caller commits; raises
    `TurnFailed`."""
    try:
        _take_turn(session, shell, caller, message)
        session.flush()
    except Exception as error:
        raise TurnFailed from error


def _take_turn(session: Session, shell: Shell, caller: Caller, message: Message) -> None:
    now = shell.clock()
    contact, organisation = caller.contact, caller.organisation
    if relay.is_for_the_agent(contact, message.text, now):
        return door.note(session, contact, {"texted": caller.texted, "seen_at": now, **relay.kept(contact, now)})
    counted = limits.count(contact, message.text, now, last_told=caller.last_told)
    noted = {"texted": caller.texted, "seen_at": now, **counted.columns}
    if caller.is_ours or not limits.may_write_to(contact.address):
        metrics.reject("address")
        return door.note(session, contact, noted)
    if organisation is None:
        log.warning("no organisation to answer for", extra={"contact_id": contact.id})
        return door.note(session, contact, noted)
    room = Room.URGENT if _is_overtaken(session, contact, message, now) else counted.room
    if room is not Room.ALL and not _is_urgent(message.text, now):
        door.note(session, contact, noted)
        if room is Room.NOTICE:
            _queue(session, shell, contact, organisation, message, (say("anywhere.trop"),), _phrases(contact))
        return None
    desk = Desk(
        session, contact.channel, contact.address, organisation, now, discreet=contact.discret, langue=contact.langue,
        commune=contact.commune,
        numero=contact.numero,
    )  # fmt: skip
    dialogue = _dialogue(contact, is_late=now - message.received_at >= LATE)
    answer = respond(
        dialogue, message.text, desk,
        came=message.came, question=message.question, code=codes.draw() if desk.is_chat else "",
        is_first=contact.seen_at is None,
    )  # fmt: skip
    desk.wrote_here()
    unheard = _unheard(session, contact, desk, answer, now)
    if unheard == limits.UNHEARD:
        answer = replace(answer, says=(toujours_perdu(desk),), flag=answer.flag or "incompris")
    is_stopped_again = answer.stopped and contact.stopped_at is not None
    learnt = {"unheard": unheard, "langue": desk.langue_kept, "numero": desk.numero, "commune": desk.commune_kept}
    door.close(
        session, contact, noted | learnt | _changed(contact, answer, now),
        received_id=message.id, intent=answer.intent,
        state=answer.dialogue.save(), asked_at=answer.dialogue.asked_at or now,
    )  # fmt: skip
    # What was just done is told before the next question.
    mark = answer.dialogue.mark if desk.is_chat else None
    outbox.answer_due(session, shell, contact, message.id, question=mark)
    is_silent = desk.is_protected or is_stopped_again
    if room is not Room.NO_ANSWER and unheard <= limits.UNHEARD and not is_silent:
        _queue(
            session, shell, contact, organisation, message, answer.says, Phrases(answer.langue, desk.zone),
            question=mark,
        )  # fmt: skip
        if answer.elsewhere is not None:
            codes.send(
                session, shell, contact, *answer.elsewhere, Phrases(answer.langue, desk.zone),
                cause=f"received:{message.id}:code", organisation_id=organisation.id,
            )  # fmt: skip
    return None


def _unheard(session: Session, contact: Contact, desk: Desk, answer: Reply, now: datetime) -> int:
    """How many messages in a row of an unknown number were not understood, this one included; none of a known one's
    count."""
    is_unknown, is_first = not desk.people(), contact.seen_at is None
    in_crowd = is_first and limits.is_crowd(session, contact.address, now, unknown=is_unknown)
    return limits.unheard(contact, understood=answer.understood, in_crowd=in_crowd) if is_unknown else 0


def _changed(contact: Contact, answer: Reply, now: datetime) -> dict[str, Any]:
    """What a reply changes of its contact."""
    changed: dict[str, Any] = {}
    if answer.stopped is not None:
        changed["stopped_at"] = now if answer.stopped else None
    if answer.discreet:
        changed["discret"] = True
    if answer.flag:
        changed |= contact.waiting(answer.flag, now)
    return changed


def _is_urgent(text: str, now: datetime) -> bool:
    """Whether a message is heard whatever its number: it says stop, or tells of danger (T07)."""
    heard = Heard(text, now.replace(tzinfo=None))
    return heard.is_alarm or Word.STOP in (heard.word, heard.meant)


def _is_overtaken(session: Session, contact: Contact, message: Message, now: datetime) -> bool:
    """Whether a message comes to us after later ones were answered: what it asked for is no longer what is being
    talked about."""
    if now - message.received_at < LATE:
        return False
    return door.has_written_since(session, contact.id, message.received_at)


def _dialogue(contact: Contact, *, is_late: bool) -> Dialogue:
    thread = contact.thread
    if thread is None:
        return Dialogue()
    dialogue = Dialogue.load(thread.state, thread.asked_at)
    if is_late:
        return replace(dialogue, asked_at=LONG_AGO)
    return replace(dialogue, is_cold=relay.is_back(contact, thread.asked_at))


def _phrases(contact: Contact) -> Phrases:
    """What is said before anything else is known than the contact: no day nor hour is read aloud in it."""
    return Phrases(contact.langue or FRENCH, PARIS)


def _queue(
    session: Session,
    shell: Shell,
    contact: Contact,
    organisation: Organisation,
    message: Message,
    says: tuple[Say, ...],
    phrases: Phrases,
    *,
    question: str | None = None,
) -> None:
    outbox.queue(
        session, shell, contact, says, phrases,
        cause=f"received:{message.id}", answers=message.id, organisation_id=organisation.id,
        question=question,
    )  # fmt: skip


def _count_failure(shell: Shell, contact_id: int, failure: TurnFailed) -> None:
    """One more failed try for the message in front; the third sets it aside, says so, and calls an agent."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        contact = door.caller_again(session, contact_id).contact
        received = _oldest_waiting(session, contact_id)
        if received is None:
            return
        received.tries += 1
        received.error = failure.kind
        if received.tries < TRIES:
            return
        received.state = ReceivedState.SET_ASIDE
        for name, value in contact.waiting("panne", now).items():
            setattr(contact, name, value)
        _apologise(session, shell, contact, received.id)


def _apologise(session: Session, shell: Shell, contact: Contact, received_id: int) -> None:
    """Say that something broke, once, however often the message is replayed."""
    cause = f"received:{received_id}:aside"
    if session.scalars(select(Outgoing.id).where(Outgoing.cause.startswith(cause))).first() is None:
        phrases = _phrases(contact)
        outbox.queue(session, shell, contact, (say("anywhere.panne"),), phrases, cause=cause, answers=received_id)


def replay(shell: Shell, received_id: int) -> bool:
    """Put a message that was set aside back in its line, with as many tries as a new one; False when it is not set
    aside."""
    with transaction(shell.sessions) as session:
        aside = select(Received).where(Received.id == received_id, Received.state == ReceivedState.SET_ASIDE)
        received = session.scalars(aside.with_for_update()).first()
        if received is None:
            return False
        received.state, received.tries = ReceivedState.WAITING, 0
        contact_id = received.contact_id
    shell.wake.turn(contact_id)
    return True


def reconcile(shell: Shell) -> int:
    """Take in what the providers have of people's messages and no webhook brought, by the path of any other, and
    return how many there were. A provider that cannot be asked now is asked again about the same time."""
    now = shell.clock()
    with reading(shell.sessions) as session:
        since = recovery.since(session, now)
    try:
        missed = [one for channel in set(shell.channels.values()) for one in _missed(shell, channel, since, now)]
    except SendError as error:
        log.warning("messages received cannot be listed", extra={"code": error.code})
        return 0
    count = sum(receive(shell, inbound, came_at=came_at) for inbound, came_at in missed)
    with transaction(shell.sessions) as session:
        recovery.note(session, now, count)
    return count


def _missed(shell: Shell, channel: Channel, since: datetime, now: datetime) -> Iterator[tuple[Inbound, datetime]]:
    """What never reached us since then, oldest first, and when it came, as far as it matters: now, or too long ago
    to answer a question."""
    with reading(shell.sessions) as session:
        missed = recovery.unknown(session, channel.recent(since))
    if not missed:
        return
    fresh = {inbound.provider_id for inbound in channel.recent(now - LATE)}
    for inbound in missed:
        yield inbound, now if inbound.provider_id in fresh else now - LATE


def contacts_waiting(session: Session) -> Sequence[int]:
    """The contacts with a message that no turn has answered."""
    waiting = select(Received.contact_id).where(Received.state == ReceivedState.WAITING)
    return session.scalars(waiting.distinct()).all()
