"""`rdv`: the project's one command line. Scripts read JSON on stdout; every error is on stderr, with exit code 2."""

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import agenda, territoire
from booking.agenda import RdvLine
from booking.db import reading
from booking.errors import TerritoireRefuse
from booking.models import Statut, Territoire
from booking.telephones import e164
from bot import logs, serve
from bot.chat import BadEvent, Chat, Event
from bot.commands import bench as cli_bench
from bot.commands import creneaux as cli_creneaux
from bot.commands import dates as cli_dates
from bot.commands import ops as cli_ops
from bot.commands import simulate as cli_simulate
from bot.commands import telegram as telegram_poll
from bot.commands import understand as cli_understand
from bot.commands.console import BAD_INPUT, NOW, Bound, Instant, opened, print_json, refuse, settings_here, shell_here
from bot.settings import SettingsRefused
from bot.shell import wall_clock


@click.group()
def main() -> None:
    """RDV par message: appointments of public social services, by SMS and chat."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    opened()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file against the database and load nothing.")
@NOW
def load(file: Path, dry_run: bool, now: datetime | None) -> None:
    """Create or update a territory from one file; twice changes nothing."""
    shell = opened()
    try:
        with shell.sessions() as session, session.begin() as unit:
            loaded = territoire.load(session, territoire.read(file), now or wall_clock())
            if dry_run:
                unit.rollback()
    except TerritoireRefuse as refused:
        refuse(refused.errors)
    print_json({"dry_run": dry_run, **vars(loaded)})


@main.command()
@click.option("--usager", help="A reference, or a phone: everyone it answers for.")
@click.option("--from", "debut", type=Bound(), help="From this instant or day on.")
@click.option("--to", "fin", type=Bound(), help="Up to this instant or day, included.")
@click.option("--statut", type=click.Choice([statut.value for statut in Statut]))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def rdvs(usager: str | None, debut: date | None, fin: date | None, statut: str | None, as_json: bool) -> None:
    """The RDVs as stored."""
    shell = opened()
    phone = _phone(usager) if usager else None
    with reading(shell.sessions) as session:
        lines = agenda.rdv_lines(
            session,
            telephone=phone,
            usager_ref=None if phone else usager,
            debut=_instant(session, debut, time.min),
            fin=_instant(session, fin, time.max),
            statut=Statut(statut) if statut else None,
        )
    for line in lines:
        if as_json:
            print_json(_rdv_json(line))
        else:
            click.echo(_rdv_text(line))


def _instant(session: Session, bound: date | None, hour: time) -> datetime | None:
    """A bound as an instant; a day is that of the first territoire's clock."""
    if bound is None:
        return None
    oldest = session.scalars(select(Territoire).order_by(Territoire.id)).first()
    return _on_clock(bound, hour, oldest.zone if oldest else UTC)


def _on_clock(bound: date, hour: time, zone: tzinfo) -> datetime:
    return bound if isinstance(bound, datetime) else datetime.combine(bound, hour, zone)


def _phone(typed: str) -> str | None:
    """The E.164 number in what was typed, as a territory file may write it; None where it is none."""
    if not typed.startswith(("+", "0")):
        return None
    try:
        return e164(typed)
    except ValueError:
        return None


def _rdv_json(line: RdvLine) -> dict[str, Any]:
    return {
        "ref": line.ref,
        "motif": line.motif,
        "lieu": line.lieu,
        "agents": list(line.agents),
        "debut": line.debut.isoformat(),
        "fin": line.fin.isoformat(),
        "statut": line.statut.value,
        "participants": [
            {"usager": one.usager, "nom": one.nom, "statut": one.statut.value} for one in line.participants
        ],
        "places_max": line.places_max,
        "cree_par": line.cree_par,
    }


def _rdv_text(line: RdvLine) -> str:
    people = ", ".join(one.nom for one in line.participants)
    return f"{line.debut:%Y-%m-%d %H:%M}  {line.statut.value:16} {line.motif}  {line.lieu or '-'}  {people}"


