"""The synthetic district: départements that look real, the same at every run, made of nothing but a seed."""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from random import Random
from zoneinfo import ZoneInfo

from booking.models import Statut

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 9, 28)
"""Where the benchmark's "now" begins: the change of clocks and two public holidays are within three months."""
FIRST_DAY, LAST_DAY = MONDAY - timedelta(days=28), MONDAY + timedelta(days=62)
"""RDVs are in these thirteen weeks: about a third is past."""
HORIZON = MONDAY + timedelta(days=120)
"""Nobody asks for a créneau after it."""
WEEK = timedelta(days=7)
DAYS = ("MO", "TU", "WE", "TH", "FR")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Size:
    """How many territoires, and what each of them has."""

    territoires: int
    lieux: int
    agents: int
    plages: int
    rdvs: int
    usagers: int


SIZES = {
    "S": Size(1, lieux=2, agents=5, plages=15, rdvs=300, usagers=50),
    "M": Size(1, lieux=6, agents=60, plages=180, rdvs=5_000, usagers=500),
    "L": Size(1, lieux=50, agents=500, plages=1_500, rdvs=60_000, usagers=3_000),
    "XL": Size(40, lieux=50, agents=500, plages=1_500, rdvs=60_000, usagers=3_000),
}


@dataclass(frozen=True, slots=True)
class Motif:
    id: int
    nom: str
    duree_min: int
    delai_min_min: int = 30
    delai_max_min: int = 129_600


@dataclass(frozen=True, slots=True)
class Plage:
    """Wall times of Paris, as `booking.plages.Rule` asks."""

    id: int
    agent_id: int
    lieu_id: int
    premier_jour: date
    debut: time
    fin: time
    recurrence: str | None
    sauf: tuple[str, ...]
    fermee_feries: bool
    motif_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    id: int
    agent_id: int
    premier_jour: date
    debut: time
    dernier_jour: date
    fin: time
    recurrence: str | None


@dataclass(frozen=True, slots=True)
class Rdv:
    """Instants in UTC, like those of `Hold`."""

    id: int
    agent_id: int
    lieu_id: int
    motif_id: int
    usager_id: int
    debut: datetime
    fin: datetime
    statut: Statut


@dataclass(frozen=True, slots=True)
class Hold:
    id: int
    agent_id: int
    lieu_id: int
    motif_id: int
    debut: datetime
    fin: datetime
    expire_le: datetime


@dataclass(frozen=True)
class District:
    """One territoire. Ids are those of the tables, unique over the territoires of a size."""

    number: int
    lieu_ids: Sequence[int]
    agent_ids: Sequence[int]
    usager_ids: Sequence[int]
    motifs: tuple[Motif, ...]
    plages: tuple[Plage, ...]
    absences: tuple[Absence, ...]
    rdvs: tuple[Rdv, ...]
    holds: tuple[Hold, ...]

    @property
    def common(self) -> Motif:
        """Carried by a fifth of the plages, as the others are on average."""
        return self.motifs[0]

    @property
    def rare(self) -> Motif:
        """Carried by one plage in fifty."""
        return self.motifs[1]


def districts(size: Size) -> Iterator[District]:
    """The territoires of a size, one after the other: a country never is in memory."""
    for number in range(1, size.territoires + 1):
        yield district(size, number)


def district(size: Size, number: int = 1) -> District:
    """Territoire `number` of a size. The first of a country is the département of the same shape alone."""
    # The seed knows the shape of a territoire and its number, not how many there are.
    rng = Random(f"{size.agents} agents, territoire {number}")
    lieu_ids, agent_ids = _ids(size.lieux, number), _ids(size.agents, number)
    usager_ids = _ids(size.usagers, number)
    motifs = tuple(Motif(id_, nom, duree) for id_, (nom, duree) in zip(_ids(len(MOTIFS), number), MOTIFS, strict=True))
    carried = _carried(rng, size.plages, [motif.id for motif in motifs])
    drawn = _plages(rng, _ids(size.plages, number), agent_ids, lieu_ids, carried)
    absences = tuple(_absences(rng, agent_ids, number))
    times = _times(rng, drawn, absences, {motif.id: motif for motif in motifs}, lieu_ids)
    likeliest = heapq.nlargest(size.rdvs + HOLDS, times, key=itemgetter(0))
    taken = sorted((one for _, one in likeliest), key=lambda one: (one.debut, one.agent_id))
    return District(
        number, lieu_ids, agent_ids, usager_ids, motifs, tuple(plage for plage, _ in drawn), absences,
        *_kept(rng, taken, size, number, usager_ids),
    )  # fmt: skip


