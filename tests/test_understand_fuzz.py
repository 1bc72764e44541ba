"""Whatever people send: an answer at once, the same each time, and nothing done that nobody asked."""

from datetime import datetime
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.understanding import Context, Intent, understand

NOW = datetime(2026, 11, 19, 10)  # noqa: DTZ001 - wall time
OPTIONS = ("lun 23 nov 9h", "mar 1 déc 14h", "MDS Gambetta, 8 rue Gambetta", "Un autre enfant")
CONTEXTS = st.sampled_from(list(Context))
FRAGMENTS = (
    "oui", "non", "pas", "plus", "je", "peux", "venir", "annuler", "n'", "mon", "mari", "me", "frappe", "mort", "de",
    "rire", "le", "2", "deux", "lundi", "31/02", "14h", "rdv", "pour", "ma", "fille", "Léa", "3 ans", "stop", "?", "👍",
    "❌", "0639980123", "né le", "12/03/1990", "c", "ou", "кot", "نعم", "merci", "svp", "aprem", "2main", "\u200b",
    "\ud800",
    "\x00",
    "1️⃣", "½", "İ", "ß", "'", "’", "-", "_", "(", "*", "^", "$", "..", "<enfant>", "!", "#", "|",
)  # fmt: skip
LIKE_FRENCH = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)
CONSONANTS = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=12)
NOISE = st.text(st.characters(categories=("S", "P", "Z", "C")), max_size=60)
DONE_AT_ONCE = {Intent.BOOK, Intent.CANCEL, Intent.STOP, Intent.RESCHEDULE}
AT_MOST = 0.1
"""Seconds of work, for the longest message."""


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=1600) | LIKE_FRENCH, context=CONTEXTS, lang=st.sampled_from(["fr", "en", "ar", "xx"]))
def test_any_text_after_any_question_has_one_meaning(text: str, context: Context, lang: str) -> None:
    meaning = understand(text, context, OPTIONS, now=NOW, lang=lang)
    assert 0 <= meaning.confidence <= 1
    assert meaning.intent not in meaning.also
    assert meaning == understand(text, context, OPTIONS, now=NOW, lang=lang)


@settings(max_examples=200, deadline=None)
@given(text=NOISE | st.lists(CONSONANTS, max_size=6).map(" ".join), context=CONTEXTS)
def test_noise_books_moves_cancels_and_silences_nothing(text: str, context: Context) -> None:
    meaning = understand(text, context, OPTIONS, now=NOW)
    # A sign of a thumb, a cross or a stop is a word; a rank in a circle is a number.
    assert meaning.intent not in DONE_AT_ONCE or "🛑" in text
    assert meaning.intent is not Intent.EMERGENCY or "🆘" in text


@pytest.mark.parametrize(
    "text",
    ["je peux pas " * 140, "pas " * 400, "a" * 1600, "annulr " * 230, "le 12 mars " * 140, "oui non " * 200,
     "06 " * 530,
     "mon mari me " * 130, "é" * 1600, "abcdefghij " * 145, "?" * 1600, "né le 1/1/" * 160, "(((((" * 320,
     "1 ou " * 320,
     "lundi " * 266, "j'ai rdv " * 177],
)  # fmt: skip
@pytest.mark.parametrize(
    "context", [Context.IDLE, Context.CHOOSING_SLOT, Context.ENTERING_NAME, Context.ENTERING_BIRTHDATE]
)
def test_a_message_of_the_longest_size_is_understood_at_once(text: str, context: Context) -> None:
    before = thread_time()
    understand(text[:1600], context, OPTIONS, now=NOW)
    assert thread_time() - before < AT_MOST
