"""Quick answers: which of the words in capitals of a message are buttons, in both languages, whatever it names."""

import re
from datetime import datetime

import pytest

from conversations.langue import named, spoken
from conversations.phrases import catalogue
from conversations.quick import AT_MOST, quick, words
from conversations.understanding import Heard

NOW = datetime(2026, 11, 20, 10)  # noqa: DTZ001 - wall time

WORDS = {
    "fr": {
        "AIDE", "ANNULER", "AUTRE", "ENGLISH", "FRANCAIS", "MAUVAIS NUMERO", "MES RDV", "NON", "OUI", "RDV", "RELIRE",
        "RETABLIR", "RETOUR", "SUITE", "SUPPRIMER",
    },
    "en": {
        "BACK", "BOOK", "CHANGE", "ENGLISH", "ERASE MY DATA", "FRANCAIS", "LIST", "MORE", "NO", "NOT COMING", "OTHER",
        "PERSON", "READ", "UNDO", "WRONG NUMBER", "YES",
    },
}  # fmt: skip
"""Every word that is a button."""


@pytest.mark.parametrize("langue", spoken())
def test_the_words_that_are_buttons_are_those_that_the_phrases_ask_for(langue: str) -> None:
    assert words(langue) == WORDS[langue]


@pytest.mark.parametrize(("langue", "word"), [(langue, word) for langue in WORDS for word in sorted(WORDS[langue])])
def test_each_is_understood_as_it_is_written_and_fits_a_button(langue: str, word: str) -> None:
    heard = Heard(word, NOW, lang=langue)
    assert heard.word is not None or heard.yes_or_no is not None or named(word) is not None
    assert re.fullmatch(r"[A-Z]+(?: [A-Z]+)*", word)
    assert len(f"{'0' * 16}:{word}".encode()) <= 64


@pytest.mark.parametrize(
    ("langue", "text", "asked"),
    [
        ("fr", "Je garde lun 23 nov 9h pour Léa. OUI pour réserver, RETOUR pour changer.", ("OUI", "RETOUR")),
        ("fr", "Répondez 1, 2 ou 3, ou SUITE. AIDE pour une personne.", ("SUITE", "AIDE")),
        ("fr", "Répondez OUI si c'est bon pour vous, NON sinon. RELIRE pour relire.", ("OUI", "NON", "RELIRE")),
        ("fr", "Répondez RDV pour un rendez-vous, MES RDV pour voir les vôtres.", ("RDV", "MES RDV")),
        ("fr", "Vos RDV :\n- jeu 26 nov\nANNULER pour en annuler un, RDV pour en prendre un.", ("ANNULER", "RDV")),
        ("fr", "En attendant, RDV et ANNULER marchent toujours.", ("RDV", "ANNULER")),
        ("fr", "C'est noté. Répondez RDV si vous changez d'avis.", ("RDV",)),
        ("fr", "C'est réservé. Empêché ? Répondez ANNULER.", ("ANNULER",)),
        ("fr", "En français maintenant. In English? Reply ENGLISH.", ("ENGLISH",)),
        ("en", "I keep Mon 23 Nov for Léa. YES to book, BACK to change.", ("YES", "BACK")),
        ("en", "Cannot come? Reply NOT COMING.", ("NOT COMING",)),
    ],
)  # fmt: skip
def test_the_words_are_buttons_in_the_order_they_are_said(langue: str, text: str, asked: tuple[str, ...]) -> None:
    assert quick(text, langue) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Pour quel RDV ?", "3 RDV à venir pour ce motif.", "Anne Durand vous propose un RDV pour Léa.",
        "MDS Arras : rappel, RDV Consultation PMI pour Léa jeu 26 nov 10h.", "Vos noms, adresse, RDV et messages.",
        "C'est rétabli : RDV de Léa.",
    ],
)  # fmt: skip
def test_rdv_is_no_button_where_it_is_the_name_of_one(text: str) -> None:
    assert quick(text, "fr") == ()


@pytest.mark.parametrize("text", ["Répondez START pour en recevoir.", "STOP est toujours pris en compte."])
def test_nobody_is_silenced_or_woken_by_a_button(text: str) -> None:
    assert quick(text, "fr") == ()


@pytest.mark.parametrize(
    "text", ["OK, nothing is booked.", "1 AIDE SOCIALE À L'ENFANCE", "1 AIDE-SOIGNANTE", "ACCUEIL, Arras"]
)
def test_what_is_only_said_or_named_is_no_button(text: str) -> None:
    assert quick(text, "fr") == quick(text, "en") == ()


def test_a_word_said_twice_is_one_button_and_no_more_than_four_are_shown() -> None:
    said = "OUI, ou OUI, NON, RETOUR, SUITE, ou AIDE."
    assert quick(said, "fr") == ("OUI", "NON", "RETOUR", "SUITE")
    assert AT_MOST == 4


@pytest.mark.parametrize("langue", spoken())
def test_no_phrase_asks_for_more_words_than_there_is_room_for(langue: str) -> None:
    capitals = {key: re.findall(r"\b[A-Z]{2,}(?: [A-Z]{2,})*\b", text) for key, text in catalogue(langue).items()}
    asked = {key: {word for word in found if word in words(langue) - {"RDV"}} for key, found in capitals.items()}
    assert {key for key, found in asked.items() if not found <= set(quick(catalogue(langue)[key], langue))} == set()
