"""What crosses the border of a conversation: Inbound comes in, Say goes out, Outbound leaves by a channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Came(StrEnum):
    """How a message was sent."""

    TEXT = "text"
    BUTTON = "button"
    """A button was pressed: the text is the number of its option, or the word on it."""
    NUMBER = "number"
    """The sender's own phone number, which the provider vouches for: the text is the number."""
    CONTACT = "contact"
    """Somebody's card, with nobody to vouch for it."""
    MEDIA = "media"
    """A picture, a voice, a place…: nothing to read."""
    EDIT = "edit"
    """A change to a message that was taken already."""


@dataclass(frozen=True)
class Inbound:
    """One message as a provider handed it over. `sender` and `recipient` are E.164 or "tg:<chat>"; `question` is the
    one that a button was shown with."""

    channel: str
    provider_id: str
    sender: str
    recipient: str | None
    text: str
    came: Came = Came.TEXT
    question: str | None = None


@dataclass(frozen=True)
class Moment:
    """An instant to be read aloud in the territory's zone. `how`: "jour_heure" (jeu 26 nov 10h), "heure" (10h),
    "jour" (jeu 26 nov), "semaine_heure" (jeudi 10h)."""

    at: datetime
    how: str = "jour_heure"


@dataclass(frozen=True)
class Say:
    """A phrase to say: its key in the catalogue, the values it names, the numbered answers shown with it, and
    what the message is for (`reply`, `confirmation`, `cancellation`…). `asks_number`: where there are buttons, one of
    them shares the phone number of who presses it, its only option."""

    key: str
    values: "dict[str, Value]"
    options: "tuple[Value, ...]" = ()
    kind: str = "reply"
    asks_number: bool = False


Value = str | int | Moment | Say | tuple[Say, ...]


@dataclass(frozen=True)
class Template:
    """A text that the provider has approved beforehand: its name there, and what fills its blanks, in their order."""

    name: str
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class Outbound:
    """One message ready to leave by a channel. `receipt_url` is where the provider tells what became of it,
    `valid_for` the seconds it may keep it when it cannot pass it on at once (1 to 36000; None: as it likes), `question`
    what the options are answers to, where they may be pressed, as are `quick`, the words that the text asks for;
    `template` is what leaves where our own words may not, the text being what it comes to."""

    channel: str
    sender: str | None
    recipient: str
    text: str
    options: tuple[str, ...] = ()
    receipt_url: str | None = None
    valid_for: int | None = None
    question: str | None = None
    quick: tuple[str, ...] = ()
    asks_number: bool = False
    template: Template | None = None


def say(key: str, *, options: tuple[Value, ...] = (), kind: str = "reply", **values: Value) -> Say:
    return Say(key, values, options, kind)
