"""When messages nobody asked for may leave: from 8:00 to 20:00 on the clock of the territoire, never on a Sunday or a
public holiday."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from booking.plages import JoursFeries, clock, closed_days, local_day
from booking.spans import Span

OPENS = time(8)
CLOSES = time(20)
SUNDAY = 6


@dataclass(frozen=True)
class Fenetre:
    """The window of a territoire: its zone and its public holidays (rule 9 of every dialogue)."""

    zone: ZoneInfo
    jours_feries: JoursFeries

    def is_open(self, instant: datetime) -> bool:
        """Whether a message may leave; at 20:00 sharp it may not any more."""
        hours = self.hours(local_day(instant, self.zone))
        return hours is not None and hours.debut <= instant < hours.fin

    def opening(self, instant: datetime, until: datetime) -> datetime | None:
        """The first instant from `instant` to `until`, both included, when a message may leave: `instant` itself
        within the window; None when there is none."""
        first, last = (local_day(bound, self.zone).toordinal() for bound in (instant, until))
        for day in range(first, last + 1):
            hours = self.hours(date.fromordinal(day))
            if hours is not None and instant < hours.fin:
                opening = max(instant, hours.debut)
                return opening if opening <= until else None
        return None

    def hours(self, jour: date) -> Span | None:
        """From opening to closing on a local day, however long the clocks make it; None when nothing may leave."""
        if jour.weekday() == SUNDAY or closed_days(self.jours_feries, jour, jour):
            return None
        for debut, fin in clock(self.zone).stretches([jour.toordinal()], OPENS, CLOSES):
            return Span(datetime.fromtimestamp(debut, UTC), datetime.fromtimestamp(fin, UTC))
        return None
