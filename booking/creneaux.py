"""The slot engine: from openings, busy time, a length and a window to créneaux; a pure function."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking.plages import is_second_pass
from booking.spans import Span, without

ROUNDING = timedelta(minutes=5)
"""Where a free interval has begun, its first start is a multiple of this from the interval's own start."""


@dataclass(frozen=True)
class Opening:
    """One occurrence of a plage: an agent receives, at a lieu or at none (telephone, home)."""

    agent_id: int
    lieu_id: int | None
    span: Span


@dataclass(frozen=True)
class Window:
    """The starts that are wanted: from `first` to `last`, both included. Nothing is in it when they cross."""

    first: datetime
    last: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.first <= instant <= self.last


@dataclass(frozen=True)
class Creneau:
    """A free start. `agent_ids`: who is free there, in order; a single one on the agents' side."""

    debut: datetime
    fin: datetime
    lieu_id: int | None
    agent_ids: tuple[int, ...]


def find(
    openings: Iterable[Opening],
    busy: Mapping[int, Iterable[Span]],
    *,
    duree: timedelta,
    window: Window,
    now: datetime,
    zone: ZoneInfo,
    by_agent: bool = False,
) -> list[Creneau]:
    """The créneaux of `duree` that start in `window`, in order of start and lieu, whatever the order of what
    came in: one per start and lieu (usagers), or one per start and agent (`by_agent`), at the lowest lieu
    where plages of one agent overlap. `busy` is the time taken, by agent, in any order. The rules are those
    of the domain, "Créneaux" 1 to 3: the window filters starts, it never shifts the grid. Raises ValueError
    for a `duree` that is not positive."""
    if duree <= timedelta(0):
        raise ValueError(f"a créneau takes time: {duree}")
    taken = {agent_id: sorted(spans) for agent_id, spans in busy.items()}
    places: dict[datetime, set[tuple[int | None, int]]] = defaultdict(set)
    for opening in openings:
        for free in without(opening.span, taken.get(opening.agent_id, ())):
            for debut in _starts(free, duree, now):
                if debut in window and not is_second_pass(debut, zone):
                    places[debut].add((opening.lieu_id, opening.agent_id))
    share = _by_agent if by_agent else _by_lieu
    return [
        Creneau(debut, debut + duree, lieu_id, agent_ids)
        for debut in sorted(places)
        for lieu_id, agent_ids in share(sorted(places[debut], key=_lieu_then_agent))
    ]


def _starts(free: Span, duree: timedelta, now: datetime) -> Iterator[datetime]:
    """Back to back from the interval's own start; what is left at its end is lost."""
    debut = free.debut
    if debut < now:
        debut += -((debut - now) // ROUNDING) * ROUNDING
    while debut + duree <= free.fin:
        yield debut
        debut += duree


def _lieu_then_agent(place: tuple[int | None, int]) -> tuple[int, int]:
    lieu_id, agent_id = place
    return lieu_id or 0, agent_id


def _by_lieu(places: Iterable[tuple[int | None, int]]) -> Iterator[tuple[int | None, tuple[int, ...]]]:
    agents: dict[int | None, list[int]] = defaultdict(list)
    for lieu_id, agent_id in places:
        agents[lieu_id].append(agent_id)
    for lieu_id, agent_ids in agents.items():
        yield lieu_id, tuple(agent_ids)


def _by_agent(places: Iterable[tuple[int | None, int]]) -> Iterator[tuple[int | None, tuple[int, ...]]]:
    seen: set[int] = set()
    for lieu_id, agent_id in places:
        if agent_id not in seen:
            seen.add(agent_id)
            yield lieu_id, (agent_id,)
