"""One message, one turn: stored once, answered once, in order, whatever breaks."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, OperationalError

from booking.db import reading, transaction
from booking.models import Hold, Occupation, Rdv, Usager
from bot import outbox, tasks, turn
from bot.chat import settle
from bot.ledger import Contact, Outgoing, Received, ReceivedState
from bot.shell import Shell
from channels import Laid, SendUnknown
from channels.simulator import Simulator
from conversations.messages import Inbound
from tests.conftest import OPEN_SHELL, Clock
from tests.worlds import ARRAS, INCONNUE, MARIE, NOW, PAUL, dans


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


def received(shell: Shell) -> Received:
    """The only message that ever came."""
    with reading(shell.sessions) as session:
        return session.scalars(select(Received)).one()


def wait(shell: Shell, sender: str, *texts: str) -> None:
    """Messages that were kept and that nobody has answered."""
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", sender)
        contact.texted = ARRAS
        for text in texts:
            session.add(
                Received(channel="sms", provider_id=f"SM{uuid4().hex}", contact_id=contact.id, text=text,
                         received_at=NOW)
            )  # fmt: skip
            session.flush()


def states(shell: Shell) -> list[ReceivedState]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Received.state).order_by(Received.id)))


class Woken:
    """Remembers who was woken, and works for nobody."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []

    def turn(self, contact_id: int) -> None:
        self.calls.append(("turn", contact_id))

    def delivery(self, contact_id: int) -> None:
        self.calls.append(("delivery", contact_id))


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


