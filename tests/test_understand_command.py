"""`rdv understand`: JSON lines in, what they mean out, to the letter of its contract."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.commands.understand import understand

NOW = "2026-11-19T10:00"


def run(*lines: object) -> Result:
    typed = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    return CliRunner().invoke(understand, input=b"\n".join(typed))


def answers(result: Result) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_with_its_meaning() -> None:
    result = run(
        {"text": "oui mais où ça se trouve ?", "context": "confirming", "now": NOW, "lang": "fr"},
        {"text": "mardi", "context": "choosing_slot", "options": ["lun 23 nov 9h", "mar 24 nov 9h"], "now": NOW},
    )  # fmt: skip
    first, second = answers(result)
    assert result.exit_code == 0
    assert set(first) == {"intent", "slots", "also", "confidence", "ms"}
    assert (first["intent"], first["also"]) == ("ask_address", ["confirm"])
    assert (second["intent"], second["slots"]["option"]) == ("pick_option", 2)
    assert 0 <= second["confidence"] <= 1
    assert second["ms"] >= 0


@pytest.mark.parametrize("key", ["label", "libelle", "text", "nom"])
def test_an_option_may_be_an_object(key: str) -> None:
    options = [{"id": 7, key: "MDS Gambetta"}, {"id": 8, key: "MDS Lamartine"}]
    (answer,) = answers(run({"text": "lamartine", "context": "choosing_lieu", "options": options, "now": NOW}))
    assert answer["slots"]["option"] == 2


def test_an_option_may_be_a_date_and_a_time() -> None:
    options = [{"date": "2026-11-23", "time": "09:00"}, {"date": "2026-11-24", "time": "14:30"}]
    (answer,) = answers(run({"text": "mardi", "context": "choosing_slot", "options": options, "now": NOW}))
    assert answer["slots"]["option"] == 2


def test_further_fields_are_ignored_and_those_unsaid_have_their_usual_value() -> None:
    (answer,) = answers(run({"text": "bonjour", "now": NOW, "pending": {"date": "2026-11-20"}, "id": "m-1"}))
    assert answer["intent"] == "greeting"


@pytest.mark.parametrize(
    "bad",
    [b"{", b"[]", b"\xff\xfe", {"now": NOW}, {"text": "oui"}, {"text": 3, "now": NOW}, {"text": "oui", "now": "demain"},
     {"text": "oui", "now": "2026-11-19T10:00:00+01:00"}, {"text": "oui", "context": "ailleurs", "now": NOW},
     {"text": "oui", "options": "oui", "now": NOW}],
)  # fmt: skip
def test_a_bad_line_is_told_on_stderr_and_stops_nothing(bad: object) -> None:
    result = run({"text": "oui", "now": NOW}, bad, {"text": "merci", "now": NOW})
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert [answer["intent"] for answer in answers(result)] == ["confirm", "thanks"]
