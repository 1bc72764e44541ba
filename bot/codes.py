"""Codes sent by SMS to a number that somebody typed in a chat: few, whoever asks and whoever has the number."""

import logging
import secrets
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.models import Usager
from bot import metrics, outbox, tallies
from bot.ledger import Contact, Priority
from bot.shell import Shell
from conversations.link import LASTS
from conversations.messages import Say
from conversations.phrases import Phrases

A_DAY = 3
"""From one chat, and to one number."""
AN_HOUR = 60
"""In all: more is somebody who makes us send SMS (security T08)."""

log = logging.getLogger(__name__)


def draw() -> str:
    """Six digits that nobody can guess."""
    return f"{secrets.randbelow(10**6):06}"


def send(
    session: Session,
    shell: Shell,
    contact: Contact,
    numero: str,
    said: Say,
    phrases: Phrases,
    *,
    cause: str,
    organisation_id: int,
) -> None:
    """Queue a code for a number that the contact typed, within the bounds, in the caller's transaction. It obeys STOP,
    the budget and the valve like all that nobody at that number asked for; whoever is never to be written to gets
    none. What the chat is told does not depend on it."""
    now = shell.clock()
    if _is_too_much(session, contact, numero, now):
        return metrics.reject("code")
    if session.scalars(select(Usager.id).where(Usager.telephone == numero, Usager.protege).limit(1)).first():
        return None
    to = outbox.contact_of(session, "sms", numero)
    return outbox.queue(
        session, shell, to, (said,), phrases,
        cause=cause, priority=Priority.NEWS, deadline=now + LASTS, organisation_id=organisation_id,
    )  # fmt: skip


def _is_too_much(session: Session, contact: Contact, numero: str, now: datetime) -> bool:
    """Count one more code, and tell whether it is one too many."""
    day, hour = (now.astimezone(UTC).strftime(period) for period in ("%Y-%m-%d", "%Y-%m-%dT%H"))
    to = sha256(numero.encode()).hexdigest()[:16]
    bounds = {(f"code:{contact.id}", day): A_DAY, (f"code:{to}", day): A_DAY, ("codes", hour): AN_HOUR}
    counts = tallies.add(session, dict.fromkeys(bounds, 1))
    if counts["codes", hour] == AN_HOUR + 1:
        log.error("too many codes are asked for")
    return any(counts[key] > bound for key, bound in bounds.items())
