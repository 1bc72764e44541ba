"""The benchmark of turns: its people, its bare handler, and the command that prints figures beside their bounds."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import connect
from bot.bench import dialogue
from bot.bench.bare import BareInbound, BareOutgoing, BareState, bare_app, make_tables
from bot.bench.beside import Answer, Ended, beside
from bot.bench.disk import commit_seconds, durability
from bot.bench.measure import Bound
from bot.bench.rates import amount, rate
from bot.bench.turns import SIZES, Size
from bot.commands.bench import bench
from tests.databases import Databases
from tests.servers.redis import redis

# People


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_everybody_of_a_run_may_book(size: Size) -> None:
    in_rounds = 2 * (size.rounds + 1) * size.contacts
    at_a_pace = 2 * 2 * size.rounds * size.paced
    assert in_rounds + at_a_pace <= dialogue.room(size.mds)
    assert size.contacts % size.connections == 0 == size.paced % size.connections


def test_no_more_people_ask_for_a_line_than_there_are_agents() -> None:
    asked = Counter(
        (one.writes_to, one.jour, one.half, one.line) for one in islice(dialogue.people(3), dialogue.room(3))
    )
    assert set(asked.values()) == {dialogue.AGENTS}


def test_no_two_people_have_one_number() -> None:
    assert len({one.address for one in islice(dialogue.people(10), 100_000)}) == 100_000


def test_people_are_heard_in_turn() -> None:
    marie, paul = islice(dialogue.people(1), 2)
    texts = dialogue.breadth_first([marie, paul], turns=2)
    assert [(one.sender, one.body) for one in texts] == [
        (marie.address, marie.texts[0]), (paul.address, paul.texts[0]),
        (marie.address, marie.texts[1]), (paul.address, paul.texts[1]),
    ]  # fmt: skip


# The bare handler


def test_the_bare_handler_stores_each_message_once_with_a_state_and_an_answer(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'bare.db'}")
    make_tables(engine)
    client = bare_app(engine).test_client()
    form, signature = dialogue.signed(dialogue.Text("+33611000001", "+33938000001", "Où ? À 14h"))
    for sent in (signature, signature, signature[:-1]):
        status = client.post(dialogue.PATH, data=form, headers={"X-Twilio-Signature": sent}).status_code
        assert status == (200 if sent == signature else 403)
    with Session(engine) as session:
        [inbound], [state], [outgoing] = (session.scalars(select(one)).all() for one in TABLES)
        assert (inbound.text, state.state["step"], outgoing.recipient) == ("Où ? À 14h", 1, "+33611000001")
    engine.dispose()


TABLES: tuple[type[Any], ...] = (BareInbound, BareState, BareOutgoing)


# Processes


@contextmanager
def adder(first: int) -> Iterator[Answer]:
    yield lambda second: first + second


def test_a_process_answers_what_it_is_asked_and_its_death_is_said() -> None:
    with beside(adder, 40, core=0) as ask:
        assert [ask(1), ask(2)] == [41, 42]
        with pytest.raises(Ended, match="adder has ended"):
            ask("two")


# Figures


def test_a_rate_is_shown_as_how_many_a_second() -> None:
    found = rate("s", "turns", [0.002, 0.004], Bound("bare", [0.001, 0.002], faster=True, target=0.5))
    assert found.cells()[1] == "333 /s"
    assert (found.ratio and found.ratio.median, found.verdict) == (0.5, "ok")
    assert found.as_json()["ours_per_s"] == 333.3


def test_an_amount_is_shown_in_its_unit() -> None:
    found = amount("s", "memory", [150.0], Bound("before", [100.0], faster=False, target=1.05), unit="MiB")
    assert (found.cells()[1], found.cells()[4], found.verdict) == ("150.0 MiB", "100.0 MiB", "missed")
    assert (found.as_json()["ours"], found.as_json()["beside"]) == (150.0, 100.0)


def test_the_disk_is_measured_as_the_database_is_set(databases: Databases, kind: str) -> None:
    engine = connect(databases.empty(kind))
    assert commit_seconds(engine, 3) > 0
    assert commit_seconds(engine, 3) > 0
    assert "synchronous" in durability(engine)
    engine.dispose()


# The command


def test_the_command_measures_both_ways_to_run_beside_their_bounds(databases: Databases) -> None:
    with redis() as broker:
        servers = {"DATABASE_URL": databases.empty("postgres"), "REDIS_URL": broker}
        result = CliRunner().invoke(bench, ["turns", "--size", "S", "--json"], env=servers)
    assert result.exit_code == 0, result.output
    figures = [json.loads(line) for line in result.stdout.splitlines()]
    assert {one["section"].split(",")[0] for one in figures} == {"SQLite", "PostgreSQL + Redis"}
    bounds = {(one["name"], one["bound"]) for one in figures}
    assert {
        ("turns", "bare Flask handler"),
        ("turns", "commits of one row, driver"),
        ("commits a turn", "bare Flask handler"),
        ("p99", "bare Flask handler, p50"),
    } <= bounds
    # Every dialogue that was timed ended in an RDV, and each turn in one commit.
    assert {one["verdict"] for one in figures} <= {"ok", "missed", None}
    assert [one["ours"] for one in figures if one["name"] == "commits a turn"] == [1.0, 1.0]
