"""Floods, robots and paid numbers: what is answered, what is only kept."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from booking.db import reading
from booking.models import NumeroSms, Organisation
from bot import limits, turn
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing, Received, ReceivedState
from bot.shell import Shell
from conversations.messages import Inbound
from tests.conftest import OPEN_SHELL, Clock
from tests.worlds import ARRAS, INCONNUE, MARIE, NOW, dans

TOO_MUCH = "Vous avez envoyé beaucoup de messages"


def write(shell: Shell, *texts: str, sender: str = MARIE) -> None:
    for place, text in enumerate(texts):
        with reading(shell.sessions) as session:
            count = len(session.scalars(select(Received.id)).all())
        turn.receive(shell, Inbound("sms", f"test-{count}-{place}", sender, ARRAS, text))


def told(shell: Shell, address: str = MARIE) -> list[str]:
    with reading(shell.sessions) as session:
        left = select(Outgoing.text).join(Outgoing.contact).where(Contact.address == address)
        return list(session.scalars(left.order_by(Outgoing.id)))


def contact(shell: Shell, address: str = MARIE) -> Contact:
    with reading(shell.sessions) as session:
        return session.scalars(select(Contact).where(Contact.address == address)).one()


def kept(shell: Shell) -> int:
    with reading(shell.sessions) as session:
        assert set(session.scalars(select(Received.state))) == {ReceivedState.HANDLED}
        return len(session.scalars(select(Received.id)).all())


def questions(count: int) -> list[str]:
    """So many different messages, each answered once."""
    return [f"rdv {'s' * number}vp" for number in range(count)]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        (MARIE, True),
        ("+33711000001", True),
        ("+262692123456", True),
        ("+590690123456", True),
        ("+594694201234", True),
        ("+596696201234", True),
        ("+687751234", True),
        ("tg:4242", True),
        ("38000", False),
        ("INFO", False),
        ("", False),
        ("+33321000000", False),
        ("+33938000001", False),
        ("+262262123456", False),
        ("+32470123456", False),
        ("+447700900123", False),
        ("+336390000011", False),
    ],
)
def test_we_write_to_french_mobiles_and_to_nobody_else(address: str, may: bool) -> None:
    assert limits.may_write_to(address) is may


@pytest.mark.parametrize("sender", ["38000", "INFO", "+32470123456", ARRAS])
def test_what_is_no_french_mobile_is_kept_and_not_answered(sender: str, open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "rdv", sender=sender)
    assert (kept(shell), told(shell, sender)) == (1, [])


def test_our_own_numbers_are_not_answered_even_mobile_ones(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with shell.sessions() as session, session.begin():
        session.add(NumeroSms(numero="+33644600001", organisation_id=session.scalars(select(Organisation.id)).one()))
    write(shell, "rdv", sender="+33644600001")
    assert (kept(shell), told(shell, "+33644600001")) == (1, [])


def test_twenty_messages_in_an_hour_are_answered_then_a_notice_then_silence(
    kind: str, open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell = open_world(kind=kind)
    for minute, text in enumerate(questions(25)):
        clock.now = NOW + timedelta(seconds=12 * minute)
        write(shell, text)
    answers = told(shell)
    assert len(answers) == 21
    assert [place for place, text in enumerate(answers) if text.startswith(TOO_MUCH)] == [20]
    assert kept(shell) == 25


def test_stop_and_danger_are_heard_through_a_flood(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    write(shell, *questions(25))
    write(shell, "je vais mourir")
    assert contact(shell).flag == "alarme"
    assert "15" in told(shell)[-1]
    write(shell, "stop")
    assert contact(shell).stopped_at is not None
    assert told(shell)[-1].startswith("C'est noté")
    before = len(told(shell))
    write(shell, "rdv")
    assert len(told(shell)) == before


def test_an_hour_later_one_is_answered_again(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world()
    write(shell, *questions(22))
    clock.now = dans(59)
    write(shell, "rdv")
    assert told(shell)[-1].startswith(TOO_MUCH)
    clock.now = dans(61)
    write(shell, *questions(20))
    assert len(told(shell)) == 41
    write(shell, "rdv")
    assert told(shell)[-1].startswith(TOO_MUCH)


def test_twenty_messages_spread_over_hours_are_no_flood(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world()
    for hour in range(30):
        clock.now = dans(hour * 20)
        write(shell, f"rdv {'s' * hour}vp")
    assert not any(text.startswith(TOO_MUCH) for text in told(shell))


def test_a_robot_that_sends_back_what_it_gets_is_left_to_an_agent(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    write(shell, "bonjour")
    for _ in range(12):
        write(shell, told(shell)[-1])
    assert len(told(shell)) <= 5
    assert contact(shell).flag == "robot"
    write(shell, "rdv")
    assert "Pour quel RDV" in told(shell)[-1]


def test_a_robot_that_repeats_itself_is_left_to_an_agent(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    away = "Bonjour, je suis absente. Pour un RDV, rappelez lundi."
    for _ in range(12):
        write(shell, away)
    assert len(told(shell)) <= 5
    assert contact(shell).flag == "robot"
    assert kept(shell) == 12
    write(shell, "rdv")
    assert "Pour quel RDV" in told(shell)[-1]


def test_turning_pages_again_and_again_is_no_robot(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "consultation pmi pour lea", "oui", *["suite"] * 6)
    assert len(told(shell)) == 8
    assert contact(shell).flag is None


def test_an_unknown_number_gets_three_replies_until_it_is_understood(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    write(shell, "zxcv", "qsdf", "wxcv", "azer", "hjkl", sender=INCONNUE)
    assert len(told(shell, INCONNUE)) == 3
    write(shell, "consultation pmi", sender=INCONNUE)
    assert told(shell, INCONNUE)[-1].startswith("Consultation PMI")
    write(shell, "zxcv", sender=INCONNUE)
    assert len(told(shell, INCONNUE)) == 5


def test_a_known_number_is_answered_each_time(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "zxcv", "qsdf", "wxcv", "azer", "hjkl")
    assert len(told(shell)) == 5


def test_many_unknown_numbers_of_one_prefix_raise_one_alarm_and_are_answered_once_understood(
    kind: str, open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture
) -> None:
    shell = open_world(kind=kind)
    crowd = [f"+3363998{number:04d}" for number in range(100, 150)]
    with caplog.at_level(logging.ERROR, logger="bot.limits"):
        for address in crowd:
            write(shell, "zxcv", "qsdf", "wxcv", "azer", sender=address)
    assert [len(told(shell, address)) for address in crowd] == [3] * 30 + [0] * 20
    [alarm] = caplog.records
    assert vars(alarm)["prefix"] == "+336399"
    write(shell, "rdv", sender=crowd[-1])
    assert len(told(shell, crowd[-1])) == 1


def test_known_numbers_are_no_crowd(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world()
    for number in range(100, 130):
        write(shell, "zxcv", sender=f"+3363998{number:04d}")
    write(shell, "zxcv")
    assert len(told(shell)) == 1
    clock.now = dans(60)
    write(shell, "zxcv", sender=INCONNUE)
    assert len(told(shell, INCONNUE)) == 1


@pytest.mark.parametrize("text", ["bonjour", "rdv", "zxcv", "consultation pmi", "merci", "aide"])
def test_a_first_message_is_answered_alike_and_with_the_same_work_known_or_not(
    text: str, open_world: OPEN_SHELL
) -> None:
    shell = open_world()
    work: list[str] = []
    event.listen(shell.engine, "before_cursor_execute", lambda *asked: work.append(asked[2]))
    done = []
    for sender in (MARIE, INCONNUE):
        work.clear()
        write(shell, text, sender=sender)
        done.append(len(work))
    assert told(shell, MARIE) == told(shell, INCONNUE)
    assert max(done) - min(done) <= 2


def test_somebody_who_chats_in_a_terminal_is_limited_like_anybody(open_world: OPEN_SHELL) -> None:
    chat = Chat(open_world(), NOW)
    out = [chat.play(Event(at=NOW, sender=MARIE, text=text)).out for text in questions(25)]
    assert [len(one) for one in out] == [1] * 21 + [0] * 4
