"""One dialogue, three ways in: the terminal, Twilio's webhook and the demo phone end in the same RDV."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from booking.agenda import RdvLine, rdv_lines
from booking.db import reading
from bot import turn
from bot.app import create_app
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing, OutgoingState, Received, ReceivedState
from bot.serve import working
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, open_shell
from tests.conftest import OPEN_SHELL, Clock
from tests.servers.twilio import ACCOUNT_SID, AUTH_TOKEN, twilio
from tests.servers.web import site
from tests.worlds import ARRAS, INCONNUE, NOW

DIALOGUE = (
    "bonjour je voudrais un rdv pour mon bébé",
    "1",
    "oui",
    "lea martin née le 14 mars 2025",
    "Marie Martin",
    "plutot jeudi",
    "10h",
    "ok",
)


def rdv_row(shell: Shell) -> RdvLine:
    """The RDV that was booked, without the names that chance gives."""
    with reading(shell.sessions) as session:
        (line,) = rdv_lines(session, telephone=INCONNUE)
    people = tuple(replace(one, usager="") for one in line.participants)
    return replace(line, ref="", participants=people)


def until(done: Callable[[], bool]) -> None:
    """Wait for something that happens in the background, a minute at most."""
    deadline = monotonic() + 60
    while not done():
        assert monotonic() < deadline, "it never happened"
        sleep(0.02)


def settled(shell: Shell) -> int:
    """How many messages have left for good."""
    with reading(shell.sessions) as session:
        rows = session.scalars(select(Outgoing.state)).all()
    return sum(1 for state in rows if state in (OutgoingState.SENT, OutgoingState.DELIVERED))


@pytest.fixture
def by_terminal(kind: str, open_world: OPEN_SHELL) -> RdvLine:
    shell = open_world(kind=kind)
    chat = Chat(shell, NOW)
    for text in DIALOGUE:
        chat.play(Event(at=NOW, sender=INCONNUE, text=text))
    return rdv_row(shell)


@contextmanager
def at_work(url: str, base: str, database: str, clock: Clock, **settings: Any) -> Iterator[Shell]:
    """The whole product in this process, behind `base`, with its worker and its beat."""
    shell = open_shell(Settings(database_url=database, public_url=url, secret_key="s" * 40, **settings), clock=clock)
    with working(shell) as awake:
        yield awake
    shell.engine.dispose()


def test_the_webhook_books_what_the_terminal_books(
    kind: str, by_terminal: RdvLine, databases: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with site() as here, twilio(here.url) as double:
        account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, ARRAS, double.base)
        database = databases.copy_of(kind, "vendredi_matin")
        with at_work(here.url, double.base, database, clock, twilio=account) as shell:
            here.serve(create_app(shell))
            for count, text in enumerate(DIALOGUE, start=1):
                double.receive(ARRAS, INCONNUE, text)
                until(lambda count=count: settled(shell) == count)  # type: ignore[misc]
            sent = double.messages()
            row = rdv_row(shell)

    assert row == by_terminal
    assert [message["to"] for message in sent] == [INCONNUE] * len(DIALOGUE)
    assert sent[-1]["body"].startswith("C'est réservé : Lea, jeu 26 nov 10h")
    assert not [secret for secret in (INCONNUE, "639980009", "Martin", "bébé") if secret in logged(caplog)]


ODD = {
    "nothing": "",
    "spaces": "   ",
    "an emoji": "🙂🙂",
    "a NUL": "\x00",
    "a long page": "la clé du placard " * 89,
    "a trap": "<script>alert(1)</script> {{7*7}} %s {options} '; DROP TABLE thread;--",
}


def test_odd_messages_get_a_polite_line_and_leave_no_trace_in_our_logs(
    kind: str, databases: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, ARRAS, None)
    shell = open_shell(
        Settings(database_url=databases.copy_of(kind, "vendredi_matin"), secret_key="s" * 40, twilio=account),
        clock=clock,
    )
    client = create_app(shell).test_client()
    for number, body in enumerate(ODD.values()):
        form = {"MessageSid": f"SM{number:032x}", "From": f"+3363998002{number}", "To": ARRAS, "Body": body}
        url = f"{shell.settings.public_url}/webhooks/twilio/messages"
        signed = {"X-Twilio-Signature": RequestValidator(AUTH_TOKEN).compute_signature(url, form)}
        assert client.post("/webhooks/twilio/messages", data=form, headers=signed).status_code == 200
    with reading(shell.sessions) as session:
        contacts = list(session.scalars(select(Contact.id)))
    for contact_id in contacts:
        turn.drain(shell, contact_id)

    with reading(shell.sessions) as session:
        answers = session.scalars(select(Outgoing.text)).all()
        assert set(session.scalars(select(Received.state))) == {ReceivedState.HANDLED}
    shell.engine.dispose()
    assert len(answers) == len(ODD)
    assert [answer for answer in answers if not answer.startswith("MDS Arras, bonjour. Je n'ai pas compris.")] == []
    assert not [secret for secret in ("63998002", "placard", "alert", "DROP") if secret in logged(caplog)]


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What our code and its libraries wrote; the test's own web server and client write for themselves."""
    foreign = ("werkzeug", "urllib3", "asyncio")
    ours = [one for one in caplog.records if one.name.partition(".")[0] not in foreign]
    return "\n".join(logging.Formatter().format(one) for one in ours)


@pytest.mark.browser
def test_the_demo_phone_books_what_the_terminal_books(
    by_terminal: RdvLine, databases: Any, clock: Clock, browser: Browser
) -> None:
    database = databases.copy_of("sqlite", "vendredi_matin")
    with site() as here, at_work(here.url, "", database, clock, demo=True) as shell:
        here.serve(create_app(shell))
        page = browser.new_page(base_url=here.url)
        page.goto(f"/demo/?qui={INCONNUE.replace('+', '%2B')}")
        phone = page.locator("section, article").filter(has=page.get_by_placeholder("Message")).first
        for count, text in enumerate(DIALOGUE, start=1):
            phone.get_by_placeholder("Message").fill(text)
            phone.get_by_placeholder("Message").press("Enter")
            until(lambda count=count: settled(shell) == count)  # type: ignore[misc]
        expect(phone).to_contain_text("C'est réservé : Lea, jeu 26 nov 10h")
        page.close()
        assert rdv_row(shell) == by_terminal
