"""The demo phone: messages that arrive at once, with nobody in between."""

from uuid import uuid4

from channels import Laid
from channels.gsm7 import fit, segments
from conversations.messages import Outbound


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
