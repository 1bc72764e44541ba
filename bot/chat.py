"""A conversation without a phone: events go in as messages would, what leaves is handed back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails
from sqlalchemy import func, or_, select

from booking.db import one_of, reading
from bot import tasks, turn
from bot.ledger import OPEN, Contact, Outgoing, OutgoingState, in_state
from bot.shell import Shell
from channels import clean
from channels.simulator import Simulator
from conversations.engine import Dialogue
from conversations.messages import Came, Inbound

PASSES = 1000
"""Of the workers' work that one event brings at most: nothing that comes back for ever is waited for."""

Address = Annotated[str, StringConstraints(pattern=r"^[+:\w]{1,40}$")]


class Event(BaseModel):
    """One line in: a message or a press on a button, or the time that passes (`tick`). `came` and `question`, as in
    `Inbound`, for what is not written; a button without them answers what is asked."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    at: AwareDatetime
    channel: str = "sms"
    sender: Address | None = None
    to: Address | None = None
    text: str | None = None
    button: str | None = None
    came: Came = Came.TEXT
    question: str | None = None
    tick: bool = False

    @classmethod
    def parse(cls, line: str | bytes) -> "Event":
        """The event of a JSON line; raises `BadEvent` saying every wrong field."""
        try:
            return cls.model_validate_json(line)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise BadEvent(
                "; ".join(f"{_path(one)}: {one['msg'].removeprefix('Value error, ')}" for one in found)
            ) from None

    @model_validator(mode="before")
    @classmethod
    def _from_is_a_word_of_python(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and "from" in fields:
            return {"sender" if name == "from" else name: value for name, value in fields.items()}
        return fields

    @model_validator(mode="after")
    def _says_something(self) -> "Event":
        if self.tick:
            return self
        if self.sender is None or (self.text is None and self.button is None):
            raise ValueError('a message has "from" and "text" (or "button"); to let time pass, say "tick": true')
        if self.channel not in ("sms", "whatsapp", "telegram"):
            raise ValueError('"channel" is sms, whatsapp or telegram')
        return self


class BadEvent(Exception):
    pass


def _path(fault: ErrorDetails) -> str:
    """The field at fault, by the name it has in the line."""
    field = ".".join(map(str, fault["loc"]))
    return {"": "line", "sender": "from"}.get(field, field)


@dataclass(frozen=True)
class Told:
    """What an event brought: the messages that left because of it, and where the sender's dialogue stands."""

    out: tuple[dict[str, Any], ...]
    scene: str | None


class Chat:
    """A shell whose clock is each event's, and whose messages all stay here: nothing is ever sent for real, and what
    is due leaves at once, however much it is."""

    def __init__(self, shell: Shell, now: datetime) -> None:
        phone, chat = Simulator(), Simulator(typography=True)
        self._now = now
        self._shell = replace(
            shell,
            settings=replace(shell.settings, sms_segments_per_second=0),
            clock=lambda: self._now,
            channels={"sms": phone, "whatsapp": chat, "telegram": chat},
        )

    def play(self, event: Event) -> Told:
        """Let one event happen, and everything that is due by then."""
        self._now = event.at
        last, in_line = self._last_outgoing(), self._in_line()
        if event.sender is not None and not event.tick:
            turn.receive(self._shell, self._inbound(event, event.sender))
        settle(self._shell)
        return Told(tuple(self._left(last, in_line)), self._scene(event))

    def _inbound(self, event: Event, sender: str) -> Inbound:
        text = clean(event.button or event.text or "")
        return Inbound(event.channel, f"chat-{uuid4().hex}", sender, event.to, text, event.came, event.question)

    def _last_outgoing(self) -> int:
        with reading(self._shell.sessions) as session:
            return session.scalar(select(func.max(Outgoing.id))) or 0

    def _in_line(self) -> list[int]:
        with reading(self._shell.sessions) as session:
            return list(session.scalars(select(Outgoing.id).where(in_state(Outgoing, *OPEN))))

    def _left(self, last: int, in_line: list[int]) -> Iterator[dict[str, Any]]:
        """What has left of the messages that were in line, and of those written after the `last` one."""
        left = select(Outgoing).where(
            or_(Outgoing.id > last, one_of(Outgoing.id, in_line)),
            Outgoing.state.in_((OutgoingState.SENT, OutgoingState.DELIVERED)),
        )
        with reading(self._shell.sessions) as session:
            for row in session.scalars(left.order_by(Outgoing.id)):
                yield {
                    "id": row.ref,
                    "channel": row.contact.channel,
                    "to": row.contact.address,
                    "text": row.text,
                    "segments": row.segments,
                    "kind": row.kind,
                    # The button that shares a number is no answer to a question.
                    "options": [] if row.asks_number else row.options,
                }

    def _scene(self, event: Event) -> str | None:
        if event.sender is None or event.tick:
            return None
        with reading(self._shell.sessions) as session:
            contact = session.scalars(
                select(Contact).where(Contact.channel == event.channel, Contact.address == event.sender)
            ).one()
            if contact.thread is None:
                return None
            return Dialogue.load(contact.thread.state, contact.thread.asked_at).scene


def settle(shell: Shell) -> None:
    """Do here and now all that workers would, until nothing is left to do: answer and deliver, then tell others what
    the answers caused."""
    for _ in range(PASSES):
        if not tasks.work_off(shell):
            return
