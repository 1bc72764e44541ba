"""RDVs, their participations, the holds before them, and the time of agents they occupy."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, UtcDateTime, words
from booking.models.agent import Agent
from booking.models.motif import Motif
from booking.models.territoire import InTerritoire, Lieu, links, new_ref
from booking.models.usager import Usager

rdv_agent = links("rdv_agent", "rdv", "agent")


class Statut(StrEnum):
    INDETERMINE = "indetermine"
    EN_SALLE_ATTENTE = "en_salle_attente"
    VU = "vu"
    EXCUSE = "excuse"
    """Cancelled by the usager."""
    REVOQUE = "revoque"
    """Cancelled by the service."""
    NON_EXCUSE = "non_excuse"

    @property
    def is_living(self) -> bool:
        """Whether the RDV keeps its agents' time."""
        return self not in (Statut.EXCUSE, Statut.REVOQUE)


class Rdv(InTerritoire, Base):
    __tablename__ = "rdv"

    motif_id: Mapped[int] = mapped_column(ForeignKey("motif.id"), index=True)
    lieu_id: Mapped[int | None] = mapped_column(ForeignKey("lieu.id"), index=True)
    adresse: Mapped[str | None] = mapped_column(Text)
    """Where, for a home visit: the address as given at booking."""
    numero: Mapped[str | None] = mapped_column(String(20))
    """Whom to call, for an RDV by phone, where it is not the number they are written to: E.164."""
    debut: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    fin: Mapped[datetime] = mapped_column(UtcDateTime)
    statut: Mapped[Statut] = mapped_column(words(Statut), default=Statut.INDETERMINE)
    notes: Mapped[str] = mapped_column(Text, default="")
    prevenir_vie_du_rdv: Mapped[bool] = mapped_column(default=True)
    prevenir_rappel: Mapped[bool] = mapped_column(default=True)
    cree_par: Mapped[str] = mapped_column(String(40))
    """Who made it: "agent", "usager:sms", "usager:telegram", "fichier"."""
    cree_le: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    """Grows each time what people were told changes; an avis belongs to one version."""
    retard: Mapped[bool] = mapped_column(default=False)
    """Cancelled by the usager after the motif's delay."""
    surreservation: Mapped[str | None] = mapped_column(Text)
    """Why an agent placed it over time already taken; None for an RDV that has its time to itself."""
    plage_id: Mapped[int | None] = mapped_column(ForeignKey("plage.id", ondelete="SET NULL"), index=True)
    """The plage it was booked in."""
    ensemble: Mapped[str | None] = mapped_column(String(12), index=True)
    """Shared by the RDVs of a family that were taken at once, one after the other: one message confirms them."""
    suite_de_id: Mapped[int | None] = mapped_column(ForeignKey("rdv.id", ondelete="SET NULL"), index=True)
    """The RDV that it follows up."""

    titre: Mapped[str | None] = mapped_column(String(200))
    """The four that follow, and this one, belong to séances (collective motifs)."""
    places_max: Mapped[int | None]
    places_min: Mapped[int | None]
    attente_max: Mapped[int | None]
    ouverte_en_ligne: Mapped[bool] = mapped_column(default=True)

    motif: Mapped[Motif] = relationship()
    lieu: Mapped[Lieu | None] = relationship()
    agents: Mapped[list[Agent]] = relationship(secondary=rdv_agent, order_by=Agent.id)
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="rdv", cascade="all, delete-orphan", order_by="Participation.id"
    )
    occupations: Mapped[list["Occupation"]] = relationship(cascade="all, delete-orphan")


class Participation(Base):
    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("rdv_id", "usager_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rdv_id: Mapped[int] = mapped_column(ForeignKey("rdv.id", ondelete="CASCADE"))
    usager_id: Mapped[int] = mapped_column(ForeignKey("usager.id"), index=True)
    statut: Mapped[Statut] = mapped_column(words(Statut), default=Statut.INDETERMINE)
    cree_par: Mapped[str] = mapped_column(String(40))
    confirmee_le: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person last said, answering a reminder, that they are coming."""
    annulee_le: Mapped[datetime | None] = mapped_column(UtcDateTime)
    annulee_par: Mapped[str | None] = mapped_column(String(80), index=True)
    """The contact that gave it up, "sms:+33611000001": the only one that may restore it, and who is counted."""
    retard: Mapped[bool] = mapped_column(default=False)
    """Given up after the motif's delay."""

    rdv: Mapped[Rdv] = relationship(back_populates="participations")
    usager: Mapped[Usager] = relationship()


class Hold(Base):
    """A créneau kept for one contact until `expire_le`; one per contact and motif."""

    __tablename__ = "hold"
    __table_args__ = (UniqueConstraint("contact", "motif_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), default=new_ref, unique=True)
    contact: Mapped[str] = mapped_column(String(80))
    """Channel and address, "sms:+33611000001": whoever is writing, known or not."""
    motif_id: Mapped[int] = mapped_column(ForeignKey("motif.id"))
    lieu_id: Mapped[int | None] = mapped_column(ForeignKey("lieu.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    debut: Mapped[datetime] = mapped_column(UtcDateTime)
    fin: Mapped[datetime] = mapped_column(UtcDateTime)
    expire_le: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    motif: Mapped[Motif] = relationship()
    lieu: Mapped[Lieu | None] = relationship()
    agent: Mapped[Agent] = relationship()


class Occupation(Base):
    """Time of an agent taken by a living RDV, by one just given up that may still be restored, or by a hold. No
    two rows of an agent may overlap but those `en_plus`: an exclusion constraint on PostgreSQL, triggers on SQLite,
    both written in a migration."""

    __tablename__ = "occupation"
    __table_args__ = (
        CheckConstraint("(rdv_id IS NULL) <> (hold_id IS NULL)", name="un_seul_motif"),
        CheckConstraint("debut < fin", name="dans_le_bon_sens"),
        # The search of créneaux relies on it to read an agent's time by its beginning: booking.diaries.
        CheckConstraint("fin - debut <= '1 day'::interval", name="un_jour_au_plus").ddl_if("postgresql"),
        CheckConstraint("unixepoch(fin) - unixepoch(debut) <= 86400", name="un_jour_au_plus").ddl_if("sqlite"),
        Index("ix_occupation_agent_id_debut_fin", "agent_id", "debut", "fin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    debut: Mapped[datetime] = mapped_column(UtcDateTime)
    fin: Mapped[datetime] = mapped_column(UtcDateTime)
    rdv_id: Mapped[int | None] = mapped_column(ForeignKey("rdv.id", ondelete="CASCADE"), index=True)
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id", ondelete="CASCADE"), index=True)
    jusqu_a: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When a hold, or an RDV given up, lets the time go; None for a living RDV."""
    en_plus: Mapped[bool] = mapped_column(default=False)
    """Placed by an agent over time already taken: busy like the rest, outside of the rule against overlaps."""
