"""What leaves now: answers first, each once, one at a time to each person; nothing that is no longer of use."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from booking.db import reading, transaction
from booking.models import Avis, AvisEtat, Statut
from bot import outbox
from bot.ledger import Contact, Outgoing, OutgoingState, Priority
from bot.outbox import bucket
from bot.outbox.claiming import BATCH, claim
from bot.outbox.delivery import SENDERS
from bot.shell import Shell
from tests.conftest import OPEN_SHELL, Clock
from tests.makers import Queries
from tests.outgoing import (
    Due,
    Provider,
    change,
    drain,
    number,
    queue,
    queue_reminders,
    rows,
    settled_rows,
    with_provider,
)
from tests.worlds import LENS, NOW, PARIS, dans

UNBOUNDED = {"sms_segments_per_second": 0.0}


def test_six_senders_at_once_send_each_message_once_and_in_order(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind), Provider(takes=0.002))
    people = [number(2000 + place) for place in range(12)]
    for person in people:
        queue(shell, *(f"{person} partie {part}" for part in range(5)), to=person)
    with ThreadPoolExecutor(6) as senders:
        list(senders.map(lambda _: drain(shell), range(6)))
    drain(shell)
    for person in people:
        got = [message.text for message in provider.sent if message.recipient == person]
        assert got == [f"{person} partie {part}" for part in range(5)]
    assert provider.most_at_once == 1
    assert {row.state for row in rows(shell)} == {OutgoingState.SENT}


def test_one_person_gets_one_message_at_a_time_from_whichever_number(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind, **UNBOUNDED), Provider(takes=0.002))
    people = [number(2000 + place) for place in range(6)]
    for person in people:
        for turn in range(5):
            queue(shell, f"rappel {turn}", to=person, priority=Priority.REMINDER)
            queue(shell, f"reponse {turn}", to=person, sender=LENS)
    with ThreadPoolExecutor(6) as senders:
        list(senders.map(lambda _: drain(shell), range(6)))
    drain(shell)
    assert len(provider.sent) == 60
    assert provider.most_at_once == 1


def test_answers_typed_while_a_thousand_reminders_wait_leave_first(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind, **UNBOUNDED))
    queue_reminders(shell, 1000)
    outbox.deliver_due(shell)
    for place in range(5):
        queue(shell, f"reponse {place}", to=number(place))
    outbox.deliver_due(shell)
    # The senders are several, so which of the first leaves before which other is chance.
    first = {message.text for message in provider.sent[BATCH : BATCH + SENDERS + 5]}
    assert {f"reponse {place}" for place in range(5)} < first
    assert drain(shell) == 1000 - 2 * BATCH + 5


def test_an_answer_overtakes_the_reminder_to_the_same_person(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world())
    queue(shell, "rappel", priority=Priority.REMINDER)
    outbox.deliver(shell, queue(shell, "reponse"))
    assert provider.texts == ["reponse", "rappel"]


def test_reminders_leave_at_the_rate_of_their_sender(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(kind=kind, sms_segments_per_second=2.0))
    queue_reminders(shell, 40, segments=2)
    burst = int(2 * bucket.BURST)
    drain(shell)
    assert len(provider.sent) == burst / 2
    clock.now = NOW + timedelta(seconds=3)
    drain(shell)
    assert len(provider.sent) == (burst + 6) / 2


def test_an_answer_passes_an_empty_bucket_and_is_taken_from_it(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(sms_segments_per_second=1.0))
    queue_reminders(shell, 10)
    drain(shell)
    outbox.deliver(shell, queue(shell, "un", "deux", "trois"))
    assert provider.texts[-3:] == ["un", "deux", "trois"]
    clock.now = NOW + timedelta(seconds=3)
    assert drain(shell) == 0
    clock.now = NOW + timedelta(seconds=4)
    assert drain(shell) == 1


def test_a_slow_number_does_not_hold_another_one_back(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(sms_segments_per_second=1.0))
    queue_reminders(shell, 2 * BATCH)
    queue_reminders(shell, 3, since=5000, sender=LENS)
    drain(shell)
    assert [message.sender for message in provider.sent].count(LENS) == 3


def test_what_is_too_late_is_dropped(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    contact = queue(shell, "trop tard", priority=Priority.REMINDER, deadline=dans(60))
    queue(shell, "a temps", priority=Priority.REMINDER, deadline=dans(120))
    clock.now = dans(60)
    outbox.deliver(shell, contact)
    assert provider.texts == ["a temps"]
    dropped = rows(shell)[0]
    assert (dropped.state, dropped.error_code, dropped.settled_at) == (OutgoingState.DROPPED, "perime", dans(60))


def test_what_is_no_longer_true_is_dropped_and_agents_see_why(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world("vide", kind=kind))
    with transaction(shell.sessions) as session:
        due = Due(session)
        for place in range(2):
            due.remind(due.person(place))
        outbox.queue_due(session, shell)
        first, second = session.query(Avis).order_by(Avis.id)
        assert first.rdv is not None
        first.rdv.statut = Statut.REVOQUE
    drain(shell)
    assert [message.recipient for message in provider.sent] == [number(1)]
    with transaction(shell.sessions) as session:
        first, second = session.query(Avis).order_by(Avis.id)
        assert (first.etat, first.raison) == (AvisEtat.SANS_OBJET, "change")
        assert second.etat is AvisEtat.DIT


def test_who_said_stop_is_answered_and_told_nothing_else(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world())
    contact = queue(shell, "rappel", priority=Priority.REMINDER)
    queue(shell, "reponse")

    def stop(_: Session, contact: Contact) -> None:
        contact.stopped_at = NOW

    change(shell, stop)
    outbox.deliver(shell, contact)
    assert provider.texts == ["reponse"]
    assert rows(shell)[0].error_code == "stop"


def test_nothing_leaves_for_a_number_found_dead_since(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world())
    queue(shell, "avant")

    def close(_: Session, contact: Contact) -> None:
        contact.unreachable, contact.unreachable_at = "30005", dans(1)

    change(shell, close)
    clock.now = dans(2)
    outbox.deliver(shell, queue(shell, "il a ecrit depuis"))
    assert provider.texts == ["il a ecrit depuis"]
    assert rows(shell)[0].error_code == "injoignable"


def test_what_was_delayed_past_the_evening_waits_for_the_morning(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world("vide"))
    with transaction(shell.sessions) as session:
        organisation = Due(session).organisation.id
    reminder: dict[str, Any] = {"priority": Priority.REMINDER, "organisation_id": organisation}
    evening, night = at_paris(20, 19, 50), at_paris(20, 23, 0)
    queue(shell, "peut attendre", created_at=evening, deadline=at_paris(23, 9, 0), **reminder)
    queue(shell, "urgent", created_at=evening, deadline=at_paris(21, 8, 30), **reminder)
    clock.now = night
    drain(shell)
    assert provider.texts == ["urgent"]
    assert rows(shell)[0].not_before == at_paris(21, 8, 0)


def at_paris(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def test_the_first_part_of_a_message_is_waited_for_by_its_second(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world())
    contact = queue(shell, "premiere", not_before=dans(5))
    queue(shell, "seconde")
    assert outbox.deliver(shell, contact) == 0
    assert provider.sent == []


def statements_of_a_batch(shell: Shell) -> int:
    with Queries(shell.engine) as queries:
        assert len(claim(shell)) > 0
    return queries.ran


def test_a_batch_takes_as_many_statements_as_one_message(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    with transaction(shell.sessions) as session:
        organisation = Due(session).organisation.id
    queue_reminders(shell, 1, organisation_id=organisation)
    alone = statements_of_a_batch(shell)
    queue_reminders(shell, 45, since=3000, organisation_id=organisation)
    assert statements_of_a_batch(shell) == alone <= 12


def newest(shell: Shell) -> str:
    """The name of the newest message."""
    with reading(shell.sessions) as session:
        return session.scalars(select(Outgoing.ref).order_by(Outgoing.id.desc()).limit(1)).one()


def plans_of(shell: Shell, act: Callable[[], object]) -> list[str]:
    """How the database goes about each statement on messages."""
    plans: list[str] = []
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[shell.engine.dialect.name]

    def before(connection: Connection, _cursor: object, sql: str, asked: Any, *_: object) -> None:
        if "outgoing" in sql and not sql.startswith("EXPLAIN"):
            one = asked[0] if isinstance(asked, list) else asked
            plans.append("\n".join(str(row) for row in connection.exec_driver_sql(explain + sql, one)))

    event.listen(shell.engine, "before_cursor_execute", before)
    try:
        act()
    finally:
        event.remove(shell.engine, "before_cursor_execute", before)
    return plans


def test_messages_sent_long_ago_cost_nothing(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind, **UNBOUNDED)
    queue_reminders(shell, 10)
    before = statements_of_a_batch(shell)
    settled_rows(shell, 100_000)
    queue_reminders(shell, 10, since=3000)
    contact = queue(shell, "reponse")
    send, _ = with_provider(shell)
    ref = newest(shell)
    plans = [
        *plans_of(shell, lambda: outbox.deliver(send, contact)),
        *plans_of(shell, lambda: outbox.deliver_due(send)),
        *plans_of(shell, lambda: outbox.abandon_expired_leases(send)),
        *plans_of(shell, lambda: outbox.settle_unknown(send)),
        *plans_of(
            shell,
            lambda: outbox.record_receipt(send, provider_id="SM1", status="sent", error_code=None, ref=ref),
        ),
    ]
    assert len(plans) >= 10
    for plan in plans:
        assert "Seq Scan on outgoing" not in plan, plan
        assert "SCAN outgoing" not in plan, plan
        assert "ix_outgoing_contact_id_id" not in plan, plan
    queue_reminders(shell, 10, since=4000)
    assert statements_of_a_batch(shell) == before


def test_no_connection_is_held_while_a_message_is_being_sent(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    held: list[int] = []

    class Watched(Provider):
        def send(self, message: object) -> str:
            held.append(shell.engine.pool.checkedout())  # type: ignore[attr-defined]
            return f"SM{len(held)}"

    watching = replace(shell, channels={"sms": Watched()})
    outbox.deliver(watching, queue(shell, "un", "deux"))
    queue_reminders(shell, 20)
    outbox.deliver_due(watching)
    assert held == [0] * 22


@pytest.mark.parametrize("count", [1, BATCH])
def test_a_claim_is_for_a_minute(count: int, open_world: OPEN_SHELL) -> None:
    shell = open_world(**UNBOUNDED)
    queue_reminders(shell, count)
    taken = claim(shell)
    assert len(taken) == count
    assert {one.lease_until for one in taken} == {NOW + outbox.LEASE}
    assert {row.state for row in rows(shell)} == {OutgoingState.SENDING}
    assert claim(shell) == []


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_who_is_first_in_line_is_not_asked_of_everybody_who_waits(kind: str, open_world: OPEN_SHELL) -> None:
    """What waits comes and goes faster than statistics: a database that believes there is little of it compares all
    that waits with all that waits."""
    shell = open_world("vide", kind=kind, **UNBOUNDED)
    queue_reminders(shell, 50)
    plans = plans_of(shell, lambda: claim(shell))
    (choosing,) = [plan for plan in plans if "LockRows" in plan]
    assert "Anti Join" not in choosing
    assert choosing.count("Index Cond: ((contact_id = outgoing.contact_id)") == 2
