"""Sending: what was claimed is handed to the provider outside of any transaction, and what came of it is settled."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from random import random

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking.db import transaction
from bot.ledger import Outgoing, OutgoingState, Priority, in_state
from bot.outbox import bucket, budget
from bot.outbox.claiming import Claimed, claim
from bot.outbox.outcomes import raise_to, refused
from bot.outbox.queueing import ANSWER_USEFUL
from bot.outbox.receipts import join_kept
from bot.shell import Shell
from channels import Refusal, SendFailed, SendUnknown
from conversations.messages import Outbound

SENDERS = 8
"""Threads that send at once; each waits for the provider most of the time."""
SETTLE_EVERY = 0.25
"""Seconds after which what came of a batch is settled, while the rest of it is still being sent."""
LAST_START = timedelta(seconds=25)
"""What is left of a lease when a send begins at the latest: twice what a provider call takes, and some."""
BACKOFF, BACKOFF_GROWS = timedelta(seconds=30), 4
LONGEST_BACKOFF = {True: timedelta(minutes=2), False: timedelta(hours=2)}
"""The most that a message waits before it is tried again, when somebody waits for it and when nobody does."""
TRIES = 6
"""How often a message that nobody waits for is tried."""
SHORTEST_VALIDITY, LONGEST_VALIDITY = 60, 36_000
"""Seconds a provider may be told to keep a message."""

Chance = Callable[[], float]
"""A number from 0 to 1."""
Outcome = str | SendFailed | SendUnknown | None
"""The provider's id; why it has nothing; that it may have it; None: the lease was too short to begin."""

log = logging.getLogger(__name__)


def deliver(shell: Shell, contact_id: int, *, chance: Chance = random) -> int:
    """Send what waits for a contact, in order, and return how many were tried. No lock or connection is held while
    the provider is being called."""
    count = 0
    while claimed := claim(shell, contact_id=contact_id):
        settle(shell, {one: _send(shell, one) for one in claimed}, chance)
        count += len(claimed)
    return count


def deliver_to(shell: Shell, contact_ids: Collection[int]) -> None:
    """Send what waits for each of these contacts, several at a time."""
    with ThreadPoolExecutor(min(SENDERS, len(contact_ids)), thread_name_prefix="sender") as senders:
        for sent in [senders.submit(deliver, shell, contact_id) for contact_id in contact_ids]:
            sent.result()


def deliver_due(shell: Shell, *, chance: Chance = random) -> int:
    """Send one batch of what waits, whoever it is for, from several threads, and return how many were tried: 0 when
    nothing may leave now."""
    claimed = claim(shell)
    if not claimed:
        return 0
    with ThreadPoolExecutor(min(SENDERS, len(claimed)), thread_name_prefix="sender") as senders:
        pending = {senders.submit(_send, shell, one): one for one in claimed}
        while pending:
            done, _ = wait(pending, timeout=SETTLE_EVERY)
            settle(shell, {pending.pop(each): each.result() for each in done}, chance)
    return len(claimed)


def _send(shell: Shell, one: Claimed) -> Outcome:
    now = shell.clock()
    if one.lease_until - now < LAST_START:
        return None
    try:
        return shell.channels[one.channel].send(
            Outbound(
                channel=one.channel,
                sender=one.sender,
                recipient=one.address,
                text=one.text,
                options=one.options,
                receipt_url=f"{shell.settings.public_url}/webhooks/twilio/status?m={one.ref}",
                valid_for=_validity(one.deadline, now),
                question=one.question,
                quick=one.quick,
                asks_number=one.asks_number,
                template=one.template,
            )
        )
    except (SendFailed, SendUnknown) as failure:
        return failure
    except Exception:
        # A bug of ours, before the provider or after it: the provider knows.
        log.exception("send broke", extra={"outgoing_id": one.id})
        return SendUnknown("our own code failed")


def _validity(deadline: datetime | None, now: datetime) -> int | None:
    """The seconds for which the provider may keep a message that it cannot pass on at once."""
    if deadline is None:
        return None
    return min(max(SHORTEST_VALIDITY, int((deadline - now).total_seconds())), LONGEST_VALIDITY)


