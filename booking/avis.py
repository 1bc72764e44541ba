"""Who must be told what, and when: written by the booking verbs, claimed once, dropped when no longer true."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.models import Avis, AvisEtat, AvisKind, Participation, Rdv, Statut, TypeMotif, Usager

BATCH = 100


@dataclass(frozen=True)
class Facts:
    """What an avis tells, read when it is told and not when it was written. `lieu`, `adresse` and `prenom` are
    None where the RDV has none; `discret` forbids all but the day, the hour and the phone."""

    kind: AvisKind
    type: TypeMotif
    organisation: str
    telephone: str | None
    libelle: str
    prenom: str | None
    debut: datetime
    lieu: str | None
    adresse: str | None
    numero: str | None
    indications: str
    discret: bool


def plan(session: Session, rdv: Rdv, participation: Participation, kind: AvisKind, due: datetime) -> None:
    """Write one avis for each person who answers for the participant: the participant itself, or the
    responsables of a proche, never the proche."""
    if not rdv.prevenir_vie_du_rdv:
        return
    usager = participation.usager
    for person in usager.responsables or [usager]:
        session.add(
            Avis(
                kind=kind,
                rdv=rdv,
                version=rdv.version,
                participation=participation,
                destinataire=person,
                du_le=due,
                etat=AvisEtat.A_DIRE,
            )
        )
    session.flush()


def claim_due(session: Session, now: datetime, *, of: Collection[int] | None = None) -> list[Avis]:
    """Take the avis due by `now`, at most `BATCH`, each once whoever else is asking; only those of the usagers
    `of` when given. Those no longer true, or not wanted by the person, are settled without being returned."""
    due = select(Avis).where(Avis.etat == AvisEtat.A_DIRE, Avis.du_le <= now)
    if of is not None:
        due = due.where(Avis.destinataire_id.in_(of))
    taken = due.order_by(Avis.du_le, Avis.id).limit(BATCH).with_for_update(skip_locked=True)
    claimed = list(session.scalars(taken))
    for avis in claimed:
        avis.etat = AvisEtat.DIT if _still_holds(avis, now) else AvisEtat.SANS_OBJET
    return [avis for avis in claimed if avis.etat is AvisEtat.DIT]


def _still_holds(avis: Avis, now: datetime) -> bool:
    person, rdv = avis.destinataire, avis.rdv
    if person.protege or avis.participation.usager.protege or not person.notifier_sms:
        return False
    return rdv.version == avis.version and rdv.statut is Statut.INDETERMINE and rdv.debut > now


def facts(avis: Avis) -> Facts:
    """What to tell, from the RDV as it is now."""
    rdv, usager = avis.rdv, avis.participation.usager
    organisation = rdv.motif.organisation
    return Facts(
        kind=avis.kind,
        type=rdv.motif.type,
        organisation=organisation.nom,
        telephone=organisation.telephone,
        libelle=rdv.motif.libelle_usager,
        prenom=usager.prenom if usager is not avis.destinataire else None,
        debut=rdv.debut,
        lieu=rdv.lieu.nom if rdv.lieu else None,
        adresse=rdv.lieu.adresse if rdv.lieu else rdv.adresse,
        numero=avis.destinataire.telephone,
        indications=rdv.motif.indications_apres,
        discret=is_discreet(rdv, avis.destinataire, usager),
    )


def is_discreet(rdv: Rdv, *people: Usager) -> bool:
    return rdv.motif.sensible or any(person.discret for person in people)
