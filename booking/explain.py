"""Why an instant is or is not offered: for each agent, the first rule that excludes it and the object behind it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from booking.agenda import by_name, counting, find_creneaux, full_name
from booking.creneaux import Creneau
from booking.models import Absence, Hold, Motif, Occupation, Plage, Rdv, Territoire, TypeMotif
from booking.plages import day_span, is_second_pass, local_day, occurrences, public_holidays
from booking.spans import Span


class Regle(StrEnum):
    """The rules in the order they are asked; scripts read their codes, which stay."""

    PASSE = "passe"
    DELAI_MIN = "delai_min"
    DELAI_MAX = "delai_max"
    HEURE_DOUBLEE = "heure_doublee"
    COLLECTIF = "collectif"
    SUIVI = "suivi"
    HORS_PLAGE = "hors_plage"
    NON_RESERVABLE = "non_reservable"
    SANS_LIEU = "sans_lieu"
    FERIE = "ferie"
    ABSENCE = "absence"
    RDV = "rdv"
    RETENUE = "retenue"
    TROP_COURT = "trop_court"
    GRILLE = "grille"
    OFFERT = "offert"


ORDER = {regle: rank for rank, regle in enumerate(Regle)}


@dataclass(frozen=True)
class Reason:
    """One answer. `texte`: a French sentence for agents, without any usager's name. `agent` and `lieu` are refs,
    None where the rule is nobody's in particular."""

    offert: bool
    regle: Regle
    texte: str
    agent: str | None = None
    lieu: str | None = None


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
    """Why `motif` is or is not offered at `instant` (the domain's rule 7 of créneaux): one reason for each
    agent whose plages of that local day carry the motif, by name, or a single one where the delays or the lack
    of any plage exclude everybody. The filters are those of `find_creneaux`, which offers that start just when
    one of the reasons is `offert`. Of an agent's plages, the one that came nearest to being offered answers."""
    territoire = session.get_one(Territoire, motif.territoire_id)
    zone = territoire.zone
    wanted = _from(instant, timedelta(minutes=motif.duree_min))
    told = _too_soon_or_late(motif, wanted.debut, now, zone, as_agent=as_agent) or _never(
        motif, wanted.debut, zone, agent_ids
    )
    if told:
        return (told,)
    jour = local_day(wanted.debut, zone)
    openings = [
        (plage, span)
        for plage in _carrying(session, motif, lieu_ids, agent_ids)
        for span in occurrences(plage, jour, jour, zone)
        if plage.reservable or _covers(span, wanted.debut)
    ]
    if not openings:
        return (_nobody(Regle.HORS_PLAGE, f"Aucune plage ne porte « {motif.nom} » le {jour:%d/%m/%Y}."),)
    day = day_span(jour, zone)
    found = find_creneaux(
        session,
        motif,
        now=now,
        first=day.debut,
        last=day.fin - datetime.resolution,
        lieu_ids=lieu_ids,
        agent_ids=agent_ids,
        as_agent=as_agent,
    )
    question = _Question(
        motif,
        wanted,
        zone,
        public_holidays(territoire.jours_feries, jour, jour).get(jour),
        list(found),
        _busy(session, motif, {plage.agent_id for plage, _ in openings}, wanted, now, zone),
    )
    by_agent: dict[int, list[tuple[Plage, Span]]] = defaultdict(list)
    for plage, span in openings:
        by_agent[plage.agent_id].append((plage, span))
    return tuple(question.answer(mine) for mine in by_agent.values())


@dataclass(frozen=True)
class _Busy:
    """Time taken, the rule that takes it, and what it is called."""

    span: Span
    regle: Regle
    nom: str


