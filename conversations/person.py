"""A person to talk to: the service's phone and hours, where a message gives them."""

from booking.desk import Desk
from booking.telephones import national
from conversations.messages import Say, Value


def aide(desk: Desk) -> Say:
    """The answer to AIDE."""
    return _with_phone("person.aide", desk)


def appelez(desk: Desk) -> Say:
    """Half a message: how to reach the service."""
    return _with_phone("person.appelez", desk)


def perdu(question: Say, desk: Desk) -> Say:
    """The second time an answer is not understood: the question, the phone, and an agent will look."""
    return _with_phone("person.perdu", desk, question=question)


def _with_phone(key: str, desk: Desk, **values: Value) -> Say:
    facts: dict[str, Value] = {"organisation": desk.organisation, **values}
    if desk.telephone is None:
        return Say(f"{key}_sans_telephone", facts)
    facts["telephone"] = national(desk.telephone)
    if desk.horaires is None:
        return Say(f"{key}_sans_horaires", facts)
    return Say(key, {**facts, "horaires": desk.horaires})
