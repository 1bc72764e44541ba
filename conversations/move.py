"""Move an RDV to another créneau: the one there is stands until the yes.

U  je peux plus jeudi, plutot vendredi
B  Au lieu de jeu 26 nov 10h, ven 27 nov :
   1 9h
   2 9h30
   Répondez 1 ou 2, SUITE, ou un autre jour. NON pour ne rien changer.
U  9h
B  Déplacer le RDV de Léa du jeu 26 nov 10h au ven 27 nov 9h ? OUI, ou NON pour garder jeudi 10h.
U  oui
B  MDS Arras : RDV changé, c'est maintenant ven 27 nov 9h, Consultation PMI pour Léa, MDS Arras Sud, 12 rue des Rosati, Arras. Empêché ? Répondez ANNULER.
"""

from dataclasses import replace

from booking.desk import Desk
from booking.souhait import Souhait
from booking.vues import RdvVu
from conversations.creneaux import offer
from conversations.draft import Draft
from conversations.engine import Turn, end
from conversations.messages import say
from conversations.person import appelez
from conversations.refused import REFUSALS, refused
from conversations.understanding import Heard


def move(rdv: RdvVu, souhait: Souhait | None, desk: Desk) -> Turn:
    """Offer other créneaux of the same motif, for the same person, at the same lieu."""
    # A sender can be imitated: what is sensitive is moved with somebody of the service.
    if rdv.sensible:
        return end(say("move.par_un_agent", personne=appelez(desk)), flag="déplacement")
    try:
        motif, pour, lieu = desk.draft_of(rdv.participation)
    except REFUSALS as refusal:
        return refused(refusal, desk)
    people = desk.people()
    draft = Draft(
        motif=motif,
        lu=True,
        pour=pour,
        moi=pour if pour in people else people[0],
        lieu=lieu,
        souhait=souhait,
        deplace=rdv.participation,
        ancien=rdv.debut,
    )
    return offer(draft, desk)


def other_day(heard: Heard, rdv: RdvVu, desk: Desk) -> Souhait | None:
    """The last day or hour said that is not the RDV's own: "je peux plus jeudi, plutot vendredi" wishes for Friday.
    An hour without a day is one of the same day."""
    local = rdv.debut.astimezone(desk.zone)
    others = [souhait for souhait in heard.souhaits if not souhait.admits(local)]
    if not others:
        return None
    wished = others[-1]
    if wished.heure is not None and wished.premier is None:
        return replace(wished, premier=local.date(), dernier=local.date())
    return wished
