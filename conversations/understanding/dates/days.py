"""Days: calendar dates, weekdays, weeks, months, holidays, delays, and their ranges."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from conversations.understanding.dates import almanac
from conversations.understanding.dates.almanac import DAY, WEEK
from conversations.understanding.dates.moment import Grain, Open
from conversations.understanding.dates.rules import Found, Made, Rules

DOUBTFUL = 0.5
"""What contradicts itself: "jeudi 14" when the 14th is a Monday."""
WEAK = 0.7
"""A lone small number after "le": the line of a list where one is shown."""
THURSDAY = 3
"""A week is of the month, and of the year, that its Thursday is in."""
DAYS_OFF_BEFORE = {0: 2, 1: 3, 6: 1}
"""From the Saturday to a holiday on a Monday, a Tuesday or a Sunday; a later one goes on to the week-end."""
ENDS = {"debut": 11, "milieu": 21}
"""The day of the month on which its beginning and its middle are over."""
MOST_WEEKS, MOST_MONTHS = 60, 24
"""How far ahead a delay is believed."""
NEAR_ENOUGH = timedelta(days=100)
"""How far "jeudi 14" may look for a 14th that is a Thursday."""


@dataclass(frozen=True)
class Days:
    """Whole days: `start` <= day < `end`. `weekday` when the day was told by that name alone, `habit` for every such
    day. `number`: a bare day of the month, whose month may still come."""

    start: date | None
    end: date | None
    grain: Grain = "day"
    open: Open | None = None
    weekday: int | None = None
    habit: bool = False
    number: int | None = None
    confidence: float = 1.0


rule = Rules()

_MONTH = "(month|short_month)"
_NOT_MORE = "(?!hour|colon|minute|unit|week|fortnight|quarter|ordinal|slash|dot number|number|next|street|money)"


def one(day: date, confidence: float = 1.0, weekday: int | None = None) -> Made:
    return "days", Days(day, day + DAY, confidence=confidence, weekday=weekday)


def _stretch(start: date, end: date, grain: Grain = "day", confidence: float = 1.0) -> Made:
    return "days", Days(start, end, grain, confidence=confidence)


# What is over


@rule("past the?", "(weekday|week|weekend|unit|month) last", "near? past")
def over(_: Found) -> Made:
    return "void", None


# Calendar dates


@rule(
    f"number ordinal? (of|du|dot)? {_MONTH} dot? number (?!hour|colon|minute)",
    f"number ordinal? (of|du|dot)? {_MONTH} dot?",
    f"rank (of|du)? {_MONTH} number?",
)
def written_date(found: Found) -> Made:
    month = found.get("month") or found["short_month"]
    numbers = found.all("number")
    if found.has("rank"):
        day, years = found["rank"], numbers
    else:
        day, years = numbers[0].value, numbers[1:]
    if found.has("rank") and day != 1:
        return None
    if years and years[0].digits not in (2, 4):
        return None
    return _date(day, month, years[0].value if years else None, found.today)


def _date(day: int, month: int, year: int | None, today: date) -> Made:
    found = almanac.calendar_day(day, month, year, today)
    return ("date", Days(found, found + DAY)) if found else ("void", None)


@rule(
    "number slash number slash number",
    "number dot number dot number",
    "number dash number dash number",
    "number number number",
    "number slash number (?!slash|hour)",
    "number dot number (?!dot number|hour)",
)
def numeric_date(found: Found) -> Made:
    day, month, *year = found.all("number")
    if day.digits == 4 and year and year[0].digits == 2:
        day, year = year[0], [day]
    if max(day.digits, month.digits) > 2 or not (day.digits and month.digits):
        return None
    if year and year[0].digits not in (2, 4):
        return None
    if len(found.items) == 3 and year and (day.digits, month.digits) != (2, 2):
        return None
    if not year and found.has("dot") and month.digits == 1 and day.digits == 1:
        return None
    return _date(day.value, month.value, year[0].value if year else None, found.today)


@rule("born (on|the|at|comma|colon|en|aside|unknown){0,3} date", "street (of|du) (the|unknown)? date")
def somebody_elses_date(_: Found) -> Made:
    return "void", None


# Weekdays, with their date


@rule("short_weekday dot? (?=number|hours|next|en|date|the number)", "(?<=this)short_weekday")
@rule("(?<=or)short_weekday|(?<=and)short_weekday", "short_weekday (?=(or|and)weekday)")
def weekday_in_company(found: Found) -> Made:
    return "weekday", found["short_weekday"]


@rule("weekday dot (?=number|date|hours)")
def abbreviated(found: Found) -> Made:
    return "weekday", found["weekday"]


@rule("this? weekday comma? the? date", "near comma? date")
def weekday_and_date(found: Found) -> Made:
    days = found["date"]
    if found.has("near"):
        agrees = days.start == found.today + DAY * found["near"]
    else:
        agrees = days.start.weekday() == found["weekday"]
    return "date", days if agrees else replace(days, confidence=DOUBTFUL)


@rule(f"this? weekday comma? the? (number|one) ordinal? {_NOT_MORE}", f"this? weekday the? rank {_NOT_MORE}")
def weekday_and_number(found: Found) -> Made:
    number = found["rank"] if found.has("rank") else (found.get("number") or found["one"]).value
    days = list(almanac.days_of_month(number, found.today))
    agreeing = [day for day in days if day.weekday() == found["weekday"]]
    if not days:
        return "void", None
    day = agreeing[0] if agreeing and agreeing[0] - found.today <= NEAR_ENOUGH else days[0]
    agrees = day.weekday() == found["weekday"]
    return "daynum", Days(day, day + DAY, number=number, confidence=0.95 if agrees else DOUBTFUL)


@rule(f"(du|the)? number au number {_NOT_MORE}(?!{_MONTH})")
def numbers_apart(found: Found) -> Made:
    """ "23 au 24"."""
    for first in almanac.days_of_month(found.all("number")[0].value, found.today):
        last = next(almanac.days_of_month(found.all("number")[1].value, first), None)
        return _stretch(first, last + DAY) if last else None
    return None


@rule(f"(?<!weekday)(the|du|au|until|before|since|after) the? number ordinal? {_NOT_MORE}(?!{_MONTH})")
def bare_number(found: Found) -> Made:
    number = found["number"]
    if found.get("the") or found.get("since") or number.digits > 2 or (found.has("ordinal") and number.value != 1):
        return None
    day = next(almanac.days_of_month(number.value, found.today), None)
    if day is None:
        return "void", None
    confidence = 0.9 if number.value > 9 else WEAK if number.digits else 0.6
    said = ("daynum", Days(day, day + DAY, number=number.value, confidence=0.6 if found.has("ordinal") else confidence))
    before = [
        (item.kind, item.value)
        for item in found.items
        if item.kind in ("au", "du", "until", "before", "since", "after")
    ]
    return [*before, said]


# Months, before the days that belong to them


@rule(
    "edge (of|du|the|in|unit){0,4} (month|short_month)",
    f"(in|au|du|the)? unit (of|du)? {_MONTH}",
    f"(en|in) {_MONTH}",
    f"{_MONTH} next",
)
def named_month(found: Found) -> Made:
    if found.get("unit") not in (None, "month"):
        return None
    first = almanac.next_month(found.get("month") or found["short_month"], found.today)
    edge = found.get("edge")
    if edge in ENDS and found.today >= first.replace(day=ENDS[edge]):
        first = almanac.add_months(first, 12)
    return _edge_of_month(edge, first)


def _edge_of_month(edge: str | None, first: date) -> Made:
    """The first ten days, the next ten, or the rest."""
    after = almanac.add_months(first, 1)
    match edge:
        case "debut":
            return _stretch(first, first.replace(day=ENDS[edge]))
        case "milieu":
            return _stretch(first.replace(day=ENDS["debut"]), first.replace(day=ENDS[edge]))
        case "fin":
            return _stretch(first.replace(day=ENDS["milieu"]), after)
        case _:
            return "whole_month", Days(first, after, "month")


@rule(
    "edge (of|du|the|this|en){0,3} unit next?", "(this|the|of|du|in|au|au the) unit next", "this unit", "the unit next"
)
def relative_month(found: Found) -> Made:
    if found["unit"] != "month":
        return None
    this, after = almanac.month_of(found.today)
    is_past = found.get("edge") in ENDS and found.today.day >= ENDS[found["edge"]]
    return _edge_of_month(found.get("edge"), after if found.has("next") or is_past else this)


@rule(f"{_MONTH} number")
def month_and_number(found: Found) -> Made:
    """ "Janvier 2027" is a month; "déc. 3" is left to others."""
    month, number = found.get("month") or found["short_month"], found["number"]
    if number.digits != 4:
        return "rare", None
    first = almanac.valid_date(number.value, month, 1)
    if first is None or not found.today.replace(day=1) <= first <= found.today + almanac.FURTHEST:
        return "void", None
    return "whole_month", Days(first, almanac.add_months(first, 1), "month")


@rule(f"{_MONTH} dot number", "in around? (number|one) (unit|week) and (number|one|half) (unit|week)?")
def not_ours(_: Found) -> Made:
    return "rare", None


@rule("month (?!next)", "(?<=[at until since after before])short_month")
def bare_month(found: Found) -> Made:
    first = almanac.next_month(found.get("month") or found["short_month"], found.today)
    return "whole_month", Days(first, almanac.add_months(first, 1), "month")


@rule(
    "(?<=[weekday week fortnight])(of|du) (this|the)? unit (?!next)",
    "later (this|the)? unit",
    "(?<=last)day_of unit (?!next)",
)
def this_month(found: Found) -> Made:
    this, after = almanac.month_of(found.today)
    if found["unit"] != "month":
        return None
    if found.has("day_of"):
        return one(after - DAY)
    return _stretch(found.today, after) if found.has("later") else ("whole_month", Days(this, after, "month"))


@rule("last day_of whole_month")
def last_day(found: Found) -> Made:
    return one(found["whole_month"].end - DAY)


@rule("(rank|number ordinal|last) fortnight (of|du|the|in){0,2} whole_month")
def half_month(found: Found) -> Made:
    first, after = found["whole_month"].start, found["whole_month"].end
    middle = first.replace(day=15)
    return _stretch(first, middle) if _rank(found) == 1 else _stretch(middle, after)


def _rank(found: Found) -> int:
    if found.has("last"):
        return -1
    return int(found["rank"]) if found.has("rank") else int(found["number"].value)


@rule("(rank|number ordinal|last) (weekday|week) (of|du|the|in|au){0,3} whole_month")
def nth_of_month(found: Found) -> Made:
    rank, first = _rank(found), found["whole_month"].start
    if found.has("weekday"):
        day = almanac.nth_weekday(rank, found["weekday"], first)
        if day and day < found.today:
            day = almanac.nth_weekday(rank, found["weekday"], almanac.add_months(first, 1))
        return one(day) if day else ("void", None)
    thursday = almanac.nth_weekday(rank, THURSDAY, first)
    return _stretch(thursday - DAY * 3, thursday + DAY * 4, "week", 0.8) if thursday else ("void", None)


# Ranges told by numbers


@rule(
    "(du|of|between)? the? (number|rank|one) ordinal? (au|dash|at|and|until|slash) (the|au)? date",
    "(du|of|between)? (the|weekday)? daynum (au|dash|at|and|until) (the|au)? date",
)
def numbers_to_date(found: Found) -> Made:
    """ "Du 13 au 15 juillet": the first number is of the month of the second, or of the one before."""
    last = found["date"].start
    if found.has("and") and not found.has("between"):
        return None
    number = (
        found["daynum"].number if found.has("daynum") else found["rank"] if found.has("rank") else found.get("number")
    )
    number = getattr(number, "value", number)
    first = almanac.valid_date(last.year, last.month, number) if isinstance(number, int) else None
    return _stretch(first, last + DAY) if first and first < last else None


@rule("(du|of|between)? daynum (au|dash|until|at|and) (daynum|(the|weekday)? number ordinal?)")
@rule("du number ordinal? (au|dash) daynum")
def numbers(found: Found) -> Made:
    if found.has("and") and not found.has("between"):
        return None
    told = [
        getattr(item.value, "number", None) or item.value.value
        for item in found.items
        if item.kind in ("daynum", "number")
    ]
    for first in almanac.days_of_month(told[0], found.today) if len(told) == 2 else ():
        last = next(almanac.days_of_month(told[1], first), None)
        return _stretch(first, last + DAY) if last else None
    return None


@rule("(daynum|days) (of|du|the){0,2} whole_month")
def number_of_month(found: Found) -> Made:
    """ "Le 20 du mois prochain", "du 4 au 23 le mois prochain"."""
    days, first = found.items[0].value, found["whole_month"].start
    if days.number is not None:
        day = almanac.valid_date(first.year, first.month, days.number)
        return ("date", Days(day, day + DAY)) if day else ("void", None)
    if days.weekday is not None or days.grain != "day":
        return None
    start = almanac.valid_date(first.year, first.month, days.start.day)
    return _stretch(start, start + (days.end - days.start)) if start else None


@rule("daynum (or|and) the? date", "the? number (or|and) the? date")
def numbers_or_date(found: Found) -> Made:
    """ "Le 12 ou le 13 mars": both in March."""
    last = found["date"]
    number = found["daynum"].number if found.has("daynum") else found["number"].value
    first = almanac.valid_date(last.start.year, last.start.month, number)
    return [("days", Days(first, first + DAY)), ("or", None), ("days", last)] if first else None


@rule(f"daynum (or|and) number {_NOT_MORE}")
def two_numbers(found: Found) -> Made:
    """ "Le 23 ou 24"."""
    first = found["daynum"]
    last = next(almanac.days_of_month(found["number"].value, found.today), None)
    return [("days", first), ("or", None), ("days", Days(last, last + DAY))] if last else None


@rule("daynum|date|whole_month")
def told(found: Found) -> Made:
    return "days", found.items[0].value


# Names of days


@rule("eve the? (days|date)")
def day_beside(found: Found) -> Made:
    days = found["days"] if found.has("days") else found["date"]
    return one(days.start + DAY * found["eve"]) if days.start else None


@rule("bridge the? holiday", "vacances the? holiday", "(eve|day_of)? the? holiday")
def holiday(found: Found) -> Made:
    if found.has("vacances"):
        return _school_holidays(found)
    day = almanac.holiday(found["holiday"], found.today)
    if found.has("bridge"):
        start = day - DAY * DAYS_OFF_BEFORE.get(day.weekday(), 0)
        return _stretch(start, day + DAY if day.weekday() < THURSDAY else almanac.monday(day) + WEEK, confidence=0.8)
    return one(day + DAY * (found.get("eve") or 0))


def _school_holidays(found: Found) -> Made:
    """Two weeks: from the Saturday before Christmas, or until All Saints' is over. The others depend on the zone."""
    day = almanac.holiday(found["holiday"], found.today)
    saturdays = {(12, 25): day - DAY * ((day.weekday() + 2) % 7), (11, 1): almanac.monday(day) - DAY * 16}
    start = saturdays.get(found["holiday"])
    return _stretch(start, start + DAY * 16, confidence=0.75) if start else ("void", None)


