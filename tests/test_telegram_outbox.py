"""Telegram in the outbox: how fast messages leave, what refusals lead to, and one person on two channels."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Avis, AvisEtat, Usager
from bot import outbox, tasks
from bot.ledger import Contact, Outgoing, OutgoingState, Priority
from bot.shell import Shell
from channels.telegram import Telegram
from tests.conftest import OPEN_SHELL, Clock
from tests.outgoing import Provider, drain
from tests.servers import telegram as double
from tests.servers.telegram import TOKEN, BotApi, Manner, telegram
from tests.worlds import MARIE, NOW, dans

CHAT = 42420001
ADDRESS = f"tg:{CHAT}"
Open = Callable[..., tuple[Shell, BotApi]]


@pytest.fixture
def open_bot(open_world: OPEN_SHELL) -> Iterator[Open]:
    """Opens a shell whose Telegram is a Bot API on this machine, and whose SMS a provider within the process."""
    with ExitStack() as opened:

        def open_(world: str = "vendredi_matin", kind: str = "sqlite", **settings: Any) -> tuple[Shell, BotApi]:
            api = opened.enter_context(telegram())
            bot = Telegram(token=TOKEN, api_base=api.base, timeout=1)
            opened.callback(bot.close)
            shell = open_world(world, kind=kind, **settings)
            return replace(shell, channels={"telegram": bot, "sms": Provider()}), api

        yield open_


def sms(shell: Shell) -> list[str]:
    provider = shell.channels["sms"]
    assert isinstance(provider, Provider)
    return provider.texts


def queue(shell: Shell, *texts: str, chat: int = CHAT, **columns: Any) -> int:
    """Put messages in line to a chat: answers, unless `columns` say otherwise. The contact's id."""
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "telegram", f"tg:{chat}")
        said = {"kind": "reply", "segments": 0, "created_at": shell.clock(), "not_before": shell.clock(), **columns}
        for place, text in enumerate(texts):
            session.add(Outgoing(contact_id=contact.id, cause=f"test:{chat}:{text}:{place}", text=text, **said))
            session.flush()
        return contact.id


def row(shell: Shell, text: str) -> Outgoing:
    with reading(shell.sessions) as session:
        return session.scalars(select(Outgoing).where(Outgoing.text == text)).one()


# How fast


def test_a_chat_gets_three_messages_at_once_and_then_one_a_second(open_bot: Open, clock: Clock, kind: str) -> None:
    shell, api = open_bot(kind=kind)
    texts = [f"m{place}" for place in range(6)]
    contact_id = queue(shell, *texts)
    assert outbox.deliver(shell, contact_id) == 3
    counts = []
    for second in range(1, 8):
        clock.now = NOW + timedelta(seconds=second)
        drain(shell)
        counts.append(len(api.sent))
    assert counts == [3, 3, 6, 6, 6, 6, 6]
    assert api.texts(CHAT) == texts


def test_no_chat_waits_for_another(open_bot: Open) -> None:
    shell, api = open_bot()
    queue(shell, *"abcd")
    queue(shell, "e", chat=CHAT + 1)
    drain(shell)
    assert len(api.texts(CHAT)) == 3
    assert api.texts(CHAT + 1) == ["e"]


def test_twenty_five_messages_leave_within_a_second_whoever_they_are_for(
    open_bot: Open, clock: Clock, kind: str
) -> None:
    shell, api = open_bot(kind=kind)
    for place in range(60):
        queue(shell, f"m{place}", chat=CHAT + place, priority=Priority.REMINDER if place % 2 else Priority.REPLY)
    left = []
    for second in range(4):
        clock.now = NOW + timedelta(seconds=second)
        drain(shell)
        left.append(len(api.sent))
    assert left == [25, 50, 60, 60]
    assert all(int(one.text[1:]) % 2 == 0 for one in api.sent[:25])


def test_without_a_bound_everything_leaves(open_bot: Open) -> None:
    shell, api = open_bot(sms_segments_per_second=0.0)
    queue(shell, *(f"m{place}" for place in range(30)))
    drain(shell)
    assert len(api.sent) == 30


