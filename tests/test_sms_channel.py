"""SMS by Twilio: how a text leaves, and what each answer of the provider, or its silence, means."""

import json
import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Barrier, Thread, current_thread
from time import monotonic, thread_time
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from channels import Refusal, SendFailed, SendUnknown, There, clean
from channels.simulator import Simulator
from channels.sms import REFUSALS, Report, TwilioSms, read, read_report
from conversations.messages import Inbound, Outbound, Template
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


def listing(*messages: dict[str, Any], page: int = 50) -> Callable[[dict[str, str]], Answer]:
    """A provider that lists these messages, newest first, some to a page."""

    def answer(query: dict[str, str]) -> Answer:
        start = int(query.get("Start", 0))
        more = f"/2010-04-01/more?Start={start + page}" if start + page < len(messages) else None
        return 200, json.dumps({"messages": messages[start : start + page], "next_page_uri": more})

    return answer


def refusing(status: int, code: int | None = None) -> Callable[[dict[str, str]], Answer]:
    return lambda _form: (status, json.dumps({"code": code, "message": f"about {MARIE}", "status": status}))


def test_a_message_leaves_from_our_number(double: TwilioDouble) -> None:
    sid = channel(double.base).send(to_marie("RDV noté à 14h30, 50 €"))
    sent = double.messages()[-1]
    assert (sent["sid"], sent["from"], sent["to"]) == (sid, OUR_NUMBER, MARIE)
    assert sent["body"] == "RDV noté à 14h30, 50 €"


def test_a_sender_that_is_not_ours_is_our_affair(double: TwilioDouble) -> None:
    with pytest.raises(SendFailed) as refusal:
        channel(double.base).send(to_marie(sender="+33938000009"))
    assert (refusal.value.why, refusal.value.code) == (Refusal.OURS, "21606")


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


def test_on_whatsapp_people_are_answered_from_the_number_they_wrote_to_whatever_the_service() -> None:
    asked: list[dict[str, str]] = []
    with provider(noting(asked)) as base:
        service = channel(base, messaging_service_sid="MG1")
        service.send(to_marie(channel="whatsapp", sender="+33938000002"))
        service.send(to_marie(channel="whatsapp"))
    assert asked[0]["From"] == "whatsapp:+33938000002"
    assert "MessagingServiceSid" not in asked[0]
    assert asked[1]["MessagingServiceSid"] == "MG1"


def test_a_template_leaves_by_its_name_with_its_blanks_and_no_words_of_ours() -> None:
    asked: list[dict[str, str]] = []
    approved = Template("HX" + "1" * 32, ("MDS Arras", "jeu 26 nov 10h"))
    with provider(noting(asked)) as base:
        channel(base).send(to_marie(channel="whatsapp", template=approved))
    assert asked[0]["ContentSid"] == approved.name
    assert json.loads(asked[0]["ContentVariables"]) == {"1": "MDS Arras", "2": "jeu 26 nov 10h"}
    assert "Body" not in asked[0]


