"""A district written into a database at once, the rule against double booking taken off and put back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, Engine, Table, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from booking.db import Base, connect
from booking.models import Notification, Role, TypeMotif
from bot.bench.district import MONDAY, PARIS, District
from bot.migrations import migrate

Row = dict[str, Any]
MADE = datetime.combine(MONDAY - timedelta(days=60), time(12), PARIS).astimezone(UTC)
BY = "fichier"


class NoScratch(Exception):
    """No database of our own can be made on that server, and why."""


@contextmanager
def sqlite() -> Iterator[Engine]:
    """An empty, migrated SQLite in a folder of its own, gone afterwards."""
    with TemporaryDirectory(prefix="rdv-bench-") as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            migrate(engine)
            yield engine
        finally:
            engine.dispose()


@contextmanager
def postgresql(url: str) -> Iterator[Engine]:
    """An empty, migrated database of our own on the server of `url`, dropped afterwards whatever happens; what
    the database of `url` holds is not looked at. Raises `NoScratch` where none can be made."""
    name = f"rdv_bench_{uuid4().hex}"
    server = create_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        try:
            _administer(server, f'CREATE DATABASE "{name}"')
        except DBAPIError as error:
            raise NoScratch(str(error.orig).strip()) from error
        engine = connect(make_url(url).set(database=name).render_as_string(hide_password=False))
        try:
            migrate(engine)
            yield engine
        finally:
            engine.dispose()
            _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        server.dispose()


def _administer(server: Engine, statement: str) -> None:
    with server.connect() as connection:
        connection.execute(text(statement))


def write(engine: Engine, districts: Iterable[District], tell: Callable[[str], None]) -> None:
    """Load territoires one after the other, then let the database look at what it has been given."""
    with engine.begin() as connection, _in_bulk(connection):
        for district in districts:
            for name, rows in _rows(district):
                _load(connection, Base.metadata.tables[name], rows)
            tell(f"{engine.dialect.name}: territoire {district.number} loaded")
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))


ASIDE = {
    "sqlite": """
        SELECT 'DROP ' || type || ' "' || name || '"', sql FROM sqlite_master
        WHERE type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY type""",
    "postgresql": """
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE contype IN ('x', 'f') AND connamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = 'public'::regnamespace AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)""",
}
"""What checks or indexes one row at a time: how to take each off, and how to put it back, word for word as the
migrations made it."""


@contextmanager
def _in_bulk(connection: Connection) -> Iterator[None]:
    """Without triggers, indexes, foreign keys and the exclusion constraint; afterwards they all hold again, and
    identities go on from the last id."""
    aside = connection.execute(text(ASIDE[connection.dialect.name])).all()
    for off, _ in aside:
        connection.exec_driver_sql(off)
    yield
    for _, on in aside:
        connection.exec_driver_sql(on)
    if connection.dialect.name == "postgresql":
        for table in Base.metadata.tables.values():
            if "id" in table.columns:
                last = f'(SELECT max(id) FROM "{table.name}")'
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")


def _load(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    """COPY on PostgreSQL, executemany on SQLite; columns that the rows leave out take their defaults."""
    first = next(rows, None)
    if first is None:
        return
    defaults = _defaults(table)
    columns = [column for column in table.columns if column.key in first or column.key in defaults]
    keys = [column.key for column in columns]
    binds = [_bind(connection, column) for column in columns]
    values = (
        tuple(bind(row[key] if key in row else defaults[key]) for key, bind in zip(keys, binds, strict=True))
        for row in chain((first,), rows)
    )
    driver: Any = connection.connection.driver_connection
    named = ", ".join(f'"{key}"' for key in keys)
    if connection.dialect.name == "postgresql":
        with driver.cursor().copy(f'COPY "{table.name}" ({named}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
    else:
        marks = ", ".join("?" for _ in keys)
        driver.executemany(f'INSERT INTO "{table.name}" ({named}) VALUES ({marks})', values)


def _defaults(table: Table) -> dict[str, Any]:
    return {
        column.key: column.default.arg
        for column in table.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def _bind(connection: Connection, column: Column[Any]) -> Callable[[Any], Any]:
    """How SQLAlchemy itself turns a value of this column into the driver's."""
    processor = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return processor or (lambda value: value)


