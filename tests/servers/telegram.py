"""A Telegram on this machine: a Bot API that keeps what it took, fails when and how it is told to, and the people who
write to the bot, as Telegram tells of them."""

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from itertools import count, repeat
from threading import Lock, Thread
from time import sleep
from typing import Any
from urllib.parse import parse_qsl

from tests.servers import Patient

TOKEN = "4242:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SECRET = "un-secret_de-Telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BOT = {"id": 4242, "is_bot": True, "first_name": "RDV", "username": "rdv_bot"}

Update = dict[str, Any]


@dataclass(frozen=True)
class Manner:
    """How one request to send is dealt with: whether the message is taken, after how many seconds which status is
    answered (None: the line is cut instead), why not, and how long to wait before coming back."""

    accepts: bool
    status: int | None = None
    why: str = ""
    retry_after: int | None = None
    wait: float = 0.0


FAIR = Manner(accepts=True, status=200)
BLOCKED = Manner(accepts=False, status=403, why="Forbidden: bot was blocked by the user")
NOWHERE = Manner(accepts=False, status=400, why="Bad Request: chat not found")
UNREADABLE = Manner(accepts=False, status=400, why="Bad Request: message text is empty")
UNKNOWN_BOT = Manner(accepts=False, status=401, why="Unauthorized")
BROKEN = Manner(accepts=False, status=500, why="Internal Server Error")
BROKEN_AFTER = Manner(accepts=True, status=502, why="Bad Gateway")
CUT = Manner(accepts=False)
CUT_AFTER = Manner(accepts=True)


def busy(seconds: int) -> Manner:
    why = f"Too Many Requests: retry after {seconds}"
    return Manner(accepts=False, status=429, why=why, retry_after=seconds)


def silent(seconds: float, *, accepts: bool) -> Manner:
    """An answer that comes after the client has stopped waiting."""
    return Manner(accepts=accepts, wait=seconds)


@dataclass(frozen=True)
class Sent:
    """One message of ours: its chat, its text, the rows of buttons under it or in the place of the keyboard, as
    Telegram is given them."""

    id: int
    chat: int
    text: str
    rows: tuple[tuple[dict[str, Any], ...], ...] = ()

    @property
    def buttons(self) -> tuple[dict[str, Any], ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass
class BotApi:
    """The API of one bot. `manners` says how the next messages to send are dealt with; `waiting` is what is there to be
    fetched; `webhook` where updates are brought, if anywhere; `called` the other methods called, with what."""

    base: str = ""
    manners: Iterator[Manner] = field(default_factory=lambda: repeat(FAIR))
    sent: list[Sent] = field(default_factory=list)
    called: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    waiting: list[Update] = field(default_factory=list)
    webhook: str = ""
    requests: int = 0
    _lock: Lock = field(default_factory=Lock)

    def texts(self, chat: int) -> list[str]:
        """What the bot said in a chat."""
        return [one.text for one in self.sent if one.chat == chat]

    def send(self, form: dict[str, str]) -> tuple[Manner, Any]:
        with self._lock:
            self.requests += 1
            manner = next(self.manners)
            if not manner.accepts:
                return manner, None
            markup = json.loads(form.get("reply_markup", "{}"))
            rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
            one = Sent(len(self.sent) + 1, int(form["chat_id"]), form["text"], tuple(map(tuple, rows)))
            self.sent.append(one)
        return manner, {"message_id": one.id, "date": 1, "chat": _chat(one.chat), "from": BOT, "text": one.text}

    def answer(self, method: str, form: dict[str, str]) -> tuple[Manner, Any]:
        """How a request is dealt with, and what it gives."""
        match method:
            case "sendMessage":
                return self.send(form)
            case "getUpdates" if self.webhook:
                return Manner(accepts=False, status=409, why="Conflict: can't use getUpdates"), None
            case "getUpdates":
                first = int(form.get("offset", 0))
                self.waiting = [update for update in self.waiting if update["update_id"] >= first]
                return FAIR, self.waiting
            case "getWebhookInfo":
                return FAIR, {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
            case _:
                self.called.append((method, form))
                return FAIR, True


# What Telegram tells of people

_ids = count(1)


def written(chat: int, text: str | None = None, *, by: str = "message", **fields: Any) -> Update:
    """Somebody writes, or sends what `fields` say."""
    said = {} if text is None else {"text": text}
    message = {"message_id": next(_ids), "date": 1, "chat": _chat(chat), "from": _person(chat), **said, **fields}
    return {"update_id": next(_ids), by: message}


def pressed(chat: int, data: str, *, by: int | None = None, message: int = 1) -> Update:
    """Somebody presses a button that carries `data`, in their own chat or in a group."""
    shown = {"message_id": message, "date": 1, "chat": _chat(chat), "from": BOT, "text": "…"}
    press = {"id": str(next(_ids)), "from": _person(by or chat), "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": next(_ids), "callback_query": press}


def card(chat: int, phone: str, owner: int | None) -> Update:
    """Somebody sends the card of a contact: theirs, by the button, where they are its `owner`."""
    owned = {} if owner is None else {"user_id": owner}
    return written(chat, contact={"phone_number": phone, "first_name": "Marie", **owned})


def presence(chat: int, status: str, at: datetime) -> Update:
    """Somebody blocks the bot ("kicked") or lets it write again ("member")."""
    extra = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": _chat(chat), "from": _person(chat), "date": int(at.timestamp()),
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **extra},
    }  # fmt: skip
    return {"update_id": next(_ids), "my_chat_member": change}


def _chat(chat: int) -> dict[str, Any]:
    """Groups have negative ids."""
    return (
        {"id": chat, "type": "private", "first_name": "M"} if chat > 0 else {"id": chat, "type": "group", "title": "G"}
    )


def _person(number: int) -> dict[str, Any]:
    return {"id": abs(number), "is_bot": False, "first_name": "<img src=x onerror=alert(1)>", "language_code": "fr"}


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go in two writes: without it each answer would wait for the other side's ACK.
    disable_nagle_algorithm = True
    api: BotApi

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True))
        _, token, method = self.path.split("/")
        if token != f"bot{TOKEN}":
            return self._answer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        manner, result = self.api.answer(method, form)
        sleep(manner.wait)
        # Whoever asked may have hung up.
        with suppress(OSError):
            self._deal(manner, result)
        return None

    def _deal(self, manner: Manner, result: Any) -> None:
        if manner.status is None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif manner.status == 200:
            self._answer(200, {"ok": True, "result": result})
        else:
            asked = {"parameters": {"retry_after": manner.retry_after}} if manner.retry_after else {}
            trouble = {"ok": False, "error_code": manner.status, "description": manner.why, **asked}
            self._answer(manner.status, trouble)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def telegram() -> Iterator[BotApi]:
    """A Bot API that answers while the block lasts."""
    api = BotApi()
    with Patient(("127.0.0.1", 0), type("Door", (_Door,), {"api": api})) as server:
        api.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield api
        finally:
            server.shutdown()
            thread.join()
