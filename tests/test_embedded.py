"""The workers: threads of the one process where there is no broker, processes of their own where there is one."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import enumerate as threads
from time import monotonic, sleep
from uuid import uuid4

import pytest
from sqlalchemy import select

from booking.db import reading
from bot import turn
from bot.ledger import Outgoing, OutgoingState
from bot.serve import working
from bot.shell import Shell, wall_clock
from bot.tasks import celery_for
from conversations.messages import Inbound
from tests.conftest import OPEN_SHELL
from tests.servers import running
from tests.servers.redis import redis
from tests.worlds import INCONNUE, MARIE, PAUL

PATIENCE = 30.0
"""Seconds given to what takes one or two: a slow machine is no failure."""
CELERY = Path(sys.executable).with_name("celery")


def until(happened: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < deadline, "it never happened"
        sleep(0.02)


def write(shell: Shell, sender: str, text: str = "rdv") -> None:
    assert turn.receive(shell, Inbound("sms", f"test-{uuid4().hex}", sender, None, text))


def answers(shell: Shell, sender: str) -> list[Outgoing]:
    with reading(shell.sessions) as session:
        rows = session.scalars(select(Outgoing).order_by(Outgoing.id)).all()
        return [row for row in rows if row.contact.address == sender]


def is_answered(shell: Shell, sender: str) -> bool:
    return [row.state for row in answers(shell, sender)] == [OutgoingState.SENT]


def answer_one_message(shell: Shell, sender: str) -> None:
    """Work for as long as it takes to answer one message."""
    with working(shell) as awake:
        write(awake, sender)
        until(lambda: is_answered(shell, sender))


def test_a_message_is_answered_in_the_process_that_received_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    answer_one_message(shell, MARIE)
    (answer,) = answers(shell, MARIE)
    assert answer.text.startswith("MDS Arras, bonjour.")
    assert (answer.provider_id or "").startswith("sim-")


def test_the_messages_of_a_crowd_are_each_answered_once(open_world: OPEN_SHELL) -> None:
    people = [f"+3363998{number:04d}" for number in range(100, 120)]
    with working(open_world()) as shell:
        for sender in people:
            write(shell, sender)
        until(lambda: all(is_answered(shell, sender) for sender in people))


def test_an_answer_whose_wake_was_lost_is_found_by_the_sweep(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, MARIE)
    assert not is_answered(shell, MARIE)
    with working(shell):
        until(lambda: is_answered(shell, MARIE))


def test_workers_leave_nothing_behind_and_start_again(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    before = set(threads())
    answer_one_message(shell, MARIE)
    answer_one_message(shell, PAUL)
    until(lambda: set(threads()) <= before)


def test_what_nobody_had_sent_when_the_workers_stopped_is_still_there(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with working(shell):
        pass
    write(shell, MARIE)
    assert [row.state for row in answers(shell, MARIE)] == [OutgoingState.QUEUED]


@pytest.fixture
def behind_a_broker(open_world: OPEN_SHELL) -> Iterator[Shell]:
    """A shell on PostgreSQL whose wakes go by a real broker, at the hour of the processes that it wakes."""
    with redis() as url:
        yield replace(open_world(kind="postgres", redis_url=url), clock=wall_clock)


def environment(shell: Shell) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": shell.settings.database_url,
        "REDIS_URL": shell.settings.redis_url or "",
    }


def test_processes_of_their_own_answer_through_a_real_broker(behind_a_broker: Shell) -> None:
    shell = behind_a_broker
    app, awake = celery_for(shell)
    with ExitStack() as processes:
        for command in (["worker", "--concurrency=1"], ["beat"]):
            celery = [str(CELERY), "-A", "bot.worker", *command, "--loglevel=critical"]
            processes.enter_context(running(celery, env=environment(shell)))
        write(awake, MARIE)
        until(lambda: is_answered(shell, MARIE))
        # Nobody was woken for this one: the beat asks for a sweep.
        write(shell, INCONNUE)
        until(lambda: is_answered(shell, INCONNUE))
    app.close()


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({}, "REDIS_URL: a worker of its own needs a broker"),
        ({"REDIS_URL": "redis://127.0.0.1:1", "TWILIO_ACCOUNT_SID": "AC0"}, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
    ],
)
def test_a_worker_half_configured_does_not_start(environ: dict[str, str], says: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [str(CELERY), "-A", "bot.worker", "worker"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode != 0
    assert ran.stderr.startswith(says)