@pytest.mark.parametrize(
    ("asked", "given"),
    [(None, None), (1, "1"), (7200, "7200"), (36_000, "36000"), (90_000, "36000")],
)
def test_a_message_says_how_long_twilio_may_keep_it(asked: int | None, given: str | None) -> None:
    forms: list[dict[str, str]] = []
    with provider(noting(forms)) as base:
        channel(base).send(to_marie(valid_for=asked))
    assert forms[0].get("ValidityPeriod") == given


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (429, 20429, Refusal.LATER),
        (429, None, Refusal.LATER),
        (400, 14107, Refusal.LATER),
        (400, 21611, Refusal.LATER),
        (400, 30001, Refusal.LATER),
        (400, 30003, Refusal.LATER),
        (400, 30008, Refusal.LATER),
        (400, 21211, Refusal.FINAL),
        (400, 21214, Refusal.FINAL),
        (400, 21217, Refusal.FINAL),
        (400, 21408, Refusal.FINAL),
        (403, 21408, Refusal.FINAL),
        (400, 21612, Refusal.FINAL),
        (400, 21614, Refusal.FINAL),
        (400, 21635, Refusal.FINAL),
        (400, 30004, Refusal.FINAL),
        (400, 30005, Refusal.FINAL),
        (400, 30006, Refusal.FINAL),
        (400, 21610, Refusal.STOPPED),
        (403, 21610, Refusal.STOPPED),
        (400, 21617, Refusal.CONTENT),
        (400, 30007, Refusal.CONTENT),
        (400, 63016, Refusal.CONTENT),
        (400, 99999, Refusal.CONTENT),
        (401, 20003, Refusal.OURS),
        (401, None, Refusal.OURS),
        (403, None, Refusal.OURS),
        (403, 99999, Refusal.OURS),
        (404, 20404, Refusal.OURS),
        (400, None, Refusal.OURS),
        (307, None, Refusal.OURS),
        (400, 21606, Refusal.OURS),
        (400, 21601, Refusal.OURS),
        (400, 21659, Refusal.OURS),
    ],
)
def test_a_refusal_says_what_is_to_be_done(status: int, code: int | None, why: Refusal) -> None:
    with provider(refusing(status, code)) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.why, refusal.value.code) == (why, str(code) if code else None)
    assert refusal.value.retry_after is None


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("30003", Refusal.LATER),
        ("30036", Refusal.LATER),
        ("30410", Refusal.LATER),
        ("30005", Refusal.FINAL),
        ("21610", Refusal.STOPPED),
        ("30007", Refusal.CONTENT),
        ("30002", Refusal.OURS),
        ("99999", Refusal.CONTENT),
        (None, Refusal.LATER),
    ],
)
def test_a_receipt_says_what_is_to_be_done(code: str | None, why: Refusal) -> None:
    assert channel("http://127.0.0.1").why(code) is why


def test_every_code_we_know_is_one_that_a_receipt_may_carry() -> None:
    for code in REFUSALS:
        assert read_report({"MessageSid": SID, "MessageStatus": "failed", "ErrorCode": code}).error_code == code


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", ["<h1>Bad day</h1>", "[]", "3", '"code"', '{"code": {}}', '{"code": 20500}'])
def test_a_breakdown_may_have_taken_the_message(status: int, body: str) -> None:
    with provider(lambda _form: (status, body)) as base, pytest.raises(SendUnknown):
        channel(base).send(to_marie())


def test_a_breakdown_that_asks_us_to_come_back_took_nothing() -> None:
    answers = provider(lambda _form: (503, ""), headers={"Retry-After": "7"})
    with answers as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.why, refusal.value.retry_after) == (Refusal.LATER, 7.0)


NOON = "Sat, 21 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("asked", "date", "wait"),
    [
        ("7", NOON, 7.0),
        ("0", None, 0.0),
        ("Sat, 21 Nov 2026 12:01:30 GMT", NOON, 90.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", NOON, 0.0),
        ("Sat, 21 Nov 2026 12:01:30 GMT", None, None),
        ("Sat, 21 Nov 2026 12:01:30 -0000", NOON, None),
        ("-7", NOON, None),
        ("soon", NOON, None),
        ("", NOON, None),
        ("9" * 400, NOON, None),
        ("inf", NOON, None),
    ],
)
def test_a_provider_that_is_overrun_says_for_how_long(asked: str, date: str | None, wait: float | None) -> None:
    headers = {"Retry-After": asked, **({"Date": date} if date else {})}
    with provider(refusing(429), headers) as base, pytest.raises(SendFailed) as refusal:
        channel(base).send(to_marie())
    assert (refusal.value.why, refusal.value.retry_after) == (Refusal.LATER, wait)


def told(error: BaseException) -> str:
    """All that a log could say of it."""
    return "".join(traceback.format_exception(error))


def test_a_refusal_never_repeats_the_number() -> None:
    with provider(refusing(400, 21211)) as base:
        with pytest.raises(SendFailed) as of_a_message:
            channel(base).send(to_marie())
        with pytest.raises(SendFailed) as of_a_list:
            channel(base).sent_to(MARIE, TODAY, channel="sms")
    assert MARIE[1:] not in told(of_a_message.value) + told(of_a_list.value)


