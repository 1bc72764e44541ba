"""Spans: what they refuse, when they overlap, what busy time leaves of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.spans import Span, without

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def span(debut: float, fin: float) -> Span:
    return Span(at(debut), at(fin))


def quarters(spans: list[Span]) -> set[datetime]:
    step = timedelta(minutes=15)
    return {item.debut + n * step for item in spans for n in range(item.duree // step)}


some_spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda at: span(at[0] / 4, (at[0] + at[1]) / 4)),
    max_size=6,
)


def test_a_span_has_an_inside() -> None:
    with pytest.raises(ValueError, match="empty"):
        span(9, 9)
    with pytest.raises(ValueError, match="empty"):
        span(10, 9)


def test_a_span_is_in_utc() -> None:
    paris = ZoneInfo("Europe/Paris")
    with pytest.raises(ValueError, match="UTC"):
        Span(at(9).replace(tzinfo=None), at(10).replace(tzinfo=None))
    with pytest.raises(ValueError, match="UTC"):
        Span(at(9), at(10).astimezone(paris))
    with pytest.raises(ValueError, match="UTC"):
        Span(at(9).astimezone(ZoneInfo("Europe/London")), at(10))


def test_spans_that_touch_do_not_overlap() -> None:
    assert not span(9, 10).overlaps(span(10, 11))
    assert not span(10, 11).overlaps(span(9, 10))
    assert span(9, 10).overlaps(span(9.75, 11))
    assert span(9, 12).overlaps(span(10, 11))


def test_the_part_of_a_span_within_a_day() -> None:
    assert span(9, 12).within(span(10, 24)) == span(10, 12)
    assert span(9, 12).within(span(0, 24)) == span(9, 12)
    assert span(9, 12).within(span(12, 24)) is None


def test_busy_time_cuts_a_span_in_pieces() -> None:
    assert without(span(9, 12), []) == [span(9, 12)]
    assert without(span(9, 12), [span(10, 11)]) == [span(9, 10), span(11, 12)]
    assert without(span(9, 12), [span(8, 10)]) == [span(10, 12)]
    assert without(span(9, 12), [span(11, 13)]) == [span(9, 11)]
    assert without(span(9, 12), [span(8, 13)]) == []
    assert without(span(9, 12), [span(8, 9), span(12, 13)]) == [span(9, 12)]


def test_busy_spans_may_overlap_each_other() -> None:
    assert without(span(9, 12), [span(9, 11), span(9.5, 10), span(10.5, 11.5)]) == [span(11.5, 12)]


@settings(deadline=None, max_examples=100)
@given(some_spans)
def test_what_is_left_and_what_is_busy_make_up_the_whole(busy: list[Span]) -> None:
    whole = span(4, 12)
    free = without(whole, sorted(busy))
    assert quarters(free) == quarters([whole]) - quarters(busy)
