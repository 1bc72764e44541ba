"""Phrases with what they mean, and whether an answer is right: the rules of the benchmark of understanding."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from conversations.understanding.spelling import plain

Verdict = Literal["right", "wrong", "silent"]
"""Saying nothing is not being wrong: the bot then asks."""


@dataclass(frozen=True)
class Phrase:
    """A time in French. `accepted`: the starts a careful reader may give it, the likeliest first; `length`: how long
    it lasts, from a start; `ends`: the moments it may be "before". A phrase that names no time has none of these."""

    text: str
    now: datetime
    grain: str
    accepted: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()
    length: timedelta | None = None
    is_time_only: bool = False

    @property
    def kind(self) -> str:
        """The class it is counted in."""
        if not self.accepted and not self.ends:
            return "no time"
        return f"{self.grain}, before" if self.ends else self.grain

    def verdict(self, start: datetime | None, end: datetime | None) -> Verdict:
        if start is None and end is None:
            return "silent" if self.accepted or self.ends else "right"
        return "right" if self._fits(start, end) else "wrong"

    def _fits(self, start: datetime | None, end: datetime | None) -> bool:
        if self.ends:
            return any(self._same(given, wanted) for given in (start, end) for wanted in self.ends if given)
        if start is None:
            return False
        if self.grain == "daypart" and self.length:
            middle = start + (end - start) / 2 if end else start
            return any(self._within(middle, wanted, self.length) for wanted in self.accepted)
        return any(self._same(start, wanted) for wanted in self.accepted)

    def _within(self, middle: datetime, start: datetime, length: timedelta) -> bool:
        if self.is_time_only:
            middle = datetime.combine(start.date(), middle.time())
        return start < middle <= start + length or (start == middle and start.hour > 0)

    def _same(self, given: datetime, wanted: datetime) -> bool:
        if self.is_time_only:
            return (given.hour, given.minute) == (wanted.hour, wanted.minute)
        match self.grain:
            case "week":
                return given.isocalendar()[:2] == wanted.isocalendar()[:2]
            case "month":
                return (given.year, given.month) == (wanted.year, wanted.month)
            case "day":
                return given.date() == wanted.date()
            case _:
                return given == wanted


def read_phrases(path: Path, *, spelling: str = "phrase") -> list[Phrase]:
    """The times of a file: a list of {"phrase", "sms", "kind", "reference_time", "expected": {"start", "end",
    "grain"}, "open", "compare", "alt_starts"}; `spelling` chooses between its two ways of writing."""
    return [_phrase(raw, spelling) for raw in json.loads(path.read_text("utf-8"))]


def _phrase(raw: Mapping[str, Any], spelling: str) -> Phrase:
    expected = raw["expected"]
    start, end = _moment(expected["start"]), _moment(expected["end"])
    others = [datetime.fromisoformat(other) for other in raw.get("alt_starts", ())]
    before = raw.get("open") == "before"
    named = raw["kind"] != "none"
    ends = _present([end, *others]) if named and before else ()
    # "Before Friday" may be told by its last day.
    if expected["grain"] == "day":
        ends += tuple(moment - timedelta(days=1) for moment in ends)
    return Phrase(
        raw[spelling],
        datetime.fromisoformat(raw["reference_time"]),
        expected["grain"],
        _present([start, *others]) if named and not before else (),
        ends,
        end - start if start and end else None,
        raw.get("compare") == "time",
    )


def _present(moments: Iterable[datetime | None]) -> tuple[datetime, ...]:
    return tuple(moment for moment in moments if moment)


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


@dataclass(frozen=True)
class Texto:
    """A message after a question, in front of its options, and what it means: its intent, others that serve the
    person as well, others it holds too, and slots."""

    text: str
    context: str
    options: tuple[Any, ...]
    intent: str
    slots: Mapping[str, Any]
    accepted: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    is_vague: bool = False

    def has_intent(self, intent: str) -> bool:
        return intent in (self.intent, *self.accepted)

    def has_slots(self, slots: Mapping[str, Any]) -> bool:
        """Whether every slot expected is there and says the same; further ones do no harm."""
        return all(self._says(name, wanted, slots.get(name)) for name, wanted in self.slots.items())

    def _says(self, name: str, wanted: Any, given: Any) -> bool:
        match name:
            case "numbers":
                return True
            case "when" | "not":
                given = given if isinstance(given, list) else []
                return all(any(self._suits(one, other) for other in given) for one in wanted)
            case "options":
                return sorted(given or ()) == sorted(wanted)
            case "name":
                return sorted(_plain(given).split()) == sorted(_plain(wanted).split())
            case _:
                return bool(_plain(given) == _plain(wanted) if isinstance(wanted, str) else given == wanted)

    def _suits(self, wanted: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
        return all(
            given.get(field) == value or (self.is_vague and field in DAYS and _near(value, given.get(field)))
            for field, value in wanted.items()
        )

    def is_destroyed_by(self, intent: str) -> bool:
        """Whether an RDV, or all messages, would be given up where nobody asked."""
        return intent in ("cancel", "stop") and not self.has_intent(intent) and intent not in self.also


DAYS = ("date", "from", "to")
VAGUE = timedelta(days=3)


def _near(wanted: str, given: object) -> bool:
    try:
        return abs(datetime.fromisoformat(str(given)) - datetime.fromisoformat(wanted)) <= VAGUE
    except ValueError:
        return False


def _plain(text: object) -> str:
    return plain(str(text if text is not None else "")).replace("-", " ").strip()


def read_textos(path: Path) -> list[Texto]:
    """The messages of a file: a list of {"text", "context", "options", "expected": {"intent", "slots", "also",
    "accept"}, "tags"}."""
    return [
        Texto(
            raw["text"],
            raw["context"],
            tuple(raw.get("options") or ()),
            raw["expected"]["intent"],
            raw["expected"].get("slots", {}),
            tuple(raw["expected"].get("accept", ())),
            tuple(raw["expected"].get("also", ())),
            "vague" in raw.get("tags", ()),
        )
        for raw in json.loads(path.read_text("utf-8"))
    ]
