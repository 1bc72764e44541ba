"""Usagers: the people served, their proches and their referents."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime
from booking.models.agent import Agent
from booking.models.territoire import InTerritoire, links

usager_referent = links("usager_referent", "usager", "agent")


class Responsabilite(Base):
    """An usager who answers for a proche; a proche may have several, who never see each other."""

    __tablename__ = "responsabilite"

    proche_id: Mapped[int] = mapped_column(ForeignKey("usager.id", ondelete="CASCADE"), primary_key=True)
    responsable_id: Mapped[int] = mapped_column(
        ForeignKey("usager.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Usager(InTerritoire, Base):
    __tablename__ = "usager"

    prenom: Mapped[str] = mapped_column(String(100))
    nom: Mapped[str] = mapped_column(String(100))
    naissance: Mapped[date | None]
    telephone: Mapped[str | None] = mapped_column(String(20), index=True)
    """E.164; one phone may belong to several people."""
    telegram: Mapped[str | None] = mapped_column(String(40), index=True)
    langue: Mapped[str] = mapped_column(String(5), default="fr")
    email: Mapped[str | None] = mapped_column(String(200))
    adresse: Mapped[str | None] = mapped_column(Text)
    code_insee: Mapped[str | None] = mapped_column(String(10))
    discret: Mapped[bool] = mapped_column(default=False)
    protege: Mapped[bool] = mapped_column(default=False)
    notifier_sms: Mapped[bool] = mapped_column(default=True)
    a_reverifier: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the number is doubtful (silent for long, refused, "mauvais numéro"): an agent has to ask."""

    referents: Mapped[list[Agent]] = relationship(secondary=usager_referent)
    proches: Mapped[list["Usager"]] = relationship(
        secondary="responsabilite",
        primaryjoin="Usager.id == Responsabilite.responsable_id",
        secondaryjoin="Usager.id == Responsabilite.proche_id",
        back_populates="responsables",
        order_by="Usager.id",
    )
    responsables: Mapped[list["Usager"]] = relationship(
        secondary="responsabilite",
        primaryjoin="Usager.id == Responsabilite.proche_id",
        secondaryjoin="Usager.id == Responsabilite.responsable_id",
        back_populates="proches",
        order_by="Usager.id",
    )
