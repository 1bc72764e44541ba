"""The slot engine: from openings, busy time, a length and a window to créneaux; a pure function.

Instants are whole seconds since the epoch here: integers are what makes a search fast (docs/performance.md).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, chain
from typing import NamedTuple

ROUNDING = 300
"""Where a free interval has begun, its first start is a multiple of this from the interval's own start."""

Stretch = tuple[int, int]
"""Half-open: from a second, included, to another, excluded."""


class Opening(NamedTuple):
    """One occurrence of a plage: an agent receives at a lieu. `lieu` is any number; lieux come in its order."""

    debut: int
    fin: int
    lieu: int
    agent: int


Libre = tuple[int, int, tuple[int, ...]]
"""A free start, the lieu, and who is free there, in order; a single one on the agents' side. Not a class: most
of a search is making these."""


class Creneau(NamedTuple):
    """What a search gives. `agent_ids`: who is free there, in order; a single one on the agents' side, all those
    asked for where they come together."""

    debut: datetime
    fin: datetime
    lieu_id: int | None
    agent_ids: tuple[int, ...]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: starts from `first` to `last`, both included, of créneaux that last `duree`.

    Nothing starts in the stretches of `never`. `in_a_row` asks for that many créneaux of one agent, each
    beginning where the one before ends; the window is that of the first. `by_agent` gives one créneau per start
    and agent, at the lowest lieu, instead of one per start and lieu."""

    duree: int
    first: int
    last: int
    now: int
    never: Sequence[Stretch] = ()
    in_a_row: int = 1
    by_agent: bool = False

    def __post_init__(self) -> None:
        if self.duree <= 0 or self.in_a_row <= 0:
            raise ValueError(f"a créneau takes time: {self.in_a_row} of {self.duree} s")

    def first_start(self, debut: int) -> int:
        """The first start that may be offered in an interval that is free from `debut` on: where it has begun,
        rounded up from there; and the window takes starts away, it does not move them."""
        if debut < self.now:
            debut -= (debut - self.now) // ROUNDING * ROUNDING
        if debut < self.first:
            debut -= (debut - self.first) // self.duree * self.duree
        return debut


class Busy(NamedTuple):
    """Time taken from an agent: when each stretch begins, in order, and when it ends, or any before it if that is
    later."""

    begins: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> "Busy":
        """From stretches in any order, which may overlap."""
        ordered = sorted(stretches)
        if not ordered:
            return FREE
        begins, ends = zip(*ordered, strict=True)
        return cls(begins, tuple(accumulate(ends, max)))


FREE = Busy((), ())


def find(openings: Iterable[Opening], busy: Mapping[int, Busy], wanted: Wanted) -> Iterator[Libre]:
    """The free starts, in order of start and lieu, whatever the order of `openings`; `busy` is the time taken, by
    agent. The rules are those of the domain, "Créneaux" 1 to 3. Lazy: a day is not looked at before all that the
    days before it offer has been asked for."""
    ordered = sorted(openings)
    if not ordered:
        return iter(())
    code = _Code(ordered)
    share = code.by_agent if wanted.by_agent else code.by_lieu
    return chain.from_iterable(
        share(_kept(sorted(free), wanted, code.second)) for free in _days(ordered, busy, wanted, code)
    )


def in_common(openings: Iterable[Opening], agents: Sequence[int]) -> list[Opening]:
    """The openings that all of `agents` have in common, at one lieu, as those of the first of them."""
    by_lieu: dict[int, dict[int, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for debut, fin, lieu, agent in openings:
        by_lieu[lieu][agent].append((debut, fin))
    return [
        Opening(debut, fin, lieu, agents[0])
        for lieu, theirs in by_lieu.items()
        for debut, fin in _overlaps([theirs[agent] for agent in agents])
    ]


def _overlaps(lists: Sequence[Sequence[Stretch]]) -> set[Stretch]:
    shared = set(lists[0])
    for others in lists[1:]:
        shared = {
            (max(debut, start), min(fin, end))
            for debut, fin in shared
            for start, end in others
            if debut < end and start < fin
        }
    return shared


class _Code:
    """A start, a lieu and an agent as one integer, which sorts as the three would: a grid of starts is then a
    range, and a search mostly joins and sorts lists of integers, which costs next to nothing."""

    def __init__(self, openings: Iterable[Opening]) -> None:
        _, _, lieux, agents = zip(*openings, strict=True)
        self.lieu = max(agents) + 1
        self.second = (max(lieux) + 1) * self.lieu

    def by_lieu(self, codes: Iterable[int]) -> list[Libre]:
        one_lieu, lieux = self.lieu, self.second // self.lieu
        found: list[Libre] = []
        here, agents = -1, [0]
        for code in codes:
            place, agent = divmod(code, one_lieu)
            if place != here:
                found.append((here // lieux, here % lieux, tuple(agents)))
                here, agents = place, [agent]
            elif agent != agents[-1]:
                agents.append(agent)
        found.append((here // lieux, here % lieux, tuple(agents)))
        return found[1:]

    def by_agent(self, codes: Iterable[int]) -> list[Libre]:
        found: dict[tuple[int, int], Libre] = {}
        for code in codes:
            start, place = divmod(code, self.second)
            lieu, agent = divmod(place, self.lieu)
            found.setdefault((start, agent), (start, lieu, (agent,)))
        return list(found.values())


def _days(openings: Iterable[Opening], busy: Mapping[int, Busy], wanted: Wanted, code: _Code) -> Iterator[list[int]]:
    """The codes of what is free in each group of openings that overlap or touch (those of a day, as a rule), in
    any order, some of them twice."""
    free: list[int] = []
    second, duree = code.second, wanted.duree
    floor = max(wanted.now, wanted.first)
    # Of those in a row, only the first has to start in the window.
    ceiling = wanted.last + (wanted.in_a_row - 1) * duree

    def offer(since: int, until: int, place: int) -> None:
        start = since if since >= floor else wanted.first_start(since)
        last = until - duree if until - duree < ceiling else ceiling
        if start <= last:
            free.extend(range(start * second + place, last * second + place + 1, duree * second))

    reach = 0
    for debut, fin, lieu, agent in openings:
        if debut > reach and free:
            yield free
            free = []
        if fin > reach:
            reach = fin
        place = lieu * code.lieu + agent
        begins, ends = busy.get(agent, FREE)
        since = debut
        for rank in range(bisect_right(ends, debut), bisect_left(begins, fin)):
            if begins[rank] - since >= duree:
                offer(since, begins[rank], place)
            since = ends[rank]
        if fin - since >= duree:
            offer(since, fin, place)
    yield free


def _kept(codes: list[int], wanted: Wanted, second: int) -> list[int]:
    """The codes that stay of `codes`, in their order."""
    for debut, fin in wanted.never:
        codes = [code for code in codes if not debut <= code // second < fin]
    if wanted.in_a_row == 1:
        return codes
    found, step = set(codes), wanted.duree * second
    following = range(step, wanted.in_a_row * step, step)
    return [
        code
        for code in codes
        if code < (wanted.last + 1) * second and all(code + further in found for further in following)
    ]
