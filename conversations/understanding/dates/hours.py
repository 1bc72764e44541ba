"""Hours: clock times, their ranges, and the parts of a day."""

from dataclasses import dataclass, replace

from conversations.understanding.dates.lexicon import DAYPARTS
from conversations.understanding.dates.moment import Grain, Open
from conversations.understanding.dates.rules import Found, Made, Rules
from conversations.understanding.dates.words import Number

NOON = 12 * 60
MIDNIGHT = 24 * 60
USUAL_HOURS = range(7, 22)
"""The numbers that "de 14 à 16" may count hours with, when nothing says so."""


@dataclass(frozen=True)
class Hours:
    """Minutes since midnight: `start` <= time < `end`. `part` when a part of the day was said."""

    start: int | None
    end: int | None
    grain: Grain
    open: Open | None = None
    part: str | None = None
    confidence: float = 1.0


rule = Rules()


@rule("number and? (number|one)", "number sept")
def compound_number(found: Found) -> Made:
    tens, units = found.items[0].value, found.items[-1].value
    units = Number(7, 0) if found.has("sept") else units
    if tens.digits or units.digits or tens.value not in (20, 30, 40, 50) or units.value > 9:
        return None
    return "number", Number(tens.value + units.value, 0)


@rule("sept (?=hour|unit|week|minute|(at|and|dash)number hour)")
def seven(_: Found) -> Made:
    return "number", Number(7, 0)


@rule("sept")
def september(_: Found) -> Made:
    return "short_month", 9


@rule("number comma? number? money", "number dot number money")
def price(_: Found) -> Made:
    return "aside", None


@rule("number comma? street")
def house_number(_: Found) -> Made:
    return "street", None


@rule("(or|and) after (?!(around|at|the|of|du)?(near|noon|number|weekday|short_weekday|part|month|holiday))")
def or_later(_: Found) -> Made:
    return "or_later", None


@rule("ago around? (number|one) half? (unit|week|hour number?|minute|fortnight)")
def gone(_: Found) -> Made:
    return "void", None


@rule("number slash number (?=hour|unit|part)")
def half_of_it(found: Found) -> Made:
    return ("half", 30) if [number.value for number in found.all("number")] == [1, 2] else None


@rule("(?<=[in under by the next] number) letter_j")
def days_for_short(_: Found) -> Made:
    return "unit", "day"


# "Dans deux heures": an instant


@rule("in (around|at|the)? (number|one) (minute|hour number?)", "in one? half hour", "in one quarter (of|the) hour")
def from_now(found: Found) -> Made:
    numbers = [number.value for number in found.all("number", "one")]
    if found.has("half", "quarter"):
        return "instant", found.get("half") or found.get("quarter")
    if found.has("minute"):
        return "instant", numbers[0]
    return "instant", numbers[0] * 60 + (numbers[1] if len(numbers) > 1 else 0)


@rule("in (minus|unknown) of? (number|one) (hour|minute|unit|week)")
def who_knows(_: Found) -> Made:
    return "void", None


