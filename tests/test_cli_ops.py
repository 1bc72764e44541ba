"""The commands of whoever keeps the service running."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from booking.db import connect, reading, sessions_of, transaction
from booking.models import Organisation
from bot import turn
from bot.chat import settle
from bot.ledger import Outgoing, OutgoingState, Received, ReceivedState
from bot.settings import Settings
from bot.shell import Shell, open_shell
from conversations.messages import Inbound
from tests.databases import Databases
from tests.test_cli import run
from tests.worlds import MARIE


@pytest.fixture
def url(databases: Databases, kind: str) -> str:
    return databases.copy_of(kind, "vendredi_matin")


def a_message_set_aside(url: str) -> tuple[Shell, int]:
    shell = open_shell(Settings(database_url=url, demo=True))
    turn.receive(shell, Inbound("sms", f"SM{uuid4().hex}", MARIE, None, "mes rdv"))
    with transaction(shell.sessions) as session:
        session.execute(update(Received).values(state=ReceivedState.SET_ASIDE, tries=3, error="KeyError"))
        for row in session.scalars(select(Outgoing)):
            session.delete(row)
        received_id = session.scalars(select(Received.id)).one()
    return shell, received_id


def test_messages_set_aside_are_listed_then_put_back_in_line_and_answered(url: str) -> None:
    shell, received_id = a_message_set_aside(url)
    (line,) = run(url, "rejouer").lines
    assert (line["id"], line["error"], line["replayed"]) == (received_id, "KeyError", False)
    (line,) = run(url, "rejouer", str(received_id)).lines
    assert line["replayed"]
    settle(shell)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Received.state)).one() == ReceivedState.HANDLED
        assert session.scalars(select(Outgoing.state)).one() == OutgoingState.SENT
    assert run(url, "rejouer").lines == []
    shell.engine.dispose()


def test_everything_set_aside_is_put_back_at_once(url: str) -> None:
    shell, _ = a_message_set_aside(url)
    assert [line["replayed"] for line in run(url, "rejouer", "--tous").lines] == [True]
    shell.engine.dispose()


def test_a_message_that_was_not_set_aside_is_not_replayed(url: str) -> None:
    refused = run(url, "rejouer", "404")
    assert (refused.code, refused.stdout) == (2, "")
    assert refused.errors == ["404: no message of that number is set aside"]


def test_the_valve_is_shut_and_opened_by_hand_and_says_where_it_stands(url: str) -> None:
    assert run(url, "vanne", "etat").lines == [{"vanne": "ouverte"}]
    assert run(url, "vanne", "fermer", "--qui", "astreinte").lines == [{"vanne": "fermee"}]
    shell = open_shell(Settings(database_url=url, demo=True))
    turn.receive(shell, Inbound("sms", f"SM{uuid4().hex}", MARIE, None, "rdv"))
    settle(shell)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Outgoing.state)).one() == OutgoingState.QUEUED
    assert run(url, "vanne", "ouvrir").lines == [{"vanne": "ouverte"}]
    settle(shell)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Outgoing.state)).one() == OutgoingState.SENT
    shell.engine.dispose()


def test_whoever_shuts_the_valve_says_who_they_are(url: str) -> None:
    assert run(url, "vanne", "fermer").code == 2


def test_a_budget_is_set_said_and_lifted(url: str) -> None:
    nothing = {"organisation": "mds-arras", "jour": None, "mois": None}
    assert run(url, "budget", "mds-arras").lines == [nothing]
    bounded = {"organisation": "mds-arras", "jour": 500, "mois": 9000}
    assert run(url, "budget", "mds-arras", "--jour", "500", "--mois", "9000").lines == [bounded]
    engine = connect(url)
    with reading(sessions_of(engine)) as session:
        assert session.scalars(select(Organisation.budget_jour)).one() == 500
    engine.dispose()
    assert run(url, "budget", "mds-arras", "--jour", "0", "--mois", "0").lines == [nothing]


def test_the_budget_of_an_organisation_that_does_not_exist_is_refused(url: str) -> None:
    refused = run(url, "budget", "nulle-part")
    assert (refused.code, refused.errors) == (2, ["nulle-part: no such organisation"])