def test_a_chat_that_has_too_much_waits_as_long_as_asked_and_no_other_does(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot()
    api.manners = chain([double.busy(37)], repeat(double.FAIR))
    queue(shell, "a", "b")
    drain(shell)
    queue(shell, "c", chat=CHAT + 1)
    drain(shell)
    assert [one.text for one in api.sent] == ["c"]
    clock.now = NOW + timedelta(seconds=36)
    drain(shell)
    assert api.texts(CHAT) == []
    clock.now = NOW + timedelta(minutes=2)
    drain(shell)
    assert api.texts(CHAT) == ["a", "b"]


def test_a_message_refused_twice_makes_all_wait(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot()
    api.manners = chain([double.busy(5), double.busy(60)], repeat(double.FAIR))
    queue(shell, "a")
    drain(shell)
    clock.now = NOW + timedelta(minutes=2)
    drain(shell)
    queue(shell, "c", chat=CHAT + 1)
    clock.now += timedelta(seconds=59)
    drain(shell)
    assert api.sent == []
    clock.now += timedelta(minutes=2)
    drain(shell)
    assert sorted(one.text for one in api.sent) == ["a", "c"]


# What refusals lead to


@pytest.mark.parametrize("manner", [double.BROKEN_AFTER, double.CUT_AFTER])
def test_what_telegram_may_have_is_sent_again_once_and_never_a_third_time(
    open_bot: Open, clock: Clock, manner: Manner
) -> None:
    shell, api = open_bot()
    api.manners = repeat(manner)
    queue(shell, "un")
    for seconds in range(0, 600, 20):
        clock.now = NOW + timedelta(seconds=seconds)
        tasks.sweep(shell)
        drain(shell)
    assert api.texts(CHAT) == ["un", "un"]
    assert (row(shell, "un").state, row(shell, "un").error_code) == (OutgoingState.DROPPED, "inconnu")


def test_a_chat_that_blocked_the_bot_gets_nothing_more_and_nobody_doubts_who_it_is(open_bot: Open) -> None:
    shell, api = open_bot()
    with transaction(shell.sessions) as session:
        session.add_all(
            Usager(prenom=prenom, nom="Roy", territoire_id=1, telegram=ADDRESS) for prenom in ("Paul", "Zoé")
        )
    api.manners = repeat(double.BLOCKED)
    queue(shell, "a", priority=Priority.NEWS)
    drain(shell)
    with reading(shell.sessions) as session:
        contact = session.scalars(select(Contact)).one()
        people = session.scalars(select(Usager).where(Usager.telegram == ADDRESS)).all()
    assert (contact.unreachable, contact.flag) == ("403", "injoignable")
    assert {person.a_reverifier for person in people} == {None}


# One person, two channels


def both(shell: Shell, **columns: Any) -> None:
    """Marie is reached at her number and in a chat."""
    with transaction(shell.sessions) as session:
        marie = session.scalars(select(Usager).where(Usager.telephone == MARIE)).one()
        for name, value in {"telegram": ADDRESS, "canal": "telegram", **columns}.items():
            setattr(marie, name, value)


def change(shell: Shell, channel: str, address: str, **columns: Any) -> None:
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, channel, address)
        for name, value in columns.items():
            setattr(contact, name, value)


def remind(shell: Shell, clock: Clock) -> None:
    """Let the days pass until Marie is reminded of Léa's RDV of Thursday at ten."""
    clock.now = dans(4 * 24 * 60)
    for _ in range(20):
        tasks.work_off(shell)


def the_reminder(shell: Shell) -> Avis:
    with reading(shell.sessions) as session:
        return session.scalars(select(Avis).where(Avis.kind == "reminder")).one()


@pytest.mark.parametrize(("canal", "is_chat"), [("telegram", True), ("sms", False), (None, False)])
def test_a_person_is_told_where_they_wrote_from_last(
    open_bot: Open, clock: Clock, canal: str | None, *, is_chat: bool
) -> None:
    shell, api = open_bot("un_rdv")
    both(shell, canal=canal)
    remind(shell, clock)
    assert (len(api.texts(CHAT)), len(sms(shell))) == ((1, 0) if is_chat else (0, 1))


def test_a_reminder_is_answered_by_its_buttons_in_a_chat_and_in_words_by_sms(open_bot: Open, clock: Clock) -> None:
    for is_chat in (True, False):
        shell, api = open_bot("un_rdv")
        both(shell, canal="telegram" if is_chat else "sms")
        remind(shell, clock)
        assert [one.labels for one in api.sent] == ([["OUI", "ANNULER", "AUTRE"]] if is_chat else [])
        with reading(shell.sessions) as session:
            reminder = session.scalars(select(Outgoing).where(Outgoing.kind == "reminder")).one()
        assert reminder.quick == (["OUI", "ANNULER", "AUTRE"] if is_chat else [])


def test_a_reminder_that_the_chat_refuses_goes_by_sms_and_is_answered_there(
    open_bot: Open, clock: Clock, kind: str
) -> None:
    shell, api = open_bot("un_rdv", kind=kind)
    both(shell)
    api.manners = repeat(double.BLOCKED)
    remind(shell, clock)
    assert len(sms(shell)) == 1
    assert "rappel" in sms(shell)[0]
    assert the_reminder(shell).etat is AvisEtat.DIT
    with reading(shell.sessions) as session:
        phone = session.scalars(select(Contact).where(Contact.address == MARIE)).one()
        assert phone.thread is not None
        assert phone.thread.state["step"]["key"] == "remind.venir"
    remind(shell, clock)
    assert len(sms(shell)) == 1


def test_a_chat_that_is_known_to_be_closed_is_not_tried(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot("un_rdv")
    both(shell)
    change(shell, "telegram", ADDRESS, unreachable="403", unreachable_at=dans(-100 * 24 * 60))
    remind(shell, clock)
    assert (api.requests, len(sms(shell))) == (0, 1)


def test_what_waits_for_a_chat_that_closes_goes_by_sms(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot("un_rdv")
    both(shell)
    api.manners = chain([double.busy(60)], repeat(double.FAIR))
    remind(shell, clock)
    change(shell, "telegram", ADDRESS, unreachable="403", unreachable_at=clock.now + timedelta(seconds=1))
    clock.now += timedelta(minutes=5)
    for _ in range(20):
        tasks.work_off(shell)
    assert (api.sent, len(sms(shell))) == ([], 1)


@pytest.mark.parametrize("stopped", ["telegram", "sms"])
def test_stop_silences_a_person_on_both(open_bot: Open, clock: Clock, stopped: str) -> None:
    shell, api = open_bot("un_rdv")
    both(shell, arret_le=NOW)
    change(shell, stopped, ADDRESS if stopped == "telegram" else MARIE, stopped_at=NOW)
    remind(shell, clock)
    assert (api.sent, sms(shell)) == ([], [])
    assert the_reminder(shell).raison == "stop"


def test_who_is_reached_nowhere_is_said_so(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot("un_rdv")
    both(shell, telephone=None)
    api.manners = repeat(double.BLOCKED)
    remind(shell, clock)
    assert sms(shell) == []
    assert row(shell, api_text(shell)).state is OutgoingState.FAILED


def api_text(shell: Shell) -> str:
    with reading(shell.sessions) as session:
        return session.scalars(select(Outgoing.text)).one()


def test_nothing_but_the_day_and_the_hour_of_a_sensitive_rdv_goes_to_a_chat(open_bot: Open, clock: Clock) -> None:
    shell, api = open_bot("rdv_sensible")
    both(shell)
    clock.now = dans(3 * 24 * 60)
    for _ in range(20):
        tasks.work_off(shell)
    (text,) = api.texts(CHAT)
    assert (
        text == "Rappel : RDV mer 25 nov 9h. OUI si c'est toujours bon, ANNULER sinon. Une question ? 03 21 00 00 00."
    )
