"""Communes: who serves them, which ones people mean, and which lieux are nearest."""

import pytest
from sqlalchemy import select

from booking import secteurs
from booking.db import reading, transaction
from booking.models import Lieu, Organisation, Usager
from bot.ledger import Contact
from tests.conftest import OPEN_SHELL
from tests.test_coordonnees import Phone
from tests.worlds import INCONNUE, MARIE


@pytest.mark.parametrize(
    ("code_insee", "commune", "ref"),
    [
        ("62498", None, "mds-lens"),
        (None, "62300 lens", "mds-lens"),
        (None, "62800 Lievin", "mds-lens"),
        ("62041", "62300 Lens", "mds-arras"),
        (None, "59000 Lille", None),
        (None, None, None),
    ],
)
def test_a_commune_is_served_by_the_first_organisation_whose_secteurs_hold_it(
    code_insee: str | None, commune: str | None, ref: str | None, open_world: OPEN_SHELL
) -> None:
    with reading(open_world("deux_organisations").sessions) as session:
        everyone = session.scalars(select(Organisation).order_by(Organisation.id)).all()
        found = secteurs.serving(everyone, code_insee, commune)
        assert (found.ref if found else None) == ref


def test_who_writes_to_none_of_our_numbers_is_answered_by_who_serves_them(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_organisations")
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.ref == "marie")).one().commune = "62300 Lens"
    with reading(shell.sessions) as session:
        for address, ref in ((MARIE, "mds-lens"), (INCONNUE, "mds-arras")):
            found = secteurs.organisation_for(session, address)
            assert found is not None
            assert found.ref == ref


def test_lieux_are_ordered_by_their_distance_and_those_without_coordinates_come_last(open_world: OPEN_SHELL) -> None:
    with reading(open_world("deux_organisations").sessions) as session:
        lieux = session.scalars(select(Lieu).order_by(Lieu.id)).all()
        territoire_id = lieux[0].territoire_id
        near_lievin = secteurs.nearest_first(session, territoire_id, lieux, "62510", None)
        near_nowhere = secteurs.nearest_first(session, territoire_id, lieux, None, "59000 Lille")
    assert [lieu.ref for lieu in near_lievin] == ["lievin", "lens", "arras-sud", "arras-nord"]
    assert [lieu.ref for lieu in near_nowhere] == ["arras-sud", "arras-nord", "lens", "lievin"]


def test_the_commune_is_asked_once_and_kept_for_who_is_not_known_yet(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_organisations")
    asked = "Dans quelle commune habitez-vous ?"
    phone = Phone(shell, INCONNUE)
    assert asked in phone.says("consultation pmi")[-1]
    phone.says("lievin")
    with reading(shell.sessions) as session:
        contact = session.scalars(select(Contact).where(Contact.address == INCONNUE)).one()
        assert contact.commune == "62800 Liévin"
    assert not [text for text in phone.says("rdv", "consultation pmi") if asked in text]
    phone.says("Tom Petit 2/1/2026", "Zoé Petit", "1", "1", "oui")
    with reading(shell.sessions) as session:
        known = session.scalars(select(Usager).where(Usager.telephone == INCONNUE)).one()
        assert known.commune == "62800 Liévin"


def test_a_territoire_with_one_organisation_asks_for_no_commune(open_world: OPEN_SHELL) -> None:
    told = Phone(open_world(), INCONNUE).says("rdv", "consultation pmi", "oui")
    assert not [text for text in told if "commune" in text or "centre" in text]
