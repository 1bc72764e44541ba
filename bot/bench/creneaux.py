"""`rdv bench creneaux`: the search of créneaux, timed beside the usual way, a round trip, and the reference product."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count, islice
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from booking import holds, models, plages, rdvs
from booking.search import find_creneaux, first_by_lieu
from bot.bench import store
from bot.bench.asks import Ask, Offer, Question, horizons, questions
from bot.bench.core import Core
from bot.bench.district import MONDAY, PARIS, SIZES, District, Plage, district, districts
from bot.bench.measure import Bound, Figure, Run, Way, figure, interleave
from bot.bench.usual import IS_INSTALLED, Usual

Tell = Callable[[str], None]
Find = Callable[[Ask], Sequence[Offer]]
PROMISED = ("L", "XL")
"""The sizes that targets are about: a real département, a country."""
GROWING = (1, 2)
"""The questions asked again at each size: one lieu, then all."""
USUAL = ("dateutil + portion", "narrowed by hand")
"""The usual way, and what a closer look at it gives."""
WRITES = 6
"""Transactions timed, a round."""


@dataclass(frozen=True)
class Bench:
    """One run: the size that is measured and the smaller ones, with the first territoire of each. A country's is
    the same as the département alone, and it is of that one that everything is asked."""

    size: str
    repeat: int
    tell: Tell
    asked: dict[str, District]
    fresh: Iterator[int] = field(default_factory=count)
    """Numbers that nothing in this process has been made from yet."""

    @property
    def district(self) -> District:
        return self.asked[self.size]

    @property
    def questions(self) -> list[Question]:
        return questions(self.district, promised=self.size in PROMISED)


def figures(size: str, *, repeat: int, postgres_url: str | None, tell: Tell) -> Iterator[Figure]:
    """Every figure up to `size`, as soon as it is known. PostgreSQL is measured in a database of our own on the
    server of `postgres_url`; SQLite in a folder of its own; neither outlives the run."""
    sizes = list(SIZES)[: list(SIZES).index(size) + 1]
    bench = Bench(size, repeat, tell, {name: district(SIZES[name]) for name in sizes})
    yield from _in_memory(bench)
    yield from _on(bench, "SQLite", store.sqlite)
    if postgres_url is None:
        tell("PostgreSQL: not measured (set DATABASE_URL)")
        return
    try:
        yield from _on(bench, "PostgreSQL", partial(store.postgresql, postgres_url))
    except store.NoScratch as reason:
        tell(f"PostgreSQL: not measured: {reason}")


# In memory


def _in_memory(bench: Bench) -> Iterator[Figure]:
    section = f"The core alone, in memory, size {bench.size}"
    core = Core(bench.district)
    usual = [Usual(bench.district), Usual(bench.district, narrowed=True)] if IS_INSTALLED else []
    if not usual:
        bench.tell("portion is not installed: the usual way is not measured (it is one of the extra `dev`)")
    for question in bench.questions:
        bench.tell(f"core: {question.name}")
        same = all(_same(question, core.find, one.find) for one in usual)
        ways = [_calling(find) for find in (core.find, *(one.find for one in usual))]
        ours, *theirs = interleave(question.asks, bench.repeat, *ways)
        if not usual:
            yield figure(section, question.name, ours)
        for name, seconds, target in zip(USUAL, theirs, (question.usual, None), strict=False):
            yield _marked(figure(section, question.name, ours, Bound(name, seconds, True, target)), same=same)
    section = "The core alone: how its cost grows"
    yield from _by_size(bench, section, {name: _calling(Core(one).find) for name, one in bench.asked.items()})
    yield from _by_horizon(bench, section, _calling(core.find))


def _calling(find: Find) -> Way[Ask]:
    return lambda ask: nullcontext(partial(find, ask))


def _same(question: Question, ours: Find, theirs: Find) -> bool:
    return all(list(ours(ask)) == list(theirs(ask)) for ask in question.asks)


def _marked(beside: Figure, *, same: bool) -> Figure:
    """Two ways that do not find the same are not compared."""
    return beside if same else replace(beside, verdict="not the same créneaux")


# How cost grows


def _by_size(bench: Bench, section: str, ways: dict[str, Way[Ask]]) -> Iterator[Figure]:
    """The same questions at each size, beside the size before it."""
    for number in GROWING:
        by_size = {name: questions(one, promised=False)[number] for name, one in bench.asked.items()}
        turns = {name: _taking_turns(question.asks, ways[name]) for name, question in by_size.items()}
        rounds = range(max(len(question.asks) for question in by_size.values()))
        seconds = dict(zip(turns, interleave(rounds, bench.repeat, *turns.values()), strict=True))
        before = ""
        for name, question in by_size.items():
            bound = Bound(f"size {before}", seconds[before], False) if before else None
            yield figure(section, f"{question.name}, size {name}", seconds[name], bound)
            before = name


def _by_horizon(bench: Bench, section: str, way: Way[Ask]) -> Iterator[Figure]:
    lists = horizons(bench.district)
    turns = [_taking_turns(asks, way) for asks in lists]
    seconds = interleave(range(len(lists[0])), bench.repeat, *turns)
    shortest = Bound(f"{lists[0][0].days} days", seconds[0], False)
    for asks, took in zip(lists, seconds, strict=True):
        bound = shortest if took is not seconds[0] else None
        yield figure(section, f"all at a lieu, {asks[0].days} days", took, bound)


def _taking_turns(asks: Sequence[Ask], way: Way[Ask]) -> Way[int]:
    return lambda turn: way(asks[turn % len(asks)])


# With a database


class Connected:
    """One connection to a district in a database. Each search has a session of its own on it, as a turn has,
    the motif and the territoire already loaded."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect().execution_options(reading=True)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """Ends in a commit, like every transaction of ours that goes well: after a rollback, psycopg forgets the
        statements it has prepared."""
        with Session(self._connection) as session, session.begin():
            yield session

    @contextmanager
    def search(self, ask: Ask) -> Iterator[Run]:
        with self._session() as session:
            motif = session.get_one(models.Motif, ask.motif.id)
            session.get_one(models.Territoire, motif.territoire_id)
            yield partial(_found, session, motif, ask)

    def find(self, ask: Ask) -> Sequence[Offer]:
        with self._session() as session:
            return _found(session, session.get_one(models.Motif, ask.motif.id), ask)

    @contextmanager
    def round_trip(self, _ask: Ask) -> Iterator[Run]:
        """SELECT 1 by the driver itself, the transaction begun."""
        with self._session() as session:
            driver: Any = session.connection().connection.driver_connection
            driver.execute("SELECT 1").fetchone()
            yield lambda: driver.execute("SELECT 1").fetchone()

    @contextmanager
    def round_trip_of_a_session(self, _ask: Ask) -> Iterator[Run]:
        with self._session() as session:
            session.connection()
            yield lambda: session.execute(text("SELECT 1")).scalar_one()


def _found(session: Session, motif: models.Motif, ask: Ask) -> Sequence[Offer]:
    """Our side: everything from the call to the créneaux."""
    last = ask.now + timedelta(days=ask.days)
    if ask.first_by_lieu:
        return list(first_by_lieu(session, motif, now=ask.now, last=last).values())
    found = find_creneaux(session, motif, now=ask.now, last=last, lieu_ids=ask.lieu_ids)
    return list(islice(found, ask.take))


def _on(bench: Bench, name: str, make: Callable[[], AbstractContextManager[Engine]]) -> Iterator[Figure]:
    """The databases of all sizes, one beside the other, and all that is measured on them."""
    with ExitStack() as held:
        engines, connected = {}, {}
        for size in bench.asked:
            engines[size] = held.enter_context(make())
            store.write(engines[size], districts(SIZES[size]), bench.tell)
            connected[size] = Connected(engines[size])
            held.callback(connected[size].close)
        core = Core(bench.district)
        for question in bench.questions:
            bench.tell(f"{name}: {question.name}")
            yield from _beside_round_trips(bench, f"{name}, size {bench.size}", question, connected[bench.size], core)
        bench.tell(f"{name}: how cost grows")
        section = f"{name}: how cost grows"
        yield from _by_size(bench, section, {size: at.search for size, at in connected.items()})
        yield from _by_horizon(bench, section, connected[bench.size].search)
        bench.tell(f"{name}: writes")
        yield from _writes(bench, f"{name}: what a write costs", engines[bench.size], connected[bench.size])


def _beside_round_trips(bench: Bench, section: str, question: Question, at: Connected, core: Core) -> Iterator[Figure]:
    same = _same(question, at.find, core.find)
    ways = at.search, at.round_trip, at.round_trip_of_a_session
    ours, driver, session = interleave(question.asks, bench.repeat, *ways)
    bounds = [
        Bound("SELECT 1, driver", driver, False, question.round_trips),
        Bound("SELECT 1, session", session, False, question.round_trips),
    ]
    if question.reference:
        bounds.append(Bound("reference product", [question.reference], True, 1))
    for bound in bounds:
        yield _marked(figure(section, question.name, ours, bound), same=same)


# Writes


def _writes(bench: Bench, section: str, engine: Engine, at: Connected) -> Iterator[Figure]:
    """What is kept ahead is the days of a recurrence, by what it says: a booking touches none of it, and a plage
    that is new or changed is read once more, cold."""
    one = bench.district
    now = datetime.combine(MONDAY, time(8), PARIS).astimezone(UTC)
    bookable = at.find(Ask(one.common, now, 90))
    offers = iter(bookable)
    writes = range(min(WRITES * bench.repeat, len(bookable) // 2))
    (booked,) = interleave(writes, 1, lambda _: nullcontext(partial(_book, engine, one, next(offers), now)), once=True)
    yield figure(section, "hold and book, committed", booked)
    expanded, written = interleave(
        writes, 1,
        lambda _: nullcontext(partial(_expand, _new_plage(one, next(bench.fresh)))),
        lambda _: nullcontext(partial(_write_plage, engine, one, _new_plage(one, next(bench.fresh)))),
        once=True,
    )  # fmt: skip
    yield figure(section, "write a plage, committed", written)
    bound = Bound("writing that plage", written, False, 0.05 if bench.size in PROMISED else None)
    yield figure(section, "read its days cold, 90 days", expanded, bound)


def _book(engine: Engine, one: District, creneau: Offer, now: datetime) -> None:
    debut, _, lieu_id, agent_ids = creneau
    with Session(engine) as session, session.begin():
        motif = session.get_one(models.Motif, one.common.id)
        usager = session.get_one(models.Usager, one.usager_ids[0])
        contact = f"sms:{debut:%m%d%H%M}-{agent_ids[0]}"
        kept = holds.hold(session, contact, motif, debut=debut, lieu_id=lieu_id, agent_id=agent_ids[0], now=now)
        rdvs.book(session, kept, [usager], cree_par="usager:sms", now=now)


def _write_plage(engine: Engine, one: District, plage: Plage) -> None:
    with Session(engine) as session, session.begin():
        motifs = session.scalars(select(models.Motif).where(models.Motif.id == one.common.id)).all()
        new = models.Plage(
            territoire_id=one.number, agent_id=plage.agent_id, lieu_id=plage.lieu_id, recurrence=plage.recurrence,
            premier_jour=plage.premier_jour, debut=plage.debut, fin=plage.fin, motifs=list(motifs),
        )  # fmt: skip
        session.add(new)


def _expand(plage: Plage) -> None:
    first = MONDAY.toordinal()
    plages.clock(PARIS).stretches(plages.days(plage, first, first + 90), plage.debut, plage.fin)


def _new_plage(one: District, number: int) -> Plage:
    """A plage begun on a day no other began on: nothing of it is kept yet."""
    first: date = MONDAY - timedelta(days=2500 + number)
    rule = "FREQ=WEEKLY;BYDAY=MO,TH"
    return Plage(0, one.agent_ids[0], one.lieu_ids[0], first, time(9), time(12), rule, (), True, (one.common.id,))
