"""What the provider says afterwards: kept as it comes, whenever it comes, and it only moves a message forward."""

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from bot import outbox
from bot.ledger import Outgoing, OutgoingState, Priority, Receipt
from bot.shell import Shell
from channels import Refusal, SendUnknown
from conversations.messages import Outbound
from tests.conftest import OPEN_SHELL, Clock
from tests.outgoing import Due, Provider, drain, marie, queue, rows, with_provider
from tests.worlds import NOW, PARIS, dans

TWILIO = (
    "queued", "sending", "sent", "failed", "delivered", "undelivered", "receiving", "received", "accepted", "scheduled",
    "read", "partially_delivered", "canceled",
)  # fmt: skip


def receipt(shell: Shell, status: str, *, ref: str | None = None, sid: str = "SM1", code: str | None = None) -> None:
    outbox.record_receipt(shell, provider_id=sid, status=status, error_code=code, ref=ref)


def receipts(shell: Shell) -> list[Receipt]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Receipt).order_by(Receipt.id)))


def test_receipts_only_move_forward(kind: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(kind=kind))
    outbox.deliver(shell, queue(shell, "un"))
    ref = rows(shell)[0].ref
    seen = []
    for status in ("queued", "sent", "delivered", "sent", "read", "undelivered", "a-new-word"):
        receipt(shell, status, ref=ref)
        seen.append(rows(shell)[0].state.value)
    assert seen == ["sent", "sent", "delivered", "delivered", "delivered", "delivered", "delivered"]
    assert len(receipts(shell)) == 7


@pytest.mark.parametrize("status", TWILIO)
def test_every_word_of_twilios_settles_an_unknown_outcome_or_changes_nothing(
    status: str, open_world: OPEN_SHELL
) -> None:
    shell, _ = with_provider(open_world(), None, SendUnknown("timeout"))
    outbox.deliver(shell, queue(shell, "un"))
    receipt(shell, status, ref=rows(shell)[0].ref)
    expected = {
        "delivered": "delivered", "read": "delivered", "failed": "failed", "undelivered": "failed",
        "canceled": "failed", "receiving": "unknown", "received": "unknown",
    }.get(status, "sent")  # fmt: skip
    assert rows(shell)[0].state == expected


@pytest.mark.parametrize(("first", "then", "stays"), [
    ("delivered", "failed", "delivered"), ("failed", "delivered", "failed"), ("undelivered", "read", "failed"),
])  # fmt: skip
def test_the_first_final_word_stands(first: str, then: str, stays: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world())
    outbox.deliver(shell, queue(shell, "un"))
    for status in (first, then):
        receipt(shell, status, ref=rows(shell)[0].ref)
    assert rows(shell)[0].state == stays
    assert [one.status for one in receipts(shell)] == [first, then]


def test_a_receipt_that_comes_before_the_answer_to_our_own_send_is_joined_by_our_name(open_world: OPEN_SHELL) -> None:
    shell = open_world()

    class Hasty(Provider):
        def send(self, message: Outbound) -> str:
            ref = (message.receipt_url or "").partition("m=")[2]
            receipt(shell, "delivered", ref=ref, sid="SM7")
            return "SM7"

    shell, _ = with_provider(shell, Hasty())
    outbox.deliver(shell, queue(shell, "un"))
    row = rows(shell)[0]
    assert (row.state, row.provider_id) == (OutgoingState.DELIVERED, "SM7")


def test_a_receipt_without_our_name_is_joined_when_the_provider_names_the_message(
    kind: str, open_world: OPEN_SHELL
) -> None:
    shell = open_world(kind=kind)

    class Hasty(Provider):
        def send(self, message: Outbound) -> str:
            receipt(shell, "sent", sid="SM7")
            receipt(shell, "delivered", sid="SM7")
            return "SM7"

    shell, _ = with_provider(shell, Hasty())
    outbox.deliver(shell, queue(shell, "un"))
    row = rows(shell)[0]
    assert (row.state, row.provider_id) == (OutgoingState.DELIVERED, "SM7")
    assert [one.outgoing_id for one in receipts(shell)] == [row.id, row.id]


