"""Budgets, buckets and the valve: what may leave on its own, how fast, and not at all."""

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Avis, AvisEtat, Organisation
from bot import outbox, tallies
from bot.ledger import Tally
from bot.outbox import bucket, budget, valve
from bot.settings import Settings, SettingsRefused
from bot.shell import Shell
from channels import Refusal, SendFailed
from tests.conftest import OPEN_SHELL, Clock
from tests.outgoing import Due, drain, number, queue, queue_reminders, rows, with_provider
from tests.worlds import NOW, PARIS, dans

DAY, MONTH = "2026-11-20", "2026-11"


def organisation(shell: Shell, *, jour: int | None = None, mois: int | None = None) -> int:
    """An organisation with that budget."""
    with transaction(shell.sessions) as session:
        row = Due(session).organisation
        row.budget_jour, row.budget_mois = jour, mois
        return row.id


def spent(shell: Shell, organisation_id: int) -> dict[str, int]:
    with reading(shell.sessions) as session:
        found = session.scalars(select(Tally).where(Tally.name == f"segments:{organisation_id}"))
        return {tally.period: tally.count for tally in found}


def test_what_leaves_is_counted_by_day_and_month(kind: str, open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world("vide", kind=kind))
    one = organisation(shell)
    queue_reminders(shell, 3, organisation_id=one, segments=2)
    queue(shell, "reponse", organisation_id=one)
    drain(shell)
    assert spent(shell, one) == {DAY: 7, MONTH: 7}


