"""What lies behind the demo phones, for the curious: the open question, what is kept, what will be told."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking.models import Avis, AvisEtat, AvisKind, Hold, Usager
from bot.ledger import Contact, Received
from conversations.engine import Dialogue

KINDS = {
    AvisKind.CONFIRMATION: "confirmation",
    AvisKind.CHANGE: "changement",
    AvisKind.CANCELLATION: "annulation par le service",
    AvisKind.REMINDER: "rappel",
    AvisKind.MISSED: "RDV manqué",
    AvisKind.INVITATION: "invitation",
    AvisKind.OFFER: "place libérée",
}
AVIS = 8
"""How many are shown, the first to be told."""


@dataclass(frozen=True)
class Question:
    """The question that is open in a conversation, or that closed unanswered: `holds` are its fields and what they
    hold."""

    key: str
    scene: str
    holds: tuple[tuple[str, str], ...]
    closes_at: datetime
    is_closed: bool


@dataclass(frozen=True)
class Standing:
    """Where the dialogue with a contact stands. `past`: the keys of the questions before, the oldest first; `intent`:
    what the last message was found to mean; `flag`: why an agent should look."""

    question: Question | None = None
    past: tuple[str, ...] = ()
    misses: int = 0
    intent: str | None = None
    flag: str | None = None


def standing(session: Session, channel: str, address: str, now: datetime) -> Standing:
    """Where the dialogue stands with an address that may never have written."""
    here = (Contact.channel == channel, Contact.address == address)
    contact = session.scalars(select(Contact).where(*here).options(joinedload(Contact.thread))).first()
    if contact is None or contact.thread is None:
        return Standing()
    thread = contact.thread
    dialogue = Dialogue.load(thread.state, thread.asked_at)
    last = select(Received.intent).where(Received.contact_id == contact.id).order_by(Received.id.desc()).limit(1)
    return Standing(
        _question(dialogue, thread.state.get("step"), now),
        tuple(step.key for step in dialogue.past),
        dialogue.misses,
        session.scalar(last),
        contact.flag,
    )


def _question(dialogue: Dialogue, saved: dict[str, object] | None, now: datetime) -> Question | None:
    step, asked_at = dialogue.step, dialogue.asked_at
    if step is None or asked_at is None:
        return None
    holds = tuple((name, _written(value)) for name, value in (saved or {}).items() if name != "key")
    return Question(step.key, step.scene, holds, step.closes_at(asked_at), dialogue.is_late(now))


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def holds(session: Session, addresses: Collection[str], now: datetime) -> list[Hold]:
    """The créneaux kept for these contacts ("sms:+33639980001")."""
    kept = select(Hold).where(Hold.contact.in_(addresses), Hold.expire_le > now).options(joinedload(Hold.motif))
    return list(session.scalars(kept.order_by(Hold.debut)))


def planned(session: Session, usagers: Collection[Usager]) -> list[Avis]:
    """What these people will be told, the soonest first."""
    theirs = select(Avis).where(
        Avis.destinataire_id.in_([usager.id for usager in usagers]), Avis.etat == AvisEtat.A_DIRE
    )
    return list(session.scalars(theirs.options(joinedload(Avis.rdv)).order_by(Avis.du_le, Avis.id).limit(AVIS)))
