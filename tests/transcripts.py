"""Transcripts: a story in plain text, played through the real turn and compared line by line.

# Its title
world: vendredi_matin
from: +33639980001
> what the person writes
< what the bot answers          one line per message; "…" stands for anything
~ 11 min                        time passes, and what is due happens
! somebody_books 2026-11-23T09:00
= 2026-11-26 10:00 consult-pmi "Léa Martin" indetermine     the person's RDVs in the database, one line each
= (aucun)
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from booking.agenda import rdv_lines
from booking.db import reading
from bot.chat import Chat, Event
from bot.shell import Shell
from tests.worlds import NOW, PARIS

STORIES = Path(__file__).parent / "dialogues"
HEAD = ("world", "from")
NOBODY = "(aucun)"
BETWEEN = timedelta(seconds=10)


@dataclass(frozen=True)
class Story:
    title: str
    world: str
    sender: str
    lines: tuple[str, ...]


def read(path: Path) -> Story:
    head: dict[str, str] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(": ")
        if name in HEAD:
            head[name] = value
        else:
            lines.append(line)
    title = next(line for line in lines if line.startswith("# "))
    return Story(title[2:], head["world"], head["from"], tuple(lines))


def play(story: Story, shell: Shell) -> tuple[str, ...]:
    """The story as it happens now: its own lines, with the answers that the bot gives today."""
    return tuple(_Player(shell, story).lines())


def accept(path: Path, story: Story, happened: tuple[str, ...]) -> None:
    """Rewrite a story with what happened, for somebody to read."""
    title, *rest = happened
    lines = [title, f"world: {story.world}", f"from: {story.sender}", *rest]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class _Player:
    def __init__(self, shell: Shell, story: Story) -> None:
        self._shell = shell
        self._story = story
        self._now = NOW
        self._chat = Chat(shell, NOW)

    def lines(self) -> Iterator[str]:
        for line in self._story.lines:
            mark, rest = line[:1], line[2:]
            if mark in ("<", "=", " "):
                continue
            yield line
            if mark == ">":
                yield from self._answers(Event(at=self._tick(), sender=self._story.sender, text=_spelled(rest)))
            elif mark == "~":
                self._now += timedelta(minutes=int(rest.split()[0]))
                yield from self._answers(Event(at=self._now, tick=True))
            elif mark == "!":
                name, *arguments = shlex.split(rest)
                HAPPENINGS[name](self._chat, self._now, *arguments)
            elif mark == "?":
                yield from self._rdvs()

    def _tick(self) -> datetime:
        self._now += BETWEEN
        return self._now

    def _answers(self, event: Event) -> Iterator[str]:
        for message in self._chat.play(event).out:
            if message["to"] == self._story.sender:
                first, *others = str(message["text"]).split("\n")
                yield f"< {first}"
                yield from (f"  {other}" for other in others)

    def _rdvs(self) -> Iterator[str]:
        with reading(self._shell.sessions) as session:
            lines = rdv_lines(session, telephone=self._story.sender)
        for line in lines:
            people = " ".join(f'"{one.nom}"' for one in line.participants)
            yield f"= {line.debut.astimezone(PARIS):%Y-%m-%d %H:%M} {line.motif} {people} {line.statut.value}"
        if not lines:
            yield f"= {NOBODY}"


def _spelled(text: str) -> str:
    """Characters that a text file cannot show: \\u200b, \\x00."""
    return re.sub(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))", lambda found: chr(int(found[1] or found[2], 16)), text)


def is_like(expected: str, actual: str) -> bool:
    """Whether a line is the one expected, "…" standing for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, actual, re.DOTALL) is not None


def somebody_books(chat: Chat, now: datetime, debut: str) -> None:
    """Somebody else takes the PMI créneau of that hour, by message like everybody."""
    day = datetime.fromisoformat(debut).replace(tzinfo=PARIS)
    name = "Ana Petit 01/02/2025"
    for text in ("consultation pmi", "oui", name, "Zoé Petit", f"{day:%d/%m} {day:%Hh%M}", "oui"):
        chat.play(Event(at=now, sender="+33639980077", text=text))


HAPPENINGS: dict[str, Callable[..., None]] = {"somebody_books": somebody_books}
