"""The demo phone: messages that arrive at once, with nobody in between."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from channels import Laid, Refusal, There
from channels.gsm7 import fit, segments
from conversations.messages import Inbound, Outbound


class Simulator:
    """A phone lays a text out as an SMS does; with `typography`, as chat applications do: as it was written,
    and free."""

    def __init__(self, *, typography: bool = False) -> None:
        self._typography = typography

    def layout(self, text: str) -> Laid:
        if self._typography:
            return Laid(text, 0)
        fitted = fit(text)
        return Laid(fitted, segments(fitted))

    def send(self, message: Outbound) -> str:
        """Nothing to do: the demo phone reads what was queued for it."""
        return f"sim-{uuid4()}"

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        """Nothing: no message of ours ever left for elsewhere."""
        return ()

    def recent(self, since: datetime) -> Sequence[Inbound]:
        """Nothing: what is typed on the demo phone cannot be lost on the way."""
        return ()

    def why(self, code: str | None) -> Refusal:
        """Nothing is ever refused, so what cannot have happened is not tried again."""
        return Refusal.FINAL
