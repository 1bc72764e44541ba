"""What crosses the border of a conversation: Inbound comes in, Say goes out, Outbound leaves by a channel."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Inbound:
    """One message as a provider handed it over. `sender` and `recipient` are E.164 or "tg:<chat>"."""

    channel: str
    provider_id: str
    sender: str
    recipient: str | None
    text: str


@dataclass(frozen=True)
class Moment:
    """An instant to be read aloud in the territory's zone. `how`: "jour_heure" (jeu 26 nov 10h), "heure" (10h),
    "jour" (jeu 26 nov), "semaine_heure" (jeudi 10h)."""

    at: datetime
    how: str = "jour_heure"


@dataclass(frozen=True)
class Say:
    """A phrase to say: its key in the catalogue, the values it names, the numbered answers shown with it, and
    what the message is for (`reply`, `confirmation`, `cancellation`…)."""

    key: str
    values: "dict[str, Value]"
    options: "tuple[Value, ...]" = ()
    kind: str = "reply"


Value = str | int | Moment | Say | tuple[Say, ...]


@dataclass(frozen=True)
class Outbound:
    """One message ready to leave by a channel. `receipt_url` is where the provider tells what became of it,
    `valid_for` the seconds it may keep it when it cannot pass it on at once (1 to 36000; None: as it likes)."""

    channel: str
    sender: str | None
    recipient: str
    text: str
    options: tuple[str, ...] = ()
    receipt_url: str | None = None
    valid_for: int | None = None


def say(key: str, *, options: tuple[Value, ...] = (), kind: str = "reply", **values: Value) -> Say:
    return Say(key, values, options, kind)