def test_a_receipt_for_a_message_nobody_knows_is_kept(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    receipt(shell, "delivered", ref="nobody", sid="SM9")
    (kept,) = receipts(shell)
    assert (kept.outgoing_id, kept.provider_id) == (None, "SM9")


def test_what_was_received_shows_that_the_number_lives(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, _ = with_provider(open_world())
    outbox.deliver(shell, queue(shell, "un"))
    clock.now = dans(1)
    receipt(shell, "delivered", ref=rows(shell)[0].ref)
    assert marie(shell).seen_at == dans(1)


@pytest.mark.parametrize(("why", "flag", "unreachable"), [
    (Refusal.FINAL, "injoignable", "30005"), (Refusal.CONTENT, "contenu", None), (Refusal.STOPPED, None, None),
    (Refusal.OURS, None, None),
])  # fmt: skip
def test_a_refusal_told_later_closes_what_one_told_at_once_does(
    why: Refusal, flag: str | None, unreachable: str | None, open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture
) -> None:
    shell, provider = with_provider(open_world())
    provider.codes["30005"] = why
    outbox.deliver(shell, queue(shell, "un"))
    receipt(shell, "undelivered", ref=rows(shell)[0].ref, code="30005")
    contact = marie(shell)
    assert (contact.flag, contact.unreachable) == (flag, unreachable)
    assert (contact.stopped_at == NOW) == (why is Refusal.STOPPED)
    is_alarm = any(one.levelno == logging.ERROR for one in caplog.records)
    assert is_alarm == (why in (Refusal.OURS, Refusal.CONTENT))


def remind(shell: Shell, *, deadline: datetime, priority: Priority = Priority.REMINDER) -> Provider:
    """A reminder that has left for a phone that may be off."""
    awake, provider = with_provider(shell)
    provider.codes["30003"] = Refusal.LATER
    with transaction(shell.sessions) as session:
        organisation = Due(session).organisation.id
    queue(awake, "rappel", priority=priority, organisation_id=organisation, deadline=deadline, cause="avis:7:0")
    drain(awake)
    return provider


def came_back(shell: Shell, provider: Provider, place: int = 0) -> list[Outgoing]:
    """That row was not delivered, says the provider, twice; what is there then."""
    awake, _ = with_provider(shell, provider)
    for _ in range(2):
        receipt(awake, "undelivered", ref=rows(shell)[place].ref, code="30003", sid=f"SM{place}")
    return rows(shell)


def test_a_phone_that_is_off_is_tried_again_once_whatever_is_repeated(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell = open_world("vide", kind=kind)
    provider = remind(shell, deadline=dans(24 * 60))
    _, again = came_back(shell, provider)
    assert (again.cause, again.state, again.not_before) == ("avis:7:0:bis", OutgoingState.QUEUED, dans(60))
    assert (again.text, again.deadline, again.priority) == ("rappel", dans(24 * 60), Priority.REMINDER)
    clock.now = dans(60)
    drain(with_provider(shell, provider)[0])
    assert provider.texts == ["rappel", "rappel"]


def test_a_phone_that_stays_off_is_tried_twice_more_at_most(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide")
    provider = remind(shell, deadline=dans(24 * 60))
    for place in range(3):
        came_back(shell, provider, place)
        clock.now += timedelta(hours=2)
        drain(with_provider(shell, provider)[0])
    assert [row.cause for row in rows(shell)] == ["avis:7:0", "avis:7:0:bis", "avis:7:0:ter"]
    assert len(provider.sent) == 3


def test_a_phone_that_is_off_at_dusk_is_tried_again_in_the_morning(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide")
    provider = remind(shell, deadline=datetime(2026, 11, 23, 10, tzinfo=PARIS))
    clock.now = datetime(2026, 11, 21, 19, 30, tzinfo=PARIS)
    # It is Saturday, and Sunday is closed.
    assert came_back(shell, provider)[1].not_before == datetime(2026, 11, 23, 8, tzinfo=PARIS)


@pytest.mark.parametrize(("minutes", "priority"), [(80, Priority.REMINDER), (24 * 60, Priority.REPLY)])
def test_nothing_is_tried_again_that_would_come_too_late_or_that_nobody_waits_for_any_more(
    minutes: int, priority: Priority, open_world: OPEN_SHELL
) -> None:
    shell = open_world("vide")
    provider = remind(shell, deadline=dans(minutes), priority=priority)
    assert len(came_back(shell, provider)) == 1
