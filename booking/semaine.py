"""A week of agents as it is read: their plages, absences, RDVs and holds, day by day in local time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from booking.agenda import by_name, full_name, local, open_spans, with_people
from booking.models import Absence, Agent, Hold, Organisation, Plage, Rdv, Statut, Territoire
from booking.plages import day_span, occurrences, public_holidays
from booking.spans import Span


@dataclass(frozen=True)
class ShownPlage:
    """One occurrence of a plage, in local time."""

    debut: datetime
    fin: datetime
    nom: str
    lieu: str | None
    motifs: tuple[str, ...]
    reservable: bool


@dataclass(frozen=True)
class ShownAbsence:
    """The part of an absence that lies in one day, in local time."""

    debut: datetime
    fin: datetime
    nom: str


@dataclass(frozen=True)
class ShownRdv:
    """An RDV or a séance, in local time, whatever its statut. `ailleurs`: it belongs to another organisation
    than the one whose week is shown; when it is says that the agent is taken, and the rest stays closed."""

    debut: datetime
    fin: datetime
    statut: Statut
    ailleurs: bool = False
    ref: str | None = None
    motif: str | None = None
    couleur: str | None = None
    lieu: str | None = None
    participants: tuple[str, ...] = ()
    """Full names of all who were expected, whatever became of them."""
    inscrits: int = 0
    """How many of them did not cancel: what a séance's places count."""
    titre: str | None = None
    places_max: int | None = None
    surreservation: str | None = None
    """Why it was placed over time already taken, when it was."""


@dataclass(frozen=True)
class ShownHold:
    """A créneau kept for somebody until `expire_le`, in local time."""

    debut: datetime
    fin: datetime
    motif: str
    lieu: str | None
    expire_le: datetime


@dataclass(frozen=True)
class AgentDay:
    """One agent's day; each list in order of time."""

    agent: str
    """The agent's ref."""
    nom: str
    """First and last name."""
    plages: tuple[ShownPlage, ...]
    absences: tuple[ShownAbsence, ...]
    rdvs: tuple[ShownRdv, ...]
    holds: tuple[ShownHold, ...]


@dataclass(frozen=True)
class Day:
    """A local day: the public holiday it is, if any, and its agents by nom and prénom."""

    jour: date
    ferie: str | None
    agents: tuple[AgentDay, ...]


@dataclass(frozen=True)
class Week:
    monday: date
    days: tuple[Day, ...]


def week(
    session: Session,
    territoire: Territoire,
    monday: date,
    now: datetime,
    organisation_id: int | None = None,
) -> Week:
    """Seven days from `monday` of the agents of `territoire`, or of one of its organisations; there, RDVs of
    other organisations show as time taken and nothing more. Holds expired at `now` are left out."""
    jours = [monday + timedelta(days=number) for number in range(7)]
    closed = public_holidays(territoire.jours_feries, jours[0], jours[-1])
    shelves = _shelves(session, territoire, jours, now, organisation_id)
    return Week(
        monday,
        tuple(
            Day(
                jour,
                closed.get(jour),
                tuple(shelf.day(jour, territoire.zone, closed, organisation_id) for shelf in shelves),
            )
            for jour in jours
        ),
    )


@dataclass(frozen=True)
class _Shelf:
    """What a week needs of one agent, loaded."""

    agent: Agent
    plages: list[Plage]
    absences: list[Absence]
    rdvs: list[Rdv]
    holds: list[Hold]

    def day(self, jour: date, zone: ZoneInfo, closed: Collection[date], organisation_id: int | None) -> AgentDay:
        bounds = day_span(jour, zone)
        plages = [
            _shown_plage(plage, span, zone)
            for plage in self.plages
            for span in open_spans(plage, jour, jour, zone, closed)
        ]
        absences = [
            ShownAbsence(*local(part, zone), absence.nom)
            for absence in self.absences
            for span in occurrences(absence, jour, jour, zone)
            if (part := span.within(bounds))
        ]
        rdvs = [
            _shown_rdv(rdv, zone, organisation_id) for rdv in self.rdvs if Span(rdv.debut, rdv.fin).overlaps(bounds)
        ]
        holds = [_shown_hold(hold, zone) for hold in self.holds if Span(hold.debut, hold.fin).overlaps(bounds)]
        return AgentDay(
            self.agent.ref,
            full_name(self.agent),
            tuple(sorted(plages, key=_by_time)),
            tuple(sorted(absences, key=_by_time)),
            tuple(sorted(rdvs, key=_by_time)),
            tuple(sorted(holds, key=_by_time)),
        )


