"""What is said becomes rows that leave: in the transaction of its cause, once, to nobody we never write to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.db import reading, transaction
from bot import outbox, turn
from bot.ledger import Contact, Priority
from bot.shell import Shell
from conversations.messages import Inbound, say
from conversations.phrases import Phrases
from tests.conftest import OPEN_SHELL
from tests.outgoing import number, queue, queue_reminders, rows
from tests.worlds import ARRAS, MARIE, NOW, dans

FRENCH = Phrases("fr", ZoneInfo("Europe/Paris"))


def say_sorry(shell: Shell, *, to: str = MARIE, cause: str = "test:1", **how: object) -> None:
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", to)
        contact.texted = ARRAS
        outbox.queue(session, shell, contact, (say("anywhere.panne"),), FRENCH, cause=cause, **how)  # type: ignore[arg-type]


def test_what_is_said_is_a_message_to_send(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    limit = NOW + timedelta(hours=3)
    say_sorry(shell, priority=Priority.NEWS, deadline=limit)
    (row,) = rows(shell)
    assert (row.cause, row.sender, row.state, row.tries) == ("test:1:0", ARRAS, "queued", 0)
    assert (row.priority, row.deadline, row.not_before) == (Priority.NEWS, limit, NOW)
    assert row.ref
    assert row.segments >= 1


def test_an_answer_is_of_use_for_an_hour_and_an_agents_words_as_long_as_they_last(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    assert turn.receive(shell, Inbound("sms", "test-1", MARIE, ARRAS, "rdv"))
    say_sorry(shell)
    answer, own_words = rows(shell)
    assert answer.deadline == NOW + timedelta(hours=1)
    assert own_words.deadline is None


def test_only_who_waits_for_an_answer_is_delivered_to_out_of_line(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    queue_reminders(shell, 3)
    asked = queue(shell, "reponse")
    queue(shell, "plus tard", to=number(1), not_before=dans(5))
    with reading(shell.sessions) as session:
        assert outbox.contacts_waiting(session, NOW) == [asked]


def test_what_is_said_in_several_messages_keeps_its_order(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", MARIE)
        says = (say("greet.merci"), say("anywhere.panne"))
        outbox.queue(session, shell, contact, says, FRENCH, cause="test:2")
    assert [row.cause for row in rows(shell)] == ["test:2:0", "test:2:1"]


def test_the_same_cause_cannot_be_told_twice(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    say_sorry(shell)
    with pytest.raises(IntegrityError):
        say_sorry(shell)
    assert len(rows(shell)) == 1


@pytest.mark.parametrize("address", ["38000", "INFO", "+33321000000", "+447700900123"])
def test_nothing_is_said_to_an_address_we_never_write_to(address: str, open_world: OPEN_SHELL) -> None:
    shell = open_world()
    say_sorry(shell, to=address)
    assert rows(shell) == []


def test_a_contact_is_one_row_whoever_makes_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)

    def make(_: int) -> int:
        with transaction(shell.sessions) as session:
            return outbox.contact_of(session, "sms", MARIE).id

    with ThreadPoolExecutor(8) as makers:
        assert len(set(makers.map(make, range(8)))) == 1
    with reading(shell.sessions) as session:
        assert len(session.scalars(select(Contact)).all()) == 1
