"""What a duty engineer watches: counted in the database, told to who may know."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from booking.db import transaction
from bot import metrics, turn
from bot.app import create_app
from bot.chat import settle
from bot.ledger import OutgoingState, Received, ReceivedState
from bot.settings import Settings
from bot.shell import Shell
from channels import SendUnknown
from channels.simulator import Simulator
from conversations.messages import Inbound, Outbound
from tests.conftest import OPEN_SHELL, Clock
from tests.worlds import MARIE, NOW


def figures(shell: Shell) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    told = metrics.exposition(shell).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def write(shell: Shell, text: str = "rdv", sender: str = MARIE) -> None:
    turn.receive(shell, Inbound("sms", f"SM{uuid4().hex}", sender, None, text))


def test_how_long_people_wait_is_told_by_quantiles(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world(kind=kind)
    assert ("rdv_reply_seconds", "0.5") not in figures(shell)
    write(shell)
    clock.now = NOW + timedelta(seconds=3)
    settle(shell)
    told = figures(shell)
    assert [told["rdv_reply_seconds", name] for name in ("0.5", "0.95", "0.99")] == [3.0, 3.0, 3.0]
    clock.now = NOW + timedelta(minutes=20)
    assert ("rdv_reply_seconds", "0.5") not in figures(shell)


def test_what_is_late_is_told_by_the_age_of_its_oldest(kind: str, open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world(kind=kind)
    write(shell)
    with transaction(shell.sessions) as session:
        session.execute(update(Received).values(state=ReceivedState.WAITING))
    clock.now = NOW + timedelta(seconds=90)
    told = figures(shell)
    assert told["rdv_oldest_seconds", "message_to_answer"] == 90.0
    assert told["rdv_oldest_seconds", "message_to_send"] == 90.0
    assert told["rdv_oldest_seconds", "avis_due"] == 0.0


class Mute(Simulator):
    def send(self, message: Outbound) -> str:
        raise SendUnknown("no answer")


def test_unknown_outcomes_and_messages_set_aside_are_counted(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    shell = replace(shell, channels={"sms": Mute()})
    write(shell)
    settle(shell)
    with transaction(shell.sessions) as session:
        session.execute(update(Received).values(state=ReceivedState.SET_ASIDE))
    told = figures(shell)
    assert told["rdv_rows", "outgoing_unknown"] == 1.0
    assert told["rdv_rows", "set_aside"] == 1.0
    assert told["rdv_rows", "valves_shut"] == 0.0


def test_nothing_of_anybody_is_in_the_figures(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell)
    assert MARIE[1:] not in metrics.exposition(shell).decode()


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        (None, "", 403),
        (None, "Bearer ", 403),
        ("secret", "", 403),
        ("secret", "Bearer other", 403),
        ("secret", "Bearer secret", 200),
        ("secret", "Bearer sécret", 403),
    ],
)
def test_figures_are_for_who_holds_the_token(
    token: str | None, given: str, status: int, open_world: OPEN_SHELL
) -> None:
    shell = open_world()
    settings = Settings(secret_key="x" * 32, metrics_token=token)
    app = create_app(replace(shell, settings=settings))
    headers = {"Authorization": given.encode().decode("latin-1")}
    assert app.test_client().get("/metrics", headers=headers).status_code == status


def test_the_demo_shows_them_to_everybody(open_world: OPEN_SHELL) -> None:
    answer = create_app(open_world()).test_client().get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")


def test_what_the_doors_turn_away_is_counted_by_reason(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    before = figures(shell).get(("rdv_rejected_total", "signature"), 0.0)
    metrics.reject("signature")
    assert figures(shell)["rdv_rejected_total", "signature"] == before + 1


def test_a_state_of_the_ledger_is_not_forgotten() -> None:
    settled = {OutgoingState.SENT, OutgoingState.DELIVERED, OutgoingState.FAILED, OutgoingState.DROPPED}
    assert set(OutgoingState) == settled | set(metrics.OPEN)