@dataclass(frozen=True)
class _Question:
    """One start asked for, and all that the answers depend on, loaded."""

    motif: Motif
    wanted: Span
    zone: ZoneInfo
    ferie: str | None
    creneaux: Sequence[Creneau]
    """All that is offered that day."""
    busy: Mapping[int, Sequence[_Busy]]

    def answer(self, openings: Sequence[tuple[Plage, Span]]) -> Reason:
        """The reason of one agent, whose `openings` of the day are not empty."""
        agent = openings[0][0].agent
        reasons = [self._reason(plage, span) for plage, span in openings if _covers(span, self.wanted.debut)]
        if reasons:
            return max(reasons, key=lambda reason: ORDER[reason.regle])
        hours = ", ".join(f"{_called('plage', plage.nom)} {self._hours(span)}" for plage, span in openings)
        return Reason(False, Regle.HORS_PLAGE, f"{full_name(agent)} : {hours}.", agent.ref)

    def _reason(self, plage: Plage, span: Span) -> Reason:
        regle, texte = self._verdict(plage, span)
        lieu = plage.lieu.ref if plage.lieu else None
        return Reason(regle is Regle.OFFERT, regle, f"{full_name(plage.agent)} : {texte}.", plage.agent.ref, lieu)

    def _verdict(self, plage: Plage, span: Span) -> tuple[Regle, str]:
        called = _called("plage", plage.nom)
        if self._is_offered(plage):
            return Regle.OFFERT, f"créneau offert {self._hours(self.wanted)}"
        if not plage.reservable:
            return Regle.NON_RESERVABLE, f"{called} non réservable"
        if plage.lieu is None and self.motif.type is TypeMotif.SUR_PLACE:
            return Regle.SANS_LIEU, f"{called} sans lieu, et « {self.motif.nom} » se tient sur place"
        if self.ferie and plage.fermee_feries:
            return Regle.FERIE, f"{called} fermée ce jour férié, {self.ferie}"
        if busy := self._in_the_way(plage.agent_id, span):
            return busy.regle, f"{busy.nom} jusqu'{self._until(busy.span.fin)}"
        if self.wanted.fin > span.fin:
            left = (span.fin - self.wanted.debut) // timedelta(minutes=1)
            fin = _clock(span.fin, self.zone)
            return Regle.TROP_COURT, f"{called} finit à {fin}, {left} min pour {self.motif.duree_min} min"
        return Regle.GRILLE, f"{called} sans créneau à {_clock(self.wanted.debut, self.zone)}{self._nearest(plage)}"

    def _is_offered(self, plage: Plage) -> bool:
        return any(
            creneau.debut == self.wanted.debut
            and creneau.lieu_id == plage.lieu_id
            and plage.agent_id in creneau.agent_ids
            for creneau in self.creneaux
        )

    def _in_the_way(self, agent_id: int, plage: Span) -> _Busy | None:
        """What takes the créneau away inside the plage: absences before RDVs and holds, then the earliest."""
        asked = self.wanted.within(plage)
        taking = [busy for busy in self.busy.get(agent_id, ()) if asked and busy.span.overlaps(asked)]
        return min(taking, key=lambda busy: (ORDER[busy.regle], busy.span), default=None)

    def _nearest(self, plage: Plage) -> str:
        starts = [creneau.debut for creneau in self.creneaux if plage.agent_id in creneau.agent_ids]
        before = max((start for start in starts if start < self.wanted.debut), default=None)
        after = min((start for start in starts if start > self.wanted.debut), default=None)
        nearest = [
            f"{which} à {_clock(start, self.zone)}"
            for which, start in (("le précédent", before), ("le suivant", after))
            if start
        ]
        return f" : {', '.join(nearest)}" if nearest else ""

    def _hours(self, span: Span) -> str:
        return f"de {_clock(span.debut, self.zone)} à {_clock(span.fin, self.zone)}"

    def _until(self, fin: datetime) -> str:
        if local_day(fin, self.zone) == local_day(self.wanted.debut, self.zone):
            return f"à {_clock(fin, self.zone)}"
        return f"au {_moment(fin, self.zone)}"


def _too_soon_or_late(
    motif: Motif, instant: datetime, now: datetime, zone: ZoneInfo, *, as_agent: bool
) -> Reason | None:
    now = now.astimezone(UTC)
    if instant < now:
        return _nobody(Regle.PASSE, f"Le {_moment(instant, zone)} est passé.")
    if as_agent:
        return None
    earliest = now + timedelta(minutes=motif.delai_min_min)
    if instant < earliest:
        return _nobody(Regle.DELAI_MIN, f"Délai minimal de « {motif.nom} » : rien avant le {_moment(earliest, zone)}.")
    latest = now + timedelta(minutes=motif.delai_max_min)
    if instant > latest:
        return _nobody(Regle.DELAI_MAX, f"Délai maximal de « {motif.nom} » : rien après le {_moment(latest, zone)}.")
    return None


