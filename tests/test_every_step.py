"""Every question times every word that works anywhere, times what may happen next: always a sensible message."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking.desk import Desk
from booking.models import Avis, Lieu, Organisation, Participation, Rdv, Usager
from bot.ledger import Thread
from bot.settings import Settings
from bot.shell import open_shell
from channels.gsm7 import fit, segments
from conversations.engine import Aide, Dialogue
from conversations.phrases import Phrases
from conversations.reply import Reply, reply
from conversations.understanding import Word
from tests.databases import Databases
from tests.test_steps import ELSEWHERE, REACHED, SAMPLES, Person
from tests.worlds import MARIE, NOW

TELEGRAM = "tg:7777"
"""Marie's other channel."""
LENS = ("lens-1", "lens-2", "lens-3")
"""Lieux that the saved questions speak of."""
SAID = tuple(word.value for word in Word)
GARBAGE = ("🙂🙂", "%% %%", "!!", "####")
ANSWERS = ("oui", "non", "1", "jeudi")
WAY_OUT = re.compile(
    r"\b(?:OUI|NON|RDV|AIDE|ANNULER|MES RDV|SUITE|RETOUR|START|RETABLIR|RELIRE|MAUVAIS NUMERO|ENGLISH)\b"
    r"|\b0\d(?: \d\d){4}\b|\b112\b"
)
"""A word to answer, or a number to call."""
ANSWERED = (
    "change.garde",
    "remind.merci",
    "remind.deja",
    "remind.retard",
    "anywhere.mauvais_numero",
    "change.corrige",
    "change.pas_corrige",
)
"""What ends a dialogue because it is done: nothing is asked, and nothing is missing."""
INSTRUCTIONS = ("book.instructions", "book.instructions_pour", "book.instructions_discret")
"""What may be longer than two messages: what has to be read."""


@dataclass(frozen=True)
class Stand:
    """Somebody in front of a question, at an hour, on a channel. What they do is undone after each look at it."""

    session: Session
    dialogue: Dialogue
    now: datetime
    address: str = MARIE

    @contextmanager
    def says(self, text: str) -> Iterator[tuple["Stand", list[str]]]:
        """Where a message leads, and what is answered, checked."""
        with self.session.begin_nested() as undone:
            last = self.last_avis
            answer = reply(self.dialogue, text, self.desk)
            told = sensible(answer, self.desk, text, is_confirmed=self.last_avis != last)
            saved = Dialogue.load(answer.dialogue.save(), answer.dialogue.asked_at or self.now)
            yield Stand(self.session, saved, self.now + timedelta(seconds=1), self.address), told
            undone.rollback()
            self.session.expire_all()

    @property
    def later(self) -> "Stand":
        """The same, once every question has closed that time closes."""
        closing = self.dialogue.step.closes_at(self.now) if self.dialogue.step else self.now
        return Stand(self.session, self.dialogue, max(closing, self.now + timedelta(hours=25)), self.address)

    @property
    def elsewhere(self) -> "Stand":
        """The same person, on the other channel."""
        return Stand(self.session, Dialogue(), self.now, TELEGRAM)

    @cached_property
    def desk(self) -> Desk:
        organisation = self.session.scalars(select(Organisation).order_by(Organisation.id).limit(1)).one()
        return Desk(
            self.session, "telegram" if self.address.startswith("tg:") else "sms", self.address, organisation, self.now
        )

    @property
    def last_avis(self) -> int | None:
        return self.session.scalar(select(func.max(Avis.id)))

    @property
    def rdvs(self) -> list[tuple[Any, ...]]:
        parts = select(Rdv.id, Rdv.debut, Rdv.statut, Participation.statut).join(Rdv.participations)
        return [tuple(row) for row in self.session.execute(parts.order_by(Participation.id))]


def sensible(answer: Reply, desk: Desk, text: str, *, is_confirmed: bool) -> list[str]:
    """What is answered, as it leaves; it is short, not empty unless a confirmation follows, and leads somewhere."""
    told = [fit(message) for _, message, _ in Phrases(answer.langue, desk.zone).messages(answer.says)]
    if not told and (is_confirmed or answer.dialogue.aide is Aide.ECRITE):
        # What is written to an agent is acknowledged once.
        return told
    assert told, f"no answer to {text!r}"
    assert all(message.strip() for message in told)
    is_long = any(one.key in INSTRUCTIONS for one in answer.says)
    assert is_long or all(segments(message) <= 2 for message in told), told
    is_done = any(one.key in ANSWERED for one in answer.says)
    is_asked = answer.dialogue.step is not None and re.search(r"\?|Envoyez", told[-1])
    leads = any(one.options for one in answer.says) or WAY_OUT.search(" ".join(told))
    assert leads or is_asked or is_done, f"{told} leads nowhere"
    return told


Stands = Callable[[str], AbstractContextManager[Stand]]


