"""Telegram: how a text leaves, what each answer or silence means, and what an update brings."""

import logging
import os
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any

import pytest
from telegram import Update

from channels import Laid, Refusal, SendFailed, SendUnknown
from channels.telegram import Call, Presence, Read, Telegram, read
from conversations.messages import Came, Inbound, Outbound
from tests.servers import telegram as double
from tests.servers.faulty import mute
from tests.servers.telegram import TOKEN, BotApi, Manner, card, presence, pressed, telegram, written

MARIE = 42420001
GROUP = -100200300
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUESTION = "0123456789abcdef"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with telegram() as api:
        yield api


@pytest.fixture
def bot(api: BotApi) -> Iterator[Telegram]:
    bot = channel(api.base)
    yield bot
    bot.close()


def channel(base: str, timeout: float = 0.5) -> Telegram:
    return Telegram(token=TOKEN, api_base=base, timeout=timeout)


def to_marie(text: str = "Bonjour", **fields: Any) -> Outbound:
    return Outbound(**{"channel": "telegram", "sender": None, "recipient": f"tg:{MARIE}", "text": text, **fields})


def in_turn(*manners: Manner) -> Iterator[Manner]:
    return chain(manners, repeat(double.FAIR))


# What leaves


def test_a_text_keeps_its_typography_and_costs_nothing() -> None:
    text = "« À l’accueil » : 50 € — c’est gratuit… 👍🏽\nÉtage 2"
    assert Telegram(token=TOKEN).layout(text) == Laid(text, 0)


def test_what_would_turn_a_text_around_is_left_out() -> None:
    assert Telegram(token=TOKEN).layout("a\u202eb\u2066c\x00d\x1be\u200f").text == "abcde"


def test_a_message_leaves_for_its_chat(api: BotApi, bot: Telegram) -> None:
    assert bot.send(to_marie("Où ? <b>À 14h</b> _ici_")) == "1"
    (sent,) = api.sent
    assert (sent.chat, sent.text, sent.buttons) == (MARIE, "Où ? <b>À 14h</b> _ici_", ())


def test_each_option_is_a_button_that_says_nothing_of_what_it_does(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("Quel RDV ?", options=("lun 23 nov 9h", "lun 23 nov 9h30"), question=QUESTION))
    assert api.sent[0].buttons == (
        {"text": "1 lun 23 nov 9h", "callback_data": f"{QUESTION}:1"},
        {"text": "2 lun 23 nov 9h30", "callback_data": f"{QUESTION}:2"},
    )


def test_the_words_a_message_asks_for_are_a_row_of_buttons_under_the_others(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("Quel RDV ?", options=("lun 23 nov 9h",), quick=("SUITE", "MES RDV"), question=QUESTION))
    assert api.sent[0].rows == (
        ({"text": "1 lun 23 nov 9h", "callback_data": f"{QUESTION}:1"},),
        (
            {"text": "SUITE", "callback_data": f"{QUESTION}:SUITE"},
            {"text": "MES RDV", "callback_data": f"{QUESTION}:MES RDV"},
        ),
    )


def test_a_message_without_a_list_has_its_words_alone(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("OUI pour réserver, RETOUR pour changer.", quick=("OUI", "RETOUR"), question=QUESTION))
    assert [[button["text"] for button in row] for row in api.sent[0].rows] == [["OUI", "RETOUR"]]


def test_buttons_of_no_question_are_none(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("Quel RDV ?", options=("lun 23 nov 9h",), quick=("SUITE",)))
    assert api.sent[0].buttons == ()


def test_the_number_is_shared_by_a_button_of_the_keyboard(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("Bonjour", options=("Partager mon numéro",), asks_number=True))
    assert api.sent[0].buttons == ({"text": "Partager mon numéro", "request_contact": True},)


