"""How an RDV, the people in it and its agents' time keep together, whatever becomes of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from booking import occupations, statuts
from booking.errors import RdvIntrouvable
from booking.models import Participation, Rdv, Statut

RESTORE = timedelta(minutes=15)
"""How long what an usager gave up is kept for who gave it up."""


def lock(session: Session, rdv: Rdv) -> None:
    """One writer at a time in an RDV, who sees what the one before has made of it. Raises `RdvIntrouvable` when it
    was deleted meanwhile."""
    as_it_is = (
        select(Rdv)
        .where(Rdv.id == rdv.id)
        .options(selectinload(Rdv.participations), selectinload(Rdv.agents))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if session.scalars(as_it_is).first() is None:
        raise RdvIntrouvable


def become(participation: Participation, statut: Statut, now: datetime) -> None:
    """One person's statut, and since when they do not come."""
    participation.statut = statut
    participation.annulee_le = None if statut.is_living else now
    participation.annulee_par, participation.retard = None, False


def expect_again(session: Session, rdv: Rdv, parts: Sequence[Participation], now: datetime) -> None:
    """These people are expected again, and so is the RDV, or nothing changes: `CreneauPris` when its time is
    gone."""
    with occupations.writing(session):
        for part in parts:
            become(part, Statut.INDETERMINE, now)
        follow(session, rdv, now, reopened=True)


def follow(
    session: Session, rdv: Rdv, now: datetime, *, kept_until: datetime | None = None, reopened: bool = False
) -> None:
    """The RDV becomes what its participations say, and has its agents' time as long as it is living; when it no
    longer is, that time is kept until `kept_until` or let go of at once. One that is `reopened` was not called
    off."""
    before = rdv.statut
    rdv.statut = statuts.of_rdv(
        Statut.INDETERMINE if reopened else before,
        [part.statut for part in rdv.participations],
        collectif=rdv.motif.collectif,
    )
    rdv.retard = not rdv.statut.is_living and any(part.retard for part in rdv.participations)
    if rdv.statut.is_living != before.is_living:
        rdv.version += 1
    session.flush()
    if not rdv.statut.is_living:
        occupations.give_back(session, rdv, le=kept_until)
    elif not before.is_living and not occupations.take_back(session, rdv, now):
        occupations.take_for_rdv(session, rdv, rdv.surreservation, now)


def is_called_off(rdv: Rdv) -> bool:
    """Whether it is a séance that an agent has called off."""
    return rdv.motif.collectif and rdv.statut is Statut.REVOQUE


def is_kept(participation: Participation, now: datetime) -> bool:
    """Whether the seat that an usager gave up may still be restored."""
    left = participation.annulee_le
    by_usager = participation.statut is Statut.EXCUSE and participation.annulee_par is not None
    return by_usager and left is not None and now < left + RESTORE


def seats_taken(rdv: Rdv, now: datetime, *, but: Participation | None = None) -> int:
    """The seats of those who come and of those who may still restore theirs, whatever `but` has."""
    return sum(part.statut.is_living or is_kept(part, now) for part in rdv.participations if part is not but)
