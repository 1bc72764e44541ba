"""A carrier that takes every message at once: Twilio's create-message door, in a process of its own."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from time import perf_counter
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import uuid4

from bot.bench.beside import Answer

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TO = re.compile(rb"(?:^|&)To=([^&]*)")


@dataclass(frozen=True)
class Taken:
    """A message that arrived: whose it is, and when, by the clock that all processes of a machine share."""

    to: str
    at: float


@contextmanager
def carrier() -> Iterator[Answer]:
    """For a process of its own: "port" is where it listens, "taken" what has arrived since it was last asked."""
    taken: list[Taken] = []
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: _Door(taken), "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    Thread(target=loop.run_forever, daemon=True).start()

    def since() -> list[Taken]:
        told = taken[:]
        del taken[: len(told)]
        return told

    asked = {"port": lambda: port, "taken": since}
    yield lambda question: asked[question]()


class _Door(asyncio.Protocol):
    """One connection of a client's."""

    def __init__(self, taken: list[Taken]) -> None:
        self._taken = taken
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (request := self._next()) is not None:
            to = _TO.search(request)
            self._taken.append(Taken(unquote_to_bytes(to[1]).decode() if to else "", perf_counter()))
            self._transport.write(_created())

    def _next(self) -> bytes | None:
        """The body of the next request that has arrived whole."""
        head, end, rest = self._read.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if not end or len(rest) < size:
            return None
        self._read = rest[size:]
        return rest[:size]


def _created() -> bytes:
    sid = f"SM{uuid4().hex}"
    body = json.dumps({**MESSAGE, "sid": sid, "uri": f"/2010-04-01/Accounts/AC/Messages/{sid}.json"}).encode()
    head = f"HTTP/1.1 201 CREATED\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


MESSAGE: dict[str, Any] = {
    "account_sid": "AC", "api_version": "2010-04-01", "body": "", "date_created": "Mon, 28 Sep 2026 07:00:00 +0000",
    "date_sent": None, "date_updated": "Mon, 28 Sep 2026 07:00:00 +0000", "direction": "outbound-api",
    "error_code": None, "error_message": None, "from": "+33938000001", "messaging_service_sid": None,
    "num_media": "0", "num_segments": "1", "price": None, "price_unit": "EUR", "status": "queued",
    "subresource_uris": {}, "to": "",
}  # fmt: skip
"""What Twilio answers, as long as it is."""
