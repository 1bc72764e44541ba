"""What a desk answers with: plain values, saved in dialogues and read aloud, that know no database."""

from dataclasses import dataclass
from datetime import date, datetime

from booking.models import Lieu, Motif, TypeMotif, Usager


@dataclass(frozen=True)
class MotifVu:
    """A motif as a message may show it."""

    ref: str
    libelle: str
    duree_min: int
    type: TypeMotif
    instructions: str
    pour_un_proche: bool
    suivi: bool
    sensible: bool


@dataclass(frozen=True)
class Personne:
    """Somebody served: known by `id`, or described by who is writing."""

    prenom: str
    nom: str
    naissance: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class LieuVu:
    ref: str
    nom: str
    adresse: str


@dataclass(frozen=True)
class CreneauVu:
    debut: datetime
    lieu: LieuVu | None


@dataclass(frozen=True)
class RdvVu:
    """One person's part in an RDV, as they may be told of it. `prenom` is None when it is the sender's own;
    `discret` forbids everything but the day and the hour."""

    participation: int
    debut: datetime
    libelle: str
    prenom: str | None
    lieu: str | None
    discret: bool
    sensible: bool


@dataclass(frozen=True)
class Details:
    """What may be told of an RDV to who asks: where, whom it calls, how to prepare, with whom. `adresse` is the lieu's
    or, like `numero`, the reader's own: never somebody else's. `agent` is named for a follow-up only."""

    type: TypeMotif
    lieu: str | None
    adresse: str | None
    numero: str | None
    instructions: str
    agent: str | None


@dataclass(frozen=True)
class DejaPris:
    """What an RDV that was just given up was: of which motif and for whom, at which lieu, by their refs."""

    motif: str
    pour: Personne
    lieu: str | None


@dataclass(frozen=True)
class InvitationVue:
    """An RDV that an agent proposes: of which motif, by its ref, for whom."""

    ref: str
    motif: str
    pour: Personne


@dataclass(frozen=True)
class OrganisationVue:
    ref: str
    nom: str


@dataclass(frozen=True)
class CommuneVue:
    """A commune that the territoire knows, and the organisation of its people, by its ref."""

    code_postal: str
    nom: str
    code_insee: str | None
    organisation: str


def motif_vu(motif: Motif) -> MotifVu:
    return MotifVu(
        ref=motif.ref,
        libelle=motif.libelle_usager,
        duree_min=motif.duree_min,
        type=motif.type,
        instructions=motif.instructions_avant,
        pour_un_proche=motif.pour_un_proche,
        suivi=motif.suivi,
        sensible=motif.sensible,
    )


def lieu_vu(lieu: Lieu | None) -> LieuVu | None:
    return LieuVu(lieu.ref, lieu.nom, lieu.adresse) if lieu else None


def personne(usager: Usager) -> Personne:
    return Personne(usager.prenom, usager.nom, usager.naissance, usager.id)
