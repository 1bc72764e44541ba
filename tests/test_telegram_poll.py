"""Fetching Telegram's updates instead of having them brought: one or the other, never both."""

from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from booking.db import reading
from bot.cli import main
from bot.commands.telegram import NotToBeFetched, bot_of, poll
from bot.ledger import Received
from bot.settings import TelegramSettings
from bot.shell import Shell
from channels.telegram import Telegram
from tests.conftest import OPEN_SHELL
from tests.servers.telegram import SECRET, TOKEN, BotApi, Update, pressed, telegram, written

CHAT, GROUP = 42420001, -100200300


@pytest.fixture
def api() -> Iterator[BotApi]:
    with telegram() as api:
        yield api


@pytest.fixture
def shell(api: BotApi, open_world: OPEN_SHELL) -> Iterator[Shell]:
    shell = open_world(telegram=TelegramSettings(TOKEN, None, api.base))
    yield shell
    bot = shell.channels["telegram"]
    assert isinstance(bot, Telegram)
    bot.close()


def fetch(shell: Shell, api: BotApi, *updates: Update, times: int = 2) -> None:
    """Ask for updates so many times while these are there."""
    api.waiting = list(updates)
    left = iter(range(times))
    poll(shell, bot_of(shell), is_over=lambda: next(left, None) is None, patience=0)


def count(shell: Shell) -> int:
    with reading(shell.sessions) as session:
        return session.scalar(select(func.count(Received.id))) or 0


def test_updates_are_fetched_once_each_and_telegram_forgets_them(shell: Shell, api: BotApi) -> None:
    fetch(shell, api, written(CHAT, "rdv"), written(CHAT, "1"))
    assert count(shell) == 2
    assert api.waiting == []


def test_what_is_fetched_again_after_a_crash_changes_nothing(shell: Shell, api: BotApi) -> None:
    update = written(CHAT, "rdv")
    fetch(shell, api, update, times=1)
    fetch(shell, api, update, times=1)
    assert count(shell) == 1


def test_a_press_is_answered_and_a_group_left(shell: Shell, api: BotApi) -> None:
    press = pressed(CHAT, "x")
    fetch(shell, api, press, written(GROUP, "rdv"))
    assert api.called == [
        ("answerCallbackQuery", {"callback_query_id": press["callback_query"]["id"]}),
        ("leaveChat", {"chat_id": str(GROUP)}),
    ]


def test_a_bot_with_a_webhook_is_not_asked(shell: Shell, api: BotApi) -> None:
    api.webhook = "https://rdv.example/webhooks/telegram"
    with pytest.raises(NotToBeFetched, match="webhook"):
        bot_of(shell)


def test_whoever_sets_a_webhook_meanwhile_ends_it(shell: Shell, api: BotApi) -> None:
    bot = bot_of(shell)
    api.webhook = "https://rdv.example/webhooks/telegram"
    with pytest.raises(NotToBeFetched, match="somebody else"):
        poll(shell, bot, patience=0)


def test_a_web_that_takes_the_updates_is_left_to_it(api: BotApi, open_world: OPEN_SHELL) -> None:
    shell = open_world(telegram=TelegramSettings(TOKEN, SECRET, api.base))
    with pytest.raises(NotToBeFetched, match="TELEGRAM_WEBHOOK_SECRET"):
        bot_of(shell)
    assert api.called == []


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "TELEGRAM_BOT_TOKEN: set it"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": SECRET}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"TELEGRAM_WEBHOOK_SECRET": SECRET}, "TELEGRAM_BOT_TOKEN: set it too"),
    ],
)
def test_the_command_says_what_is_missing(environ: dict[str, Any], said: str, tmp_path: Any) -> None:
    names = ("BOT_TOKEN", "WEBHOOK_SECRET", "API_BASE")
    unset = {f"TELEGRAM_{name}": "" for name in names}
    environ = {**unset, "DATABASE_URL": f"sqlite:///{tmp_path}/rdv.db", **environ}
    ran = CliRunner().invoke(main, ["telegram"], env=environ)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert TOKEN not in ran.output