@rule("(weekday|near) en number (?!week|unit)")
def weekday_in_a_week(found: Found) -> Made:
    weeks = {8: 1, 15: 2}.get(found["number"].value)
    day = found.today + DAY * found["near"] if found.has("near") else None
    day = day or almanac.this_or_next_weekday(found["weekday"], found.today)
    return one(day + WEEK * weeks) if weeks else None


@rule("(number|one) unit after near")
def days_after(found: Found) -> Made:
    number = (found.get("number") or found["one"]).value
    return one(found.today + DAY * (number + found["near"])) if found["unit"] == "day" else None


@rule("near comma? weekday (?!next)")
def near_weekday(found: Found) -> Made:
    day = found.today + DAY * found["near"]
    return one(day, 1.0 if day.weekday() == found["weekday"] else DOUBTFUL)


@rule("after near", "near")
def near(found: Found) -> Made:
    if found.has("after") and found["near"] != 1:
        return None
    return one(found.today + DAY * (found["near"] + found.has("after")))


@rule("(the|every|only|one|of)? (every|the)? weekdays", "every the? weekday", "only the weekday", "one weekday")
def every_such_day(found: Found) -> Made:
    weekday = found["weekdays"] if found.has("weekdays") else found["weekday"]
    day = almanac.next_weekday(weekday, found.today)
    return "days", Days(day, day + DAY, weekday=weekday, habit=True)


