"""`rdv understand`: what messages mean, one a line, by the same function as the dialogues."""

import sys
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any

import click
from pydantic import BaseModel, Field, NaiveDatetime, ValidationError

from bot.commands.console import BAD_INPUT, print_json
from conversations import understanding
from conversations.understanding import Context

MOST_LETTERS = 100_000
"""More than any message has: what is longer is not one."""


class Line(BaseModel):
    """One line in; further fields are ignored."""

    text: Annotated[str, Field(max_length=MOST_LETTERS)]
    context: Context = Context.IDLE
    options: list[str | dict[str, Any]] | None = None
    now: NaiveDatetime
    lang: str | None = None


class BadLine(Exception):
    pass


@click.command
def understand() -> None:
    """Read messages as JSON lines, print what each means."""
    bad = False
    # As bytes: JSON is UTF-8 whatever the terminal speaks, and a line that is not must not stop the next ones.
    lines = (line for line in sys.stdin.buffer if line.strip())
    for number, line in enumerate(lines, start=1):
        try:
            print_json(_answer(_parsed(line)))
        except BadLine as error:
            click.echo(f"line {number}: {error}", err=True)
            bad = True
    if bad:
        sys.exit(BAD_INPUT)


def _parsed(line: bytes) -> Line:
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise BadLine("; ".join(f"{'.'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in found)) from None


def _answer(line: Line) -> dict[str, Any]:
    begun = perf_counter()
    meaning = understanding.understand(
        line.text, line.context, line.options or (), now=_minute(line.now), lang=line.lang or "fr"
    )
    spent = perf_counter() - begun
    return {
        "intent": meaning.intent.value,
        "slots": meaning.slots,
        "also": [intent.value for intent in meaning.also],
        "confidence": round(meaning.confidence, 2),
        "ms": round(spent * 1000, 3),
    }


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
