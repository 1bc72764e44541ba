"""The search of créneaux: what the engine needs, read in a few queries, and what it finds, as it is asked for."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from math import ceil, floor
from typing import NamedTuple

from sqlalchemy.orm import Session

from booking import diaries
from booking.creneaux import Busy, Creneau, Libre, Opening, Stretch, Wanted, find, in_common
from booking.diaries import AbsenceLue, PlageLue
from booking.errors import HorizonTropLong
from booking.models import Motif, Territoire
from booking.plages import Clock, clock, closed_days, days, local_day

AGENT_HORIZON = timedelta(days=732)
"""How far the agents' search looks: as far as the longest delay a motif may have."""
FIRST_STEP, FIRST_STEP_BY_LIEU, LONGEST_STEP = 8, 3, 64
"""How many days are searched first: those that a week from now touches; the next three where one créneau of each
lieu will do, as most have one. Each next stretch is twice as long, up to a point."""


def find_creneaux(
    session: Session,
    motif: Motif,
    *,
    now: datetime,
    first: datetime | None = None,
    last: datetime | None = None,
    lieu_ids: Collection[int] | None = None,
    agent_ids: Collection[int] | None = None,
    as_agent: bool = False,
    except_hold_of: str | None = None,
    together: bool = False,
    in_a_row: int = 1,
) -> Iterator[Creneau]:
    """The créneaux for `motif` that start from `first` to `last`, both included, by start then lieu's ref,
    read as they are asked for: take what you need while the transaction lasts.

    An usager's search keeps to the motif's delays; `as_agent` lifts them and gives one créneau per start and
    agent. `lieu_ids` and `agent_ids` narrow the search; None means all, an empty collection none. `together`
    keeps the time that all of `agent_ids` have in common at one lieu. `in_a_row` créneaux of one agent that
    follow each other are given as one. The hold that the contact `except_hold_of` keeps for this motif does not
    count as busy. A collective motif has no créneaux, a motif received sur place none where there is no lieu,
    and one of follow-up none but with the agents of `agent_ids`: the domain's "Créneaux" 4. Raises
    `HorizonTropLong` for agents who look further than `AGENT_HORIZON`."""
    window = _window(motif, now, first, last, as_agent=as_agent)
    asked = _Asked(motif, now, window, lieu_ids, agent_ids, as_agent, except_hold_of, together, in_a_row)
    return _creneaux(session, asked)


def first_by_lieu(
    session: Session,
    motif: Motif,
    *,
    now: datetime,
    first: datetime | None = None,
    last: datetime | None = None,
    agent_ids: Collection[int] | None = None,
    except_hold_of: str | None = None,
) -> dict[int | None, Creneau]:
    """The first créneau of each lieu that has one, by lieu, the soonest first: the search an usager's
    `find_creneaux` makes, where each lieu is done with at its first."""
    asked = _anywhere(motif, now, first, last, agent_ids, except_hold_of)
    return {} if asked.is_vain else _firsts(_Search(session, asked))


def where(
    session: Session,
    motif: Motif,
    *,
    now: datetime,
    agent_ids: Collection[int] | None = None,
    except_hold_of: str | None = None,
) -> list[int | None]:
    """The lieux that have créneaux, the soonest first. Where there is no choice, the only one, whether it has any or
    not: whoever goes on from there looks there anyway."""
    asked = _anywhere(motif, now, None, None, agent_ids, except_hold_of)
    if asked.is_vain:
        return []
    search = _Search(session, asked)
    lieux = {plage.lieu_id for plage in search.plages}
    return list(lieux if len(lieux) < 2 else _firsts(search))


def _anywhere(
    motif: Motif,
    now: datetime,
    first: datetime | None,
    last: datetime | None,
    agent_ids: Collection[int] | None,
    except_hold_of: str | None,
) -> "_Asked":
    window = _window(motif, now, first, last, as_agent=False)
    return _Asked(motif, now, window, None, agent_ids, False, except_hold_of, False, 1)


class _Window(NamedTuple):
    first: datetime
    last: datetime


def _window(motif: Motif, now: datetime, first: datetime | None, last: datetime | None, *, as_agent: bool) -> _Window:
    now = now.astimezone(UTC)  # elsewhere, adding 24 h keeps the wall clock and can be 23 real hours
    if as_agent:
        if last and last > now + AGENT_HORIZON:
            raise HorizonTropLong
        return _Window(max(first or now, now), last or now + AGENT_HORIZON)
    earliest = now + timedelta(minutes=motif.delai_min_min)
    latest = now + timedelta(minutes=motif.delai_max_min)
    return _Window(max(first or earliest, earliest), min(last or latest, latest))


@dataclass(frozen=True)
class _Asked:
    """One search, as it was asked for."""

    motif: Motif
    now: datetime
    window: _Window
    lieu_ids: Collection[int] | None
    agent_ids: Collection[int] | None
    as_agent: bool
    except_hold_of: str | None
    together: bool
    in_a_row: int

    @property
    def is_vain(self) -> bool:
        """Whether there is nothing to look for, whatever the diaries hold."""
        nobody = self.agent_ids is None and (self.motif.suivi or self.together)
        return self.motif.collectif or nobody or self.window.last < self.window.first

    def wanted(self, never: Sequence[Stretch]) -> Wanted:
        return Wanted(
            duree=self.motif.duree_min * 60,
            first=ceil(self.window.first.timestamp()),
            last=floor(self.window.last.timestamp()),
            now=ceil(self.now.timestamp()),
            never=never,
            in_a_row=self.in_a_row,
            by_agent=self.as_agent,
        )


