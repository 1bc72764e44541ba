"""The benchmark of the outbox: its carrier, what it finds in the ledger, and the command that prints figures."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import select

from booking import territoire
from booking.db import reading, transaction
from bot import outbox
from bot.bench import backlog, dialogue
from bot.bench.carrier import carrier
from bot.commands.bench import bench
from bot.ledger import Outgoing, OutgoingState, Priority
from bot.migrations import migrate
from bot.settings import Settings
from bot.shell import Shell, open_shell
from tests.databases import Databases


def test_the_carrier_takes_every_message_and_says_whose_it_was() -> None:
    with carrier() as ask, requests.Session() as session:
        url = f"http://127.0.0.1:{ask('port')}/2010-04-01/Accounts/AC/Messages.json"
        answers = [session.post(url, {"To": f"+3361100000{at}", "Body": "À demain"}, timeout=5) for at in range(3)]
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["sid"] for answer in answers}) == 3
        taken = ask("taken")
        assert [one.to for one in taken] == ["+33611000000", "+33611000001", "+33611000002"]
        assert [one.at for one in taken] == sorted(one.at for one in taken)
        assert ask("taken") == []


@pytest.fixture
def shell(databases: Databases, kind: str) -> Iterator[Shell]:
    """On a bench's territoire, nothing else in it."""
    shell = open_shell(Settings(database_url=databases.empty(kind), demo=True), clock=lambda: dialogue.NOW)
    migrate(shell.engine)
    with transaction(shell.sessions) as session:
        territoire.load(session, dialogue.territoire(1), dialogue.NOW)
    yield shell
    shell.engine.dispose()


def test_what_waits_can_leave_and_what_was_sent_does_not(shell: Shell) -> None:
    backlog.fill(shell.engine, backlog.contacts(shell.engine, 3), 10)
    backlog.queue(shell.engine, backlog.contacts(shell.engine, 4, first=3), kind="reply", priority=Priority.REPLY)
    assert outbox.deliver_due(shell) == 4
    backlog.reminders(shell.engine, 5, first=7)
    with transaction(shell.sessions) as session:
        assert len(outbox.queue_due(session, shell)) == 5
    assert outbox.deliver_due(shell) == 5
    with reading(shell.sessions) as session:
        assert Counter(session.scalars(select(Outgoing.state))) == {
            OutgoingState.DELIVERED: 10,
            OutgoingState.SENT: 9,
        }


def test_the_command_measures_both_databases_beside_their_bounds(databases: Databases) -> None:
    servers = {"DATABASE_URL": databases.empty("postgres")}
    result = CliRunner().invoke(bench, ["outbox", "--size", "S", "--json"], env=servers)
    assert result.exit_code == 0, result.output
    figures = [json.loads(line) for line in result.stdout.splitlines()]
    assert {one["section"].split(",")[0] for one in figures} == {"SQLite", "PostgreSQL"}
    bounds = {(one["name"], one["bound"]) for one in figures}
    assert {
        ("outbox", "requests, bare"),
        ("outbox", "Twilio's client, bare"),
        ("outbox", "commits of one row, driver"),
        ("outbox, 1,000 sent before", "none sent before"),
        ("statements to queue up to 60", "to queue 10"),
    } <= bounds
    # As many statements for sixty reminders as for ten.
    assert {one["ratio"]["median"] for one in figures if one["bound"] == "to queue 10"} == {1.0}