@pytest.mark.parametrize(
    ("manner", "why", "code", "retry_after"),
    [
        (double.busy(37), Refusal.LATER, "429", 37.0),
        (double.BLOCKED, Refusal.FINAL, "403", None),
        (double.NOWHERE, Refusal.FINAL, "400", None),
        (double.UNREADABLE, Refusal.CONTENT, "400", None),
        (double.UNKNOWN_BOT, Refusal.OURS, "401", None),
    ],
)
def test_a_refusal_says_what_is_to_be_done(
    api: BotApi, bot: Telegram, manner: Manner, why: Refusal, code: str, retry_after: float | None
) -> None:
    api.manners = in_turn(manner)
    with pytest.raises(SendFailed) as refusal:
        bot.send(to_marie())
    assert (refusal.value.why, refusal.value.code, refusal.value.retry_after) == (why, code, retry_after)
    assert api.sent == []


@pytest.mark.parametrize(
    "manner",
    [
        double.BROKEN, double.BROKEN_AFTER, double.CUT, double.CUT_AFTER, double.silent(0.8, accepts=True),
        double.silent(0.8, accepts=False),
    ],
)  # fmt: skip
def test_where_telegram_may_have_it_the_outcome_is_unknown(api: BotApi, bot: Telegram, manner: Manner) -> None:
    api.manners = in_turn(manner)
    with pytest.raises(SendUnknown):
        bot.send(to_marie())
    assert bot.send(to_marie())


def test_a_telegram_that_never_answers_is_not_waited_for() -> None:
    with mute(keeps_the_line=True) as base:
        silent = channel(base, timeout=0.2)
        with pytest.raises(SendUnknown):
            silent.send(to_marie())
        silent.close()


def test_a_telegram_that_cannot_be_reached_has_nothing() -> None:
    nobody = channel("http://127.0.0.1:9")
    with pytest.raises(SendFailed) as refusal:
        nobody.send(to_marie())
    nobody.close()
    assert refusal.value.why is Refusal.LATER


def test_one_channel_serves_many_threads(api: BotApi, bot: Telegram) -> None:
    with ThreadPoolExecutor(16) as senders:
        ids = list(senders.map(lambda place: bot.send(to_marie(str(place))), range(100)))
    assert sorted(map(int, ids)) == list(range(1, 101))
    assert sorted(api.texts(MARIE), key=int) == [str(place) for place in range(100)]


def test_a_channel_used_before_a_fork_works_after_it(api: BotApi, bot: Telegram) -> None:
    bot.send(to_marie("avant"))
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            failed = int(bot.send(to_marie("après")) != "2")
        finally:
            os._exit(failed)
    assert os.waitpid(child, 0)[1] == 0
    assert api.texts(MARIE) == ["avant", "après"]


def test_nothing_secret_is_told_of_a_failure(api: BotApi, bot: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.manners = in_turn(double.BLOCKED, double.BROKEN)
    told_to_marie = to_marie("un secret")
    for _ in range(2):
        with pytest.raises((SendFailed, SendUnknown)) as failure:
            bot.send(told_to_marie)
        told = caplog.text + "".join(traceback.format_exception(failure.value))
        assert TOKEN not in told
        assert str(MARIE) not in told
        assert "un secret" not in told


def test_telegram_lists_nothing(api: BotApi, bot: Telegram) -> None:
    assert bot.sent_to(f"tg:{MARIE}", AT, channel="telegram") == ()
    assert list(bot.recent(AT)) == []
    assert api.requests == 0


# What comes


def brought(update: dict[str, Any]) -> Read:
    parsed = Update.de_json(update, None)
    assert parsed is not None
    return read(parsed)


def inbound(update: dict[str, Any], came: Came, text: str, question: str | None = None) -> Inbound:
    return Inbound("telegram", str(update["update_id"]), f"tg:{MARIE}", None, text, came, question)


def test_what_somebody_writes_is_a_message_known_by_its_update() -> None:
    update = written(MARIE, "été\x00 e\u0301 🙂\ud800")
    assert brought(update) == Read(inbound(update, Came.TEXT, "été é 🙂"))


def test_what_is_written_under_a_picture_is_read() -> None:
    update = written(MARIE, photo=[photo()], caption="annuler")
    assert brought(update) == Read(inbound(update, Came.TEXT, "annuler"))


def photo() -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}


