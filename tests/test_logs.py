"""Logs: one JSON object a line, from which nobody can be told."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from bot.logs import JsonLines
from tests.worlds import MARIE


class Journal:
    """What was logged, a line each."""

    def __init__(self) -> None:
        self.stream = StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonLines())

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def journal() -> Iterator[Journal]:
    journal = Journal()
    logging.getLogger().addHandler(journal.handler)
    yield journal
    logging.getLogger().removeHandler(journal.handler)


def test_a_line_says_where_how_grave_and_of_what_id(journal: Journal) -> None:
    logging.getLogger("bot.outbox").warning("send failed", extra={"outgoing_id": 12, "code": "21610"})
    (line,) = journal.lines()
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "warning", "logger": "bot.outbox", "message": "send failed", "outgoing_id": 12, "code": "21610",
    }  # fmt: skip


def test_an_error_is_told_by_its_kinds_and_its_places_never_by_what_it_says(journal: Journal) -> None:
    try:
        try:
            raise KeyError(f"Léa Martin {MARIE}")
        except KeyError as cause:
            raise ValueError(f"message de {MARIE}") from cause
    except ValueError:
        logging.getLogger("bot.turn").exception("turn failed", extra={"contact_id": 7})
    (line,) = journal.lines()
    assert line["error"] == ["ValueError", "KeyError"]
    assert line["trace"][0].startswith("test_logs.py:")
    assert MARIE not in journal.stream.getvalue()
    assert "Martin" not in journal.stream.getvalue()


def test_what_a_library_says_is_kept_without_its_values(journal: Journal) -> None:
    logging.getLogger("twilio.http_client").error("POST to %s", MARIE)
    (line,) = journal.lines()
    assert line["message"] == "POST to %s"
    assert MARIE not in journal.stream.getvalue()


def test_line_ends_in_what_is_logged_stay_within_the_line(journal: Journal) -> None:
    logging.getLogger("bot.web").warning("rejected", extra={"reason": 'a\r\n{"level": "forged"}'})
    (line,) = journal.lines()
    assert line["level"] == "warning"