def test_nobody_listening_means_nothing_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    nobody = channel(f"http://127.0.0.1:{port}")
    with pytest.raises(SendFailed) as failure:
        nobody.send(to_marie())
    assert failure.value.why is Refusal.LATER
    with pytest.raises(SendFailed) as failure:
        nobody.sent_to(MARIE, TODAY, channel="sms")
    assert MARIE[1:] not in told(failure.value)


def test_a_provider_that_accepts_and_never_answers_leaves_us_not_knowing() -> None:
    begun = monotonic()
    with mute(keeps_the_line=True) as base, pytest.raises(SendUnknown):
        channel(base, timeout=0.3).send(to_marie())
    assert monotonic() - begun >= 0.3


def test_a_connection_cut_after_the_request_leaves_us_not_knowing() -> None:
    with mute(keeps_the_line=False) as base, pytest.raises(SendUnknown):
        channel(base).send(to_marie())


@pytest.mark.parametrize("body", ["<h1>Welcome</h1>", "{}", "[]", "3"])
def test_an_acceptance_without_a_sid_leaves_us_not_knowing(body: str) -> None:
    with provider(lambda _form: (201, body)) as base, pytest.raises(SendUnknown):
        channel(base).send(to_marie())


def test_threads_share_their_connections_and_each_gets_its_own_answer() -> None:
    together, connections = Barrier(32, timeout=5), set[Thread]()

    def accept(form: dict[str, str]) -> Answer:
        connections.add(current_thread())
        together.wait()
        return 201, json.dumps({"sid": f"of {form['To']}"})

    numbers = [f"+336110000{n:02}" for n in range(32)]
    with provider(accept) as base, ThreadPoolExecutor(32) as threads:
        sms = channel(base, timeout=5)
        for _ in range(3):
            sids = threads.map(lambda number: sms.send(to_marie(recipient=number)), numbers)
            assert list(sids) == [f"of {number}" for number in numbers]
    assert len(connections) == 32


TODAY = datetime(2026, 11, 21, 10, tzinfo=UTC)


def listed(after: float, **fields: Any) -> dict[str, Any]:
    """A message as Twilio lists it, created so many seconds after `TODAY`, not sent yet."""
    created = format_datetime(TODAY + timedelta(seconds=after))
    ours = {"sid": SID, "to": MARIE, "from": OUR_NUMBER, "body": "Bonjour", "direction": "outbound-api"}
    return {**ours, "status": "queued", "date_created": created, "date_sent": None, **fields}


def written(after: float, body: str | None = "oui", **fields: Any) -> dict[str, Any]:
    """A message of Marie's, listed likewise."""
    hers = {"to": OUR_NUMBER, "from": MARIE, "body": body, "direction": "inbound", "status": "received"}
    return listed(after, **{**hers, **fields})


def texts(found: Any) -> list[str]:
    return [message.text for message in found]


def test_what_became_of_a_message_is_asked_from_the_provider(double: TwilioDouble) -> None:
    sms, lea, begun = channel(double.base), "+33611000002", datetime.now(UTC)
    assert sms.sent_to(lea, begun, channel="sms") == []
    first = sms.send(to_marie("RDV noté à 14h30, 50 €", recipient=lea))
    second = sms.send(to_marie("À jeudi", recipient=lea))
    sms.send(to_marie("Pour une autre"))
    double.receive(OUR_NUMBER, lea, "merci")
    double.set_status(second, "delivered")
    found = sms.sent_to(lea, begun, channel="sms")
    assert [(one.provider_id, one.text, one.status) for one in found] == [
        (first, "RDV noté à 14h30, 50 €", "queued"),
        (second, "À jeudi", "delivered"),
    ]
    assert all(timedelta(0) <= datetime.now(UTC) - one.at < timedelta(seconds=60) for one in found)
    assert sms.sent_to(lea, begun + timedelta(hours=1), channel="sms") == []


