"""The database: declarative base, aware UTC columns, engines for SQLite and PostgreSQL, transactions."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    bindparam,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.sql.functions import FunctionElement
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


class _Ids(TypeDecorator[Collection[int]]):
    """Any number of ids in one parameter: text that each database reads as a list."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str:
        opens, closes = "{}" if dialect.name == "postgresql" else "[]"
        return opens + ",".join(map(str, value or ())) + closes


class _one_of(FunctionElement[bool]):  # noqa: N801  an operator of SQL
    type = Boolean()
    inherit_cache = True
    # SQLite would be asked whether it equals 1, and would no longer look into an index.
    _is_implicitly_boolean = True


@compiles(_one_of, "postgresql")
def _one_of_postgresql(element: _one_of, compiler: Any, **kw: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **kw)} = ANY (CAST({compiler.process(ids, **kw)} AS INTEGER[]))"


@compiles(_one_of, "sqlite")
def _one_of_sqlite(element: _one_of, compiler: Any, **kw: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **kw)} IN (SELECT value FROM json_each({compiler.process(ids, **kw)}))"


def one_of(column: Any, ids: Collection[int] | str) -> ColumnElement[bool]:
    """Whether `column` is one of `ids`, or of those given as the parameter of that name: the same statement
    whatever their number, so that it is put together, and planned, once."""
    if isinstance(ids, str):
        return _one_of(column, bindparam(ids, type_=_Ids()))
    return _one_of(column, bindparam(None, ids, type_=_Ids(), unique=True))


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
    """A transaction that only reads, from first to last what was there when it began; on SQLite it does not wait
    for writers."""
    with sessions() as session, session.begin():
        session.connection(execution_options=_READING[session.get_bind().dialect.name])
        yield session


_READING: dict[str, dict[str, Any]] = {
    "sqlite": {"reading": True},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}


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
    return session.execute(_inserting_once(session.get_bind().dialect.name, model), values).first() is not None


@cache
def _inserting_once(dialect: str, model: type[Base]) -> Any:
    """Written once: putting a statement together costs more than running it."""
    statement = inserting(dialect)(model.__table__).on_conflict_do_nothing()
    return statement.returning(*inspect(model).primary_key)


def inserting(dialect: str) -> Any:
    """The `insert` of that database, with what it does about a key that is taken."""
    return (postgresql if dialect == "postgresql" else sqlite).insert
