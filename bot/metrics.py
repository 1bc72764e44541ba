"""What a duty engineer watches: how long people wait, what is late, what is stuck; counted in the database, whatever
the number of processes, and what the doors of this process turned away."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import quantiles

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking import avis
from booking.db import reading
from bot.ledger import Contact, Outgoing, OutgoingState, Received, ReceivedState, Valve
from bot.shell import Shell

WINDOW = timedelta(minutes=10)
"""How far back the waits of people are looked at."""
MOST = 5000
"""Answers looked at, the newest first: enough for a quantile, whatever the traffic."""
OPEN = (OutgoingState.QUEUED, OutgoingState.SENDING, OutgoingState.UNKNOWN)

_REGISTRY = CollectorRegistry()
_REJECTED = Counter("rdv_rejected", "Requests and messages turned away, by reason.", ["reason"], registry=_REGISTRY)


def reject(reason: str) -> None:
    """Count what was turned away: a word of ours ("signature", "flood"…), never a value of somebody's."""
    _REJECTED.labels(reason).inc()


def exposition(shell: Shell) -> bytes:
    """Everything there is to watch, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Database(shell))
    return generate_latest(registry) + generate_latest(_REGISTRY)


class _Database:
    """The figures that are in the tables, read anew each time."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def describe(self) -> list[Metric]:
        """Nothing to say before being asked: the names are in `collect`."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = self._shell.clock()
        with reading(self._shell.sessions) as session:
            yield _waits(session, now)
            yield _ages(session, now)
            yield _counts(session)


def _waits(session: Session, now: datetime) -> Metric:
    seconds = reply_seconds(session, now)
    family = GaugeMetricFamily(
        "rdv_reply_seconds", "From a message to its answer in the provider's hands, last 10 minutes.",
        labels=["quantile"],
    )  # fmt: skip
    for name, value in _quantiles(seconds).items():
        family.add_metric([name], value)
    return family


def reply_seconds(session: Session, now: datetime) -> Sequence[float]:
    """How long each of the last answers took, in seconds, from the message received to the provider's yes."""
    answers = (
        select(Received.received_at, Outgoing.settled_at)
        .join(Outgoing, Outgoing.received_id == Received.id)
        .where(Outgoing.settled_at > now - WINDOW)
        .order_by(Outgoing.settled_at.desc())
        .limit(MOST)
    )
    return [(settled - received).total_seconds() for received, settled in session.execute(answers) if settled]


def _quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99; nothing at all when nobody wrote."""
    if not seconds:
        return {}
    cuts = quantiles([*seconds, *seconds], n=100, method="inclusive")
    return {"0.5": cuts[49], "0.95": cuts[94], "0.99": cuts[98]}


def _ages(session: Session, now: datetime) -> Metric:
    """How long the oldest thing of each kind has been due; 0 when nothing is."""
    family = GaugeMetricFamily("rdv_oldest_seconds", "Age of the oldest thing that is due.", labels=["what"])
    for what, since in _oldest(session, now).items():
        family.add_metric([what], (now - since).total_seconds() if since else 0.0)
    return family


def _oldest(session: Session, now: datetime) -> dict[str, datetime | None]:
    def first(state: OutgoingState, column: str = "not_before") -> datetime | None:
        due = getattr(Outgoing, column)
        return session.scalar(select(func.min(due)).where(Outgoing.state == state, due <= now))

    waiting = select(func.min(Received.received_at)).where(Received.state == ReceivedState.WAITING)
    return {
        "avis_due": avis.oldest_due(session, now),
        "message_to_answer": session.scalar(waiting),
        "message_to_send": first(OutgoingState.QUEUED),
        "outcome_unknown": first(OutgoingState.UNKNOWN, "created_at"),
    }


def _counts(session: Session) -> Metric:
    family = GaugeMetricFamily("rdv_rows", "How many there are now.", labels=["what"])
    by_state = select(Outgoing.state, func.count()).where(Outgoing.state.in_(OPEN)).group_by(Outgoing.state)
    open_rows = {row[0]: row[1] for row in session.execute(by_state)}
    for state in OPEN:
        family.add_metric([f"outgoing_{state}"], open_rows.get(state, 0))
    aside = select(func.count()).where(Received.state == ReceivedState.SET_ASIDE)
    family.add_metric(["set_aside"], session.scalar(aside) or 0)
    flagged = select(func.count()).where(Contact.flagged_at.is_not(None))
    family.add_metric(["flagged_contacts"], session.scalar(flagged) or 0)
    family.add_metric(["valves_shut"], session.scalar(select(func.count()).select_from(Valve)) or 0)
    return family