def settle(shell: Shell, outcomes: Mapping[Claimed, Outcome], chance: Chance) -> None:
    """Record what came of several messages, in one transaction and a constant number of statements."""
    if not outcomes:
        return
    now = shell.clock()
    claimed = {one.id: one for one in outcomes}
    with transaction(shell.sessions) as session:
        rows = _locked(session, claimed)
        back = []
        for row in rows:
            one = claimed[row.id]
            match outcomes[one]:
                case str(provider_id):
                    _note_id(row, provider_id)
                    raise_to(row, OutgoingState.SENT, None, now)
                case SendUnknown() as failure:
                    log.warning("send outcome unknown", extra={"outgoing_id": row.id, "reason": str(failure)})
                    raise_to(row, OutgoingState.UNKNOWN, failure.code, now)
                    row.settled_at = None
                case SendFailed() as failure if _is_ours(row, one):
                    back += [row] if _not_sent(session, row, failure, chance, now) else []
                case None if _is_ours(row, one):
                    row.state, row.lease_until, row.tries = OutgoingState.QUEUED, None, row.tries - 1
                    back.append(row)
        join_kept(session, shell, [row for row in rows if isinstance(outcomes[claimed[row.id]], str)])
        _slow_down(session, shell, [(row, outcomes[claimed[row.id]]) for row in rows])
        _refund(session, back, now)


def _locked(session: Session, claimed: Mapping[int, Claimed]) -> Sequence[Outgoing]:
    rows = select(Outgoing).where(Outgoing.id.in_(claimed)).options(joinedload(Outgoing.contact))
    return session.scalars(rows.order_by(Outgoing.id).with_for_update(of=Outgoing)).all()


def _is_ours(row: Outgoing, one: Claimed) -> bool:
    """Whether nobody has taken it over since, nor a receipt settled it."""
    return row.state is OutgoingState.SENDING and row.claimed_at == one.claimed_at


def _note_id(row: Outgoing, provider_id: str) -> None:
    if row.provider_id not in (None, provider_id):
        log.error("sent twice", extra={"outgoing_id": row.id})
    row.provider_id = row.provider_id or provider_id


def _not_sent(session: Session, row: Outgoing, failure: SendFailed, chance: Chance, now: datetime) -> bool:
    """Nothing left: try it again later where time may cure it. Whether it will be tried again."""
    log.warning("send failed", extra={"outgoing_id": row.id, "why": failure.why, "code": failure.code})
    again = now + _backoff(row, failure, chance)
    if failure.why in (Refusal.LATER, Refusal.OURS) and _may_try_again(row, again):
        row.state, row.lease_until, row.not_before = OutgoingState.QUEUED, None, again
        row.error_code = failure.code
    else:
        raise_to(row, OutgoingState.FAILED, failure.code, now)
    refused(session, row, failure.why, failure.code, now)
    return row.state is OutgoingState.QUEUED


def _may_try_again(row: Outgoing, again: datetime) -> bool:
    if row.deadline is not None and again >= row.deadline:
        return False
    if row.priority == Priority.REPLY:
        return again - row.created_at <= ANSWER_USEFUL
    return row.tries < TRIES


def _backoff(row: Outgoing, failure: SendFailed, chance: Chance) -> timedelta:
    """Exponential with full jitter, so that those refused together do not come back together; never sooner than
    the provider asked."""
    grown: timedelta = BACKOFF * BACKOFF_GROWS ** min(row.tries - 1, TRIES)
    ceiling = min(grown, LONGEST_BACKOFF[row.priority == Priority.REPLY])
    return max(timedelta(seconds=failure.retry_after or 0), ceiling * chance())


def _slow_down(session: Session, shell: Shell, outcomes: Sequence[tuple[Outgoing, Outcome]]) -> None:
    """A provider that has too much is asked less, for all messages of that sender: none while it says so, and where
    it does not say, nothing but answers until the bucket fills again."""
    waits: dict[str, float] = {}
    for row, outcome in outcomes:
        if isinstance(outcome, SendFailed) and outcome.why is Refusal.LATER and not _is_of_one_chat(row, outcome):
            name = bucket.name_of(row.contact.channel, row.sender)
            waits[name] = max(waits.get(name, 0.0), outcome.retry_after or 0.0)
    if waits:
        bucket.hold(session, waits, shell.settings.sms_segments_per_second, shell.clock())


def _is_of_one_chat(row: Outgoing, failure: SendFailed) -> bool:
    """Telegram asks the same whether it is a chat or the bot that has too much: first it is taken to be the chat."""
    return row.contact.channel == "telegram" and failure.retry_after is not None and row.tries == 1


def _refund(session: Session, rows: Sequence[Outgoing], now: datetime) -> None:
    """What did not leave after all has cost nothing."""
    segments: dict[int, int] = {}
    for row in rows:
        if row.organisation_id is not None:
            segments[row.organisation_id] = segments.get(row.organisation_id, 0) - row.segments
    budget.spend(session, budget.accounts(session, segments.keys(), now), segments)


def contacts_waiting(session: Session, now: datetime) -> Sequence[int]:
    """The contacts to whom an answer is due. What nobody asked for leaves by `deliver_due`, as its sender may."""
    due = select(Outgoing.contact_id).where(
        in_state(Outgoing, OutgoingState.QUEUED), Outgoing.priority == Priority.REPLY, Outgoing.not_before <= now
    )
    return session.scalars(due.distinct()).all()