@rule("weekday (in|en) (number|one) (unit|week)", "weekday in fortnight")
def weekday_in_weeks(found: Found) -> Made:
    """ "Jeudi dans deux semaines": of that week, or that many weeks after this Thursday? To ask."""
    day = _later(found)
    return one(almanac.monday(day) + DAY * found["weekday"], DOUBTFUL) if day else None


@rule("(this|the)? weekday next?", "the? next weekday")
def weekday(found: Found) -> Made:
    """ "Mardi prochain" is the next one, unless that is tomorrow."""
    day = almanac.next_weekday(found["weekday"], found.today)
    if found.has("next") and day == found.today + DAY:
        day += WEEK
    return one(day, 0.9 if found.has("next") else 1.0, found["weekday"])


# Weeks


@rule("(in|under)? (the|of|this)? number next (unit|week)", "(in|under) (the|of|this)? next number? (unit|week)")
def coming(found: Found) -> Made:
    if not found.has("number"):
        return _stretch(found.today + DAY, found.today + WEEK, confidence=WEAK) if found.get("unit") == "day" else None
    count = found["number"].value
    tomorrow = found.today + DAY
    if found.has("week"):
        return _stretch(tomorrow, tomorrow + WEEK * count)
    if found["unit"] == "day":
        return _stretch(tomorrow, tomorrow + DAY * count)
    first = almanac.month_of(found.today)[1]
    return (
        _stretch(first, almanac.add_months(first, count), "month") if found["unit"] == "month" and count < 60 else None
    )


