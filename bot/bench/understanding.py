"""`rdv bench understanding`: how often a message is understood, and how fast, beside dateparser on the same phrases."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from dateparser.search import search_dates

from bot.bench.corpus import Phrase, Texto, Verdict, read_phrases, read_textos
from bot.bench.measure import Bound, Figure, figure, interleave, table
from conversations.understanding import Context, understand
from conversations.understanding.dates import SURE, find

Reads = Callable[[Phrase], tuple[datetime | None, datetime | None]]
CERTAIN = 0.8
"""What is above is hardly ever wrong, or confidence means nothing."""


@dataclass(frozen=True)
class Score:
    """How many of `total` were right, wrong, or left unsaid; `beside`, how a peer does on the same."""

    section: str
    name: str
    right: int
    wrong: int
    silent: int
    beside: str = ""

    @property
    def total(self) -> int:
        return self.right + self.wrong + self.silent

    def as_json(self) -> dict[str, Any]:
        return vars(self) | {"total": self.total, "share": round(self.right / self.total, 4)}

    def __str__(self) -> str:
        share = 100 * self.right / self.total
        counts = f"{self.right:>5} of {self.total:<5} {share:5.1f} %  {self.wrong:>4} wrong {self.silent:>4} unsaid"
        return f"  {self.name:<34} {counts}   {self.beside}".rstrip()


# Dates


def dates(section: str, phrases: Sequence[Phrase]) -> Iterator[Score]:
    """By class of time, then all together, beside dateparser alone."""
    ours, theirs = _verdicts(phrases, read_date), _verdicts(phrases, read_by_dateparser)
    for kind in [*sorted(ours), "all"]:
        own = sum(ours.values(), Counter()) if kind == "all" else ours[kind]
        other = sum(theirs.values(), Counter()) if kind == "all" else theirs[kind]
        beside = f"dateparser: {other['right']} right, {other['wrong']} wrong"
        yield Score(section, kind, own["right"], own["wrong"], own["silent"], beside)


def _verdicts(phrases: Sequence[Phrase], read: Reads) -> dict[str, Counter[Verdict]]:
    found: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for phrase in phrases:
        found[phrase.kind][phrase.verdict(*read(phrase))] += 1
    return found


def read_date(phrase: Phrase) -> tuple[datetime | None, datetime | None]:
    """Ours, as `rdv dates` prints it: the first wish that is sure."""
    sure = [one for one in find(phrase.text, phrase.now) if not one.excluded and one.confidence >= SURE]
    return (sure[0].start, sure[0].end) if sure else (None, None)


def read_by_dateparser(phrase: Phrase) -> tuple[datetime | None, datetime | None]:
    settings = {"RELATIVE_BASE": phrase.now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    found = search_dates(phrase.text, languages=["fr"], settings=settings)
    return (found[0][1], None) if found else (None, None)


# Messages


@dataclass(frozen=True)
class Answered:
    """A message, and what was made of it."""

    texto: Texto
    intent: str
    slots: dict[str, Any]
    confidence: float

    @property
    def is_right(self) -> bool:
        return self.texto.has_intent(self.intent)


def answered(textos: Sequence[Texto], now: datetime) -> list[Answered]:
    found = []
    for texto in textos:
        meaning = understand(texto.text, Context(texto.context), texto.options, now=now)
        found.append(Answered(texto, meaning.intent.value, meaning.slots, meaning.confidence))
    return found


def messages(section: str, told: Sequence[Answered]) -> Iterator[Score]:
    """By intent, then all together, slots, what costs most, and what is said surely."""
    by_intent: dict[str, list[Answered]] = defaultdict(list)
    for one in told:
        by_intent[one.texto.intent].append(one)
    for intent in sorted(by_intent):
        yield _scored(section, intent, [one.is_right for one in by_intent[intent]])
    yield _scored(section, "all intents", [one.is_right for one in told])
    slots = [one.intent == one.texto.intent and one.texto.has_slots(one.slots) for one in told]
    yield _scored(section, "all slots", slots)
    yield _scored(section, "nothing given up unasked", [not one.texto.is_destroyed_by(one.intent) for one in told])
    alarms = [one for one in told if "emergency" in (one.texto.intent, one.intent)]
    if alarms:
        fine = [one.is_right or "emergency" in (*one.texto.also, *one.texto.accepted) for one in alarms]
        yield _scored(section, "emergencies, missed or false", fine)
    for name, sure in ((f"sure ({CERTAIN} and more)", True), ("less sure", False)):
        some = [one.is_right for one in told if (one.confidence >= CERTAIN) is sure]
        if some:
            yield _scored(section, name, some)


def _scored(section: str, name: str, right: Sequence[bool]) -> Score:
    return Score(section, name, sum(right), len(right) - sum(right), 0)


def confusions(told: Sequence[Answered]) -> list[tuple[str, str, int]]:
    """(meant, understood, how often), the commonest first; what is understood is not among them."""
    wrong = Counter((one.texto.intent, one.intent) for one in told if not one.is_right)
    return [(meant, got, times) for (meant, got), times in wrong.most_common()]


# How fast


def timings(phrases: Sequence[Phrase], textos: Sequence[Texto], now: datetime, repeat: int) -> Iterator[Figure]:
    """Each reading is of another microsecond: nothing that was kept from one serves the next."""
    ticks = count()
    if phrases:
        ours, theirs = interleave(
            phrases, repeat,
            lambda one: nullcontext(lambda: read_date(replace(one, now=_later(one.now, ticks)))),
            lambda one: nullcontext(lambda: read_by_dateparser(replace(one, now=_later(one.now, ticks)))),
        )  # fmt: skip
        yield figure("milliseconds", "a date", ours, Bound("dateparser", theirs, True))
    if textos:
        (took,) = interleave(textos, repeat, lambda one: nullcontext(lambda: _understand(one, _later(now, ticks))))
        yield figure("milliseconds", "a message", took, Bound("1 ms", [0.001], False, 1))
        slowest = sorted(took)[-max(1, len(took) // 100) :]
        yield figure("milliseconds", "a message, slowest in a hundred", slowest, Bound("5 ms", [0.005], False, 1))


def _later(now: datetime, ticks: Iterator[int]) -> datetime:
    return now.replace(microsecond=next(ticks) % 1_000_000)


def _understand(texto: Texto, now: datetime) -> object:
    return understand(texto.text, Context(texto.context), texto.options, now=now)


# All of it

PHRASES = Path(__file__).with_name("phrases")
"""Ours: made up for this, derived from no one's messages."""


