"""A Twilio that misbehaves: it keeps what it accepted, as Twilio lists it, and fails when and how it is told to."""

import json
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from itertools import repeat
from queue import SimpleQueue
from threading import Lock, Thread
from time import sleep
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import requests
from twilio.request_validator import RequestValidator

from tests.servers import Patient

ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "0123456789abcdef" * 2
LIST = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
DEFAULT_PAGE = 50


@dataclass(frozen=True)
class Manner:
    """How one request to send is dealt with: whether the message is taken, after how many seconds which status
    is answered (None: the line is cut instead), with which error code and `Retry-After` in seconds."""

    accepts: bool
    status: int | None = None
    code: int | None = None
    retry_after: int | None = None
    wait: float = 0.0


FAIR = Manner(accepts=True, status=201)
BUSY = Manner(accepts=False, status=429, code=20429, retry_after=7)
BROKEN = Manner(accepts=False, status=500, code=20500)
CUT = Manner(accepts=False)
BROKEN_AFTER = Manner(accepts=True, status=500, code=20500)
CUT_AFTER = Manner(accepts=True)


def silent(seconds: float, *, accepts: bool) -> Manner:
    """An answer that comes after the client has stopped waiting."""
    return Manner(accepts=accepts, status=None, wait=seconds)


def refusing(code: int) -> Manner:
    """A message that Twilio will not have."""
    return Manner(accepts=False, status=400, code=code)


@dataclass
class Text:
    """One message in Twilio's books. `form`: what our request to send it said, nothing for what people wrote."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    at: datetime
    status: str
    form: Mapping[str, str] = field(default_factory=dict)
    code: int | None = None

    def as_json(self) -> dict[str, Any]:
        at = format_datetime(self.at)
        return {
            "sid": self.sid, "account_sid": ACCOUNT_SID, "direction": self.direction, "from": self.sender,
            "to": self.to, "body": self.body, "status": self.status, "date_created": at, "date_updated": at,
            # Twilio has not sent what it has only queued.
            "date_sent": None if self.status in ("accepted", "queued") else at,
            "error_code": self.code, "error_message": None, "num_segments": "1", "num_media": "0",
            "messaging_service_sid": self.form.get("MessagingServiceSid"), "price": None, "price_unit": "EUR",
            "api_version": "2010-04-01", "uri": LIST.replace("Messages.json", f"Messages/{self.sid}.json"),
            "subresource_uris": {},
        }  # fmt: skip


class Carrier:
    """The books, the doors it calls, and the faults to come.

    `manners` says how the next requests to send are dealt with. `watch` is called with "asked" when a request has
    been read and nothing done about it, and with "taken" when its message is in the books and nothing answered yet.
    `tells` are the statuses it reports of each message, by itself, once it has answered; when `hasty`, the first of
    them before it answers. Its list shows a message `lists_after` it was taken."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.base = ""
        self.door = ""
        self.clock = clock
        self.manners: Iterator[Manner] = repeat(FAIR)
        self.watch: Callable[[str], None] = lambda _stage: None
        self.tells: Sequence[str] = ()
        self.hasty = False
        self.lists_after = timedelta(0)
        self.requests = 0
        self.templates: dict[str, str] = {}
        """What WhatsApp has approved, by its SID."""
        self._books: list[Text] = []
        self._lock = Lock()
        self._validator = RequestValidator(AUTH_TOKEN)
        self._reports: SimpleQueue[tuple[Text, str] | None] = SimpleQueue()
        self._unreported = 0

    @property
    def accepted(self) -> list[Text]:
        """What it took from us, oldest first."""
        with self._lock:
            return [text for text in self._books if text.direction != "inbound"]

    def told(self) -> Counter[tuple[str, str]]:
        """How many times who got what."""
        return Counter((text.to, text.body) for text in self.accepted)

    def hear(self, sender: str, to: str, body: str) -> Text:
        """Somebody writes to us: it is in the books, and our door knows nothing yet."""
        text = Text(f"SM{uuid4().hex}", "inbound", sender, to, body, self.clock(), "received")
        with self._lock:
            self._books.append(text)
        return text

    def hand_over(self, text: Text) -> bool:
        """Call our door with what somebody wrote; whether it was taken (2xx)."""
        return self.call(f"{self.door}/webhooks/twilio/messages", inbound_form(text))

    def report(self, text: Text, status: str) -> bool:
        """Tell our door what became of a message of ours; whether it was taken, True where nobody asked for it."""
        url = text.form.get("StatusCallback")
        return url is None or self.call(url, status_form(text, status))

    def call(self, url: str, form: Mapping[str, str]) -> bool:
        """Post a signed form; whether the answer is 2xx."""
        signed = {"X-Twilio-Signature": self.sign(url, form)}
        try:
            return requests.post(url, dict(form), headers=signed, timeout=15).ok
        except requests.RequestException:
            return False

    def sign(self, url: str, form: Mapping[str, str]) -> str:
        return str(self._validator.compute_signature(url, dict(form)))

    def is_quiet(self) -> bool:
        """Whether everything it had to report has been reported."""
        return self._unreported == 0

    def send(self, form: Mapping[str, str]) -> tuple[Manner, Text | None]:
        """Deal with one request to send: how, and the message when it was taken."""
        self.watch("asked")
        with self._lock:
            self.requests += 1
            manner = next(self.manners)
        if not manner.accepts:
            return manner, None
        sender = form.get("From") or form.get("MessagingServiceSid", "")
        body = form["Body"] if "Body" in form else self._filled(form)
        text = Text(f"SM{uuid4().hex}", "outbound-api", sender, form["To"], body, self.clock(), "queued", form)
        with self._lock:
            self._books.append(text)
            self._unreported += len(self.tells)
        self.watch("taken")
        tells = list(self.tells)
        if self.hasty and tells:
            self._report(text, tells.pop(0))
        for status in tells:
            self._reports.put((text, status))
        return manner, text

    def _filled(self, form: Mapping[str, str]) -> str:
        """A template with its blanks filled, as it arrives."""
        body = self.templates[form["ContentSid"]]
        for number, blank in json.loads(form["ContentVariables"]).items():
            assert blank, "Twilio takes no empty blank"
            body = body.replace(f"{{{{{number}}}}}", blank)
        return body

    def _report(self, text: Text, status: str) -> None:
        text.status = status
        self.report(text, status)
        with self._lock:
            self._unreported -= 1

    def report_all(self) -> None:
        """Report what there is to report until told to stop."""
        while (told := self._reports.get()) is not None:
            self._report(*told)

    def stop_reporting(self) -> None:
        self._reports.put(None)

    def page(self, query: Mapping[str, str]) -> dict[str, Any]:
        """One page of the books, newest first, as Twilio lists them."""
        size, number = int(query.get("PageSize", DEFAULT_PAGE)), int(query.get("Page", 0))
        with self._lock:
            listed = [text for text in reversed(self._books) if text.at + self.lists_after <= self.clock()]
        found = [text for text in listed if _is_asked(text, query)]
        here = found[number * size : (number + 1) * size]
        is_last = (number + 1) * size >= len(found)
        following = {**query, "Page": number + 1, "PageToken": f"PA{here[-1].sid}" if here else ""}
        return {
            "messages": [text.as_json() for text in here],
            "page": number,
            "page_size": size,
            "uri": f"{LIST}?{urlencode(query)}",
            "next_page_uri": None if is_last else f"{LIST}?{urlencode(following)}",
        }


