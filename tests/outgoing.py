"""What tests of the outbox share: a provider within the process, messages to send, avis that are due."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from time import sleep
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from booking.db import reading, transaction
from booking.models import Avis, AvisKind, NumeroSms, Organisation, Usager
from bot import outbox
from bot.ledger import Contact, Outgoing, Priority
from bot.shell import Shell
from channels import Laid, Refusal, SendError, There
from conversations.messages import Inbound, Outbound
from tests.makers import World
from tests.worlds import ARRAS, MARIE, NOW

Answer = SendError | None
"""What becomes of one send: an error, or nothing in particular."""


def number(place: int) -> str:
    """One of the numbers kept for fiction."""
    return f"+3363998{place:04d}"


class Provider:
    """A provider that answers from a list, then accepts everything. It notes who got what, how many messages were on
    their way to one person at once, and what it would list."""

    def __init__(self, *answers: Answer, takes: float = 0.0) -> None:
        self.answers = list(answers)
        self.sent: list[Outbound] = []
        self.there: list[There] = []
        self.asked: list[tuple[str, datetime]] = []
        self.cannot_be_asked: SendError | None = None
        self.most_at_once = 0
        self.codes: dict[str | None, Refusal] = {}
        self._takes = takes
        self._now: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.sent]

    def layout(self, text: str) -> Laid:
        return Laid(text, 1)

    def send(self, message: Outbound) -> str:
        with self._lock:
            answer = self.answers.pop(0) if self.answers else None
            if answer is not None:
                raise answer
            self._now[message.recipient] += 1
            self.most_at_once = max(self.most_at_once, self._now[message.recipient])
        sleep(self._takes)
        with self._lock:
            self._now[message.recipient] -= 1
            self.sent.append(message)
            return f"SM{len(self.sent):032x}"

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        self.asked.append((recipient, since))
        if self.cannot_be_asked is not None:
            raise self.cannot_be_asked
        return [one for one in self.there if one.at >= since]

    def recent(self, since: datetime) -> Sequence[Inbound]:
        return ()

    def why(self, code: str | None) -> Refusal:
        return self.codes.get(code, Refusal.CONTENT)


def with_provider(shell: Shell, provider: Provider | None = None, *answers: Answer) -> tuple[Shell, Provider]:
    """The shell with that provider, or one that answers so, in the place of its own."""
    provider = provider or Provider(*answers)
    return replace(shell, channels={"sms": provider}), provider


def queue(shell: Shell, *texts: str, to: str = MARIE, **columns: Any) -> int:
    """Put messages in line to somebody: answers, unless `columns` say otherwise. The contact's id."""
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", to)
        last = session.scalar(select(func.max(Outgoing.id))) or 0
        for place, text_ in enumerate(texts):
            said = {"kind": "reply", "segments": 1, "sender": ARRAS, "created_at": shell.clock(), **columns}
            row = {"cause": f"test:{last}:{place}", "not_before": said["created_at"], **said}
            session.add(Outgoing(contact_id=contact.id, text=text_, **row))
            session.flush()
        return contact.id


def queue_reminders(shell: Shell, count: int, *, since: int = 1000, **columns: Any) -> None:
    """Put a reminder in line to as many people, each with a number of their own."""
    with transaction(shell.sessions) as session:
        people = [Contact(channel="sms", address=number(since + place)) for place in range(count)]
        session.add_all(people)
        session.flush()
        for place, person in enumerate(people):
            said = {"kind": "reminder", "segments": 1, "sender": ARRAS, "priority": Priority.REMINDER, **columns}
            row = {"cause": f"reminder:{since + place}:0", "created_at": shell.clock(), "not_before": shell.clock()}
            session.add(Outgoing(contact_id=person.id, text=f"rappel {place}", **{**row, **said}))


def settled_rows(shell: Shell, count: int) -> None:
    """As many messages to Marie that left long ago, written by the database itself."""
    with transaction(shell.sessions) as session:
        contact = outbox.contact_of(session, "sms", MARIE)
        session.execute(
            text(
                """INSERT INTO outgoing (ref, contact_id, cause, kind, text, options, segments, created_at, not_before,
                                         priority, state, tries, provider_id, settled_at)
                   WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
                   SELECT 'old' || i, :contact, 'old:' || i, 'reminder', 'rappel', '[]', 1, :then, :then,
                          2, 'sent', 1, 'SMold' || i, :then FROM n"""
            ),
            {"count": count, "contact": contact.id, "then": (NOW - timedelta(days=30)).replace(tzinfo=None)},
        )
        session.execute(text("ANALYZE outgoing"))


def rows(shell: Shell) -> list[Outgoing]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


def marie(shell: Shell) -> Contact:
    with reading(shell.sessions) as session:
        return session.scalars(select(Contact).where(Contact.address == MARIE)).one()


def change(shell: Shell, what: Callable[[Session, Contact], None]) -> None:
    """Change something of Marie's contact."""
    with transaction(shell.sessions) as session:
        what(session, outbox.contact_of(session, "sms", MARIE))


def drain(shell: Shell) -> int:
    """Send everything that may leave now."""
    count = 0
    while left := outbox.deliver_due(shell):
        count += left
    return count


class Due:
    """A small territoire where avis are due, one for each person."""

    def __init__(self, session: Session, ref: str = "93", numero: str = ARRAS) -> None:
        self.world = World(session, ref=ref)
        self.session = session
        session.add(NumeroSms(numero=numero, organisation_id=self.world.arras.id))

    @property
    def organisation(self) -> Organisation:
        return self.world.arras

    def person(self, place: int) -> Usager:
        return self.world.usager(f"P{place}", number(place))

    def remind(self, person: Usager, *, du_le: datetime = NOW, **columns: Any) -> Avis:
        """A reminder due now of an RDV in two days."""
        rdv = self.world.rdv([], NOW + timedelta(days=2, minutes=self.session.query(Avis).count()), people=[person])
        kind = columns.pop("kind", AvisKind.REMINDER)
        row = Avis(
            cause=f"rdv:{rdv.id}:{kind}:{person.id}", kind=kind, rdv=rdv, version=1,
            participation=rdv.participations[0], destinataire=person, du_le=du_le, **{"limite": rdv.debut, **columns},
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row
