"""Message: what was said and the question it answers, each layer read once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from conversations.understanding.about import language_of
from conversations.understanding.acts import Act, Context
from conversations.understanding.choice import Choice, choose
from conversations.understanding.said import Said
from conversations.understanding.sentences import acts_in
from conversations.understanding.when import When, when


@dataclass(frozen=True)
class Message:
    """A message and what it was answering, each layer read once."""

    said: Said
    context: Context
    labels: tuple[str, ...]
    now: datetime
    lang: str

    @cached_property
    def language(self) -> str:
        written = language_of(self.said)
        return written if written != "fr" else self.lang

    @cached_property
    def acts(self) -> dict[Act, float]:
        acts = acts_in(self.said, self.language)
        if self.when.refused:
            acts.pop(Act.ANY, None)
        return acts

    @cached_property
    def when(self) -> When:
        return when(self.said, self.now, self.language)

    @cached_property
    def choice(self) -> Choice | None:
        if not self.labels:
            return None
        return choose(self.said, self.when, self.labels, self.now)

    @cached_property
    def wishes(self) -> list[str]:
        return [act.value for act in (Act.ASAP, Act.EARLIER, Act.LATER) if act in self.acts]
