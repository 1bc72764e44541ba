"""Transcripts: a story in plain text, played through the real turn and compared line by line.

# Its title
world: vendredi_matin
from: +33639980001
> what the person writes
< what the bot answers          one line per message; "…" stands for anything
~ 11 min                        time passes, and what is due happens
! somebody_books 2026-11-23T09:00      what others do: HAPPENINGS
! service_cancels 2026-11-26T10:00
= 2026-11-26 10:00 consult-pmi "Léa Martin" indetermine     the person's RDVs in the database, one line each
= (aucun)
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import invitations, rdvs
from booking.agenda import rdv_lines
from booking.db import reading, transaction
from booking.models import Agent, Lieu, Motif, Rdv, Statut, Usager
from bot.chat import Chat, Event
from bot.shell import Shell
from tests.worlds import NOW, PARIS

Named = TypeVar("Named", Agent, Motif, Usager)
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
                HAPPENINGS[name](self._shell, self._chat, self._now, *arguments)
                yield from self._answers(Event(at=self._now, tick=True))
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


# What others do


def somebody_books(shell: Shell, chat: Chat, now: datetime, debut: str) -> None:
    """Somebody else takes the PMI créneau of that hour, by message like everybody."""
    day = datetime.fromisoformat(debut).replace(tzinfo=PARIS)
    name = "Ana Petit 01/02/2025"
    for text in ("consultation pmi", "oui", name, "Zoé Petit", f"{day:%d/%m} {day:%Hh%M}", "oui"):
        chat.play(Event(at=now, sender="+33639980077", text=text))


def agent_books(shell: Shell, chat: Chat, now: datetime, motif: str, agent: str, debut: str, usager: str) -> None:
    """An agent places an RDV, at the first lieu when people come to it."""
    with transaction(shell.sessions) as session:
        about = _one(session, Motif, motif)
        lieu = None if about.type != "sur_place" else session.scalars(select(Lieu).order_by(Lieu.id)).first()
        rdvs.place(
            session, about, agents=[_one(session, Agent, agent)], debut=_at(debut), lieu=lieu,
            participants=[_one(session, Usager, usager)], qui=f"agent:{agent}", now=now,
        )  # fmt: skip


def service_cancels(shell: Shell, chat: Chat, now: datetime, debut: str) -> None:
    with transaction(shell.sessions) as session:
        rdvs.cancel_by_service(session, _rdv_at(session, debut), qui=AGENT, now=now)


def service_moves(shell: Shell, chat: Chat, now: datetime, debut: str, later: str) -> None:
    with transaction(shell.sessions) as session:
        rdvs.move(session, _rdv_at(session, debut), debut=_at(later), qui=AGENT, now=now)


def service_hands_over(shell: Shell, chat: Chat, now: datetime, debut: str, agent: str) -> None:
    """Another agent receives the person, at the same hour."""
    with transaction(shell.sessions) as session:
        rdv = _rdv_at(session, debut)
        rdvs.move(session, rdv, debut=rdv.debut, agents=[_one(session, Agent, agent)], qui=AGENT, now=now)


def nobody_came(shell: Shell, chat: Chat, now: datetime, debut: str) -> None:
    with transaction(shell.sessions) as session:
        for participation in _rdv_at(session, debut).participations:
            rdvs.set_statut(session, participation, Statut.NON_EXCUSE, qui=AGENT, now=now)


def agent_invites(shell: Shell, chat: Chat, now: datetime, agent: str, usager: str, motif: str) -> None:
    with transaction(shell.sessions) as session:
        invitations.invite(
            session,
            _one(session, Usager, usager),
            _one(session, Motif, motif),
            agent=_one(session, Agent, agent),
            now=now,
        )


AGENT = "agent:a.durand"


def _rdv_at(session: Session, debut: str) -> Rdv:
    """The RDV that begins then and takes place."""
    then = select(Rdv).where(Rdv.debut == _at(debut), Rdv.statut == Statut.INDETERMINE)
    return session.scalars(then.where(Rdv.participations.any())).one()


def _at(debut: str) -> datetime:
    return datetime.fromisoformat(debut).replace(tzinfo=PARIS).astimezone(UTC)


def _one(session: Session, kind: type[Named], ref: str) -> Named:
    return session.scalars(select(kind).where(kind.ref == ref)).one()


HAPPENINGS: dict[str, Callable[..., None]] = {
    happening.__name__: happening
    for happening in (
        somebody_books, agent_books, service_cancels, service_moves, service_hands_over, nobody_came, agent_invites,
    )
}  # fmt: skip
