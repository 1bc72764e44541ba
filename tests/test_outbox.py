"""What is said becomes rows that leave: in the transaction of its cause, once, to nobody we never write to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.db import reading, transaction
from bot import outbox
from bot.ledger import Contact, Priority
from bot.shell import Shell
from conversations.messages import say
from conversations.phrases import Phrases
from tests.conftest import OPEN_SHELL
from tests.outgoing import rows
from tests.worlds import ARRAS, MARIE, NOW

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
