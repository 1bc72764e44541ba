"""The layers below the meaning: the words that are meant, the patterns of the tables, when, danger, what is heard."""

from datetime import datetime
from typing import Any

import pytest

from conversations.understanding import ASK_BELOW, Context, Danger, Heard, Intent
from conversations.understanding.about import language_of
from conversations.understanding.alarm import danger_in
from conversations.understanding.patterns import Patterns
from conversations.understanding.said import Said
from conversations.understanding.when import When, when

NOW = datetime(2026, 11, 19, 10)  # noqa: DTZ001 - wall time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jpeu pa venir dmain", "je peux pas venir demain"),
        ("c koi ladresse svp", "c est quoi le adresse svp"),
        ("keske jdois ramener", "que est ce que je dois apporter"),
        ("jariv", "je arrive"),
        ("g 1 rdv", "je ai 1 rdv"),
        ("rendez-vous", "rdv"),
        ("rendé vou", "rdv"),
        ("je n'ai pas compris", "je ai pas compris"),
        ("N’IMPORTE QUAND", "nimporte quand"),
        ("2main aprem", "demain aprem"),
        ("bb 4moi", "bebe 4 mois"),
        ("marid ou merkredi", "mardi ou mercredi"),
        ("consultasion", "consultation"),
        ("ok ok ok ok ok", "ok ok"),
        ("Mme Martin", "mme martin"),
        ("👍🏽", "oui"),
        ("❌ merci 🙏", "non merci merci"),
        ("так", "так"),
        ("", ""),
    ],
)
def test_the_words_meant_are_the_same_however_they_are_typed(typed: str, meant: str) -> None:
    assert " ".join(Said(typed).words) == meant


@pytest.mark.parametrize(
    ("pattern", "said", "is_found"),
    [
        ("(peux / suis) pas venir", "je peux pas venir demain", True),
        ("(peux / suis) pas venir", "je peux venir", False),
        ("peux (pas / ) venir", "je peux venir", True),
        ("annul*", "il faut annulation", True),
        ("voudrais .. rdv", "voudrais bien un autre rdv", True),
        ("voudrais .. rdv", "voudrais un deux trois quatre rdv", False),
        ("^ non", "oui non", False),
        ("souci $", "pas de souci", True),
        ("souci $", "souci de sante", False),
        ("retard !de_regles|scolaire", "un retard de regles", False),
        ("retard !de_regles|scolaire", "un retard de train", True),
        ("dans # minutes", "dans 10 minutes", True),
        ("pas <semaine>", "pas mardi", True),
    ],
)
def test_a_pattern_is_a_sentence_with_its_choices_gaps_and_edges(pattern: str, said: str, is_found: bool) -> None:
    assert bool(Patterns([("it", pattern)]).find(said.split())) is is_found


@pytest.mark.parametrize("pattern", ["an*", "(a / (b / c)) d", "$"])
def test_a_pattern_that_could_not_work_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Patterns([("it", pattern)])


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("jeudi", {"when": [{"date": "2026-11-26"}]}),
        ("pas lundi", {"not": [{"weekday": "lundi"}]}),
        ("que le mardi", {"when": [{"weekday": "mardi"}]}),
        ("mardi aprem", {"when": [{"date": "2026-11-24", "daypart": "apres-midi"}]}),
        ("le 2 décembre à 14h", {"when": [{"date": "2026-12-02", "time": "14:00"}]}),
        ("apres 17h", {"when": [{"after": "17:00"}]}),
        ("avant 10h", {"when": [{"before": "10:00"}]}),
        ("la semaine prochaine", {"when": [{"from": "2026-11-23", "to": "2026-11-29"}]}),
        ("avant le 30", {"when": [{"to": "2026-11-29"}]}),
        ("mercredi ou bien vendredi", {"when": [{"date": "2026-11-25"}, {"date": "2026-11-20"}]}),
        ("à 3h", {"when": [{"time": "15:00"}]}),
        ("bonjour", {}),
    ],
)
def test_moments_become_constraints(said: str, slots: dict[str, Any]) -> None:
    assert when(Said(said), NOW).slots(NOW) == slots


