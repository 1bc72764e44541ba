"""French days and hours: the everyday words by our own grammar, dateparser behind it for what it adds."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

from booking.souhait import Souhait
from conversations.understanding.identity import MONTHS
from conversations.understanding.spelling import plain

_WEEKDAYS = {
    "lundi": 0, "lun": 0, "mardi": 1, "mar": 1, "mercredi": 2, "mer": 2, "mercr": 2, "jeudi": 3, "jeu": 3,
    "vendredi": 4, "ven": 4, "vendr": 4, "samedi": 5, "sam": 5, "dimanche": 6, "dim": 6,
}  # fmt: skip
_DAYPARTS = {
    "matin": (time(4), time(12)), "matinee": (time(4), time(12)), "mat": (time(4), time(12)),
    "midi": (time(12), time(14)),
    "apres midi": (time(12), time(19)), "aprem": (time(12), time(19)), "aprm": (time(12), time(19)),
    "apreme": (time(12), time(19)), "aprs midi": (time(12), time(19)), "apm": (time(12), time(19)),
    "soir": (time(18), None), "soiree": (time(18), None),
}  # fmt: skip
"""The hours of each part of the day, as in the conventions of our corpora."""
_DAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PART = re.compile(rf"\b({'|'.join(sorted(_DAYPARTS, key=len, reverse=True))})\b")
_HOUR = re.compile(
    r"\b(?:(apres|des|a partir de|avant|jusqu'a|vers|a)\s+)?(\d{1,2})\s?(?:h|heures?|:)\s?(\d{2})?\b(?!\s?/)"
)
_NUMBERED = re.compile(rf"\b(?:(?:{_DAY})\s+)?(?:le\s+)?(\d{{1,2}})(?:er)?\s?({_MONTH})\b(?:\s?(\d{{4}}))?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?!\d)")
_WEEKDAY_NUMBER = re.compile(
    rf"\b(?:{_DAY})\s+(?:le\s+)?(\d{{1,2}})(?!\s?h|\d|:)\b|\ble\s+(\d{{1,2}})(?!\s?(?:h|e\b|er\b|eme)|\d|:)\b"
)
_WEEKDAY = re.compile(rf"\b({_DAY})\b(?!\s+(?:dernier|passe)\b)(\s+en\s+huit|\s+prochain|\s+pro)?")
_REFUSED = re.compile(rf"(?:(?:^|\b(?:non|oui|mais|surtout)\W+)pas|\bsauf)\s+(?:le\s+)?(?:{_DAY})s?\b")
"""A day that does not suit is no wish. "Je ne peux pas jeudi" still names the day of an RDV to give up."""
_FORTNIGHT = re.compile(r"\b(?:huit|quinze)(?= jours\b)")
_BARE_HOUR = re.compile(r"\d\s?h|\bheures?\b")
_FURTHEST = timedelta(days=400)
"""How far ahead anybody names a day: "le 99" is not in 2099."""
_NEXT_WEEK = re.compile(r"\b(?:la\s+)?(?:semaine|sem)\s+(?:prochaine?|pro|proch|d'apres|suivante)\b")
_THIS_WEEK = re.compile(r"\bcette\s+(?:semaine|sem)\b")
_NEAR = (
    (re.compile(r"\bapres[\s-]?demain\b|\bapres[\s-]?dem1\b"), 2),
    (re.compile(r"\bdemain\b|\bdem1\b|\b2main\b|\bdmain\b"), 1),
    (
        re.compile(r"\baujourd'?\s?hui\b|\bajd\b|\bauj\b|\bce\s+(?:matin|soir|midi|aprem)\b|\bcet\s+(?:aprem|apres)\b"),
        0,
    ),
)


def read_souhait(text: str, now: datetime) -> Souhait | None:
    """The days and hours a text names, seen from the local wall time `now` (naive); None when it names none.
    The future wins: a day without a year is the next one."""
    said = _REFUSED.sub(" ", plain(text).replace("-", " "))
    days, rest = _read_days(said, now)
    hours = _read_hours(rest)
    if days is None and hours is None:
        return _from_dateparser(said, now)
    return replace(hours or Souhait(), premier=days[0] if days else None, dernier=days[1] if days else None)


def _read_days(said: str, now: datetime) -> tuple[tuple[date, date] | None, str]:
    """The days named and the text without them, so that "26" is not read again as an hour."""
    today = now.date()
    for pattern, days in _NEAR:
        if found := pattern.search(said):
            kept = found[0] if days == 0 else ""
            return _one(today + timedelta(days=days)), said.replace(found[0], kept)
    for pattern in (_NUMBERED, _SLASHED):
        if found := pattern.search(said):
            day = _calendar_day(int(found[1]), found[2], found[3], today)
            return (_one(day) if day else None), said.replace(found[0], " ")
    if found := _WEEKDAY_NUMBER.search(said):
        day = _day_of_month(int(found[1] or found[2]), today)
        return (_one(day) if day else None), said.replace(found[0], " ")
    if found := _WEEKDAY.search(said):
        return _one(_weekday(_WEEKDAYS[found[1]], found[2] or "", said, today)), said.replace(found[0], " ")
    monday = today - timedelta(days=today.weekday())
    if found := _NEXT_WEEK.search(said):
        return (monday + timedelta(days=7), monday + timedelta(days=13)), said.replace(found[0], " ")
    if found := _THIS_WEEK.search(said):
        return (today, monday + timedelta(days=6)), said.replace(found[0], " ")
    return None, said


def _one(day: date) -> tuple[date, date]:
    return day, day


def _weekday(weekday: int, suffix: str, said: str, today: date) -> date:
    """The next such day, strictly after today; "en huit" is a week later, "semaine prochaine" that week's."""
    if _NEXT_WEEK.search(said):
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead + (7 if "huit" in suffix else 0))


