"""Answer an agent who proposes an RDV.

B  MDS Arras : Anne Durand vous propose un RDV. Répondez RDV pour choisir un jour, NON si vous n'en voulez pas.
U  rdv
B  Prochains RDV à MDS Arras Sud : …
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from booking.desk import Desk
from booking.vues import InvitationVue
from conversations.book import next_question, open_book
from conversations.draft import Draft
from conversations.engine import Step, Turn, end, miss
from conversations.messages import Say, say
from conversations.understanding import Context, Heard, Intent, Word


def accept(invitation: InvitationVue, heard: Heard, desk: Desk) -> Turn:
    """Take an RDV of the motif that the invitation opens, online or not; where nothing of it is free, any other."""
    turn = next_question(Draft(motif=invitation.motif, pour=invitation.pour, souhait=heard.souhait, chez=True), desk)
    if turn.step is not None or (other := open_book(heard, desk).step) is None:
        return turn
    return replace(turn, says=(*turn.says, other.ask()), step=other)


@dataclass(frozen=True)
class Invited(Step, key="invite.propose", scene="invitation", context=Context.CONFIRMING):
    ref: str
    expire_le: datetime | None = None

    is_notice: ClassVar[bool] = True

    def ask(self) -> Say:
        return say("invite.question")

    def answers_to(self, word: Word) -> bool:
        return word in (Word.RDV, Word.AUTRE)

    def closes_at(self, asked_at: datetime) -> datetime:
        return self.expire_le or super().closes_at(asked_at)

    def is_moot(self, desk: Desk) -> bool:
        return desk.invitation() is None

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        invitation = desk.invitation()
        if invitation is None:
            return end(say("invite.fermee"))
        if heard.word is Word.RDV or heard.souhait is not None or heard.meaning.intent is Intent.BOOK:
            return accept(invitation, heard, desk)
        match heard.yes_or_no:
            case True:
                return accept(invitation, heard, desk)
            case False:
                desk.decline(self.ref)
                return end(say("invite.refusee"))
            case None:
                return miss(self)
