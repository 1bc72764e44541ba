"""The ledger of messages: contacts, their open question, everything received, everything that leaves, receipts."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words


class Contact(Base):
    """One address on one channel, known or not, and what it wishes to receive."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(40))
    """E.164, or "tg:<chat id>"."""
    texted: Mapped[str | None] = mapped_column(String(40))
    """The number of ours this contact last wrote to: replies leave from there."""
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it wants no proactive message (STOP)."""
    flagged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it waits for a person (twice misunderstood, AIDE, emergency)."""
    flag: Mapped[str | None] = mapped_column(String(40))

    thread: Mapped["Thread | None"] = relationship(back_populates="contact", cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        """The contact as booking knows it: "sms:+33611000001"."""
        return f"{self.channel}:{self.address}"


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


class Outgoing(Base):
    """One message that leaves: queued in the transaction of its cause, delivered after it. The cause is unique."""

    __tablename__ = "outgoing"
    __table_args__ = (
        Index("ix_outgoing_state_not_before", "state", "not_before"),
        Index("ix_outgoing_contact_id_id", "contact_id", "id"),
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
    segments: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[OutgoingState] = mapped_column(words(OutgoingState), default=OutgoingState.QUEUED)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    provider_id: Mapped[str | None] = mapped_column(String(80), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    contact: Mapped[Contact] = relationship()


class Receipt(Base):
    """What a provider said of a message, kept as it came, in the order it came; early and unknown ones too."""

    __tablename__ = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id"), index=True)
    provider_id: Mapped[str] = mapped_column(String(80), index=True)
    status: Mapped[str] = mapped_column(String(40))
    error_code: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
