"""The agenda as it is read: free créneaux, the lightest agent, lists of RDVs."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Table, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from booking.db import one_of
from booking.models import (
    Agent,
    Hold,
    Occupation,
    Participation,
    Plage,
    Rdv,
    Statut,
    Territoire,
    Usager,
)
from booking.occupations import LONGEST
from booking.plages import day_span, local_day, occurrences
from booking.spans import Span

agent, hold, occupation, rdv = (cast(Table, model.__table__) for model in (Agent, Hold, Occupation, Rdv))


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
    if len(agent_ids) == 1:
        return next(iter(agent_ids))
    day = day_span(jour, zone)
    load: dict[int, timedelta] = defaultdict(timedelta)
    asked = {"agents": agent_ids, "lieu": lieu_id, "debut": day.debut, "fin": day.fin, "now": now}
    for agent_id, debut, fin in session.execute(_TAKEN, asked | {"earliest": day.debut - LONGEST}):
        if part := Span(debut, fin).within(day):
            load[agent_id] += part.duree
    named = session.execute(_NAMED, asked)
    lightest_id: int
    _, _, lightest_id = min((load[id_], (nom.casefold(), prenom.casefold()), id_) for id_, nom, prenom in named)
    return lightest_id


# Written once: putting a statement together costs more than running it.
_TAKEN = (
    select(occupation.c.agent_id, occupation.c.debut, occupation.c.fin)
    .outerjoin(rdv, occupation.c.rdv_id == rdv.c.id)
    .outerjoin(hold, occupation.c.hold_id == hold.c.id)
    .where(
        one_of(occupation.c.agent_id, "agents"),
        func.coalesce(rdv.c.lieu_id, hold.c.lieu_id).is_not_distinct_from(bindparam("lieu", type_=Integer)),
        occupation.c.debut > bindparam("earliest"),
        occupation.c.debut < bindparam("fin"),
        occupation.c.fin > bindparam("debut"),
        or_(occupation.c.jusqu_a.is_(None), occupation.c.jusqu_a > bindparam("now")),
    )
)
_NAMED = select(agent.c.id, agent.c.nom, agent.c.prenom).where(one_of(agent.c.id, "agents"))


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


def open_spans(plage: Plage, first: date, last: date, zone: ZoneInfo, closed: Collection[date]) -> list[Span]:
    """When `plage` is open on the local days `first` to `last`, both included; not on those of `closed` that it
    keeps."""
    spans = occurrences(plage, first, last, zone)
    if not plage.fermee_feries:
        return spans
    return [span for span in spans if local_day(span.debut, zone) not in closed]


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
