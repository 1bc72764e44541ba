"""Where to call and where to come, as people correct it by message: on the RDV, on the fiche, in the history."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import traces
from booking.db import reading
from booking.models import Rdv, Usager
from bot.chat import Chat, Event
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.worlds import MARIE, NOW, PAUL

OTHER = "+33639980033"
AT_HOME = ("puéricultrice pour léa", "7 rue Haute, Arras", "1")
BY_PHONE = ("conseil budget", "1")


class Phone:
    """Somebody who writes, and reads what is answered."""

    def __init__(self, shell: Shell, address: str) -> None:
        self._chat, self._address, self._now = Chat(shell, NOW), address, NOW

    def says(self, *texts: str) -> list[str]:
        """What every number is told because of these messages, "number: text"."""
        told: list[str] = []
        for text in texts:
            self._now += timedelta(seconds=5)
            out = self._chat.play(Event(at=self._now, sender=self._address, text=text)).out
            told += [f"{message['to']}: {message['text']}" for message in out]
        return told


def one_rdv(session: Session) -> Rdv:
    return session.scalars(select(Rdv).where(Rdv.participations.any(), Rdv.cree_par == "usager:sms")).one()


def marie(session: Session) -> Usager:
    return session.scalars(select(Usager).where(Usager.ref == "marie")).one()


def changes(session: Session, objet: Usager | Rdv, champ: str) -> list[tuple[str, str | None, str | None]]:
    lines = traces.history(session, objet)
    return [(line.qui, line.avant, line.apres) for line in reversed(lines) if line.champ == champ]


def test_another_number_is_called_and_the_one_written_to_stays(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    Phone(shell, MARIE).says(*BY_PHONE, "plutôt au 06 39 98 00 33", "oui")
    with reading(shell.sessions) as session:
        assert one_rdv(session).numero == OTHER
        assert (marie(session).telephone, marie(session).a_appeler) == (MARIE, OTHER)
        assert changes(session, marie(session), "a_appeler") == [("usager:sms", None, OTHER)]


def test_her_own_number_again_is_no_other_number(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    phone = Phone(shell, MARIE)
    phone.says(*BY_PHONE, "plutôt au 06 39 98 00 33", "oui", "finalement au 06 39 98 00 01", "oui")
    with reading(shell.sessions) as session:
        assert (one_rdv(session).numero, marie(session).a_appeler) == (None, None)
        assert changes(session, one_rdv(session), "numero") == [("usager:sms", OTHER, None)]


def test_an_address_corrected_after_booking_is_told_by_the_rdv_the_fiche_and_both_histories(
    open_world: OPEN_SHELL,
) -> None:
    shell = open_world()
    Phone(shell, MARIE).says(*AT_HOME, "oui", "non c'est 4 rue du 8 mai 1945, Arras", "oui")
    was, now = "7 rue Haute, Arras", "4 rue du 8 mai 1945, Arras"
    with reading(shell.sessions) as session:
        rdv = one_rdv(session)
        assert (rdv.adresse, marie(session).adresse) == (now, now)
        assert changes(session, rdv, "adresse") == [("usager:sms", was, now)]
        assert changes(session, marie(session), "adresse") == [("usager:sms", None, was), ("usager:sms", was, now)]


@pytest.mark.parametrize("answer", ["non", "peut-être"])
def test_nothing_is_corrected_without_a_yes(answer: str, open_world: OPEN_SHELL) -> None:
    shell = open_world()
    Phone(shell, MARIE).says(*AT_HOME, "oui", "12 bis avenue Foch, Arras", answer)
    with reading(shell.sessions) as session:
        assert one_rdv(session).adresse == marie(session).adresse == "7 rue Haute, Arras"


def test_a_number_said_by_who_has_no_rdv_by_phone_corrects_nothing(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    told = Phone(shell, MARIE).says("mon numéro c'est le 06 39 98 00 33", "oui")
    assert "06 39 98 00 33" not in " ".join(told)
    with reading(shell.sessions) as session:
        assert marie(session).a_appeler is None


def test_the_other_responsable_is_never_told_where_to_call(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_responsables")
    told = Phone(shell, MARIE).says("conseil budget pour léa", "1", "plutôt au 06 39 98 00 33", "oui")
    hers = [text for text in told if "06 39 98 00 33" in text]
    assert hers
    assert not [text for text in hers if text.startswith(PAUL)]
