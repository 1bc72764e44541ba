"""The dialogues, as people live them, on both databases. `--accept` rewrites them for review."""

from pathlib import Path

import pytest

from tests.conftest import OPEN_SHELL
from tests.transcripts import STORIES, accept, is_like, play, read


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_story_goes_as_told(path: Path, kind: str, open_world: OPEN_SHELL, request: pytest.FixtureRequest) -> None:
    story = read(path)
    happened = play(story, open_world(story.world, kind=kind))
    if request.config.getoption("--accept"):
        accept(path, story, happened)
        return
    differing = [pair for pair in zip(story.lines, happened, strict=False) if not is_like(*pair)]
    assert not differing, "\n".join(f"told     {told}\nhappened {actual}" for told, actual in differing)
    assert len(story.lines) == len(happened), "\n".join(happened)
