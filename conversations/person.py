"""A person to talk to: the service's phone and hours, where a message gives them."""

from dataclasses import replace

from booking.desk import Desk
from booking.telephones import national
from conversations.messages import Say, Value, say


def aide(desk: Desk) -> Say:
    """The answer to AIDE."""
    return _with_phone("person.aide", desk)


def ouvert(desk: Desk) -> Say:
    """When the service is open, and its phone; how to reach it, where its hours are not known."""
    if desk.horaires is None:
        return appelez(desk)
    facts: dict[str, Value] = {"organisation": desk.organisation, "horaires": desk.horaires}
    if desk.telephone is None:
        return Say("person.ouvert_sans_telephone", facts)
    return Say("person.ouvert", {**facts, "telephone": national(desk.telephone)})


def question(desk: Desk) -> Say:
    """What is written after AIDE is for an agent, who will answer here."""
    if desk.horaires is None:
        return say("person.question_sans_horaires")
    return say("person.question", horaires=desk.horaires)


def agent(nom: str, texte: str, *, discret: bool) -> Say:
    """An agent's own words, under their name; a discreet person knows who it is."""
    if discret:
        return say("person.agent_discret", kind="agent", texte=texte)
    return say("person.agent", kind="agent", agent=nom, texte=texte)


def appelez(desk: Desk) -> Say:
    """Half a message: how to reach the service."""
    return _with_phone("person.appelez", desk)


def perdu(question: Say, desk: Desk) -> Say:
    """The second time an answer is not understood: the question, the phone, and an agent will look."""
    return replace(_with_phone("person.perdu", desk, question=question), options=question.options)


def toujours_perdu(desk: Desk) -> Say:
    """The next time: an agent will look, the phone, and how to start again."""
    return _with_phone("person.toujours_perdu", desk)


def _with_phone(key: str, desk: Desk, **values: Value) -> Say:
    facts: dict[str, Value] = {"organisation": desk.organisation, **values}
    if desk.telephone is None:
        return Say(f"{key}_sans_telephone", facts)
    facts["telephone"] = national(desk.telephone)
    if desk.horaires is None:
        return Say(f"{key}_sans_horaires", facts)
    return Say(key, {**facts, "horaires": desk.horaires})
