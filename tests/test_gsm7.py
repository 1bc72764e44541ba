"""French as SMS carry it: what is kept, what gives way, what the operator bills."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.gsm7 import ALPHABET, fit, segments, septets


@pytest.mark.parametrize("text", ["éèàùòìäöüñÉÇÆæß", "50 €", "Où ? Là-bas !", "l'été\n@ 14h30", "[~]{^}\\|"])
def test_what_gsm7_has_is_kept(text: str) -> None:
    assert fit(text) == text


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("ça, reçu", "ca, recu"),
        ("êâîôûëïÿ", "eaioueiy"),
        ("ÈÀÙÊÂÎÔÛËÏ", "EAUEAIOUEI"),
        ("sœur, Œuvre", "soeur, OEuvre"),
        ("l’enfant dit « oui »", 'l\'enfant dit " oui "'),
        ("“oui” ‘non’", "\"oui\" 'non'"),
        ("9h – 12h — fermé…", "9h - 12h - fermé..."),
        ("à 14\u00a0h\u202f30\u2009?", "à 14 h 30 ?"),
        ("n° 12 • 1er étage, 2ᵉ", "no 12 - 1er étage, 2e"),
        ("a\tb", "a b"),
    ],
)
def test_what_it_lacks_gives_way_to_the_nearest(written: str, sent: str) -> None:
    assert fit(written) == sent


def test_a_decomposed_accent_is_the_same_accent() -> None:
    assert fit("e\u0301te\u0301") == "été"


@pytest.mark.parametrize(
    ("name", "sent"),
    [("Nguyễn Thị", "Nguyen Thi"), ("Łukasz Đinh", "Lukasz Dinh"), ("Žaneta 👍", "Zaneta "), ("Мария", "")],
)
def test_a_name_is_brought_near_or_dropped_but_never_questioned(name: str, sent: str) -> None:
    assert fit(name) == sent


def test_nothing_invisible_leaves() -> None:
    assert fit("a\u202eb\u200bc\x00d\x1be\ufefff") == "abcdef"


@given(st.text())
def test_whatever_is_written_fits_and_fits_once_for_all(text: str) -> None:
    fitted = fit(text)
    assert ALPHABET.issuperset(fitted)
    assert fit(fitted) == fitted


@given(st.text(alphabet=st.sampled_from(sorted(ALPHABET)), max_size=700))
def test_each_segment_is_full_but_for_the_place_of_one_escaped_character(text: str) -> None:
    count, used = segments(text), septets(text)
    if used <= 160:
        assert count == min(1, used)
    else:
        assert 152 * (count - 1) < used <= 153 * count


def test_the_euro_counts_twice() -> None:
    assert septets("50 €") == 5


def test_septets_are_those_of_gsm7_only() -> None:
    with pytest.raises(ValueError, match="GSM-7"):
        septets("ça")


@pytest.mark.parametrize(
    ("text", "billed"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("ç" * 134, 2),
        ("ç" * 135, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
    ],
)
def test_segments_are_those_the_operator_bills(text: str, billed: int) -> None:
    assert segments(text) == billed


def test_an_escaped_character_is_not_cut_between_two_segments() -> None:
    assert segments("a" * 152 + "€" + "a" * 152) == 3
    assert segments("a" * 151 + "€" + "a" * 153) == 2


def test_a_surrogate_pair_is_not_cut_between_two_segments() -> None:
    assert segments("ç" * 66 + "👍" + "ç" * 66) == 3
    assert segments("ç" * 65 + "👍" + "ç" * 67) == 2


def test_one_circumflex_costs_a_segment_and_fitting_saves_it() -> None:
    reminder = (
        "Rappel : vous avez rendez-vous bientôt à la Maison des solidarités, mardi 24 novembre à 14h30. "
        "Répondez 1 pour confirmer, 2 pour annuler."
    )
    assert segments(reminder) == 3
    assert segments(fit(reminder)) == 1
