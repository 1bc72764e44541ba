"""What an avis has to tell, read when it is told and not when it was written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import object_session

from booking.deplacement import is_movable, is_theirs_alone
from booking.models import Avis, AvisKind, Lieu, Participation, Rdv, Statut, TypeMotif, Usager
from booking.silences import motif, served

TO_ANSWER = timedelta(minutes=30)
"""What is offered can still be had this long after it is due."""


class Naissance(StrEnum):
    """Whose birth date can be asked, to know who reads."""

    SOI = "soi"
    """The reader's own."""
    CONCERNEE = "concernee"
    """Only that of the proche it is about."""


@dataclass(frozen=True)
class Facts:
    """What may be said of an avis. `prenom` is None when it is the reader's own; `discret` forbids all but the day,
    the hour and the phone, `neutre` these too (the number may have a new owner). `debut` is when an RDV begins,
    began or would have, and the end of an invitation; `avant` the hour they know,
    of an RDV that begins at another. `agent` is
    named for a follow-up and an invitation only, `titre` for a séance; `ref` is the invitation's or the offre's,
    `motif` the motif's. `deplacable`, of a reminder: it may be moved by message, and soon after it is due. `reponse`:
    their own message caused it. `naissance` is None when no birth date is known."""

    avis: int
    kind: AvisKind
    participation: int | None
    ref: str | None
    motif: str
    type: TypeMotif
    organisation_id: int
    organisation: str
    telephone: str | None
    libelle: str
    titre: str | None
    prenom: str | None
    agent: str | None
    debut: datetime
    avant: datetime | None
    lieu: str | None
    adresse: str | None
    numero: str | None
    indications: str
    discret: bool
    limite: datetime | None
    zone: ZoneInfo
    langue: str
    neutre: bool = False
    reponse: bool = False
    deplacable: bool = True
    naissance: Naissance | None = None
    famille: bool = False
    """Of a cancellation: somebody else who answers for them gave it up, not the service."""
    ensemble: tuple[tuple[str, datetime], ...] = ()
    """Of a confirmation: the first names and hours of those whose RDVs were taken at once, where there are several."""


def facts(avis: Avis) -> Facts:
    """What to tell, from everything as it is now."""
    about, person = motif(avis), avis.destinataire
    usager, organisation = served(avis), about.organisation
    lieu = _lieu(avis)
    return Facts(
        avis=avis.id,
        kind=avis.kind,
        participation=avis.participation_id,
        ref=_ref(avis),
        motif=about.ref,
        type=about.type,
        organisation_id=organisation.id,
        organisation=organisation.nom,
        telephone=organisation.telephone,
        libelle=about.libelle_usager,
        titre=avis.rdv.titre if avis.rdv else None,
        prenom=usager.prenom if usager is not person or _is_one_of_several(avis) else None,
        agent=_agent(avis),
        debut=_debut(avis),
        avant=avis.avant if avis.avant != _debut(avis) else None,
        lieu=lieu.nom if lieu else None,
        adresse=lieu.adresse if lieu else _address(avis),
        numero=_numero(avis),
        indications=about.indications_apres,
        discret=about.sensible or person.discret or usager.discret,
        limite=avis.limite,
        zone=organisation.territoire.zone,
        langue=person.langue,
        reponse=avis.reponse,
        deplacable=avis.kind is AvisKind.REMINDER and _is_movable(avis),
        naissance=whose(person, usager),
        famille=_is_given_up(avis),
        ensemble=_ensemble(avis),
    )


def whose(person: Usager, *proches: Usager) -> Naissance | None:
    """Whose birth date can be asked of a person, to know them."""
    if person.naissance is not None:
        return Naissance.SOI
    return Naissance.CONCERNEE if any(proche.naissance for proche in proches) else None


def is_discreet(rdv: Rdv, *people: Usager) -> bool:
    return rdv.motif.sensible or any(person.discret for person in people)


def _is_movable(avis: Avis) -> bool:
    """Whether the person may move it by message: what is sensitive is moved with somebody of the service."""
    rdv, person, part = avis.rdv, avis.destinataire, avis.participation
    if rdv is None or part is None or rdv.motif.sensible or not is_movable(rdv, avis.du_le + TO_ANSWER):
        return False
    # Most come alone: families are looked up for the others only.
    if is_theirs_alone(rdv, [part.usager_id]):
        return True
    return is_theirs_alone(rdv, [person.id, *(proche.id for proche in person.proches)])


def _numero(avis: Avis) -> str | None:
    """Whom an RDV by phone calls, as far as the reader may know: nobody is told somebody else's number."""
    person, rdv = avis.destinataire, avis.rdv
    if rdv is not None and rdv.numero is not None and rdv.numero == person.a_appeler:
        return rdv.numero
    return person.telephone


def _is_given_up(avis: Avis) -> bool:
    if avis.kind is not AvisKind.CANCELLATION or avis.rdv is None or avis.participation is None:
        return False
    return avis.participation.statut is Statut.EXCUSE and avis.rdv.statut is not Statut.REVOQUE


def _ensemble(avis: Avis) -> tuple[tuple[str, datetime], ...]:
    """The RDVs taken at once with this one that still stand, of those whom the person answers for."""
    if avis.kind is not AvisKind.CONFIRMATION or avis.rdv is None or avis.rdv.ensemble is None:
        return ()
    session, person = object_session(avis), avis.destinataire
    assert session is not None
    taken = (
        select(Usager.prenom, Rdv.debut)
        .join(Participation, Participation.usager_id == Usager.id)
        .join(Rdv, Rdv.id == Participation.rdv_id)
        .where(
            Rdv.ensemble == avis.rdv.ensemble,
            Rdv.statut == Statut.INDETERMINE,
            Usager.id.in_([person.id, *(proche.id for proche in person.proches)]),
        )
        .order_by(Rdv.debut)
    )
    found = tuple((prenom, debut) for prenom, debut in session.execute(taken))
    return found if len(found) > 1 else ()


def _ref(avis: Avis) -> str | None:
    proposed = avis.invitation or avis.offre
    return proposed.ref if proposed else None


def _is_one_of_several(avis: Avis) -> bool:
    """Whether a confirmation reaches a phone or a chat that others have too: each of them is named."""
    session, person = object_session(avis), avis.destinataire
    if avis.kind is not AvisKind.CONFIRMATION or session is None:
        return False
    theirs = (Usager.telephone, person.telephone), (Usager.telegram, person.telegram)
    here = [column == value for column, value in theirs if value is not None]
    others = select(Usager.id).where(or_(*here), Usager.territoire_id == person.territoire_id, Usager.id != person.id)
    return bool(here) and session.scalar(others.limit(1)) is not None


def _agent(avis: Avis) -> str | None:
    if avis.invitation is not None:
        return _name(avis.invitation.agent.prenom, avis.invitation.agent.nom)
    if avis.rdv is None or not avis.rdv.motif.suivi:
        return None
    return ", ".join(_name(agent.prenom, agent.nom) for agent in avis.rdv.agents)


def _name(prenom: str, nom: str) -> str:
    return f"{prenom} {nom}"


def _debut(avis: Avis) -> datetime:
    if avis.invitation is not None:
        return avis.invitation.expire_le
    happens = avis.rdv or avis.offre
    assert happens is not None
    return happens.debut


def _lieu(avis: Avis) -> Lieu | None:
    happens = avis.rdv or avis.offre
    return happens.lieu if happens else None


def _address(avis: Avis) -> str | None:
    return avis.rdv.adresse if avis.rdv else None
