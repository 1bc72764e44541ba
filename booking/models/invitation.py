"""Invitations: an agent proposes an RDV to an usager, who chooses the day."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from booking.models.agent import Agent
from booking.models.motif import Motif
from booking.models.territoire import new_ref
from booking.models.usager import Usager


class InvitationEtat(StrEnum):
    OUVERTE = "ouverte"
    PRISE = "prise"
    """An RDV was booked."""
    REFUSEE = "refusee"


class Invitation(Base):
    """It opens its motif to its usager, online or not, until it expires."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), default=new_ref, unique=True)
    usager_id: Mapped[int] = mapped_column(ForeignKey("usager.id"), index=True)
    motif_id: Mapped[int] = mapped_column(ForeignKey("motif.id"), index=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    """Who invites."""
    faite_le: Mapped[datetime] = mapped_column(UtcDateTime)
    expire_le: Mapped[datetime] = mapped_column(UtcDateTime)
    etat: Mapped[InvitationEtat] = mapped_column(words(InvitationEtat), default=InvitationEtat.OUVERTE)

    usager: Mapped[Usager] = relationship()
    motif: Mapped[Motif] = relationship()
    agent: Mapped[Agent] = relationship()
