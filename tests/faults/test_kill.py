"""kill -9 of the one process at every commit: the story ends as it does when nothing dies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain, repeat

import pytest

from bot.outbox.unknown import LISTED_AFTER
from tests.databases import Databases
from tests.faults.doomed import serving
from tests.faults.story import STORY, WORLD, Outcome, assert_same, house
from tests.servers.carrier import CUT, FAIR

COMMITS = 3
"""Every message has at least these: its turn, the claim of its answer, what came of sending it."""
NOBODY_HAS = 13
"""No message has that many, even the one that tells somebody else too; receipts included."""
AT_ONCE = 3
"""Stories told at the same time: most of their time is waiting."""


def test_the_story_that_nothing_breaks_is_the_one_we_think(clean: Outcome) -> None:
    assert [(line.motif, line.statut.value) for line in clean.rdvs] == [
        ("social", "indetermine"),
        ("consult-pmi", "excuse"),
        ("consult-pmi", "indetermine"),
    ]
    assert clean.held == 0
    assert clean.told.total() == len(STORY) + 1  # the other responsable
    assert set(clean.told.values()) == {1}


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_commit_of_any_message_nothing_is_lost_or_doubled(
    when: str, databases: Databases, clean: Outcome
) -> None:
    """In the story of number n, each message has its process killed at its n-th commit; in the last one, of a number
    that no message has, nobody is killed."""

    def deaths(number: int) -> int:
        with house(databases.copy_of("sqlite", WORLD)) as it:
            it.start(serving)
            for sender, body in STORY:
                it.bomb().set(**{when: number})
                it.write(sender, body)
            assert_same(it, clean, f"killed {when} commit {number} of each message")
            return it.deaths

    with ThreadPoolExecutor(AT_ONCE) as houses:
        killed = list(houses.map(deaths, range(1, NOBODY_HAS + 1)))
    assert killed[:COMMITS] == [len(STORY)] * COMMITS
    assert killed[-1] == 0


@pytest.mark.parametrize("taken", [False, True], ids=["before it is taken", "after it was taken"])
def test_killed_while_the_provider_is_being_called_nothing_is_lost_or_doubled(
    taken: bool, databases: Databases, clean: Outcome
) -> None:
    """Each message's first request: the provider has it, or has not, and nobody is left to hear which. Its list
    takes its time to tell."""
    with house(databases.copy_of("sqlite", WORLD)) as it:
        killed: list[str] = []

        def watch(stage: str) -> None:
            if killed or stage != ("taken" if taken else "asked"):
                return
            killed.append(stage)
            it.kill()
            if not taken:
                it.carrier.manners = chain([CUT], repeat(FAIR))

        it.carrier.watch = watch
        it.carrier.lists_after = LISTED_AFTER - timedelta(seconds=5)
        it.start(serving)
        for sender, body in STORY:
            killed.clear()
            it.write(sender, body)
        assert it.deaths == len(STORY)
        assert_same(it, clean, "killed while the provider was being called")