FILE = {"file_id": "f", "file_unique_id": "u"}
MEDIA: dict[str, dict[str, Any]] = {
    "photo": {"photo": [photo()]},
    "sticker": {
        "sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    },
    "voice": {"voice": {**FILE, "duration": 3}},
    "document": {"document": FILE},
    "location": {"location": {"longitude": 2.77, "latitude": 50.28}},
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
}


@pytest.mark.parametrize("fields", MEDIA.values(), ids=MEDIA)
def test_of_anything_else_only_that_it_came_is_kept(fields: dict[str, Any]) -> None:
    update = written(MARIE, **fields)
    assert brought(update) == Read(inbound(update, Came.MEDIA, ""))


def test_a_message_that_is_changed_is_not_read_again() -> None:
    update = written(MARIE, "oui", by="edited_message", edit_date=2)
    assert brought(update) == Read(inbound(update, Came.EDIT, ""))


def test_a_press_is_answered_and_is_the_number_of_its_option() -> None:
    update = pressed(MARIE, f"{QUESTION}:2")
    answer = Call("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"]})
    assert brought(update) == Read(inbound(update, Came.BUTTON, "2", QUESTION), call=answer)


@pytest.mark.parametrize("word", ["OUI", "MES RDV", "NOT COMING"])
def test_a_press_on_a_word_says_the_word(word: str) -> None:
    update = pressed(MARIE, f"{QUESTION}:{word}")
    assert brought(update).inbound == inbound(update, Came.BUTTON, word, QUESTION)


@pytest.mark.parametrize(
    "data",
    [
        "book:9999", "2", "", f"{QUESTION}:0", f"{QUESTION}:1:2", "x" * 64, "é:1", "OUI", f"{QUESTION}:oui",
        f"{QUESTION}:OUI ", f"{QUESTION}:1 OUI",
    ],
)  # fmt: skip
def test_a_button_that_is_none_of_ours_answers_no_question(data: str) -> None:
    found = brought(pressed(MARIE, data)).inbound
    assert found is not None
    assert (found.came, found.text, found.question) == (Came.BUTTON, "", "")


@pytest.mark.parametrize("phone", ["+33639980001", "33639980001"])
def test_a_card_of_the_senders_own_is_their_number(phone: str) -> None:
    update = card(MARIE, phone, MARIE)
    assert brought(update) == Read(inbound(update, Came.NUMBER, "+33639980001"))


@pytest.mark.parametrize("owner", [None, 4243])
def test_a_card_of_somebody_else_is_nobodys_number(owner: int | None) -> None:
    update = card(MARIE, "+33639980001", owner)
    assert brought(update) == Read(inbound(update, Came.CONTACT, ""))


def test_a_card_with_no_number_that_can_be_one_is_nobodys() -> None:
    update = card(MARIE, "15", MARIE)
    assert brought(update) == Read(inbound(update, Came.CONTACT, ""))


@pytest.mark.parametrize(("status", "is_open"), [("kicked", False), ("member", True)])
def test_a_person_who_blocks_the_bot_or_lets_it_write_again_is_told_of(status: str, *, is_open: bool) -> None:
    assert brought(presence(MARIE, status, AT)) == Read(presence=Presence(f"tg:{MARIE}", is_open, AT))


@pytest.mark.parametrize(
    "update",
    [written(GROUP, "rdv"), presence(GROUP, "member", AT), written(GROUP, "x", by="edited_message")],
)
def test_a_group_is_left(update: dict[str, Any]) -> None:
    assert brought(update) == Read(call=Call("leaveChat", {"chat_id": GROUP}))


def test_a_group_that_sent_the_bot_away_is_not_left_again() -> None:
    assert brought(presence(GROUP, "kicked", AT)) == Read()


def test_a_button_pressed_in_a_group_does_nothing() -> None:
    found = brought(pressed(GROUP, f"{QUESTION}:1", by=MARIE))
    assert found.inbound is None
    assert found.call is not None
    assert found.call.method == "answerCallbackQuery"


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["0"]}},
        written(MARIE, "x", by="channel_post"),
        written(MARIE, "rdv", **{"from": {**double.BOT, "id": 7}}),
        written(MARIE, pinned_message={"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}),
    ],
    ids=["nothing", "a poll", "a channel", "another bot", "news of the chat"],
)
def test_what_nobody_says_to_us_brings_nothing(update: dict[str, Any]) -> None:
    assert brought(update) == Read()
