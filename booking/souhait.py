"""Souhait: when somebody would like to come, in days and hours of their own clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Souhait:
    """Local days `premier`..`dernier`, both included, and local hours `apres` <= start < `avant`, or one exact
    `heure`. A missing bound does not limit."""

    premier: date | None = None
    dernier: date | None = None
    apres: time | None = None
    avant: time | None = None
    heure: time | None = None

    def admits(self, local: datetime) -> bool:
        """Whether a créneau starting at this wall time suits."""
        if self.premier is not None and local.date() < self.premier:
            return False
        if self.dernier is not None and local.date() > self.dernier:
            return False
        return self.admits_hour(local.time())

    def admits_hour(self, hour: time) -> bool:
        if self.heure is not None:
            return hour == self.heure
        return (self.apres is None or hour >= self.apres) and (self.avant is None or hour < self.avant)

    @property
    def is_one_day(self) -> bool:
        return self.premier is not None and self.premier == self.dernier

    def instants(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """The first and the last instant of the days wished for, None where they are not bounded."""
        first = datetime.combine(self.premier, time.min, zone).astimezone(UTC) if self.premier else None
        if self.dernier is None:
            return first, None
        after = datetime.combine(self.dernier + timedelta(days=1), time.min, zone).astimezone(UTC)
        return first, after - timedelta(microseconds=1)
