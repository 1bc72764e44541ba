"""Until when and by whom an RDV is moved by message: past that, the service moves it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from booking.models import Rdv


def is_late(rdv: Rdv, when: datetime) -> bool:
    """Whether the motif's delay before the RDV has begun."""
    return when > rdv.debut - timedelta(minutes=rdv.motif.delai_annulation_min)


def is_movable(rdv: Rdv, when: datetime) -> bool:
    """Before the motif's delay; never a séance, nor what several agents have agreed on."""
    return not (is_late(rdv, when) or rdv.motif.collectif or len(rdv.agents) > 1)


def is_theirs_alone(rdv: Rdv, usager_ids: Collection[int]) -> bool:
    """Whether nobody else comes to it: nobody moves what somebody else comes to as well."""
    return {part.usager_id for part in rdv.participations if part.statut.is_living} <= set(usager_ids)
