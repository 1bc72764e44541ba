"""Twilio's doors, called over HTTP by a Twilio that nobody here wrote, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
import requests
from flask import Flask
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from booking.db import connect, reading, sessions_of, transaction
from bot import metrics, outbox
from bot.ledger import Contact, Outgoing, OutgoingState, Receipt, Received, ReceivedState
from bot.migrations import migrate
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, open_shell
from bot.web import doors
from channels.sms import TwilioSms
from tests.databases import Databases
from tests.servers.faulty import mute
from tests.servers.twilio import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, TwilioDouble, twilio

MARIE = "+33611000001"
MESSAGES = "/webhooks/twilio/messages"
STATUS = "/webhooks/twilio/status"
DOORS = pytest.mark.parametrize("door", [MESSAGES, STATUS])
NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """The product behind its address, and the Twilio that knows this address."""

    url: str
    shell: Shell
    twilio: TwilioDouble

    def post(self, door: str, form: dict[str, str], **headers: str) -> int:
        """The answer to a form that Twilio signs, unless `headers` say otherwise."""
        headers = {"X-Twilio-Signature": signature(self.url + door, form), **headers}
        return requests.post(self.url + door, form, headers=headers, timeout=10).status_code

    def rows(self) -> int:
        with reading(self.shell.sessions) as session:
            tables = (Contact, Received, Receipt)
            return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)

    def received(self, sid: str) -> list[Received]:
        with reading(self.shell.sessions) as session:
            return list(session.scalars(select(Received).where(Received.provider_id == sid)))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, databases: Databases) -> Iterator[House]:
    app = Flask("house")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    database_url = databases.empty(request.param)
    with twilio(url) as double:
        account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, OUR_NUMBER, double.base)
        shell = open_shell(Settings(database_url=database_url, public_url=url, twilio=account), clock=lambda: NOW)
        migrate(shell.engine)
        app.register_blueprint(doors(shell))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield House(url, shell, double)
        server.shutdown()
        thread.join()
        server.server_close()
        shell.engine.dispose()


def signature(url: str, form: dict[str, str]) -> str:
    return str(RequestValidator(AUTH_TOKEN).compute_signature(url, form))


def form_for(door: str, **fields: str) -> dict[str, str]:
    form = {"MessageSid": "SM" + uuid4().hex, "From": MARIE, "To": OUR_NUMBER, "Body": "Bonjour"}
    return {**form, **({"MessageStatus": "sent"} if door == STATUS else {}), **fields}


def rejected(house: House, reason: str) -> float:
    """How often that was a reason to turn somebody away, as the duty engineer reads it."""
    lines = metrics.exposition(house.shell).decode().splitlines()
    counts = [line.split()[1] for line in lines if line.startswith(f'rdv_rejected_total{{reason="{reason}"}}')]
    return float(counts[0]) if counts else 0.0


def waiting_for(shell: Shell, address: str, text: str) -> tuple[int, int]:
    """A message queued for somebody: the contact's id and the message's."""
    with transaction(shell.sessions) as session:
        contact = Contact(channel="sms", address=address)
        session.add(contact)
        session.flush()
        message = Outgoing(
            contact_id=contact.id, cause=uuid4().hex, kind="reply", text=text, segments=1,
            created_at=NOW, not_before=NOW,
        )  # fmt: skip
        session.add(message)
        session.flush()
        return contact.id, message.id


def outgoing(shell: Shell, message_id: int) -> Outgoing:
    with reading(shell.sessions) as session:
        return session.get_one(Outgoing, message_id)


def told_of(shell: Shell, message_id: int) -> list[str]:
    with reading(shell.sessions) as session:
        told = select(Receipt.status).where(Receipt.outgoing_id == message_id).order_by(Receipt.id)
        return list(session.scalars(told))


def test_an_sms_is_kept_once_as_it_came_and_its_turn_taken(house: House) -> None:
    sid = house.twilio.receive(OUR_NUMBER, MARIE, "Où ? À 14h, 50 € 👍")
    [received] = house.received(sid)
    assert (received.text, received.state) == ("Où ? À 14h, 50 € 👍", ReceivedState.HANDLED)
    with reading(house.shell.sessions) as session:
        contact = session.get_one(Contact, received.contact_id)
    assert (contact.name, contact.texted) == (f"sms:{MARIE}", OUR_NUMBER)


def test_the_same_message_twenty_times_at_once_is_one_message(house: House) -> None:
    form = form_for(MESSAGES, From="+33611000002")
    with ThreadPoolExecutor(20) as posts:
        answers = list(posts.map(lambda _: house.post(MESSAGES, form), range(20)))
    assert answers == [200] * 20
    assert len(house.received(form["MessageSid"])) == 1


@DOORS
@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda _right: None, id="missing"),
        pytest.param(lambda _right: "", id="empty"),
        pytest.param(lambda _right: "A" * 28, id="invented"),
        pytest.param(lambda right: right[:-1], id="truncated"),
    ],
)
def test_what_twilio_did_not_sign_leaves_no_trace(house: House, door: str, forged: Any) -> None:
    before, form = house.rows(), form_for(door)
    sent = {"X-Twilio-Signature": forged(signature(house.url + door, form))}
    answer = requests.post(house.url + door, form, headers=sent, timeout=10)
    assert (answer.status_code, house.rows()) == (403, before)


def test_what_is_turned_away_is_counted_by_reason(house: House) -> None:
    form = form_for(MESSAGES)
    before = {reason: rejected(house, reason) for reason in ("signature", "media_type", "too_large", "malformed")}
    house.post(MESSAGES, form, **{"X-Twilio-Signature": "A" * 28})
    house.post(MESSAGES, form, **{"Content-Type": "text/plain"})
    house.post(MESSAGES, form_for(MESSAGES, Body="a" * 64 * 1024))
    house.post(MESSAGES, form_for(MESSAGES, MessageSid="SM1"))
    assert {reason: rejected(house, reason) - count for reason, count in before.items()} == dict.fromkeys(before, 1)


@DOORS
def test_a_signature_serves_for_its_own_message_only(house: House, door: str) -> None:
    before, form = house.rows(), form_for(door)
    right = signature(house.url + door, form)
    other = signature(house.url + door + "?m=1", form)
    assert house.post(door, {**form, "Body": "Annuler"}, **{"X-Twilio-Signature": right}) == 403
    assert house.post(door, form, **{"X-Twilio-Signature": other}) == 403
    assert house.rows() == before


@DOORS
def test_the_address_that_counts_is_ours_whatever_the_headers_say(house: House, door: str) -> None:
    form = form_for(door)
    elsewhere = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert house.post(door, form, **elsewhere) == 200
    for_them = signature("http://evil.example" + door, form)
    assert house.post(door, form, **elsewhere, **{"X-Twilio-Signature": for_them}) == 403


@DOORS
def test_a_signed_request_with_a_strange_sid_is_refused(house: House, door: str) -> None:
    before = house.rows()
    assert house.post(door, form_for(door, MessageSid="SM1")) == 400
    assert house.rows() == before


@DOORS
def test_a_body_too_large_is_not_read(house: House, door: str) -> None:
    before = house.rows()
    assert house.post(door, form_for(door, Body="a" * 64 * 1024)) == 413
    assert house.rows() == before


def test_a_very_long_message_is_kept_cut(house: House) -> None:
    form = form_for(MESSAGES, Body="a" * 60_000)
    assert house.post(MESSAGES, form) == 200
    assert house.received(form["MessageSid"])[0].text == "a" * 1600


@DOORS
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=b", "text/plain"])
def test_only_forms_come_in(house: House, door: str, kind: str) -> None:
    assert house.post(door, form_for(door), **{"Content-Type": kind}) == 415


@DOORS
def test_the_doors_are_not_for_reading(house: House, door: str) -> None:
    assert requests.get(house.url + door, timeout=10).status_code == 405


def test_a_message_leaves_and_its_receipts_come_back_even_before_the_send_returns(house: House) -> None:
    contact_id, message_id = waiting_for(house.shell, "+33611000003", "À demain")
    # This Twilio tells the first status before it answers the request itself.
    assert outbox.deliver(house.shell, contact_id) == 1
    sent = house.twilio.messages()[-1]
    message = outgoing(house.shell, message_id)
    assert (sent["to"], sent["body"]) == ("+33611000003", "À demain")
    assert (message.state, message.provider_id) == (OutgoingState.SENT, sent["sid"])
    assert told_of(house.shell, message_id) == ["queued"]


def test_a_receipt_never_moves_a_message_backwards(house: House) -> None:
    contact_id, message_id = waiting_for(house.shell, "+33611000004", "À demain")
    outbox.deliver(house.shell, contact_id)
    sid = str(outgoing(house.shell, message_id).provider_id)
    for status in ("delivered", "sent", "queued"):
        house.twilio.set_status(sid, status)
    assert outgoing(house.shell, message_id).state == OutgoingState.DELIVERED
    assert told_of(house.shell, message_id) == ["queued", "delivered", "sent", "queued"]


def test_a_receipt_for_a_message_we_do_not_know_is_kept(house: House) -> None:
    form = form_for(STATUS, MessageStatus="undelivered", ErrorCode="30003")
    assert house.post(f"{STATUS}?m=unknown", form) == 200
    with reading(house.shell.sessions) as session:
        kept = session.scalars(select(Receipt).where(Receipt.provider_id == form["MessageSid"])).one()
    assert (kept.outgoing_id, kept.status, kept.error_code) == (None, "undelivered", "30003")


def test_a_provider_that_never_answers_leaves_the_message_unknown_and_unrepeated(house: House) -> None:
    contact_id, message_id = waiting_for(house.shell, "+33611000005", "À demain")
    with mute(keeps_the_line=True) as base:
        silent = TwilioSms(
            account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=OUR_NUMBER, api_base=base, timeout=0.5
        )
        outbox.deliver(replace(house.shell, channels={"sms": silent}), contact_id)
    assert outgoing(house.shell, message_id).state == OutgoingState.UNKNOWN
    assert outbox.deliver(house.shell, contact_id) == 0


def test_the_house_is_alive_and_ready(house: House) -> None:
    assert requests.get(house.url + "/healthz", timeout=10).status_code == 200
    ready = requests.get(house.url + "/readyz", timeout=10)
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})


@DOORS
def test_a_database_that_is_away_is_told_at_once(house: House, door: str, tmp_path: Path) -> None:
    away = connect(f"sqlite:///{tmp_path}/nowhere/rdv.db")
    app = Flask("away")
    app.register_blueprint(doors(replace(house.shell, engine=away, sessions=sessions_of(away))))
    form = form_for(door)
    signed = {"X-Twilio-Signature": signature(house.url + door, form)}
    client = app.test_client()
    assert client.post(door, data=form, headers=signed).status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_broker_that_is_away_is_not_ready(house: House, tmp_path: Path) -> None:
    app = Flask("no broker")
    settings = replace(house.shell.settings, redis_url=f"redis+socket://{tmp_path}/nowhere")
    app.register_blueprint(doors(replace(house.shell, settings=settings)))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "broker unreachable"})


def test_without_migrations_the_house_is_not_ready(tmp_path: Path) -> None:
    shell = open_shell(Settings(database_url=f"sqlite:///{tmp_path}/rdv.db"))
    app = Flask("new")
    app.register_blueprint(doors(shell))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "migrations pending"})
    shell.engine.dispose()


@DOORS
def test_without_a_twilio_account_its_doors_do_not_exist(door: str, tmp_path: Path) -> None:
    shell = open_shell(Settings(database_url=f"sqlite:///{tmp_path}/rdv.db"))
    app = Flask("closed")
    app.register_blueprint(doors(shell))
    assert app.test_client().post(door, data=form_for(door)).status_code == 404
    shell.engine.dispose()
