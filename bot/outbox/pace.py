"""How fast one chat may be written to: Telegram takes a message a second, a few at once, and refuses the rest."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking.db import one_of
from bot.ledger import Outgoing

BURST = 3
"""Messages to one chat within as many seconds."""
WINDOW = timedelta(seconds=BURST)


def full_until(session: Session, contact_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """Of these contacts, those that have just had `BURST` messages, and when the next one may leave."""
    if not contact_ids:
        return {}
    lately = (
        select(Outgoing.contact_id, func.min(Outgoing.claimed_at))
        .where(one_of(Outgoing.contact_id, contact_ids), Outgoing.claimed_at > now - WINDOW)
        .group_by(Outgoing.contact_id)
        .having(func.count() >= BURST)
    )
    return {contact_id: first + WINDOW for contact_id, first in session.execute(lately) if first is not None}