def _shelves(
    session: Session, territoire: Territoire, jours: list[date], now: datetime, organisation_id: int | None
) -> list[_Shelf]:
    at_work = select(Agent).where(Agent.territoire_id == territoire.id)
    if organisation_id is not None:
        at_work = at_work.where(Agent.organisations.any(Organisation.id == organisation_id))
    agents = sorted(session.scalars(at_work), key=by_name)
    ids = {agent.id for agent in agents}
    span = day_span(jours[0], territoire.zone, jours[-1])
    plages = session.scalars(
        select(Plage).where(Plage.agent_id.in_(ids)).options(joinedload(Plage.lieu), selectinload(Plage.motifs))
    ).all()
    absences = session.scalars(select(Absence).where(Absence.agent_id.in_(ids))).all()
    rdvs = session.scalars(
        select(Rdv)
        .where(Rdv.agents.any(Agent.id.in_(ids)), Rdv.debut < span.fin, Rdv.fin > span.debut)
        .options(*with_people())
    ).all()
    holds = session.scalars(
        select(Hold)
        .where(Hold.agent_id.in_(ids), Hold.debut < span.fin, Hold.fin > span.debut, Hold.expire_le > now)
        .options(joinedload(Hold.motif), joinedload(Hold.lieu))
    ).all()
    return [
        _Shelf(
            agent,
            [plage for plage in plages if plage.agent_id == agent.id],
            [absence for absence in absences if absence.agent_id == agent.id],
            [rdv for rdv in rdvs if agent in rdv.agents],
            [hold for hold in holds if hold.agent_id == agent.id],
        )
        for agent in agents
    ]


def _shown_plage(plage: Plage, span: Span, zone: ZoneInfo) -> ShownPlage:
    return ShownPlage(
        *local(span, zone),
        plage.nom,
        plage.lieu.nom if plage.lieu else None,
        tuple(sorted(motif.nom for motif in plage.motifs)),
        plage.reservable,
    )


def _shown_rdv(rdv: Rdv, zone: ZoneInfo, organisation_id: int | None) -> ShownRdv:
    debut, fin = local(Span(rdv.debut, rdv.fin), zone)
    if organisation_id is not None and rdv.motif.organisation_id != organisation_id:
        return ShownRdv(debut, fin, rdv.statut, ailleurs=True)
    return ShownRdv(
        debut,
        fin,
        rdv.statut,
        ref=rdv.ref,
        motif=rdv.motif.nom,
        couleur=rdv.motif.couleur,
        lieu=rdv.lieu.nom if rdv.lieu else None,
        participants=tuple(full_name(part.usager) for part in rdv.participations),
        inscrits=sum(part.statut.is_living for part in rdv.participations),
        titre=rdv.titre,
        places_max=rdv.places_max,
        surreservation=rdv.surreservation,
    )


def _shown_hold(hold: Hold, zone: ZoneInfo) -> ShownHold:
    return ShownHold(
        *local(Span(hold.debut, hold.fin), zone),
        hold.motif.nom,
        hold.lieu.nom if hold.lieu else None,
        hold.expire_le.astimezone(zone),
    )


def _by_time(shown: ShownPlage | ShownAbsence | ShownRdv | ShownHold) -> tuple[datetime, datetime]:
    return shown.debut, shown.fin
