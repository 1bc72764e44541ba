"""Who may be played on the demo page: people of the agenda, strangers, and any French mobile number typed in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from booking.models import NumeroSms, Participation, Rdv, Statut, Usager
from booking.telephones import e164, is_mobile, national

PEOPLE = 8
STRANGERS = ("+33639989991", "+33639989992", "+33639989993")

NO_NUMBER = "Ce numéro n'est pas un mobile français. Exemple : 06 12 34 56 78."


class InputError(Exception):
    """What was typed cannot be used; its text is the French sentence that the page shows."""


def mobile(typed: str) -> str:
    """A French mobile number, overseas included, in E.164, from how people type it; raises `InputError`."""
    try:
        number = e164(typed.strip())
    except ValueError:
        raise InputError(NO_NUMBER) from None
    if not is_mobile(number):
        raise InputError(NO_NUMBER)
    return number


def chat_of(number: str) -> str:
    """The Telegram chat of whoever has a number, "tg:33639980001": each of them has an account."""
    return f"tg:{number.removeprefix('+')}"


def known(session: Session) -> dict[str, str]:
    """A few numbers of the agenda, each with the first names of those who have it."""
    usagers = session.scalars(select(Usager).where(Usager.telephone.is_not(None)).order_by(Usager.id))
    names: dict[str, list[str]] = {}
    for usager in usagers.fetchmany(PEOPLE):
        names.setdefault(usager.telephone or "", []).append(usager.prenom)
    return {number: " et ".join(owners) for number, owners in names.items()}


def name_of(session: Session, number: str) -> str:
    """What the page calls whoever has a number."""
    owners = session.scalars(select(Usager.prenom).where(Usager.telephone == number).order_by(Usager.id)).all()
    return " et ".join(owners) or f"Le {national(number)}"


def services(session: Session) -> dict[str, str]:
    """Our numbers, each with the name of the organisation that answers there."""
    numbers = select(NumeroSms).options(joinedload(NumeroSms.organisation)).order_by(NumeroSms.numero)
    return {row.numero: row.organisation.nom for row in session.scalars(numbers)}


def of_number(session: Session, number: str) -> list[Usager]:
    """The people known by a number or by its chat, then those they answer for."""
    here = select(Usager).where((Usager.telephone == number) | (Usager.telegram == chat_of(number)))
    people = session.scalars(here.order_by(Usager.id)).all()
    return list(dict.fromkeys((*people, *(proche for one in people for proche in one.proches))))


def coming(session: Session, usagers: list[Usager], now: datetime) -> list[Participation]:
    """What these people come to from `now` on, the soonest first."""
    theirs = (
        select(Participation)
        .join(Participation.rdv)
        .where(Participation.usager_id.in_([usager.id for usager in usagers]), Rdv.debut > now)
        .where(Participation.statut == Statut.INDETERMINE, Rdv.statut == Statut.INDETERMINE)
        .options(
            contains_eager(Participation.rdv).options(joinedload(Rdv.motif), joinedload(Rdv.lieu)),
            joinedload(Participation.usager),
        )
        .order_by(Rdv.debut, Participation.id)
    )
    return list(session.scalars(theirs))
