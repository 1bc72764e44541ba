"""Plages d'ouverture and absences: wall-clock rules, turned into spans by `booking.plages`."""

from datetime import date, time

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base
from booking.models.agent import Agent
from booking.models.motif import Motif
from booking.models.territoire import InTerritoire, Lieu, links

plage_motif = links("plage_motif", "plage", "motif")


class Plage(InTerritoire, Base):
    __tablename__ = "plage"

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    lieu_id: Mapped[int | None] = mapped_column(ForeignKey("lieu.id"), index=True)
    nom: Mapped[str] = mapped_column(String(200), default="")
    premier_jour: Mapped[date]
    debut: Mapped[time]
    fin: Mapped[time]
    recurrence: Mapped[str | None] = mapped_column(String(300))
    """An RFC 5545 RRULE value, or None for a single day."""
    sauf: Mapped[list[str]] = mapped_column(JSON, default=list)
    """ISO dates on which the recurrence does not happen."""
    fermee_feries: Mapped[bool] = mapped_column(default=True)
    reservable: Mapped[bool] = mapped_column(default=True)

    agent: Mapped[Agent] = relationship()
    lieu: Mapped[Lieu | None] = relationship()
    motifs: Mapped[list[Motif]] = relationship(secondary=plage_motif)


class Absence(InTerritoire, Base):
    __tablename__ = "absence"

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    nom: Mapped[str] = mapped_column(String(200), default="")
    premier_jour: Mapped[date]
    debut: Mapped[time]
    dernier_jour: Mapped[date]
    fin: Mapped[time]
    recurrence: Mapped[str | None] = mapped_column(String(300))

    agent: Mapped[Agent] = relationship()
