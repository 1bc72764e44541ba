"""The ledger of messages: contacts, their open question, everything received, everything that leaves, receipts."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from conversations.messages import Came

EMERGENCY = "alarme"
"""Why a contact that told of danger waits for a person."""


class Contact(Base):
    """One address on one channel, known or not, and what it wishes to receive."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(40))
    """E.164, or "tg:<chat id>"."""
    numero: Mapped[str | None] = mapped_column(String(20))
    """The phone number of who writes from a chat, E.164: shown to be theirs, and where messages go if not here."""
    texted: Mapped[str | None] = mapped_column(String(40))
    """The number of ours this contact last wrote to, or was last written to from: replies leave from there."""
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it wants no proactive message (STOP)."""
    flagged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it waits for a person (twice misunderstood, AIDE, emergency)."""
    flag: Mapped[str | None] = mapped_column(String(40))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it last wrote, or last certainly received something: a number that stays silent may have a new owner."""
    unreachable: Mapped[str | None] = mapped_column(String(40))
    """The provider's code for why nothing can be sent there; None: nothing is known against it."""
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The five that follow, and this one, keep floods and robots in bounds: bot.limits."""
    heard: Mapped[int] = mapped_column(default=0)
    silent_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    echo: Mapped[str | None] = mapped_column(String(16))
    echoes: Mapped[int] = mapped_column(default=0)
    unheard: Mapped[int] = mapped_column(default=0)
    discret: Mapped[bool] = mapped_column(default=False)
    """Whether it asked for messages that say nothing but the day and the hour: kept for who has no fiche yet."""
    commune: Mapped[str | None] = mapped_column(String(80))
    """Where whoever writes lives, as they said: asked once."""
    langue: Mapped[str | None] = mapped_column(String(5))
    """The language it chose, or kept when another was offered, which is done once; None: it never came up."""
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"), index=True)
    """The agent who took the conversation over last; the two that follow say since when, and until when unless one
    of the two says something first: bot.relay."""
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    thread: Mapped["Thread | None"] = relationship(back_populates="contact", cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        """The contact as booking knows it: "sms:+33611000001"."""
        return f"{self.channel}:{self.address}"

    def is_held(self, now: datetime) -> bool:
        """Whether an agent has the conversation now."""
        return self.held_until is not None and now < self.held_until

    def waiting(self, why: str, now: datetime) -> dict[str, Any]:
        """The columns that say why it waits for a person, and since when. An emergency stays one, whatever is said
        after it, until an agent has seen to it."""
        return {} if self.flag == EMERGENCY else {"flag": why, "flagged_at": now}


class Thread(Base):
    """Where the dialogue with a contact stands: the open question, the ones before it, and since when."""

    __tablename__ = "thread"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    contact: Mapped[Contact] = relationship(back_populates="thread")


class ReceivedState(StrEnum):
    WAITING = "waiting"
    HANDLED = "handled"
    SET_ASIDE = "set_aside"
    """Made our code fail three times: kept for a replay, no longer in the way of the messages behind it."""


class Received(Base):
    """One inbound message. The provider's id is unique: a redelivery is no second message."""

    __tablename__ = "received"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_received_contact_id_state", "contact_id", "state"),
        Index("ix_received_state_received_at", "state", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str] = mapped_column(String(80))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[ReceivedState] = mapped_column(words(ReceivedState), default=ReceivedState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(200))
    """What our code raised when it last failed on it: the kind of error, never a value."""
    came: Mapped[str] = mapped_column(String(10), default=Came.TEXT)
    """One of the words of `Came`."""
    question: Mapped[str | None] = mapped_column(String(16))
    """What a button that was pressed answers: the mark of a question, as in `Outgoing`."""
    intent: Mapped[str | None] = mapped_column(String(30))
    """What was found to be meant, for agents to read beside the original."""

    contact: Mapped[Contact] = relationship()


class OutgoingState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    """Claimed by a sender until `lease_until`."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The provider may have it: nothing is sent again before the provider has been asked."""
    DROPPED = "dropped"
    """No longer true or useful when its turn came, or not to be sent."""


