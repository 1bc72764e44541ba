"""A story that people live through whatever breaks, and what must be true when it is over."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from time import monotonic, sleep
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from booking.agenda import RdvLine, rdv_lines
from booking.db import Sessions, connect, reading, sessions_of
from booking.models import Agent, Avis, AvisEtat, Hold, Occupation
from bot.ledger import Outgoing, OutgoingState, Received, ReceivedState
from bot.outbox.unknown import LISTED_AFTER
from bot.settings import Settings, TwilioSettings
from tests.faults.doomed import PATIENT, Bomb, Life, Role, SharedClock, alive, beating, kill, serving, working
from tests.servers.carrier import ACCOUNT_SID, AUTH_TOKEN, Carrier, Text, carrier
from tests.worlds import ARRAS, INCONNUE, MARIE

WORLD = "deux_responsables"
STORY = (
    (MARIE, "consultation pmi pour lea"),
    (INCONNUE, "assistante sociale"),
    (MARIE, "oui"),
    (INCONNUE, "Julie Petit"),
    (MARIE, "1"),
    (INCONNUE, "1"),
    (MARIE, "oui"),
    (INCONNUE, "1"),
    (MARIE, "annuler"),
    (INCONNUE, "oui"),
    (MARIE, "oui"),
)
"""Marie books for Léa, whose other responsable is told, then cancels; meanwhile Julie, unknown so far, books for
herself and keeps her RDV."""

PATIENCE = 60.0
"""Seconds given to what takes a tenth of one: a slow machine is no failure."""
STUCK = 1.5
"""Seconds without a change after which the clock is moved to see whether time helps."""
LOST = 10.0
"""Likewise while somebody is sending: a lease must not run out under a living sender."""
THINKING = timedelta(seconds=20)
"""What people take to answer."""
SECOND = timedelta(seconds=1)
OPEN = (OutgoingState.QUEUED, OutgoingState.SENDING, OutgoingState.UNKNOWN)


@dataclass(frozen=True)
class Outcome:
    """What a story leaves behind, without the names and numbers that chance gives."""

    rdvs: tuple[RdvLine, ...]
    taken: tuple[tuple[str, datetime, datetime], ...]
    held: int
    told: Counter[tuple[str, str]]
    """How many times who got what."""


@dataclass(frozen=True)
class Due:
    """What is still to be done: messages to answer, messages to send, avis to tell; and what was given up."""

    to_answer: int = 0
    to_send: int = 0
    to_tell: int = 0
    set_aside: int = 0


NOTHING = Due()


class House:
    """The product, its carrier, the clock they share and the people who write. Processes come and go; the rows,
    the books and the people stay."""

    def __init__(self, settings: Settings, port: int, books: Carrier, clock: SharedClock, timeout: float) -> None:
        self.carrier = books
        self.clock = clock
        self.lives: dict[Role, Life] = {
            role: Life(settings, port, clock, Bomb(), timeout) for role in (serving, working, beating)
        }
        self.deaths = 0
        self._engine = connect(settings.database_url)
        self._sessions = sessions_of(self._engine)
        self._processes: dict[Role, BaseProcess] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self._engine.dispose()

    def start(self, *roles: Role) -> None:
        """Start the processes of these roles that are not there; `serving` alone is the whole product."""
        for role in roles:
            process = self._processes.get(role)
            if process is None or not process.is_alive():
                self._processes[role] = self._stack.enter_context(alive(role, self.lives[role]))

    def bomb(self, role: Role = serving) -> Bomb:
        """The bomb in the process of that role."""
        return self.lives[role].bomb

    def kill(self, role: Role = serving) -> None:
        """kill -9 the process of that role."""
        kill(self._processes[role])

    def bury(self) -> int:
        """How many processes died since last asked; their successors are started."""
        dead = [role for role, process in self._processes.items() if not process.is_alive()]
        if dead:
            # Once is enough: what comes back comes back unharmed.
            for role in dead:
                self.bomb(role).set()
            self.deaths += len(dead)
            if self._sender in dead:
                self._let_leases_run_out()
            self.start(*dead)
        return len(dead)

    @property
    def _sender(self) -> Role:
        return working if working in self._processes else serving

    def _let_leases_run_out(self) -> None:
        """Time passes until what the dead had in hand is nobody's."""
        leases = [row.lease_until for row in self._open() if row.lease_until]
        if leases:
            self.clock.move_to(max(self.clock(), *leases) + SECOND)

    def write(self, sender: str, body: str) -> None:
        """Somebody writes, and everything happens that follows from it."""
        self.clock.move_to(self.clock() + THINKING)
        self.bring(self.carrier.hear(sender, ARRAS, body))

    def bring(self, text: Text) -> None:
        """The carrier calls until it is heard, then everything happens that follows from it."""
        self.until(lambda: self.carrier.hand_over(text), f"{text.body!r} is heard")
        self.settle(f"after {text.body!r}")

    def settle(self, when: str) -> None:
        """Let everything happen that is due, and time pass where something waits for it."""
        self.until(lambda: self.carrier.is_quiet() and self.due() == NOTHING, f"nothing is left due {when}")
        for role, process in self._processes.items():
            if self.bomb(role).has_blown:
                # The last of its work was done: it is not seen dying.
                process.join(timeout=PATIENCE)
        self.bury()

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait for it; the dead are replaced and the clock moves on when nothing else does."""
        deadline, seen, since = monotonic() + PATIENCE, None, monotonic()
        while not _is_so(happened):
            now = monotonic()
            assert now < deadline, f"it never happened that {what}: {self.describe()}"
            buried, look = self.bury(), self._look()
            if buried or look != seen:
                seen, since = look, now
            elif moment := self._next_moment(now - since):
                self.clock.move_to(moment)
                since = now
            sleep(0.02)

    def due(self) -> Due:
        """What is left to do by now."""
        return due(self._sessions, self.clock())

    def outcome(self) -> Outcome:
        return outcome(self._sessions, self.carrier.told())

    def rows(self) -> list[Outgoing]:
        with reading(self._sessions) as session:
            return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))

    def describe(self) -> str:
        """What is there, for whoever reads why a test failed."""
        rows = [f"{row.cause} {row.kind} {row.state} tries={row.tries} {row.error_code or ''}" for row in self.rows()]
        return f"{self.due()}, clock {self.clock():%H:%M:%S}, deaths {self.deaths}, rows:\n  " + "\n  ".join(rows)

    def _look(self) -> object:
        try:
            commits = [life.bomb.commits for life in self.lives.values()]
            return self.due(), self.carrier.requests, self.carrier.is_quiet(), commits
        except OperationalError:
            return None

    def _next_moment(self, waited: float) -> datetime | None:
        """When something will be due, if nothing is now; half a minute from now when nothing has changed for long."""
        now, is_sending = self.clock(), False
        with suppress(OperationalError):
            due, rows = self.due(), self._open()
            is_sending = any(row.state == OutgoingState.SENDING for row in rows)
            if rows and not is_sending and not due.to_answer and not due.to_tell:
                next_moment = min(map(_moment, rows))
                if next_moment > now:
                    return next_moment + SECOND
        return now + timedelta(seconds=30) if waited > (LOST if is_sending else STUCK) else None

    def _open(self) -> list[Outgoing]:
        with reading(self._sessions) as session:
            return list(session.scalars(select(Outgoing).where(Outgoing.state.in_(OPEN))))


def _is_so(happened: Callable[[], bool]) -> bool:
    """Whether it happened; not, as far as anybody can see, while the database is away."""
    with suppress(OperationalError):
        return happened()
    return False


def _moment(row: Outgoing) -> datetime:
    """When something may next be done about a message in line, or one whose outcome is unknown."""
    if row.state == OutgoingState.UNKNOWN and row.claimed_at:
        return max(row.not_before, row.claimed_at + LISTED_AFTER)
    return row.not_before


def due(sessions: Sessions, now: datetime) -> Due:
    """What is left to do by `now`."""
    count = select(func.count())
    with reading(sessions) as session:
        return Due(
            session.scalars(count.where(Received.state == ReceivedState.WAITING)).one(),
            session.scalars(count.where(Outgoing.state.in_(OPEN))).one(),
            session.scalars(count.where(Avis.etat == AvisEtat.A_DIRE, Avis.du_le <= now)).one(),
            session.scalars(count.where(Received.state == ReceivedState.SET_ASIDE)).one(),
        )


def outcome(sessions: Sessions, told: Counter[tuple[str, str]]) -> Outcome:
    """What is there, with what the provider was given."""
    with reading(sessions) as session:
        rdvs = tuple(_without_chance(line) for line in rdv_lines(session))
        spans = select(Agent.ref, Occupation.debut, Occupation.fin).join(Agent, Agent.id == Occupation.agent_id)
        taken = sorted((ref, debut, fin) for ref, debut, fin in session.execute(spans))
        held = session.scalars(select(func.count()).select_from(Hold)).one()
    return Outcome(rdvs, tuple(taken), held, told)


def _without_chance(line: RdvLine) -> RdvLine:
    """The line without the refs that chance gives to whom the story itself has made."""
    people = tuple(replace(one, usager="") for one in line.participants)
    return replace(line, ref="", participants=people)


@contextmanager
def house(database_url: str, *, timeout: float = PATIENT, **settings: Any) -> Iterator[House]:
    """The house on that database, with a carrier of its own, which it gives `timeout` seconds to answer; nobody is at
    work yet."""
    clock = SharedClock()
    with _port() as port, carrier(clock) as books:
        books.door = f"http://127.0.0.1:{port}"
        books.tells = ("sent", "delivered")
        account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, ARRAS, books.base)
        ours = Settings(
            database_url=database_url, public_url=books.door, secret_key="s" * 40, twilio=account, **settings
        )
        with House(ours, port, books, clock, timeout) as it:
            yield it


@contextmanager
def _port() -> Iterator[int]:
    """A port that nobody else on this machine is given while the block lasts: one process after another serves it."""
    with socket() as keeper:
        # Bound and not listening: whoever asks for this very port and says the same may serve it.
        keeper.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        yield keeper.getsockname()[1]


def live(it: House, story: Sequence[tuple[str, str]] = STORY) -> Outcome:
    """Tell the story to a house, message by message, to its end."""
    for sender, body in story:
        it.write(sender, body)
    return it.outcome()


def assert_same(it: House, clean: Outcome, why: str) -> None:
    """What must be true of a story that something broke."""
    why = f"{why}: {it.describe()}"
    assert_alike(it.outcome(), clean, why)
    assert it.due() == NOTHING, why


def assert_alike(outcome: Outcome, clean: Outcome, why: str) -> None:
    """The RDVs and the time taken of the story that nothing broke, each of its messages once, and no other."""
    missing, extra = clean.told - outcome.told, outcome.told - clean.told
    assert not missing, f"never told {dict(missing)}: {why}"
    assert not extra, f"told once too often {dict(extra)}: {why}"
    assert (outcome.rdvs, outcome.taken, outcome.held) == (clean.rdvs, clean.taken, clean.held), why
