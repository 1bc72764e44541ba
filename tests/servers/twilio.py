"""A Twilio that nobody here wrote: the npm package `emulate`, with our French number in it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from tests.servers import running
from tests.servers.node import node, npm

ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "0123456789abcdef" * 2
OUR_NUMBER = "+33938000001"

PACKAGE = Path(__file__).parents[1] / "twilio_double"
CACHE = Path(__file__).parents[2] / "var"


@dataclass(frozen=True)
class TwilioDouble:
    """`base` is what TWILIO_API_BASE takes. Inbound messages and receipts are signed with `AUTH_TOKEN`."""

    base: str

    def receive(self, to: str, from_: str, body: str) -> str:
        """Somebody writes to `to`: our door has answered when this returns, with the message's SID."""
        return str(self._simulate("inbound-message", To=to, From=from_, Body=body)["sid"])

    def set_status(self, sid: str, status: str) -> None:
        """A message of ours moves to `status`: our door has had the receipt when this returns."""
        self._simulate("message-status", MessageSid=sid, Status=status)

    def messages(self) -> list[dict[str, Any]]:
        """What we sent, oldest first, as Twilio lists it: `sid`, `to`, `from`, `body`, `status`…"""
        url = f"{self.base}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json?PageSize=1000"
        everything = self._ask("GET", url)["messages"]
        return [message for message in reversed(everything) if message["direction"] != "inbound"]

    def _simulate(self, what: str, **form: str) -> dict[str, Any]:
        return self._ask("POST", f"{self.base}/_twilio/simulate/{what}", data=form)

    def _ask(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        answer = requests.request(method, url, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=15, **options)
        answer.raise_for_status()
        return dict(answer.json())


@contextmanager
def twilio(public_url: str) -> Iterator[TwilioDouble]:
    """A Twilio where a message to `OUR_NUMBER`, by SMS or on WhatsApp, is posted to the door under `public_url`."""
    door = f"{public_url}/webhooks/twilio/messages"
    ours = (OUR_NUMBER, f"whatsapp:{OUR_NUMBER}")
    seed = {
        "account": {"sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN},
        "phone_numbers": [{"phone_number": number, "sms_url": door} for number in ours],
    }
    with TemporaryDirectory(prefix="twilio-") as folder:
        seeded = Path(folder, "seed.json")
        seeded.write_text(json.dumps({"twilio": seed}))
        program = [node(), "--require", str(PACKAGE / "loopback.cjs"), str(_emulate())]
        options = ["start", "--service", "twilio", "--seed", str(seeded)]
        with running([*program, *options], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            port = next((line for line in process.stdout if line.startswith("port ")), "").removeprefix("port ")
            yield TwilioDouble(f"http://127.0.0.1:{int(port)}")


def _emulate() -> Path:
    """The program of the package, installed once for each state of its lock."""
    lock = (PACKAGE / "package-lock.json").read_bytes()
    home = CACHE / f"twilio_double-{sha256(lock).hexdigest()[:12]}"
    if not home.exists():
        _install(home)
    return home / "node_modules" / "emulate" / "dist" / "index.js"


def _install(home: Path) -> None:
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGE / name, folder)
        subprocess.run(
            [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True
        )
        # Whole or not at all: an install cut short leaves nothing that looks installed. And where two runs
        # install at once, the first one's serves both.
        with suppress(OSError):
            Path(folder).rename(home)
