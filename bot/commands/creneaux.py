"""What `rdv creneaux` looks for and prints: references resolved, créneaux and reasons as lines."""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.creneaux import Creneau
from booking.explain import explain
from booking.models import Agent, Lieu, Motif, Territoire, Usager
from booking.none_found import none_found
from booking.plages import day_span, local_day
from booking.search import AGENT_HORIZON, find_creneaux
from booking.suivi import followers, referents

YEARS = range(1900, 2201)
"""Those of a territory file's dates: near the ends of the calendar there is no room for an offset."""


class BadSearch(Exception):
    """`errors`: one sentence for each option that names nothing, or too much, or cannot be."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class Filters(TypedDict):
    now: datetime
    lieu_ids: Collection[int] | None
    agent_ids: Collection[int] | None
    as_agent: bool


class Joint(TypedDict):
    together: bool
    in_a_row: int


@dataclass(frozen=True)
class Search:
    """Créneaux wanted of one motif; None means every lieu, every agent."""

    session: Session
    motif: Motif
    zone: ZoneInfo
    filters: Filters
    joint: Joint

    def period(self, debut: date, fin: date) -> tuple[datetime, datetime]:
        """The first and the last start wanted: instants as they are, local days whole. Raises BadSearch for a
        period that ends before it begins, or further ahead than agents look: an usager's search ends with the
        motif's delays, however far it is asked for."""
        first = debut if isinstance(debut, datetime) else day_span(debut, self.zone).debut
        last = fin if isinstance(fin, datetime) else day_span(fin, self.zone).fin - timedelta.resolution
        if last < first:
            raise BadSearch([f"--to: {fin.isoformat()} is before --from ({debut.isoformat()}): swap them"])
        latest = self.filters["now"] + AGENT_HORIZON
        if self.filters["as_agent"] and last > latest:
            day = local_day(latest, self.zone) - timedelta(days=1)
            ahead = f"at most {AGENT_HORIZON.days} days ahead are searched"
            raise BadSearch([f"--to: {ahead}: write {day} or before"])
        return first, last

    def creneaux(self, first: datetime, last: datetime, count: int | None) -> Iterator[dict[str, Any]]:
        """At most `count` créneaux that start from `first` to `last`, both included, in local time, each as soon
        as it is found."""
        found = find_creneaux(self.session, self.motif, first=first, last=last, **self.filters, **self.joint)
        return lines(
            self.session, self.motif, self.zone, islice(found, None if count is None else min(count, sys.maxsize))
        )

    def none_found(self, first: datetime, last: datetime) -> str:
        """Why there is no créneau from `first` to `last`, in French, for agents."""
        return none_found(self.session, self.motif, first=first, last=last, **self.filters, **self.joint)

    def reasons(self, instant: datetime) -> Iterator[dict[str, Any]]:
        """Why that instant is or is not offered, agent by agent."""
        start = instant.astimezone(self.zone).isoformat()
        for reason in explain(self.session, self.motif, instant, **self.filters):
            yield {"start": start, **vars(reason)}


def lines(session: Session, motif: Motif, zone: ZoneInfo, creneaux: Iterable[Creneau]) -> Iterator[dict[str, Any]]:
    """The créneaux of `motif` as scripts read them (shared by the commands that print some), each as soon as it is
    found: start and end in the local time of `zone` with its offset, the lieu and the agents by their refs, agents
    sorted."""
    lieux = _refs(session, Lieu, motif.territoire_id)
    agents = _refs(session, Agent, motif.territoire_id)
    for creneau in creneaux:
        yield {
            "start": creneau.debut.astimezone(zone).isoformat(),
            "end": creneau.fin.astimezone(zone).isoformat(),
            "lieu": None if creneau.lieu_id is None else lieux[creneau.lieu_id],
            "agents": sorted(agents[agent_id] for agent_id in creneau.agent_ids),
        }


def text(line: dict[str, Any]) -> str:
    """A créneau as people read it."""
    start = datetime.fromisoformat(line["start"])
    return f"{start:%Y-%m-%d %H:%M}  {line['lieu'] or '-'}  {', '.join(line['agents'])}"


def search(
    session: Session,
    motif_ref: str,
    lieu_refs: Sequence[str],
    agent_refs: Sequence[str],
    usager_ref: str | None,
    *,
    now: datetime,
    as_agent: bool,
    together: bool,
    in_a_row: int,
) -> Search:
    """The search that these references ask for, the lieux, agents and usager being those of the motif's
    territoire. A motif of follow-up has the agents it is given, and of those only the referents of the usager it is
    given: never an open diary. Raises BadSearch."""
    motifs = session.scalars(select(Motif).where(Motif.ref == motif_ref)).all()
    territoires = [motif.territoire_id for motif in motifs]
    errors = []
    if not motifs:
        errors.append(f"--motif: no motif is called {motif_ref!r}")
    if len(motifs) > 1:
        errors.append(f"--motif: {len(motifs)} territoires have a motif called {motif_ref!r}")
    lieux = _ids(session, Lieu, lieu_refs, territoires)
    agents = _ids(session, Agent, agent_refs, territoires)
    usagers = _ids(session, Usager, [usager_ref] if usager_ref else [], territoires)
    errors += [f"--lieu: no lieu is called {ref!r}" for ref in dict.fromkeys(lieu_refs) if ref not in lieux]
    errors += [f"--agent: no agent is called {ref!r}" for ref in dict.fromkeys(agent_refs) if ref not in agents]
    if usager_ref is not None and usager_ref not in usagers:
        errors.append(f"--usager: no usager is called {usager_ref!r}")
    if together and len(set(agent_refs)) < 2:
        errors.append("--together: name at least two agents with --agent")
    if errors:
        raise BadSearch(errors)
    (motif,) = motifs
    agent_ids = set(agents.values()) if agent_refs else None
    if motif.suivi and usager_ref:
        usager = session.get_one(Usager, usagers[usager_ref])
        agent_ids = followers(agent_ids, referents([usager]), together=together)
    return Search(
        session,
        motif,
        session.get_one(Territoire, motif.territoire_id).zone,
        {
            "now": now,
            "lieu_ids": set(lieux.values()) if lieu_refs else None,
            "agent_ids": agent_ids,
            "as_agent": as_agent,
        },
        {"together": together, "in_a_row": in_a_row},
    )


def out_of_reach(said: Mapping[str, date | None]) -> list[str]:
    """A sentence for each option whose date or instant is in a year that no agenda knows."""
    return [
        f"{option}: {moment.isoformat()} must be between {YEARS[0]} and {YEARS[-1]}"
        for option, moment in said.items()
        if moment and moment.year not in YEARS
    ]


def _refs(session: Session, model: type[Lieu] | type[Agent], territoire_id: int) -> dict[int, str]:
    named = select(model.id, model.ref).where(model.territoire_id == territoire_id)
    return {row.id: row.ref for row in session.execute(named)}


def _ids(
    session: Session, model: type[Lieu] | type[Agent] | type[Usager], refs: Sequence[str], territoires: Sequence[int]
) -> dict[str, int]:
    """The ids of `refs`, by ref: in these territoires, or in any when there is none to look in."""
    named = select(model.ref, model.id).where(model.ref.in_(refs))
    if territoires:
        named = named.where(model.territoire_id.in_(territoires))
    return {row.ref: row.id for row in session.execute(named)}
