"""Ask who reads, where a number may have a new owner: nothing is told before the right day and month of birth.

B  Pour lire vos messages, répondez votre jour et mois de naissance, ex : 14 mars. MAUVAIS NUMERO si ce n'est pas vous.
U  2 mai
B  Ce n'est pas cela. Répondez un jour et un mois de naissance, ex : 14 mars. MAUVAIS NUMERO si ce n'est pas vous.
U  22 juillet
B  MDS Arras : rappel, RDV Assistante sociale jeu 7 janv 10h, 12 rue des Rosati, Arras. OUI si vous venez, ANNULER sinon, AUTRE pour changer de jour.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from booking.desk import Desk
from booking.faits import Naissance
from booking.telephones import national
from conversations import news
from conversations.change import list_mine
from conversations.engine import Instant, Step, Turn, end, go, miss, stay
from conversations.messages import Say, say
from conversations.understanding import Context, Heard, Word

FLAG = "naissance"
"""Why an agent should look: nobody at this number could say a birth day that is known."""
_SEPARATOR = re.compile(r"(?<=\d)\s*[.\-]\s*(?=\d)")


def ask_who(desk: Desk) -> Turn:
    """What anything about RDVs gets from a number that may have a new owner."""
    asked = whose(desk)
    return _by_phone(desk) if asked is None else go(asked)


def whose(desk: Desk) -> "AskNaissance | None":
    """The question that tells who reads; None where no answer would be believed."""
    known = desk.naissance if desk.tries_left else None
    return AskNaissance(known) if known else None


@dataclass(frozen=True)
class AskNaissance(Step, key="verify.naissance", scene="verification", context=Context.ENTERING_BIRTHDATE):
    de: Naissance = Naissance.SOI
    avis: int | None = None
    """What is told to who answers; their RDVs, when it is nothing or no longer true."""
    limite: Instant | None = None
    """Until when that is worth an answer."""

    is_notice: ClassVar[bool] = True

    def ask(self) -> Say:
        return say("verify.soi" if self.de is Naissance.SOI else "verify.concernee")

    def ask_again(self) -> Say:
        return say("verify.again")

    def closes_at(self, asked_at: datetime) -> datetime:
        return self.limite or super().closes_at(asked_at)

    def is_moot(self, desk: Desk) -> bool:
        return not desk.is_doubtful

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if self.is_moot(desk):
            return self.tell(desk)
        given = _day_and_month(heard)
        if given is None:
            return self.refuse(desk) if _is_somebody_else(heard) else miss(self)
        if desk.recognise(*given, avis_id=self.avis):
            return self.tell(desk)
        # The same words whatever was wrong: an answer is no help to who guesses.
        return stay(self, say("verify.faux")) if desk.tries_left else _by_phone(desk)

    def tell(self, desk: Desk) -> Turn:
        """What they were to read, as it is now; their other RDVs first, which they may not have been told of either."""
        facts = desk.news(self.avis) if self.avis is not None else None
        if facts is None:
            return end(list_mine(desk))
        others = any(rdv.participation != facts.participation for rdv in desk.rdvs())
        before = (list_mine(desk),) if others else ()
        return Turn((*before, *news.phrases(facts)), news.question(facts))

    def refuse(self, desk: Desk) -> Turn:
        desk.refuse_number()
        return end(say("anywhere.mauvais_numero"), flag="mauvais numéro")


def _is_somebody_else(heard: Heard) -> bool:
    """Within a question "ce n'est pas moi" answers it; to this one, it says what it says on its own."""
    return Heard(heard.text, heard.now).meant is Word.MAUVAIS_NUMERO


def _day_and_month(heard: Heard) -> tuple[int, int] | None:
    """The day and the month that are given, with a year or not: "14 mars", "14/03/1990", "14.3"."""
    given = replace(heard, text=_SEPARATOR.sub("/", heard.text))
    if given.identity.naissance is not None:
        return given.identity.naissance.day, given.identity.naissance.month
    partial = given.meaning.slots.get("partial", {})
    if {"day", "month"} <= partial.keys():
        return partial["day"], partial["month"]
    jour = given.souhait.premier if given.souhait and any(letter.isdigit() for letter in given.text) else None
    return (jour.day, jour.month) if jour and given.souhait and given.souhait.dernier == jour else None


def _by_phone(desk: Desk) -> Turn:
    """Nobody is recognised by message: nothing is said, and an agent looks."""
    if desk.telephone is None:
        return end(say("verify.accueil"), flag=FLAG)
    return end(say("verify.appelez", telephone=national(desk.telephone)), flag=FLAG)
