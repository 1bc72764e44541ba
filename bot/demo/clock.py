"""The demo's clock: it runs like any other, and whoever shows the demo may move it forward, never back."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from sqlalchemy import func, make_url, select, true
from sqlalchemy.orm import Session

from booking.db import reading
from booking.fenetre import OPENS
from booking.models import Avis, AvisEtat, Hold, Offre, OffreEtat
from booking.plages import local_day
from booking.rappels import DAYS_BEFORE, EVENING, LAST
from bot.chat import settle
from bot.ledger import Outgoing, OutgoingState, in_state
from bot.shell import Clock, Shell, wall_clock

FURTHEST = timedelta(days=366)
"""How far ahead of the wall it may be moved."""
STOPS = 1000
"""At how many instants a move stops at most: nothing that falls due for ever is waited for."""


class DemoClock:
    """Ahead of the wall by what `kept_in` says, where the file exists: a restart does not take time back."""

    def __init__(self, kept_in: Path, wall: Clock = wall_clock) -> None:
        self._kept_in = kept_in
        self._wall = wall
        self._ahead = timedelta(seconds=float(kept_in.read_text())) if kept_in.exists() else timedelta()
        self._moving = Lock()

    def __call__(self) -> datetime:
        return self._wall() + self._ahead

    @property
    def furthest(self) -> datetime:
        """Until when it may be moved."""
        return self._wall() + FURTHEST

    def move_to(self, instant: datetime) -> None:
        """Show `instant` from now on, unless it is past already."""
        with self._moving:
            ahead = instant - self._wall()
            if ahead <= self._ahead:
                return
            written = self._kept_in.with_suffix(".new")
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(str(ahead.total_seconds()))
            written.replace(self._kept_in)
            self._ahead = ahead


def kept_beside(database_url: str) -> Path:
    """Where the clock of a demo is kept: beside its database where that is a file, under `var/` elsewhere."""
    url = make_url(database_url)
    name = url.database or "demo"
    return (Path(name) if url.drivername.startswith("sqlite") else Path("var", name)).with_suffix(".clock")


def pass_time(shell: Shell, clock: DemoClock, until: datetime) -> None:
    """Let the time pass: whatever falls due on the way happens at its own hour, as it would have for who waits."""
    for _ in range(STOPS):
        now = clock()
        if now >= until:
            return
        with reading(shell.sessions) as session:
            stop = _next_due(session, now, until)
        clock.move_to(stop)
        settle(shell)
    clock.move_to(until)


def _next_due(session: Session, now: datetime, until: datetime) -> datetime:
    """The first instant after `now` at which something is to be told, sent or let go; `until` if that is sooner."""
    waiting = (
        select(func.min(due)).where(due > now, due < until, which)
        for due, which in (
            (Avis.du_le, Avis.etat == AvisEtat.A_DIRE),
            (Outgoing.not_before, in_state(Outgoing, OutgoingState.QUEUED)),
            (Hold.expire_le, true()),
            (Offre.expire_le, Offre.etat == OffreEtat.OUVERTE),
        )
    )
    dues: list[datetime | None] = [session.scalar(first) for first in waiting]
    return min((due for due in dues if due is not None), default=until)


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """When messages may leave again, on the first morning to come."""
    today = _on_wall(now, 0, OPENS, zone)
    return today if today > now else _on_wall(now, 1, OPENS, zone)


def before(debut: datetime, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """The hours at which an RDV that begins at `debut` may be recalled, those to come, by what they are called."""
    hours = {
        "2 jours avant": debut.astimezone(zone) - timedelta(days=DAYS_BEFORE),
        "la veille au soir": _on_wall(debut, -1, EVENING, zone),
        "2 heures avant": debut - LAST,
    }
    return {called: hour.astimezone(UTC) for called, hour in hours.items() if hour > now}


def _on_wall(instant: datetime, days: int, wall: time, zone: ZoneInfo) -> datetime:
    """That hour of the day that is so many days after an instant's."""
    return datetime.combine(local_day(instant, zone) + timedelta(days=days), wall, zone).astimezone(UTC)
