"""The rules that exclude a créneau before any diary is read: those of the motif, of its delays, of its plages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking import recurrence
from booking.agenda import by_name
from booking.db import one_of
from booking.diaries import SECRETARIAT
from booking.models import Agent, Motif, Plage, TypeMotif
from booking.plages import days, is_second_pass
from booking.raisons import Reason, Regle, Sentences
from booking.search import AGENT_HORIZON


@dataclass(frozen=True)
class Bounds:
    """The starts that may be asked for: what the usagers' delays, or the agents' horizon, leave. `now` is in UTC:
    elsewhere, adding 24 h keeps the wall clock and can be 23 real hours."""

    said: Sentences
    now: datetime
    as_agent: bool

    @property
    def earliest(self) -> datetime:
        return self.now if self.as_agent else self.now + timedelta(minutes=self.said.motif.delai_min_min)

    @property
    def latest(self) -> datetime:
        return self.now + (AGENT_HORIZON if self.as_agent else timedelta(minutes=self.said.motif.delai_max_min))

    def too_soon(self, instant: datetime) -> Reason | None:
        if instant < self.now:
            return nobody(Regle.PASSE, self.said.passe(instant))
        if instant < self.earliest:
            return nobody(Regle.DELAI_MIN, self.said.delai_min(self.earliest))
        return None

    def too_late(self, instant: datetime) -> Reason | None:
        if instant <= self.latest:
            return None
        if self.as_agent:
            return nobody(Regle.HORIZON, self.said.horizon(self.latest))
        return nobody(Regle.DELAI_MAX, self.said.delai_max(self.latest))


@dataclass(frozen=True)
class Verdict:
    """What a rule has against a plage; nothing for `offert`."""

    regle: Regle
    texte: str = ""


def never(said: Sentences, instant: datetime | None, agent_ids: Collection[int] | None) -> Reason | None:
    """The rules that look at no diary."""
    if instant and is_second_pass(instant, said.zone):
        return nobody(Regle.HEURE_DOUBLEE, said.heure_doublee(instant))
    if said.motif.collectif:
        return nobody(Regle.COLLECTIF, said.collectif())
    if said.motif.suivi and not agent_ids:
        return nobody(Regle.SUIVI, said.suivi())
    return None


def not_for_the_secretariat(said: Sentences, plage: Plage) -> Verdict | None:
    agent, motif = plage.agent, said.motif
    if agent.service.ref != SECRETARIAT or motif.secretariat or motif.service_id == agent.service_id:
        return None
    return Verdict(Regle.SECRETARIAT, said.secretariat(agent))


def unfit(said: Sentences, plage: Plage) -> Verdict | None:
    """Why the plage is for no usager of the motif, on any day."""
    if told := not_for_the_secretariat(said, plage):
        return told
    if not plage.reservable:
        return Verdict(Regle.NON_RESERVABLE, said.non_reservable(plage))
    if plage.lieu is None and said.motif.type is TypeMotif.SUR_PLACE:
        return Verdict(Regle.SANS_LIEU, said.sans_lieu(plage))
    return None


def carrying(
    session: Session, motif: Motif, lieu_ids: Collection[int] | None, agent_ids: Collection[int] | None
) -> list[Plage]:
    """The plages that carry the motif, reservable or not, by the names of their agents then by time."""
    plages = (
        select(Plage)
        .where(Plage.motifs.any(Motif.id == motif.id))
        .options(joinedload(Plage.agent).joinedload(Agent.service), joinedload(Plage.lieu))
    )
    if lieu_ids is not None:
        plages = plages.where(one_of(Plage.lieu_id, lieu_ids))
    if agent_ids is not None:
        plages = plages.where(one_of(Plage.agent_id, agent_ids))
    return sorted(session.scalars(plages), key=lambda plage: (by_name(plage.agent), plage.debut, plage.id))


def days_of(plage: Plage, first: date, last: date) -> Iterable[int]:
    """The days of a plage, `sauf` or not, found one by one: the first is often all that is wanted."""
    if plage.recurrence is None:
        return days(plage, first.toordinal(), last.toordinal())
    return recurrence.read(plage.recurrence, plage.premier_jour).between(first.toordinal(), last.toordinal())


def last_day(plage: Plage) -> date | None:
    """The last day a plage may happen; None where its recurrence has no end, or no day at all."""
    if plage.recurrence is None:
        return plage.premier_jour
    last = recurrence.read(plage.recurrence, plage.premier_jour).last_day
    return date.fromordinal(last) if 0 < last < recurrence.END_OF_TIME - 1 else None


def nobody(regle: Regle, texte: str) -> Reason:
    return Reason(False, regle, texte)
