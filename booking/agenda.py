"""The agenda as it is read: free créneaux, the lightest agent, lists of RDVs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from booking.creneaux import Creneau, Opening, Window, find
from booking.models import (
    Absence,
    Agent,
    Hold,
    Lieu,
    Motif,
    Occupation,
    Participation,
    Plage,
    Rdv,
    Statut,
    Territoire,
    TypeMotif,
    Usager,
)
from booking.plages import closed_days, day_span, local_day, occurrences
from booking.spans import Span

AGENT_HORIZON = timedelta(days=366)
"""How far the agents' search looks when it is given no end."""
FIRST_STEP = timedelta(days=7)
"""The first stretch of days searched; each next one is twice as long. Most searches want "the next three"."""


def find_creneaux(
    session: Session,
    motif: Motif,
    *,
    now: datetime,
    first: datetime | None = None,
    last: datetime | None = None,
    lieu_ids: Collection[int] | None = None,
    agent_ids: Collection[int] | None = None,
    as_agent: bool = False,
    except_hold_of: str | None = None,
) -> Iterator[Creneau]:
    """The créneaux for `motif` that start from `first` to `last`, both included, by start then lieu's ref,
    read as they are asked for: take what you need while the transaction lasts.

    An usager's search keeps to the motif's delays; `as_agent` lifts them and gives one créneau per start and
    agent. `lieu_ids` and `agent_ids` narrow the search; None means all, an empty collection none. The hold
    that the contact `except_hold_of` keeps for this motif does not count as busy. A collective motif has no
    créneaux, and a motif received sur place none where there is no lieu."""
    window = _window(motif, now, first, last, as_agent=as_agent)
    territoire = session.get_one(Territoire, motif.territoire_id)
    zone = territoire.zone
    plages, refs = _bookable(session, motif, lieu_ids, agent_ids)
    receiving = {plage.agent_id for plage in plages}
    if not receiving or window.last < window.first:
        return
    absences = session.scalars(select(Absence).where(Absence.agent_id.in_(receiving))).all()
    for first_day, last_day in _widening(local_day(window.first, zone), local_day(window.last, zone)):
        closed = closed_days(territoire.jours_feries, first_day, last_day)
        openings = [
            Opening(plage.agent_id, plage.lieu_id, span)
            for plage in plages
            for span in open_spans(plage, first_day, last_day, zone, closed)
        ]
        if not openings:
            continue
        busy = _taken(session, receiving, day_span(first_day, zone, last_day), now, motif, except_hold_of)
        for absence in absences:
            busy[absence.agent_id] += occurrences(absence, first_day, last_day, zone)
        found = find(
            openings,
            busy,
            duree=timedelta(minutes=motif.duree_min),
            window=window,
            now=now,
            zone=zone,
            by_agent=as_agent,
        )
        yield from sorted(found, key=lambda creneau: (creneau.debut, refs[creneau.lieu_id]))


def lightest(
    session: Session,
    agent_ids: Collection[int],
    lieu_id: int | None,
    jour: date,
    zone: ZoneInfo,
    now: datetime,
) -> int:
    """Of `agent_ids`, the one with the least time taken at that lieu on the local day `jour`, RDVs and holds
    alike; ties by nom, prénom, id (the domain's rule 5). Raises ValueError when there is nobody to choose."""
    day = day_span(jour, zone)
    load: dict[int, timedelta] = defaultdict(timedelta)
    taken = (
        select(Occupation.agent_id, Occupation.debut, Occupation.fin)
        .outerjoin(Rdv, Occupation.rdv_id == Rdv.id)
        .outerjoin(Hold, Occupation.hold_id == Hold.id)
        .where(
            Occupation.agent_id.in_(agent_ids),
            func.coalesce(Rdv.lieu_id, Hold.lieu_id) == lieu_id,
            *counting(day, now),
        )
    )
    for agent_id, debut, fin in session.execute(taken):
        if part := Span(debut, fin).within(day):
            load[agent_id] += part.duree
    agents = session.scalars(select(Agent).where(Agent.id.in_(agent_ids)))
    return min(agents, key=lambda agent: (load[agent.id], *by_name(agent))).id


@dataclass(frozen=True)
class ParticipantLine:
    """One person in one RDV: their ref, their full name, what became of them."""

    usager: str
    nom: str
    statut: Statut


@dataclass(frozen=True)
class RdvLine:
    """One RDV as the command line prints it: refs, and the territoire's local time."""

    ref: str
    motif: str
    lieu: str | None
    agents: tuple[str, ...]
    debut: datetime
    fin: datetime
    statut: Statut
    participants: tuple[ParticipantLine, ...]
    places_max: int | None
    cree_par: str