def _rows(district: District) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of a territoire, table after table, in the order their references ask for."""
    id_ = district.number
    yield "territoire", iter([{"id": id_, "ref": f"bench-{id_}", "nom": f"Département {id_}", "timezone": str(PARIS),
                               "jours_feries": "FR", "langues": ["fr"]}])  # fmt: skip
    owner = {"territoire_id": id_}
    yield "service", iter([{"id": id_, "ref": "social", "nom": "Service social", **owner}])
    yield "organisation", iter([{"id": id_, "ref": "mds", "nom": "MDS", "secteurs": [], **owner}])
    yield "lieu", (
        {"id": lieu_id, "ref": f"lieu-{lieu_id:05}", "organisation_id": id_, "nom": f"MDS {lieu_id}",
         "adresse": f"{lieu_id} rue de la Mairie", **owner}
        for lieu_id in district.lieu_ids
    )  # fmt: skip
    yield "agent", (
        {"id": agent_id, "ref": f"agent-{agent_id:06}", "prenom": "Anne", "nom": f"Durand {agent_id}",
         "service_id": id_, "role": Role.UTILISATEUR, **owner}
        for agent_id in district.agent_ids
    )  # fmt: skip
    yield "agent_organisation", ({"agent_id": one, "organisation_id": id_} for one in district.agent_ids)
    yield "motif", (
        {"id": motif.id, "ref": f"motif-{motif.id}", "organisation_id": id_, "service_id": id_, "nom": motif.nom,
         "type": TypeMotif.SUR_PLACE, "duree_min": motif.duree_min, "delai_min_min": motif.delai_min_min,
         "delai_max_min": motif.delai_max_min, "libelle_usager": motif.nom,
         "notification": Notification.VISIBLE_NOTIFIE, **owner}
        for motif in district.motifs
    )  # fmt: skip
    yield "plage", (
        {"id": plage.id, "ref": f"plage-{plage.id}", "agent_id": plage.agent_id, "lieu_id": plage.lieu_id,
         "premier_jour": plage.premier_jour, "debut": plage.debut, "fin": plage.fin,
         "recurrence": plage.recurrence, "sauf": list(plage.sauf), "fermee_feries": plage.fermee_feries, **owner}
        for plage in district.plages
    )  # fmt: skip
    yield (
        "plage_motif",
        ({"plage_id": plage.id, "motif_id": motif_id} for plage in district.plages for motif_id in plage.motif_ids),
    )
    yield "absence", (
        {"id": absence.id, "ref": f"absence-{absence.id}", "agent_id": absence.agent_id,
         "premier_jour": absence.premier_jour, "debut": absence.debut, "dernier_jour": absence.dernier_jour,
         "fin": absence.fin, "recurrence": absence.recurrence, **owner}
        for absence in district.absences
    )  # fmt: skip
    yield "usager", (
        {"id": usager_id, "ref": f"usager-{usager_id}", "prenom": "Marie", "nom": f"Martin {usager_id}",
         "telephone": f"+336{usager_id:08}", **owner}
        for usager_id in district.usager_ids
    )  # fmt: skip
    yield from _rdv_rows(district)


def _rdv_rows(district: District) -> Iterator[tuple[str, Iterator[Row]]]:
    """What booking writes: the RDV, its agent, its participant, and the time they take unless it is cancelled."""
    yield "rdv", (
        {"id": rdv.id, "ref": f"rdv-{rdv.id}", "territoire_id": district.number, "motif_id": rdv.motif_id,
         "lieu_id": rdv.lieu_id, "debut": rdv.debut, "fin": rdv.fin, "statut": rdv.statut, "cree_par": BY,
         "cree_le": MADE}
        for rdv in district.rdvs
    )  # fmt: skip
    yield "rdv_agent", ({"rdv_id": rdv.id, "agent_id": rdv.agent_id} for rdv in district.rdvs)
    yield (
        "participation",
        (
            {"id": rdv.id, "rdv_id": rdv.id, "usager_id": rdv.usager_id, "statut": rdv.statut, "cree_par": BY}
            for rdv in district.rdvs
        ),
    )
    yield "hold", (
        {"id": hold.id, "ref": f"hold-{hold.id}", "contact": f"sms:+337{hold.id:08}", "motif_id": hold.motif_id,
         "lieu_id": hold.lieu_id, "agent_id": hold.agent_id, "debut": hold.debut, "fin": hold.fin,
         "expire_le": hold.expire_le}
        for hold in district.holds
    )  # fmt: skip
    yield "occupation", (
        {"agent_id": rdv.agent_id, "debut": rdv.debut, "fin": rdv.fin, "rdv_id": rdv.id, "hold_id": None,
         "jusqu_a": None}
        for rdv in district.rdvs
        if rdv.statut.is_living
    )  # fmt: skip
    yield "occupation", (
        {"agent_id": hold.agent_id, "debut": hold.debut, "fin": hold.fin, "rdv_id": None, "hold_id": hold.id,
         "jusqu_a": hold.expire_le}
        for hold in district.holds
    )  # fmt: skip