@rule("(under|by) number hour (?!number)")
def within_hours(found: Found) -> Made:
    hours = found["number"].value
    return [("under", None), ("number", Number(-(-hours // 24), 0)), ("unit", "day")] if hours >= 24 else None


# Clock times


def _clock(hour: int, minute: int | None = None, confidence: float = 1.0) -> Made:
    """A time of the day to the minute or to the hour; one that no clock shows is refused."""
    if not (0 <= hour <= 23 and 0 <= (minute or 0) <= 59):
        return "void", None
    grain: Grain = "hour" if minute is None else "minute"
    return "clock", Hours(hour * 60 + (minute or 0), None, grain, confidence=confidence)


@rule("(?<!after)noon and? (half|quarter|number (?!hour|colon|slash|dot|month|number)) minute?")
def after_noon(found: Found) -> Made:
    number = found.get("number")
    if number and (found.has("and") or number.digits == 1):
        return None
    return _clock(12, number.value if number else found.get("half") or found.get("quarter"))


@rule("midnight (and half)?")
def at_midnight(found: Found) -> Made:
    return _clock(0, found.get("half"))


@rule(
    "(number|one) hour (and number minute|number minute?) (hour (?!number))?",
    "number colon number (colon number)?",
    "number dot number hour",
)
def hour_and_minutes(found: Found) -> Made:
    hour, minute, *_ = found.all("number", "one")
    if minute.digits == 1 or hour.digits > 2 or minute.digits > 2:
        return None
    if found.items[-1].kind == "hour" and not found.has("dot") and minute.value < 24 and minute.value != 0:
        return None
    return _clock(hour.value, minute.value)


@rule("(number|one) hour and? the? one? (half|quarter)", "number hour past_of number minute?")
def hour_and_quarter(found: Found) -> Made:
    past = found.all("number")[-1].value if found.has("past_of") else found.get("half") or found.get("quarter")
    return _clock(found.items[0].value.value, past)


@rule("(number|one) hour minus the? (quarter|number)", "noon minus the? (quarter|number)")
def hour_less(found: Found) -> Made:
    numbers = [number.value for number in found.all("number", "one")]
    hour = 12 if found.has("noon") else numbers.pop(0)
    return _clock(hour - 1, 60 - (numbers[0] if numbers else 15))


@rule("(number|one) hour", "number meridian")
def full_hour(found: Found) -> Made:
    hour = found.items[0].value
    if hour.digits > 2:
        return None
    if found.has("meridian"):
        return _clock(hour.value + 12 if found["meridian"] == "apres-midi" and hour.value < 12 else hour.value)
    return _clock(hour.value)


@rule("(?<=at)number dot number(?!dot|slash|month|short_month)")
def dotted(found: Found) -> Made:
    hour, minute = found.all("number")
    return _clock(hour.value, minute.value, 0.8) if minute.digits == 2 else None


@rule("(?<!at)(?<!around)clock of (unknown|lasting|street)", "lasting (of|around|at)? clock", "clock lasting")
def length(found: Found) -> Made:
    """ "3h de route"."""
    return ("aside", None) if found.has("lasting") or found["clock"].start <= NOON else None


@rule("(?<=[between before at since until dash])noon")
def noon_sharp(found: Found) -> Made:
    return ("clock", Hours(NOON, None, "hour")) if found["noon"] == "midi" else None


# Ranges


@rule("between (around|at|the)? clock and noon")
def to_noon(found: Found) -> Made:
    return _range(found["clock"].start, NOON)


def _range(start: int, end: int) -> Made:
    """From one time to another; "de 11h30 à 1h30" ends after noon."""
    if end <= start and end + NOON > start and end + NOON <= MIDNIGHT:
        end += NOON
    return ("range", Hours(start, end, "minute")) if start < end else None


_CLOCK = "(around|at)? clock"
_NOT_A_DAY = "(?!hour|month|short_month|unit|week|minute|ordinal|slash|dot|colon|dash|number)"


@rule(f"(of|since)? clock (at|dash|until|au|slash) {_CLOCK}", f"between the? {_CLOCK} (and|at|dash|au) {_CLOCK}")
def from_to(found: Found) -> Made:
    start, end = found.all("clock")
    return _range(start.start, end.start)


@rule("(?<!weekday)(?<!weekdays)(?<!the)(?<!du)(?<!au)(?<!month)(?<!slash) number (at|dash|slash) clock")
@rule("(of|between) number (at|dash|and|slash) clock")
@rule("(?<=weekday)number dash clock")
def hours_to_clock(found: Found) -> Made:
    start, end = found["number"], found["clock"]
    if found.has("and") and not found.has("between"):
        return None
    return _range(start.value * 60, end.start) if start.digits < 3 and start.value < 24 else None


@rule(f"(of|between|since)? clock (at|and|dash) number {_NOT_A_DAY}")
def clock_to_hours(found: Found) -> Made:
    if found.has("and") and not found.has("between"):
        return None
    if found.has("at") and not found.has("of", "since", "between"):
        return None
    start, end = found["clock"], found["number"]
    return _range(start.start, end.value * 60) if end.value <= 24 and end.digits < 3 else None


@rule(f"(of|between) number (at|and|dash) number {_NOT_A_DAY}", "number (at|dash) number (?=near)")
@rule(f"(?<=near) number (at|dash) number {_NOT_A_DAY}")
def bare_hours(found: Found) -> Made:
    start, end = (number.value for number in found.all("number"))
    return _range(start * 60, end * 60) if start in USUAL_HOURS and end in USUAL_HOURS and start < end else None


# Parts of the day


@rule("after noon")
def afternoon(_: Found) -> Made:
    return "part", "apres-midi"


@rule("noon")
def around_noon(_: Found) -> Made:
    return "part", "midi"


_LINK = "(of|du|the|in|en|at|au){0,3}"


def _part(name: str, edge: str | None = None) -> Hours | None:
    hours = DAYPARTS[name].get(edge)
    return Hours(hours[0] * 60, hours[1] * 60, "daypart", part=name) if hours else None


@rule(f"(edge|early) {_LINK} this? part", f"part comma? {_LINK} early")
def edge_of_part(found: Found) -> Made:
    hours = _part(found["part"], found.get("edge") or found.get("early"))
    if hours is None:
        return None
    return [("this", None), ("hours", hours)] if found.has("this") else ("hours", hours)


@rule("early near part")
def early_that_day(found: Found) -> Made:
    hours = _part(found["part"], found["early"])
    return [("near", found["near"]), ("hours", hours)] if hours else None


@rule("part")
def whole_part(found: Found) -> Made:
    hours = _part(found["part"])
    return ("hours", hours) if hours else ("void_part", None)


@rule("this hours")
def part_of_today(found: Found) -> Made:
    return [("near", 0), ("hours", found["hours"])]


@rule("clock")
@rule("range")
def exact(found: Found) -> Made:
    return "hours", found.items[0].value


@rule("hours comma? (of|du|the|in|en|at|around|comma|near){0,3} hours")
def refined(found: Found) -> Made:
    """ "3h de l'après-midi", "ce matin à 9h": a clock time within a part of the day."""
    hours = refine(*found.all("hours"))
    if hours is None:
        return None
    return [("near", found["near"]), ("hours", hours)] if found.has("near") else ("hours", hours)


@rule("(of|between) hours (at|and|until) hours")
def part_to_part(found: Found) -> Made:
    """ "De 8h du matin à 5h de l'après-midi"."""
    first, last = found.all("hours")
    if first.grain == "daypart" or last.grain == "daypart" or first.end or last.end:
        return None
    made = _range(first.start, last.start)
    return ("hours", made[1]) if isinstance(made, tuple) else None


@rule("hours at number")
def part_at_number(found: Found) -> Made:
    hours = refine(found["hours"], Hours(found["number"].value * 60, None, "hour"))
    return ("hours", hours) if hours and found["number"].value in range(1, 13) else None


def refine(first: Hours, second: Hours) -> Hours | None:
    """A clock time or range read within a part of the day; None when they are not one of each."""
    part, clock = (first, second) if first.grain == "daypart" else (second, first)
    if part.grain != "daypart" or clock.grain == "daypart" or part.start is None or part.end is None:
        return None
    is_late = part.part in ("apres-midi", "soir", "midi")
    shift = NOON if is_late and (clock.start or clock.end or 0) < (NOON if part.part == "soir" else 8 * 60) else 0
    start, end = _moved(clock.start, shift), _moved(clock.end, shift)
    told = start if start is not None else end
    fits = told is not None and part.start - 60 <= told <= part.end + 60
    return replace(clock, start=start, end=end, part=part.part, confidence=clock.confidence if fits else 0.5)


def _moved(minutes: int | None, shift: int) -> int | None:
    return None if minutes is None else min(minutes + shift, MIDNIGHT)


# Bounds


_ABOUT = "(around|at|the|of|in){0,2}"


def _after(hours: Hours) -> Made:
    start = hours.end if hours.grain == "daypart" else hours.start
    return "hours", replace(hours, start=start, end=None, open="after", part=None)


def _from(hours: Hours) -> Made:
    return "hours", replace(hours, end=None, open="after", grain="hour" if hours.grain == "daypart" else hours.grain)


def _before(hours: Hours) -> Hours:
    grain: Grain = "hour" if hours.grain == "daypart" else hours.grain
    return replace(hours, start=None, end=hours.start, open="before", part=None, grain=grain)


def _is_bounded(hours: Hours) -> bool:
    return hours.open is None and (hours.end is None or hours.grain == "daypart")


@rule(f"not before {_ABOUT} hours", f"since {_ABOUT} hours (until {_ABOUT} hours)?", "hours or_later")
def at_the_earliest(found: Found) -> Made:
    first, *last = found.all("hours")
    if last:
        made = _range(first.start, last[0].start)
        return ("hours", made[1]) if isinstance(made, tuple) else None
    if first.grain == "daypart":
        return "hours", first
    return _from(first) if _is_bounded(first) else None


@rule(f"not after {_ABOUT} hours", f"(before|by|until) {_ABOUT} hours", "hours or_sooner")
def at_the_latest(found: Found) -> Made:
    hours = found["hours"]
    if not _is_bounded(hours):
        return None
    return ("until_hours" if found.has("until") else "hours"), _before(hours)


@rule(f"after {_ABOUT} hours")
def later_than(found: Found) -> Made:
    return _after(found["hours"]) if _is_bounded(found["hours"]) else None
