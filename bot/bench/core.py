"""Our slot engine alone: a district's openings and busy time as sorted integers, made ready once, as a search has
them once it has read its rows."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice
from math import ceil, floor

from booking.creneaux import Busy, Libre, Opening, Stretch, Wanted, find
from booking.plages import clock, closed_days, day_span, days, local_day
from booking.search import FIRST_STEP, LONGEST_STEP
from bot.bench.asks import Ask, Offer
from bot.bench.district import FIRST_DAY, HORIZON, PARIS, Absence, District, Hold, Plage

CLOCK = clock(PARIS)
FIRST, LAST = FIRST_DAY.toordinal(), HORIZON.toordinal()
MIDNIGHTS = {day: day_span(date.fromordinal(day), PARIS).debut.timestamp() for day in range(FIRST, LAST + 1)}


class Core:
    """A district made ready once, and for the holds of which time is still kept, once for each moment."""

    def __init__(self, district: District) -> None:
        self._openings: dict[int, dict[int, list[Opening]]] = defaultdict(lambda: defaultdict(list))
        for plage in district.plages:
            for motif_id in plage.motif_ids:
                self._openings[motif_id][plage.lieu_id] += _openings(plage)
        for lieux in self._openings.values():
            for openings in lieux.values():
                openings.sort()
        self._everywhere = {motif: sorted(chain(*lieux.values())) for motif, lieux in self._openings.items()}
        self._taken = _taken(district)
        self._busy = {agent: Busy.of(stretches) for agent, stretches in self._taken.items()}
        self._holds = district.holds
        self._at: dict[datetime, dict[int, Busy]] = {}

    def find(self, ask: Ask) -> list[Offer]:
        """The créneaux of `ask`, by start then lieu."""
        if ask.now not in self._at:
            self._at[ask.now] = self._busy | self._held(ask.now)
        busy = self._at[ask.now]
        if ask.first_by_lieu:
            lieux = self._openings[ask.motif.id].values()
            found: Iterable[Libre] = sorted(
                first for openings in lieux for first in islice(_free(openings, busy, ask), 1)
            )
        elif ask.lieu_ids is None:
            found = islice(_free(self._everywhere[ask.motif.id], busy, ask), ask.take)
        else:
            (lieu_id,) = ask.lieu_ids
            found = islice(_free(self._openings[ask.motif.id][lieu_id], busy, ask), ask.take)
        offers: list[Offer] = []
        length, shown, debut, fin = timedelta(minutes=ask.motif.duree_min), -1, ask.now, ask.now
        for second, lieu, agents in found:
            if second != shown:
                shown, debut = second, datetime.fromtimestamp(second, UTC)
                fin = debut + length
            offers.append((debut, fin, lieu, agents))
        return offers

    def _held(self, now: datetime) -> dict[int, Busy]:
        """The few agents of whom somebody keeps time, which depends on the hour of the question."""
        held: dict[int, list[Hold]] = defaultdict(list)
        for hold in self._holds:
            if hold.expire_le > now:
                held[hold.agent_id].append(hold)
        return {
            agent: Busy.of([*self._taken[agent], *((_second(hold.debut), _second(hold.fin)) for hold in holds)])
            for agent, holds in held.items()
        }


def _openings(plage: Plage) -> Iterator[Opening]:
    closed = {jour.toordinal() for jour in closed_days("FR", FIRST_DAY, HORIZON)} if plage.fermee_feries else set()
    happening = [day for day in days(plage, FIRST, LAST, plage.sauf) if day not in closed]
    for debut, fin in CLOCK.stretches(happening, plage.debut, plage.fin):
        yield Opening(debut, fin, plage.lieu_id, plage.agent_id)


def _taken(district: District) -> dict[int, list[Stretch]]:
    taken: dict[int, list[Stretch]] = defaultdict(list)
    for rdv in district.rdvs:
        if rdv.statut.is_living:
            taken[rdv.agent_id].append((_second(rdv.debut), _second(rdv.fin)))
    for absence in district.absences:
        taken[absence.agent_id] += _away(absence)
    return taken


def _away(absence: Absence) -> list[Stretch]:
    further = (absence.dernier_jour - absence.premier_jour).days
    return CLOCK.stretches(days(absence, FIRST - further, LAST), absence.debut, absence.fin, further)


def _free(openings: list[Opening], busy: Mapping[int, Busy], ask: Ask) -> Iterator[Libre]:
    return chain.from_iterable(_searches(openings, busy, ask))


def _searches(openings: list[Opening], busy: Mapping[int, Busy], ask: Ask) -> Iterator[Iterator[Libre]]:
    for first, last in _stretches(ask):
        begins, ends = MIDNIGHTS[first], MIDNIGHTS[last + 1]
        wanted = Wanted(
            duree=ask.motif.duree_min * 60,
            first=ceil(ask.first.timestamp()),
            last=floor(ask.last.timestamp()),
            now=ceil(ask.now.timestamp()),
            never=CLOCK.repeated(first, last),
        )
        yield find(openings[bisect_left(openings, (begins,)) : bisect_left(openings, (ends,))], busy, wanted)


def _stretches(ask: Ask) -> Iterator[tuple[int, int]]:
    """The days as a search widens: its first ones, then twice as many."""
    first, end = (local_day(instant, PARIS).toordinal() for instant in (ask.first, ask.last))
    step = FIRST_STEP
    while first <= end:
        last = min(first + step - 1, end)
        yield first, last
        first, step = last + 1, min(step * 2, LONGEST_STEP)


def _second(instant: datetime) -> int:
    return int(instant.timestamp())
