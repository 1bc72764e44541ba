"""Territoire, its services, organisations, the numbers they answer, and lieux."""

from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from booking.db import Base


def new_ref() -> str:
    """A short name for what nobody named: RDVs and usagers born in a conversation."""
    return uuid4().hex[:12]


class InTerritoire:
    """What belongs to one territoire and is called by a short name, unique there."""

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), default=new_ref)

    @declared_attr
    def territoire_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("territoire.id"), index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("territoire_id", "ref"),)


class Territoire(Base):
    __tablename__ = "territoire"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), unique=True)
    nom: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Paris")
    jours_feries: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    """A calendar's name ("FR", "FR-57", "GP"), a list of ISO dates, or None."""
    langues: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["fr"])
    dpo: Mapped[str | None] = mapped_column(String(200))
    """How to reach who watches over personal data: a phone number or an e-mail address."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Service(InTerritoire, Base):
    __tablename__ = "service"

    nom: Mapped[str] = mapped_column(String(200))


class Organisation(InTerritoire, Base):
    __tablename__ = "organisation"

    nom: Mapped[str] = mapped_column(String(200))
    telephone: Mapped[str | None] = mapped_column(String(20))
    horaires: Mapped[str | None] = mapped_column(String(200))
    secteurs: Mapped[list[str]] = mapped_column(JSON, default=list)
    budget_jour: Mapped[int | None]
    """SMS segments that leave on their own in a day, at most; None: no bound. The next is for a month."""
    budget_mois: Mapped[int | None]

    territoire: Mapped[Territoire] = relationship()
    numeros: Mapped[list["NumeroSms"]] = relationship(back_populates="organisation", cascade="all, delete-orphan")


class NumeroSms(Base):
    """A number an organisation sends from and is texted at."""

    __tablename__ = "numero_sms"

    numero: Mapped[str] = mapped_column(String(20), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    organisation: Mapped[Organisation] = relationship(back_populates="numeros")


class Lieu(InTerritoire, Base):
    __tablename__ = "lieu"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    nom: Mapped[str] = mapped_column(String(200))
    adresse: Mapped[str] = mapped_column(Text)
    code_insee: Mapped[str | None] = mapped_column(String(10))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    organisation: Mapped[Organisation] = relationship()


def links(name: str, left: str, right: str) -> Table:
    """A table of pairs between two tables, each pair once."""
    return Table(
        name,
        Base.metadata,
        Column(f"{left}_id", ForeignKey(f"{left}.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{right}_id", ForeignKey(f"{right}.id", ondelete="CASCADE"), primary_key=True, index=True),
    )