def _calendar_day(day: int, month: str, year: str | None, today: date) -> date | None:
    """DD/MM or "3 mars", the next one when no year is given."""
    number = MONTHS.get(month) or int(month)
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [today.year, today.year + 1]
    for candidate in years:
        try:
            found = date(candidate, number, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _day_of_month(day: int, today: date) -> date | None:
    """ "le 12": this month's, or the next month's once it has passed."""
    for months in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            found = date(year, month + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _read_hours(said: str) -> Souhait | None:
    if found := _HOUR.search(said):
        return _around_hour(found)
    if found := _PART.search(said):
        after, before = _DAYPARTS[found[1]]
        return Souhait(apres=after, avant=before)
    return None


def _around_hour(found: re.Match[str]) -> Souhait | None:
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 23 or minutes > 59:
        return None
    hour = time(hours, minutes)
    match found[1]:
        case "apres" | "des" | "a partir de":
            return Souhait(apres=hour)
        case "avant" | "jusqu'a":
            return Souhait(avant=hour)
        case _:
            return Souhait(heure=hour)


def _from_dateparser(said: str, now: datetime) -> Souhait | None:
    """What our grammar does not know ("dans 2 semaines", "en janvier"). dateparser reads "2" as a day of the past,
    a phone number as 1989 and "25h" as 25 hours from now: bare numbers and hours are kept from it, and an answer
    in the past or years away is no answer."""
    said = _FORTNIGHT.sub(lambda found: "8" if found[0] == "huit" else "15", said)
    if not re.search(r"[a-z]", said) or re.search(r"\d{5}", said) or len(said) > 60:
        return None
    if _BARE_HOUR.search(said) and "dans" not in said.split():
        return None
    found = _parser(now).get_date_data(said).date_obj
    if found is None or not now.date() <= found.date() <= now.date() + _FURTHEST:
        return None
    return Souhait(premier=found.date(), dernier=found.date())


@lru_cache(maxsize=8)
def _parser(now: datetime) -> DateDataParser:
    return DateDataParser(
        languages=["fr"],
        settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"},
    )
