"""Timings side by side: ways of doing the same thing, taken in turn in one run, with their median and spread."""

import gc
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any, TypeVar

Case = TypeVar("Case")
Run = Callable[[], object]
Way = Callable[[Case], AbstractContextManager[Run]]
"""What prepares a case, gives what is timed, and cleans up; only the middle is timed."""


@dataclass(frozen=True)
class Spread:
    """The median of a measure and the quartiles around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> "Spread":
        low, _, high = quantiles(samples, n=4, method="inclusive") if len(samples) > 1 else [samples[0]] * 3
        return cls(median(samples), low, high)


@dataclass(frozen=True)
class Bound:
    """What a timing is compared with: `seconds`, one for each of ours or a single one known from elsewhere. The
    ratio says how many times faster ours is (`faster`), or how many times the bound it takes. `target` is the
    least, or the most, that ratio should be."""

    name: str
    seconds: Sequence[float]
    faster: bool
    target: float | None = None


@dataclass(frozen=True)
class Figure:
    """One line of a benchmark. `ours` and `bound` are in seconds; `verdict` is "ok", "missed", or "" where
    nothing was promised."""

    section: str
    name: str
    ours: Spread
    bound_name: str = ""
    bound: Spread | None = None
    ratio: Spread | None = None
    faster: bool = False
    target: float | None = None
    verdict: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "name": self.name,
            "ours_ms": _rounded(self.ours, 1e3),
            "bound": self.bound_name or None,
            "bound_ms": _rounded(self.bound, 1e3),
            "ratio": _rounded(self.ratio, 1),
            "ratio_is": None if self.ratio is None else "times faster" if self.faster else "times the bound",
            "target": self.target,
            "verdict": self.verdict or None,
        }

    def cells(self) -> tuple[str, ...]:
        """What a table shows, in the order of `HEADINGS`."""
        sign = ">=" if self.faster else "<="
        return (
            self.name,
            shown(self.ours.median),
            f"{shown(self.ours.low)} - {shown(self.ours.high)}",
            self.bound_name,
            shown(self.bound.median) if self.bound else "",
            f"{_figures(self.ratio.median)} x" if self.ratio else "",
            f"{sign} {self.target:g} x" if self.target is not None else "",
            self.verdict,
        )


HEADINGS = ("", "ours", "quartiles", "beside", "bound", "ratio", "target", "")
LEFT = (0, 3, 7)


def figure(section: str, name: str, seconds: Sequence[float], bound: Bound | None = None) -> Figure:
    """Ours beside its bound. Each ratio is taken within a pair, so a machine that slows down slows both."""
    ours = Spread.of(seconds)
    if bound is None:
        return Figure(section, name, ours)
    beside = bound.seconds if len(bound.seconds) > 1 else list(bound.seconds) * len(seconds)
    pairs = list(zip(seconds, beside, strict=True))
    ratio = Spread.of([other / own if bound.faster else own / other for own, other in pairs])
    return Figure(
        section, name, ours, bound.name, Spread.of(bound.seconds), ratio, bound.faster, bound.target,
        _verdict(ratio.median, bound),
    )  # fmt: skip


def _verdict(ratio: float, bound: Bound) -> str:
    if bound.target is None:
        return ""
    reached = ratio >= bound.target if bound.faster else ratio <= bound.target
    return "ok" if reached else "missed"


def interleave(cases: Sequence[Case], repeat: int, *ways: Way[Case], once: bool = False) -> list[list[float]]:
    """The seconds each way takes, `repeat` times over all the cases, the ways in turn on each case. A first
    round is not counted: it fills what a running process keeps anyway. In its turn a way does its work twice and
    the second time counts, or the small pay for the caches that the big have emptied; `once` is for work that
    cannot be done twice."""
    seconds: list[list[float]] = [[] for _ in ways]
    with _nothing_old_collected():
        for count in range(repeat + 1):
            for case in cases:
                took = [_seconds(way, case, once=once) for way in ways]
                if count:
                    for own, one in zip(seconds, took, strict=True):
                        own.append(one)
    return seconds


def _seconds(way: Way[Case], case: Case, *, once: bool) -> float:
    with way(case) as run:
        if not once:
            run()
        start = perf_counter()
        run()
        return perf_counter() - start


@contextmanager
def _nothing_old_collected() -> Iterator[None]:
    """The garbage collector stays on, as in life, but does not walk the benchmark's own data."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """Aligned lines, each section under its name."""
    found = list(figures)
    rows = [HEADINGS, *(one.cells() for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    section = None
    for one in found:
        if one.section != section:
            yield from ("", one.section, _aligned(HEADINGS, widths))
            section = one.section
        yield _aligned(one.cells(), widths)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if column in LEFT else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"  {'  '.join(padded)}".rstrip()


def shown(seconds: float) -> str:
    """A duration in the unit that suits it, three figures."""
    if seconds >= 1:
        return f"{_figures(seconds)} s"
    if seconds >= 1e-3:
        return f"{_figures(seconds * 1e3)} ms"
    return f"{_figures(seconds * 1e6)} µs"


def _figures(number: float) -> str:
    decimals = max(0, 2 - math.floor(math.log10(number))) if number > 0 else 0
    return f"{number:,.{min(decimals, 2)}f}"


def _rounded(spread: Spread | None, scale: float) -> dict[str, float] | None:
    if spread is None:
        return None
    return {name: float(f"{value * scale:.4g}") for name, value in vars(spread).items()}
