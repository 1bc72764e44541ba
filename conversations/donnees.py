"""Personal data: what is kept and how to ask for it, asking for it to be erased, and messages that tell less.

U  supprimer
B  Demander l'effacement de ce que nous gardons de vous ? Un agent vérifie d'abord que c'est bien vous, vos RDV restent. OUI, ou NON.
U  oui
B  Demande notée : un agent vous répondra dans le mois. Rien n'est effacé d'ici là. Appelez le 03 21 00 00 00, lun-ven 9h-12h 13h30-17h.
"""

from dataclasses import dataclass
from typing import ClassVar

from booking.desk import Desk
from booking.telephones import national
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Say, say
from conversations.person import appelez
from conversations.understanding import Context, Heard, Word

ACCES, EFFACEMENT, COMPLETS = "donnees", "suppression", "messages complets"
"""Why an agent should look: somebody asks for their data, for its end, for messages that tell everything again."""


def kept(desk: Desk) -> Say:
    """What is kept of people and how they get to it: the same whoever is known here, and nothing of them."""
    delegue = say("notice.rien") if desk.dpo is None else say("donnees.dpo", dpo=desk.dpo)
    return say("donnees.gardees", service=_service(desk), delegue=delegue)


def _service(desk: Desk) -> Say:
    if desk.telephone is None:
        return say("donnees.accueil", organisation=desk.organisation)
    telephone = national(desk.telephone)
    if desk.is_discreet:
        return say("donnees.telephone", telephone=telephone)
    return say("donnees.service", organisation=desk.organisation, telephone=telephone)


def hide(desk: Desk) -> Say:
    """From now on messages say the day and the hour only: nobody has to prove who they are to be told less."""
    desk.hide()
    return say("donnees.discret")


def show(desk: Desk) -> Say:
    """Messages that tell more come back with an agent alone: whoever holds the phone may not be who hid them."""
    return say("donnees.complets", personne=appelez(desk))


def open_erasure() -> Turn:
    return go(ConfirmErasure())


@dataclass(frozen=True)
class ConfirmErasure(Step, key="donnees.supprimer", scene="effacement", context=Context.CONFIRMING):
    is_notice: ClassVar[bool] = True
    """It is about nothing that was being asked: that waits, and is asked again."""

    def ask(self) -> Say:
        return say("donnees.supprimer")

    def ask_again(self) -> Say:
        return say("donnees.supprimer_again")

    def answers_to(self, word: Word) -> bool:
        return False

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        match heard.yes_or_no:
            case True:
                return end(say("donnees.demandee", personne=appelez(desk)), flag=EFFACEMENT)
            case False:
                return end(say("donnees.rien_change"))
            case None:
                return miss(self)
