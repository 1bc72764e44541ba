"""The history of every object: who changed what, when, from what to what, written with each change by no verb."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from sqlalchemy import Table, event, func, insert, inspect, literal, select
from sqlalchemy.orm import Mapper, PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from booking.db import Base, UtcDateTime, one_of
from booking.models import (
    Absence,
    Agent,
    Attente,
    Invitation,
    Lieu,
    Motif,
    Offre,
    Organisation,
    Participation,
    Plage,
    Rdv,
    Service,
    Territoire,
    Trace,
    Usager,
)

TRACKED: tuple[type[Any], ...] = (
    Absence, Agent, Attente, Invitation, Lieu, Motif, Offre, Organisation, Plage, Rdv, Service, Territoire, Usager,
)  # fmt: skip
"""What has a history of its own. A participation's is written in that of its RDV, which outlives it."""
UNTOLD = {"id", "version", "annulee_le", "annulee_par"}
"""Columns that say nothing which the line of another does not, or that repeat somebody's number."""

CREATION, SUPPRESSION, PARTICIPANTS = "creation", "suppression", "participants"
SYSTEME = "systeme"
QUI = 80
"""How much of an author the table keeps."""


@dataclass(frozen=True)
class Ligne:
    """One line of a history as agents read it: `avant` and `apres` name what the database knows by number. The
    line of one person in an RDV names it."""

    quand: datetime
    qui: str
    champ: str
    avant: str | None
    apres: str | None
    participant: str | None = None


@dataclass(frozen=True)
class _Signature:
    qui: str
    quand: datetime


Line = dict[str, Any]
"""A row of `trace`, but for who and when."""


def sign(session: Session, qui: str, now: datetime) -> None:
    """From now on, what changes in this session is done by `qui` ("usager:sms", "agent:<ref>", "fichier") at
    `now`. A session that nobody signs is the system's, at the database's hour."""
    signature = _Signature(qui[:QUI], now)
    if session.info.get(_Signature) != signature:
        session.flush()
        session.info[_Signature] = signature


def history(session: Session, objet: Any) -> list[Ligne]:
    """Everything that happened to one object since it was created, the newest first."""
    written = (
        select(Trace).where(Trace.objet == _name(type(objet)), Trace.objet_id == objet.id).order_by(Trace.id.desc())
    )
    lines = []
    for trace in session.scalars(written):
        lines.append(_read(session, type(objet), trace))
        if trace.champ == CREATION:
            # SQLite may give the number of a deleted object to another.
            break
    return lines


# Written beside the session, by whoever writes rows in bulk


def write(session: Session, lines: list[Line]) -> None:
    """Write lines of history, by whoever signed the session."""
    if not lines:
        return
    signature = session.info.get(_Signature)
    if signature is None:
        session.connection().execute(_UNSIGNED, lines)
    else:
        session.connection().execute(
            _SIGNED, [{"qui": signature.qui, "quand": signature.quand, **line} for line in lines]
        )


_TRACE = Base.metadata.tables["trace"]
_SIGNED = insert(_TRACE)
_UNSIGNED = insert(_TRACE).values(qui=SYSTEME, quand=func.now())


def created(session: Session, model: type[Any], ids: Collection[int]) -> None:
    """Write the creation of rows that were inserted in bulk: one statement for all of them."""
    if not ids or model not in TRACKED:
        return
    signature, table = session.info.get(_Signature), model.__table__
    said = (
        literal(signature.qui if signature else SYSTEME),
        literal(signature.quand, UtcDateTime()) if signature else func.now(),
        literal(_name(model)),
        literal(CREATION),
        table.c.id,
    )
    rows = select(*said).where(one_of(table.c.id, ids)).order_by(table.c.id)
    session.execute(insert(_TRACE).from_select(["qui", "quand", "objet", "champ", "objet_id"], rows))


def linked(table: Table, model: type[Any], objet_id: int, before: Iterable[int], after: Iterable[int]) -> list[Line]:
    """The line that says which rows an object is now tied to in a table of pairs; none when they are the same."""
    ties = {one.key: one.synchronize_pairs[0][1] for one in inspect(model).relationships if one.secondary is table}
    champ = next(key for key, column in ties.items() if column is table.columns[0])
    avant, apres = _ids(before), _ids(after)
    return [] if avant == apres else [_line(_name(model), objet_id, champ, avant, apres)]


def joined(rdv_id: int, usager_id: int) -> Line:
    """The line that says that somebody joined an RDV."""
    return _line(_name(Rdv), rdv_id, PARTICIPANTS, None, str(usager_id))


# Written with the session

_AS_LOADED = PassiveFlag.PASSIVE_NO_INITIALIZE


@event.listens_for(Session, "after_flush")
def _write_flushed(session: Session, _context: object) -> None:
    # Here new rows have their ids, and attributes still know what they were.
    if session.new or session.deleted or session.dirty:
        write(session, list(_flushed(session)))


