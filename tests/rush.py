"""A rush: many processes, each a different person, answer the same question at the same instant.

`python -m tests.rush DATABASE_URL TEXT` forks one process per contact that has an open question, lines them up
behind a barrier, has each send TEXT, and prints how many there were.
"""

import os
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from uuid import uuid4

from sqlalchemy import event, select

from booking.db import reading
from bot import turn
from bot.ledger import Contact, Thread
from bot.settings import Settings
from bot.shell import open_shell
from conversations.messages import Inbound
from tests.worlds import dans


def answer(url: str, address: str, text: str, minutes: int, start: Barrier) -> None:
    """One person's process: connect, wait for the others, answer."""
    shell = open_shell(Settings(database_url=url, demo=True), clock=lambda: dans(minutes))
    if shell.engine.dialect.name == "sqlite":
        # Its queue is not fair: on a busy machine the unluckiest of fifty waits longer than the product would.
        event.listen(shell.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=100000"))
    with reading(shell.sessions) as session:
        contact_id = session.scalars(select(Contact.id).where(Contact.address == address)).one()
    start.wait(timeout=60)
    turn.receive(shell, Inbound("sms", f"rush-{uuid4().hex}", address, None, text))
    turn.drain(shell, contact_id)
    shell.engine.dispose()


def rush(url: str, addresses: Sequence[str], text: str, minutes: int) -> None:
    """All of them at once; raises when one of the processes failed."""
    forked = get_context("fork")
    start = forked.Barrier(len(addresses))
    people = [forked.Process(target=answer, args=(url, one, text, minutes, start)) for one in addresses]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=120)
    failed = [person.exitcode for person in people if person.exitcode != 0]
    if failed:
        raise SystemExit(f"{len(failed)} of {len(people)} processes failed: {failed}")


def main() -> None:
    url, text, minutes = sys.argv[1:]
    shell = open_shell(Settings(database_url=url, demo=True))
    with reading(shell.sessions) as session:
        addresses = session.scalars(select(Contact.address).join(Thread)).all()
    # No connection is inherited by the children.
    shell.engine.dispose()
    rush(url, addresses, text, int(minutes))
    sys.stdout.write(f"{len(addresses)} {os.getpid()}\n")


if __name__ == "__main__":
    main()