def _is_asked(text: Text, query: Mapping[str, str]) -> bool:
    if query.get("To", text.to) != text.to or query.get("From", text.sender) != text.sender:
        return False
    bounds = [query[name] for name in ("DateSent>", "DateSent", "DateSent<") if name in query]
    if bounds and text.as_json()["date_sent"] is None:
        # A filter on a date that is not there yet hides what has only been queued.
        return False
    day = text.at.isoformat()[:10]
    at_least, exactly, at_most = (query.get(name, day)[:10] for name in ("DateSent>", "DateSent", "DateSent<"))
    return at_least <= day <= at_most and exactly == day


def inbound_form(text: Text) -> dict[str, str]:
    """What Twilio posts of a message that somebody wrote."""
    return {
        "MessageSid": text.sid, "SmsSid": text.sid, "SmsMessageSid": text.sid, "AccountSid": ACCOUNT_SID,
        "From": text.sender, "To": text.to, "Body": text.body, "NumMedia": "0", "NumSegments": "1",
        "SmsStatus": "received", "FromCountry": "FR", "ToCountry": "FR", "ApiVersion": "2010-04-01",
    }  # fmt: skip


def status_form(text: Text, status: str) -> dict[str, str]:
    """What Twilio posts of a message of ours."""
    form = {
        "MessageSid": text.sid, "SmsSid": text.sid, "AccountSid": ACCOUNT_SID, "From": text.sender, "To": text.to,
        "MessageStatus": status, "SmsStatus": status, "ApiVersion": "2010-04-01",
    }  # fmt: skip
    failed = status in ("failed", "undelivered")
    return {**form, "ErrorCode": str(text.code or 30008)} if failed else form


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go in two writes: without it each answer would wait for the other side's ACK.
    disable_nagle_algorithm = True
    carrier: Carrier

    def do_GET(self) -> None:
        query = dict(parse_qsl(urlsplit(self.path).query))
        self._answer(200, self.carrier.page(query))

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True))
        manner, text = self.carrier.send(form)
        sleep(manner.wait)
        # Whoever asked may be dead, or have hung up.
        with suppress(OSError):
            self._deal(manner, text)

    def _deal(self, manner: Manner, text: Text | None) -> None:
        if manner.status is None:
            self._cut()
        elif manner.status == 201 and text is not None:
            self._answer(201, text.as_json())
        else:
            trouble = {"status": manner.status, "code": manner.code, "message": "no", "more_info": ""}
            self._answer(manner.status, trouble, retry_after=manner.retry_after)

    def _answer(self, status: int, body: dict[str, Any], *, retry_after: int | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(data)

    def _cut(self) -> None:
        """Hang up with a reset: the other side sees neither an answer nor an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def carrier(clock: Callable[[], datetime]) -> Iterator[Carrier]:
    """A carrier that answers while the block lasts, and dates its books by `clock`."""
    it = Carrier(clock)
    with Patient(("127.0.0.1", 0), type("Door", (_Door,), {"carrier": it})) as server:
        it.base = f"http://127.0.0.1:{server.server_port}"
        threads = [
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True),
            Thread(target=it.report_all, daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield it
        finally:
            it.stop_reporting()
            server.shutdown()
            for thread in threads:
                thread.join()