def _flushed(session: Session) -> Iterator[Line]:
    new, changed, gone = (_in_order(rows) for rows in (session.new, session.dirty, session.deleted))
    yield from _came_or_went(new, CREATION, lambda usager_id: (None, usager_id))
    for row in changed:
        yield from _changed(
            row, partial(_part_line, row) if isinstance(row, Participation) else partial(_own_line, row)
        )
    yield from _came_or_went(gone, SUPPRESSION, lambda usager_id: (usager_id, None))


def _in_order(rows: Iterable[Any]) -> list[Any]:
    """Those that have a history; a session keeps sets, which have no order."""
    return sorted((row for row in rows if isinstance(row, _TOLD)), key=lambda row: (type(row).__name__, row.id))


def _came_or_went(rows: list[Any], champ: str, seat: Callable[[str], tuple[str | None, str | None]]) -> Iterator[Line]:
    """One line for each; none for those who come or go with their whole RDV."""
    whole = {row.id for row in rows if isinstance(row, Rdv)}
    for row in rows:
        if not isinstance(row, Participation):
            yield _own_line(row, champ, None, None)
        elif row.rdv_id not in whole:
            yield _line(_name(Rdv), row.rdv_id, PARTICIPANTS, *seat(str(row.usager_id)))


def _changed(row: Any, line: Callable[[str, str | None, str | None], Line]) -> Iterator[Line]:
    facts = _FACTS[type(row)]
    touched = inspect(row).committed_state.keys()
    for key in (key for key in facts.columns if key in touched):
        added, _, deleted = get_history(row, key, _AS_LOADED)
        avant, apres = _text(deleted[0] if deleted else None), _text(added[0] if added else None)
        if avant != apres:
            yield line(facts.columns[key], avant, apres)
    for key in sorted(touched & facts.links):
        added, kept, deleted = get_history(row, key, _AS_LOADED)
        if added or deleted:
            yield line(key, _ids(one.id for one in (*kept, *deleted)), _ids(one.id for one in (*kept, *added)))


def _line(objet: str, objet_id: int, champ: str, avant: str | None, apres: str | None) -> Line:
    return {"objet": objet, "objet_id": objet_id, "champ": champ, "avant": avant, "apres": apres}


def _own_line(row: Any, champ: str, avant: str | None, apres: str | None) -> Line:
    return _line(_name(type(row)), row.id, champ, avant, apres)


def _part_line(part: Participation, champ: str, avant: str | None, apres: str | None) -> Line:
    return _line(_name(Rdv), part.rdv_id, f"{PARTICIPANTS}.{part.usager_id}.{champ}", avant, apres)


@dataclass(frozen=True)
class _Facts:
    """What of a model is told: its columns, each under the name of its field ("lieu" for `lieu_id`), and its
    tables of pairs; for the fields that hold ids, whose."""

    columns: dict[str, str]
    links: frozenset[str]
    targets: dict[str, type[Any]]


def _facts(model: type[Any]) -> _Facts:
    mapper = inspect(model)
    columns = {column.key: column.key.removesuffix("_id") for column in mapper.column_attrs if column.key not in UNTOLD}
    links = {one.key: one.mapper.class_ for one in mapper.relationships if one.secondary is not None}
    targets = {columns[key]: target for key, target in _foreign(mapper) if key in columns}
    return _Facts(columns, frozenset(links), targets | links)


def _foreign(mapper: Mapper[Any]) -> Iterator[tuple[str, type[Any]]]:
    tables = {other.local_table: other.class_ for other in Base.registry.mappers}
    for attribute in mapper.column_attrs:
        for key in attribute.columns[0].foreign_keys:
            yield attribute.key, tables[key.column.table]


_TOLD: tuple[type[Any], ...] = (*TRACKED, Participation)
_FACTS = {model: _facts(model) for model in _TOLD}


def _name(model: type[Any]) -> str:
    return str(model.__tablename__)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _ids(ids: Iterable[int]) -> str:
    return ",".join(map(str, sorted(ids)))


# Read


def _read(session: Session, model: type[Any], trace: Trace) -> Ligne:
    champ, participant = trace.champ, None
    if champ.startswith(f"{PARTICIPANTS}."):
        _, usager_id, champ = champ.split(".")
        model, participant = Participation, _named(session, Usager, usager_id)
    target = Usager if champ == PARTICIPANTS else _FACTS[model].targets.get(champ)
    avant, apres = (_shown(session, target, text) for text in (trace.avant, trace.apres))
    return Ligne(trace.quand, trace.qui, champ, avant, apres, participant)


def _shown(session: Session, target: type[Any] | None, text: str | None) -> str | None:
    if target is None or not text:
        return text
    return ", ".join(_named(session, target, id_) for id_ in text.split(","))


def _named(session: Session, target: type[Any], id_: str) -> str:
    row = session.get(target, int(id_))
    if row is None:
        return f"n° {id_}"
    if isinstance(row, Agent | Usager):
        return f"{row.prenom} {row.nom}"
    return str(getattr(row, "nom", None) or row.ref)
