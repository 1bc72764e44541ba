"""One message, one turn: stored once, answered once, in order, whatever breaks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from booking.db import reading, transaction
from booking.models import Hold, Occupation, Usager
from bot import tasks, turn
from bot.chat import settle
from bot.ledger import Contact, Outgoing, Received, ReceivedState
from bot.shell import Shell
from channels import Laid
from channels.simulator import Simulator
from conversations.messages import Inbound
from tests.conftest import OPEN_SHELL, Clock
from tests.worlds import ARRAS, INCONNUE, MARIE, PAUL, dans


def sms(text: str, sender: str = MARIE, sid: str | None = None) -> Inbound:
    return Inbound("sms", sid or f"SM{uuid4().hex}", sender, ARRAS, text)


def contact_id(shell: Shell, address: str = MARIE) -> int:
    with reading(shell.sessions) as session:
        return session.scalars(select(Contact.id).where(Contact.address == address)).one()


def told(shell: Shell, address: str = MARIE) -> list[str]:
    """What left for somebody, oldest first."""
    with reading(shell.sessions) as session:
        left = select(Outgoing.text).join(Contact).where(Contact.address == address)
        return list(session.scalars(left.order_by(Outgoing.id)))


def states(shell: Shell) -> list[ReceivedState]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Received.state).order_by(Received.id)))


def say(shell: Shell, *texts: str, sender: str = MARIE) -> None:
    for text in texts:
        turn.receive(shell, sms(text, sender))
        settle(shell)


def test_a_message_delivered_twenty_times_at_once_is_answered_once(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    again = sms("rdv")

    def deliver(_: int) -> bool:
        is_new = turn.receive(shell, again)
        turn.drain(shell, contact_id(shell))
        return is_new

    with ThreadPoolExecutor(20) as doors:
        assert sorted(doors.map(deliver, range(20))) == [False] * 19 + [True]
    assert len(told(shell)) == 1


def test_five_messages_in_a_second_are_answered_in_their_order(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    for text in ("consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1"):
        turn.receive(shell, sms(text, INCONNUE))
    somebody = contact_id(shell, INCONNUE)

    with ThreadPoolExecutor(5) as workers:
        list(workers.map(lambda _: turn.drain(shell, somebody), range(5)))

    starts = [text.split()[0] for text in told(shell, INCONNUE)]
    assert starts == ["Consultation", "Pour", "Et", "Prochains", "Je"]


class Allergic(Simulator):
    """A channel that cannot lay out one word, `times` in a row."""

    def __init__(self, word: str, times: int) -> None:
        super().__init__()
        self._word = word
        self.left = times

    def layout(self, text: str) -> Laid:
        if self._word in text and self.left:
            self.left -= 1
            raise RuntimeError("this text cannot be laid out")
        return super().layout(text)


def test_a_message_that_makes_our_code_fail_is_set_aside_and_the_next_ones_go_through(
    kind: str, open_world: OPEN_SHELL
) -> None:
    shell = open_world(kind=kind)
    shell = replace(shell, channels={"sms": Allergic("Pour quel RDV", times=3)})
    turn.receive(shell, sms("rdv"))
    turn.receive(shell, sms("aide"))

    turn.drain(shell, contact_id(shell))

    assert states(shell) == [ReceivedState.SET_ASIDE, ReceivedState.HANDLED]
    apology, help_ = told(shell)
    assert apology.startswith("Un problème de notre coté")
    assert help_.startswith("MDS Arras")
    with reading(shell.sessions) as session:
        assert session.scalars(select(Contact)).one().flag == "aide"


def test_a_passing_failure_costs_nothing(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    shell = replace(shell, channels={"sms": Allergic("Pour quel RDV", times=1)})
    turn.receive(shell, sms("rdv"))
    turn.drain(shell, contact_id(shell))
    assert states(shell) == [ReceivedState.HANDLED]
    assert len(told(shell)) == 1


class Unreachable(Simulator):
    """Where the database goes away in the middle of a turn, `times` in a row."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def layout(self, text: str) -> Laid:
        if self.left:
            self.left -= 1
            raise OperationalError("SELECT 1", {}, Exception("the database is away"))
        return super().layout(text)


def test_a_database_that_is_away_says_nothing_of_the_message(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    shell = replace(shell, channels={"sms": Unreachable(times=5)})
    turn.receive(shell, sms("rdv"))
    for _ in range(5):
        turn.drain(shell, contact_id(shell))
    with reading(shell.sessions) as session:
        waiting = session.scalars(select(Received)).one()
    assert (waiting.state, waiting.tries) == (ReceivedState.WAITING, 0)
    settle(shell)
    assert len(told(shell)) == 1


def test_an_error_of_the_database_never_quotes_what_people_wrote(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    turn.receive(shell, sms("je suis enceinte"))
    with reading(shell.sessions) as session:
        row = session.scalars(select(Received)).one()
    twice = Received(channel="sms", provider_id=row.provider_id, contact_id=row.contact_id,
                     text="je suis enceinte", received_at=dans(0))  # fmt: skip
    with pytest.raises(IntegrityError) as refusal, transaction(shell.sessions) as session:
        session.add(twice)
    assert "enceinte" not in str(refusal.value)


def test_a_message_whose_wake_up_was_lost_is_answered_by_the_sweep(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    turn.receive(shell, sms("rdv"))
    assert told(shell) == []
    settle(shell)
    assert len(told(shell)) == 1


def test_the_other_responsable_is_told_too_and_stop_silences_only_what_is_not_an_answer(
    kind: str, open_world: OPEN_SHELL
) -> None:
    shell = open_world("deux_responsables", kind=kind)
    booking = ("consultation pmi pour lea", "oui", "1", "oui")

    say(shell, *booking)
    assert told(shell)[-1].startswith("C'est réservé : Léa")
    assert told(shell, PAUL) == told(shell)[-1:]

    say(shell, "stop", sender=PAUL)
    say(shell, *booking)
    assert len(told(shell, PAUL)) == 2  # the acknowledgement of STOP, and nothing after

    say(shell, *booking, sender=PAUL)
    assert told(shell, PAUL)[-1].startswith("C'est réservé : Léa")


def test_nobody_writes_to_a_protected_person_not_even_for_a_child_booked_by_somebody_else(
    open_world: OPEN_SHELL,
) -> None:
    shell = open_world("deux_responsables")
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.telephone == PAUL)).one().protege = True
    say(shell, "consultation pmi pour lea", "oui", "1", "oui")
    say(shell, "bonjour", sender=PAUL)
    assert told(shell, PAUL) == []


def test_a_message_to_an_empty_database_is_kept(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide")
    say(shell, "bonjour")
    assert told(shell) == []
    assert states(shell) == [ReceivedState.HANDLED]


def test_expired_holds_leave_with_the_sweep(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("un_creneau_et_d_autres", kind=kind)
    say(shell, "consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1")
    clock.now = dans(11)
    tasks.sweep(shell)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Hold)).all() == []
        assert session.scalars(select(Occupation)).all() == []
