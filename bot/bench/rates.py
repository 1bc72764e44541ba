"""Figures that are no durations: how many a second, and plain amounts."""

from dataclasses import dataclass
from typing import Any

from bot.bench.measure import Bound, Figure, Spread, figure

ONE = "1"
"""The unit of what is merely counted."""


@dataclass(frozen=True)
class Rate(Figure):
    """Seconds for each, shown as how many a second."""

    def as_json(self) -> dict[str, Any]:
        per_second = {"ours_per_s": _per_second(self.ours.median)}
        if self.bound is not None:
            per_second["bound_per_s"] = _per_second(self.bound.median)
        return {**super().as_json(), **per_second}

    def cells(self) -> tuple[str, ...]:
        name, _, _, beside, _, *rest = super().cells()
        return (
            name,
            f"{1 / self.ours.median:,.0f} /s",
            f"{1 / self.ours.high:,.0f} - {1 / self.ours.low:,.0f}",
            beside,
            f"{1 / self.bound.median:,.0f} /s" if self.bound else "",
            *rest,
        )


@dataclass(frozen=True)
class Amount(Figure):
    """How many `unit`, or how many at all."""

    unit: str = ONE

    def as_json(self) -> dict[str, Any]:
        kept = {name: value for name, value in super().as_json().items() if name not in ("ours_ms", "bound_ms")}
        return {
            **kept,
            "unit": self.unit,
            "ours": self.ours.median,
            "beside": self.bound.median if self.bound else None,
        }

    def cells(self) -> tuple[str, ...]:
        name, _, _, beside, _, *rest = super().cells()
        spread = f"{_shown(self.ours.low)} - {_shown(self.ours.high)}"
        return (name, self._in_unit(self.ours), spread, beside, self._in_unit(self.bound), *rest)

    def _in_unit(self, spread: Spread | None) -> str:
        if spread is None:
            return ""
        return _shown(spread.median) if self.unit == ONE else f"{_shown(spread.median)} {self.unit}"


def rate(section: str, name: str, seconds: list[float], bound: Bound | None = None) -> Rate:
    """As `measure.figure`: `seconds` for each, and a bound that is seconds for each too."""
    return Rate(**vars(figure(section, name, seconds, bound)))


def amount(section: str, name: str, amounts: list[float], bound: Bound | None = None, *, unit: str = ONE) -> Amount:
    """As `measure.figure`; the bound's `seconds` are amounts too."""
    return Amount(**vars(figure(section, name, amounts, bound)), unit=unit)


def _per_second(seconds: float) -> float:
    return float(f"{1 / seconds:.4g}")


def _shown(number: float) -> str:
    return f"{number:,.2f}" if number < 10 else f"{number:,.1f}"
