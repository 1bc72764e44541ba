"""The commands of whoever keeps the service running: messages set aside, the valve, budgets."""

from datetime import datetime

import click
from sqlalchemy import select

from booking import traces
from booking.db import reading, transaction
from booking.models import Organisation
from bot import turn
from bot.commands.console import NOW, opened, print_json, refuse
from bot.ledger import Received, ReceivedState
from bot.outbox import valve
from bot.shell import Shell, wall_clock


@click.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--tous", "everything", is_flag=True, help="Every message set aside.")
def rejouer(ids: tuple[int, ...], everything: bool) -> None:
    """Put messages that were set aside back in their line; without ID, list them."""
    shell = opened()
    with reading(shell.sessions) as session:
        aside = select(Received).where(Received.state == ReceivedState.SET_ASIDE).order_by(Received.id)
        rows = session.scalars(aside).all()
    known = {row.id for row in rows}
    if unknown := [str(one) for one in ids if one not in known]:
        refuse([f"{one}: no message of that number is set aside" for one in unknown])
    for row in rows:
        if everything or row.id in ids:
            turn.replay(shell, row.id)
        if everything or not ids or row.id in ids:
            print_json({"id": row.id, "received_at": row.received_at.isoformat(), "error": row.error,
                        "replayed": everything or row.id in ids})  # fmt: skip


@click.group(name="vanne")
def vanne() -> None:
    """The stop switch: while it is shut, nothing leaves; what is still useful leaves when it is opened again."""


@vanne.command()
@click.option("--qui", required=True, help="Who shuts it: it is written down.")
@NOW
def fermer(qui: str, now: datetime | None) -> None:
    """Nothing leaves any more."""
    shell = opened()
    with transaction(shell.sessions) as session:
        valve.shut(session, valve.SMS, qui, now or wall_clock())
    _say_state(shell)


@vanne.command()
def ouvrir() -> None:
    """Messages leave again."""
    shell = opened()
    with transaction(shell.sessions) as session:
        valve.reopen(session, valve.SMS)
    _say_state(shell)


@vanne.command()
def etat() -> None:
    """Whether it is shut."""
    _say_state(opened())


def _say_state(shell: Shell) -> None:
    with reading(shell.sessions) as session:
        print_json({"vanne": "fermee" if valve.is_shut(session, valve.SMS) else "ouverte"})


@click.command()
@click.argument("organisation")
@click.option("--jour", type=click.IntRange(min=0), help="SMS segments a day; 0: no bound.")
@click.option("--mois", type=click.IntRange(min=0), help="SMS segments a month; 0: no bound.")
def budget(organisation: str, jour: int | None, mois: int | None) -> None:
    """How many SMS segments an organisation's automatic messages may take; without option, say it."""
    shell = opened()
    with transaction(shell.sessions) as session:
        traces.sign(session, "exploitant", shell.clock())
        found = session.scalars(select(Organisation).where(Organisation.ref == organisation)).all()
        if not found:
            refuse([f"{organisation}: no such organisation"])
        for one in found:
            if jour is not None:
                one.budget_jour = jour or None
            if mois is not None:
                one.budget_mois = mois or None
            print_json({"organisation": one.ref, "jour": one.budget_jour, "mois": one.budget_mois})