def _creneaux(session: Session, asked: _Asked) -> Iterator[Creneau]:
    if asked.is_vain:
        return
    search = _Search(session, asked)
    for first, last in search.stretches(FIRST_STEP):
        yield from search.shown(search.free(search.plages, first, last))


def _firsts(search: "_Search") -> dict[int | None, Creneau]:
    firsts: dict[int | None, Creneau] = {}
    for first, last in search.stretches(FIRST_STEP_BY_LIEU):
        left = tuple(plage for plage in search.plages if plage.lieu_id not in firsts)
        if not left:
            break
        for creneau in search.shown(search.free(left, first, last)):
            firsts.setdefault(creneau.lieu_id, creneau)
    return firsts


class _Search:
    """The diaries of the agents who may have what is asked for: the rules read once, the time taken read
    stretch by stretch. Lieux are numbered in the order of their refs."""

    def __init__(self, session: Session, asked: _Asked) -> None:
        self._session = session
        self._asked = asked
        territoire = session.get_one(Territoire, asked.motif.territoire_id)
        self._clock, self._feries = clock(territoire.zone), territoire.jours_feries
        first, last = (local_day(bound, territoire.zone) for bound in asked.window)
        self._first, self._last = first.toordinal(), last.toordinal()
        self.plages = diaries.plages(session, asked.motif, first, last, asked.lieu_ids, asked.agent_ids)
        refs = {plage.lieu_id: plage.lieu_ref or "" for plage in self.plages}
        self._lieux = tuple(sorted(refs, key=lambda lieu_id: refs[lieu_id]))

    @cached_property
    def _absences(self) -> tuple[AbsenceLue, ...]:
        agents = {plage.agent_id for plage in self.plages}
        first, last = date.fromordinal(self._first), date.fromordinal(self._last)
        return diaries.absences(self._session, self._asked.motif, agents, first, last)

    def stretches(self, step: int) -> Iterator[tuple[int, int]]:
        """The days to search, from the first to the last of each stretch, both included: `step` of them, then
        twice as many each time."""
        if not self.plages:
            return
        first = self._first
        while first <= self._last:
            last = min(first + step - 1, self._last)
            yield first, last
            first, step = last + 1, min(step * 2, LONGEST_STEP)

    def free(self, plages: tuple[PlageLue, ...], first: int, last: int) -> Iterator[Libre]:
        """What `plages` offer on the days `first` to `last`, both included."""
        asked = self._asked
        openings = _openings(plages, self._lieux, first, last, self._clock, self._closed(first, last))
        if not openings:
            return iter(())
        taken = self._taken(openings, first, last)
        wanted = asked.wanted(self._clock.repeated(first, last))
        if not asked.together or not asked.agent_ids:
            return find(openings, {agent: Busy.of(stretches) for agent, stretches in taken.items()}, wanted)
        agents = tuple(sorted(asked.agent_ids))
        busy = Busy.of(stretch for agent in agents for stretch in taken[agent])
        together = find(in_common(openings, agents), {agents[0]: busy}, wanted)
        return ((start, lieu, agents) for start, lieu, _ in together)

    def shown(self, found: Iterable[Libre]) -> Iterator[Creneau]:
        length = timedelta(minutes=self._asked.motif.duree_min * self._asked.in_a_row)
        shown, debut, fin = -1, self._asked.now, self._asked.now
        for second, lieu, agents in found:
            if second != shown:
                shown, debut = second, datetime.fromtimestamp(second, UTC)
                fin = debut + length
            yield Creneau(debut, fin, self._lieux[lieu], agents)

    def _closed(self, first: int, last: int) -> frozenset[int]:
        closed = closed_days(self._feries, date.fromordinal(first), date.fromordinal(last))
        return frozenset(jour.toordinal() for jour in closed)

    def _taken(self, openings: Sequence[Opening], first: int, last: int) -> dict[int, list[Stretch]]:
        """The time taken from each agent while they are open, on the days `first` to `last`."""
        asked = self._asked
        taken: dict[int, list[Stretch]] = defaultdict(list)
        for agent, debut, fin in diaries.taken(self._session, openings, asked.now, asked.except_hold_of, asked.motif):
            taken[agent].append((debut, fin))
        for agent, stretches in _away(self._absences, first, last, self._clock):
            taken[agent] += stretches
        return taken


# What follows is kept by what the plages and absences say: one that changes makes another key, and what is kept is
# never out of date.


@lru_cache(maxsize=128)
def _openings(
    plages: tuple[PlageLue, ...],
    lieux: tuple[int | None, ...],
    first: int,
    last: int,
    clock: Clock,
    closed: frozenset[int],
) -> tuple[Opening, ...]:
    """The occurrences of `plages` on the days `first` to `last`, but for those of `closed` that they keep; a lieu
    is called by its rank in `lieux`."""
    rank = {lieu_id: rank for rank, lieu_id in enumerate(lieux)}
    openings = []
    for plage in plages:
        happening = days(plage, first, last, json.loads(plage.sauf))
        if closed and plage.fermee_feries:
            happening = [day for day in happening if day not in closed]
        for debut, fin in clock.stretches(happening, plage.debut, plage.fin):
            openings.append(Opening(debut, fin, rank[plage.lieu_id], plage.agent_id))
    return tuple(sorted(openings))


@lru_cache(maxsize=128)
def _away(absences: tuple[AbsenceLue, ...], first: int, last: int, clock: Clock) -> list[tuple[int, list[Stretch]]]:
    """When agents are away on the days `first` to `last`."""
    away = []
    for absence in absences:
        further = (absence.dernier_jour - absence.premier_jour).days
        if happening := days(absence, first - further, last):
            away.append((absence.agent_id, clock.stretches(happening, absence.debut, absence.fin, further)))
    return away
