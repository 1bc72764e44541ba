"""How fast our numbers may send: one bucket of segments for each, that fills at its rate and stops when told so.

The rate, in segments a second, is a setting; 0 is for no bound. A channel without numbers of ours has one bucket, of
messages, and a rate that its provider sets.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.ledger import Sender

BURST = 5.0
"""Seconds of its rate that a bucket holds: the time between two sweeps, or the rate would never be reached. What
leaves in a burst waits at the provider, and an answer waits behind it."""
PER_SECOND = {"telegram": 25.0, "whatsapp": 60.0}
"""Messages that a provider takes, a second's worth at once, and which refuses the rest; Telegram says about 30,
WhatsApp 80."""
LONGEST_HOLD = timedelta(minutes=5)
"""However long the provider asks for: then one message tries whether it still means it."""


@dataclass(frozen=True)
class Level:
    """What a number may still send now, in segments; `is_held`: the provider asked it to be silent for a while."""

    segments: float
    is_held: bool = False

    @property
    def is_empty(self) -> bool:
        return self.segments <= 0


def name_of(channel: str, sender: str | None) -> str:
    """The name of the bucket that a message of a channel is taken from."""
    return channel if channel in PER_SECOND else sender or channel


def levels(session: Session, rate: float, now: datetime) -> dict[str, Level]:
    """The level of every number that has sent; the others' are full."""
    return {sender.name: _level(sender, rate, now) for sender in session.scalars(select(Sender))}


def lock(session: Session, names: Collection[str], rate: float, now: datetime) -> dict[str, Level]:
    """The levels of these numbers, that nobody else changes until the transaction ends."""
    rows = select(Sender).where(Sender.name.in_(names)).order_by(Sender.name)
    # Without a rate nothing is counted, so nobody need wait for anybody.
    known = {one.name: _level(one, rate, now) for one in session.scalars(rows.with_for_update() if rate else rows)}
    return {name: known.get(name, Level(_capacity(name, rate))) for name in names}


def take(session: Session, found: Mapping[str, Level], segments: Mapping[str, int], now: datetime) -> None:
    """Take so many segments from the levels found under the lock; they may go below zero."""
    counted = {name: found[name].segments - count for name, count in segments.items() if count}
    _write(session, {name: (level, now) for name, level in counted.items() if level < inf})


def hold(session: Session, seconds: Mapping[str, float], rate: float, now: datetime) -> None:
    """Let nothing leave from these numbers for so long, and empty their buckets; 0 seconds empties only."""
    lock(session, seconds, rate, now)
    _write(session, {name: (0.0, now + min(timedelta(seconds=wait), LONGEST_HOLD)) for name, wait in seconds.items()})


def _level(sender: Sender, rate: float, now: datetime) -> Level:
    """A bucket counted in the future is held until then."""
    elapsed = (now - sender.counted_at).total_seconds()
    filled = sender.segments + PER_SECOND.get(sender.name, rate) * max(0.0, elapsed) if rate else inf
    return Level(min(_capacity(sender.name, rate), filled), is_held=elapsed < 0)


def _capacity(name: str, rate: float) -> float:
    return PER_SECOND.get(name, rate * BURST) if rate else inf


def _write(session: Session, counted: Mapping[str, tuple[float, datetime]]) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Sender)
    written = insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"segments": insert.excluded.segments, "counted_at": insert.excluded.counted_at},
    )
    rows = [{"name": name, "segments": counted[name][0], "counted_at": counted[name][1]} for name in sorted(counted)]
    if rows:
        session.execute(written, rows)
