"""Counts that are looked at on the way: read and raised by key, never counted anew."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.ledger import Tally

Key = tuple[str, str]
"""A name and a period, as in `Tally`."""


def read(session: Session, keys: Iterable[Key]) -> dict[Key, int]:
    """The counts of these keys, those that are there, in one statement."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = select(Tally.name, Tally.period, Tally.count).where(tuple_(Tally.name, Tally.period).in_(wanted))
    return {(name, period): count for name, period, count in session.execute(found)}


def add(session: Session, more: Mapping[Key, int]) -> dict[Key, int]:
    """Raise each count by so much, in one statement, whoever else is raising it; the counts after that."""
    if not more:
        return {}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Tally)
    raised = insert.on_conflict_do_update(
        index_elements=["name", "period"], set_={"count": Tally.count + insert.excluded.count}
    ).returning(Tally.name, Tally.period, Tally.count)
    # Always in the same order: two that raise the same counts wait for each other at most once.
    rows = [{"name": name, "period": period, "count": more[name, period]} for name, period in sorted(more)]
    return {(name, period): count for name, period, count in session.execute(raised, rows)}
