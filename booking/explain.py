"""Why an instant is or is not offered: for each agent, the first rule that excludes it and the object behind it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from booking import recurrence
from booking.agenda import counting
from booking.creneaux import Creneau
from booking.db import one_of
from booking.exclusions import (
    Bounds,
    Verdict,
    carrying,
    days_of,
    last_day,
    never,
    nobody,
    not_for_the_secretariat,
    unfit,
)
from booking.models import Absence, Agent, Hold, Motif, Occupation, Plage, Rdv, Territoire
from booking.plages import day_span, days, local_day, occurrences, public_holidays
from booking.raisons import ORDER, Reason, Regle, Sentences, on_weekdays
from booking.search import find_creneaux
from booking.spans import Span

NEXT_YEAR = timedelta(days=366)
"""How far the next day of a plage that comes back each month or year is looked for."""


def explain(
    session: Session,
    motif: Motif,
    instant: datetime,
    *,
    now: datetime,
    lieu_ids: Collection[int] | None = None,
    agent_ids: Collection[int] | None = None,
    as_agent: bool = False,
) -> tuple[Reason, ...]:
    """Why `motif` is or is not offered at `instant` (the domain's rule 7 of créneaux): one reason for each agent
    who has a plage that carries the motif, by name, or a single one where a rule of the motif excludes everybody
    or no plage carries it. The filters are those of `find_creneaux`, which offers that start just when one of the
    reasons is `offert`. Of an agent's plages, the one that came nearest to being offered answers."""
    territoire = session.get_one(Territoire, motif.territoire_id)
    zone, instant, now = territoire.zone, instant.astimezone(UTC), now.astimezone(UTC)
    bounds = Bounds(Sentences(motif, zone), now, as_agent=as_agent)
    told = bounds.too_soon(instant) or bounds.too_late(instant) or never(bounds.said, instant, agent_ids)
    if told:
        return (told,)
    plages = carrying(session, motif, lieu_ids, agent_ids)
    if not plages:
        narrowed = lieu_ids is not None or agent_ids is not None
        return (nobody(Regle.HORS_PLAGE, bounds.said.aucune_plage(narrowed=narrowed)),)
    wanted = Span(instant, instant + timedelta(minutes=motif.duree_min))
    jour = local_day(instant, zone)
    day = day_span(jour, zone)
    found = find_creneaux(
        session,
        motif,
        now=now,
        first=day.debut,
        last=min(day.fin - datetime.resolution, bounds.latest),
        lieu_ids=lieu_ids,
        agent_ids=agent_ids,
        as_agent=as_agent,
    )
    question = _Question(
        bounds.said,
        wanted,
        jour,
        public_holidays(territoire.jours_feries, jour, jour).get(jour),
        list(found),
        _busy(session, bounds.said, {plage.agent_id for plage in plages}, wanted, now),
    )
    by_agent: dict[int, list[Plage]] = defaultdict(list)
    for plage in plages:
        by_agent[plage.agent_id].append(plage)
    return tuple(question.answer(mine) for mine in by_agent.values())


@dataclass(frozen=True)
class _Busy:
    """Time taken, the rule that takes it, and how that is said."""

    span: Span
    regle: Regle
    texte: str


@dataclass(frozen=True)
class _Question:
    """One start asked for, and all that the answers depend on, loaded."""

    said: Sentences
    wanted: Span
    jour: date
    ferie: str | None
    creneaux: Sequence[Creneau]
    """All that is offered that day."""
    busy: Mapping[int, Sequence[_Busy]]

    def answer(self, plages: Sequence[Plage]) -> Reason:
        """The reason of one agent, whose `plages` are not empty."""
        verdicts = [(self._verdict(plage), plage) for plage in plages]
        verdict, plage = min(verdicts, key=lambda one: (-ORDER[one[0].regle], _gap(one[1], self.jour)))
        agent, lieu = plage.agent, plage.lieu.ref if plage.lieu else None
        if verdict.regle is Regle.HORS_PLAGE:
            outside = [plage for verdict, plage in verdicts if verdict.regle is Regle.HORS_PLAGE]
            return Reason(False, Regle.HORS_PLAGE, self._hours(outside), agent.ref)
        return Reason(verdict.regle is Regle.OFFERT, verdict.regle, verdict.texte, agent.ref, lieu)

    def _verdict(self, plage: Plage) -> Verdict:
        """The first rule against the plage: those of its days and hours, then those of what is in the way."""
        if told := not_for_the_secretariat(self.said, plage):
            return told
        spans = occurrences(plage, self.jour, self.jour, self.said.zone)
        span = next((span for span in spans if span.debut <= self.wanted.debut < span.fin), None)
        if span is None:
            return self._out_of_its_days(plage) or Verdict(Regle.HORS_PLAGE)
        if (plage.agent_id, plage.lieu_id) in self.offered:
            return Verdict(Regle.OFFERT, self.said.offert(plage.agent, self.wanted))
        return unfit(self.said, plage) or self._in_the_way(plage, span)

    def _out_of_its_days(self, plage: Plage) -> Verdict | None:
        last = last_day(plage)
        if last is not None and last < self.jour:
            return Verdict(Regle.TERMINEE, self.said.terminee(plage, last))
        if self.jour < plage.premier_jour:
            return Verdict(Regle.PAS_COMMENCEE, self.said.pas_commencee(plage))
        if self._happens(plage) and self.jour.isoformat() in plage.sauf:
            return Verdict(Regle.SAUF, self.said.sauf(plage, self.jour))
        return None

    def _in_the_way(self, plage: Plage, span: Span) -> Verdict:
        """What takes the créneau away from `span`, the occurrence of the plage."""
        if span.duree < self.wanted.duree:
            return Verdict(Regle.MOTIF_TROP_LONG, self.said.motif_trop_long(plage, span.duree))
        if self.ferie and plage.fermee_feries:
            return Verdict(Regle.FERIE, self.said.ferie(plage, self.jour, self.ferie))
        if taking := self._first_taking(plage.agent_id, span):
            return Verdict(taking.regle, taking.texte)
        if self.wanted.fin > span.fin:
            return Verdict(Regle.TROP_COURT, self.said.trop_court(plage, self.wanted, span.fin))
        return Verdict(Regle.GRILLE, self.said.grille(plage, self.wanted.debut, *self._nearest(plage)))

    def _happens(self, plage: Plage) -> bool:
        """Whether its recurrence picks that day, `sauf` or not."""
        return bool(days(plage, self.jour.toordinal(), self.jour.toordinal()))

    @cached_property
    def offered(self) -> Set[tuple[int, int | None]]:
        """Which agents are offered at the start asked for, at which lieu."""
        there = [creneau for creneau in self.creneaux if creneau.debut == self.wanted.debut]
        return {(agent_id, creneau.lieu_id) for creneau in there for agent_id in creneau.agent_ids}

    def _first_taking(self, agent_id: int, plage: Span) -> _Busy | None:
        """What takes the créneau away inside the plage: absences before RDVs and holds, then the earliest."""
        asked = self.wanted.within(plage)
        taking = [busy for busy in self.busy.get(agent_id, ()) if asked and busy.span.overlaps(asked)]
        return min(taking, key=lambda busy: (ORDER[busy.regle], busy.span), default=None)

    def _nearest(self, plage: Plage) -> tuple[datetime | None, datetime | None]:
        starts = [creneau.debut for creneau in self.creneaux if plage.agent_id in creneau.agent_ids]
        before = max((start for start in starts if start < self.wanted.debut), default=None)
        after = min((start for start in starts if start > self.wanted.debut), default=None)
        return before, after

    def _hours(self, plages: Sequence[Plage]) -> str:
        """When the plages that do not cover the start do happen: at other hours of that day, else on other days."""
        that_day = [plage for plage in plages if self._happens(plage)]
        if that_day:
            return self.said.hors_heures(that_day, self.wanted.debut)
        return self.said.autre_jour(plages, [_usual_days(plage, self.jour) for plage in plages], self.jour)


def _usual_days(plage: Plage, jour: date) -> str:
    """On which days a plage that does not happen on `jour` does: "le lundi et le jeudi"."""
    if plage.recurrence is None:
        return f"le {plage.premier_jour:%d/%m/%Y}"
    rule = recurrence.read(plage.recurrence, plage.premier_jour)
    if rule.frequency is recurrence.Frequency.WEEKLY:
        return on_weekdays({weekday for _, weekday in rule.weekdays}, rule.interval)
    following = next(iter(days_of(plage, jour, jour + NEXT_YEAR)), None)
    return f"le {date.fromordinal(following):%d/%m/%Y}" if following else ""


def _gap(plage: Plage, jour: date) -> int:
    """How many days lie between `jour` and the time of the plage, before it begins or after it ends."""
    last = last_day(plage) or jour
    return max((plage.premier_jour - jour).days, (jour - last).days, 0)


def _busy(
    session: Session, said: Sentences, agent_ids: Collection[int], wanted: Span, now: datetime
) -> dict[int, list[_Busy]]:
    """What takes some of `wanted` from each agent."""
    jour = local_day(wanted.debut, said.zone)
    busy: dict[int, list[_Busy]] = defaultdict(list)
    absences = select(Absence).where(one_of(Absence.agent_id, agent_ids)).options(joinedload(Absence.agent))
    for absence in session.scalars(absences):
        # A créneau may run past midnight, an absence begin there.
        for span in occurrences(absence, jour, local_day(wanted.fin, said.zone), said.zone):
            if span.overlaps(wanted):
                texte = said.absence(absence.nom, absence.agent, span.fin, jour)
                busy[absence.agent_id].append(_Busy(span, Regle.ABSENCE, texte))
    for agent_id, taken in _occupied(session, said, agent_ids, wanted, now, jour):
        busy[agent_id].append(taken)
    return busy


def _occupied(
    session: Session, said: Sentences, agent_ids: Collection[int], wanted: Span, now: datetime, jour: date
) -> Iterator[tuple[int, _Busy]]:
    occupied = (
        select(Occupation, Motif, Agent)
        .join(Agent, Agent.id == Occupation.agent_id)
        .outerjoin(Rdv, Occupation.rdv_id == Rdv.id)
        .outerjoin(Hold, Occupation.hold_id == Hold.id)
        .join(Motif, Motif.id == func.coalesce(Rdv.motif_id, Hold.motif_id))
        .where(one_of(Occupation.agent_id, agent_ids), *counting(wanted, now))
    )
    for occupation, theirs, agent in session.execute(occupied):
        # What another organisation does with its agents' time stays closed, as in the agenda of a week.
        nom = theirs.nom if theirs.organisation_id == said.motif.organisation_id else None
        if occupation.jusqu_a is None:
            regle, texte = Regle.RDV, said.rdv(nom, agent, occupation.fin, jour)
        else:
            regle, texte = Regle.RETENUE, said.retenue(nom, agent, occupation.fin, jour, occupation.jusqu_a)
        yield agent.id, _Busy(Span(occupation.debut, occupation.fin), regle, texte)
