"""`rdv dates`: when a text says, as JSON lines: what the dialogues understand of days and hours."""

import json
import sys
from datetime import datetime
from time import perf_counter
from typing import Any

import click

from bot.commands.console import BAD_INPUT, print_json
from conversations.understanding.dates import SURE, find

YEARS = range(1900, 2200)
"""Of a clock that people text by."""


class LineRefused(Exception):
    """A line that is not what the command reads."""


@click.command()
def dates() -> None:
    """When a text says: a line {"text", "now"} in, {"start", "end", "grain", "open", "ms"} out, in local wall time.

    {"start": null, "end": null, "ms"} where it names no time, or none surely."""
    bad = False
    # As bytes: JSON is UTF-8 whatever the terminal speaks, and a line that is not must not stop the next ones.
    lines = (line for line in sys.stdin.buffer if line.strip())
    for number, line in enumerate(lines, start=1):
        try:
            text, now = _read(line)
        except LineRefused as refused:
            click.echo(f"line {number}: {refused}", err=True)
            bad = True
            continue
        before = perf_counter()
        told = reading(text, now)
        print_json({**told, "ms": round((perf_counter() - before) * 1000, 3)})
    if bad:
        sys.exit(BAD_INPUT)


def _read(line: bytes) -> tuple[str, datetime]:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise LineRefused("not JSON") from error
    except RecursionError as error:
        raise LineRefused("nested too deep") from error
    if not isinstance(said, dict):
        raise LineRefused("not an object")
    text = said.get("text")
    if not isinstance(text, str):
        raise LineRefused("text: not a string")
    return text, _now(said.get("now"))


def _now(typed: object) -> datetime:
    try:
        now = datetime.fromisoformat(typed if isinstance(typed, str) else "")
    except ValueError as error:
        raise LineRefused(f"now: {typed!r} is not a local time, e.g. 2026-11-19T10:00") from error
    if now.year not in YEARS:
        raise LineRefused(f"now: {typed!r} is not of our times")
    return now.replace(tzinfo=None)


def reading(text: str, now: datetime) -> dict[str, Any]:
    """The first time wished for, as it is printed."""
    sure = [moment for moment in find(text, now) if not moment.excluded and moment.confidence >= SURE]
    if not sure:
        return {"start": None, "end": None}
    moment = sure[0]
    return {"start": _printed(moment.start), "end": _printed(moment.end), "grain": moment.grain, "open": moment.open}


def _printed(local: datetime | None) -> str | None:
    return local.isoformat(timespec="minutes") if local else None
