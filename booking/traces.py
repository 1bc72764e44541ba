"""The history of every object: who changed what, when, from what to what."""

from datetime import datetime

from sqlalchemy.orm import Session

from booking.models import Rdv, Trace


def note(session: Session, rdv: Rdv, qui: str, now: datetime, champ: str, avant: str | None, apres: str | None) -> None:
    session.add(Trace(quand=now, qui=qui, objet="rdv", objet_id=rdv.id, champ=champ, avant=avant, apres=apres))
