"""The stop switch: what is shut by hand does not leave until somebody opens it again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import insert_once
from bot.ledger import Valve

SMS = "sms"
"""Shuts everything, answers too. Any other name shuts the messages of that kind ("reminder")."""


def shut(session: Session, name: str, who: str, now: datetime) -> None:
    """Let nothing of that name leave any more; shut twice, the first one stands."""
    insert_once(session, Valve, name=name, shut_at=now, shut_by=who)


def reopen(session: Session, name: str) -> None:
    """Let it leave again."""
    valve = session.get(Valve, name)
    if valve is not None:
        session.delete(valve)


def is_shut(session: Session, name: str) -> bool:
    return name in names_shut(session)


def names_shut(session: Session) -> set[str]:
    """Everything that is shut."""
    return set(session.scalars(select(Valve.name)))
