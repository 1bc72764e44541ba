"""`rdv bench turns`: from a signed webhook to a committed reply, beside a handler that only stores, and the disk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, func, select

from booking import territoire
from booking.db import reading, sessions_of, transaction
from booking.models import Rdv
from bot.bench import dialogue, store
from bot.bench.bare import make_tables
from bot.bench.beside import GENERATOR, SERVER, Answer, beside
from bot.bench.disk import commit_seconds, durability
from bot.bench.generator import Driven, Load, generator
from bot.bench.measure import Bound, Figure, figure
from bot.bench.rates import amount, rate
from bot.bench.served import Count, bare_server, our_server
from bot.ledger import Received, ReceivedState

Tell = Callable[[str], None]
BARE = "bare Flask handler"
MIB = 1024 * 1024
COMMITS = 200
"""Rows written one by one, a round."""
PATIENCE = 60.0
"""Seconds that turns left to the background are waited for."""


@dataclass(frozen=True)
class Size:
    """In each of `rounds`, `contacts` write at the same time over `connections`, of which they are a multiple: each
    has a connection of its own, and keeps its order; `paced` of them where messages arrive at a pace. At the end
    `opened` conversations are left where they stand."""

    mds: int
    contacts: int
    paced: int
    connections: int
    rounds: int
    opened: int

    @property
    def turns(self) -> int:
        return self.contacts * dialogue.TURNS


SIZES = {
    "S": Size(mds=1, contacts=4, paced=4, connections=4, rounds=1, opened=20),
    "M": Size(mds=4, contacts=128, paced=32, connections=32, rounds=5, opened=1_000),
    "L": Size(mds=10, contacts=256, paced=128, connections=32, rounds=7, opened=10_000),
}


def figures(size: str, *, postgres_url: str | None, redis_url: str | None, tell: Tell) -> Iterator[Figure]:
    """Every figure, as soon as it is known. PostgreSQL is measured in a database of our own on the server of
    `postgres_url`, Redis by a queue of our own; SQLite in a folder of its own; nothing outlives the run."""
    yield from _on(Way("SQLite", store.sqlite, None), SIZES[size], tell)
    if postgres_url is None:
        tell("PostgreSQL: not measured (set DATABASE_URL)")
        return
    if redis_url is None:
        tell("Redis: not measured (set REDIS_URL)")
    name = "PostgreSQL + Redis" if redis_url else "PostgreSQL"
    try:
        yield from _on(Way(name, partial(store.postgresql, postgres_url), redis_url), SIZES[size], tell)
    except store.NoScratch as reason:
        tell(f"PostgreSQL: not measured: {reason}")


@dataclass(frozen=True)
class Way:
    """One of the two ways to run: how its database is made, and its broker if it has one."""

    name: str
    make: Callable[[], AbstractContextManager[Engine]]
    redis_url: str | None


@dataclass(frozen=True)
class Bench:
    """One database, the two servers on it and the generator, each in its process."""

    section: str
    size: Size
    tell: Tell
    engine: Engine
    ours: Answer
    bare: Answer
    generate: Answer
    people: Iterator[dialogue.Person]

    def write_to(self, server: Answer, pace: float | None = None) -> Driven:
        """New people, from their first word to their last."""
        count = self.size.paced if pace else self.size.contacts
        return self._post(server, dialogue.breadth_first(self._new(count)), pace)

    def open(self, count: int) -> Driven:
        """New people who stop after their second message."""
        return self._post(self.ours, dialogue.breadth_first(self._new(count), turns=2), None)

    def _new(self, count: int) -> list[dialogue.Person]:
        return list(islice(self.people, count))

    def _post(self, server: Answer, texts: list[dialogue.Text], pace: float | None) -> Driven:
        driven: Driven = self.generate(Load(server("port"), texts, self.size.connections, pace))
        return replace(driven, seconds=driven.seconds + self._wait_for_replies())

    def _wait_for_replies(self) -> float:
        """The seconds until every message has its reply committed: none when turns run in the request."""
        began = perf_counter()
        if not self._unanswered():
            return 0.0
        while self._unanswered():
            if perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{self._unanswered()} messages have no reply")
            sleep(0.005)
        return perf_counter() - began

    def _unanswered(self) -> int:
        return self._count(select(func.count()).where(Received.state == ReceivedState.WAITING))

    def rdvs(self) -> int:
        return self._count(select(func.count()).select_from(Rdv))

    def _count(self, query: Any) -> int:
        with reading(sessions_of(self.engine)) as session:
            return session.scalar(query) or 0


def _on(way: Way, size: Size, tell: Tell) -> Iterator[Figure]:
    with _bench(way, size, tell) as bench:
        rounds = _rounds(bench)
        yield from _rates(bench, rounds)
        yield from _latencies(bench, rounds)
        yield from _memory(bench)


@contextmanager
def _bench(way: Way, size: Size, tell: Tell) -> Iterator[Bench]:
    with ExitStack() as held:
        engine = held.enter_context(way.make())
        url = engine.url.render_as_string(hide_password=False)
        with transaction(sessions_of(engine)) as session:
            territoire.load(session, dialogue.territoire(size.mds), dialogue.NOW)
        make_tables(engine)
        queue = f"rdv-bench-{uuid4().hex}"
        yield Bench(
            section=f"{way.name}, {durability(engine)}",
            size=size,
            tell=tell,
            engine=engine,
            ours=held.enter_context(beside(our_server, url, way.redis_url, queue, core=SERVER)),
            bare=held.enter_context(beside(bare_server, url, core=SERVER)),
            generate=held.enter_context(beside(generator, core=GENERATOR)),
            people=dialogue.people(size.mds),
        )


# As fast as they are answered


@dataclass(frozen=True)
class Rounds:
    """The seconds of one turn, of one turn of the bare handler, and of one commit, a round each; what both asked
    of the database, a turn; and what went wrong, "" when nothing did."""

    ours: list[float]
    bare: list[float]
    commit: list[float]
    our_count: Count
    bare_count: Count
    turns: int
    wrong: str


def _rounds(bench: Bench) -> Rounds:
    """Ours, the bare handler, the disk, in turn; a first round is not counted."""
    size = bench.size
    ours, bare, commit, refused = [], [], [], 0
    before = bench.rdvs(), bench.ours("count"), bench.bare("count")
    for number in range(size.rounds + 1):
        bench.tell(f"{bench.section}: round {number} of {size.rounds}")
        us, them, disk = bench.write_to(bench.ours), bench.write_to(bench.bare), commit_seconds(bench.engine, COMMITS)
        refused += us.refused + them.refused
        if number:
            ours.append(us.seconds / size.turns)
            bare.append(them.seconds / size.turns)
            commit.append(disk)
    booked, people = bench.rdvs() - before[0], size.contacts * (size.rounds + 1)
    wrong = "" if (booked, refused) == (people, 0) else f"{booked} of {people} booked, {refused} refused"
    counts = bench.ours("count") - before[1], bench.bare("count") - before[2]
    return Rounds(ours, bare, commit, *counts, turns=people * dialogue.TURNS, wrong=wrong)


def _rates(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    section = f"{bench.section}: turns, {bench.size.connections} connections"
    beside_bare = rate(section, "turns", rounds.ours, Bound(BARE, rounds.bare, True, 0.5))
    # Turns that did not do their work are not compared.
    yield replace(beside_bare, verdict=rounds.wrong or beside_bare.verdict)
    yield rate(section, "turns", rounds.ours, Bound("commits of one row, driver", rounds.commit, False))
    ours, bare, turns = rounds.our_count, rounds.bare_count, rounds.turns
    yield amount(section, "commits a turn", [ours.commits / turns], Bound(BARE, [bare.commits / turns], False, 1))
    yield amount(section, "statements a turn", [ours.statements / turns], Bound(BARE, [bare.statements / turns], False))


# At a pace


def _latencies(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """Messages that arrive regularly, whether the earlier ones are answered or not, half as many as can be. Each
    latency is from when the message was due. What is promised is about half of our own rate; at half of the bare
    handler's we may be close to all that we can do."""
    for whose, seconds, target in (("our rate", rounds.ours, 5.0), (f"the {BARE}'s", rounds.bare, None)):
        pace = 0.5 / median(seconds)
        section = f"{bench.section}: latency at half of {whose}, {pace:,.0f} turns/s arriving"
        bench.tell(section)
        ours = [bench.write_to(bench.ours, pace).latencies for _ in range(bench.size.rounds)]
        bare = [median(bench.write_to(bench.bare, pace).latencies) for _ in range(bench.size.rounds)]
        yield figure(section, "p50", [median(one) for one in ours], Bound(f"{BARE}, p50", bare, False))
        yield figure(section, "p99", [_p99(one) for one in ours], Bound(f"{BARE}, p50", bare, False, target))


def _p99(latencies: Sequence[float]) -> float:
    return quantiles(latencies, n=100, method="inclusive")[98]


# At rest


def _memory(bench: Bench) -> Iterator[Figure]:
    """What the process keeps of conversations that wait for an answer: they are rows."""
    before = bench.ours("memory")
    if before is None:
        bench.tell("memory: not measured, this system does not say what a process holds")
        return
    bench.tell(f"{bench.section}: {bench.size.opened} conversations opened and left")
    bench.open(bench.size.opened)
    after = bench.ours("memory")
    section = f"{bench.section}: memory of the process"
    name = f"{bench.size.opened:,} more conversations open"
    yield amount(section, name, [after / MIB], Bound("before them", [before / MIB], False, 1.05), unit="MiB")
