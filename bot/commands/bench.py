"""`rdv bench`: the project's own benchmarks. They print figures beside their bounds and never fail."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from bot.bench import creneaux as bench_creneaux
from bot.bench import outbox as bench_outbox
from bot.bench import turns as bench_turns
from bot.bench import understanding as bench_understanding
from bot.bench.district import SIZES
from bot.bench.measure import Figure, table
from bot.commands.console import print_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def bench() -> None:
    """Measure, on made-up data, how fast the bot is; nothing of DATABASE_URL is read or changed."""


@bench.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="M", show_default=True)
@click.option("--repeat", type=click.IntRange(min=1), default=5, show_default=True, help="Rounds over the searches.")
@click.option("--postgres", help="A PostgreSQL where a scratch database may be made; DATABASE_URL's by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def creneaux(size: str, repeat: int, postgres: str | None, as_json: bool) -> None:
    """The search of créneaux: S 5 agents, M 60, L a département of 500, XL a country of 40 of them."""
    found = bench_creneaux.figures(size, repeat=repeat, postgres_url=_postgresql(postgres), tell=_progress)
    _print("creneaux", size, found, as_json=as_json)


@bench.command()
@click.option("--dates", type=_FILE, help="Times and what they mean, as JSON, instead of our own.")
@click.option("--messages", type=_FILE, help="Messages and what they mean, as JSON, instead of our own.")
@click.option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M"]), default="2026-11-19T10:00", help="Of the messages.")
@click.option("--repeat", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def understanding(dates: Path | None, messages: Path | None, now: datetime, repeat: int, as_json: bool) -> None:
    """Messages and times in French: how often they are understood, and how fast, beside dateparser."""
    told = bench_understanding.run(dates, messages, now, repeat)
    for line in told if as_json else bench_understanding.lines(told):
        if isinstance(line, str):
            click.echo(line)
        else:
            print_json({"bench": "understanding", **line.as_json()})


@bench.command()
@click.option("--size", type=click.Choice(list(bench_turns.SIZES)), default="M", show_default=True)
@click.option("--postgres", help="A PostgreSQL where a scratch database may be made; DATABASE_URL's by default.")
@click.option("--redis", help="A Redis where a scratch queue may be made; REDIS_URL's by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def turns(size: str, postgres: str | None, redis: str | None, as_json: bool) -> None:
    """From a signed webhook to a committed reply: S a handful of people, M 128 at once, L 256, 10,000 in all."""
    found = bench_turns.figures(size, postgres_url=_postgresql(postgres), redis_url=_redis(redis), tell=_progress)
    _print("turns", size, found, as_json=as_json)


@bench.command()
@click.option("--size", type=click.Choice(list(bench_outbox.SIZES)), default="M", show_default=True)
@click.option("--postgres", help="A PostgreSQL where a scratch database may be made; DATABASE_URL's by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def outbox(size: str, postgres: str | None, as_json: bool) -> None:
    """Messages delivered a second; L with a million sent before, and 100,000 reminders due at nine."""
    found = bench_outbox.figures(size, postgres_url=_postgresql(postgres), tell=_progress)
    _print("outbox", size, found, as_json=as_json)


def _postgresql(given: str | None) -> str | None:
    url = given or os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgresql") else None


def _redis(given: str | None) -> str | None:
    return given or os.environ.get("REDIS_URL") or None


def _print(name: str, size: str, found: Iterable[Figure], *, as_json: bool) -> None:
    if as_json:
        for figure in found:
            print_json({"bench": name, "size": size, **figure.as_json()})
    else:
        for line in table(found):
            click.echo(line)


def _progress(line: str) -> None:
    click.echo(line, err=True)
