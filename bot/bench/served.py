"""The two applications that are timed, each served as ours is: the bot itself, and the barest handler of all."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Lock, Thread
from time import perf_counter
from typing import Any

from celery import Celery
from flask import Flask
from kombu import Queue
from sqlalchemy import Connection, Engine, event
from waitress.server import create_server

from booking.db import connect
from bot import turn
from bot.app import create_app
from bot.bench.bare import bare_app
from bot.bench.beside import Answer, resident
from bot.bench.dialogue import ACCOUNT_SID, AUTH_TOKEN, NOW, PUBLIC_URL
from bot.lane import Dispatcher, in_order
from bot.serve import THREADS
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, Wake, open_shell
from bot.tasks import celery_for

NOWHERE = "http://127.0.0.1:9"
"""Nothing is delivered here: that is timed by `rdv bench outbox`."""


@dataclass(frozen=True)
class Count:
    """What a database was asked so far: statements, and commits of something written."""

    statements: int
    commits: int

    def __sub__(self, before: "Count") -> "Count":
        return Count(self.statements - before.statements, self.commits - before.commits)


@contextmanager
def our_server(url: str, redis_url: str | None, queue: str) -> Iterator[Answer]:
    """For a process of its own: the bot with a Twilio account, on that database. Whoever works in the background
    is woken, by a queue of our own on that broker, and nobody does: a turn ends with its commit."""
    began = perf_counter()
    account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, "+33938000001", NOWHERE)
    settings = Settings(
        database_url=url, redis_url=redis_url, public_url=PUBLIC_URL, secret_key="b" * 32, twilio=account
    )
    shell = open_shell(settings, clock=lambda: NOW + timedelta(seconds=perf_counter() - began))
    celery, awake = celery_for(shell)
    celery.conf.task_default_queue = queue
    try:
        here = replace(shell, wake=_Here(shell, awake.wake))
        with served(create_app(here), shell.engine, in_order(here, THREADS)) as asked:
            yield _with_memory(asked, celery, queue)
    finally:
        with _broker(celery, queue) as waiting:
            waiting.purge()
            waiting.delete()


@contextmanager
def bare_server(url: str) -> Iterator[Answer]:
    """For a process of its own: the bare handler, on that database."""
    engine = connect(url)
    with served(bare_app(engine), engine) as asked:
        yield lambda question: asked[question]()


@contextmanager
def served(app: Flask, engine: Engine, lanes: Dispatcher | None = None) -> Iterator[Mapping[str, Callable[[], Any]]]:
    """Serve as `rdv web` does, on a free port, and count what the database is asked. Without `lanes`, whichever
    thread is free takes a request."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listening], threads=THREADS, ident=None, _dispatcher=lanes)
    Thread(target=server.run, daemon=True).start()
    counting = Counting(engine)
    yield {"port": lambda: listening.getsockname()[1], "count": counting.so_far}


@dataclass(frozen=True)
class _Here:
    """Takes at once whatever turn was left to somebody in the background, and passes deliveries on."""

    shell: Shell
    passed_to: Wake

    def turn(self, contact_id: int) -> None:
        turn.drain(replace(self.shell, wake=self), contact_id)

    def delivery(self, contact_id: int) -> None:
        self.passed_to.delivery(contact_id)


def _with_memory(asked: Mapping[str, Callable[[], Any]], celery: Celery, queue: str) -> Answer:
    def memory() -> int | None:
        # What nobody takes from a queue in this process's memory is not the bot's.
        with _broker(celery, queue) as waiting:
            waiting.purge()
        return resident()

    return lambda question: {**asked, "memory": memory}[question]()


@contextmanager
def _broker(celery: Celery, queue: str) -> Iterator[Queue]:
    with celery.connection_for_write() as broker:
        yield Queue(queue).bind(broker.default_channel)


class Counting:
    """Counts on an engine, from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._lock = Lock()
        self._statements = self._commits = 0
        event.listen(engine, "before_cursor_execute", self._on_statement)
        event.listen(engine, "commit", self._on_commit)
        event.listen(engine, "rollback", self._on_rollback)

    def so_far(self) -> Count:
        return Count(self._statements, self._commits)

    def _on_statement(self, connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN"):
            return
        if statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            connection.info["wrote"] = True
        with self._lock:
            self._statements += 1

    def _on_commit(self, connection: Connection) -> None:
        if connection.info.pop("wrote", False):
            with self._lock:
                self._commits += 1

    def _on_rollback(self, connection: Connection) -> None:
        connection.info.pop("wrote", None)