MOTIFS = (
    ("Consultation sociale", 30),
    ("Médiation familiale", 60),
    ("Premier accueil", 20),
    ("Ouverture de droits", 45),
    ("Suivi budgétaire", 60),
    ("Consultation PMI", 30),
    ("Pesée", 20),
    ("Logement", 45),
    ("Insertion", 60),
    ("Handicap", 45),
)
"""The first is the common one, the second the rare one."""
HOLDS = 5


def _ids(count: int, number: int) -> range:
    return range((number - 1) * count + 1, number * count + 1)


def _carried(rng: Random, plages: int, motif_ids: Sequence[int]) -> list[tuple[int, ...]]:
    """The motifs of each plage: some ordinary ones, and by lot the common and the rare one."""
    common, rare, *others = motif_ids
    with_common = set(rng.sample(range(plages), plages // 5))
    with_rare = set(rng.sample(range(plages), max(1, plages // 50)))
    return [
        (
            *((common,) if plage in with_common else ()),
            *((rare,) if plage in with_rare else ()),
            *rng.sample(others, rng.randint(1, 2)),
        )
        for plage in range(plages)
    ]


@dataclass(frozen=True)
class Rhythm:
    """The days a plage comes back on, and how a RRULE says it."""

    premier_jour: date
    weekdays: tuple[int, ...] = ()
    interval: int = 1
    nth: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        days = ",".join(DAYS[day] for day in self.weekdays)
        rule = f"FREQ=MONTHLY;BYDAY={self.nth}{days}" if self.nth else f"FREQ=WEEKLY;BYDAY={days}"
        if self.interval > 1:
            rule += f";INTERVAL={self.interval}"
        return f"{rule};UNTIL={self.until:%Y%m%d}" if self.until else rule

    def happens(self, jour: date) -> bool:
        if not self.weekdays:
            return jour == self.premier_jour
        if jour < self.premier_jour or (self.until and jour > self.until) or jour.weekday() not in self.weekdays:
            return False
        if self.nth:
            return (jour.day - 1) // 7 + 1 == self.nth
        return (_monday(jour) - _monday(self.premier_jour)).days // 7 % self.interval == 0


Drawn = list[tuple[Plage, Rhythm]]


def _plages(
    rng: Random, ids: Sequence[int], agent_ids: Sequence[int], lieu_ids: Sequence[int], carried: list[tuple[int, ...]]
) -> Drawn:
    """Half days: those of one agent never overlap, most are at one lieu."""
    drawn: Drawn = []
    free: dict[int, tuple[list[int], list[int]]] = {agent_id: ([*range(5)], [*range(5)]) for agent_id in agent_ids}
    for at, (id_, motif_ids) in enumerate(zip(ids, carried, strict=True)):
        agent_id = agent_ids[at % len(agent_ids)]
        own_lieu = lieu_ids[(agent_id - 1) % len(lieu_ids)]
        half = max((0, 1), key=lambda half: (len(free[agent_id][half]), rng.random()))
        rhythm = _rhythm(rng, free[agent_id][half])
        debut = rng.choice(((time(8, 30), time(9)), (time(13, 30), time(14)))[half])
        fin = rng.choice(((time(12), time(12, 30)), (time(16, 30), time(17), time(17, 30)))[half])
        sauf = sorted(rng.sample([_day(at) for at in range(91)], 2)) if rng.random() < 0.1 else []
        plage = Plage(
            id_, agent_id, own_lieu if rng.random() < 0.8 else rng.choice(lieu_ids),
            rhythm.premier_jour, debut, fin, str(rhythm) if rhythm.weekdays else None,
            tuple(jour.isoformat() for jour in sauf), rng.random() < 0.95, motif_ids,
        )  # fmt: skip
        drawn.append((plage, rhythm))
    return drawn


def _rhythm(rng: Random, free: list[int]) -> Rhythm:
    """One to three of the `free` weekdays, which are then no longer free."""
    kind = rng.random()
    many = 1 if kind > 0.85 else rng.randint(1, 3)
    weekdays = sorted(rng.sample(free, min(many, len(free))))
    for day in weekdays:
        free.remove(day)
    # One in seven has run for years: a rule is not read from its first day at each search, or this shows.
    weeks_ago = rng.randint(110, 300) if rng.random() < 0.15 else rng.randint(5, 80)
    begun = MONDAY - weeks_ago * WEEK + timedelta(days=weekdays[0])
    if kind > 0.92:
        return Rhythm(MONDAY + rng.randint(-3, 8) * WEEK + timedelta(days=weekdays[0]))
    if kind > 0.85:
        return Rhythm(begun, tuple(weekdays), nth=rng.randint(1, 4))
    until = MONDAY + timedelta(days=rng.randint(-20, 80)) if rng.random() < 0.1 else None
    return Rhythm(begun, tuple(weekdays), interval=2 if kind > 0.72 else 1, until=until)


def _absences(rng: Random, agent_ids: Sequence[int], number: int) -> Iterator[Absence]:
    """At most three an agent: a week away, half a day out, a meeting every week."""
    for agent_id in agent_ids:
        first = (agent_id - 1) * 3
        if rng.random() < 0.4:
            monday = MONDAY + rng.randint(-3, 8) * WEEK
            friday = monday + timedelta(days=rng.randint(1, 4))
            yield Absence(first + 1, agent_id, monday, time(8), friday, time(18), None)
        if rng.random() < 0.5:
            jour = _day(rng.randrange(91))
            yield Absence(first + 2, agent_id, jour, time(9), jour, time(12, 15), None)
        if rng.random() < 0.3:
            begun = MONDAY - rng.randint(5, 150) * WEEK + timedelta(days=rng.randrange(5))
            rule = f"FREQ=WEEKLY;BYDAY={DAYS[begun.weekday()]}"
            yield Absence(first + 3, agent_id, begun, time(9), begun, time(10, 10), rule)


@dataclass(frozen=True, slots=True)
class Time:
    """Time of an agent that an RDV may take."""

    agent_id: int
    lieu_id: int
    motif_id: int
    debut: datetime
    fin: datetime


def _times(
    rng: Random, drawn: Drawn, absences: Sequence[Absence], motifs: dict[int, Motif], lieu_ids: Sequence[int]
) -> Iterator[tuple[float, Time]]:
    """Every plage cut into RDVs of its motifs, each with its chance of being taken: the first weeks fill first,
    and some lieux are asked for more than others."""
    asked_for = {lieu_id: rng.choice((0.5, 1, 2, 6)) for lieu_id in lieu_ids}
    away = _away(absences)
    for plage, rhythm in drawn:
        for jour in filter(rhythm.happens, map(_day, range(91))):
            if jour.isoformat() in plage.sauf or jour in away.get(plage.agent_id, ()):
                continue
            weight = asked_for[plage.lieu_id] * _demand((jour - MONDAY).days)
            debut, fin = _utc(jour, plage.debut), _utc(jour, plage.fin)
            while True:
                motif = motifs[rng.choice(plage.motif_ids)]
                end = debut + motif.duree_min * MINUTE
                if end > fin:
                    break
                chance = rng.random() ** (1 / weight)
                yield chance, Time(plage.agent_id, plage.lieu_id, motif.id, debut, end)
                debut = end


def _away(absences: Sequence[Absence]) -> dict[int, set[date]]:
    """The days nobody books with an agent: those of the absences that do not come back every week."""
    days: dict[int, set[date]] = {}
    for one in absences:
        if one.recurrence is None:
            last = (one.dernier_jour - one.premier_jour).days
            days.setdefault(one.agent_id, set()).update(one.premier_jour + timedelta(days=at) for at in range(last + 1))
    return days


def _demand(days_ahead: int) -> float:
    return 0.6 if days_ahead < 0 else 3 * math.exp(-days_ahead / 14)


def _kept(
    rng: Random, times: Sequence[Time], size: Size, number: int, usager_ids: Sequence[int]
) -> tuple[tuple[Rdv, ...], tuple[Hold, ...]]:
    """RDVs, and a few holds on what is to come: some expire while the benchmark's clock goes on."""
    holds_at = set(rng.sample(range(len(times) // 2, len(times)), len(times) - size.rdvs))
    rdv_ids, hold_ids = iter(_ids(size.rdvs, number)), iter(_ids(HOLDS, number))
    rdvs, holds = [], []
    for at, one in enumerate(times):
        place = (one.agent_id, one.lieu_id, one.motif_id)
        if at in holds_at:
            expire_le = _utc(MONDAY, time(8)) + rng.randint(1, 20) * timedelta(days=1)
            holds.append(Hold(next(hold_ids), *place, one.debut, one.fin, expire_le))
        else:
            usager_id = rng.choice(usager_ids)
            rdvs.append(Rdv(next(rdv_ids), *place, usager_id, one.debut, one.fin, _statut(rng, one)))
    return tuple(rdvs), tuple(holds)


def _statut(rng: Random, one: Time) -> Statut:
    if rng.random() < 0.08:
        return rng.choice((Statut.EXCUSE, Statut.REVOQUE))
    if one.debut >= _utc(MONDAY, time()):
        return Statut.INDETERMINE
    return Statut.NON_EXCUSE if rng.random() < 0.1 else Statut.VU


def _day(at: int) -> date:
    return FIRST_DAY + timedelta(days=at)


def _monday(jour: date) -> date:
    return jour - timedelta(days=jour.weekday())


def _utc(jour: date, wall: time) -> datetime:
    return datetime.combine(jour, wall, PARIS).astimezone(UTC)
