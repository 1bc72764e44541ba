"""`rdv bench`: the project's own benchmarks. They print figures beside their bounds and never fail."""

import os
from datetime import datetime
from pathlib import Path

import click

from bot.bench import creneaux as bench_creneaux
from bot.bench import understanding as bench_understanding
from bot.bench.district import SIZES
from bot.bench.measure import table
from bot.console import print_json

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
    url = postgres or os.environ.get("DATABASE_URL", "")
    found = bench_creneaux.figures(
        size, repeat=repeat, postgres_url=url if url.startswith("postgresql") else None, tell=_progress
    )
    if as_json:
        for figure in found:
            print_json({"bench": "creneaux", "size": size, **figure.as_json()})
    else:
        for line in table(found):
            click.echo(line)


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


def _progress(line: str) -> None:
    click.echo(line, err=True)
