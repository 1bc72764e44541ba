"""When an RDV is recalled to those who come to it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.fenetre import Fenetre
from booking.plages import local_day

DAYS_BEFORE = 2
EVENING = time(18)
"""People are home, and what they answer still frees the place in time."""
LAST = timedelta(hours=2)
"""A reminder that comes later helps nobody: it takes as long to come, or to give the place to somebody else."""
TOO_LATE = timedelta(minutes=30)
"""How long before the RDV a reminder that was held up is still sent: later, who reads it is on the way, or is not."""
APART = timedelta(minutes=10)
"""A reminder that comes sooner repeats what has just been read; who began to book 49 hours before has it at 48."""


def due(debut: datetime, told: datetime, fenetre: Fenetre) -> datetime | None:
    """When to recall an RDV that begins at `debut` to people who learn of it, or of its new hour, at `told`; None
    when what they learn then is the reminder.

    Two days before at the same wall time; what was booked or moved later than that, the evening before at 18:00;
    later still, two hours before: the first of the three that comes ten minutes or more after `told`. One that falls
    outside of the window waits for the next opening, where that is still two hours before the RDV; otherwise it
    comes earlier rather than never, the last evening from 18:00 on, ten minutes after `told` at the soonest
    (domain.md, Avis)."""
    earliest, latest = told + APART, debut - LAST
    for wish in (_two_days_before(debut, fenetre.zone), _evening_before(debut, fenetre.zone), latest):
        if wish >= earliest:
            found = fenetre.opening(wish, latest) or _last_evening(wish, earliest, fenetre)
            if found is not None:
                return found
    return None


def useful_until(debut: datetime) -> datetime:
    """Past it, an RDV that begins at `debut` is recalled to nobody."""
    return debut - TOO_LATE


def _two_days_before(debut: datetime, zone: ZoneInfo) -> datetime:
    """48 hours on the wall, whatever the clocks did in between."""
    return (debut.astimezone(zone) - timedelta(days=DAYS_BEFORE)).astimezone(UTC)


def _evening_before(debut: datetime, zone: ZoneInfo) -> datetime:
    return _evening(local_day(debut, zone) - timedelta(days=1), zone)


def _last_evening(wish: datetime, earliest: datetime, fenetre: Fenetre) -> datetime | None:
    jour, first = (local_day(bound, fenetre.zone) for bound in (wish, earliest))
    while jour >= first:
        evening = max(_evening(jour, fenetre.zone), earliest)
        if evening < wish and fenetre.is_open(evening):
            return evening
        jour -= timedelta(days=1)
    return None


def _evening(jour: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(jour, EVENING, zone).astimezone(UTC)
