"""Spans: half-open stretches of UTC time, and what is left of them once the busy time is taken out."""

from collections.abc import Iterable
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


def without(span: Span, busy: Iterable[Span]) -> list[Span]:
    """What `busy` leaves of `span`, in order. `busy` comes sorted; its spans may overlap."""
    free = []
    debut = span.debut
    for taken in busy:
        if taken.debut >= span.fin:
            break
        if debut < taken.debut:
            free.append(Span(debut, taken.debut))
        debut = max(debut, taken.fin)
    if debut < span.fin:
        free.append(Span(debut, span.fin))
    return free
