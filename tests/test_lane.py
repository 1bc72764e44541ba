"""Lanes: what one contact writes is taken in the order it comes in, through the server that is really used."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from urllib.parse import urlencode

from sqlalchemy import select
from twilio.request_validator import RequestValidator
from waitress.server import create_server

from booking.db import reading
from bot import serve
from bot.app import create_app
from bot.lane import in_order
from bot.ledger import Contact, Outgoing, Received, ReceivedState
from bot.settings import TwilioSettings
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.servers.twilio import ACCOUNT_SID, AUTH_TOKEN
from tests.worlds import ARRAS

DOOR = "/webhooks/twilio/messages"
PEOPLE = 30
BETWEEN = 0.004
"""Seconds from one message to the next."""
MESSAGES = ("consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "retour")
ANSWERS = ["MDS", "Pour", "Et", "Prochains", "Et"]


@dataclass(frozen=True)
class Server:
    port: int

    def request(self, sender: str, place: int, text: str) -> bytes:
        """What Twilio sends for a message, signed."""
        form = {"MessageSid": f"SM{sender[3:]:0>31}{place}", "From": sender, "To": ARRAS, "Body": text}
        signature = RequestValidator(AUTH_TOKEN).compute_signature(f"http://127.0.0.1:{self.port}{DOOR}", form)
        body = urlencode(form)
        head = (
            f"POST {DOOR} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"X-Twilio-Signature: {signature}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
        )
        return "\r\n".join((*head, "", body)).encode()

    def post(self, requests: Sequence[bytes]) -> list[bytes]:
        """Each on a connection of its own, one right after the other; the first line of each answer."""
        with ExitStack() as opened:
            lines = [
                opened.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=30)) for _ in requests
            ]
            for line, request in zip(lines, requests, strict=True):
                line.sendall(request)
                time.sleep(BETWEEN)
            return [line.makefile("rb").readline() for line in lines]


@contextmanager
def serving(shell: Shell) -> Iterator[Server]:
    """The product behind the server that `rdv web` starts."""
    probe = socket.socket()
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
    probe.close()
    app = create_app(replace(shell, settings=replace(shell.settings, public_url=f"http://127.0.0.1:{port}")))
    dispatcher = in_order(shell, serve.THREADS)
    server = create_server(app, host="127.0.0.1", port=port, ident=None, _dispatcher=dispatcher)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Server(port)
    finally:
        dispatcher.shutdown()
        server.close()


def test_five_messages_at_once_on_five_connections_are_taken_in_their_order(kind: str, open_world: OPEN_SHELL) -> None:
    account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, ARRAS, "http://127.0.0.1:9")
    shell = open_world("un_creneau_et_d_autres", kind=kind, twilio=account)
    people = [f"+3363998{number:04d}" for number in range(PEOPLE)]

    with serving(shell) as server:
        for person in people:
            requests = [server.request(person, place, text) for place, text in enumerate(MESSAGES)]
            assert all(b" 200 " in answer for answer in server.post(requests))

    assert {person: taken(shell, person) for person in people} == {person: list(MESSAGES) for person in people}
    assert {person: told(shell, person) for person in people} == dict.fromkeys(people, ANSWERS)


def taken(shell: Shell, person: str) -> list[str]:
    """What somebody wrote, in the order it was taken."""
    with reading(shell.sessions) as session:
        rows = session.scalars(
            select(Received).join(Received.contact).where(Contact.address == person).order_by(Received.id)
        ).all()
    assert {row.state for row in rows} == {ReceivedState.HANDLED}
    return [row.text for row in rows]


def told(shell: Shell, person: str) -> list[str]:
    """The first word of each answer."""
    with reading(shell.sessions) as session:
        left = select(Outgoing.text).join(Outgoing.contact).where(Contact.address == person).order_by(Outgoing.id)
        return [text.split()[0] for text in session.scalars(left)]
