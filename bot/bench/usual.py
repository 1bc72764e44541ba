"""The peer: créneaux found the usual way in Python, with dateutil's recurrences and portion's intervals.

Twice: as one writes it, the diary of each agent being one `portion.Interval` taken out of each opening; and by hand
faster, only the RDVs around an opening, found by bisection, being made into intervals."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import holidays
from dateutil.rrule import rrule, rruleset, rrulestr

from bot.bench.asks import Ask, Offer
from bot.bench.district import PARIS, Absence, District, Hold, Plage

try:
    import portion
except ImportError:  # a tool of development: a user's machine measures without the peer
    portion = None

IS_INSTALLED = portion is not None
LONGEST = timedelta(days=1)
"""No RDV is longer: where to start looking in a sorted list for what may still run."""
WEEK = timedelta(days=7)
ROUNDING = timedelta(minutes=5)


class Usual:
    """A district made ready once: rules parsed, plages by motif, the time taken by agent in sorted lists."""

    def __init__(self, district: District, *, narrowed: bool = False) -> None:
        self._plages: dict[int, dict[int, list[tuple[Plage, rrule | rruleset]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for plage in district.plages:
            rule = _rule(plage)
            for motif_id in plage.motif_ids:
                self._plages[motif_id][plage.lieu_id].append((plage, rule))
        self._absences: dict[int, list[tuple[Absence, rrule | rruleset]]] = defaultdict(list)
        for absence in district.absences:
            self._absences[absence.agent_id].append((absence, _rule(absence)))
        self._taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for rdv in district.rdvs:
            if rdv.statut.is_living:
                self._taken[rdv.agent_id].append((rdv.debut, rdv.fin))
        self._holds: dict[int, list[Hold]] = defaultdict(list)
        for hold in district.holds:
            self._holds[hold.agent_id].append(hold)
        self._narrowed = narrowed
        self._diaries = {agent_id: _interval(taken) for agent_id, taken in self._taken.items()}
        self._feries = frozenset(holidays.country_holidays("FR", years=range(2026, 2028)))

    def find(self, ask: Ask) -> list[Offer]:
        """The créneaux of `ask`, by start then lieu; week after week where it wants only the next ones."""
        if ask.first_by_lieu:
            return self._first_by_lieu(ask)
        if ask.take is None:
            return self._between(ask, ask.first, ask.last, ask.lieu_ids)
        found: list[Offer] = []
        for first, last in _weeks(ask):
            found += self._between(ask, first, last, ask.lieu_ids)
            if len(found) >= ask.take:
                break
        return found[: ask.take]

    def _first_by_lieu(self, ask: Ask) -> list[Offer]:
        firsts: dict[int | None, Offer] = {}
        wanted = self._plages[ask.motif.id].keys()
        for first, last in _weeks(ask):
            for offer in self._between(ask, first, last, wanted - firsts.keys()):
                firsts.setdefault(offer[2], offer)
            if len(firsts) == len(wanted):
                break
        return sorted(firsts.values(), key=_start_then_lieu)

    def _between(self, ask: Ask, first: datetime, last: datetime, lieu_ids: Collection[int] | None) -> list[Offer]:
        duree = timedelta(minutes=ask.motif.duree_min)
        agents: dict[tuple[datetime, int | None], set[int]] = defaultdict(set)
        away: dict[int, Any] = {}
        at = self._plages[ask.motif.id]
        for plage, rule in (one for lieu_id in (at if lieu_ids is None else lieu_ids) for one in at.get(lieu_id, ())):
            for debut, fin in self._open(plage, rule, first, last):
                if plage.agent_id not in away:
                    away[plage.agent_id] = _interval(self._away(plage.agent_id, first, last))
                free = portion.closedopen(debut, fin)
                for busy in (*self._busy(plage.agent_id, debut, fin, ask.now), away[plage.agent_id]):
                    free -= busy
                for start in _starts(free, duree, ask.now):
                    if first <= start <= last:
                        agents[start, plage.lieu_id].add(plage.agent_id)
        offers = [(start, start + duree, lieu, tuple(sorted(ids))) for (start, lieu), ids in agents.items()]
        return sorted(offers, key=_start_then_lieu)

    def _open(
        self, plage: Plage, rule: rrule | rruleset, first: datetime, last: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        for jour in _days(rule, _day(first), _day(last)):
            closed = plage.fermee_feries and jour in self._feries
            if not closed and jour.isoformat() not in plage.sauf:
                yield _utc(jour, plage.debut), _utc(jour, plage.fin)

    def _busy(self, agent_id: int, debut: datetime, fin: datetime, now: datetime) -> Iterator[Any]:
        if self._narrowed:
            yield _interval(self._around(agent_id, debut, fin))
        else:
            yield self._diaries.get(agent_id, portion.empty())
        for hold in self._holds[agent_id]:
            if hold.expire_le > now:
                yield portion.closedopen(hold.debut, hold.fin)

    def _around(self, agent_id: int, debut: datetime, fin: datetime) -> Iterator[tuple[datetime, datetime]]:
        taken = self._taken[agent_id]
        at = bisect_left(taken, (debut - LONGEST,))
        while at < len(taken) and taken[at][0] < fin:
            if taken[at][1] > debut:
                yield taken[at]
            at += 1

    def _away(self, agent_id: int, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        for absence, rule in self._absences[agent_id]:
            length = absence.dernier_jour - absence.premier_jour
            for jour in _days(rule, _day(first) - length, _day(last)):
                yield _utc(jour, absence.debut), _utc(jour + length, absence.fin)


def _interval(busy: Iterable[tuple[datetime, datetime]]) -> Any:
    return portion.Interval(*(portion.closedopen(*one) for one in busy))


def _rule(one: Plage | Absence) -> rrule | rruleset:
    """A rule of days: UNTIL is a day, included."""
    text = one.recurrence or "FREQ=DAILY;COUNT=1"
    return rrulestr(text, dtstart=datetime.combine(one.premier_jour, time()))


def _days(rule: rrule | rruleset, first: date, last: date) -> Iterator[date]:
    between: Iterable[datetime] = rule.between(
        datetime.combine(first, time()), datetime.combine(last, time()), inc=True
    )
    return (midnight.date() for midnight in between)


def _weeks(ask: Ask) -> Iterator[tuple[datetime, datetime]]:
    """From the first start wanted to the last, by whole local days."""
    first = ask.first
    while first <= ask.last:
        next_ = _utc(_day(first) + WEEK, time())
        yield first, min(next_ - timedelta(microseconds=1), ask.last)
        first = next_


def _starts(free: Any, duree: timedelta, now: datetime) -> Iterator[datetime]:
    for interval in free:
        if interval.empty:
            continue
        start = interval.lower
        if start < now:
            start += -((start - now) // ROUNDING) * ROUNDING
        while start + duree <= interval.upper:
            yield start
            start += duree


def _start_then_lieu(offer: Offer) -> tuple[datetime, int]:
    return offer[0], offer[2] or 0


def _day(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def _utc(jour: date, wall: time) -> datetime:
    return datetime.combine(jour, wall, PARIS).astimezone(UTC)