@rule("week (of|du|beginning|the|in){0,3} days")
def week_of(found: Found) -> Made:
    days = found["days"]
    if days.weekday is not None or days.grain != "day" or days.open:
        return None
    if days.end - days.start > DAY:
        return "days", days
    start = almanac.monday(days.start)
    return _stretch(start, start + WEEK, "week", 0.95)


@rule("(the|in)? weekend (of|du|the){1,2} days")
def weekend_of(found: Found) -> Made:
    days = found["days"]
    saturday = almanac.monday(days.start) + DAY * 5 if days.start and days.grain == "day" else None
    return _stretch(saturday, saturday + DAY * 2) if saturday else None


@rule(f"week number {_NOT_MORE}")
def numbered_week(found: Found) -> Made:
    start = almanac.iso_week(found["number"].value, found.today) if found["number"].digits else None
    return _stretch(start, start + WEEK, "week") if start else None


@rule("edge (of|the|this|du){0,3} week next?")
def edge_of_week(found: Found) -> Made:
    this = almanac.monday(found.today)
    first, after = {"debut": (0, 3), "milieu": (2, 4), "fin": (3, 7)}[found["edge"]]
    is_past = this + DAY * after <= found.today or (found["edge"] == "debut" and not found.has("this"))
    start = this + WEEK * (found.has("next") or is_past)
    return _stretch(start + DAY * first, start + DAY * after)


