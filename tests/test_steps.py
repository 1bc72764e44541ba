"""Every question the bot can leave open: saved and loaded again, and never left without an answer."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.agenda import rdv_lines
from booking.db import reading, transaction
from booking.models import Usager
from bot.chat import Chat, Event, Told
from bot.ledger import Contact, Received, ReceivedState, Thread
from bot.shell import Shell
from conversations.engine import Dialogue, Step
from conversations.phrases import Phrases
from conversations.understanding import Context, Word
from tests.conftest import OPEN_SHELL
from tests.transcripts import HAPPENINGS
from tests.worlds import INCONNUE, MARIE, NOW, PARIS

SAMPLES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "samples" / "steps.json").read_text("utf-8"))
"""A saved dialogue for each step ever released, as it was saved then: never edited, only added to."""
FR = Phrases("fr", PARIS)

# Saved and loaded again


@pytest.mark.parametrize("key", SAMPLES)
def test_a_question_saved_by_any_release_is_still_open(key: str) -> None:
    dialogue = Dialogue.load(SAMPLES[key], NOW)
    assert dialogue.step is not None
    assert dialogue.step.key == key
    assert dialogue.save() == SAMPLES[key]
    assert FR.render(dialogue.step.ask())
    assert FR.render(dialogue.step.ask_again())


def test_every_step_has_a_sample() -> None:
    assert SAMPLES.keys() == Step.kinds.keys()


def test_two_steps_cannot_share_a_key() -> None:
    with pytest.raises(TypeError, match=r"two steps are called book\.confirm"):
        type("AnotherConfirm", (Step,), {}, key="book.confirm", scene="autre", context=Context.CONFIRMING)


def test_every_step_has_a_scene_of_its_own() -> None:
    scenes = [kind.scene for kind in Step.kinds.values()]
    assert all(scenes)
    assert len(set(scenes)) == len(scenes)


BROKEN = {
    "a step of another release": {"step": {"key": "book.gone", "draft": {}}},
    "a field that is missing": {"step": {"key": "book.confirm", "draft": {}}},
    "a field of another type": {"step": {"key": "change.annuler", "rdv": "lea-pmi"}},
    "a créneau that is no date": {"step": {"key": "book.creneau", "draft": {}, "debuts": ["demain"]}},
    "a step without a name": {"step": {"draft": {}}},
    "no step but a word": {"step": "book.motif"},
    "nothing at all": {},
}


@pytest.mark.parametrize("saved", BROKEN.values(), ids=BROKEN)
def test_a_question_that_this_release_cannot_read_is_no_longer_open(saved: dict[str, Any]) -> None:
    assert Dialogue.load(saved, NOW) == Dialogue(asked_at=NOW)


def test_a_past_question_that_cannot_be_read_is_only_forgotten() -> None:
    saved = {**SAMPLES["book.moi"], "past": [{"key": "book.gone"}, *SAMPLES["book.moi"]["past"]]}
    assert Dialogue.load(saved, NOW).save() == SAMPLES["book.moi"]


@pytest.mark.parametrize("saved", BROKEN.values(), ids=BROKEN)
def test_a_yes_to_a_question_that_cannot_be_read_gets_the_menu(saved: dict[str, Any], open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    person = Person(shell, MARIE)
    person.says("rdv")
    before = rdvs(shell)
    person.stands_at(saved)
    assert "Pour quel RDV ?\n1 Consultation PMI" in person.says("oui").out[0]["text"]
    assert rdvs(shell) == before


# Whatever the question, whatever the message

BABY = "Tom Petit 2/1/2026"
REACHED: dict[str, tuple[str, tuple[str, ...]]] = {
    "book.motif": (INCONNUE, ("rdv",)),
    "book.instructions": (INCONNUE, ("consultation pmi",)),
    "book.pour_qui": (MARIE, ("consultation pmi", "oui")),
    "book.enfant": (INCONNUE, ("consultation pmi", "oui")),
    "book.moi": (INCONNUE, ("consultation pmi", "oui", BABY)),
    "book.adresse": (INCONNUE, ("puéricultrice", BABY, "Zoé Petit")),
    "book.lieu": (MARIE, ("assistante sociale",)),
    "book.creneau": (MARIE, ("consultation pmi", "oui", "léa")),
    "book.voulez_dire": (MARIE, ("consultation pmi", "oui", "léa", "mercredi 26")),
    "book.confirm": (MARIE, ("consultation pmi", "oui", "léa", "1")),
    "change.lequel": (MARIE, ("annuler",)),
    "change.annuler": (MARIE, ("annuler", "1")),
    "move.confirm": (MARIE, ("déplacer jeudi", "1")),
    "remind.venir": (MARIE, ("! agent_books social c.roy 2026-11-20T14:30 marie", "~ 150 min")),
    "invite.propose": (MARIE, ("! agent_invites b.petit marie suivi",)),
    "donnees.supprimer": (MARIE, ("supprimer",)),
    "verify.naissance": (MARIE, ("mauvais numéro", "mes rdv")),
    "book.autre_motif": (MARIE, ("consultation pmi", "oui", "léa", "assistante sociale")),
    "book.commune": (INCONNUE, ("consultation pmi",)),
    "book.organisation": (INCONNUE, ("consultation pmi", "lille")),
    "book.numero": ("tg:4242", ("conseil budget", "Zoé Petit")),
    "change.coordonnees": (MARIE, ("conseil budget", "1", "oui", "plutôt au 06 39 98 00 33")),
    "link.code": ("tg:4242", ("06 39 98 00 01",)),
}
"""Who comes to each question, and by which messages; or by what others do, and by the time that passes."""
ELSEWHERE = {"book.commune": "deux_organisations", "book.organisation": "deux_organisations"}
"""The world of those that two RDVs do not lead to."""
ASIDE = ("AIDE", "RELIRE", "MES RDV", "LANGUE")
"""What the open question survives."""
GARBAGE = (
    "", " ", "\n", "\u200b\u200b", "🙂🙂🙂", "?!…", "0", "99", "1 2 3", "٣٣", "½", "xyzzy", "'; drop table rdv; --",
    "{organisation} {{7*7}} %s", "<b>gras</b>", "é\u0301" * 20, "\u202eneplo", "a" * 1600, "mot " * 400, "😡" * 800,
)  # fmt: skip


class Person:
    """Somebody who writes to the bot, by SMS or from a chat."""

    def __init__(self, shell: Shell, address: str) -> None:
        self._shell = shell
        self._address = address
        self._chat = Chat(shell, NOW)
        self._now = NOW

    def says(self, text: str) -> Told:
        self._now += timedelta(seconds=1)
        channel = "telegram" if self._address.startswith("tg:") else "sms"
        return self._chat.play(Event(at=self._now, channel=channel, sender=self._address, text=text))

    def lives(self, line: str) -> None:
        """Write a message, or let happen what a transcript tells with "!" and "~"."""
        mark, rest = line[0], line[2:]
        if mark == "!":
            name, *arguments = rest.split()
            HAPPENINGS[name](self._shell, self._chat, self._now, *arguments)
        elif mark == "~":
            self._now += timedelta(minutes=int(rest.split()[0]))
        else:
            self.says(line)
            return
        self._chat.play(Event(at=self._now, tick=True))

    @property
    def saved(self) -> dict[str, Any]:
        """Where the dialogue stands, as it was saved."""
        with reading(self._shell.sessions) as session:
            return self._thread(session).state

    @property
    def flag(self) -> str | None:
        """Why an agent should look."""
        with reading(self._shell.sessions) as session:
            return self._thread(session).contact.flag

    def stands_at(self, saved: dict[str, Any]) -> None:
        """Put the dialogue back where it was, as if it were the first message: no limit has counted any."""
        with transaction(self._shell.sessions) as session:
            thread = self._thread(session)
            thread.state, thread.asked_at = saved, self._now
            thread.contact.heard = thread.contact.unheard = thread.contact.echoes = 0

    def _thread(self, session: Session) -> Thread:
        return session.scalars(select(Thread).join(Contact).where(Contact.address == self._address)).one()


def rdvs(shell: Shell) -> list[tuple[str, ...]]:
    with reading(shell.sessions) as session:
        return [(line.motif, line.statut, f"{line.debut}") for line in rdv_lines(session)]


@pytest.fixture(params=REACHED)
def asked(request: pytest.FixtureRequest, open_world: OPEN_SHELL) -> tuple[Shell, Person]:
    """Somebody in front of each question."""
    address, messages = REACHED[request.param]
    shell = open_world(ELSEWHERE.get(request.param, "deux_rdvs"))
    person = Person(shell, address)
    for text in messages:
        person.lives(text)
    assert person.saved["step"]["key"] == request.param
    return shell, person


def test_each_question_can_be_reached() -> None:
    assert REACHED.keys() == Step.kinds.keys()


def test_every_message_is_answered_in_two_segments_and_books_or_cancels_nothing(asked: tuple[Shell, Person]) -> None:
    shell, person = asked
    question, before = person.saved, rdvs(shell)
    for text in (*(word.value.upper() for word in Word), *GARBAGE):
        person.stands_at(question)
        told = person.says(text)
        assert told.out, f"no answer to {text!r}"
        assert all(message["segments"] <= 2 for message in told.out), told.out
        assert all(message["text"].strip() for message in told.out)
    assert all_handled(shell)
    assert rdvs(shell) == before


def test_the_question_survives_what_is_said_aside(asked: tuple[Shell, Person]) -> None:
    _, person = asked
    question = person.saved
    for text in ASIDE:
        told = person.says(text)
        assert {**person.saved, "aide": None} == {**question, "aide": None}, text
        assert told.scene == Step.kinds[question["step"]["key"]].scene


def test_the_question_is_asked_again_with_an_example_then_a_person_is_named(asked: tuple[Shell, Person]) -> None:
    _, person = asked
    again = person.says("🙂🙂").out
    lost = person.says("🙂🙂").out
    assert len(again) == len(lost) == 1
    assert "03 21 00 00 00" not in again[0]["text"]
    assert lost[0]["text"].startswith("Je n'ai pas compris.")
    assert "03 21 00 00 00" in lost[0]["text"]


def test_three_wrong_birth_days_bring_in_an_agent(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    person = Person(shell, MARIE)
    flags = []
    for text in ("mauvais numéro", "mes rdv", "1er mai", "2/5", "3 mai 1990"):
        person.says(text)
        flags.append(person.flag)
    assert flags == [*["mauvais numéro"] * 4, "naissance"]
    assert person.saved["step"] is None


@pytest.mark.parametrize("text", ["oui", "aide", "retour", "annuler", "relire"])
def test_a_reminder_is_not_said_again_once_the_number_is_doubtful(text: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    person = Person(shell, MARIE)
    for line in REACHED["remind.venir"][1]:
        person.lives(line)
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.ref == "marie")).one().a_reverifier = NOW
    told = " ".join(message["text"] for message in person.says(text).out)
    assert "mois de naissance" in told
    assert not any(word in told for word in ("Assistante", "14h30", "ven 20", "Rosati"))


def all_handled(shell: Shell) -> bool:
    with reading(shell.sessions) as session:
        return set(session.scalars(select(Received.state))) == {ReceivedState.HANDLED}