def test_a_message_is_kept_and_answered_in_one_commit(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    commits: list[object] = []
    event.listen(shell.engine, "commit", commits.append)
    assert turn.receive(shell, sms("rdv")) is True
    assert len(commits) == 1
    assert states(shell) == [ReceivedState.HANDLED]
    assert len(told(shell)) == 1


def test_five_messages_that_waited_are_answered_in_their_order(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    wait(shell, INCONNUE, "consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1")
    somebody = contact_id(shell, INCONNUE)

    with ThreadPoolExecutor(5) as workers:
        list(workers.map(lambda _: turn.drain(shell, somebody), range(5)))

    starts = [text.split()[0] for text in told(shell, INCONNUE)]
    assert starts == ["MDS", "Pour", "Et", "Prochains", "Je"]


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


def test_a_message_behind_one_that_waits_waits_too(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    wait(shell, MARIE, "rdv")
    woken = Woken()
    turn.receive(replace(shell, wake=woken), sms("aide"))
    assert states(shell) == [ReceivedState.WAITING, ReceivedState.WAITING]
    assert woken.calls == [("turn", contact_id(shell))]
    turn.drain(shell, contact_id(shell))
    greeting, help_, *_ = told(shell)
    assert "Pour quel RDV" in greeting
    assert help_.startswith("MDS Arras")


def test_a_message_that_fails_is_kept_with_why_and_without_a_word_of_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    woken = Woken()
    allergic = replace(shell, channels={"sms": Allergic("Pour quel RDV", times=1)}, wake=woken)
    assert turn.receive(allergic, sms("rdv")) is True
    kept = received(shell)
    assert (kept.state, kept.tries, kept.error) == (ReceivedState.WAITING, 1, "RuntimeError")
    assert told(shell) == []
    assert woken.calls == [("turn", contact_id(shell))]


def test_a_message_delivered_again_is_not_taken_twice_and_its_answer_leaves(kind: str, open_world: OPEN_SHELL) -> None:
    woken = Woken()
    shell = replace(open_world(kind=kind), wake=woken)
    again = sms("rdv")
    assert [turn.receive(shell, again) for _ in range(3)] == [True, False, False]
    assert len(told(shell)) == 1
    assert woken.calls == [("delivery", contact_id(shell))] * 3


def test_a_message_set_aside_is_played_again_and_apologised_for_once(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    allergic = replace(shell, channels={"sms": Allergic("Pour quel RDV", times=6)})
    turn.receive(allergic, sms("rdv"))
    turn.drain(allergic, contact_id(shell))
    assert received(shell).state is ReceivedState.SET_ASIDE

    assert turn.replay(allergic, received(shell).id) is True
    turn.drain(allergic, contact_id(shell))
    assert received(shell).state is ReceivedState.SET_ASIDE
    assert len(told(shell)) == 1

    assert turn.replay(shell, received(shell).id) is True
    turn.drain(shell, contact_id(shell))
    assert received(shell).state is ReceivedState.HANDLED
    assert "Pour quel RDV" in told(shell)[-1]
    assert turn.replay(shell, received(shell).id) is False


def test_a_yes_played_again_too_late_books_nothing(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("un_creneau_et_d_autres")
    say(shell, "consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1")
    allergic = replace(shell, channels={"sms": Allergic("réservé", times=3)})
    turn.receive(allergic, sms("oui"))
    turn.drain(allergic, contact_id(shell))
    clock.now = dans(90)
    with reading(shell.sessions) as session:
        aside = session.scalars(select(Received.id).where(Received.state == ReceivedState.SET_ASIDE)).one()
    turn.replay(shell, aside)
    settle(shell)
    assert "n'est plus ouverte" in told(shell)[-1]
    with reading(shell.sessions) as session:
        assert session.scalars(select(Rdv)).all() == []


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
    for _ in range(4):
        turn.drain(shell, contact_id(shell))
    waiting = received(shell)
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
    broken_once = replace(shell, channels={"sms": Allergic("Pour quel RDV", times=1)})
    turn.receive(broken_once, sms("rdv"))
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


class Provider(Simulator):
    """A phone whose provider keeps what people wrote, `lost` while we were away."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[datetime, Inbound]] = []
        self.is_away = False

    def lost(self, at: datetime, text: str, sender: str = MARIE) -> None:
        self.kept.append((at, sms(text, sender)))

    def recent(self, since: datetime) -> Sequence[Inbound]:
        if self.is_away:
            raise SendUnknown("no answer")
        return [inbound for at, inbound in self.kept if at >= since]


def with_provider(shell: Shell) -> tuple[Shell, Provider]:
    provider = Provider()
    return replace(shell, channels={"sms": provider, "whatsapp": provider}), provider


def test_what_was_written_while_we_were_away_is_answered_once_in_order(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    provider.lost(dans(-10), "consultation pmi pour lea")
    provider.lost(dans(-9), "oui")
    provider.lost(dans(-8), "rdv", INCONNUE)
    assert [turn.reconcile(shell), turn.reconcile(shell)] == [3, 0]
    assert [text.split()[0] for text in told(shell)] == ["MDS", "Prochains"]
    assert len(told(shell, INCONNUE)) == 1


def test_what_a_webhook_brought_is_not_recovered(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world())
    provider.lost(dans(0), "rdv")
    turn.receive(shell, provider.kept[0][1])
    assert turn.reconcile(shell) == 0
    assert len(told(shell)) == 1


def test_however_long_we_were_away_nothing_is_lost_and_an_old_yes_acts_on_nothing(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world("un_creneau_et_d_autres", kind=kind))
    say(shell, "consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1")
    assert turn.reconcile(shell) == 0
    provider.lost(dans(2), "oui")
    clock.now = dans(30 * 60)
    assert turn.reconcile(shell) == 1
    assert "n'est plus ouverte" in told(shell)[-1]
    with reading(shell.sessions) as session:
        assert session.scalars(select(Rdv)).all() == []


def test_an_old_message_does_not_break_into_what_is_said_now_but_its_stop_does(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world())
    provider.lost(dans(0), "1")
    provider.lost(dans(1), "stop", INCONNUE)
    clock.now = dans(180)
    say(shell, "consultation pmi pour lea")
    say(shell, "rdv", sender=INCONNUE)
    before = told(shell)
    assert turn.reconcile(shell) == 2
    assert told(shell) == before
    with reading(shell.sessions) as session:
        assert session.scalars(select(Contact.stopped_at).where(Contact.address == INCONNUE)).one() == clock.now


def test_a_provider_that_cannot_be_asked_is_asked_again_about_the_same_time(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world())
    assert turn.reconcile(shell) == 0
    provider.lost(dans(2), "rdv")
    provider.is_away = True
    clock.now = dans(200)
    assert turn.reconcile(shell) == 0
    provider.is_away = False
    clock.now = dans(300)
    assert turn.reconcile(shell) == 1
