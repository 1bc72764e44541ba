"""From a message to its moments: words, then hours, days and wishes, resolved against now."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from booking.souhait import Souhait
from conversations.understanding.dates import days as day_grammar
from conversations.understanding.dates import hours as hour_grammar
from conversations.understanding.dates import wishes as wish_grammar
from conversations.understanding.dates.almanac import DAY
from conversations.understanding.dates.days import Days
from conversations.understanding.dates.hours import MIDNIGHT, Hours
from conversations.understanding.dates.lexicon import WEEKDAY_NAMES
from conversations.understanding.dates.moment import SURE, Grain, Moment, Open
from conversations.understanding.dates.rare import rare_day
from conversations.understanding.dates.wishes import Wish
from conversations.understanding.dates.words import Item, read_words

Stretch = tuple[datetime | None, datetime | None, Grain, Open | None]
GRAMMARS = (hour_grammar.rule, day_grammar.rule, wish_grammar.rule)
NIGHT_HOURS = range(1, 7)
"""Hours at which no service opens: "à 3h" wishes for the afternoon."""


@lru_cache(maxsize=256)
def find(text: str, now: datetime) -> tuple[Moment, ...]:
    """Every date or time expression of a message, in order, seen from the local wall time `now`. The future wins: a
    day without a year is the next one. What cannot be, or is over, is no moment."""
    items = read_words(text)
    for grammar in GRAMMARS:
        items = grammar.apply(items, now.date())
    wishes = [item for item in items if item.kind in ("wish", "refused")]
    if len(wishes) == 1 and wishes[0].value.is_rare:
        wishes = [_placed(wishes[0], text, now)]
    found = (_moment(item, now) for item in wishes)
    return tuple(moment for moment in found if moment is not None)


def _placed(item: Item, text: str, now: datetime) -> Item:
    """What our grammar cannot place, placed by dateparser: it is slow, so only where it is all that is said."""
    day = rare_day(text[item.start : item.end], now)
    return replace(item, value=Wish(Days(day, day + DAY, confidence=SURE) if day else None))


def _moment(item: Item, now: datetime) -> Moment | None:
    wish: Wish = item.value
    start, end, grain, open_ = _stretch(wish, now)
    is_over = end is not None and (
        (end - timedelta(minutes=1)).date() < now.date() or (start is not None and end <= start)
    )
    if (start is None and end is None) or is_over:
        return None
    days, hours = wish.days, wish.hours
    named = days is not None and days.weekday is not None and (days.habit or wish.excluded)
    return Moment(
        start,
        end,
        grain,
        open_,
        (item.start, item.end),
        excluded=wish.excluded,
        weekday=WEEKDAY_NAMES[days.weekday] if days is not None and days.weekday is not None and named else None,
        daypart=hours.part if hours else None,
        has_day=days is not None or wish.minutes is not None,
        confidence=min(days.confidence if days else 1.0, hours.confidence if hours else 1.0),
        unable=wish.unable,
    )


def _stretch(wish: Wish, now: datetime) -> Stretch:
    """The start, end, grain and openness of a wish."""
    if wish.minutes is not None:
        return now.replace(second=0, microsecond=0) + timedelta(minutes=wish.minutes), None, "minute", None
    days, hours = wish.days, wish.hours
    if hours is None:
        days = days or Days(None, None)
        return _at(days.start, 0), _at(days.end, 0), days.grain, days.open
    days = days or Days(now.date(), now.date() + DAY)
    if wish.bound == "before":
        return None, _at(days.start, hours.start), hours.grain, "before"
    if wish.bound == "after":
        return _at(days.start, hours.start), None, hours.grain, "after"
    last = days.end - DAY if days.end else None
    if last is not None and days.start is not None and days.start < last:
        return _several_days(days.start, last, hours)
    return _at(days.start, hours.start), _at(last, hours.end), hours.grain, days.open or hours.open


def _several_days(first: date, last: date, hours: Hours) -> Stretch:
    """The same hours of each day, closed on both sides to tell which days: until midnight when nothing ends them, for
    a minute when they are one clock time."""
    start = hours.start or 0
    end = hours.end if hours.end is not None else MIDNIGHT if hours.open else start + 1
    return _at(first, start), _at(last, end), hours.grain, None


def _at(day: date | None, minutes: int | None) -> datetime | None:
    if day is None or minutes is None:
        return None
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def read_souhait(text: str, now: datetime) -> Souhait | None:
    """The days and hours a text wishes for, seen from the local wall time `now` (naive); None when it names none, or
    none surely. The day that somebody cannot make is still that of the RDV they speak of."""
    moments = [moment for moment in find(text, now) if moment.confidence >= SURE]
    wished = [moment for moment in moments if not moment.excluded] or [moment for moment in moments if moment.unable]
    return _souhait(wished[0], now) if wished else None


def read_souhaits(text: str, now: datetime, *, refused: bool = False) -> tuple[Souhait, ...]:
    """Every day and hour that a text wishes for, in the order said; with those that it refuses when `refused`."""
    moments = (moment for moment in find(text, now) if moment.confidence >= SURE)
    return tuple(_souhait(moment, now) for moment in moments if refused or not moment.excluded)


def read_doubt(text: str, now: datetime) -> Souhait | None:
    """The one day that a text may wish for, where that is not sure enough to act on: to be asked. None where a day is
    sure, or where there are several to ask about."""
    wished = [moment for moment in find(text, now) if moment.has_day and not moment.excluded]
    if len(wished) != 1 or wished[0].confidence >= SURE:
        return None
    return _souhait(wished[0], now)


def _souhait(moment: Moment, now: datetime) -> Souhait:
    start, end = moment.start, moment.end
    if moment.grain in ("day", "week", "month"):
        return Souhait(_coming(start, now), (end - DAY).date() if end else None)
    premier = _coming(start or end, now) if moment.has_day else None
    dernier = (end - timedelta(minutes=1)).date() if end and start and moment.has_day else premier
    is_clock = end is None or (start is not None and (end - start).seconds == 60)
    if start and is_clock and not moment.open:
        return Souhait(premier, dernier, heure=_opened(start).time())
    return Souhait(premier, dernier, apres=_hour(start), avant=_hour(end))


def _coming(first: datetime | None, now: datetime) -> date | None:
    """The first day, or today when a month or a week has begun already."""
    return max(first.date(), now.date()) if first else None


def _hour(bound: datetime | None) -> time | None:
    """The hour of a bound; midnight bounds nothing."""
    return bound.time() if bound and bound.time() > time() else None


def _opened(start: datetime) -> datetime:
    return start + timedelta(hours=12) if start.hour in NIGHT_HOURS else start
