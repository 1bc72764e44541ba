"""Lists: at most four numbered answers a message, and SUITE for the next ones."""

from collections.abc import Sequence
from typing import TypeVar

LINES = 4

T = TypeVar("T")


def page(items: Sequence[T], first: int) -> tuple[T, ...]:
    """The lines shown from `first` on: four at most."""
    return tuple(items[first : first + LINES])


def has_more(items: Sequence[T], first: int) -> bool:
    return first + LINES < len(items)
