"""`rdv bench outbox`: messages delivered a second, beside a bare HTTP client; a million sent; reminders at nine."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from time import perf_counter

from sqlalchemy import Engine

from booking import territoire
from booking.db import sessions_of, transaction
from bot.bench import backlog, dialogue, store
from bot.bench.beside import GENERATOR, SERVER, Answer, beside
from bot.bench.carrier import Taken, carrier
from bot.bench.delivery import Drained, Reminded, deliverer
from bot.bench.disk import commit_seconds, durability
from bot.bench.measure import Bound, Figure, figure
from bot.bench.rates import amount, rate
from bot.bench.turns import COMMITS, Tell, Way
from bot.ledger import Priority
from bot.outbox.delivery import SENDERS

MDS = 10
FEW = 10
"""Reminders in the smallest batch looked at."""
REPLIES_EVERY = 0.1
"""Seconds between replies that people's messages cause while the reminders leave."""


@dataclass(frozen=True)
class Size:
    """`messages` leave in each of `rounds`, with nothing and with `sent` messages behind them; then `reminders` fall
    due at nine, and while they leave `replies` are typed at most."""

    messages: int
    rounds: int
    sent: int
    reminders: int
    replies: int


SIZES = {
    "S": Size(messages=40, rounds=1, sent=1_000, reminders=60, replies=3),
    "M": Size(messages=1_000, rounds=5, sent=50_000, reminders=2_000, replies=30),
    "L": Size(messages=2_000, rounds=7, sent=1_000_000, reminders=100_000, replies=300),
}


def figures(size: str, *, postgres_url: str | None, tell: Tell) -> Iterator[Figure]:
    """Every figure, as soon as it is known, on databases of our own as for `turns.figures`; the broker has no part
    in a delivery."""
    yield from _on(Way("SQLite", store.sqlite, None), SIZES[size], tell)
    if postgres_url is None:
        tell("PostgreSQL: not measured (set DATABASE_URL)")
        return
    try:
        yield from _on(Way("PostgreSQL", partial(store.postgresql, postgres_url), None), SIZES[size], tell)
    except store.NoScratch as reason:
        tell(f"PostgreSQL: not measured: {reason}")


@dataclass(frozen=True)
class Ledger:
    """One database, who delivers from it, and numbers that nobody has in it yet."""

    engine: Engine
    deliver: Answer
    fresh: Iterator[int]

    def numbers(self) -> int:
        """The first of a million phone numbers that nobody has yet."""
        return next(self.fresh) * 1_000_000

    def people(self, how_many: int) -> list[int]:
        """New contacts' ids."""
        return backlog.contacts(self.engine, how_many, first=self.numbers())


@dataclass(frozen=True)
class Bench:
    """Two ledgers, of which one has seen much, and the carrier."""

    section: str
    size: Size
    tell: Tell
    new: Ledger
    old: Ledger
    carrier: Answer

    def send_from(self, ledger: Ledger) -> Drained:
        """As many messages as a round has, each to somebody else."""
        backlog.queue(ledger.engine, ledger.people(self.size.messages), kind="reply", priority=Priority.REPLY)
        drained: Drained = ledger.deliver(("outbox",))
        arrived = len(self.carrier("taken"))
        if (drained.messages, arrived) != (self.size.messages, self.size.messages):
            raise RuntimeError(f"{arrived} of {self.size.messages} messages arrived, {drained.messages} were counted")
        return drained


def _on(way: Way, size: Size, tell: Tell) -> Iterator[Figure]:
    with ExitStack() as held:
        takes = held.enter_context(beside(carrier, core=GENERATOR))
        new, old = (held.enter_context(_ledger(way, takes("port"))) for _ in range(2))
        section = f"{way.name}, {durability(new.engine)}"
        bench = Bench(section, size, tell, new, old, takes)
        tell(f"{section}: {size.sent} messages sent before")
        backlog.fill(old.engine, old.people(size.messages), size.sent)
        yield from _rates(bench)
        yield from _reminders(bench)


@contextmanager
def _ledger(way: Way, port: int) -> Iterator[Ledger]:
    with way.make() as engine:
        with transaction(sessions_of(engine)) as session:
            territoire.load(session, dialogue.territoire(MDS), dialogue.NOW)
        url = engine.url.render_as_string(hide_password=False)
        with beside(deliverer, url, port, core=SERVER) as deliver:
            yield Ledger(engine, deliver, count())


# Messages a second


