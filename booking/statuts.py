"""What may become of an RDV and of each person in it, and when: pure rules (the domain's rule 1 of RDVs)."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from booking.models import Statut
from booking.plages import local_day

ALWAYS = frozenset({Statut.INDETERMINE, Statut.EXCUSE, Statut.REVOQUE})
ONCE_STARTED = frozenset({Statut.VU, Statut.NON_EXCUSE})


def allowed(debut: datetime, now: datetime, zone: ZoneInfo) -> frozenset[Statut]:
    """What an agent may set at `now` in an RDV that begins at `debut`, whatever it was before. The waiting room is
    for the day itself, a local day of `zone`."""
    statuts = ALWAYS
    if local_day(now, zone) == local_day(debut, zone):
        statuts |= {Statut.EN_SALLE_ATTENTE}
    if now >= debut:
        statuts |= ONCE_STARTED
    return statuts


def of_rdv(before: Statut, participations: Collection[Statut], *, collectif: bool) -> Statut:
    """The statut of an RDV that was `before`, after what became of the people in it. Without anybody it stays as
    it is."""
    if not participations:
        return before
    return _of_seance(before, participations) if collectif else _of_individual(participations)


def _of_seance(before: Statut, participations: Collection[Statut]) -> Statut:
    """Only an agent calls a séance off: it takes place for whoever comes, were it nobody."""
    if before is Statut.REVOQUE:
        return before
    return Statut.VU if Statut.VU in participations else Statut.INDETERMINE


def _of_individual(participations: Collection[Statut]) -> Statut:
    """What became of those who did not cancel; when all did, révoqué as soon as the service had a part in it."""
    expected = {statut for statut in participations if statut.is_living}
    if not expected:
        return Statut.REVOQUE if Statut.REVOQUE in participations else Statut.EXCUSE
    for statut in (Statut.VU, Statut.EN_SALLE_ATTENTE, Statut.INDETERMINE):
        if statut in expected:
            return statut
    return Statut.NON_EXCUSE


def shown(statut: Statut, debut: datetime, now: datetime) -> str:
    """How agents read a statut; an RDV of which nothing is known is to come, then to be filled in."""
    if statut is Statut.INDETERMINE:
        return "à venir" if now < debut else "à renseigner"
    return _WORDS[statut]


_WORDS = {
    Statut.EN_SALLE_ATTENTE: "en salle d'attente",
    Statut.VU: "vu",
    Statut.EXCUSE: "excusé",
    Statut.REVOQUE: "révoqué",
    Statut.NON_EXCUSE: "non excusé",
}
