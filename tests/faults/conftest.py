"""What the fault tests share: the story as it goes when nothing breaks."""

import pytest

from tests.databases import Databases
from tests.faults.doomed import serving
from tests.faults.story import WORLD, Outcome, house, live


@pytest.fixture(scope="session")
def clean(databases: Databases) -> Outcome:
    with house(databases.copy_of("sqlite", WORLD)) as it:
        it.start(serving)
        return live(it)
