"""SMS by Twilio: how a text leaves, and what each answer of the provider, or its silence, means."""

import json
import logging
import socket
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from channels import SendFailed, SendUnknown, clean
from channels.simulator import Simulator
from channels.sms import Report, TwilioSms, read, read_report
from conversations.messages import Outbound
from tests.servers.faulty import Answer, mute, provider
from tests.servers.twilio import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, TwilioDouble, twilio

MARIE = "+33611000001"
SID = "SM" + "0a" * 16


def channel(base: str, **options: Any) -> TwilioSms:
    account = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "sender": OUR_NUMBER}
    return TwilioSms(**{**account, "api_base": base, "timeout": 0.5, **options})


def to_marie(text: str = "Bonjour", **fields: Any) -> Outbound:
    return Outbound(**{"channel": "sms", "sender": None, "recipient": MARIE, "text": text, **fields})


@pytest.fixture(scope="module")
def double() -> Iterator[TwilioDouble]:
    with twilio("http://127.0.0.1") as double:
        yield double


def noting(asked: list[dict[str, str]]) -> Callable[[dict[str, str]], Answer]:
    def accept(form: dict[str, str]) -> Answer:
        asked.append(form)
        return 201, json.dumps({"sid": SID})

    return accept


def refusing(status: int, code: int | None = None) -> Callable[[dict[str, str]], Answer]:
    return lambda _form: (status, json.dumps({"code": code, "message": f"about {MARIE}", "status": status}))


def test_a_message_leaves_from_our_number(double: TwilioDouble) -> None:
    sid = channel(double.base).send(to_marie("RDV noté à 14h30, 50 €"))
    sent = double.messages()[-1]
    assert (sent["sid"], sent["from"], sent["to"]) == (sid, OUR_NUMBER, MARIE)
    assert sent["body"] == "RDV noté à 14h30, 50 €"


def test_a_number_that_is_not_ours_is_refused_for_good(double: TwilioDouble) -> None:
    with pytest.raises(SendFailed) as refusal:
        channel(double.base).send(to_marie(sender="+33938000009"))
    assert (refusal.value.retry, refusal.value.code) == (False, "21606")


@pytest.mark.parametrize(
    ("account", "named", "origin"),
    [
        ({}, None, {"From": OUR_NUMBER}),
        ({}, "+33938000002", {"From": "+33938000002"}),
        ({"messaging_service_sid": "MG1"}, "+33938000002", {"MessagingServiceSid": "MG1"}),
    ],
)
def test_the_messaging_service_chooses_the_number_else_the_message_does(
    account: dict[str, str], named: str | None, origin: dict[str, str]
) -> None:
    asked: list[dict[str, str]] = []
    with provider(noting(asked)) as base:
        channel(base, **account).send(to_marie(sender=named, receipt_url="https://rdv.example/s?m=1"))
    form = asked[0]
    assert {name: form[name] for name in form if name in ("From", "MessagingServiceSid")} == origin
    assert form["StatusCallback"] == "https://rdv.example/s?m=1"


def test_whatsapp_is_the_same_with_its_prefix() -> None:
    asked: list[dict[str, str]] = []
    with provider(noting(asked)) as base:
        channel(base).send(to_marie(channel="whatsapp"))
    assert (asked[0]["To"], asked[0]["From"]) == (f"whatsapp:{MARIE}", f"whatsapp:{OUR_NUMBER}")


@pytest.mark.parametrize("code", [21211, 21610, 21612, 21614, 21408, 21617, 30004, 30005, 30006, 30007, 99999])
def test_what_twilio_says_of_a_number_or_a_text_is_final(code: int) -> None:
    with provider(refusing(400, code)) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.retry, refusal.value.code) == (False, str(code))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, 20429),
        (429, None),
        (401, 20003),
        (400, 21611),
        (400, 30001),
        (400, 30003),
        (400, 30008),
        (500, None),
    ],
)
def test_what_time_cures_is_tried_again(status: int, code: int | None) -> None:
    with provider(refusing(status, code)) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.retry, refusal.value.code) == (True, str(code) if code else None)


def test_a_proxy_that_answers_for_twilio_with_a_page_is_tried_again() -> None:
    with provider(lambda _form: (503, "<h1>Bad day</h1>")) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.retry, refusal.value.code) == (True, None)


def test_a_refusal_never_repeats_the_number() -> None:
    with provider(refusing(400, 21211)) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert MARIE not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_nobody_listening_means_nothing_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SendFailed) as failure:
        channel(f"http://127.0.0.1:{port}").send(to_marie())
    assert failure.value.retry


def test_a_provider_that_accepts_and_never_answers_leaves_us_not_knowing() -> None:
    begun = monotonic()
    with mute(keeps_the_line=True) as base, pytest.raises(SendUnknown):
        channel(base, timeout=0.3).send(to_marie())
    assert 0.3 <= monotonic() - begun < 2


def test_a_connection_cut_after_the_request_leaves_us_not_knowing() -> None:
    with mute(keeps_the_line=False) as base, pytest.raises(SendUnknown):
        channel(base).send(to_marie())


