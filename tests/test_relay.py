"""An agent in the conversation: one at a time, the bot silent meanwhile, and nobody forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import reading, transaction
from booking.models import Agent, Trace, Usager
from bot import relay, turn
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing, Priority, Received, ReceivedState
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.worlds import MARIE, NOW, dans

SOS = "En danger ?"


class Conversation:
    """Marie's, seen from both ends; an hour is an hour after ten in the morning."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self._chat = Chat(shell, NOW)
        self._now = NOW

    def at(self, hours: float) -> "Conversation":
        self._now = NOW + timedelta(hours=hours)
        return self

    def says(self, text: str) -> list[str]:
        self._now += timedelta(seconds=1)
        told = self._chat.play(Event(at=self._now, sender=MARIE, text=text)).out
        return [str(message["text"]) for message in told]

    def tick(self) -> list[str]:
        return [str(message["text"]) for message in self._chat.play(Event(at=self._now, tick=True)).out]

    def taken_by(self, agent: str) -> bool:
        with transaction(self.shell.sessions) as session:
            return relay.take(session, self._contact(session).id, self._agent(session, agent), self._now)

    def answers(self, agent: str, text: str) -> None:
        then = replace(self.shell, clock=lambda: self._now)
        with transaction(self.shell.sessions) as session:
            relay.answer(session, then, self._contact(session), self._agent(session, agent), text, self._now)

    def handed_back(self) -> None:
        with transaction(self.shell.sessions) as session:
            relay.hand_back(session, self._contact(session).id, self._now)

    @property
    def is_waiting(self) -> bool:
        """Whether it is in the agents' inbox."""
        return (self.contact.flag, self.contact.flagged_at) != (None, None)

    @property
    def contact(self) -> Contact:
        with reading(self.shell.sessions) as session:
            return self._contact(session)

    def _contact(self, session: Session) -> Contact:
        return session.scalars(select(Contact).where(Contact.address == MARIE)).one()

    def _agent(self, session: Session, ref: str) -> Agent:
        return session.scalars(select(Agent).where(Agent.ref == ref)).one()


@pytest.fixture
def begin(open_world: OPEN_SHELL) -> Callable[..., Conversation]:
    def begin_(world: str = "un_rdv", kind: str = "sqlite") -> Conversation:
        return Conversation(open_world(world, kind=kind))

    return begin_


def test_of_two_agents_who_take_it_at_once_one_has_it(kind: str, begin: Callable[..., Conversation]) -> None:
    marie = begin(kind=kind)
    marie.says("aide")
    with ThreadPoolExecutor(2) as agents:
        taken = list(agents.map(marie.taken_by, ("a.durand", "b.petit") * 4))
    assert len({place % 2 for place, won in enumerate(taken) if won}) == 1


