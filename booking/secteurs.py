"""Which organisation answers: the one whose number was texted, else the one that serves the person's commune."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.models import NumeroSms, Organisation, Usager


def organisation_for(session: Session, texted: str | None, address: str) -> Organisation | None:
    """The organisation for a message sent to the number `texted` from `address`; None in an empty database."""
    if texted and (numero := session.get(NumeroSms, texted)):
        return numero.organisation
    communes = select(Usager.code_insee).where(Usager.telephone == address, Usager.code_insee.is_not(None))
    known = set(session.scalars(communes))
    organisations = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    for organisation in organisations:
        if known & {secteur.split()[0] for secteur in organisation.secteurs}:
            return organisation
    return organisations[0] if organisations else None
