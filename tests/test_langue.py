"""People are spoken to in the language they chose, from the next message on and whoever speaks first."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Usager
from bot import turn
from bot.chat import settle
from bot.ledger import Contact, Outgoing, Received
from bot.shell import Shell
from conversations.langue import Langue, langue, named, spoken, tables
from conversations.messages import Inbound
from conversations.understanding import Context, Heard, Intent, Word
from conversations.understanding.words import word_anywhere
from tests.conftest import OPEN_SHELL
from tests.worlds import ARRAS, INCONNUE, MARIE

OFFER = "In English? Reply ENGLISH."
NOW = datetime(2026, 11, 20, 10)  # noqa: DTZ001 - wall time


def write(shell: Shell, *texts: str, sender: str = INCONNUE) -> list[str]:
    """Somebody writes; what they are answered, in order."""
    before = len(told(shell, sender))
    for text in texts:
        turn.receive(shell, Inbound("sms", f"SM{uuid4().hex}", sender, ARRAS, text))
        settle(shell)
    return told(shell, sender)[before:]


def told(shell: Shell, address: str) -> list[str]:
    with reading(shell.sessions) as session:
        left = select(Outgoing.text).join(Contact).where(Contact.address == address)
        return list(session.scalars(left.order_by(Outgoing.id)))


def langues(shell: Shell, telephone: str) -> list[str]:
    """The languages of the fiches at a number."""
    with reading(shell.sessions) as session:
        return list(session.scalars(select(Usager.langue).where(Usager.telephone == telephone)))


def kept_on_contact(shell: Shell, address: str) -> str | None:
    with reading(shell.sessions) as session:
        return session.scalars(select(Contact.langue).where(Contact.address == address)).one()


def is_english(message: str) -> bool:
    return "Reply" in message or "YES" in message


# Catalogues


def test_french_comes_first_and_english_is_spoken() -> None:
    assert spoken()[:2] == ("fr", "en")


@pytest.mark.parametrize("code", spoken())
def test_a_catalogue_says_all_that_its_language_needs(code: str) -> None:
    its_own = langue(code)
    assert {*tables(code)["langue"]} == {*Langue.__dataclass_fields__}
    assert (len(its_own.jours), len(its_own.jours_entiers), len(its_own.mois)) == (7, 7, 12)
    assert its_own.nom.lower() in {*its_own.mots, "français"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ENGLISH", "en"), ("english please", "en"), ("Anglais", "en"), ("en anglais svp", "en"),
        ("FRANCAIS", "fr"), ("Français", "fr"), ("french please", "fr"),
        ("langue", None), ("mon anglais est mauvais", None), ("deutsch", None), ("", None),
    ],
)  # fmt: skip
def test_a_language_is_asked_for_by_its_name_alone(text: str, code: str | None) -> None:
    assert named(text) == code


# The choice


def test_the_choice_of_an_unknown_number_is_kept_and_goes_to_its_fiche(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "english")
    assert kept_on_contact(shell, INCONNUE) == "en"
    said = write(shell, "book", "baby check", "yes", "Lea Brown 14/03/2025", "Ann Brown", "1", "yes")
    assert all(is_english(message) or message.startswith(("For which", "And you")) for message in said)
    assert said[-1].startswith("Booked: Lea, Mon 23 Nov at 9:00")
    assert langues(shell, INCONNUE) == ["en"]


def test_the_choice_of_somebody_known_is_kept_on_their_fiche(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "english", sender=MARIE)
    assert langues(shell, MARIE) == ["en"]
    write(shell, "français", sender=MARIE)
    assert langues(shell, MARIE) == ["fr"]


def test_a_fiche_that_an_agent_corrects_is_believed(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "rdv", sender=MARIE)
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.telephone == MARIE)).one().langue = "en"
    assert is_english(write(shell, "rdv", sender=MARIE)[-1])


def test_a_doubtful_number_chooses_for_itself_and_changes_no_fiche(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.telephone == MARIE)).one().a_reverifier = shell.clock()
    assert is_english(write(shell, "english", sender=MARIE)[-1])
    assert (kept_on_contact(shell, MARIE), langues(shell, MARIE)) == ("en", ["fr"])


def test_a_question_in_progress_is_asked_again_in_the_new_language(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "consultation pmi", "oui")
    asked, again = write(shell, "en anglais svp")
    assert (asked, again[:16]) == ("OK, in English from now on.", "For which child?")
    assert write(shell, "Lea Brown 14/03/2025") == ["And you, your first name and last name?"]


def test_langue_alone_says_how_to_change_and_changes_nothing(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    assert write(shell, "langue") == [OFFER]
    assert kept_on_contact(shell, INCONNUE) is None
    write(shell, "english")
    assert write(shell, "/langue") == ["Francais ? Répondez FRANCAIS."]
    assert kept_on_contact(shell, INCONNUE) == "en"


@pytest.mark.parametrize("text", ["do you speak english?", "vous parlez anglais ?", "i don't speak french"])
def test_a_sentence_that_asks_for_a_language_of_ours_brings_it(text: str, open_world: OPEN_SHELL) -> None:
    assert is_english(write(open_world(), text)[-1])


# The offer


def test_the_switch_is_offered_once_and_what_was_asked_is_answered(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    offered, greeted = write(shell, "hello i need an appointment for my baby")
    assert offered == OFFER
    assert greeted.startswith("MDS Arras, bonjour. Pour quel RDV ?")
    assert OFFER not in write(shell, "sorry what is this", "the first one please")


@pytest.mark.parametrize("text", ["ok thanks", "no", "yes", "2", "stop", "bonjour", "rdv", "hello, je voudrais un rdv"])
def test_a_word_of_english_is_not_english(text: str, open_world: OPEN_SHELL) -> None:
    assert OFFER not in write(open_world(), text)


def test_a_name_is_of_no_language(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    said = write(shell, "assistante sociale", "Maria Da Silva")
    assert not any(OFFER in message for message in said)


def test_who_chose_english_is_offered_nothing_for_writing_french(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    write(shell, "english")
    assert len(write(shell, "bonjour je voudrais un rdv")) == 1


@pytest.mark.parametrize("text", ["hola quiero una cita", "привет нужна запись", "merhaba randevu istiyorum"])
def test_a_language_that_is_not_ours_gets_simple_french_and_a_phone_number(text: str, open_world: OPEN_SHELL) -> None:
    offered, greeted = write(open_world(), text)
    assert offered.startswith("J'écris ici en francais simple.")
    assert "03 21 00 00 00" in offered
    assert greeted.startswith("MDS Arras, bonjour.")


def test_a_danger_told_in_english_is_answered_in_english_before_anything(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    (saved,) = write(shell, "help my husband beats me")
    assert saved.startswith("In danger? Call 17")
    assert write(shell, "rdv")[0].startswith("MDS Arras, bonjour.")


# Agents read the original, and what was found in it


def test_what_a_message_was_found_to_mean_is_kept_beside_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    write(shell, "i need an appointment", "hola quiero una cita", "je voudrais annuler")
    with reading(shell.sessions) as session:
        kept = session.execute(select(Received.text, Received.intent).order_by(Received.id)).all()
    assert [tuple(row) for row in kept] == [
        ("i need an appointment", Intent.BOOK),
        ("hola quiero una cita", Intent.BOOK),
        ("je voudrais annuler", Intent.CANCEL),
    ]


# What English says


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("BOOK", Word.RDV), ("Back", Word.RETOUR), ("more", Word.SUITE), ("READ", Word.RELIRE), ("LIST", Word.MES_RDV),
        ("my appointments", Word.MES_RDV), ("NOT COMING", Word.ANNULER), ("not comming", Word.ANNULER),
        ("PERSON", Word.AIDE), ("CHANGE", Word.AUTRE), ("another day", Word.AUTRE), ("UNDO", Word.RETABLIR),
        ("wrong number", Word.MAUVAIS_NUMERO), ("book a flight", None), ("personne", None), ("list of papers", None),
    ],
)  # fmt: skip
def test_the_words_that_work_anywhere_have_english_ones(said: str, word: Word | None) -> None:
    assert word_anywhere(said) is word


def english(text: str, context: Context = Context.CHOOSING_SLOT) -> Heard:
    return Heard(text, NOW, context, lang="en")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yeah", True), ("sure", True), ("Yes please", True), ("that's fine", True), ("of course", True),
        ("I'm coming", True), ("no thanks", False), ("nope", False), ("not now", False),
        ("yes but friday", None), ("yes, no wait", None), ("i don't understand", None), ("maybe", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_heard_in_english(text: str, answer: bool | None) -> None:
    assert english(text, Context.CONFIRMING).yes_or_no is answer


def test_who_speaks_no_french_refuses_nothing() -> None:
    assert Heard("no entiendo", NOW, Context.CONFIRMING).yes_or_no is None


@pytest.mark.parametrize(
    ("text", "number"), [("the second one", 2), ("first", 1), ("number 3", 3), ("two please", 2), ("2 children", None)]
)
def test_a_line_is_chosen_in_english(text: str, number: int | None) -> None:
    assert english(text).number == number


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("thursday", date(2026, 11, 26), None),
        ("Thu 26 Nov at 10:00", date(2026, 11, 26), time(10)),
        ("tomorrow at 9", date(2026, 11, 21), time(9)),
        ("the 26th", date(2026, 11, 26), None),
        ("on the 3rd of December", date(2026, 12, 3), None),
        ("December 3 at 2:30pm", date(2026, 12, 3), time(14, 30)),
        ("2pm", None, time(14)),
        ("12 am", None, time(0)),
    ],
)
def test_a_day_and_an_hour_are_read_in_english(text: str, day: date | None, hour: time | None) -> None:
    wish = english(text).souhait
    assert wish is not None
    assert (wish.premier, wish.heure) == (day, hour)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("my name is John Smith", ("John", "Smith", None)),
        ("Lea Martin born on the 14th of March 2025", ("Lea", "Martin", date(2025, 3, 14))),
        ("April Jones, March 14, 2025", ("April", "Jones", date(2025, 3, 14))),
        ("it's for my daughter Lea Martin", ("Lea", "Martin", None)),
        ("Thu Nguyen", ("Thu", "Nguyen", None)),
        ("May Do", ("May", "Do", None)),
        ("I don't know", (None, None, None)),
        ("why do you need my name", (None, None, None)),
    ],
)
def test_a_name_is_read_out_of_an_english_sentence(
    text: str, given: tuple[str | None, str | None, date | None]
) -> None:
    identity = english(text, Context.ENTERING_NAME).identity
    assert (identity.prenom, identity.nom, identity.naissance) == given


def test_a_motif_is_asked_for_in_english() -> None:
    shown = ["Consultation PMI", "Puéricultrice à domicile", "Assistante sociale"]
    assert [english(text).names(shown) for text in ("a baby check", "the social worker", "the dentist")] == [0, 2, None]