def rdv_lines(
    session: Session,
    *,
    telephone: str | None = None,
    usager_ref: str | None = None,
    debut: datetime | None = None,
    fin: datetime | None = None,
    statut: Statut | None = None,
) -> list[RdvLine]:
    """The RDVs that satisfy all that is given, by start then ref: they start from `debut` to `fin`, both
    included; `usager_ref` takes part, or somebody for whom `telephone` (E.164) answers, proches included."""
    wanted: list[ColumnElement[bool]] = []
    if telephone is not None:
        answers = or_(Usager.telephone == telephone, Usager.responsables.any(Usager.telephone == telephone))
        wanted.append(Rdv.participations.any(Participation.usager.has(answers)))
    if usager_ref is not None:
        wanted.append(Rdv.participations.any(Participation.usager.has(Usager.ref == usager_ref)))
    if debut is not None:
        wanted.append(Rdv.debut >= debut)
    if fin is not None:
        wanted.append(Rdv.debut <= fin)
    if statut is not None:
        wanted.append(Rdv.statut == statut)
    rdvs = session.scalars(select(Rdv).where(*wanted).options(*with_people()))
    zones = {territoire.id: territoire.zone for territoire in session.scalars(select(Territoire))}
    lines = [_line(rdv, zones[rdv.territoire_id]) for rdv in rdvs]
    return sorted(lines, key=lambda line: (line.debut, line.ref))


def _window(motif: Motif, now: datetime, first: datetime | None, last: datetime | None, *, as_agent: bool) -> Window:
    now = now.astimezone(UTC)  # elsewhere, adding 24 h keeps the wall clock and can be 23 real hours
    if as_agent:
        return Window(max(first or now, now), last or now + AGENT_HORIZON)
    earliest = now + timedelta(minutes=motif.delai_min_min)
    latest = now + timedelta(minutes=motif.delai_max_min)
    return Window(max(first or earliest, earliest), min(last or latest, latest))


def _bookable(
    session: Session, motif: Motif, lieu_ids: Collection[int] | None, agent_ids: Collection[int] | None
) -> tuple[list[Plage], dict[int | None, str]]:
    """The plages that carry the motif, and the ref of each lieu they are at."""
    if motif.collectif:
        return [], {}
    carrying = (
        select(Plage, Lieu.ref)
        .outerjoin(Lieu, Plage.lieu_id == Lieu.id)
        .where(Plage.motifs.any(Motif.id == motif.id), Plage.reservable)
    )
    if motif.type is TypeMotif.SUR_PLACE:
        carrying = carrying.where(Plage.lieu_id.is_not(None))
    if lieu_ids is not None:
        carrying = carrying.where(Plage.lieu_id.in_(lieu_ids))
    if agent_ids is not None:
        carrying = carrying.where(Plage.agent_id.in_(agent_ids))
    rows = session.execute(carrying).all()
    return [plage for plage, _ in rows], {plage.lieu_id: ref or "" for plage, ref in rows}


def _widening(first: date, last: date) -> Iterator[tuple[date, date]]:
    step = FIRST_STEP
    while first <= last:
        end = min(first + step - timedelta(days=1), last)
        yield first, end
        first, step = end + timedelta(days=1), step * 2


def open_spans(plage: Plage, first: date, last: date, zone: ZoneInfo, closed: Collection[date]) -> list[Span]:
    """When `plage` is open on the local days `first` to `last`, both included; not on those of `closed` that it
    keeps."""
    spans = occurrences(plage, first, last, zone)
    if not plage.fermee_feries:
        return spans
    return [span for span in spans if local_day(span.debut, zone) not in closed]


def _taken(
    session: Session,
    agent_ids: Iterable[int],
    span: Span,
    now: datetime,
    motif: Motif,
    except_hold_of: str | None,
) -> dict[int, list[Span]]:
    """The time that RDVs and holds of every organisation take from each agent, around `span`."""
    taken = select(Occupation.agent_id, Occupation.debut, Occupation.fin).where(
        Occupation.agent_id.in_(agent_ids), *counting(span, now)
    )
    if except_hold_of is not None:
        own = select(Hold.id).where(Hold.contact == except_hold_of, Hold.motif_id == motif.id)
        taken = taken.where(or_(Occupation.hold_id.is_(None), Occupation.hold_id.not_in(own)))
    busy: dict[int, list[Span]] = defaultdict(list)
    for agent_id, debut, fin in session.execute(taken):
        busy[agent_id].append(Span(debut, fin))
    return busy


def counting(span: Span, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Occupations that take some of `span` at `now`: a hold past its time no longer does, swept or not."""
    return (
        Occupation.debut < span.fin,
        Occupation.fin > span.debut,
        or_(Occupation.jusqu_a.is_(None), Occupation.jusqu_a > now),
    )


def with_people() -> tuple[Any, ...]:
    """What a list of RDVs loads with them: a few queries for all, none for each."""
    return (
        joinedload(Rdv.motif),
        joinedload(Rdv.lieu),
        selectinload(Rdv.agents),
        selectinload(Rdv.participations).joinedload(Participation.usager),
    )


def _line(rdv: Rdv, zone: ZoneInfo) -> RdvLine:
    return RdvLine(
        rdv.ref,
        rdv.motif.ref,
        rdv.lieu.ref if rdv.lieu else None,
        tuple(agent.ref for agent in rdv.agents),
        *local(Span(rdv.debut, rdv.fin), zone),
        rdv.statut,
        tuple(ParticipantLine(part.usager.ref, full_name(part.usager), part.statut) for part in rdv.participations),
        rdv.places_max,
        rdv.cree_par,
    )


def local(span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return span.debut.astimezone(zone), span.fin.astimezone(zone)


def full_name(person: Agent | Usager) -> str:
    return f"{person.prenom} {person.nom}"


def by_name(agent: Agent) -> tuple[str, str, int]:
    return agent.nom.casefold(), agent.prenom.casefold(), agent.id
