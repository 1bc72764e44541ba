"""What tests share: databases, shells on a frozen clock, and no network beyond this machine."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking.db import Base, connect
from bot.settings import Settings
from bot.shell import Shell, open_shell
from tests.databases import Databases
from tests.makers import World
from tests.servers import short_folder
from tests.servers.browser import chromium
from tests.servers.postgres import postgres
from tests.worlds import NOW

OPEN_SHELL = Callable[..., Shell]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the transcripts with what the bot says now")


def pytest_configure() -> None:
    # A run that is told to end leaves no server and no folder behind, as one that is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    with ExitStack() as servers:
        folder = servers.enter_context(TemporaryDirectory(prefix="db-", dir=short_folder()))
        made = Databases(Path(folder), cache(lambda: servers.enter_context(postgres())))
        yield made
        if "TEST_DATABASE_URL" in os.environ:
            made.drop_all()


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both databases."""
    return str(request.param)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def open_world(databases: Databases, clock: Clock) -> Iterator[OPEN_SHELL]:
    """Opens a shell on a copy of a world: `open_world("vendredi_matin", kind="postgres")`."""
    opened: list[Shell] = []

    def open_(world: str = "vendredi_matin", kind: str = "sqlite", **settings: Any) -> Shell:
        url = databases.copy_of(kind, world)
        shell = open_shell(Settings(database_url=url, demo=True, **settings), clock=clock)
        opened.append(shell)
        return shell

    yield open_
    for shell in opened:
        shell.engine.dispose()
        databases.drop(shell.settings.database_url)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An SQLite of one's own, its tables made, nothing in it."""
    engine = connect(f"sqlite:///{tmp_path / 'agenda.db'}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A small agenda to build up, object by object."""
    with Session(engine) as session:
        yield World(session)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a socket beyond loopback fails: nothing is ever sent for real."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reaches {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