def test_who_has_it_may_take_it_again_and_nobody_else(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    assert marie.taken_by("a.durand")
    assert not marie.at(3.9).taken_by("b.petit")
    assert marie.taken_by("a.durand")
    assert not marie.at(7.8).taken_by("b.petit")
    assert marie.at(8).taken_by("b.petit")


def test_the_bot_is_silent_while_an_agent_has_it(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    for text in ("rdv", "annuler", "oui", "mes rdv", "aide", "je ne viens pas", "discret", "supprimer", "🙂"):
        assert marie.says(text) == []
    with reading(marie.shell.sessions) as session:
        assert set(session.scalars(select(Received.state))) == {ReceivedState.HANDLED}
        assert len(session.scalars(select(Received.id)).all()) == 10


def test_stop_start_and_danger_are_heard_all_the_same(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    assert marie.says("stop")[0].startswith("C'est noté : plus aucun message")
    assert marie.says("il me frappe")[0].startswith(SOS)
    assert marie.says("start")[0].startswith("C'est noté : vous recevrez")
    assert marie.contact.is_held(NOW)
    assert marie.says("rdv") == []


def test_more_messages_than_the_bot_would_hear_are_kept_for_the_agent(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    assert [marie.says(f"message {number}") for number in range(30)] == [[]] * 30
    marie.handed_back()
    assert marie.says("mes rdv")


def test_the_bot_is_back_four_hours_after_the_last_word_of_either(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    assert marie.at(3).says("vous êtes là ?") == []
    marie.at(6).answers("a.durand", "Oui.")
    assert marie.tick() == ["Anne Durand : Oui."]
    assert marie.at(9.9).says("mes rdv") == []
    assert marie.at(14.5).says("mes rdv")[0].startswith("Vos RDV")


def test_an_agent_speaks_by_name_and_before_what_nobody_waits_for(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    marie.answers("a.durand", "Oui, bien sûr.")
    with reading(marie.shell.sessions) as session:
        row = session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
        assert row is not None
        assert (row.kind, row.priority, row.text) == ("agent", Priority.REPLY, "Anne Durand : Oui, bien sur.")
    assert marie.tick() == ["Anne Durand : Oui, bien sur."]


def test_an_agent_who_says_the_same_twice_is_heard_twice(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    marie.answers("a.durand", "Oui.")
    marie.answers("a.durand", "Oui.")
    assert marie.tick() == ["Anne Durand : Oui."] * 2


@pytest.mark.parametrize("who", ["b.petit", "a.durand"])
def test_nobody_answers_in_a_conversation_that_is_not_or_no_longer_theirs(
    who: str, begin: Callable[..., Conversation]
) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    if who == "a.durand":
        marie.handed_back()
    with pytest.raises(relay.NotHeld):
        marie.answers(who, "Bonjour.")
    assert marie.tick() == []


def test_nobody_writes_to_a_protected_contact(begin: Callable[..., Conversation]) -> None:
    marie = begin("protegee")
    assert marie.says("aide") == []
    marie.taken_by("a.durand")
    with pytest.raises(relay.NeverWritten):
        marie.answers("a.durand", "Bonjour.")
    assert marie.tick() == []


def test_an_agents_words_are_signed_by_no_usager(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.taken_by("a.durand")
    with transaction(marie.shell.sessions) as session:
        contact = session.scalars(select(Contact)).one()
        agent = session.scalars(select(Agent).where(Agent.ref == "a.durand")).one()
        relay.answer(session, marie.shell, contact, agent, "Oui.", NOW)
        session.scalars(select(Usager).where(Usager.ref == "marie")).one().adresse = "1 rue Haute, Arras"
        session.flush()
        assert session.scalars(select(Trace.qui).where(Trace.champ == "adresse")).all() == ["systeme"]


# Who waits for a person


def test_a_question_waits_for_an_answer_and_no_longer_after_it(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    assert marie.contact.flag == "aide"
    marie.says("est ce que je peux venir avec ma soeur")
    assert marie.contact.flag == "question"
    marie.taken_by("a.durand")
    assert marie.contact.flag == "question"
    marie.answers("a.durand", "Oui.")
    assert not marie.is_waiting
    marie.says("et mon fils ?")
    assert marie.contact.flag == "question"
    marie.handed_back()
    assert not marie.is_waiting


def test_who_got_no_answer_before_the_bot_is_back_still_waits(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("aide")
    marie.says("est ce que je peux venir avec ma soeur")
    marie.taken_by("a.durand")
    marie.at(5).says("mes rdv")
    assert marie.contact.flag == "question"


@pytest.mark.parametrize("before", [(), ("rdv",), ("annuler",), ("stop",), ("aide",), ("supprimer",)])
def test_danger_is_flagged_once_and_hidden_by_nothing(
    before: tuple[str, ...], begin: Callable[..., Conversation]
) -> None:
    marie = begin()
    for text in before:
        marie.says(text)
    assert marie.says("je vais me tuer")[0].startswith(SOS)
    since = marie.contact.flagged_at
    for text in ("aide", "je vais me tuer ce soir", "🙂", "🙂🙂", "mes données", "mauvais numéro"):
        marie.says(text)
    assert (marie.contact.flag, marie.contact.flagged_at) == ("alarme", since)


def test_what_follows_danger_and_answers_nothing_is_for_an_agent(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("mon mari me frappe")
    (told,) = marie.says("il rentre vers 20h")
    assert told.startswith("Votre message est transmis")


# What was open


def test_the_open_question_is_asked_again_before_anything_answers_it(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("annuler")
    marie.taken_by("a.durand")
    marie.answers("a.durand", "Jeudi 10h vous convient toujours ?")
    marie.says("oui")
    marie.handed_back()
    again, question = marie.says("oui")
    assert again.startswith("Je reprends")
    assert question.startswith("Annuler le RDV de Léa")
    assert marie.says("oui")[0].startswith("C'est annulé.")


def test_a_reminder_waits_until_the_agent_is_done(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.at(94).says("aide")
    assert marie.taken_by("a.durand")
    assert marie.at(97).tick() == []
    marie.handed_back()
    assert [text for text in marie.at(98.5).tick() if "rappel" in text]


def test_a_message_that_waited_is_for_the_agent_who_has_it_by_now(begin: Callable[..., Conversation]) -> None:
    marie = begin()
    marie.says("annuler")
    with transaction(marie.shell.sessions) as session:
        contact = session.scalars(select(Contact)).one()
        session.add(
            Received(channel="sms", provider_id="late", contact_id=contact.id, text="oui", received_at=dans(-1))
        )
    marie.taken_by("a.durand")
    turn.drain(replace(marie.shell, clock=lambda: _soon()), marie.contact.id)
    with reading(marie.shell.sessions) as session:
        assert set(session.scalars(select(Received.state))) == {ReceivedState.HANDLED}
    assert marie.tick() == []


def _soon() -> datetime:
    return NOW + timedelta(minutes=1)
