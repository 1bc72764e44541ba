"""Steps and turns: one question and its answers is a frozen value, saved between two messages."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, PlainSerializer, PlainValidator, TypeAdapter, ValidationError

from booking.desk import Desk
from conversations.messages import Say
from conversations.understanding import Context, Heard, Word

PAST = 12
"""How many questions back RETOUR can go."""
OPEN_FOR = timedelta(hours=24)
"""How long a question stays open: a yes that comes later answers nothing."""
ONE_BREATH = timedelta(minutes=10)
"""What follows within that time of what was written to an agent is more of it."""
NOTHING = "0" * 16
"""The mark of no question: what is shown while none is open may be answered while none is."""
Instant = Annotated[datetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""An instant in a step: in UTC again when it is loaded, as the agenda wants it."""


@dataclass(frozen=True)
class Turn:
    """What a step answers: what is said, and the question now open (None: the dialogue is over).
    `missed`: the answer was not understood. `flag`: why an agent should look."""

    says: tuple[Say, ...]
    step: "Step | None"
    missed: bool = False
    flag: str | None = None


@dataclass(frozen=True)
class Step:
    """One question. `key` is a database value, never renamed nor reused; `scene` is its name for scripts; `context`
    tells the understanding what kind of answer it waits for. Fields are what JSON can hold; a new one has a default,
    an incompatible change is a new key."""

    key: ClassVar[str]
    scene: ClassVar[str]
    context: ClassVar[Context]
    kinds: ClassVar[dict[str, "type[Step]"]] = {}
    is_notice: ClassVar[bool] = False
    """Whether it comes in the midst of something else, as a reminder does: the question that was open waits behind it."""

    def __init_subclass__(cls, key: str, scene: str, context: Context) -> None:
        if key in Step.kinds and Step.kinds[key].__qualname__ != cls.__qualname__:
            raise TypeError(f"two steps are called {key}")
        cls.key, cls.scene, cls.context = key, scene, context
        Step.kinds[key] = cls

    def ask(self) -> Say:
        """The question, from the fields alone: what was asked is what is saved."""
        raise TypeError(f"{self.key} asks nothing")

    def ask_again(self) -> Say:
        """The question again, shorter, with an example of an answer."""
        return self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        raise TypeError(f"{self.key} hears nothing")

    def more(self, desk: Desk) -> Turn | None:
        """What comes next in the list shown; None where no list is."""
        return None

    def reread(self) -> Say | None:
        """The instructions that go with this question, to read again."""
        return None

    def renewed(self, desk: Desk) -> Turn | None:
        """What to ask in its place when it is shown again and what it shows is no longer so; None where it still is."""
        return None

    def leave(self, desk: Desk) -> None:
        """Let go of what the question was keeping, when the person turns back from it."""

    def answers_to(self, word: Word) -> bool:
        """Whether a word that works anywhere is an answer to this very question: "autre" is one to most."""
        return word is Word.AUTRE

    def closes_at(self, asked_at: datetime) -> datetime:
        """Until when an answer counts."""
        return asked_at + OPEN_FOR

    def hear_late(self, desk: Desk) -> Turn | None:
        """What a yes or a number gets once the question has closed; None: that it has, and a fresh start."""
        return None

    def is_moot(self, desk: Desk) -> bool:
        """Whether the question has lost its object since it was asked."""
        return False


def go(step: Step, *before: Say) -> Turn:
    """Ask a question, after saying something else or not."""
    return Turn((*before, step.ask()), step)


def again(step: Step, desk: Desk) -> Turn:
    """Ask a question that was asked before, as things are now."""
    return step.renewed(desk) or go(step)


def stay(step: Step, said: Say) -> Turn:
    """Say something else in place of the question, which stays open."""
    return Turn((said,), step)


def end(*says: Say, flag: str | None = None) -> Turn:
    return Turn(says, None, flag=flag)


def miss(step: Step) -> Turn:
    """Not understood: the question again, shorter."""
    return Turn((step.ask_again(),), step, missed=True)


class Aide(StrEnum):
    """How far somebody has come who asked for a person."""

    DEMANDEE = "demandee"
    """AIDE was just said: what comes next is for an agent."""
    ECRITE = "ecrite"
    """It was written, and acknowledged: more of it may come."""