@rule("(the|this|of|in|au){0,2} week next", "this week", "(in|under|of|later) (the|this)? week", "the? next week")
def week(found: Found) -> Made:
    if found.get("the") == "les":
        return None
    start = almanac.monday(found.today)
    if found.has("next"):
        return _stretch(start + WEEK, start + WEEK * 2, "week")
    return _stretch(found.today, start + WEEK, "week")


@rule("(the|this|of|in|au){0,2} weekend next?", "(the|this) short_weekend next?", "short_weekend next", "next weekend")
def weekend(found: Found) -> Made:
    saturday = almanac.monday(found.today) + DAY * 5
    later = found.has("next") and found.today.weekday() > 2
    return _stretch(
        saturday + WEEK * later, saturday + WEEK * later + DAY * 2, confidence=0.85 if found.has("next") else 1
    )


# Delays


@rule("in around? the? (number|one) (unit|week)", "in one? (the|around)? fortnight")
def from_today(found: Found) -> Made:
    day = _later(found)
    if found.has("the", "fortnight") and not found.has("one", "around"):
        return _stretch(found.today, day) if day else None
    return one(day) if day else None


def _later(found: Found) -> date | None:
    """Today and the days, weeks, months or years said."""
    if found.has("fortnight"):
        days: int = found["fortnight"]
        return found.today + DAY * days
    count: int = (found.get("number") or found["one"]).value
    if found.has("week"):
        return found.today + WEEK * count if count <= MOST_WEEKS else None
    if found["unit"] == "day":
        return found.today + DAY * count if count <= MOST_WEEKS * 7 else None
    months = count * (12 if found["unit"] == "year" else 1)
    return almanac.add_months(found.today, months) if months <= MOST_MONTHS else None


