"""Waiting lists: places in line for a motif, or for a séance that is full."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from booking.models.motif import Motif
from booking.models.rdv import Hold, Rdv
from booking.models.territoire import Lieu, links, new_ref
from booking.models.usager import Usager

attente_lieu = links("attente_lieu", "attente", "lieu")


class Attente(Base):
    """One usager in one list, in the order of `id`: a motif's list when `rdv` is None, else that séance's."""

    __tablename__ = "attente"

    id: Mapped[int] = mapped_column(primary_key=True)
    usager_id: Mapped[int] = mapped_column(ForeignKey("usager.id"), index=True)
    motif_id: Mapped[int] = mapped_column(ForeignKey("motif.id"), index=True)
    rdv_id: Mapped[int | None] = mapped_column(ForeignKey("rdv.id", ondelete="CASCADE"), index=True)
    jours_impossibles: Mapped[list[str]] = mapped_column(JSON, default=list)
    """RFC 5545 weekdays, each whole or with its half: "WE", "MO-AM", "FR-PM"."""
    cree_le: Mapped[datetime] = mapped_column(UtcDateTime)

    usager: Mapped[Usager] = relationship()
    motif: Mapped[Motif] = relationship()
    rdv: Mapped[Rdv | None] = relationship()
    lieux: Mapped[list[Lieu]] = relationship(secondary=attente_lieu)


class OffreEtat(StrEnum):
    OUVERTE = "ouverte"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    EXPIREE = "expiree"
    RETIREE = "retiree"


class Offre(Base):
    """Freed time, held for one entry of a waiting list until `expire_le`."""

    __tablename__ = "offre"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), default=new_ref, unique=True)
    attente_id: Mapped[int] = mapped_column(ForeignKey("attente.id", ondelete="CASCADE"), index=True)
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id", ondelete="SET NULL"), index=True)
    debut: Mapped[datetime] = mapped_column(UtcDateTime)
    lieu_id: Mapped[int | None] = mapped_column(ForeignKey("lieu.id"))
    faite_le: Mapped[datetime] = mapped_column(UtcDateTime)
    expire_le: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    etat: Mapped[OffreEtat] = mapped_column(words(OffreEtat), default=OffreEtat.OUVERTE)

    attente: Mapped[Attente] = relationship()
    hold: Mapped[Hold | None] = relationship()
    lieu: Mapped[Lieu | None] = relationship()
