"""Families: whom a message speaks of, and what several who come one after the other take of an agenda."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from booking import traces
from booking.db import reading, transaction
from booking.models import Hold, Occupation, Rdv, Usager
from booking.vues import Personne
from conversations import family
from conversations.understanding import Context, Heard
from tests.conftest import OPEN_SHELL
from tests.test_coordonnees import Phone
from tests.worlds import MARIE, PAUL

NOON = datetime(2026, 11, 20, 12)  # noqa: DTZ001 - wall time
LEA, TOM, ANA = (Personne(prenom, "Martin", date(2024, 5, 2), id_) for id_, prenom in enumerate(("Léa", "Tom", "Ana")))
CHILDREN = (LEA, TOM, ANA)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("rdv pmi pour lea et tom", (LEA, TOM)),
        ("pour Tom, Ana et Léa svp", (TOM, ANA, LEA)),
        ("et aussi pour ana", (ANA,)),
        ("lea", (LEA,)),
        ("jeudi matin", ()),
        ("pour mes enfants", ()),
        ("pour mon tonton et ma mère Ana", (ANA,)),
    ],
)
def test_children_are_named_in_the_order_said(text: str, named: tuple[Personne, ...]) -> None:
    assert family.named(Heard(text, NOON), CHILDREN) == named


@pytest.mark.parametrize(
    ("text", "context", "combien"),
    [
        ("rdv pour mes deux enfants", Context.IDLE, 2),
        ("pour les 3 petits", Context.IDLE, 3),
        ("mes 4 enfants", Context.IDLE, 4),
        ("mes jumeaux", Context.IDLE, 2),
        ("pour mes enfants", Context.IDLE, 3),
        ("les deux", Context.CHOOSING_CHILD, 2),
        ("tous", Context.CHOOSING_CHILD, 3),
        ("les deux", Context.CHOOSING_SLOT, 1),
        ("dans deux jours", Context.CHOOSING_CHILD, 1),
        ("pour mon enfant", Context.IDLE, 1),
    ],
)
def test_how_many_come_is_said_or_one(text: str, context: Context, combien: int) -> None:
    assert family.how_many(Heard(text, NOON, context), len(CHILDREN)) == combien


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("non juste léa finalement", (LEA,)),
        ("sans tom", (LEA, ANA)),
        ("seulement Léa et Tom", (LEA, TOM)),
        ("est-ce que léa peut venir jeudi", ()),
        ("tom n'a pas de carnet", ()),
        ("pas jeudi", ()),
    ],
)
def test_who_comes_no_more_is_left_out(text: str, left: tuple[Personne, ...]) -> None:
    assert family.left(Heard(text, NOON), CHILDREN) == left


def test_a_husband_is_not_marie() -> None:
    heard = Heard("assistante sociale pour mon mari", NOON)
    assert family.named(heard, (Personne("Marie", "Martin"),)) == ()
    assert family.is_for_another_adult(heard)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("et aussi pour son frère", True),
        ("ajoutez mon autre enfant", True),
        ("plutôt pour son frère", False),
        ("un autre jour aussi", False),
    ],
)
def test_one_more_child_is_not_another_one(text: str, more: bool) -> None:
    assert family.is_another_child(Heard(text, NOON)) is more


def test_two_in_a_row_have_an_rdv_and_a_history_each_and_their_agent_s_time(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("fratrie", kind=kind)
    told = Phone(shell, MARIE).says("rdv pmi pour mes deux enfants", "oui", "1", "oui")
    assert sum("C'est réservé" in text for text in told) == 1
    with reading(shell.sessions) as session:
        first, second = session.scalars(select(Rdv).where(Rdv.ensemble.is_not(None)).order_by(Rdv.debut))
        assert first.fin == second.debut
        assert (first.ensemble, first.agents) == (second.ensemble, second.agents)
        for rdv in (first, second):
            (taken,) = session.scalars(select(Occupation).where(Occupation.rdv_id == rdv.id))
            assert (taken.debut, taken.fin, taken.jusqu_a) == (rdv.debut, rdv.fin, None)
            assert [line.champ for line in traces.history(session, rdv)] == ["creation"]
        assert not session.scalars(select(Hold)).all()


def test_a_family_takes_no_more_rdvs_of_a_motif_than_anybody(open_world: OPEN_SHELL) -> None:
    shell = open_world("fratrie")
    phone = Phone(shell, MARIE)
    phone.says("rdv pmi pour mes deux enfants", "oui", "1", "oui")
    assert "3 RDV à venir" in phone.says("rdv pmi pour mes deux enfants", "oui", "1")[-1]


def test_what_is_kept_is_let_go_of_only_by_the_yes_to_another_motif(open_world: OPEN_SHELL) -> None:
    shell = open_world("vendredi_matin")
    phone = Phone(shell, MARIE)

    def kept() -> list[str]:
        with reading(shell.sessions) as session:
            return [hold.motif.ref for hold in session.scalars(select(Hold))]

    phone.says("consultation pmi pour léa", "oui", "1", "non je veux l'assistante sociale")
    assert kept() == ["consult-pmi"]
    phone.says("non")
    assert kept() == ["consult-pmi"]
    phone.says("assistante sociale", "oui")
    assert kept() == []


def test_a_responsable_of_one_child_reads_nothing_of_the_other(open_world: OPEN_SHELL) -> None:
    shell = open_world("fratrie")
    with transaction(shell.sessions) as session:
        lea = session.scalars(select(Usager).where(Usager.ref == "lea")).one()
        paul = Usager(territoire_id=lea.territoire_id, prenom="Paul", nom="Martin", telephone=PAUL)
        paul.proches.append(lea)
        session.add(paul)
    told = Phone(shell, MARIE).says("rdv pmi pour mes deux enfants", "oui", "1", "oui")
    to_paul = [text for text in told if text.startswith(PAUL)]
    assert len(to_paul) == 1
    assert "Léa" in to_paul[0]
    assert "Tom" not in to_paul[0]