@rule("not before (number|one) (unit|week)")
def no_sooner(found: Found) -> Made:
    day = _later(found)
    return ("days", Days(day, None, open="after")) if day else None


@rule("(under|by) (the|one)? (number|one)? (unit|week|fortnight)")
def within(found: Found) -> Made:
    if not found.has("number", "one", "fortnight"):
        return None
    day = _later(found)
    return _stretch(found.today, day + DAY if found.has("by") else day) if day else None


# A weekday of a week, two names of one day, ranges of days


@rule("ago (the|around){0,2} days")
def since_then(_: Found) -> Made:
    return "void", None


@rule("days comma? (of|the|in|du){0,2} days")
def one_day_told_twice(found: Found) -> Made:
    first, second = found.all("days")
    named, week = (first, second) if second.grain == "week" else (second, first)
    if named.weekday is not None and not named.habit and week.grain == "week":
        day = almanac.monday(week.start) + DAY * named.weekday
        return one(day, week.confidence) if day >= found.today else ("void", None)
    if first.start == second.start and first.end == second.end:
        return "days", replace(second, weekday=None)
    return None


@rule(
    "(of|du|since)? the? days (au|dash|until) (the|au)? days",
    "(?<!aside)(of|du|since) the? days at the? days",
    "(?<!of)(?<!du)(?<!since)(?<!the)days at days",
    "between the? days (and|at|au) (the|au)? days",
)
def days_to_days(found: Found) -> Made:
    """ "De lundi à mercredi"; "le rdv de lundi à mercredi" moves one."""
    first, last = found.all("days")
    if first.open or last.open:
        return None
    end = last.end
    if end <= first.start and last.weekday is not None:
        end = almanac.next_weekday(last.weekday, first.start) + DAY
    start = first.start
    if end <= start:
        # "De novembre à mars" ends next year; "du 10 juin au 1er juillet", said in between, has begun.
        start, end = (start, almanac.add_months(end, 12)) if last.grain == "month" else (found.today, end)
    if end <= start:
        return "void", None
    grain: Grain = "month" if first.grain == last.grain == "month" else "day"
    return "days", Days(start, end, grain, confidence=min(first.confidence, last.confidence))


# Bounds


@rule("(number|one) (unit|week) (after|since|before) (the|of|du)? days")
def beside(found: Found) -> Made:
    """ "Une semaine après Noël", "trois semaines à partir de demain"."""
    days, later = found["days"], _later(found)
    if later is None or days.start is None or days.open:
        return None
    shift = later - found.today
    day = days.start - shift if found.has("before") else days.start + shift
    return one(day) if day >= found.today else ("void", None)


@rule("since the? days (until|at|au) the? days")
def since_until(found: Found) -> Made:
    first, last = found.all("days")
    return "days", replace(first, end=last.end, weekday=None)


_ABOUT = "(the|around|of|du|au){0,2}"


@rule(
    f"not before {_ABOUT} days (?!{_ABOUT}hours|at hours)", f"since {_ABOUT} days (?!{_ABOUT}hours|at)", "days or_later"
)
def from_that_day(found: Found) -> Made:
    days = found["days"]
    return ("days", replace(days, end=None, open="after", weekday=None, grain=_whole(days))) if not days.open else None


@rule(f"after {_ABOUT} days (?!{_ABOUT}hours|at hours)")
def after_that_day(found: Found) -> Made:
    days = found["days"]
    return ("days", replace(days, start=days.end, end=None, open="after", weekday=None, grain=_whole(days)))


@rule(f"before {_ABOUT} days (?!{_ABOUT}hours|at hours)")
def before_that_day(found: Found) -> Made:
    days = found["days"]
    return "days", replace(days, start=None, end=days.start, open="before", weekday=None, grain=_whole(days))


@rule(f"not after {_ABOUT} days", f"(by|until) {_ABOUT} days (?!hours)", "days or_sooner")
def until_that_day(found: Found) -> Made:
    days = found["days"]
    return "days", replace(days, start=None, end=days.end, open="before", weekday=None, grain=_whole(days))


def _whole(days: Days) -> Grain:
    return "day" if days.grain in ("week", "month") else days.grain
