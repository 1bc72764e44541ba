"""Spans: half-open stretches of UTC time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `debut`, included, to `fin`, excluded. Raises ValueError when empty or when an end is not in UTC:
    two instants of another zone are subtracted by their wall clocks, which lie twice a year."""

    debut: datetime
    fin: datetime

    def __post_init__(self) -> None:
        if self.debut.tzinfo is not UTC or self.fin.tzinfo is not UTC:
            raise ValueError(f"a span is in UTC: {self.debut!r}, {self.fin!r}")
        if self.debut >= self.fin:
            raise ValueError(f"an empty span: {self.debut} to {self.fin}")

    @property
    def duree(self) -> timedelta:
        return self.fin - self.debut

    def overlaps(self, other: "Span") -> bool:
        """Whether they share an instant; spans that touch do not."""
        return self.debut < other.fin and other.debut < self.fin

    def within(self, bounds: "Span") -> "Span | None":
        """The part that lies in `bounds`; None when nothing does."""
        if not self.overlaps(bounds):
            return None
        return Span(max(self.debut, bounds.debut), min(self.fin, bounds.fin))
