"""The database: declarative base, aware UTC columns, engines for SQLite and PostgreSQL, transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn

from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from booking.errors import CreneauPris

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
OVERLAP = "occupation_sans_chevauchement"
"""The name of the rule against double booking: PostgreSQL's constraint and the text SQLite's triggers raise."""

Sessions = sessionmaker[Session]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused at the border."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()}: instants carry their zone")
        instant = value.astimezone(UTC)
        # SQLite has no zone: keep the UTC wall clock, whose text sorts as time does.
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(enum: type[StrEnum]) -> Enum:
    """A column that holds one of the words of `enum`, checked by the database."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def connect(url: str) -> Engine:
    """An engine for `url`. SQLite gets WAL, foreign keys and immediate transactions: a plain BEGIN there
    fails at the first concurrent write whatever the busy timeout (SQLITE_BUSY_SNAPSHOT). Errors never quote the
    parameters of a statement: they are people's numbers and words, and errors are logged."""
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            hide_parameters=True,
            connect_args={"connect_timeout": 5},
        )
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=wal", "synchronous=normal", "busy_timeout=15000", "foreign_keys=on"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def sessions_of(engine: Engine) -> Sessions:
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(sessions: Sessions) -> Iterator[Session]:
    """One unit of work: committed when the block ends, rolled back when it raises. Only the shell opens one."""
    with sessions() as session, session.begin():
        yield session


@contextmanager
def reading(sessions: Sessions) -> Iterator[Session]:
    """A transaction that only reads: on SQLite it does not wait for writers."""
    with sessions() as session, session.begin():
        session.connection(execution_options={"reading": True})
        yield session


def is_overlap(error: Exception) -> bool:
    """Whether a database error is the refusal of a double booking, on either database."""
    return OVERLAP in str(error)


def refuse_overlap(error: Exception) -> NoReturn:
    """Turn the database's refusal into `CreneauPris`; anything else is raised as it came."""
    if is_overlap(error):
        raise CreneauPris from error
    raise error


def insert_once(session: Session, model: type[Base], **values: Any) -> bool:
    """Insert a row unless its unique key is taken, whoever else is inserting it; tell whether it was inserted."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing()
    return bool(session.execute(statement.returning(*inspect(model).primary_key)).first())
