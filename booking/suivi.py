"""Follow-ups: with whom they may be booked, which is never an open diary."""

from collections.abc import Collection, Iterable

from booking.models import Usager


def referents(usagers: Iterable[Usager]) -> set[int]:
    """The agents who follow these people: those their fiches name, and those of the people who answer for them."""
    fiches = [fiche for usager in usagers for fiche in (usager, *usager.responsables)]
    return {agent.id for fiche in fiches for agent in fiche.referents}


def followers(asked: Collection[int] | None, referents: Collection[int], *, together: bool) -> set[int]:
    """Of the agents `asked` for (None: whoever may), those who may have the follow-up. Together is all or none."""
    if asked is None:
        return set(referents)
    if together and not set(asked) <= set(referents):
        return set()
    return set(asked) & set(referents)
