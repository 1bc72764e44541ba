"""What the database already holds of a territory file's territoire, fetched list by list."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import models
from booking.territoire import fichier
from booking.territoire.fichier import Entree, Fichier
from booking.territoire.regles import Known, lists

T = TypeVar("T")

BUILT_IN = {"pmi": "PMI", "social": "Service social", "secretariat": "Secrétariat"}
"""The services that every territoire has, and their names."""


@dataclass(frozen=True)
class Memory:
    """By list and ref, the ids of what may be named and the hash of each entry when it was last loaded; by
    ref, what the rules ask of motifs and lieux."""

    territoire: models.Territoire | None
    hashes: dict[tuple[str, str], str]
    ids: dict[str, dict[str, int]]
    motifs: dict[str, fichier.Motif]
    lieux: dict[str, fichier.Lieu]

    def is_new(self, entree: Entree[Any]) -> bool:
        """Whether the entry says something else than when it was last loaded, if ever it was."""
        return self.hashes.get((entree.liste, entree.ref or "")) != entree.sha256

    def known(self, lu: Fichier) -> Known:
        """What references may name: the entries of the file about to be written, else the database's own. An
        entry that has not changed is what people have made of it since, even if they have deleted it."""
        fresh: dict[str, dict[str, Any]] = {liste: {} for liste in self.ids}
        settled = set()
        for entree in chain(*lists(lu)):
            if not self.is_new(entree):
                settled.add(entree.path)
            elif entree.ref and entree.liste in fresh:
                fresh[entree.liste][entree.ref] = entree.value
        refs = {liste: self.ids[liste].keys() | fresh[liste].keys() for liste in fresh}
        refs["services"] |= BUILT_IN.keys()
        return Known(refs, self.motifs | fresh["motifs"], self.lieux | fresh["lieux"], self._zone(lu), settled)

    def _zone(self, lu: Fichier) -> ZoneInfo:
        written = lu.territoire.value
        if self.territoire and "timezone" not in written.model_fields_set:
            return self.territoire.zone
        return ZoneInfo(getattr(written, "timezone", "Europe/Paris"))


def remember(session: Session, lu: Fichier) -> Memory:
    """Fetch in a few queries what the database holds that `lu` may name or change."""
    ref = getattr(lu.territoire.value, "ref", None)
    found = session.scalar(select(models.Territoire).where(models.Territoire.ref == ref)) if ref else None
    ids: dict[str, dict[str, int]] = {liste: _ids(session, model, found) for liste, model in NAMED.items()} | {
        "usagers": _usager_ids(session, found, lu)
    }
    empreintes = select(models.Empreinte).where(models.Empreinte.territoire_ref == (ref or ""))
    hashes = {(row.liste, row.ref): row.sha256 for row in session.scalars(empreintes)}
    return Memory(found, hashes, ids, _motifs(session, found, ids), _lieux(session, found, ids))


NAMED: dict[str, type[Any]] = {
    "services": models.Service,
    "organisations": models.Organisation,
    "lieux": models.Lieu,
    "agents": models.Agent,
    "motifs": models.Motif,
}


def _ids(session: Session, model: type[Any], territoire: models.Territoire | None) -> dict[str, int]:
    if territoire is None:
        return {}
    rows = session.execute(select(model.ref, model.id).where(model.territoire_id == territoire.id))
    return {row.ref: row.id for row in rows}


def _usager_ids(session: Session, territoire: models.Territoire | None, lu: Fichier) -> dict[str, int]:
    """Only those the file names: a territoire has few motifs and many usagers."""
    if territoire is None:
        return {}
    found: dict[str, int] = {}
    for refs in batches(sorted(_usagers_named(lu))):
        rows = select(models.Usager.ref, models.Usager.id).where(
            models.Usager.territoire_id == territoire.id, models.Usager.ref.in_(refs)
        )
        found |= {row.ref: row.id for row in session.execute(rows)}
    return found


def _usagers_named(lu: Fichier) -> set[str]:
    """Every usager that sound fields name."""
    named: set[str] = set()
    for entree in (*lu.usagers, *lu.proches, *lu.rdvs, *lu.actions_collectives, *lu.listes_attente):
        said = entree.value.__dict__
        for field in ("participants", "liste_attente", "autres_responsables"):
            named.update(said.get(field, ()))
        own = said.get("usager" if isinstance(entree.value, fichier.Attente) else "ref")
        named.update([own] if own else [])
    return named


def _motifs(
    session: Session, territoire: models.Territoire | None, ids: dict[str, dict[str, int]]
) -> dict[str, fichier.Motif]:
    if territoire is None:
        return {}
    refs = {id_: ref for ref, id_ in ids["organisations"].items()}
    return {
        motif.ref: fichier.Motif.model_construct(
            ref=motif.ref, nom=motif.nom, organisation=refs[motif.organisation_id], type=motif.type,
            duree_min=motif.duree_min, collectif=motif.collectif, places_max=motif.places_max,
            notification=motif.notification,
        )
        for motif in session.scalars(
            select(models.Motif).where(models.Motif.territoire_id == territoire.id)
        )
    }  # fmt: skip


def _lieux(
    session: Session, territoire: models.Territoire | None, ids: dict[str, dict[str, int]]
) -> dict[str, fichier.Lieu]:
    if territoire is None:
        return {}
    refs = {id_: ref for ref, id_ in ids["organisations"].items()}
    rows = select(models.Lieu.ref, models.Lieu.organisation_id)
    return {
        ref: fichier.Lieu.model_construct(ref=ref, organisation=refs[organisation_id])
        for ref, organisation_id in session.execute(rows.where(models.Lieu.territoire_id == territoire.id))
    }


def batches(values: list[T], size: int = 1000) -> Iterator[list[T]]:
    """`values` in lists short enough for one `IN`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
