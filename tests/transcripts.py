"""Transcripts: a story in plain text, played through the real turn and compared line by line.

# Its title
world: vendredi_matin
from: +33639980001             or whatsapp:+33639980001, or tg:4242
> what the person writes        [sms] what they write by SMS, where the story is on WhatsApp
> [bouton] 1                    which button under the last question they press; [bouton ancien] 1: under the one before
> [bouton] OUI                  likewise, of those that are words
> [numero] +33639980001         they share their own number; [contact] a card, [photo] a picture, [modifie] a change
> [code]                        they write the code that an SMS has just brought
< what the bot answers          one line per message; "…" stands for anything; [sms] by SMS, likewise
~ 11 min                        time passes, and what is due happens
! somebody_books 2026-11-23T09:00      what others do: HAPPENINGS
! service_cancels 2026-11-26T10:00
= 2026-11-26 10:00 consult-pmi "Léa Martin" indetermine     the person's RDVs in the database, one line each
= (aucun)
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import invitations, rdvs
from booking.agenda import rdv_lines
from booking.db import reading, transaction
from booking.models import Agent, Lieu, Motif, Rdv, Statut, Usager
from bot import relay
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing
from bot.shell import Shell
from conversations.messages import Came
from tests.worlds import MARIE, NOW, PARIS

Named = TypeVar("Named", Agent, Motif, Usager)
STORIES = Path(__file__).parent / "dialogues"
HEAD = ("world", "from")
NOBODY = "(aucun)"
GESTURES = {
    "bouton": Came.BUTTON, "bouton ancien": Came.BUTTON, "numero": Came.NUMBER, "contact": Came.CONTACT,
    "photo": Came.MEDIA, "modifie": Came.EDIT,
}  # fmt: skip
"""What is done in a chat besides writing."""
BY_SMS = "[sms] "
BETWEEN = timedelta(seconds=10)


@dataclass(frozen=True)
class Story:
    title: str
    world: str
    sender: str
    lines: tuple[str, ...]

    @property
    def channel(self) -> str:
        return {"whatsapp": "whatsapp", "tg": "telegram"}.get(self.sender.partition(":")[0], "sms")

    @property
    def address(self) -> str:
        return self.sender.removeprefix("whatsapp:")


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
                yield from self._answers(self._event(_spelled(rest)))
            elif mark == "~":
                self._now += timedelta(minutes=int(rest.split()[0]))
                yield from self._answers(Event(at=self._now, tick=True))
            elif mark == "!":
                name, *arguments = shlex.split(rest)
                HAPPENINGS[name](self._shell, self._chat, self._now, *arguments)
                yield from self._answers(Event(at=self._now, tick=True))
            elif mark == "?":
                yield from self._rdvs()

    def _event(self, written: str) -> Event:
        """What a line of somebody's is to the bot."""
        is_by_sms = written.startswith(BY_SMS)
        channel = "sms" if is_by_sms else self._story.channel
        about: dict[str, Any] = {"at": self._tick(), "channel": channel, "sender": self._story.address}
        if is_by_sms:
            return Event(**about, text=written.removeprefix(BY_SMS))
        if written == "[code]":
            return Event(**about, text=self._code())
        gesture = re.fullmatch(r"\[(.+?)\] ?(.*)", written)
        if gesture is None or gesture[1] not in GESTURES:
            return Event(**about, text=written)
        came, text = GESTURES[gesture[1]], gesture[2]
        if came is not Came.BUTTON:
            return Event(**about, text=text, came=came)
        marks = self._marks(text)
        return Event(**about, button=text, came=came, question=marks[1 if gesture[1] == "bouton ancien" else 0])

    def _code(self) -> str:
        with reading(self._shell.sessions) as session:
            last = select(Outgoing.text).where(Outgoing.cause.contains(":code:")).order_by(Outgoing.id.desc())
            return re.findall(r"\d{6}", session.scalars(last).first() or "")[-1]

    def _marks(self, button: str) -> list[str]:
        """The marks of the questions under which such a button was shown, the last one first, each once."""
        with reading(self._shell.sessions) as session:
            told = select(Outgoing).join(Outgoing.contact).where(Contact.address == self._story.address)
            asked = session.scalars(told.where(Outgoing.question.is_not(None)).order_by(Outgoing.id.desc())).all()
        return list(dict.fromkeys(one.question for one in asked if one.question and button in _buttons(one)))

    def _tick(self) -> datetime:
        self._now += BETWEEN
        return self._now

    def _answers(self, event: Event) -> Iterator[str]:
        for message in self._chat.play(event).out:
            if message["to"] == self._story.address:
                first, *others = str(message["text"]).split("\n")
                yield f"< {'' if message['channel'] == self._story.channel else BY_SMS}{first}"
                yield from (f"  {other}" for other in others)

    def _rdvs(self) -> Iterator[str]:
        with reading(self._shell.sessions) as session:
            lines = rdv_lines(session, telephone=self._story.address)
        for line in lines:
            people = " ".join(f'"{one.nom}"' for one in line.participants)
            yield f"= {line.debut.astimezone(PARIS):%Y-%m-%d %H:%M} {line.motif} {people} {line.statut.value}"
        if not lines:
            yield f"= {NOBODY}"


def _buttons(message: Outgoing) -> tuple[str, ...]:
    """What pressing each of the buttons under a message says."""
    places = range(1, len(message.options) + 1) if not message.asks_number else ()
    return (*map(str, places), *message.quick)


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


def somebody_says(shell: Shell, chat: Chat, now: datetime, sender: str, text: str) -> None:
    """Another number writes."""
    chat.play(Event(at=now, sender=sender, text=text))


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


def agent_takes(shell: Shell, chat: Chat, now: datetime, agent: str, phone: str = MARIE) -> None:
    """An agent takes the conversation with a number over from the bot."""
    with transaction(shell.sessions) as session:
        assert relay.take(session, _contact(session, phone).id, _one(session, Agent, agent), now)


def agent_says(shell: Shell, chat: Chat, now: datetime, agent: str, text: str, phone: str = MARIE) -> None:
    then = replace(shell, clock=lambda: now)
    with transaction(shell.sessions) as session:
        relay.answer(session, then, _contact(session, phone), _one(session, Agent, agent), text, now)


def agent_hands_back(shell: Shell, chat: Chat, now: datetime, phone: str = MARIE) -> None:
    with transaction(shell.sessions) as session:
        relay.hand_back(session, _contact(session, phone).id, now)


AGENT = "agent:a.durand"


def _rdv_at(session: Session, debut: str) -> Rdv:
    """The RDV that begins then and takes place."""
    then = select(Rdv).where(Rdv.debut == _at(debut), Rdv.statut == Statut.INDETERMINE)
    return session.scalars(then.where(Rdv.participations.any())).one()


def _contact(session: Session, address: str) -> Contact:
    return session.scalars(select(Contact).where(Contact.address == address)).one()


def _at(debut: str) -> datetime:
    return datetime.fromisoformat(debut).replace(tzinfo=PARIS).astimezone(UTC)


def _one(session: Session, kind: type[Named], ref: str) -> Named:
    return session.scalars(select(kind).where(kind.ref == ref)).one()


HAPPENINGS: dict[str, Callable[..., None]] = {
    happening.__name__: happening
    for happening in (
        somebody_books, somebody_says, agent_books, service_cancels, service_moves, service_hands_over, nobody_came,
        agent_invites,
        agent_takes, agent_says, agent_hands_back,
    )
}  # fmt: skip
