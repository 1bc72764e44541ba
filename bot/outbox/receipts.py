"""What a provider says of a message after it left: kept as it came, and it only moves the message forward."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import insert_once, transaction
from bot.ledger import Outgoing, OutgoingState, Priority, Receipt
from bot.outbox import budget
from bot.outbox.outcomes import arrived, raise_to, refused
from bot.shell import Shell
from channels import Refusal

STATES = {
    "accepted": OutgoingState.SENT,
    "scheduled": OutgoingState.SENT,
    "queued": OutgoingState.SENT,
    "sending": OutgoingState.SENT,
    "sent": OutgoingState.SENT,
    "partially_delivered": OutgoingState.SENT,
    "delivered": OutgoingState.DELIVERED,
    "read": OutgoingState.DELIVERED,
    "failed": OutgoingState.FAILED,
    "undelivered": OutgoingState.FAILED,
    "canceled": OutgoingState.FAILED,
}
"""What we know by each of the provider's words: that it has the message at all settles an unknown outcome. Of
Twilio's thirteen, "receiving" and "received" are of other people's messages; these, and words still to be
invented, are kept and change nothing."""

AGAIN = {"": "bis", "bis": "ter"}
"""How the cause of a message that is sent again ends: twice at most."""
AGAIN_AFTER = timedelta(hours=1)
"""A phone that is off is given that long before it is tried again."""
WORTH_AGAIN = timedelta(minutes=30)
"""How long before its deadline a message must leave to be worth sending again."""


def record_receipt(shell: Shell, *, provider_id: str, status: str, error_code: str | None, ref: str | None) -> None:
    """Keep what a provider says of a message and move its state forward, never back. A receipt may come before
    the answer to our own send: `ref`, our name in the callback URL, finds the row all the same."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        by_name = Outgoing.ref == ref if ref else Outgoing.provider_id == provider_id
        row = session.scalars(select(Outgoing).where(by_name).with_for_update()).first()
        session.add(
            Receipt(
                outgoing_id=row.id if row else None,
                provider_id=provider_id[:80],
                status=status[:40],
                error_code=error_code,
                received_at=now,
            )
        )
        if row is not None:
            row.provider_id = row.provider_id or provider_id[:80]
            learn(session, shell, row, status, error_code)


def join_kept(session: Session, shell: Shell, rows: Sequence[Outgoing]) -> None:
    """Give rows whose provider's id has just become known what was said of them before it was, in one statement
    where nothing was."""
    by_id = {row.provider_id: row for row in rows if row.provider_id}
    unjoined = select(Receipt).where(Receipt.provider_id.in_(by_id), Receipt.outgoing_id.is_(None))
    for receipt in session.scalars(unjoined.order_by(Receipt.id)) if by_id else ():
        row = by_id[receipt.provider_id]
        receipt.outgoing_id = row.id
        learn(session, shell, row, receipt.status, receipt.error_code)


def learn(session: Session, shell: Shell, row: Outgoing, status: str, error_code: str | None) -> None:
    """Draw what follows from one status word; said again or too late, nothing does."""
    now = shell.clock()
    state = STATES.get(status)
    if state is None or not raise_to(row, state, error_code, now):
        return
    if state is OutgoingState.DELIVERED:
        arrived(session, row, now)
    if state is OutgoingState.FAILED:
        why = shell.channels[row.contact.channel].why(error_code)
        refused(session, row, why, error_code, now)
        if why is Refusal.LATER:
            _send_again(session, row, now)


def _send_again(session: Session, row: Outgoing, now: datetime) -> None:
    """Queue a message anew that time may yet bring there. Nobody waits for an answer that is an hour old."""
    before = row.cause.rpartition(":")[2]
    ending = AGAIN.get(before if before in AGAIN.values() else "")
    when = _when_again(session, row, now)
    if row.priority == Priority.REPLY or ending is None or when is None:
        return
    same = ("contact_id", "kind", "sender", "text", "options", "question", "segments", "deadline", "priority",
            "avis_id", "organisation_id", "template")  # fmt: skip
    insert_once(
        session,
        Outgoing,
        **{name: getattr(row, name) for name in same},
        cause=f"{row.cause.removesuffix(f':{before}') if before in AGAIN else row.cause}:{ending}",
        created_at=now,
        not_before=when,
    )


def _when_again(session: Session, row: Outgoing, now: datetime) -> datetime | None:
    """Within the window of the organisation, and while it is of use; None: never."""
    if row.deadline is None or row.organisation_id is None:
        return None
    account = budget.accounts(session, [row.organisation_id], now)[row.organisation_id]
    earliest, latest = now + AGAIN_AFTER, row.deadline - WORTH_AGAIN
    return account.fenetre.opening(earliest, latest) if earliest <= latest else None
