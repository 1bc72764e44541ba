"""One person on two channels: a chat is linked to a number by who shows that the number is theirs, and tells nothing to
who does not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Trace, Usager
from bot import codes
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing
from bot.shell import Shell
from conversations.messages import Came
from tests.conftest import OPEN_SHELL
from tests.worlds import INCONNUE, MARIE, NOW

CHAT = "tg:4242"
TYPED = "06 39 98 00 01"
THANKS = "Merci. Les RDV pris avec ce numéro se retrouvent ici, s'il y en a. Répondez MES RDV pour les voir."


@dataclass
class Person:
    """Somebody in a chat, whose phone receives SMS."""

    shell: Shell
    chat: str = CHAT

    def __post_init__(self) -> None:
        self.now = NOW
        self._player = Chat(self.shell, NOW)

    def says(self, text: str, came: Came = Came.TEXT) -> list[str]:
        """What is answered in the chat."""
        self.now += timedelta(seconds=10)
        event = Event(at=self.now, channel="telegram", sender=self.chat, text=text, came=came)
        return [message["text"] for message in self._player.play(event).out if message["to"] == self.chat]

    def code(self, to: str = MARIE) -> str:
        """The last code that a phone received."""
        found = re.search(r"\b\d{6}\b", sms(self.shell, to)[-1])
        assert found is not None
        return found[0]

    def links_by_code(self, number: str = TYPED) -> list[str]:
        self.says(number)
        return self.says(self.code())


def sms(shell: Shell, to: str = MARIE) -> list[str]:
    with reading(shell.sessions) as session:
        texts = select(Outgoing.text).join(Outgoing.contact).where(Contact.channel == "sms", Contact.address == to)
        return list(session.scalars(texts.order_by(Outgoing.id)))


def change(shell: Shell, **columns: Any) -> None:
    """Change something of Marie's fiche."""
    with transaction(shell.sessions) as session:
        marie = session.scalars(select(Usager).where(Usager.telephone == MARIE)).one()
        for name, value in columns.items():
            setattr(marie, name, value)


def linked(shell: Shell) -> list[str]:
    """Who is reached in the chat."""
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Usager.prenom).where(Usager.telegram == CHAT).order_by(Usager.prenom)))


BY_BUTTON: Callable[[Person], list[str]] = lambda person: person.says(MARIE, Came.NUMBER)  # noqa: E731  # a case's name
BY_CODE: Callable[[Person], list[str]] = lambda person: person.links_by_code()  # noqa: E731  # likewise
WAYS = pytest.mark.parametrize("shows", [BY_BUTTON, BY_CODE], ids=["by the button", "by a code"])


@WAYS
def test_who_shows_that_a_number_is_theirs_finds_their_rdvs_in_the_chat(
    open_world: OPEN_SHELL, shows: Callable[[Person], list[str]], kind: str
) -> None:
    person = Person(open_world("deux_rdvs", kind=kind))
    assert "pas de RDV" in person.says("mes rdv")[-1]
    assert shows(person) == [THANKS]
    assert "Léa, Consultation PMI, jeu 26 nov 10h" in person.says("mes rdv")[-1]
    assert linked(person.shell) == ["Marie"]


@WAYS
def test_everybody_at_a_shared_number_is_reached_in_the_chat(
    open_world: OPEN_SHELL, shows: Callable[[Person], list[str]]
) -> None:
    person = Person(open_world("deux_sur_un_telephone"))
    person.says("bonjour")
    shows(person)
    assert linked(person.shell) == ["Marie", "Paul"]


