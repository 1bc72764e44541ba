"""The relay: an agent takes a conversation over from the bot, speaks in it, and hands it back."""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from booking.models import Agent, Usager
from bot import inbound as door
from bot import outbox
from bot.ledger import Contact
from bot.outbox.outcomes import reached_at
from bot.shell import Shell
from conversations import person
from conversations.langue import FRENCH
from conversations.phrases import Phrases
from conversations.understanding import Heard, Word

SILENCE = timedelta(hours=4)
"""After so long without a word of either, the bot answers again."""
QUESTION = "question"
"""Why a contact waits for a person: it wrote something that only an agent can answer."""
_TO_THE_BOT = (Word.STOP, Word.START)
"""What is for the bot whoever is talking."""


class NotHeld(Exception):
    """The conversation is not, or no longer, this agent's."""


class NeverWritten(Exception):
    """Nobody writes to this person: the contact is protected."""


def take(session: Session, contact_id: int, agent: Agent, now: datetime) -> bool:
    """Give the conversation to an agent, and silence the bot; False where another agent has it. Of two who ask at
    the same moment, one gets it; who has it already keeps it."""
    free = or_(Contact.held_until.is_(None), Contact.held_until <= now, Contact.held_by_id == agent.id)
    taking = update(Contact).where(Contact.id == contact_id, free)
    held = {"held_by_id": agent.id, "held_at": now, "held_until": now + SILENCE}
    return cast("CursorResult[Any]", session.execute(taking.values(held))).rowcount == 1


def answer(session: Session, shell: Shell, contact: Contact, agent: Agent, text: str, now: datetime) -> None:
    """Say an agent's own words to a contact that they have, under the name that people know them by: the person waits
    for nobody any more. Raises `NotHeld`, `NeverWritten`."""
    session.refresh(contact, with_for_update={"key_share": True})
    if not contact.is_held(now) or contact.held_by_id != agent.id:
        raise NotHeld
    here = select(Usager).where(reached_at(contact), Usager.territoire_id == agent.territoire_id)
    people = session.scalars(here.order_by(Usager.id)).all()
    if any(one.protege for one in people):
        raise NeverWritten
    is_discreet = any(one.discret for one in people) if people else contact.discret
    said = person.agent(f"{agent.prenom} {agent.nom}", text, discret=is_discreet)
    organisation = door.caller_again(session, contact.id).organisation
    assert organisation is not None, "an agent belongs to one"
    langue = people[0].langue if people else contact.langue or FRENCH
    phrases = Phrases(langue, organisation.territoire.zone)
    outbox.queue(
        session, shell, contact, (said,), phrases, cause=f"agent:{uuid4().hex}", organisation_id=organisation.id
    )
    contact.held_until = now + SILENCE
    contact.flag = contact.flagged_at = None


def hand_back(session: Session, contact_id: int, now: datetime) -> None:
    """Let the bot answer from now on: the person's next message finds the question that was open. They wait for
    nobody any more."""
    handing = update(Contact).where(Contact.id == contact_id, Contact.held_until > now)
    session.execute(handing.values(held_until=now, flag=None, flagged_at=None))


def is_back(contact: Contact, asked_at: datetime) -> bool:
    """Whether an agent had the conversation after the bot asked its question: the last word before an answer was not
    the bot's."""
    return contact.held_until is not None and asked_at <= contact.held_until


def is_for_the_agent(contact: Contact, text: str, now: datetime) -> bool:
    """Whether a message is left to the agent who has the conversation: all but STOP, START and what tells of danger."""
    if not contact.is_held(now):
        return False
    heard = Heard(text, now.replace(tzinfo=None))
    return not heard.is_alarm and heard.word not in _TO_THE_BOT


def kept(contact: Contact, now: datetime) -> dict[str, Any]:
    """What a message kept for the agent changes of its contact: it waits for an answer, and the agent has as long
    again to give it."""
    return {"held_until": now + SILENCE, **contact.waiting(QUESTION, now)}
