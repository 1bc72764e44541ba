"""The product's own processes, as they are deployed, each with a bomb inside that a test may set on a commit.

The bomb is wired to SQLAlchemy's events and to nothing of ours: the product does not know that it is there. Provider
calls need no wire, the carrier sees them and kills from outside.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any

import twilio.rest.api  # noqa: F401  what its client imports at its first message, once for all processes
from celery.apps import beat, worker  # noqa: F401  likewise Celery
from celery.concurrency import prefork, thread  # noqa: F401
from celery.schedules import schedule
from celery.signals import beat_init
from sqlalchemy import Engine, event
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import Pool

from bot.serve import web
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, open_shell
from bot.tasks import celery_for
from channels.sms import TwilioSms
from tests.worlds import NOW

FORKED = get_context("forkserver")
"""Each process is a fork of one that has only imported the product: no thread, no connection, and no second lost."""
FORKED.set_forkserver_preload([__name__])
configure_mappers()
BEAT = schedule(0.25)
"""When the beat does each thing it has to: soon enough that nobody waits for it, not so often that it is all that the
machine does."""
PATIENT = 5.0
"""Seconds given to the provider to answer: more than it takes on the slowest machine."""
IMPATIENT = 0.6
"""Likewise where a story wants an answer that comes too late."""


class SharedClock:
    """A clock for several processes. It stands still until somebody moves it."""

    def __init__(self) -> None:
        self._seconds = FORKED.RawValue("d", 0.0)

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=self._seconds.value)

    def move_to(self, instant: datetime) -> None:
        self._seconds.value = (instant - NOW).total_seconds()


class Bomb:
    """Kills its process, and those that it forked, at a commit of its choice: just before it, or right after it.
    Commits of transactions that wrote nothing do not count."""

    def __init__(self) -> None:
        self._cells = FORKED.RawArray("l", 3)

    def set(self, *, before: int = 0, after: int = 0) -> None:
        """Blow at the commit of that number, counted from now on; 0 for never."""
        done = self._cells[0]
        self._cells[1], self._cells[2] = (done + before if before else 0), (done + after if after else 0)

    @property
    def has_blown(self) -> bool:
        """Whether its commit has come: the process is dead, or dying."""
        return any(0 < cell <= self._cells[0] for cell in self._cells[1:])

    @property
    def commits(self) -> int:
        """How many there were since the beginning of the story, those that were prevented included."""
        return int(self._cells[0])

    def wire(self) -> None:
        """Listen to every engine of this process."""
        lock = Lock()

        def wrote(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE") and cursor.rowcount != 0:
                connection.info["wrote"] = True

        def before(connection: Any) -> None:
            if connection.info.pop("wrote", False):
                with lock:
                    self._cells[0] += 1
                    number = self._cells[0]
                self._blow_if(number == self._cells[1])
                connection.info["committed"] = number

        def after(info: dict[str, Any]) -> None:
            number = info.pop("committed", 0)
            self._blow_if(bool(number) and number == self._cells[2])

        event.listen(Engine, "after_cursor_execute", wrote)
        event.listen(Engine, "commit", before)
        event.listen(Engine, "rollback", lambda connection: connection.info.pop("wrote", None))
        event.listen(Engine, "begin", lambda connection: after(connection.info))
        event.listen(Pool, "checkin", lambda _connection, record: after(record.info))

    @staticmethod
    def _blow_if(it_is_time: bool) -> None:
        if it_is_time:
            os.killpg(0, signal.SIGKILL)


@dataclass(frozen=True)
class Life:
    """What a process is given at its birth."""

    settings: Settings
    port: int
    clock: SharedClock
    bomb: Bomb
    timeout: float
    """How long the provider is waited for, in seconds."""


Role = Callable[[Life], None]


@contextmanager
def alive(role: Role, life: Life) -> Iterator[BaseProcess]:
    """A process of the product, killed at the latest when the block ends."""
    process = FORKED.Process(target=_live, args=(role, life))
    process.start()
    try:
        yield process
    finally:
        kill(process)


def kill(process: BaseProcess) -> None:
    """kill -9, its children with it."""
    if process.is_alive() and process.pid:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
    process.join()


def serving(life: Life) -> None:
    """What `rdv web` does: the web, with the workers and the beat inside where there is no broker."""
    web(_shell(life), "127.0.0.1", life.port)


def working(life: Life) -> None:
    """What `celery -A bot.worker worker` does."""
    _celery(life, ["worker", "--concurrency=1", "--loglevel=critical"])


def beating(life: Life) -> None:
    """What `celery -A bot.worker beat` does."""
    _celery(life, ["beat", "--loglevel=critical"])


def _celery(life: Life, command: Sequence[str]) -> None:
    app, _ = celery_for(_shell(life))
    app.set_default()
    app.start(list(command))


def _live(role: Role, life: Life) -> None:
    os.setpgid(0, 0)
    Thread(target=_die_with_the_test, daemon=True).start()
    life.bomb.wire()
    beat_init.connect(_hurry)
    role(life)


def _hurry(sender: Any, **_: Any) -> None:
    for entry in sender.scheduler.schedule.values():
        entry.schedule = BEAT


def _die_with_the_test() -> None:
    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os.killpg(0, signal.SIGKILL)


def _shell(life: Life) -> Shell:
    account = life.settings.twilio
    assert isinstance(account, TwilioSettings)
    sms = TwilioSms(
        account_sid=account.account_sid, auth_token=account.auth_token, sender=account.sender,
        api_base=account.api_base, timeout=life.timeout,
    )  # fmt: skip
    return open_shell(life.settings, clock=life.clock, channels={"sms": sms, "whatsapp": sms})
