"""What leaves now: claimed under a lease, answers first, one message per person at a time; what is of no use any
more is dropped."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased, contains_eager

from booking import avis
from booking.db import transaction
from booking.models import Avis, AvisEtat
from bot.ledger import Contact, Outgoing, OutgoingState, Priority, in_state
from bot.outbox import bucket, budget, pace, valve, whatsapp
from bot.shell import Shell
from conversations.messages import Template

BATCH = 100
LEASE = timedelta(seconds=60)
"""How long a sender may keep a message before its outcome is taken as unknown; a provider call lasts 10 s at most."""
DELAYED = timedelta(minutes=15)
"""A message nobody asked for that is later than that was meant for another moment: it obeys the window again."""
UNREACHABLE = "injoignable"
"""Why nothing is sent to an address that is closed."""
OF_USE_AFTER_OPENING = timedelta(hours=1)
"""What may wait for the next opening of the window has to be of use for so long after it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claimed:
    """One message in a sender's hands until `lease_until`."""

    id: int
    ref: str
    channel: str
    address: str
    sender: str | None
    text: str
    options: tuple[str, ...]
    question: str | None
    quick: tuple[str, ...]
    asks_number: bool
    template: Template | None
    deadline: datetime | None
    claimed_at: datetime
    lease_until: datetime


def claim(shell: Shell, *, contact_id: int | None = None) -> list[Claimed]:
    """Take the messages that may leave now, `BATCH` at most, each once whoever else is asking: the first in line of
    each person, answers before the rest; only that contact's when one is given. Empty when there is nothing, or
    when it has to wait: for the bucket of its sender, a budget, the valve."""
    while True:
        with transaction(shell.sessions) as session:
            heads = _heads(session, shell, contact_id)
            claimed = _lease(session, shell, _sort_out(session, shell, heads))
        if claimed or all(_is_still_in_line(row, shell.clock()) for row in heads):
            return claimed


def _is_still_in_line(row: Outgoing, now: datetime) -> bool:
    return row.state is OutgoingState.QUEUED and row.not_before <= now


def _heads(session: Session, shell: Shell, contact_id: int | None) -> Sequence[Outgoing]:
    """The first message in line of each contact, with its contact, both locked. A contact that is being answered,
    or whose messages another sender is claiming, is passed over."""
    shut = valve.names_shut(session)
    if valve.SMS in shut:
        return []
    now = shell.clock()
    heads = _in_front(now).where(Outgoing.kind.not_in(shut)) if shut else _in_front(now)
    if contact_id is not None:
        heads = heads.where(Outgoing.contact_id == contact_id)
    else:
        heads = _of_ready_senders(session, shell, heads)
    # Whoever sends to one person waits for its turn to end: what it says may be what there is to send.
    locked = heads.with_for_update(of=[Outgoing, Contact], skip_locked=contact_id is None, key_share=True)
    return session.scalars(locked.limit(BATCH)).all()


def _in_front(now: datetime) -> Select[Outgoing]:
    """Nobody is sending to the person, and no message before it is due; an answer, and the first part of the same
    news, are waited for even while they wait themselves.

    Asked row by row, one look into the index of who is in line each: with OFFSET 0 PostgreSQL cannot make one join of
    it, which, as it knows nothing of rows that come and go, would compare all that waits with all that waits."""
    other = aliased(Outgoing)
    to_the_same = select(other.id).where(other.contact_id == Outgoing.contact_id)
    on_its_way = to_the_same.where(in_state(other, OutgoingState.SENDING))
    before = to_the_same.where(
        in_state(other, OutgoingState.QUEUED),
        tuple_(other.priority, other.id) < tuple_(Outgoing.priority, Outgoing.id),
        or_(other.not_before <= now, other.priority == Priority.REPLY, other.avis_id == Outgoing.avis_id),
    )
    return (
        select(Outgoing)
        .join(Outgoing.contact)
        .options(contains_eager(Outgoing.contact))
        .where(in_state(Outgoing, OutgoingState.QUEUED), Outgoing.not_before <= now)
        .where(~on_its_way.offset(0).exists(), ~before.offset(0).exists())
        .order_by(Outgoing.priority, Outgoing.id)
    )