@dataclass(frozen=True)
class Dialogue:
    """Where a conversation stands: the open question, the ones before it, how often it was just misunderstood,
    since when it waits, and whether a person was just asked for. `is_cold`: somebody else has spoken since the question
    was asked."""

    step: Step | None = None
    past: tuple[Step, ...] = ()
    misses: int = 0
    asked_at: datetime | None = None
    aide: Aide | None = None
    is_cold: bool = False

    @property
    def scene(self) -> str | None:
        """Where the dialogue stands, for scripts; None when no question is open."""
        return self.step.scene if self.step else None

    @property
    def mark(self) -> str:
        """What the open question is known again by, `NOTHING` where none is: a button shown with another one answers
        nothing."""
        return mark_of(self.step) if self.step else NOTHING

    def after(self, turn: Turn, now: datetime) -> "Dialogue":
        """The dialogue once a turn has been taken."""
        if turn.step is None:
            return Dialogue(asked_at=now)
        if turn.missed:
            return replace(self, step=turn.step, misses=self.misses + 1, asked_at=now)
        moved = self.step is not None and type(turn.step) is not type(self.step)
        past = (*self.past, self.step)[-PAST:] if moved and self.step else self.past
        return Dialogue(turn.step, past, 0, now)

    def aide_at(self, now: datetime) -> Aide | None:
        """How far somebody has come who asked for a person; None once it is too long ago."""
        lasts = {Aide.DEMANDEE: OPEN_FOR, Aide.ECRITE: ONE_BREATH}
        if self.aide is None or self.asked_at is None or now - self.asked_at > lasts[self.aide]:
            return None
        return self.aide

    def is_late(self, now: datetime) -> bool:
        """Whether the question has closed."""
        return self.step is not None and self.asked_at is not None and now > self.step.closes_at(self.asked_at)

    def interrupted_by(self, step: Step, now: datetime) -> "Dialogue":
        """The dialogue once a notice asks its own question: the one that was open waits in the past."""
        if self.step is None or self.is_late(now):
            return Dialogue(step, asked_at=now)
        return Dialogue(step, (*self.past, self.step)[-PAST:], 0, now)

    def resumed(self, now: datetime) -> "Dialogue | None":
        """The dialogue that a notice had interrupted; None where none did, or when its question has closed."""
        steps = (*self.past, self.step) if self.step else ()
        before = max((place for place, step in enumerate(steps) if step.is_notice), default=0) - 1
        if before < 0 or self.asked_at is None or now > steps[before].closes_at(self.asked_at):
            return None
        return Dialogue(steps[before], steps[:before], 0, now)

    def save(self) -> dict[str, Any]:
        """The dialogue as JSON can hold it."""
        saved: dict[str, Any] = {
            "step": _dump(self.step) if self.step else None,
            "past": [_dump(step) for step in self.past],
            "misses": self.misses,
        }
        return saved if self.aide is None else {**saved, "aide": self.aide.value}

    @classmethod
    def load(cls, saved: dict[str, Any], asked_at: datetime) -> "Dialogue":
        """A saved dialogue; a step that this release no longer knows leaves no question open."""
        step = _load(saved["step"]) if saved.get("step") else None
        aide = Aide(saved["aide"]) if saved.get("aide") in list(Aide) else None
        if step is None:
            return cls(asked_at=asked_at, aide=aide)
        past = tuple(known for one in saved.get("past", ()) if (known := _load(one)) is not None)
        return cls(step, past, saved.get("misses", 0), asked_at, aide)


def mark_of(step: Step) -> str:
    """The same for the same question with the same lines, whenever it is asked; 16 characters."""
    # As it will be once it has been saved: an hour may be written in another zone before.
    saved = _dump(_load(_dump(step)) or step)
    return sha256(json.dumps(saved, sort_keys=True).encode()).hexdigest()[:16]


def _adapter(kind: type[Step]) -> TypeAdapter[Step]:
    """What turns such steps into JSON and back; made once, it takes milliseconds."""
    if kind.key not in _ADAPTERS:
        _ADAPTERS[kind.key] = TypeAdapter(kind)
    return _ADAPTERS[kind.key]


_ADAPTERS: dict[str, TypeAdapter[Step]] = {}


def _dump_within(step: Step) -> dict[str, Any]:
    return _dump(step)


def _load_within(saved: Any) -> Step:
    step = saved if isinstance(saved, Step) else _load(saved)
    if step is None:
        raise ValueError("a question that this release does not know")
    return step


StepWithin = Annotated[Step, PlainValidator(_load_within), PlainSerializer(_dump_within)]
"""A question that waits within another one, saved with its key."""


def _dump(step: Step) -> dict[str, Any]:
    fields: dict[str, Any] = _adapter(type(step)).dump_python(step, mode="json", exclude_defaults=True)
    return {"key": step.key, **fields}


def _load(saved: Any) -> Step | None:
    kind = Step.kinds.get(saved.get("key", "")) if isinstance(saved, dict) else None
    if kind is None:
        return None
    fields = {name: value for name, value in saved.items() if name != "key"}
    try:
        return _adapter(kind).validate_python(fields)
    except ValidationError:
        return None
