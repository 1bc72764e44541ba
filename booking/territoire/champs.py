"""What one field of a territory file may hold, and what to say of a value it may not."""

import re
from datetime import date, datetime, time
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from booking.plages import is_calendar
from booking.telephones import e164

WEEKDAYS = "MO|TU|WE|TH|FR|SA|SU"
MINUTES_OF_TWO_YEARS = 2 * 366 * 24 * 60

Number = TypeVar("Number", int, float)


def _between(low: Number, high: Number) -> AfterValidator:
    def check(value: Number) -> Number:
        if not low <= value <= high:
            raise ValueError(f"must be between {low} and {high}")
        return value

    return AfterValidator(check)


def _like(pattern: str, says: str) -> AfterValidator:
    def check(value: str) -> str:
        return _matching(value, pattern, says)

    return AfterValidator(check)


def _storable(value: str) -> str:
    # PostgreSQL keeps every character but this one.
    if "\x00" in value:
        raise ValueError("must not hold a NUL character")
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return _storable(value)


def _matching(value: object, pattern: str, says: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise ValueError(says)
    return value


def _day(value: object) -> date:
    text = _matching(value, r"\d{4}-\d\d-\d\d", "must be a date like 2026-11-02")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None
    if not 1900 <= day.year <= 2200:
        raise ValueError("must be a date between 1900 and 2200")
    return day


def _hour(value: object) -> time:
    if isinstance(value, time):
        return value
    return time.fromisoformat(_matching(value, r"([01]\d|2[0-3]):[0-5]\d", "must be a time like 09:30"))


def _wall(value: object) -> datetime:
    says = "must be a local time like 2026-11-26T09:30, without an offset"
    day, hour = _matching(value, r"[\d-]{10}T[\d:]{5}(:00)?", says)[:16].split("T")
    return datetime.combine(_day(day), _hour(hour))


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("unknown time zone (write one like Europe/Paris)") from None


def _holidays(value: object) -> object:
    if isinstance(value, list):
        return [_iso(day) for day in value]
    if value is not None and not (isinstance(value, str) and is_calendar(value)):
        raise ValueError("unknown holiday calendar (write FR, FR-57, GP… or a list of dates)")
    return value


def _iso(value: object) -> str:
    return _day(value).isoformat()


RULE_PARTS = {
    "FREQ": ("DAILY|WEEKLY|MONTHLY|YEARLY", "write DAILY, WEEKLY, MONTHLY or YEARLY"),
    "INTERVAL": (r"[1-9]\d{0,2}", "write 1 to 999"),
    "BYDAY": (
        rf"([+-]?[1-5])?({WEEKDAYS})(,([+-]?[1-5])?({WEEKDAYS}))*",
        "write days like MO,TH, or 2TU for the second Tuesday",
    ),
    "BYMONTHDAY": (
        r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
        "write 1 to 31, or -1 for the last day of the month",
    ),
    "UNTIL": (r"\d{8}(T([01]\d|2[0-3])([0-5]\d){2}Z?)?", "write a day like 20261231"),
    "COUNT": (r"[1-9]\d{0,3}", "write 1 to 9999"),
}
"""What each part may hold, and what to write instead."""


def _recurrence(value: str) -> str:
    """An RFC 5545 RRULE value whose parts are among those the plages understand. It may be one that never happens:
    the plage is there, and `rdv creneaux` says why it gives nothing. UNTIL is read by its date, which is included,
    whatever hour follows it: people write the last second of a day in local time and in UTC, with a Z, and in
    Paris both are on that day. In UTC it is the next one in the Antilles and Guyane, where the date alone says
    what is meant."""
    rule = value.upper()
    if not re.fullmatch(r"[A-Z]+=[^=;]+(;[A-Z]+=[^=;]+)*", rule):
        raise ValueError("must be a recurrence like FREQ=WEEKLY;BYDAY=MO,TH")
    pairs = [(name, wanted) for name, _, wanted in (part.partition("=") for part in rule.split(";"))]
    parts = dict(pairs)
    for name, wanted in parts.items():
        if name not in RULE_PARTS:
            raise ValueError(f"{name} is not supported (only {', '.join(RULE_PARTS)})")
        pattern, instead = RULE_PARTS[name]
        if not re.fullmatch(pattern, wanted, re.ASCII):
            raise ValueError(f"{name}={wanted} is not understood ({instead})")
    if says := _contradiction(pairs, parts):
        raise ValueError(says)
    return rule


def _contradiction(pairs: list[tuple[str, str]], parts: dict[str, str]) -> str | None:
    if "FREQ" not in parts:
        return "must say its FREQ"
    if len(pairs) > len(parts):
        return "says the same part twice"
    if "UNTIL" in parts and "COUNT" in parts:
        return "must have UNTIL or COUNT, not both"
    if "UNTIL" in parts:
        until = parts["UNTIL"]
        _day(f"{until[:4]}-{until[4:6]}-{until[6:8]}")
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        return "a numbered day (1MO) needs FREQ=MONTHLY or YEARLY"
    if parts["FREQ"] == "WEEKLY" and "BYMONTHDAY" in parts:
        return "BYMONTHDAY needs FREQ=MONTHLY or YEARLY"
    return None


Ref = Annotated[str, Field(max_length=100), AfterValidator(_said)]
Prenom = Annotated[str, Field(max_length=100), AfterValidator(_said)]
Nom = Annotated[str, Field(max_length=200), AfterValidator(_said)]
Libelle = Annotated[str, Field(max_length=30), AfterValidator(_said)]
Ligne = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Texte = Annotated[str, Field(max_length=10_000), AfterValidator(_storable)]
Langue = Annotated[str, _like("[a-z]{2}", "must be a language code like fr")]
Couleur = Annotated[str, _like("#[0-9A-Fa-f]{6}", "must be a colour like #3F88C5")]
Email = Annotated[
    str,
    Field(max_length=200),
    _like(r"[^@\s]+@[^@\s]+", "must be an e-mail address"),
    AfterValidator(_storable),
]
Insee = Annotated[str, _like(r"\d{5}|2[AB]\d{3}", "must be an INSEE commune code like 62041")]
Secteur = Annotated[
    str,
    Field(max_length=200),
    _like(r"\d{5}|2[AB]\d{3}|\d{5} \S.*", "must be an INSEE commune code, or a postcode and a name"),
    AfterValidator(_storable),
]
Telephone = Annotated[str, AfterValidator(e164)]
Fuseau = Annotated[str, AfterValidator(_zone)]
JoursFeries = Annotated[str | list[str] | None, BeforeValidator(_holidays)]
Jour = Annotated[date, BeforeValidator(_day)]
JourIso = Annotated[str, BeforeValidator(_iso)]
Heure = Annotated[time, BeforeValidator(_hour)]
Horaire = Annotated[datetime, BeforeValidator(_wall)]
Recurrence = Annotated[str, Field(max_length=300), AfterValidator(_recurrence)]
DemiJournee = Annotated[
    str, _like(rf"({WEEKDAYS})(-(AM|PM))?", "must be a day like WE, or half of one like MO-AM or FR-PM")
]
Duree = Annotated[int, Field(strict=True), _between(5, 480)]
Delai = Annotated[int, Field(strict=True), _between(0, MINUTES_OF_TWO_YEARS)]
Places = Annotated[int, Field(strict=True), _between(1, 10_000)]
Seuil = Annotated[int, Field(strict=True), _between(0, 10_000)]
OuiNon = Annotated[bool, Field(strict=True)]
Latitude = Annotated[float, Field(strict=True, allow_inf_nan=False), _between(-90, 90)]
Longitude = Annotated[float, Field(strict=True, allow_inf_nan=False), _between(-180, 180)]