def _never(motif: Motif, instant: datetime, zone: ZoneInfo, agent_ids: Collection[int] | None) -> Reason | None:
    """The rules that look at no diary."""
    if is_second_pass(instant, zone):
        return _nobody(
            Regle.HEURE_DOUBLEE,
            f"Les horloges reculent : {_clock(instant, zone)} revient une seconde fois, jamais offerte.",
        )
    if motif.collectif:
        return _nobody(Regle.COLLECTIF, f"« {motif.nom} » est collectif : on s'inscrit à une séance.")
    if motif.suivi and agent_ids is not None and not agent_ids:
        return _nobody(Regle.SUIVI, f"« {motif.nom} » est un suivi : il n'est offert qu'avec un référent.")
    return None


def _carrying(
    session: Session, motif: Motif, lieu_ids: Collection[int] | None, agent_ids: Collection[int] | None
) -> list[Plage]:
    """The plages that carry the motif, reservable or not, by the names of their agents then by time."""
    carrying = (
        select(Plage)
        .where(Plage.motifs.any(Motif.id == motif.id))
        .options(joinedload(Plage.agent), joinedload(Plage.lieu))
    )
    if lieu_ids is not None:
        carrying = carrying.where(Plage.lieu_id.in_(lieu_ids))
    if agent_ids is not None:
        carrying = carrying.where(Plage.agent_id.in_(agent_ids))
    return sorted(session.scalars(carrying), key=lambda plage: (by_name(plage.agent), plage.debut, plage.id))


def _busy(
    session: Session, motif: Motif, agent_ids: Collection[int], wanted: Span, now: datetime, zone: ZoneInfo
) -> dict[int, list[_Busy]]:
    """What takes some of `wanted` from each agent."""
    busy: dict[int, list[_Busy]] = defaultdict(list)
    jour = local_day(wanted.debut, zone)
    for absence in session.scalars(select(Absence).where(Absence.agent_id.in_(agent_ids))):
        for span in occurrences(absence, jour, jour, zone):
            if span.overlaps(wanted):
                busy[absence.agent_id].append(_Busy(span, Regle.ABSENCE, _called("absence", absence.nom)))
    for agent_id, taken in _occupied(session, motif, agent_ids, wanted, now):
        busy[agent_id].append(taken)
    return busy


def _occupied(
    session: Session, motif: Motif, agent_ids: Collection[int], wanted: Span, now: datetime
) -> Iterator[tuple[int, _Busy]]:
    occupied = (
        select(Occupation, Motif)
        .outerjoin(Rdv, Occupation.rdv_id == Rdv.id)
        .outerjoin(Hold, Occupation.hold_id == Hold.id)
        .join(Motif, Motif.id == func.coalesce(Rdv.motif_id, Hold.motif_id))
        .where(Occupation.agent_id.in_(agent_ids), *counting(wanted, now))
    )
    for occupation, theirs in session.execute(occupied):
        regle, kind = (Regle.RDV, "RDV") if occupation.hold_id is None else (Regle.RETENUE, "retenue")
        # What another organisation does with its agents' time stays closed, as in the agenda of a week.
        ailleurs = theirs.organisation_id != motif.organisation_id
        nom = f"{kind} d'une autre organisation" if ailleurs else _called(kind, theirs.nom)
        yield occupation.agent_id, _Busy(Span(occupation.debut, occupation.fin), regle, nom)


def _nobody(regle: Regle, texte: str) -> Reason:
    return Reason(False, regle, texte)


def _from(instant: datetime, duree: timedelta) -> Span:
    debut = instant.astimezone(UTC)
    return Span(debut, debut + duree)


def _covers(span: Span, instant: datetime) -> bool:
    return span.debut <= instant < span.fin


def _called(kind: str, nom: str) -> str:
    return f"{kind} « {nom} »" if nom else kind


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.hour} h {local.minute:02}" if local.minute else f"{local.hour} h"


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%d/%m/%Y} à {_clock(instant, zone)}"