def _of_ready_senders(session: Session, shell: Shell, heads: Select[Outgoing]) -> Select[Outgoing]:
    """Without what would only be looked at to be left: one slow number does not hide what another may send."""
    levels = bucket.levels(session, shell.settings.sms_segments_per_second, shell.clock())
    name = case(
        (Contact.channel.in_(bucket.PER_SECOND), Contact.channel),
        else_=func.coalesce(Outgoing.sender, Contact.channel),
    )
    if held := [one for one, level in levels.items() if level.is_held]:
        heads = heads.where(name.not_in(held))
    if empty := [one for one, level in levels.items() if level.is_empty]:
        heads = heads.where(or_(Outgoing.priority == Priority.REPLY, name.not_in(empty)))
    return heads


def _sort_out(session: Session, shell: Shell, heads: Sequence[Outgoing]) -> list[Outgoing]:
    """Those that leave. The others are dropped for good, put off, or left in line for a later pass."""
    if not heads:
        return []
    now = shell.clock()
    wanted = _at_their_pace(session, shell, _drop_useless(session, heads, now), now)
    ids = {row.organisation_id for row in wanted if row.organisation_id is not None}
    accounts = budget.accounts(session, ids, now)
    affordable = _put_off(session, wanted, accounts, now)
    leaving = _through_buckets(session, shell, affordable)
    spent = Counter[int]()
    for row in leaving:
        if row.organisation_id is not None:
            spent[row.organisation_id] += row.segments
    budget.spend(session, accounts, spent)
    return leaving


def _at_their_pace(session: Session, shell: Shell, rows: Sequence[Outgoing], now: datetime) -> list[Outgoing]:
    """Without those to a chat that has just had all that it takes: they wait until it takes more."""
    chats = {row.contact_id for row in rows if row.contact.channel == "telegram"}
    full = pace.full_until(session, chats, now) if shell.settings.sms_segments_per_second else {}
    for row in rows:
        row.not_before = full.get(row.contact_id, row.not_before)
    return [row for row in rows if row.contact_id not in full]


def _drop_useless(session: Session, heads: Sequence[Outgoing], now: datetime) -> list[Outgoing]:
    told = {row.avis_id for row in heads if row.avis_id is not None}
    true = avis.still_hold(session, told, now) if told else set()
    closed = whatsapp.closed(session, [row.contact for row in heads], now)
    reasons = {row.id: _why_not(row, true, closed, now) for row in heads}
    dropped = [row for row in heads if reasons[row.id]]
    _drop(session, {row: reason for row in dropped if (reason := reasons[row.id])}, now)
    return [row for row in heads if not reasons[row.id]]


def _why_not(row: Outgoing, true: set[int], closed: set[int], now: datetime) -> str | None:
    contact = row.contact
    if row.deadline is not None and row.deadline <= now:
        return "perime"
    if row.avis_id is not None and row.avis_id not in true:
        return "change"
    if row.priority > Priority.REPLY and contact.stopped_at is not None:
        return "stop"
    # Known before, it was taken into account when the message was queued.
    if contact.unreachable_at is not None and contact.unreachable_at >= row.created_at:
        return UNREACHABLE
    return whatsapp.CLOSED if contact.id in closed and row.template is None else None


def _drop(session: Session, reasons: dict[Outgoing, str], now: datetime) -> None:
    """Settle them without sending; agents see on the avis why it was not told."""
    for row, reason in reasons.items():
        row.state, row.settled_at, row.error_code = OutgoingState.DROPPED, now, reason
        log.info("not sent", extra={"outgoing_id": row.id, "reason": reason})
    session.flush()
    elsewhere = {
        row.avis_id
        for row, reason in reasons.items()
        if reason == UNREACHABLE and row.avis_id is not None and avis.tell_elsewhere(session, row.avis_id, now)
    }
    unsaid = [row for row, reason in reasons.items() if reason == whatsapp.CLOSED]
    for row in unsaid:
        whatsapp.by_sms(session, row, now)
    elsewhere |= {row.avis_id for row in unsaid if row.avis_id is not None}
    untold = [
        {"id": row.avis_id, "etat": AvisEtat.SANS_OBJET, "raison": reason}
        for row, reason in reasons.items()
        if row.avis_id not in (None, *elsewhere) and row.cause.endswith(":0")
    ]
    if untold:
        session.execute(update(Avis), untold)


