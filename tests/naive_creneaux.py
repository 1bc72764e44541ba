"""The oracle of the slot engine: the domain's rules walked minute by minute over small districts. It shares
no code with the product, on purpose: two ways of being wrong seldom agree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Weekly:
    """A weekly recurrence, from the Monday of the rule's first day."""

    weekdays: tuple[int, ...]
    interval: int = 1
    until: date | None = None
    count: int | None = None

    def __str__(self) -> str:
        rule = f"FREQ=WEEKLY;INTERVAL={self.interval};BYDAY={','.join(DAYS[day] for day in self.weekdays)}"
        if self.until:
            rule += f";UNTIL={self.until:%Y%m%d}"
        if self.count:
            rule += f";COUNT={self.count}"
        return rule


@dataclass(frozen=True)
class APlage:
    agent_id: int
    lieu_id: int | None
    premier_jour: date
    debut: time
    fin: time
    weekly: Weekly | None
    sauf: tuple[str, ...]
    fermee_feries: bool

    @property
    def recurrence(self) -> str | None:
        return str(self.weekly) if self.weekly else None


@dataclass(frozen=True)
class AnAbsence:
    agent_id: int
    premier_jour: date
    debut: time
    dernier_jour: date
    fin: time
    weekly: Weekly | None

    @property
    def recurrence(self) -> str | None:
        return str(self.weekly) if self.weekly else None


@dataclass(frozen=True)
class Taken:
    """Time of an agent taken by an RDV or a hold."""

    agent_id: int
    debut: datetime
    fin: datetime


@dataclass(frozen=True)
class District:
    plages: tuple[APlage, ...]
    absences: tuple[AnAbsence, ...]
    taken: tuple[Taken, ...]
    feries: tuple[str, ...]
    duree_min: int
    now: datetime
    first: datetime
    last: datetime


Offer = tuple[datetime, int | None, tuple[int, ...]]
"""Start, lieu, agents."""


def offered(district: District, *, by_agent: bool) -> set[Offer]:
    """Every créneau of the district between its bounds."""
    free_at: dict[tuple[datetime, int | None], set[int]] = defaultdict(set)
    for plage in district.plages:
        for start in _plage_starts(plage, district):
            free_at[start, plage.lieu_id].add(plage.agent_id)
    if not by_agent:
        return {(start, lieu, tuple(sorted(agents))) for (start, lieu), agents in free_at.items()}
    lieux: dict[tuple[datetime, int], set[int | None]] = defaultdict(set)
    for (start, lieu), agents in free_at.items():
        for agent in agents:
            lieux[start, agent].add(lieu)
    return {(start, min(at, key=lambda lieu: lieu or 0), (agent,)) for (start, agent), at in lieux.items()}


def offered_in_a_row(district: District, times: int) -> set[Offer]:
    """The starts from which an agent has so many créneaux, each beginning where the one before ends."""
    length = district.duree_min * MINUTE
    alone = offered(replace(district, last=district.last + (times - 1) * length), by_agent=False)
    free = {(start, lieu, agent) for start, lieu, agents in alone for agent in agents}
    in_a_row: dict[tuple[datetime, int | None], set[int]] = defaultdict(set)
    for start, lieu, agent in free:
        if start <= district.last and all((start + n * length, lieu, agent) in free for n in range(times)):
            in_a_row[start, lieu].add(agent)
    return {(start, lieu, tuple(sorted(agents))) for (start, lieu), agents in in_a_row.items()}


def offered_together(district: District, agents: tuple[int, ...]) -> set[Offer]:
    """The créneaux of the minutes that all of `agents` have: each of them open at one lieu, none of them busy."""
    busy = set().union(*(busy_minutes(agent, district) for agent in agents))
    theirs = [[plage for plage in district.plages if plage.agent_id == agent] for agent in agents]
    found = set()
    for plages in product(*theirs):
        if len({plage.lieu_id for plage in plages}) > 1:
            continue
        for occurrences in product(*(open_minutes(plage, district) for plage in plages)):
            shared = set(occurrences[0]).intersection(*occurrences[1:])
            for start in _cut_around(sorted(shared), busy, district):
                found.add((start, plages[0].lieu_id, agents))
    return found


def open_minutes(plage: APlage, district: District) -> Iterator[list[datetime]]:
    """The minutes of each occurrence of a plage around the district's bounds."""
    for day in _days_around(district):
        closed = plage.fermee_feries and day.isoformat() in district.feries
        if _happens(plage, day) and day.isoformat() not in plage.sauf and not closed:
            yield _minutes(day, plage.debut, day, plage.fin)


def busy_minutes(agent_id: int, district: District) -> set[datetime]:
    busy: set[datetime] = set()
    for taken in district.taken:
        minute = taken.debut
        while taken.agent_id == agent_id and minute < taken.fin:
            busy.add(minute)
            minute += MINUTE
    for absence in district.absences:
        if absence.agent_id != agent_id:
            continue
        length = absence.dernier_jour - absence.premier_jour
        for day in _days_around(district):
            if _happens(absence, day):
                busy.update(_minutes(day, absence.debut, day + length, absence.fin))
    return busy


def _plage_starts(plage: APlage, district: District) -> Iterator[datetime]:
    busy = busy_minutes(plage.agent_id, district)
    for minutes in open_minutes(plage, district):
        yield from _cut_around(minutes, busy, district)


def _cut_around(minutes: list[datetime], busy: set[datetime], district: District) -> Iterator[datetime]:
    run: list[datetime] = []
    for minute in minutes:
        if minute not in busy:
            run.append(minute)
            continue
        yield from _cut(run, district)
        run = []
    yield from _cut(run, district)


