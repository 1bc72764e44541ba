"""Wishes: days and hours put together, listed, bounded and refused, as a whole message says them."""

from dataclasses import dataclass, replace

from conversations.understanding.dates.days import DOUBTFUL, Days
from conversations.understanding.dates.hours import USUAL_HOURS, Hours, refine
from conversations.understanding.dates.rules import Found, Made, Rules


@dataclass(frozen=True)
class Wish:
    """Days, hours or both; or so many `minutes` from now; or what our grammar only knows for words of time (`is_rare`).
    `bound`: "before" or "after" the day and its hour together ("avant mardi 10h")."""

    days: Days | None = None
    hours: Hours | None = None
    minutes: int | None = None
    bound: str | None = None
    is_rare: bool = False
    excluded: bool = False
    unable: bool = False


rule = Rules()

_SMALL_KINDS = "at|around|the|of|du|en|in|au"
_SMALL = f"({_SMALL_KINDS})"


@rule(f"void (comma|{_SMALL_KINDS}){{0,3}} (days|hours|until_hours|daynum)", f"days (comma|{_SMALL_KINDS}){{0,3}} void")
@rule("(hours|until_hours) (at|the|comma){0,2} void", "(before|after|since|until|by) (the|of|du|at){0,2} void")
def impossible(_: Found) -> Made:
    """What stands with a date that is over or cannot be is not to be taken alone."""
    return "void", None


# The day with its hours


@rule("(after|before|since) (the|around|at|of|du){0,2} days (at|around|the|comma){0,3} hours")
def bound_by_both(found: Found) -> Made:
    days, hours = found["days"], found["hours"]
    if days.open or hours.open or hours.grain == "daypart":
        return None
    return "wish", Wish(days, hours, bound="before" if found.has("before") else "after")


@rule(
    f"days {_SMALL}{{0,3}} (hours|until_hours)",
    f"(?<!days)days (aside|unknown|{_SMALL_KINDS}){{1,3}} (hours|until_hours)(?!{_SMALL}{{0,2}}days)",
    f"(hours|until_hours) {_SMALL}{{0,3}} days",
    f"days comma (aside|unknown|{_SMALL_KINDS}){{0,3}} (hours|until_hours)",
    f"hours comma {_SMALL}{{0,2}} days",
)
def day_and_hours(found: Found) -> Made:
    days = found["days"]
    if days.number is not None and days.confidence > DOUBTFUL:
        # "Le 1er à 10h" is no line of a list.
        days = replace(days, confidence=1.0)
    if found.has("until_hours"):
        hours = found["until_hours"]
        return "wish", Wish(days, replace(hours, start=0, open=None) if found.items[0].kind == "days" else hours)
    return ("wish", Wish(days, found["hours"])) if days.open is None or found["hours"].grain == "daypart" else None


@rule("days at number (?!unknown|unit|week|number|hour|month|slash|dot|money|minute)")
def day_at_number(found: Found) -> Made:
    """ "Mardi à 10"."""
    number, days = found["number"], found["days"]
    if number.value not in USUAL_HOURS or number.digits > 2 or days.open:
        return None
    return "wish", Wish(days, Hours(number.value * 60, None, "hour", confidence=0.8))


@rule(f"hours {_SMALL}{{0,3}} wish", f"wish (comma|{_SMALL_KINDS}){{0,3}} hours")
def hours_of_a_wish(found: Found) -> Made:
    """ "De 10h à 12h le lundi matin"."""
    wish = found["wish"]
    hours = refine(wish.hours, found["hours"]) if wish.hours else None
    return ("wish", replace(wish, hours=hours)) if hours else None


@rule(f"wish comma? {_SMALL}{{0,2}} days", f"days comma? {_SMALL}{{0,2}} wish")
def day_of_that_week(found: Found) -> Made:
    """ "Mercredi soir la semaine prochaine", "la semaine prochaine mardi à 10h"."""
    wish, days = found["wish"], found["days"]
    told = wish.days
    if told is None:
        return None
    if told.start == days.start and told.end == days.end:
        return "wish", wish
    named, week = (told, days) if days.grain == "week" else (days, told)
    if named.weekday is None or week.grain != "week" or days.grain != "week" or week.start is None:
        return None
    from_monday = week.start.toordinal() - week.start.weekday() + named.weekday
    start = week.start.fromordinal(from_monday)
    return "wish", replace(wish, days=replace(named, start=start, end=start.fromordinal(from_monday + 1), weekday=None))


@rule("rare")
def rare_day(found: Found) -> Made:
    return "wish", Wish(is_rare=True)


@rule("days|hours|until_hours|instant")
def alone(found: Found) -> Made:
    return "wish", Wish(found.get("days"), found.get("hours") or found.get("until_hours"), found.get("instant"))


# Lists: what is said once is meant for each


@rule("wish (or|and|dash) (at|the|around){0,2} wish", "(?<!unable|busy|except|not)wish comma (at|the|around){0,2} wish")
def shared(found: Found) -> Made:
    first, last = found.all("wish")
    joint = next(item.kind for item in found.items if item.kind in ("or", "and", "comma", "dash"))
    if last.days is None and last.hours and first.days and first.hours:
        last = replace(last, days=first.days)
    elif first.hours is None and first.days and last.days and last.hours and last.hours.part:
        first = replace(first, hours=last.hours)
    else:
        return None
    return [("wish", first), (joint, None), ("wish", last)]


# What does not suit


@rule("wish only wish")
def rather(found: Found) -> Made:
    """ "Plutôt jeudi que vendredi"."""
    first, last = found.all("wish")
    return [("wish", first), ("refused", replace(last, excluded=True))]


@rule(
    "wish ((or|and) the? wish){0,3} (unknown|aside|the){0,2} (unable|busy)"
    "(?!(the|at|aside){0,2}wish(but|aside|stop|comma)?$)"
)
def refused_after(found: Found) -> Made:
    return _refused(found)


@rule("(unable|busy) (unknown|aside|at|the|around|of|en){0,4} wish ((or|and) the? wish){0,3}")
@rule("except (around|at|the|of|en){0,2} wish ((or|and|comma) (around|at|the|of|en){0,2} wish){0,4}")
@rule("(?<!unknown)not (around|at|the|of|en|this){0,3} wish ((or|and not?) (around|at|the|of|en){0,2} wish){0,3}")
def refused(found: Found) -> Made:
    return _refused(found)


def _refused(found: Found) -> Made:
    unable = found.has("unable")
    return [("refused", replace(wish, excluded=True, unable=unable)) for wish in found.all("wish")]
