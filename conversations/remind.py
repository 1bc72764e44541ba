"""Answer a reminder.

B  MDS Arras : rappel, RDV Consultation PMI pour Léa jeu 26 nov 10h, 12 rue des Rosati, Arras. OUI si vous venez, ANNULER sinon, AUTRE pour changer de jour.
U  oui
B  Merci, c'est noté. À jeudi 10h.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from booking.desk import Desk
from booking.vues import RdvVu
from conversations.book import open_book
from conversations.change import ConfirmCancel, named
from conversations.engine import Instant, Step, Turn, end, go, miss, stay
from conversations.messages import Moment, Say, say
from conversations.move import move, other_day
from conversations.person import appelez
from conversations.refused import REFUSALS, refused
from conversations.understanding import Context, Heard, Intent, Word


@dataclass(frozen=True)
class Reminded(Step, key="remind.venir", scene="rappel", context=Context.REMINDER_SENT):
    participation: int
    debut: Instant
    libelle: str
    prenom: str | None = None
    discret: bool = False
    deplacable: bool = True

    is_notice: ClassVar[bool] = True

    def ask(self) -> Say:
        rdv = named(self.libelle, self.prenom, self.debut, discret=self.discret)
        return say("remind.question" if self.deplacable else "remind.question_fixe", rdv=rdv)

    def ask_again(self) -> Say:
        return say("remind.again" if self.deplacable else "remind.again_fixe", debut=Moment(self.debut))

    def answers_to(self, word: Word) -> bool:
        return word in (Word.ANNULER, Word.AUTRE, Word.DEPLACER)

    def closes_at(self, asked_at: datetime) -> datetime:
        return self.debut

    def hear_late(self, desk: Desk) -> Turn:
        return end(say("change.passe", personne=appelez(desk)))

    def is_moot(self, desk: Desk) -> bool:
        return self._rdv(desk) is None

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        rdv = self._rdv(desk)
        if rdv is None:
            return end(say("change.introuvable"))
        if heard.is_thanks and not heard.yes_or_no:
            return stay(self, say("greet.merci"))
        wished = other_day(heard, rdv, desk)
        match heard.meaning.intent if heard.is_sure else None:
            case Intent.RESCHEDULE:
                return move(rdv, wished, desk)
            case Intent.CONFIRM if wished is not None:
                return move(rdv, wished, desk)
            case Intent.CONFIRM:
                return self.come("remind.merci", desk)
            case Intent.PRESENCE:
                return replace(self.come("remind.retard", desk), flag="retard")
            case Intent.CANCEL | Intent.DENY:
                return go(ConfirmCancel(rdv))
            case Intent.BOOK:
                return open_book(heard, desk)
            case _:
                return miss(self)

    def come(self, key: str, desk: Desk) -> Turn:
        try:
            desk.confirm_coming(self.participation)
        except REFUSALS as refusal:
            return refused(refusal, desk)
        return end(say(key, debut=Moment(self.debut, "semaine_heure")))

    @classmethod
    def of(cls, rdv: RdvVu) -> "Reminded":
        """What asks about an RDV that they were reminded of elsewhere."""
        return cls(rdv.participation, rdv.debut, rdv.libelle, rdv.prenom, rdv.discret)

    def _rdv(self, desk: Desk) -> RdvVu | None:
        """The RDV as it is now; None once it was given up or moved: a yes to another hour is no yes."""
        return next(
            (rdv for rdv in desk.rdvs() if (rdv.participation, rdv.debut) == (self.participation, self.debut)), None
        )
