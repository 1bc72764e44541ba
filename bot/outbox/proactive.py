"""What nobody asked for: avis that are due become messages, a few ahead of the senders, in a constant number of
statements whatever their number."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from booking import avis, traces
from booking.avis import Facts
from booking.db import one_of
from booking.models import Avis, AvisEtat, AvisKind, NumeroSms
from booking.reconnaissance import TRIES, tries_left
from bot import tallies, templates
from bot.ledger import Contact, Outgoing, OutgoingState, Priority, Thread, in_state
from bot.limits import may_write_to
from bot.outbox import budget, valve, whatsapp
from bot.outbox.claiming import UNREACHABLE
from bot.outbox.outcomes import doubt
from bot.outbox.queueing import cause_of, lay_out
from bot.shell import Shell
from conversations import notices
from conversations.engine import NOTHING, Dialogue, Step, mark_of
from conversations.messages import Template
from conversations.phrases import Phrases

QUEUE_AHEAD = 200
"""Messages nobody asked for that wait in line at most: what is written long before it leaves may be wrong by then."""
A_DAY = 12
"""Of them to one number in a local day (security-and-privacy.md, T08)."""
QUIET = timedelta(minutes=10)
"""Who was just asked something is not interrupted for that long."""
REASSIGNED_AFTER = timedelta(days=45)
"""A number given up may belong to somebody else from then on (Arcep; security-and-privacy.md, T03)."""

Address = tuple[str, str]
"""A channel and an address on it."""

log = logging.getLogger(__name__)


def queue_due(session: Session, shell: Shell) -> set[int]:
    """Turn avis that are due into messages, as many as keep `QUEUE_AHEAD` in line, and return the contacts to
    deliver to. Some wait: for the answer to a question just asked, for another day once a budget or what one number
    may get is used up. Some are settled untold: to a person who said STOP, to a number that cannot be reached."""
    room = _room(session, shell.clock())
    if room <= 0:
        return set()
    due = avis.claim_due(session, shell.clock(), limit=room)
    if not due:
        return set()
    traces.sign(session, traces.SYSTEME, shell.clock())
    told = [(one, avis.facts(one)) for one in due]
    batch = _open(session, shell, told)
    for one, facts in told:
        try:
            _decide(batch, one, facts)
        except Exception:
            # One that breaks our code is no reason for the others to wait.
            log.exception("avis cannot be told", extra={"avis_id": one.id})
            batch.drop(one, "panne")
    _write(session, batch)
    return {row["contact_id"] for row in batch.rows}


def count_due(session: Session, shell: Shell) -> int:
    """How many avis are due that might become messages just now."""
    if _room(session, shell.clock()) <= 0:
        return 0
    due = select(func.count(Avis.id)).where(Avis.etat == AvisEtat.A_DIRE, Avis.du_le <= shell.clock())
    return session.scalar(due) or 0


def _room(session: Session, now: datetime) -> int:
    """How many messages may still be put in line."""
    return 0 if valve.is_shut(session, valve.SMS) else QUEUE_AHEAD - _in_line(session, now)


def _in_line(session: Session, now: datetime) -> int:
    queued = select(Outgoing.id).where(
        in_state(Outgoing, OutgoingState.QUEUED), Outgoing.priority > Priority.REPLY, Outgoing.not_before <= now
    )
    return session.scalar(select(func.count()).select_from(queued.limit(QUEUE_AHEAD).subquery())) or 0


@dataclass
class _Batch:
    """What is known before the first avis is looked at, and what is decided of each."""

    shell: Shell
    now: datetime
    contacts: dict[Address, Contact]
    closed: set[int]
    """The ids of those that nothing but a template may be sent to."""
    numeros: dict[int, list[str]]
    accounts: dict[int, budget.Account]
    left: dict[int, float]
    got_today: dict[tallies.Key, int]
    tries_left: dict[int, int]
    """Birth dates that people whose number is doubtful may still try."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    more: dict[tallies.Key, int] = field(default_factory=dict)
    doubtful: list[Contact] = field(default_factory=list)
    """Numbers that may have a new owner, found out now: nobody who shares one is to be told of there."""
    settled: list[dict[str, Any]] = field(default_factory=list)
    """Avis that are not told now, as columns to write."""

    def drop(self, one: Avis, raison: str) -> None:
        log.info("avis not told", extra={"avis_id": one.id, "reason": raison})
        self.settled.append({"id": one.id, "etat": AvisEtat.SANS_OBJET, "raison": raison, "du_le": one.du_le})

    def put_off(self, one: Avis, until: datetime | None, raison: str) -> None:
        """Until then, or for ever where that is too late."""
        if until is None:
            self.drop(one, raison)
        else:
            self.settled.append({"id": one.id, "etat": AvisEtat.A_DIRE, "raison": None, "du_le": until})


