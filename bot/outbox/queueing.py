"""What is said becomes rows that leave: queued in the transaction of its cause, which is unique."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from booking import avis
from booking.db import insert_once
from booking.models import Usager
from bot.ledger import Contact, Outgoing, Priority
from bot.limits import may_write_to
from bot.shell import Shell
from conversations import notices
from conversations.messages import Say
from conversations.phrases import Phrases
from conversations.quick import quick

ANSWER_USEFUL = timedelta(hours=1)
"""For how long an answer may leave: later, whoever asked has asked again, or called."""

_INSERT = insert(cast(Table, Outgoing.__table__))


def queue(
    session: Session,
    shell: Shell,
    contact: Contact,
    says: tuple[Say, ...],
    phrases: Phrases,
    *,
    cause: str,
    answers: int | None = None,
    priority: Priority = Priority.REPLY,
    deadline: datetime | None = None,
    avis_id: int | None = None,
    organisation_id: int | None = None,
    question: str | None = None,
) -> None:
    """Queue what is said to a contact, one row per message, in the caller's transaction; nothing to an address
    that is not to be written to. `cause` is unique: the same cause queued again breaks the transaction rather than
    telling somebody twice. Past its `deadline` a message is not sent (of an answer that has none, `ANSWER_USEFUL`
    after it is queued); nor when the avis it tells is no longer true. `question`: the mark of the one that is open
    now, which its buttons answer; without one it has none."""
    if not may_write_to(contact.address):
        return
    if deadline is None and answers is not None:
        deadline = shell.clock() + ANSWER_USEFUL
    about = {
        "received_id": answers,
        "priority": priority,
        "deadline": deadline,
        "avis_id": avis_id,
        "organisation_id": organisation_id,
        "question": question,
    }
    rows = lay_out(shell, contact, says, phrases, cause=cause, sender=contact.texted, about=about)
    if rows:
        session.flush()
        session.execute(_INSERT, rows if len(rows) > 1 else rows[0])


def lay_out(
    shell: Shell,
    contact: Contact,
    says: Sequence[Say],
    phrases: Phrases,
    *,
    cause: str,
    sender: str | None,
    about: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """What is said as rows of `Outgoing`, one per message, each with its place in its cause."""
    now = shell.clock()
    rows = []
    for place, (one, text, options) in enumerate(phrases.messages(says)):
        laid = shell.channels[contact.channel].layout(text)
        has_words = contact.channel == "telegram" and about["question"] is not None and not one.asks_number
        words = quick(text, phrases.langue) if has_words else ()
        rows.append(
            {
                **about,
                "contact_id": contact.id,
                "cause": f"{cause}:{place}",
                "kind": one.kind,
                "sender": sender,
                "text": laid.text,
                "options": list(options),
                "question": about["question"] if options or words else None,
                "quick": list(words),
                "asks_number": one.asks_number,
                "segments": laid.segments,
                "created_at": now,
                "not_before": now,
            }
        )
    return rows


def answer_due(
    session: Session, shell: Shell, contact: Contact, received_id: int, *, question: str | None = None
) -> None:
    """What the contact's own message has just caused is an answer to it: told at once, on the channel it came
    by, STOP or not; `question` as in `queue`."""
    if not avis.has_caused(session):
        return
    people = session.scalars(_REACHED[contact.channel == "telegram"], {"address": contact.address}).all()
    for due in avis.claim_due(session, shell.clock(), of=people):
        facts = avis.facts(due)
        queue(
            session,
            shell,
            contact,
            notices.phrases(facts),
            Phrases(facts.langue, facts.zone),
            cause=cause_of(due.id, contact),
            answers=received_id,
            deadline=due.limite,
            avis_id=due.id,
            organisation_id=facts.organisation_id,
            question=question,
        )


def cause_of(avis_id: int, contact: Contact) -> str:
    """An avis is told once on a channel: on another, where one turns out to be no good."""
    return f"avis:{avis_id}" if contact.channel == "sms" else f"avis:{avis_id}:{contact.channel}"


# Written once: putting a statement together costs more than running it.
_REACHED = {
    is_telegram: select(Usager.id).where(column == bindparam("address"))
    for is_telegram, column in ((True, Usager.telegram), (False, Usager.telephone))
}


def contact_of(session: Session, channel: str, address: str) -> Contact:
    """The contact at that address, made the first time it is needed."""
    insert_once(session, Contact, channel=channel, address=address)
    return session.scalars(select(Contact).where(Contact.channel == channel, Contact.address == address)).one()
