"""What is asked of a district: the searches of people and of pages, over several lieux and moments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property

from bot.bench.district import MONDAY, PARIS, District, Motif

Offer = tuple[datetime, datetime, int | None, tuple[int, ...]]
"""Start, end, lieu, agents: a créneau as every way of finding it says it."""


@dataclass(frozen=True)
class Ask:
    """One search, on the usager's side: the créneaux of `days` days from `now` on, at `lieu_ids` (None: all of
    the territoire's), the next `take` of them, or only the first of each lieu."""

    motif: Motif
    now: datetime
    days: int
    lieu_ids: tuple[int, ...] | None = None
    take: int | None = None
    first_by_lieu: bool = False

    @cached_property
    def first(self) -> datetime:
        return self.now + timedelta(minutes=self.motif.delai_min_min)

    @cached_property
    def last(self) -> datetime:
        """The last start that counts, included."""
        return self.now + min(timedelta(days=self.days), timedelta(minutes=self.motif.delai_max_min))


MOMENTS = ((0, 8, 10), (1, 14, 37), (4, 11, 2), (9, 9, 59), (12, 16, 20), (16, 7, 45), (22, 10, 31))
"""Days after the first Monday, hour and minute in Paris: nobody asks at a round hour."""
LIEUX = 9
"""How many lieux are asked about: no divisor in common with the moments, so they meet in turn."""


def at_a_lieu(district: District, motif: Motif, days: int, take: int | None = None) -> list[Ask]:
    """The same search at several lieux, each at another moment."""
    asked = district.lieu_ids[:: max(1, len(district.lieu_ids) // LIEUX)][:LIEUX]
    count = max(len(asked), len(MOMENTS))
    nows = _moments()
    return [Ask(motif, nows[at % len(nows)], days, (asked[at % len(asked)],), take) for at in range(count)]


def everywhere(motif: Motif, days: int, take: int | None = None, *, first_by_lieu: bool = False) -> list[Ask]:
    """The same search over all lieux, at several moments."""
    return [Ask(motif, now, days, None, take, first_by_lieu) for now in _moments()]


@dataclass(frozen=True)
class Question:
    """Searches of one kind, and what is promised of them: how many times faster than the usual way, how many
    times a SELECT 1 on a database, and the seconds the reference product needs on such a machine."""

    name: str
    asks: Sequence[Ask]
    usual: float | None = None
    round_trips: float | None = None
    reference: float | None = None


def questions(district: District, *, promised: bool) -> list[Question]:
    """The searches that are timed; `promised` tells whether the targets are about a district of this size."""
    common, rare = district.common, district.rare
    asked = [
        Question("Q1 next 3 at a lieu", at_a_lieu(district, common, 90, take=3), 70, 20, 0.037),
        Question("Q2 7 days at a lieu", at_a_lieu(district, common, 7), 70, 25, 0.030),
        Question("Q3 7 days, all lieux", everywhere(common, 7), 100, 100, 1.850),
        Question("Q4 first of each lieu, 90 days", everywhere(common, 90, first_by_lieu=True), 100, 100, 2.490),
        Question("Q5 rare motif, 7 days", everywhere(rare, 7), 9),
        Question("Q5 rare motif, next 3", everywhere(rare, 90, take=3), 9),
    ]
    return asked if promised else [Question(one.name, one.asks) for one in asked]


def horizons(district: District) -> list[list[Ask]]:
    """All the créneaux at a lieu over 7, 28 and 90 days."""
    week = at_a_lieu(district, district.common, 7)
    return [[replace(ask, days=days) for ask in week] for days in (7, 28, 90)]


def _moments() -> list[datetime]:
    return [
        datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), PARIS).astimezone(UTC)
        for day, hour, minute in MOMENTS
    ]
