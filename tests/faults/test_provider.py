"""A provider that is busy, broken, cut off or late, before it took a message or after: each message once."""

from itertools import chain, cycle, repeat
from random import Random

import pytest

from bot.ledger import OutgoingState
from tests.databases import Databases
from tests.faults.doomed import IMPATIENT, PATIENT, serving
from tests.faults.story import STORY, WORLD, Outcome, assert_same, house, live
from tests.servers.carrier import BROKEN, BROKEN_AFTER, BUSY, CUT, CUT_AFTER, FAIR, Manner, refusing, silent
from tests.worlds import MARIE

LATE = silent(2 * IMPATIENT, accepts=False)
LATE_AFTER = silent(2 * IMPATIENT, accepts=True)
FAULTS = {
    "busy": BUSY,
    "broken before it took the message": BROKEN,
    "broken after it took the message": BROKEN_AFTER,
    "cut off before it took the message": CUT,
    "cut off after it took the message": CUT_AFTER,
    "silent before it took the message": LATE,
    "silent after it took the message": LATE_AFTER,
}


def _timeout(fault: Manner) -> float:
    return IMPATIENT if fault.wait else PATIENT


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_provider_in_trouble_gets_each_message_once(fault: Manner, databases: Databases, clean: Outcome) -> None:
    """Every third request meets it, the first included, and no receipt ever tells what became of it."""
    with house(databases.copy_of("sqlite", WORLD), timeout=_timeout(fault)) as it:
        it.carrier.tells = ()
        it.carrier.manners = cycle([fault, FAIR, FAIR])
        it.start(serving)
        live(it)
        assert_same(it, clean, str(fault))


@pytest.mark.parametrize("seed", range(3))
def test_trouble_of_every_kind_in_any_order_changes_nothing(seed: int, databases: Databases, clean: Outcome) -> None:
    """Half of the requests meet something, whose receipts come first, twice, or in the wrong order."""
    chance = Random(seed)
    weather = [*[FAIR] * 4, BUSY, BROKEN, BROKEN_AFTER, CUT, CUT_AFTER]
    tells = ["queued", "sending", "sent", "delivered", "sent"]
    with house(databases.copy_of("sqlite", WORLD)) as it:
        it.carrier.manners = iter(lambda: chance.choice(weather), None)
        it.carrier.hasty = True
        it.start(serving)
        for sender, body in STORY:
            it.carrier.tells = chance.sample(tells, len(tells))
            it.write(sender, body)
        assert_same(it, clean, f"weather of seed {seed}")


@pytest.mark.parametrize("fault", [FAIR, CUT_AFTER, LATE_AFTER], ids=["answers", "is cut off", "is late"])
def test_a_receipt_that_comes_before_the_answer_to_our_send_settles_the_message(
    fault: Manner, databases: Databases, clean: Outcome
) -> None:
    story = STORY[:3]
    with house(databases.copy_of("sqlite", WORLD), timeout=_timeout(fault)) as it:
        it.carrier.hasty = True
        it.carrier.tells = ("delivered", "sent")
        it.carrier.manners = repeat(fault)
        it.start(serving)
        live(it, story)
        assert [row.state for row in it.rows()] == [OutgoingState.DELIVERED] * len(story)
        assert it.carrier.requests == len(story)


@pytest.mark.parametrize("code", [21211, 21610, 21614, 21617])
def test_a_message_that_is_refused_for_good_is_never_asked_again(code: int, databases: Databases) -> None:
    with house(databases.copy_of("sqlite", WORLD)) as it:
        it.carrier.manners = chain([refusing(code)], repeat(FAIR))
        it.start(serving)
        it.write(MARIE, "consultation pmi pour lea")
        assert [(row.state, row.error_code) for row in it.rows()] == [(OutgoingState.FAILED, str(code))]
        assert it.carrier.requests == 1
