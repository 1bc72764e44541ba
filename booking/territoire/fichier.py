"""The territory file as it is written: the shape of its entries, and their reading one by one."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails

from booking.models import Notification, Role, Statut, TypeMotif
from booking.territoire.champs import (
    Couleur,
    Delai,
    DemiJournee,
    Duree,
    Email,
    Fuseau,
    Heure,
    Horaire,
    Insee,
    Jour,
    JourIso,
    JoursFeries,
    Langue,
    Latitude,
    Libelle,
    Ligne,
    Longitude,
    Nom,
    OuiNon,
    Places,
    Prenom,
    Recurrence,
    Ref,
    Secteur,
    Seuil,
    Telephone,
    Texte,
)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong, and where: `motifs[2].duree_min: must be between 5 and 480`."""

    path: Path
    says: str

    def __str__(self) -> str:
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        # JSON can escape half a character, which no screen could show.
        return f"{place.removeprefix('.')}: {self.says}".encode(errors="replace").decode()


class Entry(BaseModel):
    """What every entry obeys: no unknown field, and null means missing where there is a default."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    @field_validator("*", mode="before")
    @classmethod
    def null_is_missing(cls, value: object, info: ValidationInfo) -> object:
        field = cls.model_fields[str(info.field_name)]
        if value is None and not field.is_required():
            return field.get_default(call_default_factory=True)
        return value

    def has(self, *fields: str) -> bool:
        """Whether all of `fields` could be read: those that could not are absent."""
        return all(field in self.__dict__ for field in fields)

    def columns(self) -> dict[str, Any]:
        """The fields by name, with what those left out owe to the others."""
        return dict(self.__dict__)


class Territoire(Entry):
    ref: Ref
    nom: Nom = ""
    timezone: Fuseau = "Europe/Paris"
    jours_feries: JoursFeries = None
    langues: list[Langue] = ["fr"]
    dpo: Ligne | None = None


class Service(Entry):
    ref: Ref
    nom: Nom


class Organisation(Entry):
    ref: Ref
    nom: Nom
    telephone: Telephone | None = None
    horaires: Ligne | None = None
    numeros_sms: list[Telephone] = []
    secteurs: list[Secteur] = []


class Lieu(Entry):
    ref: Ref
    organisation: Ref
    nom: Nom
    adresse: Texte = ""
    code_insee: Insee | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Agent(Entry):
    ref: Ref
    prenom: Prenom
    nom: Prenom
    email: Email | None = None
    service: Ref
    role: Role = Role.UTILISATEUR
    organisations: list[Ref] | None = None


class Motif(Entry):
    ref: Ref
    organisation: Ref
    service: Ref
    nom: Nom
    type: TypeMotif = TypeMotif.SUR_PLACE
    duree_min: Duree = 30
    couleur: Couleur = "#3F88C5"
    suivi: OuiNon = False
    secretariat: OuiNon = False
    en_ligne: OuiNon = True
    delai_min_min: Delai = 30
    delai_max_min: Delai = 129_600
    delai_annulation_min: Delai = 240
    libelle_usager: Libelle | None = None
    sensible: OuiNon = False
    notification: Notification = Notification.VISIBLE_NOTIFIE
    pour_un_proche: OuiNon = False
    file_attente: OuiNon = False
    instructions_avant: Texte = ""
    indications_apres: Texte = ""
    collectif: OuiNon = False
    places_max: Places | None = None

    def columns(self) -> dict[str, Any]:
        return super().columns() | {"libelle_usager": self.libelle_usager or self.nom}


class Plage(Entry):
    ref: Ref
    agent: Ref
    lieu: Ref | None = None
    nom: Ligne = ""
    premier_jour: Jour
    debut: Heure
    fin: Heure
    recurrence: Recurrence | None = None
    sauf: list[JourIso] = []
    fermee_feries: OuiNon = True
    reservable: OuiNon = True
    motifs: list[Ref] = []


class Absence(Entry):
    ref: Ref
    agent: Ref
    nom: Ligne = ""
    premier_jour: Jour
    debut: Heure = time(0, 0)
    dernier_jour: Jour | None = None
    fin: Heure = time(23, 59)
    recurrence: Recurrence | None = None

    def columns(self) -> dict[str, Any]:
        return super().columns() | {"dernier_jour": self.dernier_jour or self.premier_jour}


class Proche(Entry):
    ref: Ref
    prenom: Prenom
    nom: Prenom
    naissance: Jour | None = None
    autres_responsables: list[Ref] = []


class Usager(Entry):
    ref: Ref
    prenom: Prenom
    nom: Prenom
    naissance: Jour | None = None
    telephone: Telephone | None = None
    langue: Langue = "fr"
    email: Email | None = None
    adresse: Texte | None = None
    code_insee: Insee | None = None
    discret: OuiNon = False
    protege: OuiNon = False
    notifier_sms: OuiNon = True
    referents: list[Ref] = []


class Prevenir(Entry):
    vie_du_rdv: OuiNon | None = None
    rappel: OuiNon | None = None


class Rdv(Entry):
    ref: Ref
    motif: Ref
    agents: Annotated[list[Ref], Field(min_length=1)]
    lieu: Ref | None = None
    debut: Horaire
    duree_min: Duree | None = None
    participants: list[Ref] = []
    statut: Statut = Statut.INDETERMINE
    notes: Texte = ""
    prevenir: Prevenir = Prevenir()


class Seance(Rdv):
    titre: Nom | None = None
    places_max: Places | None = None
    places_min: Seuil | None = None
    attente_max: Seuil | None = None
    ouverte_en_ligne: OuiNon = True
    liste_attente: list[Ref] = []


class Attente(Entry):
    motif: Ref
    usager: Ref
    lieux: list[Ref] = []
    jours_impossibles: list[DemiJournee] = []


E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True)
class Entree(Generic[E]):
    """One entry, where it stands in the file, and the hash of what it says (empty when it could not all be
    read). `sous` is the ref of the usager it is written under, for a proche."""

    path: Path
    ref: str | None
    value: E
    sha256: str
    sous: str | None = None

    @property
    def liste(self) -> str:
        """The list it belongs to; that of the usagers for a proche."""
        return str(self.path[0])


@dataclass(frozen=True)
class Fichier:
    """A whole file, read entry by entry: `faults` are the errors of shape."""

    territoire: Entree[Territoire]
    services: list[Entree[Service]]
    organisations: list[Entree[Organisation]]
    lieux: list[Entree[Lieu]]
    agents: list[Entree[Agent]]
    motifs: list[Entree[Motif]]
    plages: list[Entree[Plage]]
    absences: list[Entree[Absence]]
    usagers: list[Entree[Usager]]
    proches: list[Entree[Proche]]
    rdvs: list[Entree[Rdv]]
    actions_collectives: list[Entree[Seance]]
    listes_attente: list[Entree[Attente]]
    faults: list[Fault]


LISTS = (
    "services", "organisations", "lieux", "agents", "motifs", "plages", "absences", "usagers", "rdvs",
    "actions_collectives", "listes_attente",
)  # fmt: skip


def parse(content: object) -> Fichier:
    """Read every entry that can be read, and name what is wrong with the shape of the others."""
    if not isinstance(content, dict):
        return parse({"territoire": None})
    reader = _Reader(content)
    organisations = reader.entries("organisations", Organisation)
    everywhere = [entree.ref for entree in organisations if entree.ref] or None
    usagers, proches = reader.families()
    return Fichier(
        territoire=reader.entry(("territoire",), content.get("territoire"), Territoire),
        services=reader.entries("services", Service, _named_service),
        organisations=organisations,
        lieux=reader.entries("lieux", Lieu),
        agents=reader.entries("agents", Agent, lambda raw: _agent_of(everywhere, raw)),
        motifs=reader.entries("motifs", Motif),
        plages=reader.entries("plages", Plage),
        absences=reader.entries("absences", Absence),
        usagers=usagers,
        proches=proches,
        rdvs=reader.entries("rdvs", Rdv),
        actions_collectives=reader.entries("actions_collectives", Seance),
        listes_attente=reader.entries("listes_attente", Attente),
        faults=reader.faults,
    )


def read_entry(path: Path, raw: object, model: type[E]) -> tuple[E, list[Fault]]:
    """The entry that `raw` says, and what is wrong with its shape: it then has its sound fields only."""
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    return _readable(raw, model, details), [
        Fault((*path, *detail["loc"]), _sentence(detail, model)) for detail in details
    ]


def in_file_order(faults: list[Fault], content: object) -> list[Fault]:
    """Sort `faults` as the eye meets them in the file; what is missing comes after what its entry holds."""
    ranks: dict[int, dict[str, int]] = {}
    """By object, the place of each of its fields: a file can be wrong in a hundred thousand of them."""

    def rank(step: str | int, fields: dict[str, object]) -> int:
        if id(fields) not in ranks:
            ranks[id(fields)] = {name: at for at, name in enumerate(fields)}
        return ranks[id(fields)].get(str(step), len(fields))

    def position(fault: Fault) -> list[int]:
        here, places = content, []
        for step in fault.path:
            if isinstance(here, list) and isinstance(step, int):
                places.append(step)
                here = here[step] if step < len(here) else None
            else:
                fields = here if isinstance(here, dict) else {}
                places.append(rank(step, fields))
                here = fields.get(step)
        return places

    return sorted(faults, key=position)


def _named_service(raw: object) -> object:
    return {"ref": raw, "nom": raw} if isinstance(raw, str) else raw


def _agent_of(everywhere: list[str] | None, raw: object) -> object:
    if isinstance(raw, dict) and raw.get("organisations") is None:
        return {**raw, "organisations": everywhere}
    return raw


class _Reader:
    """Reads entries one by one and remembers what was wrong with their shape."""

    def __init__(self, content: dict[str, object]) -> None:
        self.content = content
        self.faults: list[Fault] = []
        for name in content:
            if name not in ("territoire", *LISTS):
                self.faults.append(Fault((name,), _unknown(name, ("territoire", *LISTS))))

    def entries(
        self, name: str, model: type[E], completed: Callable[[Any], object] = lambda raw: raw
    ) -> list[Entree[E]]:
        return [
            self.entry((name, at), completed(raw), model)
            for at, raw in enumerate(self._list((name,), self.content.get(name)))
        ]

    def families(self) -> tuple[list[Entree[Usager]], list[Entree[Proche]]]:
        """The usagers, and their proches taken out of them: each is an entry of its own."""
        usagers, proches = [], []
        for at, raw in enumerate(self._list(("usagers",), self.content.get("usagers"))):
            path: Path = ("usagers", at)
            alone = {key: raw[key] for key in raw if key != "proches"} if isinstance(raw, dict) else raw
            usager = self.entry(path, alone, Usager)
            usagers.append(usager)
            for rank, proche in enumerate(self._proches(path, raw)):
                proches.append(self.entry((*path, "proches", rank), proche, Proche, sous=usager.ref))
        return usagers, proches

    def entry(self, path: Path, raw: object, model: type[E], sous: str | None = None) -> Entree[E]:
        value, faults = read_entry(path, raw, model)
        if faults:
            self.faults += faults
            return Entree(path, _ref_of(raw), value, sha256="", sous=sous)
        said = value.model_dump_json(exclude_unset=True) + (sous or "")
        return Entree(path, _ref_of(raw), value, hashlib.sha256(said.encode(errors="replace")).hexdigest(), sous)

    def _proches(self, path: Path, raw: object) -> list[object]:
        return self._list((*path, "proches"), raw.get("proches")) if isinstance(raw, dict) else []

    def _list(self, path: Path, raw: object) -> list[object]:
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.faults.append(Fault(path, "must be a list"))
            return []
        return raw


def _ref_of(raw: object) -> str | None:
    """The name others may call this entry by, even when the rest of it is wrong."""
    if not isinstance(raw, dict):
        return None
    if "usager" in raw and "ref" not in raw:
        return f"{raw.get('motif')}/{raw['usager']}"
    return raw["ref"] if isinstance(raw.get("ref"), str) else None


def _readable(raw: object, model: type[E], details: list[ErrorDetails]) -> E:
    """The entry with its sound fields only, so that its other errors can still be looked for."""
    entry = model.model_construct()
    broken = set(_broken(details, model))
    for name in model.model_fields:
        if name in broken or not isinstance(raw, dict):
            entry.__dict__.pop(name, None)
        elif name in raw:
            setattr(entry, name, raw[name])
    return entry


def _broken(details: list[ErrorDetails], model: type[Entry]) -> Iterator[str]:
    for detail in details:
        if detail["loc"]:
            name = str(detail["loc"][0])
            yield name
            # A misspelt field leaves the one that was meant unknown, not missing.
            yield from get_close_matches(name, model.model_fields, n=1)


def _nested(model: type[Entry], steps: list[str]) -> type[Entry]:
    for step in steps:
        inner = model.model_fields[step].annotation
        model = inner if isinstance(inner, type) and issubclass(inner, Entry) else model
    return model


def _sentence(detail: ErrorDetails, model: type[Entry]) -> str:
    if detail["type"] == "extra_forbidden":
        *nest, name = map(str, detail["loc"])
        fields = _nested(model, nest).model_fields
        return _unknown(name, tuple(field.alias or called for called, field in fields.items()))
    if detail["type"] == "missing" or detail["input"] is None:
        return "is required"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    said = SENTENCES.get(detail["type"], "is not understood")
    return said.format(**detail.get("ctx", {}))


SENTENCES = {
    "string_type": "must be text, in quotes",
    "string_unicode": "must not hold half a character",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object with named fields",
    "model_type": "must be an object with named fields",
    "model_attributes_type": "must be an object with named fields",
    "enum": "must be {expected}",
    "too_short": "must not be empty",
    "greater_than_equal": "must be at least {ge}",
    "string_too_long": "must have at most {max_length} characters",
}


def _unknown(name: str, names: tuple[str, ...]) -> str:
    close = get_close_matches(name, names, n=1)
    return f"unknown field (did you mean {close[0]}?)" if close else "unknown field"
