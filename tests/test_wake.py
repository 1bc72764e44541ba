"""Waking the workers: the broker is told of many at once, of each soon, and never by who answers a webhook."""

from collections.abc import Iterator
from queue import Empty
from threading import enumerate as enumerate_threads
from time import monotonic

import pytest
from celery import Celery
from kombu import Connection

from bot.shell import Shell
from bot.tasks import CeleryWake, celery_for
from tests.conftest import OPEN_SHELL

PEOPLE = range(1, 201)
PATIENCE = 20.0


@pytest.fixture
def awake(open_world: OPEN_SHELL) -> tuple[Celery, Shell]:
    return celery_for(open_world("vide"))


def told(app: Celery, count: int) -> list[list[int]]:
    """What the broker was told, message by message, until `count` contacts are."""
    with app.connection_for_read() as broker:
        return list(_told(broker, app.conf.task_default_queue, count))


def _told(broker: Connection, queue: str, count: int) -> Iterator[list[int]]:
    waiting, until, seen = broker.SimpleQueue(queue), monotonic() + PATIENCE, set[int]()
    while len(seen) < count and monotonic() < until:
        try:
            (contact_ids,), _, _ = waiting.get(timeout=1).payload
        except Empty:
            continue
        seen |= set(contact_ids)
        yield contact_ids


def test_everybody_is_told_of_and_many_at_once(awake: tuple[Celery, Shell]) -> None:
    app, shell = awake
    for contact_id in PEOPLE:
        shell.wake.delivery(contact_id)
    messages = told(app, len(PEOPLE))
    assert [contact_id for message in messages for contact_id in message] == list(PEOPLE)
    assert len(messages) < len(PEOPLE) / 4


def test_who_is_woken_after_a_long_silence_is_told_of_too(awake: tuple[Celery, Shell]) -> None:
    app, _ = awake
    wake = CeleryWake(app, patience=0.05)
    for contact_id in (1, 2):
        wake.turn(contact_id)
        assert told(app, 1) == [[contact_id]]
        _wait_for_silence()


def _wait_for_silence() -> None:
    """Until nobody is there to tell the broker."""
    messengers = [thread for thread in enumerate_threads() if thread.name == "messenger"]
    for messenger in messengers:
        messenger.join(timeout=PATIENCE)
        assert not messenger.is_alive()
