"""Why a search for créneaux found nothing at all, in one sentence."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice

from sqlalchemy.orm import Session

from booking.exclusions import Bounds, carrying, days_of, last_day, never, unfit
from booking.models import Motif, Plage, Territoire
from booking.plages import JoursFeries, day_span, local_day, public_holidays
from booking.raisons import ORDER, Sentences
from booking.search import find_creneaux

NEXT_YEAR = timedelta(days=366)
"""How far after an empty search the next opening of a plage is looked for."""


def none_found(
    session: Session,
    motif: Motif,
    *,
    now: datetime,
    first: datetime,
    last: datetime,
    lieu_ids: Collection[int] | None = None,
    agent_ids: Collection[int] | None = None,
    as_agent: bool = False,
    together: bool = False,
    in_a_row: int = 1,
) -> str:
    """Why `find_creneaux`, asked the same, found nothing: the first rule that excludes everything, as a French
    sentence for agents. It costs a few queries and the search of two days, however long the stretch asked for."""
    territoire = session.get_one(Territoire, motif.territoire_id)
    zone, now = territoire.zone, now.astimezone(UTC)
    bounds = Bounds(Sentences(motif, zone), now, as_agent=as_agent)
    told = bounds.too_soon(last) or bounds.too_late(first) or never(bounds.said, None, agent_ids)
    if told:
        return told.texte
    plages = carrying(session, motif, lieu_ids, agent_ids)
    if not plages:
        return bounds.said.aucune_plage(narrowed=lieu_ids is not None or agent_ids is not None)
    fitting = [plage for plage in plages if unfit(bounds.said, plage) is None]
    if not fitting:
        return _nearest_to_fitting(bounds.said, plages)
    debut, fin = max(first, bounds.earliest), min(last, bounds.latest)
    jours = local_day(debut, zone), local_day(fin, zone)
    closed = _too_short(bounds.said, fitting, in_a_row) or _closed(
        bounds.said, fitting, *jours, territoire.jours_feries
    )
    if closed:
        return closed
    search = partial(
        find_creneaux,
        session,
        motif,
        now=now,
        lieu_ids=lieu_ids,
        agent_ids=agent_ids,
        as_agent=as_agent,
        together=together,
        in_a_row=in_a_row,
    )
    midnight, following = day_span(jours[0], zone).debut, day_span(jours[1], zone).fin
    before = [creneau.debut for creneau in search(first=midnight, last=debut)]
    after = [creneau.debut for creneau in islice(search(first=fin, last=min(following, bounds.latest)), 1)]
    if nearest := before[-1:] + after:
        return bounds.said.juste_a_cote(debut, fin, nearest)
    return bounds.said.tout_pris(*jours, together=together, in_a_row=in_a_row)


def _nearest_to_fitting(said: Sentences, plages: Sequence[Plage]) -> str:
    told = (verdict for plage in plages if (verdict := unfit(said, plage)))
    return max(told, key=lambda verdict: ORDER[verdict.regle]).texte


def _too_short(said: Sentences, plages: Sequence[Plage], in_a_row: int) -> str | None:
    longest = max(_length(plage) for plage in plages)
    if longest >= in_a_row * timedelta(minutes=said.motif.duree_min):
        return None
    return said.toutes_trop_courtes(longest, in_a_row)


def _closed(said: Sentences, plages: Sequence[Plage], first: date, last: date, jours_feries: JoursFeries) -> str | None:
    """Every plage is over, or none is open from `first` to `last`."""
    ended = [day for plage in plages if (day := last_day(plage)) and day < first]
    if len(ended) == len(plages):
        return said.toutes_terminees(max(ended))
    holidays = public_holidays(jours_feries, first, last + NEXT_YEAR)
    if _first_open(plages, first, last, holidays):
        return None
    kept_closed = _first_open(plages, first, last, ())
    following = _first_open(plages, last + timedelta(days=1), last + NEXT_YEAR, holidays)
    return said.aucune_ouverte(first, last, holidays[kept_closed] if kept_closed else None, following)


def _first_open(plages: Sequence[Plage], first: date, last: date, closed: Collection[date]) -> date | None:
    opens = (_opens(plage, first, last, closed) for plage in plages)
    return min((day for day in opens if day), default=None)


def _opens(plage: Plage, first: date, last: date, closed: Collection[date]) -> date | None:
    """The first day of `first` to `last` on which the plage happens and is not closed."""
    for ordinal in days_of(plage, first, last):
        day = date.fromordinal(ordinal)
        if day.isoformat() not in plage.sauf and not (plage.fermee_feries and day in closed):
            return day
    return None


def _length(plage: Plage) -> timedelta:
    """The longest it can be: on the night when clocks go back, an hour more than they say."""
    debut, fin = (datetime.combine(plage.premier_jour, wall, UTC) for wall in (plage.debut, plage.fin))
    return fin - debut
