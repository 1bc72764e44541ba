"""A chat: all that is due by an event leaves because of it, and is handed back once."""

from typing import Any

from booking.db import transaction
from booking.models import AvisKind
from bot.chat import Chat, Event
from bot.outbox import valve
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.outgoing import Due, number
from tests.worlds import NOW, dans

MANY = 450


def remind(shell: Shell, count: int) -> None:
    with transaction(shell.sessions) as session:
        there = Due(session)
        for place in range(count):
            there.remind(there.person(place), kind=AvisKind.CONFIRMATION)


def tick(chat: Chat, minutes: int = 0) -> list[str]:
    """To whom something left while the time passed."""
    return _to(chat.play(Event(at=dans(minutes), tick=True)).out)


def _to(out: tuple[dict[str, Any], ...]) -> list[str]:
    return [one["to"] for one in out]


def test_all_that_is_due_leaves_at_once_however_slow_the_senders(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide", sms_segments_per_second=0.1)
    remind(shell, MANY)
    chat = Chat(shell, NOW)
    assert sorted(tick(chat)) == [number(place) for place in range(MANY)]
    assert tick(chat) == []


def test_what_was_held_back_is_handed_back_when_it_leaves(open_world: OPEN_SHELL) -> None:
    shell = open_world("vide")
    remind(shell, 1)
    chat = Chat(shell, NOW)
    with transaction(shell.sessions) as session:
        valve.shut(session, "confirmation", "agent", NOW)
    assert tick(chat) == []
    with transaction(shell.sessions) as session:
        valve.reopen(session, "confirmation")
    assert tick(chat, 1) == [number(0)]
    assert tick(chat, 2) == []
