"""Outcomes nobody knows: before such a message is sent again, the provider is asked whether it has it."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased, contains_eager

from booking.db import transaction
from bot.ledger import Outgoing, OutgoingState, Priority, in_state
from bot.outbox.outcomes import raise_to
from bot.outbox.receipts import join_kept, learn
from bot.shell import Shell
from channels import SendError, There

ASKERS = 4
CONTACTS = 20
"""Asked about in one go; each takes 10 s at most."""
LISTED_AFTER = timedelta(seconds=30)
"""A message that is not in the provider's list that long after it was claimed is not there."""
CLOCKS_APART = timedelta(minutes=1)
"""How far the provider's clock may be behind ours."""
UNLISTED = ("telegram",)
"""Whose provider lists nothing: what counts there as never sent may well have been. It is sent again once, no more."""
ASKING = timedelta(minutes=2)
"""How long whoever asks keeps the rows to itself."""
LONGEST_WAIT = timedelta(minutes=15)
"""Between two questions to a provider that does not answer."""
ANSWER_USEFUL = timedelta(minutes=10)
"""An answer older than that surprises: whoever asked has long asked again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Question:
    """What the provider is asked about one contact."""

    contact_id: int
    channel: str
    address: str
    since: datetime


def abandon_expired_leases(shell: Shell) -> None:
    """A message whose sender died in mid-call may have left: its outcome is unknown, it is not sent again."""
    now = shell.clock()
    with transaction(shell.sessions) as session:
        session.execute(
            update(Outgoing)
            .where(in_state(Outgoing, OutgoingState.SENDING), Outgoing.lease_until < now)
            .values(state=OutgoingState.UNKNOWN, lease_until=None, not_before=now)
            .execution_options(synchronize_session=False)
        )


def settle_unknown(shell: Shell) -> int:
    """Ask the provider, once per contact, what became of the messages whose outcome is unknown, and return how many
    are known now. What it has is sent; what it certainly has not is queued again while it is of use; where it
    cannot be asked, it is asked again later."""
    questions = _questions(shell)
    if not questions:
        return 0
    with ThreadPoolExecutor(min(ASKERS, len(questions)), thread_name_prefix="asker") as askers:
        answers = dict(zip(questions, askers.map(lambda one: _ask(shell, one), questions), strict=True))
    return sum(_settle(shell, question, there) for question, there in answers.items())


def _questions(shell: Shell) -> list[_Question]:
    """Whom to ask about: the rows are kept from others meanwhile. While something is on its way to a contact, its
    list cannot be read: it might show that message in the place of another."""
    now = shell.clock()
    other = aliased(Outgoing)
    on_its_way = select(other.id).where(other.contact_id == Outgoing.contact_id, in_state(other, OutgoingState.SENDING))
    with transaction(shell.sessions) as session:
        unknown = (
            select(Outgoing)
            .join(Outgoing.contact)
            .options(contains_eager(Outgoing.contact))
            .where(in_state(Outgoing, OutgoingState.UNKNOWN), Outgoing.not_before <= now)
            .where(Outgoing.claimed_at <= now - LISTED_AFTER, ~on_its_way.exists())
            .order_by(Outgoing.priority, Outgoing.id)
            .with_for_update(of=Outgoing, skip_locked=True)
        )
        rows = session.scalars(unknown.limit(5 * CONTACTS)).all()
        by_contact = groupby(sorted(rows, key=_contact_id), _contact_id)
        asked = [list(group) for _, group in by_contact][:CONTACTS]
        for row in (row for group in asked for row in group):
            row.not_before = now + ASKING
        return [_question(group) for group in asked]


def _contact_id(row: Outgoing) -> int:
    return row.contact_id


def _question(rows: Sequence[Outgoing]) -> _Question:
    contact = rows[0].contact
    since = min(row.claimed_at or row.created_at for row in rows) - CLOCKS_APART
    return _Question(contact.id, contact.channel, contact.address, since)


def _ask(shell: Shell, question: _Question) -> Sequence[There] | None:
    """What the provider has, oldest first; None when it cannot be asked."""
    try:
        return shell.channels[question.channel].sent_to(question.address, question.since, channel=question.channel)
    except SendError as error:
        log.warning("outcome still unknown", extra={"contact_id": question.contact_id, "reason": str(error)})
        return None


def _settle(shell: Shell, question: _Question, there: Sequence[There] | None) -> int:
    now = shell.clock()
    with transaction(shell.sessions) as session:
        rows = _unknown_of(session, question, now)
        if there is None:
            for row in rows:
                row.not_before = now + min(max(LISTED_AFTER, now - (row.claimed_at or now)), LONGEST_WAIT)
            return 0
        found = _matched(rows, _not_ours_yet(session, question.contact_id, there))
        for row in rows:
            if row.id in found:
                _is_there(session, shell, row, found[row.id])
            else:
                _is_not_there(session, row, question.channel, now)
        join_kept(session, shell, [row for row in rows if row.id in found])
        return len(rows)


def _unknown_of(session: Session, question: _Question, now: datetime) -> Sequence[Outgoing]:
    """The rows that the answer is about, those still unknown: a receipt may have come meanwhile."""
    rows = (
        select(Outgoing)
        .where(Outgoing.contact_id == question.contact_id, in_state(Outgoing, OutgoingState.UNKNOWN))
        .where(Outgoing.claimed_at >= question.since, Outgoing.claimed_at <= now - LISTED_AFTER)
    )
    return session.scalars(rows.order_by(Outgoing.id).with_for_update()).all()


def _not_ours_yet(session: Session, contact_id: int, there: Sequence[There]) -> list[There]:
    """What is in the list and is none of the messages whose id we know."""
    ids = [one.provider_id for one in there]
    known = set(session.scalars(select(Outgoing.provider_id).where(Outgoing.provider_id.in_(ids))))
    return [one for one in there if one.provider_id not in known]


def _matched(rows: Sequence[Outgoing], there: Sequence[There]) -> Mapping[int, There]:
    """Each row's message in the list, by its text: the oldest of those that no older row is matched with. Of a
    template the provider lists its own text: any that is left is taken for it."""
    left = list(there)
    found = {}
    for row in sorted(rows, key=lambda row: row.template is not None):
        same = next((one for one in left if row.template or one.text.strip() == row.text.strip()), None)
        if same is not None:
            left.remove(same)
            found[row.id] = same
    return found


def _is_there(session: Session, shell: Shell, row: Outgoing, there: There) -> None:
    row.provider_id = there.provider_id
    raise_to(row, OutgoingState.SENT, None, shell.clock())
    learn(session, shell, row, there.status, None)


def _is_not_there(session: Session, row: Outgoing, channel: str, now: datetime) -> None:
    """It never left: in line again while it is of use, else dropped."""
    if channel in UNLISTED and row.tries > 1:
        raise_to(row, OutgoingState.DROPPED, "inconnu", now)
    elif _is_of_use(session, row, now):
        row.state, row.not_before, row.lease_until = OutgoingState.QUEUED, now, None
    else:
        raise_to(row, OutgoingState.DROPPED, "perime", now)


def _is_of_use(session: Session, row: Outgoing, now: datetime) -> bool:
    if row.deadline is not None:
        return now < row.deadline
    if row.priority != Priority.REPLY:
        return True
    if now - row.created_at > ANSWER_USEFUL:
        return False
    # An older question that comes after a newer one would be answered in its place.
    newer = select(Outgoing.id).where(
        Outgoing.contact_id == row.contact_id,
        Outgoing.id > row.id,
        ~Outgoing.cause.startswith(row.cause.rpartition(":")[0], autoescape=True),
        Outgoing.state.in_((OutgoingState.SENT, OutgoingState.DELIVERED)),
    )
    return session.scalars(newer.limit(1)).first() is None