def test_what_was_written_to_us_is_asked_from_the_provider(double: TwilioDouble) -> None:
    sms, lea, begun = channel(double.base), "+33611000003", datetime.now(UTC)
    sids = [double.receive(OUR_NUMBER, lea, text) for text in ("rdv", "Où ?\nÀ 14h", "e\u0301te\u0301\x07")]
    sms.send(to_marie("Bonjour", recipient=lea))
    hers = [inbound for inbound in sms.recent(begun) if inbound.sender == lea]
    assert hers == [
        Inbound("sms", sids[0], lea, OUR_NUMBER, "rdv"),
        Inbound("sms", sids[1], lea, OUR_NUMBER, "Où ?\nÀ 14h"),
        Inbound("sms", sids[2], lea, OUR_NUMBER, "été"),
    ]
    assert sms.recent(begun + timedelta(hours=1)) == []


def test_the_list_asked_for_is_that_of_one_address() -> None:
    asked: list[dict[str, str]] = []

    def nothing(query: dict[str, str]) -> Answer:
        asked.append(query)
        return 200, json.dumps({"messages": [], "next_page_uri": None})

    with provider(nothing) as base:
        channel(base).sent_to(MARIE, TODAY, channel="sms")
        channel(base).sent_to(MARIE, TODAY, channel="whatsapp")
    assert asked == [{"To": MARIE, "PageSize": "50"}, {"To": f"whatsapp:{MARIE}", "PageSize": "50"}]


def test_a_message_is_found_whatever_its_state_and_nobody_elses_with_it() -> None:
    unsent = listed(3, body="queued"), listed(2, body="failed", status="failed")
    others = listed(2, body="Léa", to="+33611000002"), written(2, to=MARIE), listed(2, to=f"whatsapp:{MARIE}")
    sent = listed(1, body="sent", status="delivered", date_sent=format_datetime(TODAY))
    with provider(listing(*unsent, *others, sent, listed(0, body=None))) as base:
        found = channel(base).sent_to(MARIE, TODAY, channel="sms")
    assert texts(found) == ["", "sent", "failed", "queued"]
    assert found[1] == There(SID, "sent", "delivered", TODAY + timedelta(seconds=1))


def test_a_message_of_the_same_second_is_not_older() -> None:
    with provider(listing(listed(0), listed(-1))) as base:
        found = channel(base).sent_to(MARIE, TODAY + timedelta(microseconds=700_000), channel="sms")
    assert [one.at for one in found] == [TODAY]


def test_pages_are_turned_until_one_is_all_too_old() -> None:
    waited = listed(-9000, body="waited long, sent last")
    pages = [waited, listed(4, body="d"), listed(3, body="c"), waited, waited, waited, listed(2, body="too deep")]
    with provider(listing(*pages, page=2)) as base:
        assert texts(channel(base).sent_to(MARIE, TODAY, channel="sms")) == ["c", "d"]


def test_messages_of_one_second_keep_their_order() -> None:
    with provider(listing(written(0, "3"), written(0, "2"), written(0, "1"))) as base:
        assert texts(channel(base).recent(TODAY)) == ["1", "2", "3"]


def test_what_is_written_to_every_number_of_ours_comes_back_clean() -> None:
    found = [
        written(5, "pas fini", status="receiving"),
        written(4, "a\x00b\u0301", sid="MM" + "1" * 32, to="+33938000002"),
        written(3, "Où ?", **{"from": f"whatsapp:{MARIE}", "to": f"whatsapp:{OUR_NUMBER}"}),
        written(2, "from nobody", **{"from": None}),
        written(2, "not a message", sid="CA" + "1" * 32),
        listed(1),
        written(0, None),
        written(-1, "yesterday"),
    ]
    with provider(listing(*found, page=3)) as base:
        assert channel(base).recent(TODAY) == [
            Inbound("sms", SID, MARIE, OUR_NUMBER, ""),
            Inbound("whatsapp", SID, MARIE, OUR_NUMBER, "Où ?"),
            Inbound("sms", "MM" + "1" * 32, MARIE, "+33938000002", "ab\u0301"),
        ]


