"""Answer what people ask of an RDV that they have, or of the service: where, what to bring, with whom, when it is open.

B  MDS Arras : rappel, RDV Consultation PMI pour Léa jeu 26 nov 10h, 12 rue des Rosati, Arras. OUI si vous venez, …
U  faut-il apporter quelque chose ?
B  RDV de Léa, Consultation PMI, jeu 26 nov 10h : Apportez le carnet de santé.
B  Pour le RDV du jeu 26 nov 10h, répondez OUI si c'est toujours bon, ANNULER sinon, AUTRE pour changer de jour.
"""

from collections.abc import Callable

from booking.desk import Desk
from booking.models import TypeMotif
from booking.telephones import national
from booking.vues import Details, RdvVu
from conversations.change import ConfirmCancel, list_mine, meant, rdv_named
from conversations.engine import Step, Turn, end
from conversations.messages import Say, say
from conversations.person import appelez, ouvert
from conversations.remind import Reminded
from conversations.understanding import Heard, Intent
from conversations.verify import ask_who

MOST = 2
"""RDVs that one question is answered for, where it names none: each takes a message."""

Answer = Callable[[RdvVu, Details, Desk], Say]


def told(heard: Heard, desk: Desk) -> Turn | None:
    """The answer to a question asked outside of any of ours; None where it asks nothing that is known."""
    answer, rdvs = _asked(heard), desk.rdvs()
    if answer is None and not _asks_hours(heard):
        return None
    if answer is None or (answer is _whom and not rdvs):
        return end(say("asked.ouvert", personne=ouvert(desk)))
    if not rdvs:
        return ask_who(desk) if desk.is_doubtful else end(none_known(desk))
    about = meant(heard, rdvs, desk)
    if answer is _where and len(about) > 1:
        return end(list_mine(desk))
    return end(*(_of(rdv, answer, desk) for rdv in about[:MOST]))


def beside(step: Step, heard: Heard, desk: Desk) -> Turn | None:
    """The answer to a question asked in place of an answer to ours, which stays open; None where it is not known of
    what."""
    rdv = _about(step, desk)
    if (answer := _asked(heard)) is not None and rdv is not None:
        return Turn((_of(rdv, answer, desk), step.ask_again()), step)
    return Turn((ouvert(desk), step.ask_again()), step) if _asks_hours(heard) else None


def none_known(desk: Desk) -> Say:
    """No RDV is known here: it may have been given another number."""
    return say("asked.aucun", personne=appelez(desk))


def _about(step: Step, desk: Desk) -> RdvVu | None:
    """The RDV that exists and that an open question is about."""
    match step:
        case Reminded():
            return desk.rdv(step.participation)
        case ConfirmCancel():
            return desk.rdv(step.rdv.participation)
        case _:
            return None


def _asks_hours(heard: Heard) -> bool:
    return heard.is_sure and heard.meaning.intent is Intent.ASK_HOURS


def _asked(heard: Heard) -> Answer | None:
    """What is asked of an RDV."""
    if heard.asks_whom:
        return _whom
    return _ANSWERS.get(heard.meaning.intent) if heard.is_sure else None


def _of(rdv: RdvVu, answer: Answer, desk: Desk) -> Say:
    details = desk.details(rdv.participation)
    if details is None:
        return say("asked.discret", rdv=rdv_named(rdv), personne=appelez(desk))
    return answer(rdv, details, desk)


def _where(rdv: RdvVu, details: Details, desk: Desk) -> Say:
    match details.type:
        case TypeMotif.TELEPHONE:
            return say("asked.telephone", rdv=rdv_named(rdv), numero=national(details.numero or ""))
        case TypeMotif.DOMICILE:
            return say("asked.domicile", rdv=rdv_named(rdv), adresse=details.adresse or "")
        case TypeMotif.SUR_PLACE:
            return say("asked.lieu", rdv=rdv_named(rdv), lieu=details.lieu or "", adresse=details.adresse or "")


def _what_to_bring(rdv: RdvVu, details: Details, desk: Desk) -> Say:
    if not details.instructions:
        return say("asked.rien_a_apporter", rdv=rdv_named(rdv), personne=appelez(desk))
    return say("asked.apporter", rdv=rdv_named(rdv), instructions=details.instructions)


def _whom(rdv: RdvVu, details: Details, desk: Desk) -> Say:
    if details.agent is None:
        return say("asked.avec", rdv=rdv_named(rdv), organisation=desk.organisation, personne=appelez(desk))
    return say("asked.avec_agent", rdv=rdv_named(rdv), agent=details.agent, organisation=desk.organisation)


_ANSWERS: dict[Intent, Answer] = {Intent.ASK_ADDRESS: _where, Intent.ASK_BRING: _what_to_bring}
