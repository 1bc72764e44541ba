"""What nobody asked for: told a few ahead, to whom it may be told, in as many statements for two hundred as for one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Avis, AvisEtat, AvisKind, NumeroSms, Usager
from bot import outbox, tasks
from bot.ledger import Contact, Outgoing, OutgoingState, Priority, Thread
from bot.outbox.proactive import A_DAY, QUEUE_AHEAD, QUIET, REASSIGNED_AFTER
from bot.shell import Shell
from channels.simulator import Simulator
from conversations.book import ChooseMotif
from conversations.draft import Draft
from conversations.engine import Dialogue, Step
from conversations.remind import Reminded
from tests.conftest import OPEN_SHELL, Clock
from tests.makers import Queries
from tests.outgoing import Due, number, queue_reminders, rows
from tests.worlds import ARRAS, LENS, NOW, PARIS, dans

Story = Callable[[Due], None]


def tell(shell: Shell) -> set[int]:
    with transaction(shell.sessions) as session:
        return outbox.queue_due(session, shell)


def due(shell: Shell, *stories: Story) -> None:
    with transaction(shell.sessions) as session:
        there = Due(session)
        for story in stories:
            story(there)


def reminders(count: int, since: int = 0, **columns: Any) -> Story:
    """A reminder for each of so many people."""

    def story(there: Due) -> None:
        for place in range(since, since + count):
            there.remind(there.person(place), **columns)

    return story


def knows(place: int = 0, **columns: Any) -> Story:
    """What we know of a number."""

    def story(there: Due) -> None:
        there.session.add(Contact(channel="sms", address=number(place), **columns))
        there.session.flush()

    return story


def avis(shell: Shell) -> list[Avis]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Avis).order_by(Avis.id)))


def contact(shell: Shell, place: int = 0) -> Contact:
    with reading(shell.sessions) as session:
        return session.scalars(select(Contact).where(Contact.address == number(place))).one()


def test_what_is_due_becomes_a_message(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, reminders(1))
    told = tell(shell)
    (row,) = rows(shell)
    assert told == {row.contact_id} == {contact(shell).id}
    assert (row.kind, row.priority, row.sender, row.cause) == ("reminder", Priority.REMINDER, ARRAS, "avis:1:0")
    assert (row.avis_id, row.deadline, row.state) == (1, avis(shell)[0].limite, OutgoingState.QUEUED)
    assert row.organisation_id is not None
    assert avis(shell)[0].etat is AvisEtat.DIT
    assert contact(shell).texted == ARRAS
    assert tell(shell) == set()


def test_news_goes_before_reminders(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    due(shell, reminders(1), reminders(1, since=1, kind=AvisKind.CONFIRMATION))
    tell(shell)
    assert [(row.kind, row.priority) for row in rows(shell)] == [
        ("reminder", Priority.REMINDER), ("confirmation", Priority.NEWS),
    ]  # fmt: skip


@pytest.mark.parametrize("known", [False, True], ids=["never seen", "known, with a dialogue"])
def test_two_hundred_take_as_many_statements_as_one(kind: str, known: bool, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)

    def statements(count: int, since: int) -> int:
        if known:
            with transaction(shell.sessions) as session:
                for place in range(since, since + count):
                    one = Contact(channel="sms", address=number(place))
                    one.thread = Thread(state=Dialogue().save(), asked_at=NOW)
                    session.add(one)
        with Queries(shell.engine) as queries:
            assert len(tell(shell)) == count
        return queries.ran

    due(shell, reminders(1))
    alone = statements(1, 0)
    with transaction(shell.sessions) as session:
        session.query(Outgoing).update({"state": OutgoingState.SENT})
    with transaction(shell.sessions) as session:
        again = Due(session, ref="94", numero=LENS)
        reminders(200, since=1)(again)
    assert statements(200, 1) == alone <= 30


def test_only_a_few_are_written_ahead(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, reminders(QUEUE_AHEAD + 50))
    assert len(tell(shell)) == QUEUE_AHEAD
    assert tell(shell) == set()
    with transaction(shell.sessions) as session:
        for row in session.scalars(select(Outgoing).limit(30)):
            row.state = OutgoingState.SENT
    assert len(tell(shell)) == 30
    assert len(rows(shell)) == QUEUE_AHEAD + 30


def test_who_said_stop_is_told_nothing(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, knows(stopped_at=NOW), reminders(2))
    tell(shell)
    assert [row.contact_id for row in rows(shell)] == [contact(shell, 1).id]
    assert [(one.etat, one.raison) for one in avis(shell)] == [(AvisEtat.SANS_OBJET, "stop"), (AvisEtat.DIT, None)]


def test_nobody_protected_is_told_anything(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")

    def protected(there: Due) -> None:
        person = there.person(0)
        person.protege = True
        there.remind(person)

    due(shell, protected)
    tell(shell)
    assert rows(shell) == []
    assert (avis(shell)[0].etat, avis(shell)[0].raison) == (AvisEtat.SANS_OBJET, "protege")


def test_a_landline_is_told_nothing(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")

    def at_home(there: Due) -> None:
        there.remind(there.world.usager("Jean", "+33321000001"))

    due(shell, at_home, reminders(1))
    tell(shell)
    assert len(rows(shell)) == 1
    assert [one.raison for one in avis(shell)] == ["injoignable", None]


def test_who_has_no_number_is_told_on_telegram(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")

    def on_telegram(there: Due) -> None:
        person = there.world.usager("Jean")
        person.telegram = "tg:4242"
        there.remind(person)

    due(shell, on_telegram)
    tell(shell)
    with reading(shell.sessions) as session:
        (row,) = session.scalars(select(Outgoing))
        assert (row.contact.channel, row.contact.address, row.segments) == ("telegram", "tg:4242", 0)


@pytest.mark.parametrize(
    "known",
    [
        {"seen_at": NOW - REASSIGNED_AFTER - timedelta(minutes=1)},
        {"unreachable": "30005", "unreachable_at": NOW - REASSIGNED_AFTER - timedelta(minutes=1)},
    ],
    ids=["silent for long", "dead for long"],
)
def test_a_number_that_may_have_a_new_owner_is_told_nothing_of_anybody(
    known: dict[str, Any], kind: str, open_world: OPEN_SHELL
) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, knows(**known), reminders(1))
    tell(shell)
    (row,) = rows(shell)
    assert not any(word in row.text for word in ("P0", "consult", "MDS", "mds", "sud"))
    with reading(shell.sessions) as session:
        assert session.scalars(select(Usager.a_reverifier)).all() == [NOW]
        assert session.scalars(select(Thread)).all() == []


def test_nobody_who_shares_a_doubtful_number_is_told_of_there(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    silent = knows(seen_at=NOW - REASSIGNED_AFTER - timedelta(minutes=1))
    due(shell, silent, reminders(1), lambda agenda: agenda.world.usager("Paul", number(0)))
    tell(shell)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Usager.a_reverifier)).all() == [NOW, NOW]


def test_a_number_heard_of_lately_is_told_everything(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    due(shell, knows(seen_at=NOW - REASSIGNED_AFTER + timedelta(days=1)), reminders(1))
    tell(shell)
    assert "consult-pmi" in rows(shell)[0].text


def test_a_number_that_just_died_is_told_nothing(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    due(shell, knows(unreachable="30005", unreachable_at=dans(-60)), reminders(1))
    tell(shell)
    assert (rows(shell), avis(shell)[0].raison) == ([], "injoignable")


def several(count: int, **columns: Any) -> Story:
    """As many confirmations to one person."""

    def story(there: Due) -> None:
        person = there.person(0)
        for _ in range(count):
            there.remind(person, kind=AvisKind.CONFIRMATION, **columns)

    return story


def test_one_number_gets_a_dozen_a_day_and_the_rest_the_next(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, several(A_DAY + 2))
    tell(shell)
    assert len(rows(shell)) == A_DAY
    tomorrow = datetime(2026, 11, 21, 8, tzinfo=PARIS)
    assert [(one.etat, one.du_le) for one in avis(shell)[A_DAY:]] == [(AvisEtat.A_DIRE, tomorrow)] * 2
    clock.now = tomorrow
    assert len(tell(shell)) == 1
    assert len(rows(shell)) == A_DAY + 2


def test_what_would_come_too_late_the_next_day_is_not_told(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    due(shell, several(A_DAY + 1, limite=dans(5 * 60)))
    tell(shell)
    assert (avis(shell)[-1].etat, avis(shell)[-1].raison) == (AvisEtat.SANS_OBJET, "trop")


def test_a_budget_used_up_holds_avis_back_before_they_are_written(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide")

    def poor(there: Due) -> None:
        there.organisation.budget_jour = 2

    due(shell, poor, reminders(6))
    tell(shell)
    written = len(rows(shell))
    assert 0 < written < 6
    assert [one.etat for one in avis(shell)] == [AvisEtat.DIT] * written + [AvisEtat.A_DIRE] * (6 - written)
    assert tell(shell) == set()


WHICH_MOTIF = ChooseMotif(Draft(), ("pmi",), ("Consultation PMI",))
REMINDED = Reminded(1, NOW, "RDV", None, False)


def asked(shell: Shell, minutes: int, step: Step = WHICH_MOTIF) -> None:
    """Somebody was asked something so many minutes ago."""
    with transaction(shell.sessions) as session:
        one = outbox.contact_of(session, "sms", number(0))
        dialogue = Dialogue(step, asked_at=dans(-minutes))
        session.add(Thread(contact_id=one.id, state=dialogue.save(), asked_at=dans(-minutes)))


def test_who_was_just_asked_something_is_not_interrupted(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide", kind=kind)
    asked(shell, 4)
    due(shell, reminders(2))
    assert tell(shell) == {contact(shell, 1).id}
    assert (avis(shell)[0].etat, avis(shell)[0].du_le) == (AvisEtat.A_DIRE, NOW + QUIET - timedelta(minutes=4))
    clock.now = dans(6)
    assert tell(shell) == {contact(shell, 0).id}


@pytest.mark.parametrize(("kind_of_avis", "told"), [(AvisKind.CHANGE, 1), (AvisKind.REMINDER, 0)])
def test_what_we_asked_on_our_own_keeps_no_news_waiting_but_another_reminder(
    kind_of_avis: AvisKind, told: int, open_world: OPEN_SHELL
) -> None:
    shell = open_world("vide")
    asked(shell, 4, REMINDED)
    due(shell, reminders(1, kind=kind_of_avis))
    assert len(tell(shell)) == told


def test_a_number_that_wrote_too_much_is_told_after_the_silence(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, knows(silent_until=dans(40)), reminders(1))
    assert tell(shell) == set()
    assert (avis(shell)[0].etat, avis(shell)[0].du_le) == (AvisEtat.A_DIRE, dans(40))
    clock.now = dans(40)
    assert tell(shell) == {contact(shell).id}


@pytest.mark.parametrize(
    ("kind_of_avis", "told", "raison"),
    [(AvisKind.REMINDER, 0, "trop"), (AvisKind.CONFIRMATION, 1, None)],
    ids=["a reminder is not told", "news is"],
)
def test_what_cannot_wait_for_the_end_of_the_silence(
    kind_of_avis: AvisKind, told: int, raison: str | None, open_world: OPEN_SHELL
) -> None:
    shell = open_world("vide")
    due(shell, knows(silent_until=dans(40)), reminders(1, kind=kind_of_avis, limite=dans(30)))
    assert len(tell(shell)) == told
    assert avis(shell)[0].raison == raison


def test_news_comes_from_the_number_of_the_organisation_that_tells_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    due(shell, knows(texted=LENS), reminders(1))
    tell(shell)
    assert rows(shell)[0].sender == contact(shell).texted == ARRAS


def test_an_organisation_with_several_numbers_writes_from_the_one_that_is_known(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")

    def has_another(there: Due) -> None:
        there.session.add(NumeroSms(numero=LENS, organisation_id=there.organisation.id))

    due(shell, knows(texted=LENS), has_another, reminders(1))
    tell(shell)
    assert rows(shell)[0].sender == contact(shell).texted == LENS


def test_an_organisation_without_a_number_writes_from_the_one_that_was_texted(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")

    def has_none(there: Due) -> None:
        there.session.query(NumeroSms).delete()

    due(shell, knows(texted=LENS), reminders(1), has_none)
    tell(shell)
    assert rows(shell)[0].sender == contact(shell).texted == LENS


def test_many_that_may_not_be_told_do_not_keep_the_others_waiting(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", sms_segments_per_second=0.0)

    def at_home(there: Due) -> None:
        person = there.world.usager("Jean", "+33321000001")
        for _ in range(QUEUE_AHEAD + 10):
            there.remind(person)

    due(shell, at_home, reminders(3))
    assert tasks.bulk(shell) is False
    assert [row.state for row in rows(shell)] == [OutgoingState.SENT] * 3


def test_what_cannot_be_told_just_now_is_not_looked_at_for_ever(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind="postgres")
    due(shell, knows(), reminders(1))
    with transaction(shell.sessions) as turn:
        turn.scalars(select(Contact).with_for_update()).one()
        with Queries(shell.engine) as queries:
            assert tasks.bulk(shell) is False
    assert queries.ran < 50


def test_what_cannot_wait_interrupts(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    asked(shell, 4)
    due(shell, reminders(1, limite=dans(5)))
    assert len(tell(shell)) == 1


def test_a_reminder_is_the_open_question_and_the_one_before_waits_behind_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind=kind)
    asked(shell, 11)
    due(shell, reminders(2))
    tell(shell)
    with reading(shell.sessions) as session:
        first, second = session.scalars(select(Thread).order_by(Thread.contact_id))
        for thread, before in ((first, 1), (second, 0)):
            dialogue = Dialogue.load(thread.state, thread.asked_at)
            assert isinstance(dialogue.step, Reminded)
            assert (thread.asked_at, len(dialogue.past)) == (NOW, before)


def test_a_person_who_is_being_answered_just_now_is_told_after(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind="postgres")
    due(shell, knows(), reminders(2))
    with transaction(shell.sessions) as turn:
        turn.scalars(select(Contact).with_for_update()).one()
        assert len(tell(shell)) == 1
    assert tell(shell) == {contact(shell).id}


def test_one_that_breaks_our_code_does_not_stop_the_others(open_world: OPEN_SHELL) -> None:
    class Fragile(Simulator):
        def layout(self, text: str) -> Any:
            if "P0" in text or "9h" in text or self.times == 0:
                self.times += 1
                raise ZeroDivisionError
            return super().layout(text)

        times = 0

    shell = open_world("vide")
    due(shell, reminders(3))
    tell(replace(shell, channels={"sms": Fragile()}))
    assert len(rows(shell)) == 2
    assert (avis(shell)[0].etat, avis(shell)[0].raison) == (AvisEtat.SANS_OBJET, "panne")


def test_nothing_is_written_while_enough_waits(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    queue_reminders(shell, QUEUE_AHEAD, since=3000)
    due(shell, reminders(1))
    assert tell(shell) == set()


def test_what_waits_for_another_day_does_not_count_as_waiting(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    queue_reminders(shell, QUEUE_AHEAD, since=3000, not_before=dans(24 * 60))
    due(shell, reminders(1))
    assert len(tell(shell)) == 1


def test_avis_are_told_once_by_several_at_once(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", kind="postgres")
    due(shell, reminders(20))
    with transaction(shell.sessions) as one, transaction(shell.sessions) as other:
        told = outbox.queue_due(one, shell), outbox.queue_due(other, shell)
    assert len(told[0] | told[1]) == 20
    assert len(rows(shell)) == 20