@dataclass(frozen=True)
class Confusion:
    """An intent taken for another, and how often."""

    meant: str
    understood: str
    times: int

    def as_json(self) -> dict[str, Any]:
        return {"section": "confusions", **vars(self)}

    def __str__(self) -> str:
        return f"  {self.meant} taken for {self.understood}: {self.times}"


def run(
    dates_in: Path | None, messages_in: Path | None, now: datetime, repeat: int
) -> Iterator[Score | Confusion | Figure]:
    """Everything that is measured, on the files given, or ours."""
    source = dates_in or PHRASES / "dates.json"
    phrases = read_phrases(source)
    textos = read_textos(messages_in or PHRASES / "messages.json")
    yield from dates("times, as written", phrases)
    yield from dates("times, as texted", read_phrases(source, spelling="sms"))
    told = answered(textos, now)
    yield from messages("messages", told)
    yield from (Confusion(*one) for one in confusions(told))
    yield from timings(phrases, textos, now, repeat)


def lines(told: Iterable[Score | Confusion | Figure]) -> Iterator[str]:
    """As people read them."""
    figures: list[Figure] = []
    section = ""
    for one in told:
        if isinstance(one, Figure):
            figures.append(one)
            continue
        here = one.section if isinstance(one, Score) else "confusions"
        if here != section:
            section = here
            yield from ("", section)
        yield str(one)
    yield from table(figures)