@main.command()
@click.option("--motif", required=True, help="The reference of a motif.")
@click.option("--lieu", "lieux", multiple=True, help="A reference; all lieux when none is given.")
@click.option("--agent", "agents", multiple=True, help="A reference; all agents when none is given.")
@click.option("--from", "debut", type=Bound(), help="From this instant or day on.")
@click.option("--to", "fin", type=Bound(), help="Up to this instant or day, included.")
@click.option("--first", type=click.IntRange(min=1), help="That many créneaux at most.")
@click.option("--usager", help="A reference: for a follow-up, with the referents of this person only.")
@click.option("--together", is_flag=True, help="The time that all the agents named have in common.")
@click.option(
    "--in-a-row", type=click.IntRange(1, 20), default=1, help="That many créneaux of one agent, one after the other."
)
@click.option("--as-agent", is_flag=True, help="Without the delays that usagers keep to.")
@click.option("--explain", "instant", type=Instant(), help="Why this instant is or is not offered, as JSON lines.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@NOW
def creneaux(
    motif: str,
    lieux: tuple[str, ...],
    agents: tuple[str, ...],
    debut: date | None,
    fin: date | None,
    first: int | None,
    usager: str | None,
    together: bool,
    in_a_row: int,
    as_agent: bool,
    instant: datetime | None,
    as_json: bool,
    now: datetime | None,
) -> None:
    """The free slots that an usager would be offered, or why one is not.

    Where there is none, says why on stderr."""
    bounds = {"--from": debut, "--to": fin}
    errors = cli_creneaux.out_of_reach({**bounds, "--explain": instant, "--now": now})
    if instant is None:
        errors += [f"{name}: required without --explain" for name, bound in bounds.items() if not bound]
    elif together or in_a_row > 1:
        errors.append("--explain: answers for one créneau of one agent, without --together or --in-a-row")
    now = now or wall_clock()
    with reading(opened().sessions) as session:
        try:
            search = cli_creneaux.search(
                session,
                motif,
                lieux,
                agents,
                usager,
                now=now,
                as_agent=as_agent,
                together=together,
                in_a_row=in_a_row,
            )
        except cli_creneaux.BadSearch as bad:
            refuse([*bad.errors, *errors])
        if errors:
            refuse(errors)
        if instant:
            for line in search.reasons(instant):
                print_json(line)
        elif debut and fin:
            _print_creneaux(search, debut, fin, first, as_json=as_json)


def _print_creneaux(search: cli_creneaux.Search, debut: date, fin: date, count: int | None, *, as_json: bool) -> None:
    try:
        first, last = search.period(debut, fin)
    except cli_creneaux.BadSearch as bad:
        refuse(bad.errors)
    line = None
    for line in search.creneaux(first, last, count):
        if as_json:
            print_json(line)
        else:
            click.echo(cli_creneaux.text(line))
    if line is None:
        click.echo(search.none_found(first, last), err=True)


@main.command()
@click.option("--jsonl", is_flag=True, help="One JSON event per line in, one answer per event out.")
@click.option("--from", "sender", default="+33639980001", show_default=True, help="Who is writing.")
@click.option("--to", "recipient", help="The number of ours that is texted.")
@NOW
def chat(jsonl: bool, sender: str, recipient: str | None, now: datetime | None) -> None:
    """Talk to the bot as an SMS sender; nothing is sent for real."""
    player = Chat(opened(), now or wall_clock())
    if jsonl:
        _chat_lines(player)
        return
    click.echo("Écrivez un SMS, Entrée pour l'envoyer, Ctrl-D pour finir.", err=True)
    for text in _typed():
        at = now or wall_clock()
        told = player.play(Event(at=at, sender=sender, to=recipient, text=text))
        for message in told.out:
            lines = message["text"].replace("\n", "\n   ")
            click.echo(f"B  {lines}  [{message['segments']} seg.]")


def _chat_lines(player: Chat) -> None:
    bad = False
    # As bytes: JSON is UTF-8 whatever the terminal speaks, and a line that is not must not stop the next ones.
    lines = (line for line in sys.stdin.buffer if line.strip())
    for number, line in enumerate(lines, start=1):
        try:
            told = player.play(Event.parse(line))
        except BadEvent as error:
            click.echo(f"event {number}: {error}", err=True)
            bad = True
            continue
        print_json({"in": number, "out": list(told.out), "scene": told.scene})
    if bad:
        sys.exit(BAD_INPUT)


def _typed() -> Iterator[str]:
    while True:
        try:
            yield input("U  ")
        except (EOFError, KeyboardInterrupt):
            return


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def web(host: str, port: int) -> None:
    """Serve the webhooks and the admin; without REDIS_URL the worker and the beat run here too."""
    logs.configure()
    _guarded(lambda: serve.web(shell_here(), host, port))


@main.command()
@click.option("--port", default=8000, show_default=True)
def demo(port: int) -> None:
    """Everything in one process: a demo territory, a phone page, the admin."""
    _guarded(lambda: serve.demo(settings_here(RDV_DEMO="1"), port))


def _guarded(run: Callable[[], None]) -> None:
    try:
        run()
    except SettingsRefused as refused:
        refuse(refused.errors)
    except serve.AddressTaken as taken:
        refuse([str(taken)])


main.add_command(cli_simulate.simulate)
main.add_command(cli_dates.dates)
main.add_command(cli_understand.understand)
main.add_command(cli_bench.bench)
main.add_command(telegram_poll.command)
for command in (cli_ops.rejouer, cli_ops.vanne, cli_ops.budget):
    main.add_command(command)

if __name__ == "__main__":
    main()