@pytest.mark.parametrize("bounds", [{"jour": 4}, {"mois": 4}])
def test_a_budget_used_up_holds_reminders_back_and_no_answer(
    bounds: dict[str, int], kind: str, open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    shell, provider = with_provider(open_world("vide", kind=kind))
    one = organisation(shell, **bounds)
    queue_reminders(shell, 6, organisation_id=one)
    queue_reminders(shell, 2, since=3000)
    drain(shell)
    assert len(provider.sent) == 4 + 2
    outbox.deliver(shell, queue(shell, "reponse", organisation_id=one))
    outbox.deliver(shell, queue(shell, "d'un agent", organisation_id=one, kind="agent"))
    assert provider.texts[-2:] == ["reponse", "d'un agent"]
    told = [record.message for record in caplog.records if "budget" in record.message]
    assert "budget used up: automatic messages wait" in told


def test_a_days_budget_lets_what_is_still_of_use_go_the_next_morning(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell, provider = with_provider(open_world("vide"))
    one = organisation(shell, jour=1)
    queue_reminders(shell, 2, organisation_id=one, deadline=dans(48 * 60))
    queue_reminders(shell, 1, since=3000, organisation_id=one, deadline=dans(8 * 60))
    drain(shell)
    assert [row.state for row in rows(shell)] == ["sent", "queued", "dropped"]
    assert rows(shell)[2].error_code == "budget"
    clock.now = datetime(2026, 11, 21, 7, 59, tzinfo=PARIS)
    assert drain(shell) == 0
    clock.now = datetime(2026, 11, 21, 8, 0, tzinfo=PARIS)
    assert drain(shell) == 1
    assert len(provider.sent) == 2


def test_four_fifths_of_a_budget_are_said_once(open_world: OPEN_SHELL, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    shell, _ = with_provider(open_world("vide"))
    one = organisation(shell, jour=10)
    for since in range(1000, 1009):
        queue_reminders(shell, 1, since=since, organisation_id=one)
        drain(shell)
    told = [record.message for record in caplog.records if "budget" in record.message]
    assert told == ["most of a budget is used up"]


def test_what_did_not_leave_has_cost_nothing(open_world: OPEN_SHELL) -> None:
    shell, _ = with_provider(open_world("vide"), None, SendFailed("away", why=Refusal.LATER))
    one = organisation(shell, jour=10)
    queue_reminders(shell, 1, organisation_id=one)
    drain(shell)
    assert spent(shell, one) == {DAY: 0, MONTH: 0}


def test_a_day_is_the_organisations_own(open_world: OPEN_SHELL, clock: Clock) -> None:
    shell = open_world("vide")
    one = organisation(shell)
    clock.now = datetime(2026, 11, 30, 23, 30, tzinfo=PARIS).astimezone(NOW.tzinfo)
    with transaction(shell.sessions) as session:
        session.get_one(Organisation, one).territoire.timezone = "Indian/Reunion"
        session.flush()
        account = budget.accounts(session, [one], clock.now)[one]
        assert (account.day, account.month) == ("2026-12-01", "2026-12")


def test_counts_raised_by_several_at_once_add_up(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    for _ in range(3):
        with transaction(shell.sessions) as session:
            tallies.add(session, {("a", DAY): 2, ("b", MONTH): 1})
    with reading(shell.sessions) as session:
        assert tallies.read(session, [("a", DAY), ("b", MONTH), ("c", DAY)]) == {("a", DAY): 6, ("b", MONTH): 3}


def test_a_bucket_is_full_at_first_and_fills_at_its_rate(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    with transaction(shell.sessions) as session:
        full = bucket.lock(session, ["x"], 2.0, NOW)
        assert full["x"].segments == 2 * bucket.BURST
        bucket.take(session, full, {"x": 13}, NOW)
        assert bucket.levels(session, 2.0, NOW)["x"].segments == -3
        assert bucket.levels(session, 2.0, NOW + timedelta(seconds=2))["x"].segments == 1
        assert bucket.levels(session, 2.0, dans(60))["x"].segments == 2 * bucket.BURST


@pytest.mark.parametrize("rate", [0.0, 10.0])
def test_a_number_told_to_be_silent_is_silent_whatever_its_rate(rate: float, open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with transaction(shell.sessions) as session:
        bucket.hold(session, {"x": 20.0, "y": 10_000.0}, rate, NOW)
        levels = bucket.levels(session, rate, NOW + timedelta(seconds=19))
        assert (levels["x"].is_held, levels["y"].is_held) == (True, True)
        later = bucket.levels(session, rate, NOW + bucket.LONGEST_HOLD)
        assert (later["x"].is_held, later["y"].is_held) == (False, False)


def test_without_a_rate_nothing_is_counted(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(sms_segments_per_second=0.0))
    queue_reminders(shell, 300)
    drain(shell)
    assert len(provider.sent) == 300


@pytest.mark.parametrize(("written", "rate"), [("", 10.0), ("0", 0.0), ("0.5", 0.5), ("30", 30.0)])
def test_the_rate_is_a_setting(written: str, rate: float) -> None:
    assert Settings.read({"SMS_SEGMENTS_PER_SECOND": written}).sms_segments_per_second == rate


@pytest.mark.parametrize("written", ["fast", "-1", "nan", "inf"])
def test_a_rate_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(SettingsRefused, match="SMS_SEGMENTS_PER_SECOND"):
        Settings.read({"SMS_SEGMENTS_PER_SECOND": written})


def shut(shell: Shell, name: str = valve.SMS) -> None:
    with transaction(shell.sessions) as session:
        valve.shut(session, name, "agent:a.durand", shell.clock())


def reopen(shell: Shell, name: str = valve.SMS) -> None:
    with transaction(shell.sessions) as session:
        valve.reopen(session, name)


def test_the_valve_stops_everything_until_it_is_opened(kind: str, open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world(kind=kind))
    contact = queue(shell, "reponse")
    queue_reminders(shell, 3)
    shut(shell)
    shut(shell)
    assert (outbox.deliver(shell, contact), drain(shell)) == (0, 0)
    reopen(shell)
    reopen(shell)
    drain(shell)
    assert len(provider.sent) == 4


def test_the_valve_of_a_kind_stops_that_kind(open_world: OPEN_SHELL) -> None:
    shell, provider = with_provider(open_world())
    queue_reminders(shell, 3)
    queue(shell, "reponse")
    shut(shell, "reminder")
    drain(shell)
    assert provider.texts == ["reponse"]
    with reading(shell.sessions) as session:
        assert valve.is_shut(session, "reminder")
        assert not valve.is_shut(session, valve.SMS)


def test_a_thousand_that_were_due_behind_the_valve_do_not_burst_out_of_date(
    open_world: OPEN_SHELL, clock: Clock
) -> None:
    shell, provider = with_provider(open_world("vide"))
    with transaction(shell.sessions) as session:
        due = Due(session)
        for place in range(50):
            due.remind(due.person(place), limite=dans(60) if place < 40 else None)
    queue_reminders(shell, 30, since=3000, deadline=dans(60))
    shut(shell)
    with transaction(shell.sessions) as session:
        assert outbox.queue_due(session, shell) == set()
    assert drain(shell) == 0
    clock.now = dans(61)
    reopen(shell)
    with transaction(shell.sessions) as session:
        outbox.queue_due(session, shell)
    drain(shell)
    assert sorted(message.recipient for message in provider.sent) == [number(place) for place in range(40, 50)]
    with reading(shell.sessions) as session:
        assert len(session.scalars(select(Avis.id).where(Avis.etat == AvisEtat.SANS_OBJET)).all()) == 40
