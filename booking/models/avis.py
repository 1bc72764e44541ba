"""Avis: who must be told what, and when. Written by the booking verbs, told by the shell."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from booking.models.attente import Offre
from booking.models.invitation import Invitation
from booking.models.rdv import Participation, Rdv
from booking.models.usager import Usager


class AvisKind(StrEnum):
    CONFIRMATION = "confirmation"
    CHANGE = "change"
    """Another day, hour or place, or another agent for a follow-up; a séance's too."""
    CANCELLATION = "cancellation"
    """By the service."""
    REMINDER = "reminder"
    MISSED = "missed"
    INVITATION = "invitation"
    OFFER = "offer"


class AvisEtat(StrEnum):
    A_DIRE = "a_dire"
    DIT = "dit"
    SANS_OBJET = "sans_objet"
    """No longer true or useful, or the person is not to be written to."""


class Avis(Base):
    """One fact for one person. `cause` is unique, "rdv:12:v2:p15:reminder:7" (RDV and its version, participation,
    kind, person): it, not an `if`, keeps the fact from being told twice. A cause is closed, "#" and the id after it,
    when the participation ends. One of `rdv`, `invitation` and `offre` is what it is about; none, once that is
    deleted: what was about to leave finds nothing that it is still true of."""

    __tablename__ = "avis"
    # By id too: a hundred thousand fall due at the same minute, and each batch takes the first of them.
    __table_args__ = (
        Index("ix_avis_etat_du_le_id", "etat", "du_le", "id"),
        Index("ix_avis_destinataire_id_etat", "destinataire_id", "etat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[AvisKind] = mapped_column(words(AvisKind))
    rdv_id: Mapped[int | None] = mapped_column(ForeignKey("rdv.id", ondelete="SET NULL"), index=True)
    version: Mapped[int | None]
    """The RDV's, when it was written."""
    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id", ondelete="SET NULL"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="SET NULL"))
    offre_id: Mapped[int | None] = mapped_column(ForeignKey("offre.id", ondelete="SET NULL"))
    destinataire_id: Mapped[int] = mapped_column(ForeignKey("usager.id"))
    du_le: Mapped[datetime] = mapped_column(UtcDateTime)
    limite: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Past it, it is of no use any more; None: as long as it is true."""
    avant: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an RDV that moved would have begun: whoever is not told by then comes for nothing."""
    reponse: Mapped[bool] = mapped_column(default=False)
    """Caused by a message of the participant's or of theirs: told in answer to it, at any hour."""
    etat: Mapped[AvisEtat] = mapped_column(words(AvisEtat), default=AvisEtat.A_DIRE)
    raison: Mapped[str | None] = mapped_column(String(40))
    """Why it was not told, for agents: booking.silences."""

    rdv: Mapped[Rdv | None] = relationship()
    participation: Mapped[Participation | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    offre: Mapped[Offre | None] = relationship()
    destinataire: Mapped[Usager] = relationship()
