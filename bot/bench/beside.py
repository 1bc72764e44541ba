"""Processes beside the benchmark's own, each on a core of its own where the machine lets us choose."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from resource import getpagesize
from typing import Any

SERVER, GENERATOR = 0, 1
"""The cores: one for what is measured, one for who measures it, so that neither slows the other."""
PATIENCE = 10.0
"""Seconds a process is given to end by itself."""

Answer = Callable[[Any], Any]
"""What a process answers to one question; both travel by a pipe."""


class Ended(Exception):
    """A process of the benchmark's is no more; it has said why on stderr."""


@contextmanager
def beside(start: Callable[..., AbstractContextManager[Answer]], *given: Any, core: int) -> Iterator[Answer]:
    """Enter `start(*given)` in a process of its own, and put questions to it: the first waits until it is ready.
    `Ended` when the process has died; it ends with the block, or with this process."""
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_live, args=(there, core, start, given), daemon=True)
    process.start()
    there.close()

    def ask(question: Any) -> Any:
        try:
            here.send(question)
            return here.recv()
        except (EOFError, ConnectionError):
            raise Ended(f"{start.__name__} has ended") from None

    try:
        yield ask
    finally:
        here.close()
        process.join(PATIENCE)
        process.kill()
        process.join()


def _live(asked: Connection, core: int, start: Callable[..., AbstractContextManager[Answer]], given: Any) -> None:
    _keep_to(core)
    with start(*given) as answer:
        while True:
            try:
                question = asked.recv()
            except EOFError:
                return
            asked.send(answer(question))


def _keep_to(core: int) -> None:
    """Stay on one core, where the machine has several and lets us choose."""
    if hasattr(os, "sched_setaffinity") and core in os.sched_getaffinity(0):
        os.sched_setaffinity(0, {core})


def resident() -> int | None:
    """The bytes of memory this process holds now; None where the system does not say."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * getpagesize() if told.exists() else None
