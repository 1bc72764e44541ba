"""Trace: the history of every object."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, UtcDateTime


class Trace(Base):
    __tablename__ = "trace"
    __table_args__ = (Index("ix_trace_objet_objet_id", "objet", "objet_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quand: Mapped[datetime] = mapped_column(UtcDateTime)
    qui: Mapped[str] = mapped_column(String(80))
    """"usager:sms", "agent:<ref>", "systeme", "fichier"."""
    objet: Mapped[str] = mapped_column(String(40))
    objet_id: Mapped[int]
    champ: Mapped[str] = mapped_column(String(60))
    avant: Mapped[str | None] = mapped_column(Text)
    apres: Mapped[str | None] = mapped_column(Text)


class Empreinte(Base):
    """The last loaded state of one entry of a territory file, as a hash: an entry that did not change since is
    not applied again, so that loading twice undoes nothing of what people did in between."""

    __tablename__ = "empreinte"

    territoire_ref: Mapped[str] = mapped_column(String(100), primary_key=True)
    liste: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref: Mapped[str] = mapped_column(String(250), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
