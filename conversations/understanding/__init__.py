"""Understanding: from the text of a message to what it means, in layers, each pure and readable on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.souhait import Souhait
from conversations.understanding.alarm import is_alarm
from conversations.understanding.dates import read_souhait
from conversations.understanding.identity import Identity, read_identity
from conversations.understanding.intents import asks_mine, gives_up, is_thanks, wants_rdv, without_cancel
from conversations.understanding.numbers import line_number
from conversations.understanding.options import pick, pick_by_words
from conversations.understanding.words import Word, word_anywhere
from conversations.understanding.yes_no import yes_or_no

__all__ = ["Heard", "Word"]


@dataclass(frozen=True)
class Heard:
    """One message, and what each layer makes of it. `now` is the local wall time, naive."""

    text: str
    now: datetime

    @property
    def is_alarm(self) -> bool:
        return is_alarm(self.text)

    @property
    def word(self) -> Word | None:
        return word_anywhere(self.text)

    @property
    def yes_or_no(self) -> bool | None:
        return yes_or_no(self.text)

    @property
    def yes_to_giving_up(self) -> bool | None:
        """Yes or no to "do you give it up?", where "oui annulez" is a yes."""
        return yes_or_no(without_cancel(self.text)) if self.gives_up else self.yes_or_no

    @property
    def number(self) -> int | None:
        return line_number(self.text)

    @property
    def souhait(self) -> Souhait | None:
        return read_souhait(self.text, self.now)

    @property
    def souhait_today(self) -> Souhait | None:
        """The same, where the name of today's weekday may mean today: it does in front of a list that shows it."""
        return read_souhait(self.text, self.now - timedelta(days=1))

    @property
    def identity(self) -> Identity:
        return read_identity(self.text, self.now.date())

    @property
    def gives_up(self) -> bool:
        return gives_up(self.text)

    @property
    def asks_mine(self) -> bool:
        return asks_mine(self.text)

    @property
    def wants_rdv(self) -> bool:
        return wants_rdv(self.text)

    @property
    def is_thanks(self) -> bool:
        return is_thanks(self.text)

    def pick(self, options: Sequence[str]) -> int | None:
        """The index of the option meant, by number or by words."""
        return pick(self.text, options)

    def names(self, options: Sequence[str]) -> int | None:
        """The index of the option meant by its words alone."""
        return pick_by_words(self.text, options)
