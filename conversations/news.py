"""What an avis tells in full, once it is known who reads it, and the question that it asks."""

from booking.faits import Facts
from booking.models import AvisKind, TypeMotif
from booking.telephones import national
from conversations import family
from conversations.announce import announced
from conversations.engine import Step
from conversations.invite import Invited
from conversations.messages import Moment, Say, Value, say
from conversations.remind import Reminded

SHORT = 100
"""Indications up to this many characters fit in the confirmation itself."""
SHORTER = 60
"""The same, in one that says who speaks."""
_PURPOSES = {AvisKind.MISSED: "notice", AvisKind.INVITATION: "notice"}
"""What a message is for, in the words of scripts, where it is not the kind of its avis."""


def phrases(facts: Facts) -> tuple[Say, ...]:
    """All that may be said of an avis; to a discreet person the hour alone."""
    if facts.kind is AvisKind.CONFIRMATION:
        return _together(facts) if facts.ensemble else _confirmation(facts)
    return (_discreet(facts) if facts.discret else _told(facts),)


def question(facts: Facts) -> Step | None:
    """The question that an avis asks, where it asks one."""
    match facts.kind:
        case AvisKind.REMINDER if facts.participation is not None:
            return Reminded(
                facts.participation,
                facts.debut,
                _libelle(facts),
                facts.prenom,
                facts.discret,
                facts.deplacable and facts.titre is None,
            )
        case AvisKind.INVITATION if facts.ref is not None:
            return Invited(facts.ref, facts.limite)
        case _:
            return None


def purpose(facts: Facts) -> str:
    """What the message is for, in the words of scripts."""
    return _PURPOSES.get(facts.kind, facts.kind)


def _confirmation(facts: Facts) -> tuple[Say, ...]:
    """The confirmation of an RDV; long indications follow in a message of their own. One that answers nobody says
    who speaks."""
    is_answer = facts.reponse or facts.discret
    is_short = len(facts.indications) <= (SHORT if is_answer else SHORTER) and not facts.discret
    told = announced(
        "notice.confirmation" if is_answer else "notice.confirmation_service",
        type=facts.type,
        debut=facts.debut,
        prenom=facts.prenom,
        lieu=facts.lieu,
        adresse=facts.adresse,
        numero=national(facts.numero or ""),
        discret=facts.discret,
        kind=facts.kind,
        indications=facts.indications if is_short else "",
        contact=_contact(facts),
        organisation=facts.organisation,
    )
    if is_short or facts.discret:
        return (told,)
    return (told, say("notice.indications", kind=facts.kind, texte=facts.indications))


def _together(facts: Facts) -> tuple[Say, ...]:
    """The one confirmation of RDVs that a family has one after the other; indications follow it."""
    suite = family.each_at(facts.ensemble, discret=facts.discret)
    values: dict[str, Value] = {"jour": Moment(facts.debut, "jour"), "suite": suite}
    if facts.discret:
        return (Say("notice.fratrie_discret", {"contact": _contact(facts), **values}, kind=facts.kind),)
    place: dict[str, Value] = {"rue": _rue(facts), "organisation": facts.organisation, **values}
    told = Say("notice.fratrie" if facts.reponse else "notice.fratrie_service", place, kind=facts.kind)
    if not facts.indications:
        return (told,)
    return (told, say("notice.indications", kind=facts.kind, texte=facts.indications))


def _told(facts: Facts) -> Say:
    """A notice in full: who speaks, what for, for whom, when, where."""
    values: dict[str, Value] = {
        "organisation": facts.organisation,
        "quoi": _quoi(facts),
        "endroit": _ou(facts),
        "agent": facts.agent or "",
        "prenom": facts.prenom or "",
        **_when(facts),
    }
    return Say(_key(facts), values, kind=purpose(facts))


def _key(facts: Facts) -> str:
    match facts.kind:
        case AvisKind.REMINDER if facts.titre is not None:
            return "notice.reminder_seance"
        case AvisKind.REMINDER if facts.type is not TypeMotif.SUR_PLACE:
            return f"notice.reminder_sans_venir{_unmoved(facts)}"
        case AvisKind.REMINDER:
            return f"notice.reminder{_unmoved(facts)}"
        case AvisKind.CHANGE:
            with_whom = "" if facts.agent is None else "_agent"
            return f"notice.{_change(facts)}{with_whom}"
        case AvisKind.CANCELLATION if facts.famille:
            return "notice.cancellation_famille"
        case AvisKind.INVITATION if facts.prenom is not None:
            return "notice.invitation_pour"
        case _:
            return f"notice.{facts.kind}"


def _discreet(facts: Facts) -> Say:
    """The day, the hour, who to call, and nothing that tells more to whoever reads it."""
    values: dict[str, Value] = {"contact": _contact(facts), **_when(facts)}
    if facts.famille:
        return Say("notice.cancellation_famille_discret", values, kind=purpose(facts))
    told = _change(facts) if facts.kind is AvisKind.CHANGE else facts.kind
    return Say(f"notice.{told}_discret{_unmoved(facts)}", values, kind=purpose(facts))


def _unmoved(facts: Facts) -> str:
    """What ends the key of a reminder that offers no other day: only the service moves that RDV."""
    return "_fixe" if facts.kind is AvisKind.REMINDER and not facts.deplacable else ""


def _change(facts: Facts) -> str:
    """Another hour, or the same one elsewhere or with somebody else."""
    return "change_ailleurs" if facts.avant is None else "change"


def _when(facts: Facts) -> dict[str, Value]:
    moments = {"debut": facts.debut, "avant": facts.avant, "limite": facts.limite}
    return {name: Moment(at) for name, at in moments.items() if at is not None}


def _libelle(facts: Facts) -> str:
    """What it is called: a séance by its title."""
    return facts.titre or facts.libelle


def _quoi(facts: Facts) -> Say:
    if facts.prenom is None:
        return say("notice.quoi", libelle=_libelle(facts))
    return say("notice.quoi_pour", libelle=_libelle(facts), prenom=facts.prenom)


def _ou(facts: Facts) -> Say:
    """Where: the place with its street, at home, or by phone. People are reminded of the street alone."""
    match facts.type:
        case TypeMotif.TELEPHONE:
            return say("notice.ou_telephone", numero=national(facts.numero or ""))
        case TypeMotif.DOMICILE:
            return say("notice.ou_domicile", adresse=facts.adresse or "")
        case TypeMotif.SUR_PLACE if facts.kind is AvisKind.REMINDER and facts.adresse:
            return say("notice.ou_rue", adresse=facts.adresse)
        case TypeMotif.SUR_PLACE:
            return say("notice.ou", lieu=facts.lieu or "", adresse=facts.adresse or "")


def _rue(facts: Facts) -> Say:
    """The street alone, at home, or by phone."""
    if facts.type is TypeMotif.SUR_PLACE:
        return say("notice.ou_rue", adresse=facts.adresse or "")
    return _ou(facts)


def _contact(facts: Facts) -> Say:
    if facts.telephone is None:
        return say("notice.rien")
    return say("notice.contact", telephone=national(facts.telephone))
