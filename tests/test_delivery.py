"""Sending: what the provider says decides what becomes of a message, of its sender and of the person's address."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import select

from booking.db import reading
from booking.models import Usager
from bot import outbox
from bot.ledger import Contact, OutgoingState, Priority
from bot.outbox.delivery import TRIES
from bot.outbox.queueing import ANSWER_USEFUL
from bot.shell import Shell
from channels import Refusal, SendFailed, SendUnknown
from channels.sms import TwilioSms
from conversations.messages import Outbound
from tests.conftest import OPEN_SHELL, Clock
from tests.makers import Queries
from tests.outgoing import Provider, drain, marie, number, queue, queue_reminders, rows, with_provider
from tests.servers.carrier import ACCOUNT_SID, AUTH_TOKEN, BUSY, FAIR, Carrier, carrier
from tests.worlds import LENS, MARIE, NOW, dans

AWAY = SendFailed("away", why=Refusal.LATER, code="20500")


def always() -> float:
    return 1.0


def refusal(why: Refusal, code: str | None = None, retry_after: float | None = None) -> SendFailed:
    return SendFailed("no", why=why, code=code, retry_after=retry_after)


def test_what_is_sent_carries_our_name_and_is_settled(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    assert outbox.deliver(shell, queue(shell, "un")) == 1
    (row,) = rows(shell)
    assert (row.state, row.provider_id, row.settled_at, row.tries) == (OutgoingState.SENT, f"SM{1:032x}", NOW, 1)
    assert (provider.sent[0].receipt_url or "").endswith(f"/webhooks/twilio/status?m={row.ref}")


def test_messages_to_one_person_leave_in_order(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    texts = [f"partie {place:02d}" for place in range(12)]
    assert outbox.deliver(shell, queue(shell, *texts)) == 12
    assert provider.texts == texts


def test_a_provider_that_is_away_is_tried_again_later_and_the_order_holds(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world(kind=kind), None, AWAY)
    contact = queue(shell, "un", "deux")
    outbox.deliver(shell, contact, chance=always)
    assert provider.sent == []
    assert (rows(shell)[0].state, rows(shell)[0].not_before) == (OutgoingState.QUEUED, NOW + timedelta(seconds=30))
    clock.now = NOW + timedelta(seconds=30)
    outbox.deliver(shell, contact)
    assert provider.texts == ["un", "deux"]


def test_each_try_waits_longer_and_those_refused_together_do_not_come_back_together(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, _ = with_provider(open_world(), None, *repeat(AWAY, 3))
    contact = queue(shell, "un", priority=Priority.REMINDER, deadline=dans(24 * 60))
    waits = []
    chances = iter((1.0, 1.0, 0.5))
    for _ in range(3):
        outbox.deliver(shell, contact, chance=lambda: next(chances))
        waits.append((rows(shell)[0].not_before - clock.now).total_seconds())
        clock.now = rows(shell)[0].not_before + timedelta(seconds=5)
    assert waits == [30, 120, 240]


def test_the_provider_is_left_alone_for_as_long_as_it_asks(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(), None, refusal(Refusal.LATER, "20429", retry_after=50))
    queue(shell, "un")
    queue(shell, "deux", to=number(7))
    queue(shell, "d'ailleurs", to=number(8), sender=LENS)
    outbox.deliver(shell, marie(shell).id, chance=lambda: 0.0)
    assert rows(shell)[0].not_before == NOW + timedelta(seconds=50)
    drain(shell)
    assert provider.texts == ["d'ailleurs"]
    clock.now = NOW + timedelta(seconds=50)
    drain(shell)
    assert set(provider.texts) == {"un", "deux", "d'ailleurs"}


def test_a_provider_in_trouble_gets_answers_only_until_the_bucket_fills_again(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world(), None, AWAY)
    queue_reminders(shell, 3)
    queue(shell, "un")
    outbox.deliver(shell, marie(shell).id)
    drain(shell)
    assert provider.sent == []
    queue(shell, "reponse", to=number(7))
    drain(shell)
    assert provider.texts == ["reponse"]
    clock.now = NOW + timedelta(seconds=1)
    drain(shell)
    assert provider.texts.count("rappel 0") == 1


@pytest.mark.parametrize("why", [Refusal.LATER, Refusal.OURS])
def test_what_nobody_waits_for_is_given_up_after_the_last_try(
    why: Refusal, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world(), None, *repeat(refusal(why), 50))
    contact = queue(shell, "un", priority=Priority.REMINDER)
    for _ in range(TRIES + 2):
        outbox.deliver(shell, contact)
        clock.now += timedelta(hours=3)
    assert rows(shell)[0].state is OutgoingState.FAILED
    assert len(provider.answers) == 50 - TRIES


def test_an_answer_is_tried_for_an_hour(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(), None, *repeat(AWAY, 500))
    contact = queue(shell, "un")
    while rows(shell)[0].state is not OutgoingState.FAILED:
        outbox.deliver(shell, contact, chance=always)
        clock.now += timedelta(minutes=1)
    assert timedelta(minutes=55) < clock.now - NOW <= ANSWER_USEFUL + timedelta(minutes=3)
    assert provider.sent == []


def test_nothing_is_tried_again_past_its_deadline(open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(), None, refusal(Refusal.LATER, retry_after=600))
    outbox.deliver(shell, queue(shell, "un", priority=Priority.NEWS, deadline=dans(10)))
    assert rows(shell)[0].state is OutgoingState.FAILED


def test_a_number_that_can_never_be_written_to_is_closed_and_agents_are_told(kind: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(kind=kind), None, refusal(Refusal.FINAL, "21614"))
    outbox.deliver(shell, queue(shell, "un", "deux"))
    assert [row.state for row in rows(shell)] == [OutgoingState.FAILED, OutgoingState.DROPPED]
    contact = marie(shell)
    assert (contact.unreachable, contact.unreachable_at, contact.flag) == ("21614", NOW, "injoignable")
    with reading(shell.sessions) as session:
        assert session.scalars(select(Usager.a_reverifier).where(Usager.telephone == MARIE)).all() == [NOW]


def test_a_stop_at_the_provider_is_a_stop_and_does_not_hold_the_next_answer_back(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(), None, refusal(Refusal.STOPPED, "21610"))
    outbox.deliver(shell, queue(shell, "un", "deux"))
    refused, sent = rows(shell)
    assert (refused.state, refused.error_code) == (OutgoingState.FAILED, "21610")
    assert (sent.state, provider.texts) == (OutgoingState.SENT, ["deux"])
    assert marie(shell).stopped_at == NOW


def test_a_text_that_will_not_pass_is_for_agents_to_see(
    open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture
) -> None:
    shell, _ = with_provider(open_world(), None, refusal(Refusal.CONTENT, "21617"))
    outbox.deliver(shell, queue(shell, "un"))
    assert (rows(shell)[0].state, marie(shell).flag) == (OutgoingState.FAILED, "contenu")
    assert marie(shell).unreachable is None
    assert [one.levelno for one in caplog.records if "text" in one.message] == [logging.ERROR]


def test_settings_of_ours_that_are_refused_raise_an_alarm_and_lose_nothing(
    open_world: OPEN_SHELL, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    shell, provider = with_provider(open_world(), None, refusal(Refusal.OURS, "20003"))
    contact = queue(shell, "un")
    outbox.deliver(shell, contact)
    assert any(one.levelno == logging.ERROR for one in caplog.records)
    clock.now = dans(3)
    outbox.deliver(shell, contact)
    assert provider.texts == ["un"]


def test_an_agents_flag_for_an_emergency_is_not_covered_by_ours(open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(), None, refusal(Refusal.FINAL, "21614"))
    contact_id = queue(shell, "un")
    with shell.sessions.begin() as session:
        session.get_one(Contact, contact_id).flag = "alarme"
        session.get_one(Contact, contact_id).flagged_at = dans(-1)
    outbox.deliver(shell, contact_id)
    assert marie(shell).flag == "alarme"


@pytest.mark.parametrize(("minutes", "seconds"), [(0.25, 60), (5, 300), (24 * 60, 36_000), (None, None)])
def test_the_provider_keeps_a_message_no_longer_than_it_is_of_use(
    minutes: float | None, seconds: int | None, open_world: OPEN_SHELL
) -> None:
    shell, provider = with_provider(open_world())
    deadline = None if minutes is None else NOW + timedelta(minutes=minutes)
    outbox.deliver(shell, queue(shell, "un", deadline=deadline))
    assert provider.sent[0].valid_for == seconds


def test_an_unknown_outcome_is_never_sent_again_blindly(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(kind=kind), None, SendUnknown("timeout"))
    contact = queue(shell, "un")
    outbox.deliver(shell, contact)
    clock.now = dans(600)
    outbox.abandon_expired_leases(shell)
    outbox.deliver(shell, contact)
    assert drain(shell) == 0
    assert (rows(shell)[0].state, rows(shell)[0].settled_at) == (OutgoingState.UNKNOWN, None)
    assert provider.sent == []


def test_a_bug_of_ours_in_mid_call_is_an_unknown_outcome(open_world: OPEN_SHELL) -> None:
    class Broken(Provider):
        def send(self, message: Outbound) -> str:
            raise ZeroDivisionError

    shell, _ = with_provider(open_world(), Broken())
    outbox.deliver(shell, queue(shell, "un"))
    assert rows(shell)[0].state is OutgoingState.UNKNOWN


def test_a_sender_that_dies_in_mid_call_leaves_an_unknown_outcome(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    class Dies(Provider):
        def send(self, message: Outbound) -> str:
            raise KeyboardInterrupt

    shell, _ = with_provider(open_world(kind=kind), Dies())
    contact = queue(shell, "un")
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(shell, contact)
    assert outbox.deliver(shell, contact) == 0
    clock.now = NOW + outbox.LEASE + timedelta(seconds=1)
    outbox.abandon_expired_leases(shell)
    assert rows(shell)[0].state is OutgoingState.UNKNOWN


def test_a_send_that_would_begin_too_late_in_its_lease_does_not_begin(open_world: OPEN_SHELL, clock: Clock) -> None:
    class Slow(Provider):
        def send(self, message: Outbound) -> str:
            clock.now += timedelta(seconds=40)
            return super().send(message)

    shell, provider = with_provider(open_world(), Slow())
    shell = replace(shell, channels={"sms": provider})
    for place in range(20):
        queue(shell, f"a {place}", to=number(place))
    outbox.deliver_due(shell)
    begun = len(provider.sent)
    assert 0 < begun < 20
    assert {(row.state, row.tries) for row in rows(shell)} == {(OutgoingState.SENT, 1), (OutgoingState.QUEUED, 0)}
    drain(shell)
    assert sorted(provider.texts) == sorted(f"a {place}" for place in range(20))


def test_settling_a_batch_takes_as_many_statements_as_one_message(kind: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(kind=kind, sms_segments_per_second=0.0))

    def statements(count: int, since: int) -> int:
        queue_reminders(shell, count, since=since)
        with Queries(shell.engine) as queries:
            assert outbox.deliver_due(shell) == count
        return queries.ran

    assert statements(100, 3000) == statements(1, 1000) <= 12


@pytest.fixture
def books(clock: Clock) -> Iterator[Carrier]:
    with carrier(clock) as it:
        yield it


def by_http(shell: Shell, books: Carrier) -> Shell:
    sms = TwilioSms(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=LENS, api_base=books.base)
    return replace(shell, channels={"sms": sms})


def test_a_crowd_leaves_over_the_network_each_message_once(kind: str, open_world: OPEN_SHELL, books: Carrier) -> None:
    shell = by_http(open_world(kind=kind, sms_segments_per_second=0.0), books)
    queue_reminders(shell, 60)
    drain(shell)
    assert len(books.told()) == 60
    assert set(books.told().values()) == {1}
    assert len({row.provider_id for row in rows(shell)}) == 60


def test_a_busy_provider_is_asked_again_when_it_said(open_world: OPEN_SHELL, books: Carrier, clock: Clock) -> None:
    shell = by_http(open_world(), books)
    books.manners = chain([BUSY], repeat(FAIR))
    contact = queue(shell, "un")
    outbox.deliver(shell, contact, chance=lambda: 0.0)
    assert rows(shell)[0].not_before == NOW + timedelta(seconds=7)
    clock.now = NOW + timedelta(seconds=7)
    outbox.deliver(shell, contact)
    assert (books.requests, rows(shell)[0].state) == (2, OutgoingState.SENT)
