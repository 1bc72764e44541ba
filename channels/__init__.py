"""The ways messages come and go, all alike: clean what came, lay a text out, send it, say how it went.

SendError
├── SendFailed      nothing left, the provider refused or could not be reached: `why` says what to do next
└── SendUnknown     the provider may have it (timeout, reset after the request left): ask before sending again
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from conversations.messages import Inbound, Outbound

LONGEST_TEXT = 1600
"""Characters kept of what people write: the most an SMS may carry."""


@dataclass(frozen=True)
class Laid:
    """A text as it will leave and what the operator bills for it (0 where messages are free)."""

    text: str
    segments: int


class Refusal(StrEnum):
    """Why a message did not leave or arrive, by what is to be done about it."""

    LATER = "later"
    """Time cures it: too many at once, phone off, provider down."""
    FINAL = "final"
    """This address can never be written to: not a number, landline, unroutable."""
    STOPPED = "stopped"
    """The person opted out at the provider."""
    CONTENT = "content"
    """This text will not pass, another one may."""
    OURS = "ours"
    """Our account or settings: tried again as `LATER`, and somebody has to be told."""


@dataclass(frozen=True)
class There:
    """One message of ours as the provider lists it: its id there, its text as we sent it, one of the
    provider's status words, and when the provider took it, in whole seconds of its own clock."""

    provider_id: str
    text: str
    status: str
    at: datetime


class SendError(Exception):
    """A message that did not certainly leave, or a provider that did not answer. `code`: the provider's own error
    code, where it gave one."""

    def __init__(self, reason: str, *, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class SendFailed(SendError):
    """`retry_after`: the seconds the provider asks to be left alone, where it says so."""

    def __init__(self, reason: str, *, why: Refusal, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason, code=code)
        self.why = why
        self.retry_after = retry_after


class SendUnknown(SendError):
    pass


class Channel(Protocol):
    def layout(self, text: str) -> Laid: ...

    def send(self, message: Outbound) -> str:
        """Hand `message` to the provider and return its id there; raises `SendFailed` or `SendUnknown`."""
        ...

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        """What the provider has of what we sent to that address since then, oldest first: how to learn whether
        a message left whose sending ended in `SendUnknown`. Raises `SendFailed` or `SendUnknown` when the
        provider cannot be asked."""
        ...

    def recent(self, since: datetime) -> Iterable[Inbound]:
        """What people wrote to any number of ours since then, oldest first, as the provider keeps it; raises as
        `sent_to` does."""
        ...

    def why(self, code: str | None) -> Refusal:
        """What an error code means that a receipt brought later, or the lack of one."""
        ...


def clean(text: str) -> str:
    """What people wrote, fit to be kept: composed accents (NFC), no control character but the line ends, no
    lone surrogate, `LONGEST_TEXT` characters at most."""
    plain = text.replace("\t", " ")
    kept = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    # Composing an endless stack of accents takes quadratic time: cut first, with room for decomposed letters.
    return unicodedata.normalize("NFC", kept[: 2 * LONGEST_TEXT])[:LONGEST_TEXT]