def test_a_wish_goes_with_the_day_it_is_said_beside() -> None:
    assert when(Said("jeudi"), NOW).slots(NOW, ["later"]) == {"when": [{"date": "2026-11-26", "later": True}]}
    assert When().slots(NOW, ["asap"]) == {"when": [{"asap": True}]}


def test_days_are_read_in_other_languages() -> None:
    assert when(Said("monday after 4pm"), NOW, "en").slots(NOW) == {"when": [{"date": "2026-11-23", "after": "16:00"}]}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("bonjour je voudrais un rdv", "fr"), ("i cannot come monday", "en"), ("hola necesito cita", "es"), ("نعم", "ar"),
     ("ca va", "fr"),
     ("дякую", "uk"), ("спасибо", "ru"), ("randevu istiyorum", "tr"), ("bghit rendez vous", "ar"),
     ("si possible", "fr"),
     ("", "fr"), ("42", "fr")],
)  # fmt: skip
def test_the_language_is_that_of_the_words(text: str, lang: str) -> None:
    assert language_of(Said(text)) == lang


@pytest.mark.parametrize(
    ("danger", "kind", "numbers"),
    [
        (Danger.SUICIDE, "suicide", {"3114"}),
        (Danger.PILLS, "suicide", {"3114", "15"}),
        (Danger.DOMESTIC, "domestic_violence", {"3919", "17", "114"}),
        (Danger.CHILD, "child_danger", {"119"}),
        (Danger.CHILD_HURT, "child_danger", {"119", "15"}),
        (Danger.MEDICAL, "medical", {"15", "112"}),
        (Danger.VIOLENCE, "violence", {"17", "114"}),
        (Danger.SHELTER, "shelter", {"115"}),
    ],
)
def test_each_danger_has_the_numbers_that_save(danger: Danger, kind: str, numbers: set[str]) -> None:
    assert danger.kind == kind
    assert set(danger.numbers) == numbers


def test_the_gravest_danger_is_told() -> None:
    assert danger_in(Said("mon mari me frappe et j'ai pris des cachets")) is Danger.PILLS


def test_a_danger_is_not_undone_by_a_joke_beside_it() -> None:
    assert danger_in(Said("mdr je suis mort de rire mais mon mari me frappe")) is Danger.DOMESTIC


def test_dialogues_hear_the_meaning_after_their_question() -> None:
    heard = Heard("oui et je dois apporter quoi", NOW, Context.CONFIRMING)
    assert heard.meaning.intent is Intent.ASK_BRING
    assert heard.meaning.also == (Intent.CONFIRM,)
    assert heard.is_sure


def test_dialogues_know_what_was_not_understood() -> None:
    heard = Heard("bla blo", NOW, Context.CHOOSING_SLOT, ("lun 23 nov 9h", "mar 24 nov 9h"))
    assert not heard.is_sure
    assert heard.meaning.confidence < ASK_BELOW


def test_not_being_able_to_come_is_less_than_cancelling() -> None:
    unable = Heard("je suis pas libre demain", NOW, Context.REMINDER_SENT).meaning
    told = Heard("annulez svp", NOW, Context.REMINDER_SENT).meaning
    assert unable.intent is told.intent is Intent.CANCEL
    assert unable.confidence < 0.8 < told.confidence


@pytest.mark.parametrize("context", [Context.IDLE, Context.CHOOSING_SLOT, Context.CONFIRMING, Context.ENTERING_NAME])
def test_a_yes_before_any_question_is_no_booking(context: Context) -> None:
    meaning = Heard("oui", NOW, context).meaning
    assert meaning.intent is not Intent.BOOK
    assert (meaning.confidence >= ASK_BELOW) is (context is not Context.IDLE and context is not Context.ENTERING_NAME)
