"""What we tell because something happened, not because somebody just asked: all of it to who is known to read it, and
to a number that may have a new owner only that there is something to read."""

from dataclasses import replace

from booking.faits import Facts
from booking.telephones import national
from conversations import news
from conversations.engine import Step
from conversations.messages import Say, say
from conversations.verify import AskNaissance


def phrases(facts: Facts) -> tuple[Say, ...]:
    """What an avis says: a number that may have a new owner is told nothing, a discreet person the hour alone."""
    return _neutral(facts) if facts.neutre else news.phrases(facts)


def question(facts: Facts) -> Step | None:
    """The question that an avis asks, where it asks one; who reads it comes first, where it is not sure."""
    return _who(facts) if facts.neutre else news.question(facts)


def _who(facts: Facts) -> AskNaissance | None:
    """The birth day of who should be reading; None where it is not known."""
    return AskNaissance(facts.naissance, facts.avis, facts.limite) if facts.naissance else None


def _neutral(facts: Facts) -> tuple[Say, ...]:
    kind = news.purpose(facts)
    asked = _who(facts)
    if asked is not None:
        return (replace(asked.ask(), kind=kind),)
    if facts.telephone is None:
        return (say("notice.neutre_sans_telephone", kind=kind),)
    return (say("notice.neutre", kind=kind, telephone=national(facts.telephone)),)