def test_those_who_answer_are_found_behind_all_the_reminders_of_a_morning() -> None:
    reminders = [listed(7200 - n) for n in range(3000)]
    with provider(listing(*reminders, written(0, "oui"), page=1000)) as base:
        assert texts(channel(base, timeout=5).recent(TODAY)) == ["oui"]


def test_no_flood_is_taken_back_whole() -> None:
    flood = [written(4000 - n, str(n)) for n in range(1200)]
    with provider(listing(*flood, page=100)) as base:
        assert texts(channel(base, timeout=5).recent(TODAY)) == [str(n) for n in reversed(range(1000))]


def test_a_list_without_an_end_is_left() -> None:
    def again(_query: dict[str, str]) -> Answer:
        return 200, json.dumps({"messages": [listed(0)], "next_page_uri": "/2010-04-01/again"})

    with provider(again) as base:
        assert len(channel(base).sent_to(MARIE, TODAY, channel="sms")) == 100


Ask = Callable[[TwilioSms], object]
either_list = pytest.mark.parametrize(
    "ask", [lambda sms: sms.sent_to(MARIE, TODAY, channel="sms"), lambda sms: sms.recent(TODAY)], ids=["ours", "theirs"]
)


@either_list
@pytest.mark.parametrize(
    ("status", "code", "why"),
    [(429, 20429, Refusal.LATER), (503, None, Refusal.LATER), (401, 20003, Refusal.OURS), (404, 20404, Refusal.OURS)],
)
def test_a_list_is_refused_as_a_message_is(ask: Ask, status: int, code: int | None, why: Refusal) -> None:
    with provider(refusing(status, code), {"Retry-After": "7"}) as base, pytest.raises(SendFailed) as refusal:
        ask(channel(base))
    assert (refusal.value.why, refusal.value.retry_after) == (why, 7.0)


@either_list
@pytest.mark.parametrize(
    "body", ["<h1>Welcome</h1>", "{}", "[]", '{"messages": 3}', json.dumps({"messages": [{"sid": SID}]})]
)
def test_a_list_that_cannot_be_read_is_not_taken_for_an_empty_one(ask: Ask, body: str) -> None:
    with provider(lambda _query: (200, body)) as base, pytest.raises(SendUnknown):
        ask(channel(base))


@either_list
def test_half_a_list_is_not_taken_for_a_list(ask: Ask) -> None:
    whole = listing(listed(1), listed(0), page=1)

    def half(query: dict[str, str]) -> Answer:
        return (500, "") if "Start" in query else whole(query)

    with provider(half) as base, pytest.raises(SendFailed):
        ask(channel(base))


@either_list
def test_a_list_that_does_not_come_is_not_taken_for_an_empty_one(ask: Ask) -> None:
    with mute(keeps_the_line=True) as base, pytest.raises(SendUnknown):
        ask(channel(base, timeout=0.2))


def test_the_demo_phone_has_nothing_to_look_up_and_refuses_nothing() -> None:
    phone = Simulator()
    assert not phone.sent_to(MARIE, TODAY, channel="sms")
    assert not phone.recent(TODAY)
    assert phone.why("30003") is Refusal.FINAL


def test_no_number_and_no_text_reach_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with provider(refusing(400, 21211)) as base, pytest.raises(SendFailed):
        channel(base).send(to_marie("Secret"))
    with provider(listing(listed(0))) as base:
        channel(base).sent_to(MARIE, TODAY, channel="sms")
    assert not [record for record in caplog.records if record.name.startswith(("twilio", "urllib3"))]


def test_a_text_is_laid_out_as_it_will_leave() -> None:
    laid = channel("http://127.0.0.1").layout("Reçu, à bientôt")
    assert (laid.text, laid.segments) == ("Recu, à bientot", 1)


def test_nobodys_name_turns_an_sms_backwards() -> None:
    assert channel("http://127.0.0.1").layout("\u202eeiraM\u202c \u2066M\u2069").text == "eiraM M"


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
    begun = thread_time()
    clean("a" + "\u0301\u0316" * 300_000)
    assert thread_time() - begun < 1


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
