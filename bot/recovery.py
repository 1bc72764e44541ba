"""Recovery: which of the messages that the provider has of people never reached us, and since when to ask for them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import tallies
from bot.ledger import Received, Tally
from conversations.messages import Inbound

LOOK_BACK = timedelta(hours=24)
"""How far back the first look goes."""
OVERLAP = timedelta(minutes=15)
"""How far each look goes back over the one before: a provider may list a message some time after it came."""
RECOVERED = "recovered"
"""The tally, by the hour, of the messages recovered: its last hour is also when we last looked."""
HOUR = "%Y-%m-%dT%H"
AT_ONCE = 500


def since(session: Session, now: datetime) -> datetime:
    """From when on what people wrote may not have reached us: however long we were away, back to when we last
    looked."""
    looked = session.scalar(select(func.max(Tally.period)).where(Tally.name == RECOVERED))
    if looked is None:
        return now - LOOK_BACK
    return min(datetime.strptime(looked, HOUR).replace(tzinfo=UTC), now) - OVERLAP


def note(session: Session, now: datetime, count: int) -> None:
    """Write down that we have looked, and what it brought."""
    tallies.add(session, {(RECOVERED, now.astimezone(UTC).strftime(HOUR)): count})


def unknown(session: Session, listed: Iterable[Inbound]) -> list[Inbound]:
    """Those of the messages listed that we do not have, in the order given."""
    listed = list(listed)
    known: set[tuple[str, str]] = set()
    for start in range(0, len(listed), AT_ONCE):
        ids = [inbound.provider_id for inbound in listed[start : start + AT_ONCE]]
        rows = session.execute(select(Received.channel, Received.provider_id).where(Received.provider_id.in_(ids)))
        known |= {(row.channel, row.provider_id) for row in rows}
    return [inbound for inbound in listed if (inbound.channel, inbound.provider_id) not in known]
