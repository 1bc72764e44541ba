"""What a bench finds in the ledger: messages that wait, a million that were sent, reminders that fall due."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from booking.db import Base
from booking.models import Agent, Avis, AvisEtat, AvisKind, Lieu, Motif, Participation, Rdv, Territoire, Usager
from booking.models.rdv import rdv_agent
from bot.bench.dialogue import NOW, mobile, number
from bot.ledger import Contact, Outgoing, OutgoingState, Priority

SENDERS = 500
"""Numbers of ours that messages leave from: no single number's pace is what is timed."""
CHUNK = 5_000
REMINDER = "Rappel : RDV mer 30 sept 9h, MDS Centre, 1 rue du Port, Arras. Répondez OUI si vous venez, ANNULER sinon."
Row = dict[str, Any]


def contacts(engine: Engine, count: int, *, first: int = 0) -> list[int]:
    """New contacts, and their ids; `first` is a number that none was made from yet."""
    with engine.begin() as connection:
        last = connection.scalar(select(func.max(Contact.id))) or 0
        _insert(connection, Contact, ({"channel": "sms", "address": mobile(first + at)} for at in range(count)))
        return list(connection.scalars(select(Contact.id).where(Contact.id > last).order_by(Contact.id)))


def queue(engine: Engine, contact_ids: Iterable[int], *, kind: str, priority: Priority) -> None:
    """A message for each contact, ready to leave now."""
    with engine.begin() as connection:
        _insert(connection, Outgoing, (_message(one, kind, priority) for one in contact_ids))


def fill(engine: Engine, contact_ids: Sequence[int], count: int) -> None:
    """Messages that were sent and delivered long ago."""
    sent = {"state": OutgoingState.DELIVERED, "settled_at": NOW, "tries": 1}
    with engine.begin() as connection:
        rows = (
            {**_message(contact_ids[at % len(contact_ids)], "reply", Priority.REPLY), **sent,
             "provider_id": f"SM{uuid4().hex}"}
            for at in range(count)
        )  # fmt: skip
        _insert(connection, Outgoing, rows)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _message(contact_id: int, kind: str, priority: Priority) -> Row:
    ref = uuid4().hex
    return {
        "ref": ref, "contact_id": contact_id, "cause": f"bench:{ref}", "kind": kind, "priority": priority,
        "sender": number(contact_id % SENDERS), "text": REMINDER, "options": [], "segments": 1,
        "created_at": NOW, "not_before": NOW, "state": OutgoingState.QUEUED, "tries": 0,
    }  # fmt: skip


def reminders(engine: Engine, count: int, *, first: int = 0) -> None:
    """As many RDVs in two days, each with its person and a reminder that is due now; `first` as for `contacts`."""
    with engine.begin() as connection:
        motif_ids = connection.scalars(select(Motif.id).order_by(Motif.id)).all()
        lieu_id, agent_id, territoire_id = (
            connection.scalars(select(func.min(column))).one() for column in (Lieu.id, Agent.id, Territoire.id)
        )
        last = {model: connection.scalar(select(func.max(model.id))) or 0 for model in (Usager, Rdv, Participation)}
        people, rdvs, participations = (range(last[model] + 1, last[model] + 1 + count) for model in last)
        debut = NOW + timedelta(hours=48)
        _insert(connection, Usager, (
            {"id": id_, "territoire_id": territoire_id, "prenom": "Marie", "nom": f"Martin {id_}",
             "telephone": mobile(first + at)}
            for at, id_ in enumerate(people)
        ))  # fmt: skip
        _insert(connection, Rdv, (
            {"id": id_, "territoire_id": territoire_id, "motif_id": motif_ids[at % len(motif_ids)],
             "lieu_id": lieu_id, "debut": debut, "fin": debut + timedelta(minutes=30), "cree_par": "fichier",
             "cree_le": NOW - timedelta(days=14)}
            for at, id_ in enumerate(rdvs)
        ))  # fmt: skip
        _insert(connection, rdv_agent, ({"rdv_id": id_, "agent_id": agent_id} for id_ in rdvs))
        _insert(connection, Participation, (
            {"id": id_, "rdv_id": rdv_id, "usager_id": usager_id, "cree_par": "fichier"}
            for id_, rdv_id, usager_id in zip(participations, rdvs, people, strict=True)
        ))  # fmt: skip
        _insert(connection, Avis, (
            {"cause": f"rdv:{rdv_id}:v1:p{id_}:reminder:{usager_id}", "kind": AvisKind.REMINDER, "rdv_id": rdv_id,
             "version": 1, "participation_id": id_, "destinataire_id": usager_id, "du_le": NOW,
             "limite": debut, "etat": AvisEtat.A_DIRE}
            for id_, rdv_id, usager_id in zip(participations, rdvs, people, strict=True)
        ))  # fmt: skip


def _insert(connection: Connection, into: type[Base] | Table, rows: Iterable[Row]) -> None:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        connection.execute(insert(into), chunk)
