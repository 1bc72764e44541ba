"""Communes, as people say where they live."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.understanding.communes import Commune, read_commune


@pytest.mark.parametrize(
    ("said", "commune"),
    [
        ("62000 Arras", Commune("62000", "arras")),
        ("Arras 62000", Commune("62000", "arras")),
        ("Hénin-Beaumont (62110)", Commune("62110", "henin beaumont")),
        ("62000", Commune("62000", None)),
        ("j'habite à Lens", Commune(None, "lens")),
        ("jhabite a bethune, 62400", Commune("62400", "bethune")),
        ("on habite au touquet paris plage", Commune(None, "touquet paris plage")),
        ("je vis à st laurent blangy", Commune(None, "saint laurent blangy")),
        ("je suis de Lens et je voudrais un rdv", Commune(None, "lens")),
        ("je viens d'Avion", Commune(None, "avion")),
        ("97110 Pointe-à-Pitre", Commune("97110", "pointe a pitre")),
        ("2A004 Ajaccio", Commune("2A004", "ajaccio")),
    ],
)
def test_a_postcode_and_a_name_are_read_together_or_alone(said: str, commune: Commune) -> None:
    assert read_commune(said) == commune


@pytest.mark.parametrize(
    "said",
    [
        "Lens", "06 11 22 33 44", "0611223344", "+33611223344", "je vis à la rue", "on vit chez ma mère",
        "je suis en retard", "je suis malade", "99000", "le 26/11/2026", "",
    ],
)  # fmt: skip
def test_what_is_no_commune_is_none(said: str) -> None:
    assert read_commune(said) is None


@settings(deadline=None, max_examples=200, derandomize=True, database=None)
@given(st.text(max_size=1600) | st.sampled_from(["saint " * 260, "habite a " * 170, "62000 " * 260, "l' " * 500]))
def test_no_text_fails(said: str) -> None:
    found = read_commune(said)
    assert found is None or found.code_postal or found.nom
