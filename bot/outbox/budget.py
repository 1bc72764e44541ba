"""What organisations let leave on its own: SMS segments of a local day and of a month, counted as they leave."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import one_of
from booking.fenetre import Fenetre
from booking.models import Organisation, Territoire
from booking.plages import day_span, local_day
from bot import tallies

WARN_AT = 0.8
"""How much of a budget is used up when somebody is told (security-and-privacy.md, T08)."""
AHEAD = timedelta(days=31)
"""How far ahead a day is looked for when messages may leave again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """An organisation, what it may spend in the day and the month that it is there now, in segments (None: no
    bound), and when messages may leave there."""

    organisation_id: int
    fenetre: Fenetre
    day: str
    month: str
    day_bound: int | None
    month_bound: int | None

    @property
    def bounds(self) -> dict[tallies.Key, int | None]:
        """The bound of each count that a message of the organisation raises."""
        name = f"segments:{self.organisation_id}"
        return {(name, self.day): self.day_bound, (name, self.month): self.month_bound}

    def next_day(self, now: datetime, until: datetime | None) -> datetime | None:
        """When messages may leave again on another day, `until` at the latest; None when that is too late."""
        midnight = day_span(local_day(now, self.fenetre.zone), self.fenetre.zone).fin
        latest = until or now + AHEAD
        return self.fenetre.opening(midnight, latest) if midnight <= latest else None


def accounts(session: Session, organisation_ids: Collection[int], now: datetime) -> dict[int, Account]:
    """The accounts of these organisations, in one statement."""
    if not organisation_ids:
        return {}
    rows = session.execute(
        select(Organisation.id, Organisation.budget_jour, Organisation.budget_mois, Territoire)
        .join(Organisation.territoire)
        .where(one_of(Organisation.id, organisation_ids))
    )
    return {row[0]: _account(*row, now) for row in rows}


def _account(
    organisation_id: int, day_bound: int | None, month_bound: int | None, territoire: Territoire, now: datetime
) -> Account:
    day = local_day(now, territoire.zone)
    fenetre = Fenetre(territoire.zone, territoire.jours_feries)
    return Account(organisation_id, fenetre, f"{day:%Y-%m-%d}", f"{day:%Y-%m}", day_bound, month_bound)


def left(session: Session, of: Collection[Account]) -> dict[int, float]:
    """The segments each organisation may still let leave on its own, in one statement or none."""
    counts = tallies.read(
        session, [key for account in of for key, bound in account.bounds.items() if bound is not None]
    )
    return {
        account.organisation_id: min(
            inf if bound is None else bound - counts.get(key, 0) for key, bound in account.bounds.items()
        )
        for account in of
    }


def spend(session: Session, of: Mapping[int, Account], segments: Mapping[int, int]) -> None:
    """Count what leaves, by organisation; below zero, what did not leave after all. Those who watch the log are
    told when four fifths of a budget are used up, and when all of it is."""
    more = {key: count for one, count in segments.items() if count for key in of[one].bounds}
    counts = tallies.add(session, more)
    for one in segments:
        for key, bound in of[one].bounds.items():
            if bound and key in counts:
                _tell(one, key[1], bound, counts[key] - more[key], counts[key])


def _tell(organisation_id: int, period: str, bound: int, before: int, after: int) -> None:
    about = {"organisation_id": organisation_id, "period": period, "segments": after, "budget": bound}
    if before < bound <= after:
        log.error("budget used up: automatic messages wait", extra=about)
    elif before < WARN_AT * bound <= after:
        log.warning("most of a budget is used up", extra=about)