def _open(session: Session, shell: Shell, told: Sequence[tuple[Avis, Facts]]) -> _Batch:
    now = shell.clock()
    addresses = {address for one, _ in told for address in _addresses(one)}
    contacts = _contacts(session, addresses)
    organisations = {facts.organisation_id for _, facts in told}
    accounts = budget.accounts(session, organisations, now)
    keys = [_key(contact, account) for contact in contacts.values() for account in accounts.values()]
    return _Batch(
        shell,
        now,
        contacts,
        whatsapp.closed(session, contacts.values(), now),
        _numeros(session, organisations),
        accounts,
        budget.left(session, accounts.values()),
        tallies.read(session, set(keys)),
        tries_left(session, {one.destinataire for one, _ in told if one.destinataire.a_reverifier is not None}),
    )


def _addresses(one: Avis) -> list[Address]:
    """Where a person may be written to: first where they wrote from last, by SMS when nothing tells."""
    person = one.destinataire
    ways = [("sms", person.telephone), ("telegram", person.telegram)]
    if person.canal == "whatsapp":
        ways.insert(0, ("whatsapp", person.telephone))
    known = [(channel, address) for channel, address in ways if address and may_write_to(address)]
    return known[::-1] if person.canal == "telegram" else known


def _contacts(session: Session, addresses: Collection[Address]) -> dict[Address, Contact]:
    """The contacts at these addresses with their threads, made where there are none, locked. One that is being
    answered just now is left out."""
    if not addresses:
        return {}
    found = _locked(session, addresses)
    missing = [address for address in addresses if address not in found]
    if not missing:
        return found
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    made = [{"channel": channel, "address": address} for channel, address in sorted(missing)]
    session.execute(dialect.insert(Contact).on_conflict_do_nothing(), made)
    return {**found, **_locked(session, missing)}


def _locked(session: Session, addresses: Iterable[Address]) -> dict[Address, Contact]:
    wanted = set(addresses)
    rows = session.scalars(
        select(Contact)
        .options(joinedload(Contact.thread))
        .where(Contact.channel.in_({channel for channel, _ in wanted}))
        .where(Contact.address.in_({address for _, address in wanted}))
        .order_by(Contact.id)
        .with_for_update(of=Contact, skip_locked=True, key_share=True)
    )
    return {(row.channel, row.address): row for row in rows if (row.channel, row.address) in wanted}


def _numeros(session: Session, organisation_ids: Collection[int]) -> dict[int, list[str]]:
    """The numbers that organisations have, by their ids."""
    theirs = (
        select(NumeroSms.organisation_id, NumeroSms.numero)
        .where(one_of(NumeroSms.organisation_id, organisation_ids))
        .order_by(NumeroSms.numero)
    )
    numeros: dict[int, list[str]] = {}
    for organisation_id, numero in session.execute(theirs):
        numeros.setdefault(organisation_id, []).append(numero)
    return numeros


def _key(contact: Contact, account: budget.Account) -> tallies.Key:
    return f"told:{contact.id}", account.day


def _decide(batch: _Batch, one: Avis, facts: Facts) -> None:
    addresses = _addresses(one)
    contacts = [batch.contacts[address] for address in addresses if address in batch.contacts]
    if len(contacts) < len(addresses):
        return batch.put_off(one, one.du_le, "")
    contact = next((each for each in contacts if _is_open(batch, each, facts)), None)
    if (silence := _silence(one, contacts, contact)) is not None:
        return batch.drop(one, silence)
    assert contact is not None, "whoever has no address that is open is unreachable"
    if (until := _silent_until(contact, batch.now)) is not None and _can_wait(one, until):
        return batch.put_off(one, until, "")
    if until is not None and one.kind is AvisKind.REMINDER:
        return batch.drop(one, "trop")
    if (until := _quiet_until(contact, one, batch.now)) is not None:
        return batch.put_off(one, until, "")
    return _tell(batch, one, facts, contact)


def _silence(one: Avis, contacts: Sequence[Contact], contact: Contact | None) -> str | None:
    """Why a person is not to be written to at the contact that is open, of theirs."""
    person = one.destinataire
    if not contacts:
        return UNREACHABLE
    if person.protege:
        return "protege"
    # STOP is said to us, not to a channel: another one is no way round it.
    if person.arret_le is not None or any(each.stopped_at is not None for each in (contacts[0], contact) if each):
        return "stop"
    return UNREACHABLE if contact is None else None


def _is_closed(contact: Contact, now: datetime) -> bool:
    """Nothing could be sent there lately; after longer, the number may work again, for somebody else."""
    if contact.unreachable_at is None:
        return False
    return contact.channel == "telegram" or now - contact.unreachable_at <= REASSIGNED_AFTER


def _is_open(batch: _Batch, contact: Contact, facts: Facts) -> bool:
    """Whether the news may leave there, in our own words or as a template."""
    if _is_closed(contact, batch.now):
        return False
    return contact.id not in batch.closed or _template(batch, contact, facts) is not None


def _template(batch: _Batch, contact: Contact, facts: Facts) -> Template | None:
    """What leaves in place of our own words, where they may not."""
    if contact.id not in batch.closed:
        return None
    known = batch.shell.settings.whatsapp_templates
    return templates.fill(known, notices.phrases(facts), facts.langue, Phrases(facts.langue, facts.zone))


