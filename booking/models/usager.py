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
    a_appeler: Mapped[str | None] = mapped_column(String(20))
    """Where they asked to be called, when it is not `telephone`: a message never changes the number that is written
    to (security-and-privacy.md, T02)."""
    telegram: Mapped[str | None] = mapped_column(String(40), index=True)
    """A chat, "tg:4242"; likewise."""
    canal: Mapped[str | None] = mapped_column(String(20))
    """Where they wrote from last, of the number and the chat: there they are written to first."""
    langue: Mapped[str] = mapped_column(String(5), default="fr")
    email: Mapped[str | None] = mapped_column(String(200))
    adresse: Mapped[str | None] = mapped_column(Text)
    code_insee: Mapped[str | None] = mapped_column(String(10))
    commune: Mapped[str | None] = mapped_column(String(80))
    """Where they live, as they said by message: "62000 Arras"."""
    discret: Mapped[bool] = mapped_column(default=False)
    protege: Mapped[bool] = mapped_column(default=False)
    notifier_sms: Mapped[bool] = mapped_column(default=True)
    a_reverifier: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the number is doubtful (silent for long, refused, "mauvais numéro"): an agent has to ask."""
    arret_le: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when they want no message that they did not ask for: they wrote STOP."""
    numero_refuse_le: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when nothing is sent to the number: whoever has it wrote that it is not theirs."""

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
