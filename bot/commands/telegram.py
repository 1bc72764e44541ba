"""Fetching Telegram's updates, where Telegram cannot bring them: on an engineer's machine."""

import logging
import time
from collections.abc import Callable

import click

from bot import logs, telegram
from bot.commands.console import opened, refuse
from bot.serve import working
from bot.shell import Shell
from channels import SendError
from channels.telegram import TAKEN, Telegram

PATIENCE = 25
"""Seconds that Telegram keeps a question for updates open."""
BACK_AFTER = 5.0
"""Seconds before a Telegram that did not answer is asked again."""

log = logging.getLogger(__name__)


class NotToBeFetched(Exception):
    """Updates are brought, or fetched by somebody else: never both, or each would take some of them."""


@click.command(name="telegram")
def command() -> None:
    """Fetch Telegram's updates and answer them, for development: a real service has them brought to its webhook."""
    logs.configure()
    shell = opened()
    try:
        bot = bot_of(shell)
        with working(shell) as awake:
            poll(awake, bot)
    except NotToBeFetched as refusal:
        refuse([str(refusal)])
    except KeyboardInterrupt:
        return


def bot_of(shell: Shell) -> Telegram:
    """The bot whose updates may be fetched; raises `NotToBeFetched`."""
    bot, settings = shell.channels["telegram"], shell.settings.telegram
    if settings is None or not isinstance(bot, Telegram):
        raise NotToBeFetched("TELEGRAM_BOT_TOKEN: set it, BotFather gives one")
    if settings.webhook_secret is not None:
        raise NotToBeFetched(
            "TELEGRAM_WEBHOOK_SECRET: with it, `rdv web` takes the updates; unset it to fetch them here"
        )
    try:
        url = bot.webhook()
    except SendError as error:
        raise NotToBeFetched(f"TELEGRAM_BOT_TOKEN, TELEGRAM_API_BASE: {error}") from None
    if url:
        raise NotToBeFetched(
            "Telegram brings this bot's updates to a webhook: call deleteWebhook first, or take another bot"
        )
    return bot


def poll(shell: Shell, bot: Telegram, *, is_over: Callable[[], bool] = lambda: False, patience: int = PATIENCE) -> None:
    """Take updates as they come, in their order, until it is over; raises `NotToBeFetched` when somebody else begins
    to."""
    after = None
    while not is_over():
        try:
            for update in bot.updates(after, patience=patience):
                call = telegram.take(shell, update)
                after = update.update_id
                if call is not None:
                    bot.call(call)
        except SendError as error:
            if error.code == TAKEN:
                raise NotToBeFetched(
                    "somebody else takes this bot's updates: a webhook, or another `rdv telegram`"
                ) from None
            log.warning("telegram does not answer", extra={"reason": str(error)})
            time.sleep(BACK_AFTER)
