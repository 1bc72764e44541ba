"""The benchmark of understanding: what counts as right, and the command that counts."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.bench.corpus import Phrase, Texto, read_phrases, read_textos
from bot.commands.bench import bench

NOW = datetime(2026, 11, 19, 10)  # noqa: DTZ001 - wall time


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


THURSDAY = Phrase("jeudi", NOW, "day", (at("2026-11-26"),))
AFTERNOON = Phrase("jeudi aprem", NOW, "daypart", (at("2026-11-26T12:00"),), length=timedelta(hours=7))
BEFORE_FRIDAY = Phrase("avant vendredi", NOW, "day", ends=(at("2026-11-27"), at("2026-11-26")))
NO_TIME = Phrase("merci", NOW, "day")


@pytest.mark.parametrize(
    ("phrase", "start", "end", "verdict"),
    [
        (THURSDAY, "2026-11-26T00:00", None, "right"),
        (THURSDAY, "2026-11-26T14:00", None, "right"),
        (THURSDAY, "2026-11-19T00:00", None, "wrong"),
        (THURSDAY, None, None, "silent"),
        (replace(THURSDAY, accepted=(at("2026-11-26"), at("2026-11-19"))), "2026-11-19T00:00", None, "right"),
        (replace(THURSDAY, grain="week"), "2026-11-23T00:00", None, "right"),
        (replace(THURSDAY, grain="month"), "2026-11-01T00:00", None, "right"),
        (replace(THURSDAY, grain="minute"), "2026-11-26T00:01", None, "wrong"),
        (replace(THURSDAY, grain="minute", is_time_only=True), "2026-12-01T00:00", None, "right"),
        (AFTERNOON, "2026-11-26T12:00", "2026-11-26T19:00", "right"),
        (AFTERNOON, "2026-11-26T14:00", None, "right"),
        (AFTERNOON, "2026-11-26T00:00", None, "wrong"),
        (AFTERNOON, "2026-11-27T14:00", None, "wrong"),
        (replace(AFTERNOON, is_time_only=True), "2026-11-27T14:00", None, "right"),
        (BEFORE_FRIDAY, None, "2026-11-27T00:00", "right"),
        (BEFORE_FRIDAY, "2026-11-26T00:00", None, "right"),
        (BEFORE_FRIDAY, "2026-11-25T00:00", None, "wrong"),
        (NO_TIME, None, None, "right"),
        (NO_TIME, "2026-11-26T00:00", None, "wrong"),
    ],
)
def test_a_time_is_right_wrong_or_left_unsaid(phrase: Phrase, start: str | None, end: str | None, verdict: str) -> None:
    assert phrase.verdict(at(start) if start else None, at(end) if end else None) == verdict


def texto(**slots: Any) -> Texto:
    return Texto("…", "idle", (), "book", slots)


def test_slots_are_right_when_all_that_was_expected_is_said() -> None:
    wanted = texto(motif="rsa", when=[{"date": "2026-11-26"}])
    assert wanted.has_slots(
        {"motif": "rsa", "when": [{"asap": True}, {"date": "2026-11-26", "daypart": "matin"}], "x": 1}
    )
    assert not wanted.has_slots({"motif": "rsa"})
    assert not wanted.has_slots({"motif": "rsa", "when": [{"date": "2026-11-27"}]})
    assert texto(name="Léa Martin").has_slots({"name": "martin LEA"})
    assert texto(options=[3, 4]).has_slots({"options": [4, 3]})
    assert texto(option=2).has_slots({"option": 2})
    assert not texto(option=2).has_slots({"option": 3})


def test_a_vague_time_is_right_to_three_days() -> None:
    vague = replace(texto(when=[{"from": "2026-12-24"}]), is_vague=True)
    assert vague.has_slots({"when": [{"from": "2026-12-27"}]})
    assert not vague.has_slots({"when": [{"from": "2026-12-28"}]})
    assert not vague.has_slots({"when": [{"from": "Noël"}]})


def test_what_costs_most_is_giving_up_what_nobody_gave_up() -> None:
    assert texto().is_destroyed_by("cancel")
    assert texto().is_destroyed_by("stop")
    assert not texto().is_destroyed_by("deny")
    assert not replace(texto(), also=("cancel",)).is_destroyed_by("cancel")
    assert not replace(texto(), accepted=("stop",)).is_destroyed_by("stop")


def test_files_of_times_and_of_messages_are_read(tmp_path: Path) -> None:
    times, messages = tmp_path / "times.json", tmp_path / "messages.json"
    expected = {"start": "2026-11-26T00:00", "end": "2026-11-27T00:00", "grain": "day"}
    said = {"phrase": "jeudi", "sms": "jeu", "kind": "instant", "reference_time": "2026-11-19T10:00"}
    rest = {"open": None, "compare": "full", "alt_starts": ["2026-11-19T00:00"]}
    before = {"open": "before", "expected": expected | {"start": None}, "alt_starts": []}
    nothing = {"kind": "none", "expected": {"start": None, "end": None, "grain": "day"}}
    times.write_text(
        json.dumps([said | {"expected": expected} | rest, said | rest | before, said | rest | nothing]), "utf-8"
    )
    thursday, before_friday, none = read_phrases(times, spelling="sms")
    assert thursday == Phrase("jeu", NOW, "day", (at("2026-11-26"), at("2026-11-19")), length=timedelta(days=1))
    assert before_friday.ends == (at("2026-11-27"), at("2026-11-26"))
    assert [phrase.kind for phrase in (thursday, before_friday, none)] == ["day", "day, before", "no time"]
    messages.write_text(
        json.dumps([{"text": "2", "context": "choosing_slot", "options": ["a", "b"],
                     "expected": {"intent": "pick_option", "slots": {"option": 2}, "also": ["thanks"]}}]), "utf-8"
    )  # fmt: skip
    assert read_textos(messages) == [
        Texto("2", "choosing_slot", ("a", "b"), "pick_option", {"option": 2}, also=("thanks",))
    ]


def test_our_own_phrases_are_counted_beside_dateparser() -> None:
    ran = CliRunner().invoke(bench, ["understanding", "--repeat", "1", "--json"])
    assert ran.exit_code == 0
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {line["section"] for line in lines} >= {"times, as written", "times, as texted", "messages", "milliseconds"}
    all_times = next(line for line in lines if line["section"] == "times, as written" and line["name"] == "all")
    assert all_times["total"] > 200
    assert "dateparser" in all_times["beside"]
    shown = CliRunner().invoke(bench, ["understanding", "--repeat", "1"])
    assert "all intents" in shown.stdout
    assert "a message, slowest in a hundred" in shown.stdout
