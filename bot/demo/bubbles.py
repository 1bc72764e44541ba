"""What a demo phone shows of a conversation: bubbles by time, with the buttons a chat would have under them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.telephones import national
from bot.ledger import Contact, Outgoing, OutgoingState, Received, ReceivedState
from channels.telegram import LONGEST_BUTTON
from conversations.messages import Came

SHOWN = 200
"""How many messages a phone shows, the latest ones."""

STATES = {
    OutgoingState.QUEUED: "en attente",
    OutgoingState.SENDING: "envoi en cours",
    OutgoingState.SENT: "envoyé",
    OutgoingState.DELIVERED: "remis",
    OutgoingState.FAILED: "échec",
    OutgoingState.UNKNOWN: "sans nouvelle de l'opérateur",
    OutgoingState.DROPPED: "abandonné",
}


@dataclass(frozen=True)
class Button:
    """A button under a message; `data` is what pressing it sends, "<question>:<place>" or "<question>:<word>"."""

    label: str
    data: str


@dataclass(frozen=True)
class Bubble:
    """One message as a phone shows it. `id` never changes; `state` and `failed` do, as receipts arrive.
    `way`: "sent" by the phone, or "got"; `note`: how it was sent, when it was not written; `quick`: the buttons that go
    in a row under the others; `segments`: what the operator bills; `waiting`: not answered yet."""

    id: str
    way: str
    at: datetime
    text: str
    note: str = ""
    buttons: tuple[Button, ...] = ()
    quick: tuple[Button, ...] = ()
    segments: int = 0
    state: str = ""
    failed: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Phone:
    """A conversation on one channel: its bubbles, and the words of the button that shares one's number, while it is
    there."""

    channel: str
    address: str
    bubbles: tuple[Bubble, ...] = ()
    share: str | None = None


def phone(session: Session, channel: str, address: str) -> Phone:
    """The phone of an address on a channel; an answer follows the message it answers."""
    here = (Contact.channel == channel, Contact.address == address)
    received = select(Received).join(Received.contact).where(*here).order_by(Received.id.desc())
    outgoing = select(Outgoing).join(Outgoing.contact).where(*here).order_by(Outgoing.id.desc())
    sent, got = session.scalars(received.limit(SHOWN)).all(), session.scalars(outgoing.limit(SHOWN)).all()
    asked = {row.question: row.options for row in got if row.question and row.options and not row.asks_number}
    ordered = [(_when_sent(row), _sent(row, asked)) for row in sent] + [(_when_got(row), _got(row)) for row in got]
    bubbles = [bubble for _, bubble in sorted(ordered, key=lambda pair: pair[0])][-SHOWN:]
    has_shared = any(row.came == Came.NUMBER for row in sent)
    share = next((row.options[0] for row in got if row.asks_number), None)
    return Phone(channel, address, tuple(bubbles), None if has_shared else share)


Order = tuple[datetime, bool, int, bool, int]


def _when_sent(row: Received) -> Order:
    return row.received_at, False, row.id, False, row.id


def _when_got(row: Outgoing) -> Order:
    return row.created_at, row.received_id is None, row.received_id or 0, True, row.id


def _sent(row: Received, asked: Mapping[str, list[str]]) -> Bubble:
    text, note = row.text, ""
    match row.came:
        case Came.BUTTON:
            options = asked.get(row.question or "", [])
            place = int(text) if text.isdecimal() else 0
            text, note = (_label(place, options[place - 1]) if 0 < place <= len(options) else text), "bouton"
        case Came.NUMBER:
            text, note = national(text), "numéro partagé"
    waiting = row.state is ReceivedState.WAITING
    return Bubble(f"in-{row.id}", "sent", row.received_at, text, note, waiting=waiting)


def _got(row: Outgoing) -> Bubble:
    places = enumerate(row.options, start=1) if row.question and not row.asks_number else ()
    return Bubble(
        id=f"out-{row.id}",
        way="got",
        at=row.created_at,
        text=row.text,
        buttons=tuple(Button(_label(place, option), f"{row.question}:{place}") for place, option in places),
        quick=tuple(Button(word, f"{row.question}:{word}") for word in row.quick),
        segments=row.segments,
        state=STATES[row.state] + (f" ({row.error_code})" if row.error_code else ""),
        failed=row.state is OutgoingState.FAILED,
    )


def _label(place: int, option: str) -> str:
    return f"{place} {option}"[:LONGEST_BUTTON]
