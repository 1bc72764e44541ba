"""Counts that are looked at on the way: read and raised by key, never counted anew."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, select, tuple_
from sqlalchemy.orm import Session

from booking.db import inserting
from bot.ledger import Tally

tally = cast(Table, Tally.__table__)

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
    # Always in the same order: two that raise the same counts wait for each other at most once.
    rows = [{"name": name, "period": period, "count": more[name, period]} for name, period in sorted(more)]
    raised = session.execute(_raising(session.get_bind().dialect.name), rows if len(rows) > 1 else rows[0])
    return {(name, period): count for name, period, count in raised}


@cache
def _raising(dialect: str) -> Any:
    """Written once: putting a statement together costs more than running it."""
    insert = inserting(dialect)(tally)
    raised = insert.on_conflict_do_update(
        index_elements=["name", "period"], set_={"count": tally.c.count + insert.excluded.count}
    )
    return raised.returning(tally.c.name, tally.c.period, tally.c.count)