def test_the_link_is_in_the_history_of_the_fiche(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(MARIE, Came.NUMBER)
    with reading(person.shell.sessions) as session:
        line = session.scalars(select(Trace).where(Trace.champ == "telegram")).one()
    assert (line.qui, line.apres) == ("usager:telegram", CHAT)


@WAYS
def test_who_is_never_to_be_written_to_is_not_linked_and_nothing_tells(
    open_world: OPEN_SHELL, shows: Callable[[Person], list[str]]
) -> None:
    person = Person(open_world("protegee"))
    person.says("bonjour")
    answers = person.says(TYPED if shows is BY_CODE else MARIE, Came.TEXT if shows is BY_CODE else Came.NUMBER)
    other = Person(open_world("vendredi_matin"))
    other.says("bonjour")
    assert answers == other.says(TYPED if shows is BY_CODE else MARIE, Came.TEXT if shows is BY_CODE else Came.NUMBER)
    assert (linked(person.shell), sms(person.shell)) == ([], [])


def test_a_number_that_may_have_a_new_owner_tells_nothing_in_the_chat_either(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    change(shell, a_reverifier=NOW, naissance=NOW.date().replace(year=1990))
    person = Person(shell)
    person.says(MARIE, Came.NUMBER)
    assert "jour et mois de naissance" in person.says("mes rdv")[-1]


def test_whoever_takes_an_rdv_in_a_chat_that_showed_its_number_is_reached_at_both(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(INCONNUE, Came.NUMBER)
    for text in ("assistante sociale", "Paul Roy", "1", "1", "oui"):
        person.says(text)
    with reading(person.shell.sessions) as session:
        paul = session.scalars(select(Usager).where(Usager.prenom == "Paul")).one()
    assert (paul.telephone, paul.telegram) == (INCONNUE, CHAT)


def test_whoever_took_an_rdv_before_showing_a_number_is_reached_at_it_from_then_on(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    for text in ("assistante sociale", "Paul Roy", "1", "1", "oui"):
        person.says(text)
    person.says(INCONNUE, Came.NUMBER)
    with reading(person.shell.sessions) as session:
        paul = session.scalars(select(Usager).where(Usager.prenom == "Paul")).one()
    assert (paul.telephone, paul.telegram) == (INCONNUE, CHAT)


@pytest.mark.parametrize("number", ["+32470000000", "+33321000000", "+3312"])
def test_a_number_that_is_no_french_mobile_is_thanked_for_and_links_nothing(
    open_world: OPEN_SHELL, number: str
) -> None:
    person = Person(open_world())
    person.says("bonjour")
    person.says("stop")
    assert person.says(number, Came.NUMBER) == [THANKS]
    with reading(person.shell.sessions) as session:
        assert session.scalars(select(Contact.numero)).all() == [None]


# Codes


@pytest.mark.parametrize("typed", ["0639980001", "+33 6 39 98 00 01", "06.39.98.00.01"])
def test_a_code_leaves_for_the_number_that_is_typed(open_world: OPEN_SHELL, typed: str) -> None:
    person = Person(open_world())
    person.says("bonjour")
    person.says("stop")
    assert person.says(typed)[-1].startswith("Un code part par SMS au 06 39 98 00 01.")
    assert sms(person.shell)[-1].startswith(f"MDS Arras : {person.code()} est le code")


def test_the_same_is_said_and_sent_for_a_number_that_nobody_has(open_world: OPEN_SHELL) -> None:
    known, unknown = Person(open_world()), Person(open_world())
    said = [who.says(number)[-1] for who, number in ((known, TYPED), (unknown, "06 39 98 00 09"))]
    assert said[0].replace("00 01", "00 09") == said[1]
    assert len(sms(known.shell)) == len(sms(unknown.shell, INCONNUE)) == 1
    assert known.says(known.code()) == unknown.says(unknown.code(INCONNUE)) == [THANKS]


def test_three_wrong_codes_and_it_is_over(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(TYPED)
    right = person.code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    answers = [person.says(wrong)[-1] for _ in range(3)]
    assert all(text.startswith("Ce n'est pas ce code.") for text in answers[:2])
    assert answers[2].startswith("Ce n'est pas ce code : rien n'est changé.")
    person.says(right)
    assert linked(person.shell) == []


def test_a_code_is_worth_nothing_after_ten_minutes(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(TYPED)
    code = person.code()
    person.now += timedelta(minutes=10)
    assert person.says(code)[-1].startswith("Ce code ne vaut plus")
    assert linked(person.shell) == []


def test_a_code_is_worth_nothing_in_another_chat(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(TYPED)
    Person(person.shell, "tg:4243").says(person.code())
    assert linked(person.shell) == []


def test_a_no_leaves_everything_as_it_is(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    person.says(TYPED)
    assert person.says("non") == [
        "D'accord, rien n'est changé. Répondez RDV pour un rendez-vous, AIDE pour une personne."
    ]
    assert linked(person.shell) == []


def test_three_codes_a_day_leave_for_one_number_whoever_asks(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    said = {Person(shell, f"tg:{place}").says(TYPED)[-1] for place in range(5)}
    assert len(sms(shell)) == codes.A_DAY
    assert len(said) == 1


def test_one_chat_is_sent_three_codes_a_day_whatever_the_numbers(open_world: OPEN_SHELL) -> None:
    person = Person(open_world())
    for place in range(5):
        person.says(f"06 39 98 00 1{place}")
    assert sum(len(sms(person.shell, f"+3363998001{place}")) for place in range(5)) == codes.A_DAY


def test_a_number_that_said_stop_gets_no_code(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with transaction(shell.sessions) as session:
        session.add(Contact(channel="sms", address=MARIE, stopped_at=NOW))
    person = Person(shell)
    person.says(TYPED)
    with reading(shell.sessions) as session:
        row = session.scalars(select(Outgoing).join(Outgoing.contact).where(Contact.address == MARIE)).one()
    assert (row.state, row.error_code) == ("dropped", "stop")


def test_by_sms_a_number_is_only_something_somebody_wrote(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    chat = Chat(shell, NOW)
    chat.play(Event(at=NOW, sender=INCONNUE, text=TYPED))
    assert sms(shell) == []