def _cut(run: list[datetime], district: District) -> Iterator[datetime]:
    if not run:
        return
    start, end = run[0], run[-1] + MINUTE
    while start < district.now:
        start += 5 * MINUTE
    while start + district.duree_min * MINUTE <= end:
        if district.first <= start <= district.last and not start.astimezone(PARIS).fold:
            yield start
        start += district.duree_min * MINUTE


def _days_around(district: District) -> list[date]:
    first = district.first.astimezone(PARIS).date() - timedelta(days=5)
    last = district.last.astimezone(PARIS).date() + timedelta(days=1)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _happens(rule: APlage | AnAbsence, day: date) -> bool:
    if rule.weekly is None:
        return day == rule.premier_jour
    weekly, seen, cursor = rule.weekly, 0, rule.premier_jour
    monday = rule.premier_jour - timedelta(days=rule.premier_jour.weekday())
    while cursor <= day:
        in_week = (cursor - monday).days // 7 % weekly.interval == 0
        if in_week and cursor.weekday() in weekly.weekdays:
            if (weekly.until and cursor > weekly.until) or (weekly.count and seen >= weekly.count):
                return False
            seen += 1
            if cursor == day:
                return True
        cursor += timedelta(days=1)
    return False


@cache
def _clock(day: date) -> list[tuple[datetime, datetime]]:
    """Every minute of a local day, as an instant and as the wall clock shows it."""
    instant = datetime.combine(day, time(), UTC) - timedelta(hours=3)
    shown = []
    for _ in range(30 * 60):
        wall = instant.astimezone(PARIS)
        if wall.date() == day:
            shown.append((instant, wall.replace(tzinfo=None)))
        instant += MINUTE
    return shown


@cache
def _first_minute_at(day: date, wall: time) -> datetime:
    return next(instant for instant, shown in _clock(day) if shown.time() >= wall)


def _minutes(first: date, debut: time, last: date, fin: time) -> list[datetime]:
    minute, end, minutes = _first_minute_at(first, debut), _first_minute_at(last, fin), []
    while minute < end:
        minutes.append(minute)
        minute += MINUTE
    return minutes


MONDAYS = (date(2026, 3, 23), date(2026, 10, 19), date(2026, 11, 9), date(2027, 3, 22))
"""Three weeks with a change of clocks, one with a public holiday."""


@st.composite
def districts(draw: st.DrawFn) -> District:
    """Small districts over one week: three agents, two lieux or none, odd times, often at night."""
    monday = draw(st.sampled_from(MONDAYS))
    days = [monday + timedelta(days=number) for number in range(7)]
    midnight = datetime.combine(monday, time(), UTC)
    agent_ids = st.integers(1, 3)
    # The night of the change of clocks is where mistakes are: much of everything happens on that Sunday.
    some_day = st.sampled_from([*days, *days[-1:] * 5])
    wall = st.builds(time, st.one_of(st.integers(0, 4), st.integers(8, 18)), st.sampled_from((0, 0, 15, 30, 40, 59)))
    two_walls = st.lists(wall, min_size=2, max_size=2, unique=True).map(sorted)
    dates = st.lists(some_day.map(date.isoformat), max_size=1).map(tuple)
    ends = st.sampled_from([(None, None), (days[3], None), (days[6], None), (None, 2), (None, 5)])
    weekly = st.builds(
        lambda weekdays, interval, end: Weekly(weekdays, interval, *end),
        st.lists(st.integers(0, 6), max_size=3, unique=True).map(lambda some: tuple({*some, 6})),
        st.sampled_from((1, 1, 2)),
        ends,
    )

    def instant(low: int, high: int) -> st.SearchStrategy[datetime]:
        return st.integers(low, high).map(lambda minutes: midnight + minutes * MINUTE)

    def first_day(rule: Weekly | None) -> date:
        return draw(some_day) - timedelta(days=draw(st.sampled_from((0, 3, 7, 14)) if rule else st.just(0)))

    plages = []
    for _ in range(draw(st.integers(1, 4))):
        rule, (debut, fin) = draw(st.none() | weekly), draw(two_walls)
        lieu_id = draw(st.sampled_from((1, 2, None)))
        closed = draw(st.booleans())
        plages.append(APlage(draw(agent_ids), lieu_id, first_day(rule), debut, fin, rule, draw(dates), closed))
    absences = []
    for _ in range(draw(st.integers(0, 2))):
        rule, (debut, fin) = draw(st.none() | weekly), draw(two_walls)
        premier = first_day(rule)
        dernier = premier if rule else premier + timedelta(days=draw(st.sampled_from((0, 0, 1, 3))))
        absences.append(AnAbsence(draw(agent_ids), premier, debut, dernier, fin, rule))
    taken = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(instant(-120, 7 * 1440) | instant(6 * 1440 - 120, 6 * 1440 + 300))
        taken.append(Taken(draw(agent_ids), start, start + draw(st.integers(5, 180)) * MINUTE))
    first = draw(st.just(midnight - 120 * MINUTE) | instant(-60, 7 * 1440))
    last = draw(st.just(midnight + 8 * 1440 * MINUTE) | instant(0, 8 * 1440))
    now = draw(st.just(midnight - 1440 * MINUTE) | instant(0, 7 * 1440))
    duree_min = draw(st.sampled_from((15, 20, 30, 45, 50, 90)))
    return District(
        tuple(plages),
        tuple(absences),
        tuple(taken),
        draw(dates),
        duree_min,
        now,
        min(first, last),
        max(first, last),
    )
