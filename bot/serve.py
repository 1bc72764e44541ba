"""Serving: one process that is the web, and the worker and beat too where there is no broker."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from waitress.server import create_server

from booking import territoire
from booking.db import transaction
from booking.models import Territoire
from bot import embedded, migrations
from bot.app import create_app
from bot.demo.clock import DemoClock, kept_beside
from bot.demo.territoire import demo_territory
from bot.lane import in_order
from bot.settings import Settings
from bot.shell import Shell, open_shell
from bot.tasks import LIFELINE_SECONDS, Lifeline, celery_for

THREADS = 8
PARIS = ZoneInfo("Europe/Paris")


class AddressTaken(Exception):
    """Something else listens there already."""


def web(shell: Shell, host: str, port: int, *, say: str = "") -> None:
    """Serve until interrupted; `say` is printed once the door is open. Raises `AddressTaken`."""
    shell.settings.require_secret()
    # It warns at each request that waits a moment for a thread, which is what the queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with working(shell) as awake:
        try:
            app, threads = create_app(awake), in_order(awake, THREADS)
            server = create_server(app, host=host, port=port, ident=None, _dispatcher=threads)
        except OSError as error:
            raise AddressTaken(f"{host}:{port} cannot be served ({error.strerror}): choose another --port") from error
        try:
            click.echo(say, nl=bool(say))
            server.run()
        finally:
            server.close()


@contextmanager
def working(shell: Shell, *, lifeline_seconds: float = LIFELINE_SECONDS) -> Iterator[Shell]:
    """The shell whose doors wake the workers; without a broker the workers are here, and when it is lost their
    work is done here."""
    app, awake = celery_for(shell)
    with _lifeline(shell, lifeline_seconds) if shell.settings.redis_url else embedded.running(app):
        yield awake


@contextmanager
def _lifeline(shell: Shell, every: float) -> Iterator[None]:
    lifeline = Lifeline(shell, every)
    lifeline.start()
    try:
        yield
    finally:
        lifeline.stop()


def demo(settings: Settings, port: int) -> None:
    """The demo: a territory made for today on the first run, kept with its data on the next ones."""
    clock = DemoClock(kept_beside(settings.database_url))
    shell = open_shell(replace(settings, public_url=f"http://127.0.0.1:{port}"), clock=clock)
    migrations.migrate(shell.engine)
    seed(shell)
    here = f"http://127.0.0.1:{port}"
    welcome = f"Le téléphone :  {here}/demo/\nL'agenda :      {here}/admin/\nCtrl-C pour arrêter ; les données restent."
    web(shell, "127.0.0.1", port, say=welcome)


def seed(shell: Shell) -> None:
    """Load the demo territory into an empty database."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        if session.scalars(select(Territoire.id)).first() is None:
            territoire.load(session, demo_territory(now.astimezone(PARIS).date()), now)