def _silent_until(contact: Contact, now: datetime) -> datetime | None:
    """Until when a number that wrote too much is written nothing; None: it is not."""
    until = contact.silent_until
    return until if until is not None and until > now else None


def _can_wait(one: Avis, until: datetime) -> bool:
    return one.limite is None or until < one.limite


def _quiet_until(contact: Contact, one: Avis, now: datetime) -> datetime | None:
    """When an avis may interrupt the agent who has the conversation, or the question that is open; None: now. What we
    asked on our own is no conversation: news may follow it, but not another question."""
    held = contact.held_until if contact.is_held(now) else None
    if held is not None and _can_wait(one, held):
        return held
    thread = contact.thread
    step = Dialogue.load(thread.state, thread.asked_at).step if thread else None
    if thread is None or step is None or (step.is_notice and one.kind is not AvisKind.REMINDER):
        return None
    until = thread.asked_at + QUIET
    return until if until > now and _can_wait(one, until) else None


def _tell(batch: _Batch, one: Avis, facts: Facts, contact: Contact) -> None:
    account = batch.accounts[facts.organisation_id]
    key = _key(contact, account)
    facts = _neutral(batch, contact, one, facts)
    sender = _sender(batch, facts, contact)
    rows = _rows(batch, one, facts, contact, sender)
    question = notices.question(facts)
    cost = sum(row["segments"] for row in rows)
    if batch.got_today.get(key, 0) + len(rows) > A_DAY:
        return batch.put_off(one, account.next_day(batch.now, one.limite), "trop")
    if batch.left[facts.organisation_id] < cost:
        return batch.put_off(one, account.next_day(batch.now, one.limite), "budget")
    batch.left[facts.organisation_id] -= cost
    batch.got_today[key] = batch.got_today.get(key, 0) + len(rows)
    batch.more[key] = batch.more.get(key, 0) + len(rows)
    batch.rows += rows
    # An answer comes to the number that wrote.
    contact.texted = sender
    if question is not None:
        _ask(contact, question, batch.now)
    return None


def _neutral(batch: _Batch, contact: Contact, one: Avis, facts: Facts) -> Facts:
    """A number that may have a new owner is told nothing of anybody, until the birth day and month are given."""
    person = one.destinataire
    is_silent = contact.seen_at is not None and batch.now - contact.seen_at > REASSIGNED_AFTER
    may_change_hands = contact.channel != "telegram"
    if may_change_hands and (is_silent or contact.unreachable_at is not None) and person.a_reverifier is None:
        person.a_reverifier = batch.now
        batch.doubtful.append(contact)
    if person.a_reverifier is None:
        return facts
    may_try = batch.tries_left.get(person.id, TRIES) > 0
    return replace(facts, neutre=True, discret=True, naissance=facts.naissance if may_try else None)


def _sender(batch: _Batch, facts: Facts, contact: Contact) -> str | None:
    """A number of the organisation's own, the one the contact knows if it can be; where it has none, the one texted,
    as on WhatsApp, where not all of them are."""
    if contact.channel == "whatsapp":
        return contact.texted
    own = batch.numeros.get(facts.organisation_id)
    return contact.texted if own is None or contact.texted in own else own[0]


def _rows(batch: _Batch, one: Avis, facts: Facts, contact: Contact, sender: str | None) -> list[dict[str, Any]]:
    says = notices.phrases(facts)
    template = _template(batch, contact, facts)
    about = {
        "received_id": None,
        "priority": Priority.REMINDER if one.kind is AvisKind.REMINDER else Priority.NEWS,
        "deadline": one.limite,
        "avis_id": one.id,
        "organisation_id": facts.organisation_id,
        "question": _mark(contact, facts) if contact.channel == "telegram" else None,
        "template": asdict(template) if template else None,
    }
    phrases = Phrases(facts.langue, facts.zone)
    return lay_out(batch.shell, contact, says, phrases, cause=cause_of(one.id, contact), sender=sender, about=about)


def _mark(contact: Contact, facts: Facts) -> str:
    """What the buttons under the news answer: the question that it asks, else the one that is open already."""
    asked, thread = notices.question(facts), contact.thread
    if asked is not None:
        return mark_of(asked)
    return Dialogue.load(thread.state, thread.asked_at).mark if thread else NOTHING


def _ask(contact: Contact, question: Step, now: datetime) -> None:
    """The message is a question: it is the open one from now on, and the one before it comes after."""
    thread = contact.thread
    dialogue = Dialogue.load(thread.state, thread.asked_at) if thread else Dialogue()
    state = dialogue.interrupted_by(question, now).save()
    if thread is None:
        contact.thread = Thread(contact_id=contact.id, state=state, asked_at=now)
    else:
        thread.state, thread.asked_at = state, now


def _write(session: Session, batch: _Batch) -> None:
    for contact in batch.doubtful:
        doubt(session, contact, batch.now)
    session.flush()
    if batch.rows:
        # What was told once is not told again, and does not keep the others from being told.
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(Outgoing).on_conflict_do_nothing(), batch.rows)
    if batch.settled:
        session.execute(update(Avis), batch.settled)
    tallies.add(session, batch.more)
