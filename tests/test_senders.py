"""Senders: what each form of number can do, which ones are refused at startup, and the words that never reach us."""

import re

import pytest

from bot.settings import Settings, SettingsRefused
from channels.senders import RESERVED, SenderRefused, sender, to_talk_with
from conversations.phrases import catalogue
from conversations.understanding import Word
from conversations.understanding.words import word_anywhere
from tests.test_phrases import CATALOGUE, in_each_language

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "token"}
SMS = frozenset({"sms"})
INSTEAD = "use an 09 number of a technical platform, or a 38xxx short code"


@pytest.mark.parametrize("name", ["+33938000001", "+33947500001", "+262947800001", "+590947500001"])
def test_an_09_number_carries_both_channels_and_is_answered(name: str) -> None:
    found = to_talk_with(name)
    assert (found.is_two_way, found.is_alphanumeric, found.channels) == (True, False, frozenset({"sms", "whatsapp"}))


def test_a_transactional_short_code_is_answered_and_carries_sms_alone() -> None:
    found = to_talk_with("38123")
    assert (found.is_two_way, found.channels, found.segments_per_second) == (True, SMS, 30.0)


@pytest.mark.parametrize("name", ["MDS ARRAS", "RDV62", "Departement"])
def test_a_name_carries_sms_that_nobody_can_answer(name: str) -> None:
    found = sender(name)
    assert (found.is_two_way, found.is_alphanumeric, found.channels) == (False, True, SMS)
    with pytest.raises(SenderRefused, match="cannot be answered"):
        to_talk_with(name)


@pytest.mark.parametrize("name", ["+33611000001", "+33757000001", "+262692000001", "+590690000001"])
def test_a_mobile_may_not_carry_what_an_application_sends(name: str) -> None:
    with pytest.raises(SenderRefused, match="Arcep"):
        sender(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("+33321000000", "landline"),
        ("+262262000000", "landline"),
        ("36123", "advertising"),
        ("0938000001", "no number like"),
        ("+339380000", "no number like"),
        ("12345", "no number like"),
        ("un nom beaucoup trop long", "no number like"),
        ("", "no number like"),
    ],
)
def test_what_carries_no_service_message_is_refused_in_words(name: str, why: str) -> None:
    with pytest.raises(SenderRefused, match=why):
        sender(name)


def test_a_foreign_number_is_slow_and_answered() -> None:
    found = to_talk_with("+14155550100")
    assert (found.is_two_way, found.segments_per_second) == (True, 1.0)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("+33611000001", "06 and 07 numbers may not carry what an application sends (Arcep, decision 2022-1583)"),
        ("MDS ARRAS", "a name cannot be answered, and our messages ask for an answer (OUI, ANNULER, STOP)"),
    ],
)
def test_the_product_does_not_start_with_a_sender_that_cannot_serve(name: str, says: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.read({**ACCOUNT, "TWILIO_FROM": name})
    assert refusal.value.errors == [f"TWILIO_FROM: {says}; {INSTEAD}"]


@pytest.mark.parametrize(
    ("environ", "rate"),
    [
        ({}, 10.0),
        ({"TWILIO_FROM": "38123"}, 30.0),
        ({"TWILIO_FROM": "+14155550100"}, 1.0),
        ({"TWILIO_FROM": "38123", "SMS_SEGMENTS_PER_SECOND": "100"}, 100.0),
        ({"TWILIO_MESSAGING_SERVICE_SID": "MG0"}, 10.0),
    ],
)
def test_sms_leave_as_fast_as_their_sender_unless_told_otherwise(environ: dict[str, str], rate: float) -> None:
    assert Settings.read({**ACCOUNT, "TWILIO_FROM": "+33938000001", **environ}).sms_segments_per_second == rate


def test_templates_without_an_account_are_half_a_configuration() -> None:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.read({"WHATSAPP_TEMPLATES": "nowhere.toml"})
    assert [error.partition(":")[0] for error in refusal.value.errors] == ["WHATSAPP_TEMPLATES"] * 2


# The words that Twilio takes for itself


def asked_in(text: str) -> set[str]:
    return set(re.findall(r"\b[A-ZÉ]{2,}\b", text))


@in_each_language
@pytest.mark.parametrize("key", CATALOGUE)
def test_no_phrase_asks_for_a_word_that_never_reaches_us(key: str, code: str) -> None:
    assert asked_in(catalogue(code)[key]) & RESERVED <= {"STOP", "START"}


@pytest.mark.parametrize(("word", "means"), [("STOP", Word.STOP), ("CONTACT", Word.AIDE)])
def test_the_words_that_a_french_short_code_has_to_answer_are_heard(word: str, means: Word) -> None:
    assert word_anywhere(word) is means


@pytest.mark.parametrize("word", ["CANCEL", "END", "QUIT", "HELP", "INFO", "UNSUBSCRIBE", "STOP", "START"])
def test_the_words_of_twilio_are_known(word: str) -> None:
    assert word in RESERVED
