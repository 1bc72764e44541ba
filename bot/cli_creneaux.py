"""What `rdv creneaux` looks for and prints: references resolved, créneaux and reasons as lines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.agenda import by_name, find_creneaux
from booking.creneaux import Creneau
from booking.explain import explain
from booking.models import Agent, Lieu, Motif, Territoire


class UnknownRefs(Exception):
    """`errors`: one sentence for each reference that names nothing, or too much."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Search:
    """Créneaux wanted of one motif; None means every lieu, every agent."""

    session: Session
    motif: Motif
    zone: ZoneInfo
    lieu_ids: Collection[int] | None
    agent_ids: Collection[int] | None
    now: datetime
    as_agent: bool

    def creneaux(self, first: datetime, last: datetime, count: int | None) -> list[dict[str, Any]]:
        """At most `count` créneaux that start from `first` to `last`, both included, in local time."""
        found = find_creneaux(
            self.session,
            self.motif,
            now=self.now,
            first=first,
            last=last,
            lieu_ids=self.lieu_ids,
            agent_ids=self.agent_ids,
            as_agent=self.as_agent,
        )
        return list(self._lines(list(islice(found, count))))

    def reasons(self, instant: datetime) -> list[dict[str, Any]]:
        """Why that instant is or is not offered, agent by agent."""
        told = explain(
            self.session,
            self.motif,
            instant,
            now=self.now,
            lieu_ids=self.lieu_ids,
            agent_ids=self.agent_ids,
            as_agent=self.as_agent,
        )
        return [{"start": instant.astimezone(self.zone).isoformat(), **vars(reason)} for reason in told]

    def _lines(self, creneaux: Sequence[Creneau]) -> Iterator[dict[str, Any]]:
        mentioned = {agent_id for creneau in creneaux for agent_id in creneau.agent_ids}
        agents = sorted(self.session.scalars(select(Agent).where(Agent.id.in_(mentioned))), key=by_name)
        lieux = {lieu.id: lieu.ref for lieu in self.session.scalars(select(Lieu))}
        for creneau in creneaux:
            yield {
                "start": creneau.debut.astimezone(self.zone).isoformat(),
                "end": creneau.fin.astimezone(self.zone).isoformat(),
                "lieu": None if creneau.lieu_id is None else lieux[creneau.lieu_id],
                "agents": [agent.ref for agent in agents if agent.id in creneau.agent_ids],
            }


def search(
    session: Session,
    motif_ref: str,
    lieu_refs: Sequence[str],
    agent_refs: Sequence[str],
    *,
    now: datetime,
    as_agent: bool,
) -> Search:
    """The search that these references ask for, the lieux and agents being those of the motif's territoire.
    A motif of follow-up has the agents it is given and no others. Raises UnknownRefs."""
    motifs = session.scalars(select(Motif).where(Motif.ref == motif_ref)).all()
    territoires = [motif.territoire_id for motif in motifs]
    errors = []
    if not motifs:
        errors.append(f"--motif: no motif is called {motif_ref!r}")
    if len(motifs) > 1:
        errors.append(f"--motif: {len(motifs)} territoires have a motif called {motif_ref!r}")
    lieux = _ids(session, Lieu, lieu_refs, territoires)
    agents = _ids(session, Agent, agent_refs, territoires)
    errors += [f"--lieu: no lieu is called {ref!r}" for ref in dict.fromkeys(lieu_refs) if ref not in lieux]
    errors += [f"--agent: no agent is called {ref!r}" for ref in dict.fromkeys(agent_refs) if ref not in agents]
    if errors:
        raise UnknownRefs(errors)
    (motif,) = motifs
    return Search(
        session,
        motif,
        session.get_one(Territoire, motif.territoire_id).zone,
        lieux.values() if lieu_refs else None,
        agents.values() if agent_refs or motif.suivi else None,
        now,
        as_agent,
    )


def text(line: dict[str, Any]) -> str:
    """A créneau as people read it."""
    start = datetime.fromisoformat(line["start"])
    return f"{start:%Y-%m-%d %H:%M}  {line['lieu'] or '-'}  {', '.join(line['agents'])}"


def _ids(
    session: Session, model: type[Lieu] | type[Agent], refs: Sequence[str], territoires: Sequence[int]
) -> dict[str, int]:
    """The ids of `refs`, by ref: in these territoires, or in any when there is none to look in."""
    named = select(model.ref, model.id).where(model.ref.in_(refs))
    if territoires:
        named = named.where(model.territoire_id.in_(territoires))
    return {row.ref: row.id for row in session.execute(named)}
