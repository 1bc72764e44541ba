"""What is answered when an RDV cannot be changed as asked: what stands, and who to call."""

from dataclasses import replace

from booking.desk import Desk
from booking.errors import BookingError, RdvIntrouvable, RdvPasse, TropDAnnulations, TropTardPourDeplacer
from conversations.engine import Turn, end
from conversations.messages import say
from conversations.person import appelez

REFUSALS = (RdvIntrouvable, RdvPasse, TropDAnnulations, TropTardPourDeplacer)
"""What the agenda may refuse of an RDV that exists."""


def refused(refusal: BookingError, desk: Desk) -> Turn:
    """The end of the dialogue: the RDV is as it was."""
    match refusal:
        case RdvPasse():
            return end(say("change.passe", personne=appelez(desk)))
        case TropTardPourDeplacer():
            return end(say("move.trop_tard", personne=appelez(desk)))
        case TropDAnnulations():
            return end(say("change.trop", personne=appelez(desk)), flag="trop d'annulations")
        case _:
            return end(say("change.introuvable"))


def changed(turn: Turn) -> Turn:
    """The RDV begins at another hour than the one that was asked about: nothing is done, and it is said first."""
    question, *others = turn.says
    first = say("change.heure_changee", question=question, options=question.options)
    return replace(turn, says=(first, *others))
