"""At scale, on PostgreSQL and Redis: the web dies alone, a worker dies alone, Redis or PostgreSQL goes and returns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults.doomed import IMPATIENT, Role, beating, serving, working
from tests.faults.outages import Server, stoppable_postgres, stoppable_redis
from tests.faults.story import STORY, WORLD, House, Outcome, assert_same, house, live
from tests.servers.carrier import Text
from tests.worlds import ARRAS

COMMITS = 3
"""Every other message is killed at its first, its second or its third: the one process is tried at all of them."""


@pytest.fixture(scope="module")
def redis() -> Iterator[tuple[str, Server]]:
    with stoppable_redis() as (url, server):
        yield url, server


@pytest.fixture
def at_scale(databases: Databases, redis: tuple[str, Server]) -> Iterator[House]:
    """The web, a worker and the beat, each a process of its own."""
    with house(databases.copy_of("postgres", WORLD), redis_url=redis[0]) as it:
        it.start(serving, working, beating)
        yield it


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("role", [serving, working], ids=["web", "worker"])
def test_killed_alone_at_a_commit_nothing_is_lost_or_doubled(
    role: Role, when: str, at_scale: House, clean: Outcome
) -> None:
    for place, (sender, body) in enumerate(STORY):
        number, is_spared = divmod(place, 2)
        at_scale.bomb(role).set(**{when: 0 if is_spared else 1 + number % COMMITS})
        at_scale.write(sender, body)
    assert at_scale.deaths > 1
    assert_same(at_scale, clean, f"{role.__name__} killed {when} a commit")


def test_without_redis_messages_are_stored_and_with_it_again_they_are_answered(
    at_scale: House, redis: tuple[str, Server], clean: Outcome
) -> None:
    _, server = redis
    live(at_scale, STORY[:4])
    server.stop()
    for sender, body in STORY[4:6]:
        text = at_scale.carrier.hear(sender, ARRAS, body)
        assert at_scale.carrier.hand_over(text)
    server.start()
    at_scale.settle("once Redis is back")
    live(at_scale, STORY[6:])
    assert_same(at_scale, clean, "Redis went and came back")


@pytest.mark.parametrize("stage", ["asked", "taken"])
def test_a_postgresql_that_crashes_while_a_message_leaves_costs_nothing(
    stage: str, tmp_path: Path, clean: Outcome
) -> None:
    with stoppable_postgres() as (url, server), house(_filled(url, tmp_path), timeout=IMPATIENT) as it:
        heard_nothing: list[Text] = []

        def crash(at: str) -> None:
            if at == stage and not heard_nothing:
                server.stop()
                heard_nothing.append(it.carrier.hear(STORY[4][0], ARRAS, STORY[4][1]))
                assert not it.carrier.hand_over(heard_nothing[0])
                server.start()

        it.start(serving)
        live(it, STORY[:3])
        it.carrier.watch = crash
        live(it, STORY[3:4])
        it.bring(heard_nothing[0])
        live(it, STORY[5:])
        assert_same(it, clean, f"PostgreSQL crashed when a message was {stage}")


def _filled(url: str, folder: Path) -> str:
    return Databases(folder, lambda: url).copy_of("postgres", WORLD)


def test_what_people_wrote_while_we_were_away_is_found_at_the_provider(databases: Databases, clean: Outcome) -> None:
    with house(databases.copy_of("sqlite", WORLD)) as it:
        it.start(serving)
        live(it, STORY[:6])
        it.kill()
        it.carrier.hear(STORY[6][0], ARRAS, STORY[6][1])
        told = it.carrier.told().total()
        it.until(lambda: it.carrier.told().total() > told, "it is answered")
        it.settle("after what nobody brought")
        live(it, STORY[7:])
        assert_same(it, clean, "a webhook was lost")