@pytest.mark.parametrize("body", ["<h1>Welcome</h1>", "{}"])
def test_an_acceptance_without_a_sid_leaves_us_not_knowing(body: str) -> None:
    with provider(lambda _form: (201, body)) as base, pytest.raises(SendUnknown):
        channel(base).send(to_marie())


def test_no_number_and_no_text_reach_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with provider(refusing(400, 21211)) as base, pytest.raises(SendFailed):
        channel(base).send(to_marie("Secret"))
    assert not [record for record in caplog.records if record.name.startswith(("twilio", "urllib3"))]


def test_a_text_is_laid_out_as_it_will_leave() -> None:
    laid = channel("http://127.0.0.1").layout("Reçu, à bientôt")
    assert (laid.text, laid.segments) == ("Recu, à bientot", 1)


def test_the_demo_phone_lays_out_as_an_sms_and_the_chat_as_it_was_written() -> None:
    assert Simulator().layout("Reçu, à bientôt") == channel("http://127.0.0.1").layout("Reçu, à bientôt")
    chat = Simulator(typography=True).layout("Reçu, à bientôt")
    assert (chat.text, chat.segments) == ("Reçu, à bientôt", 0)
    assert Simulator().send(to_marie()) != Simulator().send(to_marie())


def arrived(**fields: str) -> dict[str, str]:
    return {"MessageSid": SID, "From": MARIE, "To": OUR_NUMBER, "Body": "Bonjour", **fields}


def test_an_sms_is_read_as_it_came() -> None:
    inbound = read(arrived(Body="Où ?\nÀ 14h"))
    assert (inbound.channel, inbound.provider_id) == ("sms", SID)
    assert (inbound.sender, inbound.recipient, inbound.text) == (MARIE, OUR_NUMBER, "Où ?\nÀ 14h")


def test_whatsapp_is_a_channel_of_its_own() -> None:
    inbound = read(arrived(From=f"whatsapp:{MARIE}", To=f"whatsapp:{OUR_NUMBER}"))
    assert (inbound.channel, inbound.sender, inbound.recipient) == ("whatsapp", MARIE, OUR_NUMBER)


def test_a_photograph_without_a_word_is_an_empty_text() -> None:
    photograph = {"MessageSid": "MM" + "1" * 32, "From": MARIE, "To": OUR_NUMBER, "NumMedia": "1"}
    assert read({**photograph, "MediaUrl0": "http://example.org/1"}).text == ""


@pytest.mark.parametrize("sid", ["", "SM12", "SM" + "0" * 33, "SM" + "G" * 32, "CA" + "0" * 32, f"{SID}\n"])
def test_what_is_no_sid_is_no_message(sid: str) -> None:
    with pytest.raises(ValueError, match="SID"):
        read(arrived(MessageSid=sid))


@pytest.mark.parametrize("sender", ["", "\x00", "+" + "3" * 60])
def test_what_is_no_address_is_no_sender(sender: str) -> None:
    with pytest.raises(ValueError, match=r"address|sender"):
        read(arrived(From=sender))


def test_a_receipt_is_read_as_it_came() -> None:
    assert read_report({"MessageSid": SID, "MessageStatus": "sent"}) == Report(SID, "sent", None)
    failed = {"MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert read_report(failed) == Report(SID, "undelivered", "30003")


@pytest.mark.parametrize("field", [{"MessageSid": "x"}, {"MessageStatus": "Sent!"}, {"ErrorCode": "30003x"}])
def test_a_receipt_with_another_shape_is_refused(field: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"Twilio|SID"):
        read_report({"MessageSid": SID, "MessageStatus": "sent", **field})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x07c\x1b\x7f\x85d", "abcd"),
        ("\ud83dbonjour\ude00", "bonjour"),
        ("une\r\nautre\tligne", "une\nautre ligne"),
        ("👍 🏽 \u202eabc", "👍 🏽 \u202eabc"),
        ("é" * 5000, "é" * 1600),
        ("e\u0301" * 1600, "é" * 1600),
    ],
)
def test_what_people_write_is_kept_composed_and_without_control_characters(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_an_endless_stack_of_accents_takes_no_time() -> None:
    begun = monotonic()
    clean("a" + "\u0301\u0316" * 300_000)
    assert monotonic() - begun < 1


URL = "https://rdv.example/webhooks/twilio/messages"


def test_a_signature_holds_for_its_address_and_its_fields_alone() -> None:
    form = arrived(Body="é")
    signature = str(RequestValidator(AUTH_TOKEN).compute_signature(URL, form))
    signed = channel("http://127.0.0.1").is_signed
    assert signed(URL, form, signature)
    assert not signed(URL + "?m=1", form, signature)
    assert not signed(URL, arrived(Body="è"), signature)
    assert not signed(URL, form, signature[:-1])


@pytest.mark.parametrize("signature", [None, "", "é", "a" * 10_000])
def test_a_missing_or_odd_signature_is_a_plain_no(signature: str | None) -> None:
    assert channel("http://127.0.0.1").is_signed(URL, arrived(), signature) is False
