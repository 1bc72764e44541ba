"""Three ways of handing messages to a carrier, in one process: the outbox, Twilio's client, a bare HTTP session."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy import func, select
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from booking.db import reading, transaction
from bot import outbox
from bot.bench.backlog import REMINDER
from bot.bench.beside import Answer
from bot.bench.dialogue import ACCOUNT_SID, AUTH_TOKEN, NOW, PUBLIC_URL, mobile, number
from bot.bench.served import Count, Counting
from bot.ledger import Outgoing, OutgoingState
from bot.outbox.delivery import SENDERS
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, open_shell

RECEIPT = f"{PUBLIC_URL}/webhooks/twilio/status?m={'0' * 32}"
PATIENCE = 120.0
"""Seconds without a message leaving, after which the rest is given up."""


@dataclass(frozen=True)
class Drained:
    """How many messages left, in how many seconds, and what the database was asked meanwhile."""

    messages: int
    seconds: float
    count: Count

    @property
    def each(self) -> float:
        return self.seconds / self.messages


@dataclass(frozen=True)
class Queued:
    """One batch of avis that became messages, in how many seconds and statements."""

    messages: int
    seconds: float
    count: Count


@dataclass(frozen=True)
class Reminded:
    """The batches in which avis became messages, and how all that waited left meanwhile."""

    batches: tuple[Queued, ...]
    drained: Drained


@contextmanager
def deliverer(url: str, port: int) -> Iterator[Answer]:
    """For a process of its own, on that database, with a carrier on that port. ("outbox",) sends all that waits;
    ("remind",) makes messages of all avis that are due, and sends them too; ("twilio", n) and ("requests", n) send n
    messages that nobody wrote down."""
    began = perf_counter()
    base = f"http://127.0.0.1:{port}"
    account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, number(0), base)
    settings = Settings(
        database_url=url, public_url=PUBLIC_URL, secret_key="b" * 32, twilio=account, sms_segments_per_second=0
    )
    shell = open_shell(settings, clock=lambda: NOW + timedelta(seconds=perf_counter() - began))
    counting = Counting(shell.engine)
    asked: dict[str, Callable[..., Drained | Reminded]] = {
        "outbox": partial(_drain, shell, counting),
        "remind": partial(_remind, shell, counting),
        "twilio": partial(_all_by, _by_twilio(base)),
        "requests": partial(_all_by, _by_requests(base)),
    }
    yield lambda question: asked[question[0]](*question[1:])


# What is written down


def _drain(shell: Shell, counting: Counting) -> Drained:
    """Send until nothing is queued."""
    began = last = perf_counter()
    before, messages = counting.so_far(), 0
    while True:
        left = outbox.deliver_due(shell)
        messages += left
        now = perf_counter()
        if left:
            last = now
        elif not _waiting(shell):
            return Drained(messages, last - began, counting.so_far() - before)
        elif now - last > PATIENCE:
            raise TimeoutError(f"{_waiting(shell)} messages do not leave")
        else:
            sleep(0.005)


def _waiting(shell: Shell) -> int:
    with reading(shell.sessions) as session:
        waiting = select(func.count()).where(Outgoing.state == OutgoingState.QUEUED)
        return session.scalar(waiting) or 0


def _remind(shell: Shell, counting: Counting) -> Reminded:
    """As the sweep does, again and again until nothing is due: make messages of avis, send a batch."""
    began, before, batches, messages = perf_counter(), counting.so_far(), [], 0
    while True:
        if batch := _queue_due(shell, counting):
            batches.append(batch)
        left = outbox.deliver_due(shell)
        messages += left
        if not batch and not left:
            drained = Drained(messages, perf_counter() - began, counting.so_far() - before)
            return Reminded(tuple(batches), drained)


def _queue_due(shell: Shell, counting: Counting) -> Queued | None:
    began, before = perf_counter(), counting.so_far()
    with transaction(shell.sessions) as session:
        contacts = outbox.queue_due(session, shell)
    if not contacts:
        return None
    return Queued(len(contacts), perf_counter() - began, counting.so_far() - before)


# What is not

Send = Callable[[str], object]


def _all_by(send: Send, count: int) -> Drained:
    began = perf_counter()
    with ThreadPoolExecutor(SENDERS) as threads:
        for _ in threads.map(send, [mobile(at) for at in range(count)]):
            pass
    return Drained(count, perf_counter() - began, Count(0, 0))


def _by_twilio(base: str) -> Send:
    """Twilio's own client, as its documentation shows it."""
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=_Elsewhere(base))
    return lambda to: client.messages.create(to=to, from_=number(0), body=REMINDER, status_callback=RECEIPT)


def _by_requests(base: str) -> Send:
    session = requests.Session()
    url = f"{base}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"

    def send(to: str) -> object:
        form = {"To": to, "From": number(0), "Body": REMINDER, "StatusCallback": RECEIPT}
        answer = session.post(url, form, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=10)
        answer.raise_for_status()
        return answer.json()["sid"]

    return send


class _Elsewhere(TwilioHttpClient):  # type: ignore[misc]  # twilio ships no types
    """Twilio's HTTP client, towards another host."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=10)
        self._base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, self._base + urlsplit(url).path, *args, **kwargs)
