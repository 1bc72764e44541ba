"""Which organisation answers somebody who wrote to none of our numbers: the one that serves their commune."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking.models import Organisation, Usager


def organisation_for(session: Session, address: str) -> Organisation | None:
    """The organisation that serves the commune of who writes from `address`, else the oldest; None in an empty
    database."""
    communes = select(Usager.code_insee).where(Usager.telephone == address, Usager.code_insee.is_not(None))
    known = set(session.scalars(communes))
    everyone = select(Organisation).options(joinedload(Organisation.territoire)).order_by(Organisation.id)
    organisations = session.scalars(everyone).all()
    for organisation in organisations:
        if known & {secteur.split()[0] for secteur in organisation.secteurs}:
            return organisation
    return organisations[0] if organisations else None
