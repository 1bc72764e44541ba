"""Waiting lists: places in line for a motif, or for a séance that is full."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime
from booking.models.motif import Motif
from booking.models.rdv import Rdv
from booking.models.territoire import Lieu, links
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
