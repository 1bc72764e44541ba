"""Agents: who receives, for which service, in which organisations."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.db import Base, words
from booking.models.territoire import InTerritoire, Organisation, Service, links

agent_organisation = links("agent_organisation", "agent", "organisation")


class Role(StrEnum):
    ADMINISTRATEUR = "administrateur"
    UTILISATEUR = "utilisateur"


class Agent(InTerritoire, Base):
    __tablename__ = "agent"

    prenom: Mapped[str] = mapped_column(String(100))
    nom: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(200))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role), default=Role.UTILISATEUR)

    service: Mapped[Service] = relationship()
    organisations: Mapped[list[Organisation]] = relationship(secondary=agent_organisation)
