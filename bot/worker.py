"""The worker and the beat as processes of their own: `celery -A bot.worker worker`, `celery -A bot.worker beat`."""

import os
import sys
from typing import Any

from celery.signals import setup_logging, worker_process_init

from bot import logs
from bot.settings import Settings, SettingsRefused
from bot.shell import Shell, open_shell
from bot.tasks import celery_for


def _shell() -> Shell:
    try:
        settings = Settings.read(os.environ)
        if settings.redis_url is None:
            raise SettingsRefused(["REDIS_URL: a worker of its own needs a broker; without one, `rdv web` is all"])
        return open_shell(settings)
    except SettingsRefused as refused:
        sys.exit(str(refused))


shell = _shell()
app, _ = celery_for(shell)


@setup_logging.connect
def _log_as_the_web_does(**_sent: Any) -> None:
    logs.configure()


@worker_process_init.connect
def _open_its_own_connections(**_sent: Any) -> None:
    # Two processes that answer on one inherited connection read each other's rows.
    shell.engine.dispose(close=False)
