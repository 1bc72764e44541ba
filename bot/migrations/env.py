"""How Alembic meets our models: one engine given by the caller, types of ours written as plain ones."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Engine

from booking import models  # noqa: F401  the tables register themselves
from booking.db import Base, UtcDateTime
from bot import ledger  # noqa: F401  likewise


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration is frozen history: it names no type of the product."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


engine: Engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