@dataclass(frozen=True)
class Round:
    """As many messages each way, in turn: by the outbox with nothing and with much behind it, by two bare clients;
    and the seconds of one commit."""

    new: Drained
    old: Drained
    twilio: Drained
    bare: Drained
    commit: float


def _rates(bench: Bench) -> Iterator[Figure]:
    size = bench.size
    # The first is not counted: it opens the connections.
    rounds = [_round(bench, number) for number in range(size.rounds + 1)][1:]
    new, old = [one.new.each for one in rounds], [one.old.each for one in rounds]
    section = f"{bench.section}: messages delivered, {SENDERS} at once"
    yield rate(section, "outbox", new, Bound("requests, bare", [one.bare.each for one in rounds], True, 0.5))
    yield rate(section, "outbox", new, Bound("Twilio's client, bare", [one.twilio.each for one in rounds], True, 0.5))
    yield rate(section, "outbox", new, Bound("commits of one row, driver", [one.commit for one in rounds], False))
    yield rate(section, f"outbox, {size.sent:,} sent before", old, Bound("none sent before", new, False, 1.1))
    asked = [one.new.count for one in rounds]
    yield amount(section, "commits a message", [one.commits / size.messages for one in asked])
    yield amount(section, "statements a message", [one.statements / size.messages for one in asked])


def _round(bench: Bench, number: int) -> Round:
    bench.tell(f"{bench.section}: round {number} of {bench.size.rounds}")
    new, old = bench.send_from(bench.new), bench.send_from(bench.old)
    twilio, bare = (bench.new.deliver((way, bench.size.messages)) for way in ("twilio", "requests"))
    bench.carrier("taken")
    return Round(new, old, twilio, bare, commit_seconds(bench.new.engine, COMMITS))


# Reminders at nine


def _reminders(bench: Bench) -> Iterator[Figure]:
    """All due at the same moment, in the ledger that has seen much; now and then somebody types meanwhile, and a
    reply is queued behind them."""
    section = f"{bench.section}: {bench.size.reminders:,} reminders due at nine"
    bench.tell(section)
    few = _remind(bench, FEW, writers=0).told
    many = _remind(bench, bench.size.reminders, writers=bench.size.replies)
    # The last batch is what was left.
    batches = many.told.batches[:-1] or many.told.batches
    largest = max(one.messages for one in batches)
    statements = [float(one.count.statements) for one in batches]
    few_statements = [float(few.batches[0].count.statements)]
    name = f"statements to queue up to {largest}"
    yield amount(section, name, statements, Bound(f"to queue {FEW}", few_statements, False, 1.0))
    yield rate(section, "queued", [one.seconds / one.messages for one in batches])
    yield rate(section, "queued and delivered", [many.told.drained.each])
    yield from _replies_meanwhile(section, many)


@dataclass(frozen=True)
class Morning:
    """What became of the reminders, what arrived, and who typed when."""

    told: Reminded
    taken: list[Taken]
    typed: dict[str, float]


def _remind(bench: Bench, reminders: int, *, writers: int) -> Morning:
    ledger, typed = bench.old, dict[str, float]()
    backlog.reminders(ledger.engine, reminders, first=ledger.numbers())
    first = ledger.numbers()
    contact_ids = backlog.contacts(ledger.engine, writers, first=first)
    with ThreadPoolExecutor(1) as threads:
        leaving = threads.submit(ledger.deliver, ("remind",))
        for at, contact_id in enumerate(contact_ids):
            wait([leaving], REPLIES_EVERY)
            if leaving.done():
                break
            typed[dialogue.mobile(first + at)] = perf_counter()
            backlog.queue(ledger.engine, [contact_id], kind="reply", priority=Priority.REPLY)
        told: Reminded = leaving.result()
    ledger.deliver(("outbox",))
    return Morning(told, bench.carrier("taken"), typed)


def _replies_meanwhile(section: str, morning: Morning) -> Iterator[Figure]:
    left = {one.to: one.at for one in morning.taken if one.to in morning.typed}
    reminders = [one.at for one in morning.taken if one.to not in morning.typed]
    last = max(reminders)
    typed = {to: at for to, at in morning.typed.items() if at < last}
    if not typed:
        return
    waits = [left[to] - at for to, at in typed.items()]
    rest = [last - at for at in typed.values()]
    yield figure(section, "a reply typed meanwhile left after", waits, Bound("the last reminder", rest, False))
    passed = [float(sum(at < one < left[to] for one in reminders)) for to, at in typed.items()]
    behind = [float(sum(one > at for one in reminders)) for at in typed.values()]
    yield amount(section, "reminders that left before it", passed, Bound("that were to leave", behind, False))
