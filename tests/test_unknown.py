"""Outcomes nobody knows: the provider is asked before anything is sent again, and each message arrives once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any

import pytest

from bot import outbox
from bot.ledger import OutgoingState, Priority
from bot.shell import Shell
from channels import Refusal, SendFailed, SendUnknown, There
from channels.sms import TwilioSms
from tests.conftest import OPEN_SHELL, Clock
from tests.outgoing import Answer, Provider, drain, number, queue, rows, with_provider
from tests.servers.carrier import ACCOUNT_SID, AUTH_TOKEN, CUT, CUT_AFTER, FAIR, Carrier, Manner, carrier
from tests.worlds import LENS, MARIE, NOW, dans

LOST = SendUnknown("timeout")
LATER = NOW + timedelta(seconds=31)


def lost(
    shell: Shell, *texts: str, answers: tuple[Answer, ...] | None = None, **columns: Any
) -> tuple[Shell, Provider]:
    """Messages to Marie that were sent, and nobody knows what became of them."""
    shell, provider = with_provider(shell, None, *(answers or repeat(LOST, len(texts))))
    outbox.deliver(shell, queue(shell, *texts, **columns))
    return shell, provider


def there(text: str, sid: str = "SM7", status: str = "delivered", at: datetime = NOW) -> There:
    return There(sid, text, status, at)


def test_what_the_provider_has_is_sent(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(kind=kind), "un")
    provider.there = [there("autre chose", "SM6"), there("un")]
    clock.now = LATER
    assert outbox.settle_unknown(shell) == 1
    (row,) = rows(shell)
    assert (row.state, row.provider_id) == (OutgoingState.DELIVERED, "SM7")
    assert provider.asked == [(MARIE, NOW - timedelta(minutes=1))]
    assert drain(shell) == 0


def test_what_the_provider_certainly_has_not_is_sent_again(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(kind=kind), "un")
    clock.now = LATER
    assert outbox.settle_unknown(shell) == 1
    drain(shell)
    assert provider.texts == ["un"]
    assert rows(shell)[0].tries == 2


def test_the_provider_is_not_asked_before_its_list_is_to_be_trusted(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "un")
    clock.now = NOW + timedelta(seconds=29)
    assert outbox.settle_unknown(shell) == 0
    assert provider.asked == []


def test_the_provider_is_asked_once_for_all_messages_to_a_person(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "un", "deux", "trois")
    provider.there = [there("un", "SM1"), there("trois", "SM3")]
    clock.now = LATER
    assert outbox.settle_unknown(shell) == 3
    assert len(provider.asked) == 1
    assert [(row.state, row.provider_id) for row in rows(shell)] == [
        (OutgoingState.DELIVERED, "SM1"), (OutgoingState.QUEUED, None), (OutgoingState.DELIVERED, "SM3"),
    ]  # fmt: skip


def test_of_two_messages_alike_each_is_matched_with_its_own(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "ok", "ok", "ok", answers=(None, LOST, LOST))
    provider.there = [there("ok", f"SM{1:032x}"), there("ok", "SM8")]
    clock.now = LATER
    outbox.settle_unknown(shell)
    assert [(row.state, row.provider_id) for row in rows(shell)] == [
        (OutgoingState.SENT, f"SM{1:032x}"), (OutgoingState.DELIVERED, "SM8"), (OutgoingState.QUEUED, None),
    ]  # fmt: skip


def test_a_provider_that_cannot_be_asked_is_asked_again_later_and_less_often(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = lost(open_world(), "un")
    provider.cannot_be_asked = SendFailed("away", why=Refusal.LATER)
    asked: list[int] = []
    for minute in range(60):
        clock.now = dans(minute)
        outbox.settle_unknown(shell)
        if len(provider.asked) > len(asked):
            asked.append(minute)
    assert asked == [1, 2, 4, 8, 16, 31, 46]
    assert rows(shell)[0].state is OutgoingState.UNKNOWN
    provider.cannot_be_asked = None
    clock.now = dans(90)
    provider.there = [there("un")]
    assert outbox.settle_unknown(shell) == 1


def test_a_receipt_settles_it_as_well(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "un")
    outbox.record_receipt(shell, provider_id="SM5", status="sent", error_code=None, ref=rows(shell)[0].ref)
    clock.now = LATER
    assert outbox.settle_unknown(shell) == 0
    assert provider.asked == []


def test_while_something_is_on_its_way_to_a_person_the_list_is_not_read(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "un")
    queue(shell, "deux", state=OutgoingState.SENDING, claimed_at=LATER, lease_until=dans(2))
    clock.now = LATER
    assert outbox.settle_unknown(shell) == 0
    assert provider.asked == []


def test_an_answer_that_comes_too_late_is_not_sent_again(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, _ = lost(open_world(), "un")
    clock.now = dans(11)
    outbox.settle_unknown(shell)
    assert (rows(shell)[0].state, rows(shell)[0].error_code) == (OutgoingState.DROPPED, "perime")


def test_a_question_is_not_asked_after_a_newer_one(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "un")
    outbox.deliver(shell, queue(shell, "deux"))
    clock.now = LATER
    outbox.settle_unknown(shell)
    drain(shell)
    assert provider.texts == ["deux"]


def test_a_reminder_is_sent_again_until_its_deadline(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "a", "b", priority=Priority.REMINDER, deadline=dans(60))
    clock.now = dans(59)
    outbox.settle_unknown(shell)
    drain(shell)
    assert provider.texts == ["a", "b"]


def test_a_reminder_past_its_deadline_is_not(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = lost(open_world(), "a", priority=Priority.REMINDER, deadline=dans(60))
    clock.now = dans(60)
    outbox.settle_unknown(shell)
    assert drain(shell) == 0
    assert provider.sent == []


def test_many_people_are_asked_about_in_several_goes(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(kind=kind), None, *repeat(LOST, 50))
    for place in range(50):
        queue(shell, "un", to=number(place))
    drain(shell)
    clock.now = LATER
    settled = [outbox.settle_unknown(shell) for _ in range(4)]
    assert (sum(settled), settled[3]) == (50, 0)
    assert len({recipient for recipient, _ in provider.asked}) == len(provider.asked) == 50


@pytest.fixture
def books(clock: Clock) -> Iterator[Carrier]:
    with carrier(clock) as it:
        yield it


@pytest.mark.parametrize(("manner", "requests"), [(CUT_AFTER, 1), (CUT, 2)], ids=["after it took it", "before"])
def test_a_line_cut_over_the_network_loses_nothing_and_doubles_nothing(
    manner: Manner, requests: int, kind: str, open_world: OPEN_SHELL, books: Carrier, clock: Clock
) -> None:
    sms = TwilioSms(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=LENS, api_base=books.base)
    shell = replace(open_world(kind=kind), channels={"sms": sms})
    books.manners = chain([manner], repeat(FAIR))
    outbox.deliver(shell, queue(shell, "un"))
    assert rows(shell)[0].state is OutgoingState.UNKNOWN
    clock.now = LATER
    outbox.settle_unknown(shell)
    drain(shell)
    assert dict(books.told()) == {(MARIE, "un"): 1}
    assert books.requests == requests
    assert rows(shell)[0].state is OutgoingState.SENT