class Priority(IntEnum):
    REPLY = 0
    """Somebody is waiting for it; an agent's own words too."""
    NEWS = 1
    """Something happened: a cancellation, a change, an offer."""
    REMINDER = 2


OPEN = (OutgoingState.QUEUED, OutgoingState.SENDING, OutgoingState.UNKNOWN)
_OPEN = sql("state IN ('queued', 'sending', 'unknown')")


class Outgoing(Base):
    """One message that leaves: queued in the transaction of its cause, delivered after it. The cause is unique."""

    __tablename__ = "outgoing"
    __table_args__ = (
        # What is still open is little, however much was sent: an index that holds nothing else.
        Index("ix_outgoing_open", "state", "priority", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
        # Likewise, for who else is in line to the same person.
        Index(
            "ix_outgoing_in_line", "contact_id", "state", "priority", "id", postgresql_where=_OPEN, sqlite_where=_OPEN
        ),
        Index("ix_outgoing_contact_id_id", "contact_id", "id"),
        Index("ix_outgoing_settled_at", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: uuid4().hex)
    """The name it carries outside: in `StatusCallback` and in scripts."""
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    received_id: Mapped[int | None] = mapped_column(ForeignKey("received.id"), index=True)
    """The inbound message it answers, if any."""
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    question: Mapped[str | None] = mapped_column(String(16))
    """The mark of the question that the options answer; they are buttons where there are any."""
    quick: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The words it asks for that are buttons too, in a chat: they answer the same question."""
    asks_number: Mapped[bool] = mapped_column(default=False)
    """Whether its only option shares the phone number of who presses it."""
    template: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The approved text that leaves in place of our own words, as in `Template`: bot.outbox.whatsapp."""
    segments: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Past it the message is of no use: it is not sent, and the provider is told not to keep it longer."""
    priority: Mapped[int] = mapped_column(SmallInteger, default=Priority.REPLY)
    avis_id: Mapped[int | None] = mapped_column(ForeignKey("avis.id", ondelete="SET NULL"), index=True)
    """The avis it tells, asked again just before it leaves."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Whose budget it takes from."""
    state: Mapped[OutgoingState] = mapped_column(words(OutgoingState), default=OutgoingState.QUEUED)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a sender last took it: what the provider has of it is not older."""
    provider_id: Mapped[str | None] = mapped_column(String(80), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    contact: Mapped[Contact] = relationship()


def in_state(outgoing: Any, *states: OutgoingState) -> ColumnElement[bool]:
    """Whether an outgoing message, or an alias of one, is in one of these open states. They are written out in the
    statement: behind parameters, neither database sees that the indexes of what is open hold every such row."""
    return _among(outgoing.state, OPEN) & _among(outgoing.state, states)


def _among(column: Any, states: tuple[OutgoingState, ...]) -> ColumnElement[bool]:
    among: ColumnElement[bool] = column.in_([literal_column(f"'{state}'") for state in states])
    return among


class Receipt(Base):
    """What a provider said of a message, kept as it came, in the order it came; early and unknown ones too."""

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id"), index=True)
    provider_id: Mapped[str] = mapped_column(String(80), index=True)
    status: Mapped[str] = mapped_column(String(40))
    error_code: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sender(Base):
    """One of our numbers and what it may still send now: a bucket of segments, filled at its rate."""

    __tablename__ = "sender"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    segments: Mapped[float]
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tally(Base):
    """A count that is looked at on the way: segments of an organisation on a day, first messages of a prefix."""

    __tablename__ = "tally"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    period: Mapped[str] = mapped_column(String(13), primary_key=True)
    """A month, a day or an hour: "2026-11", "2026-11-21", "2026-11-21T10"."""
    count: Mapped[int] = mapped_column(default=0)


class Valve(Base):
    """What is shut by hand: while the row is there, nothing of that kind leaves. "sms" shuts everything."""

    __tablename__ = "valve"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    shut_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shut_by: Mapped[str] = mapped_column(String(80))
