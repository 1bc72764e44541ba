"""WhatsApp's day: for so long after a person wrote there we may answer in our own words; later only what was approved
beforehand leaves there, and the rest by SMS."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import avis, traces
from booking.db import insert_once, one_of
from booking.models import Usager
from bot.ledger import Contact, Outgoing, Received
from bot.outbox.queueing import contact_of
from channels.sms import laid_out

DAY = timedelta(hours=24)
CLOSED = "fenetre"
"""Why a message in our own words is not sent there."""


def closed(session: Session, contacts: Iterable[Contact], now: datetime) -> set[int]:
    """The ids of those of these contacts that are on WhatsApp and have not written there for a day."""
    there = {contact.id for contact in contacts if contact.channel == "whatsapp"}
    if not there:
        return there
    lately = select(Received.contact_id).where(one_of(Received.contact_id, there), Received.received_at > now - DAY)
    return there - set(session.scalars(lately.distinct()))


def by_sms(session: Session, row: Outgoing, now: datetime) -> None:
    """Tell by SMS what could not be told on WhatsApp, to the same number: an avis is due again, as it is true then;
    anything else leaves in the same words. Until they write on WhatsApp again, that is where people are written to."""
    _leave(session, row.contact, now)
    if row.avis_id is not None:
        avis.tell_again(session, row.avis_id, now)
        return
    phone = contact_of(session, "sms", row.contact.address)
    if row.contact.is_held(now) and not phone.is_held(now):
        # What is answered to an agent's words is for that agent.
        phone.held_by_id, phone.held_at, phone.held_until = (
            row.contact.held_by_id, row.contact.held_at, row.contact.held_until,
        )  # fmt: skip
    laid = laid_out(row.text)
    same = ("kind", "options", "deadline", "priority", "organisation_id", "received_id")
    insert_once(
        session,
        Outgoing,
        **{name: getattr(row, name) for name in same},
        contact_id=phone.id,
        cause=f"{row.cause}:sms",
        sender=phone.texted,
        text=laid.text,
        segments=laid.segments,
        created_at=now,
        not_before=now,
    )


def _leave(session: Session, contact: Contact, now: datetime) -> None:
    traces.sign(session, traces.SYSTEME, now)
    there = select(Usager).where(Usager.telephone == contact.address, Usager.canal == contact.channel)
    for person in session.scalars(there):
        person.canal = "sms"