def _put_off(
    session: Session, rows: Sequence[Outgoing], accounts: dict[int, budget.Account], now: datetime
) -> list[Outgoing]:
    """Those that may leave at this hour and within their organisation's budget: answers and agents' own words
    always. The others wait for the window to open, if they are still of use then."""
    left = budget.left(session, accounts.values())
    kept, dropped = [], {}
    for row in rows:
        account = accounts.get(row.organisation_id) if row.organisation_id is not None else None
        if row.priority == Priority.REPLY or account is None:
            kept.append(row)
        elif left[account.organisation_id] < row.segments:
            opening = account.next_day(now, row.deadline)
            if opening is None:
                dropped[row] = "budget"
            else:
                row.not_before = opening
        elif opening := _next_opening(row, account, now):
            row.not_before = opening
        else:
            left[account.organisation_id] -= row.segments
            kept.append(row)
    _drop(session, dropped, now)
    return kept


def _next_opening(row: Outgoing, account: budget.Account, now: datetime) -> datetime | None:
    """When what is late has to wait for, outside of the window; None: it leaves now."""
    if now - row.created_at <= DELAYED or account.fenetre.is_open(now):
        return None
    latest = row.deadline - OF_USE_AFTER_OPENING if row.deadline else now + budget.AHEAD
    return account.fenetre.opening(now, latest) if latest >= now else None


def _through_buckets(session: Session, shell: Shell, rows: Sequence[Outgoing]) -> list[Outgoing]:
    """Those whose sender may still send; an answer passes whatever the level, and is taken from it, unless the provider
    would refuse it."""
    if not rows:
        return []
    now, rate = shell.clock(), shell.settings.sms_segments_per_second
    levels = bucket.lock(session, {_bucket(row) for row in rows}, rate, now)
    taken = Counter[str]()
    leaving = []
    for row in rows:
        name = _bucket(row)
        level = levels[name]
        may_wait = row.priority > Priority.REPLY or name in bucket.PER_SECOND
        if level.is_held or (may_wait and level.segments - taken[name] <= 0):
            continue
        # Where nothing is billed, what counts is the message.
        taken[name] += row.segments or 1
        leaving.append(row)
    bucket.take(session, levels, taken, now)
    return leaving


def _bucket(row: Outgoing) -> str:
    return bucket.name_of(row.contact.channel, row.sender)


def _lease(session: Session, shell: Shell, leaving: Sequence[Outgoing]) -> list[Claimed]:
    """Take them, but those of a person to whom another sender began to send before we had the lock."""
    if not leaving:
        return []
    now = shell.clock()
    other = aliased(Outgoing)
    in_hand = select(other.id).where(other.contact_id == Outgoing.contact_id, in_state(other, OutgoingState.SENDING))
    taken = session.scalars(
        update(Outgoing)
        # Each by its id: SQLite would look through the whole table for a list in one parameter.
        .where(Outgoing.id.in_([row.id for row in leaving]), Outgoing.state == OutgoingState.QUEUED)
        .where(~in_hand.exists())
        .values(state=OutgoingState.SENDING, claimed_at=now, lease_until=now + LEASE, tries=Outgoing.tries + 1)
        .returning(Outgoing.id)
        .execution_options(synchronize_session=False)
    )
    ours = set(taken)
    return [_claimed(row, now) for row in leaving if row.id in ours]


def _claimed(row: Outgoing, now: datetime) -> Claimed:
    return Claimed(
        id=row.id,
        ref=row.ref,
        channel=row.contact.channel,
        address=row.contact.address,
        sender=row.sender,
        text=row.text,
        options=tuple(row.options),
        question=row.question,
        quick=tuple(row.quick),
        asks_number=row.asks_number,
        template=Template(row.template["name"], tuple(row.template["blanks"])) if row.template else None,
        deadline=row.deadline,
        claimed_at=now,
        lease_until=now + LEASE,
    )
