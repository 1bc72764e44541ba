"""Recognising who reads at a doubtful number: birth dates that were tried in vain, and how many may still be."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking.db import one_of
from booking.models import Trace, Usager

TRIES = 3
"""Birth dates that a doubtful number may try (security-and-privacy.md, T03)."""
NOT_RECOGNISED = "naissance_refusee"
"""In the history of an usager: a birth date was tried from its number, and is not the one."""


def tries_left(session: Session, usagers: Collection[Usager]) -> dict[int, int]:
    """How many birth dates may still be tried for each of them, by id, since their number became doubtful."""
    if not usagers:
        return {}
    tried = (
        select(Trace.objet_id, func.count())
        .join(Usager, Usager.id == Trace.objet_id)
        .where(
            Trace.objet == Usager.__tablename__,
            Trace.champ == NOT_RECOGNISED,
            Trace.quand >= Usager.a_reverifier,
            one_of(Trace.objet_id, {usager.id for usager in usagers}),
        )
        .group_by(Trace.objet_id)
    )
    counts: dict[int, int] = dict(session.execute(tried).all())
    return {usager.id: max(0, TRIES - counts.get(usager.id, 0)) for usager in usagers}
