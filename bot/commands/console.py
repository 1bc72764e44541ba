"""What the commands of `rdv` share: the shell they work on, how instants are typed, lines printed, input refused."""

import json
import os
import sys
from datetime import date, datetime
from typing import Any, NoReturn

import click
from sqlalchemy.exc import OperationalError

from bot import migrations
from bot.settings import Settings, SettingsRefused
from bot.shell import Shell, open_shell

BAD_INPUT = 2


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with its offset."""

    name = "ISO8601"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        try:
            instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an ISO 8601 instant, e.g. 2026-11-19T10:00:00+01:00", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value!r} has no offset, e.g. 2026-11-19T10:00:00+01:00", param, ctx)
        return instant


class Bound(Instant):
    """An instant, or a date: the whole local day."""

    name = "ISO8601"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return super().convert(value, param, ctx)


NOW = click.option("--now", type=Instant(), help="Freeze the clock.")


def print_json(line: dict[str, Any]) -> None:
    """One line for a script, in UTF-8 and at once."""
    click.echo(json.dumps(line, ensure_ascii=False).encode())


def refuse(errors: list[str]) -> NoReturn:
    """Every error on stderr, and exit code 2."""
    for error in errors:
        click.echo(error, err=True)
    sys.exit(BAD_INPUT)


def settings_here(**said: str) -> Settings:
    """The settings of the environment, and what the command itself says."""
    try:
        return Settings.read({**os.environ, **said})
    except SettingsRefused as refused:
        refuse(refused.errors)


def shell_here() -> Shell:
    """The shell of the environment, closed with the command."""
    shell = open_shell(settings_here())
    click.get_current_context().call_on_close(shell.engine.dispose)
    return shell


def opened() -> Shell:
    """The same, its database brought up to date: a first command works on an empty one."""
    shell = shell_here()
    try:
        migrations.migrate(shell.engine)
    except OperationalError as error:
        refuse([f"DATABASE_URL: the database cannot be used: {str(error.orig).strip()}"])
    return shell
