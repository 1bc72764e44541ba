"""The territory file becomes rows: new and changed entries written over what the database holds."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Table, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking import avis, holds, models, traces
from booking.db import Base, is_overlap, refuse_overlap
from booking.models.agent import agent_organisation
from booking.models.attente import attente_lieu
from booking.models.plage import plage_motif
from booking.models.rdv import rdv_agent
from booking.models.usager import usager_referent
from booking.territoire.fichier import Attente, Entree, Fault, Fichier, Rdv, Seance, Territoire
from booking.territoire.memoire import BUILT_IN, Memory, batches
from booking.territoire.regles import REFERENCES, Known, instant, places_max, spoken

BY_FILE = "fichier"
TOLD = ("motif_id", "lieu_id", "debut", "fin", "statut")
"""What people were told of an RDV: a change of one of these makes another version of it."""

Written = list[tuple[Entree[Any], Any]]
"""The entries that were new or changed, each with its row."""


class Ecriture:
    """One load being written. `faults` are the refusals only the database could pronounce."""

    def __init__(self, session: Session, memory: Memory, known: Known, now: datetime) -> None:
        self.session = session
        self.memory = memory
        self.known = known
        self.now = now
        self.ids = memory.ids
        self.existing: set[object] = set()
        self.hashes: list[dict[str, str]] = []
        self.created: Counter[str] = Counter()
        self.updated: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()
        self.faults: list[Fault] = []

    def write(self, lu: Fichier) -> None:
        traces.sign(self.session, BY_FILE, self.now)
        self.territoire = self._territoire(lu.territoire)
        self._built_in_services()
        self._rows(lu.services, models.Service)
        self._numbers(self._rows(lu.organisations, models.Organisation))
        self._rows(lu.lieux, models.Lieu)
        agents = self._rows(lu.agents, models.Agent)
        self._link(agent_organisation, agents, self._organisations_of)
        self._rows(lu.motifs, models.Motif)
        self._link(plage_motif, self._rows(lu.plages, models.Plage), self._named("motifs"))
        self._rows(lu.absences, models.Absence)
        usagers = self._rows(lu.usagers, models.Usager)
        self._link(usager_referent, usagers, self._named("referents"))
        proches = self._rows(lu.proches, models.Usager)
        self._link(Base.metadata.tables["responsabilite"], proches, self._responsables_of)
        self._rdvs([*self._rdv_rows(lu.rdvs), *self._rdv_rows(lu.actions_collectives)])
        self._listes_attente(lu.listes_attente)
        self._remember_hashes()

    # The pieces every list is made of

    def _to_write(self, entrees: Sequence[Entree[Any]]) -> list[Entree[Any]]:
        fresh = [entree for entree in entrees if self.memory.is_new(entree)]
        self.unchanged.update(entree.liste for entree in entrees if not self.memory.is_new(entree))
        for entree in fresh:
            self.hashes.append({"liste": entree.liste, "ref": str(entree.ref), "sha256": entree.sha256})
        return fresh

    def _rows(self, entrees: Sequence[Entree[Any]], model: type[Any]) -> Written:
        """Write the new and changed entries of a list whose fields are columns; note the ids."""
        fresh = self._to_write(entrees)
        met = self._met(fresh, model)
        written = self._keep(fresh, met, model, lambda entry: self._columns(entry, model))
        for entree, row in written:
            self.ids.setdefault(entree.liste, {})[row.ref] = row.id
        return written

    def _met(self, entrees: list[Entree[Any]], model: type[Any]) -> dict[str, Any]:
        """The rows that already have the name of one of these entries, by that name."""
        found: dict[str, Any] = {}
        for batch in batches([str(entree.ref) for entree in entrees]) if self.memory.territoire else ():
            named = select(model).where(model.territoire_id == self.territoire.id, model.ref.in_(batch))
            found |= {row.ref: row for row in self.session.scalars(named)}
        self.existing |= {(model, row.id) for row in found.values()}
        self.updated.update(entree.liste for entree in entrees if entree.ref in found)
        self.created.update(entree.liste for entree in entrees if entree.ref not in found)
        return found

    def _keep(
        self,
        entrees: list[Entree[Any]],
        met: dict[str, Any],
        model: type[Any],
        columns: Callable[[Any], dict[str, object]],
        **made: object,
    ) -> Written:
        """Each entry with its row: one it has met, now saying what the entry says, or a new one, which is also
        `made` that way."""
        new = []
        for entree in entrees:
            said = columns(entree.value)
            if entree.ref not in met:
                new.append(said | {"territoire_id": self.territoire.id} | made)
                continue
            for column, value in said.items():
                setattr(met[entree.ref], column, value)
        self.session.flush()
        rows = met | self._inserted(model, new)
        return [(entree, rows[str(entree.ref)]) for entree in entrees]

    def _inserted(self, model: type[Any], new: list[dict[str, object]]) -> dict[str, Any]:
        """New rows by name, all in one statement: one by one, they would be most of what a first load takes."""
        if not new:
            return {}
        table = model.__table__
        rows = {row.ref: row for row in self.session.execute(insert(table).returning(*table.columns), new)}
        traces.created(self.session, model, [row.id for row in rows.values()])
        return rows

    def _columns(self, entry: Any, model: type[Any]) -> dict[str, object]:
        names = inspect(model).column_attrs.keys()
        columns = {field: value for field, value in entry.columns().items() if field in names}
        for field, liste in REFERENCES.get(type(entry), {}).items():
            if f"{field}_id" in names:
                columns[f"{field}_id"] = self.ids[liste].get(getattr(entry, field))
        return columns

    def _old_ids(self, rows: Iterable[Any]) -> list[int]:
        return [row.id for row in rows if (type(row), row.id) in self.existing]

    def _link(self, table: Table, written: Written, named: Callable[[Entree[Any]], Iterable[int]]) -> None:
        """Make the pairs of `table` for these rows those their entries name, and no other."""
        left, right = table.columns
        wanted = {row.id: list(dict.fromkeys(named(entree))) for entree, row in written}
        old = {row.id: type(row) for _, row in written if (type(row), row.id) in self.existing}
        before: dict[int, list[int]] = {id_: [] for id_ in old}
        for batch in batches(list(old)):
            for id_, other in self.session.execute(select(left, right).where(left.in_(batch))):
                before[id_].append(other)
            self.session.execute(delete(table).where(left.in_(batch)))
        pairs = [{left.name: id_, right.name: other} for id_, others in wanted.items() for other in others]
        if pairs:
            self.session.execute(insert(table), pairs)
        changed = (traces.linked(table, model, id_, before[id_], wanted[id_]) for id_, model in old.items())
        traces.write(self.session, list(chain.from_iterable(changed)))

    def _named(self, field: str) -> Callable[[Entree[Any]], Iterable[int]]:
        def ids(entree: Entree[Any]) -> Iterable[int]:
            known = self.ids[REFERENCES[type(entree.value)][field]]
            return [known[ref] for ref in getattr(entree.value, field)]

        return ids

    # One list after the other

    def _territoire(self, entree: Entree[Territoire]) -> models.Territoire:
        """A field that a later file leaves out stays as it was: such a file may only give the ref."""
        said = {field: getattr(entree.value, field) for field in entree.value.model_fields_set}
        row = self.memory.territoire
        if row is None:
            row = models.Territoire(**{"nom": entree.ref, "jours_feries": "FR"} | said)
            self.session.add(row)
            self.created["territoire"] += 1
            self._to_write([entree])
        elif self._to_write([entree]):
            for field, value in said.items():
                setattr(row, field, value)
            self.updated["territoire"] += 1
        self.session.flush()
        return row

    def _built_in_services(self) -> None:
        missing = BUILT_IN.keys() - self.ids["services"].keys()
        new = [
            {"ref": ref, "nom": nom, "territoire_id": self.territoire.id}
            for ref, nom in BUILT_IN.items()
            if ref in missing
        ]
        self.ids["services"] |= {ref: row.id for ref, row in self._inserted(models.Service, new).items()}

    def _numbers(self, written: Written) -> None:
        for batch in batches(self._old_ids(row for _, row in written)):
            self.session.execute(delete(models.NumeroSms).where(models.NumeroSms.organisation_id.in_(batch)))
        wanted = {
            numero: (row.id, (*entree.path, "numeros_sms", at))
            for entree, row in written
            for at, numero in enumerate(entree.value.numeros_sms)
        }
        taken: set[str] = set()
        for batch in batches(list(wanted)):
            taken.update(
                self.session.scalars(select(models.NumeroSms.numero).where(models.NumeroSms.numero.in_(batch)))
            )
        for numero, (organisation_id, path) in wanted.items():
            if numero in taken:
                self.faults.append(Fault(path, f"{numero} already answers for another organisation"))
            else:
                self.session.add(models.NumeroSms(numero=numero, organisation_id=organisation_id))
        self.session.flush()

    def _organisations_of(self, agent: Entree[Any]) -> Iterable[int]:
        if agent.value.organisations is None:
            return self.ids["organisations"].values()
        return self._named("organisations")(agent)

    def _responsables_of(self, proche: Entree[Any]) -> Iterable[int]:
        return [self.ids["usagers"][str(proche.sous)], *self._named("autres_responsables")(proche)]

    # RDVs and séances: people, agents, time

    def _rdv_rows(self, entrees: Sequence[Entree[Rdv]]) -> Written:
        fresh = self._to_write(entrees)
        met = self._met(fresh, models.Rdv)
        before = {ref: [getattr(row, field) for field in TOLD] for ref, row in met.items()}
        made = {"cree_par": BY_FILE, "cree_le": self.now}
        written = self._keep(fresh, met, models.Rdv, self._rdv_columns, **made)
        for _, row in written:
            if row.ref in before:
                self._new_version(row, before[row.ref])
        return written

    def _rdv_columns(self, rdv: Rdv) -> dict[str, object]:
        motif = self.known.motifs[rdv.motif]
        debut = instant(rdv.debut, self.known.zone)
        notified = motif.notification is models.Notification.VISIBLE_NOTIFIE
        told, reminded = rdv.prevenir.vie_du_rdv, rdv.prevenir.rappel
        columns = self._columns(rdv, models.Rdv) | {
            "debut": debut,
            "fin": debut + timedelta(minutes=rdv.duree_min or motif.duree_min),
            "prevenir_vie_du_rdv": notified if told is None else told,
            "prevenir_rappel": notified if reminded is None else reminded,
        }
        if isinstance(rdv, Seance):
            columns |= {"titre": rdv.titre or motif.nom, "places_max": places_max(rdv, self.known)}
        return columns

    def _new_version(self, row: models.Rdv, before: list[Any]) -> None:
        if [getattr(row, field) for field in TOLD] != before:
            row.version += 1

    def _rdvs(self, written: Written) -> None:
        self._link(rdv_agent, written, self._named("agents"))
        self._participations(written)
        self._seance_lists(written)
        self._occupations(written)
        for some in batches([row.id for _, row in written]):
            avis.loaded(self.session, some)

    def _participations(self, written: Written) -> None:
        """The file's participants, each once. Who joined by message stays: a load takes nobody's place away
        but those it had given."""
        joined = self._by_rdv(models.Participation, written)
        new: list[dict[str, Any]] = []
        for entree, row in written:
            wanted = dict.fromkeys(self._named("participants")(entree))
            there = {participation.usager_id: participation for participation in joined.get(row.id, [])}
            for usager_id, participation in there.items():
                if usager_id in wanted or not row.statut.is_living:
                    participation.statut = row.statut
                elif participation.cree_par == BY_FILE:
                    self.session.delete(participation)
            new += [
                {"rdv_id": row.id, "usager_id": usager_id, "statut": row.statut, "cree_par": BY_FILE}
                for usager_id in wanted
                if usager_id not in there
            ]
        self.session.flush()
        if new:
            self.session.execute(insert(Base.metadata.tables["participation"]), new)
        old = set(self._old_ids(row for _, row in written))
        traces.write(
            self.session, [traces.joined(row["rdv_id"], row["usager_id"]) for row in new if row["rdv_id"] in old]
        )

    def _seance_lists(self, written: Written) -> None:
        """Who waits for a séance stays in line; those the file adds come after."""
        seances = [(entree, row) for entree, row in written if isinstance(entree.value, Seance)]
        waiting = self._by_rdv(models.Attente, seances)
        for entree, row in seances:
            there = {attente.usager_id for attente in waiting.get(row.id, [])}
            for usager_id in self._named("liste_attente")(entree):
                if usager_id not in there:
                    self.session.add(
                        models.Attente(usager_id=usager_id, motif_id=row.motif_id, rdv_id=row.id, cree_le=self.now)
                    )
        self.session.flush()

    def _by_rdv(self, model: type[Any], written: Written) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for batch in batches(self._old_ids(row for _, row in written)):
            for child in self.session.scalars(select(model).where(model.rdv_id.in_(batch))):
                found.setdefault(child.rdv_id, []).append(child)
        return found

    def _occupations(self, written: Written) -> None:
        """Take the agents' time. The constraint knows no clock: holds that have expired leave first."""
        if not written:
            return
        holds.forget_expired_holds(self.session, self.now)
        for batch in batches(self._old_ids(row for _, row in written)):
            self.session.execute(delete(models.Occupation).where(models.Occupation.rdv_id.in_(batch)))
        wanted = [
            (entree, self._taken(row, agent_id))
            for entree, row in written
            if row.statut.is_living
            for agent_id in self._named("agents")(entree)
        ]
        try:
            with self.session.begin_nested():
                if wanted:
                    # RETURNING keeps psycopg out of its pipeline mode, which grumbles on stderr when refused.
                    taking = insert(Base.metadata.tables["occupation"]).returning(models.Occupation.id)
                    self.session.execute(taking, [row for _, row in wanted])
        except IntegrityError as error:
            if is_overlap(error):
                self.faults += [fault for entree, row in wanted for fault in self._already_taken(entree, row)]
            if not self.faults:
                refuse_overlap(error)

    def _taken(self, row: Any, agent_id: int) -> dict[str, Any]:
        is_over = row.surreservation is not None
        return {"agent_id": agent_id, "debut": row.debut, "fin": row.fin, "rdv_id": row.id, "en_plus": is_over}

    def _already_taken(self, entree: Entree[Rdv], wanted: dict[str, Any]) -> Iterable[Fault]:
        taken = models.Occupation
        other = self.session.scalars(
            select(taken)
            .where(taken.agent_id == wanted["agent_id"])
            .where(taken.debut < wanted["fin"], taken.fin > wanted["debut"])
            .order_by(taken.debut)
            .limit(1)
        ).first()
        if other is not None:
            agent = next(ref for ref in entree.value.agents if self.ids["agents"][ref] == other.agent_id)
            span = spoken(other.debut, other.fin, self.known.zone)
            yield Fault(entree.path, f"agent {agent} is already taken {span}")

    # Waiting lists, and what was loaded

    def _listes_attente(self, entrees: Sequence[Entree[Attente]]) -> None:
        written: Written = []
        for entree in self._to_write(entrees):
            motif_id = self.ids["motifs"][entree.value.motif]
            usager_id = self.ids["usagers"][entree.value.usager]
            row = self.session.scalar(
                select(models.Attente).where(
                    models.Attente.motif_id == motif_id,
                    models.Attente.usager_id == usager_id,
                    models.Attente.rdv_id.is_(None),
                )
            )
            if row is None:
                row = models.Attente(motif_id=motif_id, usager_id=usager_id, cree_le=self.now)
                self.created["listes_attente"] += 1
            else:
                self.existing.add((models.Attente, row.id))
                self.updated["listes_attente"] += 1
            row.jours_impossibles = entree.value.jours_impossibles
            written.append((entree, row))
        self.session.add_all([row for _, row in written])
        self.session.flush()
        self._link(attente_lieu, written, self._named("lieux"))

    def _remember_hashes(self) -> None:
        owner = {"territoire_ref": self.territoire.ref}
        old = [owner | row for row in self.hashes if (row["liste"], row["ref"]) in self.memory.hashes]
        new = [owner | row for row in self.hashes if (row["liste"], row["ref"]) not in self.memory.hashes]
        if old:
            self.session.execute(update(models.Empreinte), old)
        if new:
            self.session.execute(insert(Base.metadata.tables["empreinte"]), new)
