"""Motifs: what an RDV is for, and the rules that follow from it."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, words
from booking.models.territoire import InTerritoire, Organisation, Service


class TypeMotif(StrEnum):
    SUR_PLACE = "sur_place"
    TELEPHONE = "telephone"
    DOMICILE = "domicile"


class Notification(StrEnum):
    """The default of an RDV's two switches `prevenir`."""

    VISIBLE_NOTIFIE = "visible_notifie"
    VISIBLE_NON_NOTIFIE = "visible_non_notifie"
    INVISIBLE = "invisible"


class Motif(InTerritoire, Base):
    __tablename__ = "motif"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    nom: Mapped[str] = mapped_column(String(200))
    type: Mapped[TypeMotif] = mapped_column(words(TypeMotif), default=TypeMotif.SUR_PLACE)
    duree_min: Mapped[int] = mapped_column(default=30)
    couleur: Mapped[str] = mapped_column(String(20), default="#3F88C5")
    suivi: Mapped[bool] = mapped_column(default=False)
    secretariat: Mapped[bool] = mapped_column(default=False)
    en_ligne: Mapped[bool] = mapped_column(default=True)
    delai_min_min: Mapped[int] = mapped_column(default=30)
    delai_max_min: Mapped[int] = mapped_column(default=129600)
    delai_annulation_min: Mapped[int] = mapped_column(default=240)
    libelle_usager: Mapped[str] = mapped_column(String(30))
    """The only name of the motif that a message may carry."""
    sensible: Mapped[bool] = mapped_column(default=False)
    """True: messages carry the day, the hour and who to call, nothing else."""
    notification: Mapped[Notification] = mapped_column(words(Notification), default=Notification.VISIBLE_NOTIFIE)
    pour_un_proche: Mapped[bool] = mapped_column(default=False)
    file_attente: Mapped[bool] = mapped_column(default=False)
    instructions_avant: Mapped[str] = mapped_column(Text, default="")
    indications_apres: Mapped[str] = mapped_column(Text, default="")
    collectif: Mapped[bool] = mapped_column(default=False)
    places_max: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship()
    service: Mapped[Service] = relationship()
