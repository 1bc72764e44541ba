"""Spans: what they refuse, when they overlap, which part lies within others."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.spans import Span

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def span(debut: float, fin: float) -> Span:
    return Span(at(debut), at(fin))


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
