"""Makers of agendas: a small territoire in an empty database, whose unsaid is plain, and a count of queries."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from booking.creneaux import Creneau
from booking.models import (
    Absence,
    Agent,
    Hold,
    Lieu,
    Motif,
    Occupation,
    Organisation,
    Participation,
    Plage,
    Rdv,
    Service,
    Statut,
    Territoire,
    Usager,
)
from booking.search import find_creneaux
from tests.naive_creneaux import PARIS, District

MONDAY = date(2026, 11, 23)
PHONE = "+33639980001"


def at(clock: str, day: str = "2026-11-23") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PARIS).astimezone(UTC)


NOW = at("08:00")


class World:
    """A territoire, two organisations with a lieu each, and makers for the rest; the unsaid is plain."""

    def __init__(self, session: Session, jours_feries: Any = "FR", ref: str = "62") -> None:
        self.session = session
        self.numbers = count(1)
        self.territoire = self.keep(Territoire(ref=ref, nom="Demo", jours_feries=jours_feries))
        self.pmi = self.keep(Service(ref="pmi", nom="PMI", territoire_id=self.territoire.id))
        self.arras = self.organisation("mds-arras")
        self.lens = self.organisation("mds-lens")
        # The ref that comes last in the alphabet is stored first.
        self.sud = self.lieu("sud", self.arras)
        self.nord = self.lieu("nord", self.lens)
        self.motif = self.new_motif("consult-pmi")

    def keep(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def organisation(self, ref: str) -> Organisation:
        row: Organisation = self.keep(Organisation(ref=ref, nom=ref, territoire_id=self.territoire.id))
        return row

    def lieu(self, ref: str, organisation: Organisation) -> Lieu:
        row: Lieu = self.keep(
            Lieu(
                ref=ref,
                nom=f"MDS {ref}",
                adresse="1 rue",
                organisation_id=organisation.id,
                territoire_id=self.territoire.id,
            )
        )
        return row

    def new_motif(self, ref: str, **rest: Any) -> Motif:
        said = {"delai_min_min": 0, "organisation_id": self.arras.id, "service_id": self.pmi.id, **rest}
        row: Motif = self.keep(
            Motif(
                ref=ref,
                nom=ref,
                libelle_usager=ref,
                territoire_id=self.territoire.id,
                **said,
            )
        )
        return row

    def agent(self, nom: str, prenom: str = "Anne", *organisations: Organisation) -> Agent:
        row: Agent = self.keep(
            Agent(
                ref=f"{prenom[0]}.{nom}".lower(),
                prenom=prenom,
                nom=nom,
                service_id=self.pmi.id,
                territoire_id=self.territoire.id,
                organisations=list(organisations) or [self.arras, self.lens],
            )
        )
        return row

    def plage(self, agent: Agent, clocks: str, jour: date = MONDAY, **rest: Any) -> Plage:
        debut, fin = (time.fromisoformat(clock) for clock in clocks.split("-"))
        said = {"lieu_id": self.sud.id, "motifs": [self.motif], **rest}
        row: Plage = self.keep(
            Plage(
                agent_id=agent.id,
                territoire_id=self.territoire.id,
                premier_jour=jour,
                debut=debut,
                fin=fin,
                **said,
            )
        )
        return row

    def absence(self, agent: Agent, debut: str, fin: str, nom: str = "Formation") -> Absence:
        start, end = datetime.fromisoformat(debut), datetime.fromisoformat(fin)
        row: Absence = self.keep(
            Absence(
                agent_id=agent.id,
                territoire_id=self.territoire.id,
                nom=nom,
                premier_jour=start.date(),
                debut=start.time(),
                dernier_jour=end.date(),
                fin=end.time(),
            )
        )
        return row

    def rdv(self, agents: list[Agent], debut: datetime, minutes: int = 30, **rest: Any) -> Rdv:
        people = rest.pop("people", [])
        fin = debut + timedelta(minutes=minutes)
        said = {"motif_id": self.motif.id, "lieu_id": self.sud.id, "statut": Statut.INDETERMINE, **rest}
        rdv = Rdv(
            ref=said.pop("ref", f"r{next(self.numbers)}"),
            territoire_id=self.territoire.id,
            agents=agents,
            debut=debut,
            fin=fin,
            cree_par="agent",
            cree_le=NOW,
            participations=[Participation(usager=usager, statut=said["statut"], cree_par="agent") for usager in people],
            **said,
        )
        if rdv.statut.is_living:
            rdv.occupations = [Occupation(agent_id=agent.id, debut=debut, fin=fin) for agent in agents]
        row: Rdv = self.keep(rdv)
        return row

    def hold(self, agent: Agent, debut: datetime, expire_le: datetime, **rest: Any) -> Hold:
        said = {
            "contact": f"sms:{next(self.numbers)}",
            "motif_id": self.motif.id,
            "lieu_id": self.sud.id,
            **rest,
        }
        fin = debut + timedelta(minutes=30)
        hold: Hold = self.keep(
            Hold(agent_id=agent.id, debut=debut, fin=fin, expire_le=expire_le, **said),
        )
        self.keep(Occupation(agent_id=agent.id, debut=debut, fin=fin, hold_id=hold.id, jusqu_a=hold.expire_le))
        return hold

    def usager(self, prenom: str, telephone: str | None = None, proches: tuple[Usager, ...] = ()) -> Usager:
        row: Usager = self.keep(
            Usager(
                ref=prenom.lower(),
                prenom=prenom,
                nom="Martin",
                telephone=telephone,
                territoire_id=self.territoire.id,
                proches=list(proches),
            )
        )
        return row

    def creneaux(self, motif: Motif | None = None, **rest: Any) -> list[Creneau]:
        return list(find_creneaux(self.session, motif or self.motif, **{"now": NOW, **rest}))

    def starts(self, motif: Motif | None = None, **rest: Any) -> str:
        return " ".join(f"{creneau.debut.astimezone(PARIS):%H:%M}" for creneau in self.creneaux(motif, **rest))

    def settle(self, motif: Motif, district: District) -> list[Agent]:
        """Put a district's plages, absences and busy times here. The district's agents, by number from 1 on."""
        agents = [self.agent(nom) for nom in ("Durand", "Petit", "Roy")]
        lieux = {None: None, 1: self.sud.id, 2: self.nord.id}
        for plage in district.plages:
            self.plage(
                agents[plage.agent_id - 1],
                f"{plage.debut:%H:%M}-{plage.fin:%H:%M}",
                plage.premier_jour,
                recurrence=plage.recurrence,
                sauf=list(plage.sauf),
                fermee_feries=plage.fermee_feries,
                lieu_id=lieux[plage.lieu_id],
                motifs=[motif],
            )
        for away in district.absences:
            debut, fin = (
                datetime.combine(*bound) for bound in ((away.premier_jour, away.debut), (away.dernier_jour, away.fin))
            )
            absence = self.absence(agents[away.agent_id - 1], debut.isoformat(), fin.isoformat())
            absence.recurrence = away.recurrence
        for taken in district.taken:
            self.rdv([agents[taken.agent_id - 1]], taken.debut, (taken.fin - taken.debut) // timedelta(minutes=1))
        return agents


class Queries:
    """How many statements ran while it was open."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.ran = 0

    def _count(self, *_args: object) -> None:
        self.ran += 1

    def __enter__(self) -> "Queries":
        event.listen(self.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_args: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._count)
