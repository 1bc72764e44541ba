"""Why somebody is not told something after all: asked when an avis is claimed, and again just before it leaves."""

from datetime import datetime
from enum import StrEnum

from booking.models import (
    Avis,
    AvisKind,
    InvitationEtat,
    Motif,
    Notification,
    OffreEtat,
    Participation,
    Rdv,
    Statut,
    Usager,
)


class Silence(StrEnum):
    """What `Avis.raison` says to agents."""

    PROTEGE = "protege"
    """Nobody writes to this person, whatever happens."""
    DESTINATAIRE = "destinataire"
    """The person answers for the participant no longer."""
    REFUS = "refus"
    """The person wants no messages, or whoever has the number says that it is not theirs."""
    INJOIGNABLE = "injoignable"
    """The person has no number."""
    STOP = "stop"
    """The number said STOP: only the shell knows."""
    PERIME = "perime"
    """It would come too late to be of use."""
    CHANGE = "change"
    """No longer so: the RDV has moved, the status was set back, what was proposed is answered."""
    ANNULE = "annule"
    """Nobody comes any more, or the RDV is gone."""
    DOUBLE = "double"
    """Somebody else in the same RDV was told it at the same number, in the same words."""
    MUET = "muet"
    """This RDV is not told of: its own switches, or a motif that is not shown."""


TO_COME = (AvisKind.CONFIRMATION, AvisKind.CHANGE, AvisKind.REMINDER)
"""What is told of an RDV as it stands, and is no longer true once it has changed."""


def why(avis: Avis, now: datetime, *, answering: bool = False) -> Silence | None:
    """Why `avis` is not to be told, from everything as it is now; None when it is. An answer to the person's own
    message is due to whoever wants no messages, and of whatever RDV; `protege` outranks it."""
    if (avis.participation or avis.invitation or avis.offre) is None:
        return Silence.ANNULE
    reason = _about_the_person(avis) or _about_the_fact(avis, now)
    if answering and reason in (Silence.REFUS, Silence.MUET):
        return None
    return reason


def served(avis: Avis) -> Usager:
    """Whom it is about: the participant, the one invited, the one who waits."""
    if avis.participation is not None:
        return avis.participation.usager
    if avis.invitation is not None:
        return avis.invitation.usager
    assert avis.offre is not None
    return avis.offre.attente.usager


def motif(avis: Avis) -> Motif:
    if avis.rdv is not None:
        return avis.rdv.motif
    if avis.invitation is not None:
        return avis.invitation.motif
    assert avis.offre is not None
    return avis.offre.attente.motif


def _about_the_person(avis: Avis) -> Silence | None:
    person, about = avis.destinataire, served(avis)
    if person.protege or about.protege:
        return Silence.PROTEGE
    if person not in (about.responsables or [about]):
        return Silence.DESTINATAIRE
    if not person.telephone and not person.telegram:
        return Silence.INJOIGNABLE
    if not person.notifier_sms or person.numero_refuse_le is not None:
        return Silence.REFUS
    return None


def _about_the_fact(avis: Avis, now: datetime) -> Silence | None:
    if avis.limite is not None and avis.limite <= now:
        return Silence.PERIME
    proposed = avis.invitation or avis.offre
    if proposed is not None:
        is_open = proposed.etat in (InvitationEtat.OUVERTE, OffreEtat.OUVERTE) and proposed.expire_le > now
        return None if is_open else Silence.CHANGE
    assert avis.rdv is not None
    assert avis.participation is not None
    return _no_longer_so(avis, avis.rdv, avis.participation, now) or _kept_silent(avis, avis.rdv)


def _no_longer_so(avis: Avis, rdv: Rdv, participation: Participation, now: datetime) -> Silence | None:
    statuts = (rdv.statut, participation.statut)
    match avis.kind:
        case AvisKind.CANCELLATION:
            is_off = Statut.REVOQUE in statuts or participation.statut is Statut.EXCUSE
            return None if is_off else Silence.CHANGE
        case AvisKind.MISSED:
            return None if participation.statut is Statut.NON_EXCUSE else Silence.CHANGE
    if statuts != (Statut.INDETERMINE, Statut.INDETERMINE):
        return Silence.ANNULE
    if rdv.version != avis.version:
        return Silence.CHANGE
    return Silence.PERIME if rdv.debut <= now else None


def _kept_silent(avis: Avis, rdv: Rdv) -> Silence | None:
    wanted = rdv.prevenir_rappel if avis.kind is AvisKind.REMINDER else rdv.prevenir_vie_du_rdv
    is_shown = rdv.motif.notification is not Notification.INVISIBLE
    return None if wanted and is_shown else Silence.MUET
