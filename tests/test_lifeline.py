"""Redis lost altogether: messages are still stored, answered and sent."""

from contextlib import ExitStack
from time import monotonic
from uuid import uuid4

import pytest
from sqlalchemy import select

from booking.db import reading
from bot import turn
from bot.ledger import Outgoing, OutgoingState
from bot.serve import working
from bot.shell import Shell
from conversations.messages import Inbound
from tests.conftest import OPEN_SHELL
from tests.servers.redis import redis
from tests.test_embedded import until
from tests.worlds import MARIE


def write(shell: Shell) -> None:
    assert turn.receive(shell, Inbound("sms", f"test-{uuid4().hex}", MARIE, None, "rdv"))


def sent(shell: Shell) -> int:
    with reading(shell.sessions) as session:
        return len(session.scalars(select(Outgoing.id).where(Outgoing.state == OutgoingState.SENT)).all())


def test_without_redis_the_web_does_the_work_itself(open_world: OPEN_SHELL) -> None:
    with ExitStack() as broker:
        url = broker.enter_context(redis())
        shell = open_world(kind="postgres", redis_url=url)
        with working(shell, lifeline_seconds=0.2) as awake:
            broker.close()
            write(awake)
            until(lambda: sent(shell) == 1)


def test_while_redis_answers_the_web_leaves_the_work_to_the_workers(open_world: OPEN_SHELL) -> None:
    with redis() as url:
        shell = open_world(kind="postgres", redis_url=url)
        with working(shell, lifeline_seconds=0.05) as awake:
            write(awake)
            deadline = monotonic() + 1
            while monotonic() < deadline:
                assert sent(shell) == 0


def test_a_lost_broker_is_asked_once_not_at_each_webhook(
    open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture
) -> None:
    with redis() as url:
        shell = open_world(kind="postgres", redis_url=url)
    with working(shell, lifeline_seconds=60) as awake:
        for contact_id in range(50):
            awake.wake.delivery(contact_id)
        until(lambda: bool(caplog.records))
    assert [record.getMessage() for record in caplog.records] == ["broker unreachable, the sweep will find them"]