@pytest.fixture(scope="module")
def stands(databases: Databases) -> Iterator[Stands]:
    """Puts somebody in front of each question: one that the bot has just asked ("book.motif"), or one that an earlier
    release saved ("book.motif, of old"). The way there is gone once."""
    sessions: dict[str, Session] = {}
    dialogues: dict[str, Dialogue] = {}
    with ExitStack() as shells:

        def reach(name: str) -> None:
            key, _, is_old = name.partition(", ")
            url = databases.copy_of("sqlite", ELSEWHERE.get(key, "deux_rdvs"))
            shell = open_shell(Settings(database_url=url, demo=True), clock=lambda: NOW)
            shells.callback(shell.engine.dispose)
            person = Person(shell, REACHED[key][0])
            for line in () if is_old else REACHED[key][1]:
                person.lives(line)
            sessions[name] = session = shells.enter_context(shell.sessions())
            asked_at = session.scalar(select(func.max(Thread.asked_at))) or NOW
            dialogues[name] = Dialogue.load(SAMPLES[key] if is_old else person.saved, asked_at)
            marie = session.scalars(select(Usager).where(Usager.ref == "marie")).one()
            marie.telegram = TELEGRAM
            here = session.scalars(select(Lieu)).first()
            assert here is not None
            for ref in LENS:
                place = {"nom": ref, "adresse": "1 rue Haute, Lens", "organisation_id": here.organisation_id}
                session.add(Lieu(ref=ref, territoire_id=here.territoire_id, **place))

        @contextmanager
        def stand(name: str) -> Iterator[Stand]:
            if name not in sessions:
                reach(name)
            asked_at = dialogues[name].asked_at or NOW
            yield Stand(
                sessions[name], dialogues[name], asked_at + timedelta(minutes=1), REACHED[name.partition(", ")[0]][0]
            )

        yield stand


EVERY = pytest.mark.parametrize("question", [*REACHED, *(f"{key}, of old" for key in SAMPLES)])


@pytest.mark.parametrize("question", REACHED)
def test_every_word_at_every_question_and_whatever_comes_next_is_answered(question: str, stands: Stands) -> None:
    with stands(question) as stand:
        for word in SAID:
            with stand.says(word) as (then, _):
                garbage(then)
                silence(then)
                a_late_answer(then)
                the_same_again(then, word)
                on_the_other_channel(then)


@pytest.mark.parametrize("key", SAMPLES)
def test_every_word_at_a_question_of_an_earlier_release_is_answered(key: str, stands: Stands) -> None:
    with stands(f"{key}, of old") as stand:
        for word in SAID:
            with stand.says(word) as (then, _):
                garbage(then)


def garbage(then: Stand) -> None:
    with then.says(GARBAGE[0]):
        pass


def silence(then: Stand) -> None:
    with then.later.says("bonjour"):
        pass


def a_late_answer(then: Stand) -> None:
    before = then.rdvs
    for text in ("oui", "1"):
        with then.later.says(text) as (late, _):
            assert late.rdvs == before


def the_same_again(then: Stand, word: str) -> None:
    with then.says(word):
        pass


def on_the_other_channel(then: Stand) -> None:
    before = then.rdvs
    with then.elsewhere.says("oui") as (there, _):
        assert there.rdvs == before


@EVERY
def test_danger_comes_first_and_leaves_the_question_open(question: str, stands: Stands) -> None:
    with stands(question) as stand:
        for text in ("mon mari me frappe", "oui mais je vais me tuer", "1 au secours il va me tuer"):
            answer = reply(stand.dialogue, text, stand.desk)
            assert [one.key for one in answer.says][-1:] == ["person.alarme"]
            assert answer.flag == "alarme"
            assert (answer.dialogue.step, answer.dialogue.asked_at) == (stand.dialogue.step, stand.dialogue.asked_at)


@EVERY
def test_an_answer_given_twice_or_on_another_channel_too_counts_once(question: str, stands: Stands) -> None:
    with stands(question) as stand:
        for text in ANSWERS:
            with stand.says(text) as (then, _):
                once = then.rdvs
                with then.says(text) as (again, _):
                    assert len(again.rdvs) == len(once)
                with then.elsewhere.says(text) as (there, _):
                    assert there.rdvs == once


@pytest.mark.parametrize("question", REACHED)
def test_two_failures_lead_to_a_person_and_no_sentence_comes_three_times(question: str, stands: Stands) -> None:
    told, phoned = [], []
    with stands(question) as then, ExitStack() as misses:
        for text in GARBAGE:
            then, answer = misses.enter_context(then.says(text))
            told.append(answer)
            phoned.append("03 21 00 00 00, lun-ven 9h-12h 13h30-17h" in " ".join(answer))
    assert phoned == [False, True, True, True], told
    assert all(one != two or two != three for one, two, three in zip(told, told[1:], told[2:], strict=False))


@pytest.mark.parametrize("question", REACHED)
def test_every_question_survives_aide_and_relire(question: str, stands: Stands) -> None:
    with stands(question) as stand:
        for text in ("aide", "relire", "AIDE svp", "?", "je voudrais parler à quelqu'un"):
            with stand.says(text) as (then, _):
                assert (then.dialogue.step, then.dialogue.past) == (stand.dialogue.step, stand.dialogue.past)
