"""The ways messages come and go, all alike: clean what came, lay a text out, send it, say how it went.

SendError
├── SendFailed      the provider refused, or could not be reached: `retry` says whether another try can help
└── SendUnknown     the provider may have it (timeout, reset after the request left): ask before sending again
"""

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from conversations.messages import Outbound

LONGEST_TEXT = 1600
"""Characters kept of what people write: the most an SMS may carry."""


@dataclass(frozen=True)
class Laid:
    """A text as it will leave and what the operator bills for it (0 where messages are free)."""

    text: str
    segments: int


class SendError(Exception):
    """A message that did not certainly leave. `code`: the provider's own error code, where it gave one."""

    def __init__(self, reason: str, *, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class SendFailed(SendError):
    def __init__(self, reason: str, *, retry: bool, code: str | None = None) -> None:
        super().__init__(reason, code=code)
        self.retry = retry


class SendUnknown(SendError):
    pass


class Channel(Protocol):
    def layout(self, text: str) -> Laid: ...

    def send(self, message: Outbound) -> str:
        """Hand `message` to the provider and return its id there; raises `SendFailed` or `SendUnknown`."""
        ...


def clean(text: str) -> str:
    """What people wrote, fit to be kept: composed accents (NFC), no control character but the line ends, no
    lone surrogate, `LONGEST_TEXT` characters at most."""
    plain = text.replace("\t", " ")
    kept = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    # Composing an endless stack of accents takes quadratic time: cut first, with room for decomposed letters.
    return unicodedata.normalize("NFC", kept[: 2 * LONGEST_TEXT])[:LONGEST_TEXT]
