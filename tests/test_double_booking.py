"""Nobody is booked twice: fifty processes want one créneau, on both databases."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Occupation, Rdv
from bot.chat import Chat, Event
from bot.ledger import Contact, Outgoing, Received, Thread
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.worlds import NOW, dans

ROOT = Path(__file__).parents[1]
PEOPLE = 50
TO_THE_CHOICE = ("consultation pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin")
TO_THE_YES = (*TO_THE_CHOICE, "1")


def bring_everybody_to(shell: Shell, messages: tuple[str, ...]) -> None:
    """Lead one person through the messages, then stand the others at the same question."""
    chat = Chat(shell, NOW)
    for text in messages:
        chat.play(Event(at=NOW, sender="+33639980100", text=text))
    with transaction(shell.sessions) as session:
        saved = session.scalars(select(Thread)).one()
        for number in range(1, PEOPLE):
            other = Contact(channel="sms", address=f"+336399801{number:02d}")
            other.thread = Thread(state=saved.state, asked_at=saved.asked_at)
            session.add(other)


def everybody_answers(shell: Shell, text: str, *, after: int) -> list[Outgoing]:
    """All at once, each from a process of their own; what they were answered, one message each."""
    url = shell.settings.database_url
    subprocess.run([sys.executable, "-m", "tests.rush", url, text, str(after)], check=True, cwd=ROOT, timeout=180)
    with reading(shell.sessions) as session:
        answers = session.scalars(select(Outgoing).join(Received).where(Received.provider_id.startswith("rush-"))).all()
        assert session.scalars(select(Received.tries).where(Received.tries > 0)).all() == []
    assert len({answer.contact_id for answer in answers}) == len(answers) == PEOPLE
    return list(answers)


def taken(shell: Shell) -> list[Occupation]:
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Occupation).where(Occupation.debut >= dans(0))))


@pytest.mark.parametrize("agents", [1, 2])
def test_fifty_yeses_to_one_creneau_book_it_once_per_agent(kind: str, agents: int, open_world: OPEN_SHELL) -> None:
    world = {1: "un_creneau_et_d_autres", 2: "deux_agents_au_meme_creneau"}[agents]
    shell = open_world(world, kind=kind)
    bring_everybody_to(shell, TO_THE_YES)

    # The hold has run out: fifty people say yes to a créneau that is free for whoever comes first.
    answers = everybody_answers(shell, "oui", after=11)

    told = Counter(answer.kind for answer in answers)
    assert told == {"confirmation": agents, "reply": PEOPLE - agents}
    fresh = [answer for answer in answers if answer.kind == "reply"]
    assert all("vient d'etre pris" in answer.text and len(answer.options) == 3 for answer in fresh)
    assert all("lun 23 nov 9h " not in f"{' '.join(answer.options)} " for answer in fresh)
    with reading(shell.sessions) as session:
        rdvs = session.scalars(select(Rdv)).all()
        assert len(rdvs) == agents
        assert len({agent.id for rdv in rdvs for agent in rdv.agents}) == agents
    assert len(taken(shell)) == agents


def test_fifty_people_choose_one_creneau_and_one_keeps_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("un_creneau_et_d_autres", kind=kind)
    bring_everybody_to(shell, TO_THE_CHOICE)

    answers = everybody_answers(shell, "1", after=1)

    kept = [answer for answer in answers if answer.text.startswith("Je garde lun 23 nov 9h ")]
    fresh = [answer for answer in answers if len(answer.options) == 3]
    assert (len(kept), len(fresh)) == (1, PEOPLE - 1)
    assert len(taken(shell)) == 1
