"""Avis: who must be told what, and when. Written by the booking verbs, told by the shell."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from booking.models.rdv import Participation, Rdv
from booking.models.usager import Usager


class AvisKind(StrEnum):
    CONFIRMATION = "confirmation"


class AvisEtat(StrEnum):
    A_DIRE = "a_dire"
    DIT = "dit"
    SANS_OBJET = "sans_objet"
    """No longer true or useful, or the person is not to be written to."""


class Avis(Base):
    """One fact for one person. Unique per (RDV version, participation, kind, person): the cause, not an `if`,
    keeps it from being told twice."""

    __tablename__ = "avis"
    __table_args__ = (
        UniqueConstraint("rdv_id", "version", "participation_id", "kind", "destinataire_id"),
        Index("ix_avis_etat_du_le", "etat", "du_le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AvisKind] = mapped_column(words(AvisKind))
    rdv_id: Mapped[int] = mapped_column(ForeignKey("rdv.id", ondelete="CASCADE"))
    version: Mapped[int]
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    destinataire_id: Mapped[int] = mapped_column(ForeignKey("usager.id"))
    du_le: Mapped[datetime] = mapped_column(UtcDateTime)
    etat: Mapped[AvisEtat] = mapped_column(words(AvisEtat), default=AvisEtat.A_DIRE)

    rdv: Mapped[Rdv] = relationship()
    participation: Mapped[Participation] = relationship()
    destinataire: Mapped[Usager] = relationship()
