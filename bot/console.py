"""What the commands of `rdv` shares: how instants are typed, how lines are printed, how input is refused."""

import json
import sys
from datetime import date, datetime
from typing import Any, NoReturn

import click

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
