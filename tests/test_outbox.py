"""Everything that leaves: in order, once, and what becomes of it only moves forward."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Lock

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.db import reading, transaction
from bot import outbox
from bot.ledger import Contact, Outgoing, OutgoingState, Receipt
from bot.shell import Shell
from channels import Laid, SendFailed, SendUnknown
from conversations.messages import Outbound
from tests.conftest import OPEN_SHELL, Clock
from tests.worlds import MARIE, NOW, dans


class Provider:
    """A provider that answers from a list, then accepts everything."""

    def __init__(self, *answers: Exception) -> None:
        self._answers = list(answers)
        self._lock = Lock()
        self.sent: list[str] = []

    def layout(self, text: str) -> Laid:
        return Laid(text, 1)

    def send(self, message: Outbound) -> str:
        with self._lock:
            if self._answers:
                raise self._answers.pop(0)
            self.sent.append(message.text)
            return f"SM{len(self.sent):032x}"


def queue(shell: Shell, *texts: str) -> int:
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", MARIE)
        for text in texts:
            session.add(
                Outgoing(contact=contact, cause=f"test:{text}", kind="reply", text=text, segments=1,
                         created_at=shell.clock(), not_before=shell.clock())
            )  # fmt: skip
        session.flush()
        return contact.id


def rows(shell: Shell) -> list[Outgoing]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


def with_provider(shell: Shell, *answers: Exception) -> tuple[Shell, Provider]:
    provider = Provider(*answers)
    return replace(shell, channels={"sms": provider}), provider


def test_messages_to_one_person_leave_in_order_and_once_whoever_sends(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    texts = [f"partie {number:02d}" for number in range(12)]
    contact = queue(shell, *texts)
    with ThreadPoolExecutor(6) as senders:
        list(senders.map(lambda _: outbox.deliver(shell, contact), range(6)))
    outbox.deliver(shell, contact)
    assert provider.sent == texts
    assert {row.state for row in rows(shell)} == {OutgoingState.SENT}


def test_a_provider_that_is_away_is_tried_again_later_and_the_order_holds(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(), SendFailed("away", retry=True, code="20429"))
    contact = queue(shell, "un", "deux")
    outbox.deliver(shell, contact)
    assert provider.sent == []
    assert rows(shell)[0].not_before == NOW + outbox.RETRY_AFTER[0]
    clock.now = NOW + outbox.RETRY_AFTER[0]
    outbox.deliver(shell, contact)
    assert provider.sent == ["un", "deux"]


def test_a_provider_that_stays_away_is_given_up_after_the_last_try(open_world: OPEN_SHELL, clock: Clock) -> None:
    away = [SendFailed("away", retry=True) for _ in range(len(outbox.RETRY_AFTER) + 1)]
    shell, provider = with_provider(open_world(), *away)
    contact = queue(shell, "un")
    for _ in away:
        outbox.deliver(shell, contact)
        clock.now += timedelta(hours=3)
    assert rows(shell)[0].state is OutgoingState.FAILED
    assert provider.sent == []


def test_a_refusal_is_final_and_does_not_hold_the_next_message_back(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(), SendFailed("opted out", retry=False, code="21610"))
    outbox.deliver(shell, queue(shell, "un", "deux"))
    refused, sent = rows(shell)
    assert (refused.state, refused.error_code) == (OutgoingState.FAILED, "21610")
    assert (sent.state, provider.sent) == (OutgoingState.SENT, ["deux"])


def test_an_unknown_outcome_is_never_sent_again_blindly(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(), SendUnknown("timeout"))
    contact = queue(shell, "un")
    outbox.deliver(shell, contact)
    clock.now = dans(600)
    outbox.abandon_expired_leases(shell)
    outbox.deliver(shell, contact)
    assert rows(shell)[0].state is OutgoingState.UNKNOWN
    assert provider.sent == []


def test_a_sender_that_dies_in_mid_call_leaves_an_unknown_outcome(open_world: OPEN_SHELL, clock: Clock) -> None:
    class Dies(Provider):
        def send(self, message: Outbound) -> str:
            raise KeyboardInterrupt

    shell = replace(open_world(), channels={"sms": Dies()})
    contact = queue(shell, "un")
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(shell, contact)
    assert outbox.deliver(shell, contact) == 0
    clock.now = NOW + outbox.LEASE + timedelta(seconds=1)
    outbox.abandon_expired_leases(shell)
    assert rows(shell)[0].state is OutgoingState.UNKNOWN


def receipt(shell: Shell, status: str, *, ref: str | None = None, sid: str = "SM1", code: str | None = None) -> None:
    outbox.record_receipt(shell, provider_id=sid, status=status, error_code=code, ref=ref)


def test_receipts_only_move_forward(kind: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world(kind=kind))
    outbox.deliver(shell, queue(shell, "un"))
    ref = rows(shell)[0].ref
    seen = []
    for status in ("queued", "sent", "delivered", "sent", "read", "undelivered", "a-new-word"):
        receipt(shell, status, ref=ref)
        seen.append(rows(shell)[0].state.value)
    assert seen == ["sent", "sent", "delivered", "delivered", "delivered", "delivered", "delivered"]
    with reading(shell.sessions) as session:
        assert len(session.scalars(select(Receipt)).all()) == 7


def test_a_receipt_that_comes_before_the_answer_to_our_own_send_is_joined_by_our_name(open_world: OPEN_SHELL) -> None:
    shell = open_world()

    class Hasty(Provider):
        def send(self, message: Outbound) -> str:
            ref = (message.receipt_url or "").partition("m=")[2]
            receipt(shell, "delivered", ref=ref, sid="SM7")
            return "SM7"

    shell = replace(shell, channels={"sms": Hasty()})
    outbox.deliver(shell, queue(shell, "un"))
    row = rows(shell)[0]
    assert (row.state, row.provider_id) == (OutgoingState.DELIVERED, "SM7")


def test_a_receipt_for_a_message_nobody_knows_is_kept(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    receipt(shell, "delivered", ref="nobody", sid="SM9")
    with reading(shell.sessions) as session:
        kept = session.scalars(select(Receipt)).one()
    assert (kept.outgoing_id, kept.provider_id) == (None, "SM9")


def test_the_same_cause_cannot_be_told_twice(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    queue(shell, "un")
    with pytest.raises(IntegrityError):
        queue(shell, "un")


def test_a_contact_is_one_row_whoever_makes_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)

    def make(_: int) -> int:
        with transaction(shell.sessions) as session:
            return outbox.contact_of(session, "sms", MARIE).id

    with ThreadPoolExecutor(8) as makers:
        assert len(set(makers.map(make, range(8)))) == 1
    with reading(shell.sessions) as session:
        assert len(session.scalars(select(Contact)).all()) == 1
