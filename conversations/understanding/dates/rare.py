"""What our grammar sees and cannot place ("déc. 3", "dans 1 mois et 2 jours"), asked of dateparser."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

from conversations.understanding.spelling import plain

LONGEST = 40
FURTHEST = timedelta(days=400)
"""How far ahead it is believed."""


def rare_day(said: str, now: datetime) -> date | None:
    """The day that a few words mean, seen from now; None when dateparser reads none to come.

    It only sees words that are a date or a delay and nothing else: of bare numbers it makes days of its own."""
    if len(said) > LONGEST:
        return None
    found = _parser(now).get_date_data(plain(said)).date_obj
    return found.date() if found and now.date() <= found.date() <= now.date() + FURTHEST else None


@lru_cache(maxsize=8)
def _parser(now: datetime) -> DateDataParser:
    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    return DateDataParser(languages=["fr"], settings=settings)


# dateparser loads its tables with the first date it reads: now, rather than while somebody waits for an answer.
_parser(datetime.fromisoformat("2000-01-01")).get_date_data("1 janvier 2000")
