"""Telegram's door: updates brought over HTTP, forged, repeated, out of order; and what is said in return, to a Bot API
on this machine."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import IO, Any

import pytest
import requests
from flask import Flask
from sqlalchemy import func, select

from booking.db import reading, transaction
from booking.models import Rdv, Usager
from bot import tasks
from bot.lane import by_sender, for_one_writer
from bot.ledger import Contact, Received
from bot.limits import NEWCOMERS
from bot.settings import TelegramSettings
from bot.shell import Shell
from bot.web import doors
from channels.telegram import Telegram
from tests.conftest import OPEN_SHELL, Clock
from tests.servers.telegram import (
    SECRET,
    SECRET_HEADER,
    TOKEN,
    BotApi,
    Sent,
    Update,
    card,
    presence,
    pressed,
    telegram,
    written,
)
from tests.servers.web import site
from tests.worlds import NOW, dans

DOOR = "/webhooks/telegram"
CHAT, OTHER, GROUP = 42420001, 42420002, -100200300
WELCOME = "Telegram garde une copie"
BETWEEN = timedelta(seconds=5)
CLOSED = "Cette question n'est plus ouverte."


@dataclass(frozen=True)
class House:
    """The product behind its door, and the Telegram that knows both."""

    url: str
    shell: Shell
    api: BotApi
    clock: Clock

    def post(self, update: Any, **headers: str) -> requests.Response:
        """The answer to an update that Telegram brings, unless `headers` say otherwise."""
        headers = {SECRET_HEADER: SECRET, **headers}
        return requests.post(self.url + DOOR, json=update, headers=headers, timeout=10)

    def hears(self, update: Update) -> list[Sent]:
        """What is said once an update has been brought, a while after the last one, and all is done that is due."""
        self.clock.now += BETWEEN
        assert self.post(update).status_code == 200
        return self.does()

    def does(self) -> list[Sent]:
        """What is said once everything is done that is due."""
        before = len(self.api.sent)
        while tasks.work_off(self.shell):
            pass
        return self.api.sent[before:]

    def reads(self, *texts: str, chat: int = CHAT) -> Sent:
        """The last thing said to somebody who writes this, one message after the other."""
        return [self.hears(written(chat, text)) for text in texts][-1][-1]

    def count(self, *tables: type) -> int:
        with reading(self.shell.sessions) as session:
            return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)

    def contact(self, chat: int = CHAT) -> Contact:
        with reading(self.shell.sessions) as session:
            return session.scalars(select(Contact).where(Contact.address == f"tg:{chat}")).one()


Open = Callable[..., House]


@pytest.fixture
def open_house(open_world: OPEN_SHELL, clock: Clock) -> Iterator[Open]:
    """Opens the product on a world: `open_house("un_rdv", kind="postgres")`."""
    with telegram() as api, site() as here:

        def open_(world: str = "vendredi_matin", kind: str = "sqlite", **settings: Any) -> House:
            account = TelegramSettings(TOKEN, SECRET, api.base)
            shell = open_world(world, kind=kind, **{"telegram": account, **settings})
            app = Flask("house")
            app.register_blueprint(doors(shell))
            here.serve(app)
            house = House(here.url, shell, api, clock)
            opened.append(house)
            return house

        opened: list[House] = []
        yield open_
        for house in opened:
            bot = house.shell.channels["telegram"]
            assert isinstance(bot, Telegram)
            bot.close()


def said(answers: list[Sent]) -> list[str]:
    return [one.text for one in answers]


# Who may come in


@pytest.mark.parametrize("given", ["", SECRET[:-1], SECRET + "x", SECRET.upper(), "é" * 8])
def test_who_does_not_hold_the_secret_leaves_no_trace(open_house: Open, given: str) -> None:
    house = open_house()
    before = house.count(Contact, Received)
    assert (
        house.post(written(CHAT, "rdv"), **{SECRET_HEADER: given.encode("utf-8").decode("latin-1")}).status_code == 403
    )
    assert house.count(Contact, Received) == before


def test_who_gives_no_secret_leaves_no_trace(open_house: Open) -> None:
    house = open_house()
    assert requests.post(house.url + DOOR, json=written(CHAT, "rdv"), timeout=10).status_code == 403
    assert house.count(Contact) == 0


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b'{"update_id": 1}', "text/plain", 415),
        (b'{"update_id": 1}', "application/x-www-form-urlencoded", 415),
        (b'{"update_id": 1, "x": "' + b"a" * 65 * 1024 + b'"}', "application/json", 413),
        (b"[]", "application/json", 400),
        (b'"rdv"', "application/json", 400),
        (b"{}", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b'{"update_id": "1"}', "application/json", 400),
    ],
)
def test_what_is_no_update_is_turned_away(open_house: Open, body: bytes, media: str, status: int) -> None:
    house = open_house()
    headers = {SECRET_HEADER: SECRET, "Content-Type": media}
    assert requests.post(house.url + DOOR, body, headers=headers, timeout=10).status_code == status
    assert house.count(Contact, Received) == 0


def test_an_update_that_cannot_be_read_is_not_asked_for_again(open_house: Open) -> None:
    house = open_house()
    assert house.post({"update_id": 1, "message": {"text": "rdv"}}).status_code == 200
    assert house.count(Contact, Received) == 0
    assert said(house.hears(written(CHAT, "bonjour")))


def test_the_door_is_not_for_reading(open_house: Open) -> None:
    assert requests.get(open_house().url + DOOR, timeout=10).status_code == 405


@pytest.mark.parametrize("account", [None, TelegramSettings(TOKEN, None, "http://127.0.0.1:9")])
def test_without_a_secret_there_is_no_door(open_world: OPEN_SHELL, account: TelegramSettings | None) -> None:
    app = Flask("closed")
    app.register_blueprint(doors(open_world(telegram=account)))
    assert app.test_client().post(DOOR, json=written(CHAT, "rdv")).status_code == 404


# What is said


def test_a_first_message_is_told_what_telegram_keeps_and_answered(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    welcome, question = house.hears(written(CHAT, "/start"))
    assert WELCOME in welcome.text
    assert welcome.buttons == ({"text": "Partager mon numéro", "request_contact": True},)
    assert question.text.startswith(
        "MDS Arras, bonjour. Pour quel RDV ?\n1 Consultation PMI\n2 Puéricultrice à domicile"
    )
    assert question.labels[:2] == ["1 Consultation PMI", "2 Puéricultrice à domicile"]
    assert WELCOME not in house.reads("/start").text


def test_a_button_answers_its_question(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    question = house.reads("/rdv")
    press = pressed(CHAT, question.buttons[0]["callback_data"])
    answer = house.post(press).json()
    assert answer == {"method": "answerCallbackQuery", "callback_query_id": press["callback_query"]["id"]}
    (instructions,) = house.does()
    assert instructions.text.startswith("Consultation PMI, 30 min, sur place. À lire avant")


def test_a_button_of_an_older_question_only_says_what_is_asked_now(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    old = house.reads("/rdv")
    now = house.reads("assistante sociale")
    assert said(house.hears(pressed(CHAT, old.buttons[1]["callback_data"]))) == [CLOSED, now.text]
    assert house.reads("Marie Martin").text != now.text


def test_a_button_pressed_twice_acts_once(open_house: Open) -> None:
    house = open_house()
    button = house.reads("/rdv").buttons[0]["callback_data"]
    (instructions,) = house.hears(pressed(CHAT, button))
    assert said(house.hears(pressed(CHAT, button))) == [CLOSED, instructions.text]


def test_a_button_of_a_question_that_has_closed_books_nothing(open_house: Open, clock: Clock) -> None:
    house = open_house()
    old = house.reads("/rdv")
    clock.now = NOW + timedelta(hours=25)
    (answer,) = house.hears(pressed(CHAT, old.buttons[0]["callback_data"]))
    assert "cette question n'est plus ouverte" in answer.text


def test_the_button_of_somebody_else_opens_nothing(open_house: Open) -> None:
    house = open_house()
    theirs = house.reads("/rdv", "assistante sociale", "Paul Roy", "1")
    assert theirs.buttons
    house.reads("/rdv", chat=OTHER)
    answers = house.hears(pressed(OTHER, theirs.buttons[0]["callback_data"]))
    assert said(answers)[0] == CLOSED
    assert answers[1].text.startswith("Pour quel RDV ?")


@pytest.mark.parametrize("data", ["book:9999", "0123456789abcdef:1", ""])
def test_an_invented_button_opens_nothing(open_house: Open, data: str) -> None:
    house = open_house()
    house.reads("/rdv")
    assert said(house.hears(pressed(CHAT, data)))[0] == CLOSED


def test_a_button_when_nothing_is_asked_says_how_to_begin(open_house: Open) -> None:
    house = open_house()
    old = house.reads("/rdv")
    house.reads("stop")
    assert said(house.hears(pressed(CHAT, old.buttons[0]["callback_data"])))[0] == CLOSED


def test_the_words_a_message_asks_for_are_its_buttons_in_each_language(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    assert house.reads("/rdv").labels[-2:] == ["SUITE", "AIDE"]
    assert house.reads("english").labels[-1:] == ["MORE"]
    instructions = house.reads("1")
    assert instructions.labels == ["YES"]
    assert said(house.hears(pressed(CHAT, instructions.buttons[0]["callback_data"])))[0].startswith("For which child?")


def test_a_word_pressed_twice_acts_once(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    held = house.reads("/start social", "Paul Roy", "1", "1")
    assert held.labels == ["OUI", "RETOUR"]
    yes, back = (button["callback_data"] for button in held.buttons)
    (booked,) = house.hears(pressed(CHAT, yes))
    assert booked.text.startswith("C'est réservé")
    before = house.count(Rdv)
    assert {said(house.hears(pressed(CHAT, data)))[0] for data in (yes, back)} == {CLOSED}
    assert house.count(Rdv) == before


def test_a_word_under_the_last_news_counts_while_nothing_is_asked(open_house: Open, clock: Clock) -> None:
    house = open_house()
    booked = house.reads("/start social", "Paul Roy", "1", "1", "oui")
    assert booked.labels == ["ANNULER"]
    give_up = booked.buttons[0]["callback_data"]
    (confirm,) = house.hears(pressed(CHAT, give_up))
    assert confirm.labels == ["OUI", "NON"]
    house.hears(pressed(CHAT, confirm.buttons[1]["callback_data"]))
    assert said(house.hears(pressed(CHAT, give_up))) == [confirm.text]
    house.reads("/rdv")
    assert said(house.hears(pressed(CHAT, give_up)))[0] == CLOSED
    clock.now += timedelta(hours=25)
    assert said(house.hears(pressed(CHAT, give_up))) == [
        "Vous n'avez pas de RDV à venir. Répondez RDV pour en prendre un."
    ]


def test_a_deep_link_names_the_motif(open_house: Open) -> None:
    assert open_house().reads("/start consult-pmi").text.startswith("Consultation PMI, 30 min")


@pytest.mark.parametrize("payload", ["nulle-part", "x" * 64, "__proto__"])
def test_a_deep_link_to_nowhere_gets_the_list(open_house: Open, payload: str) -> None:
    assert "Pour quel RDV ?" in open_house().reads(f"/start {payload}").text


def test_the_commands_are_the_words_that_work_anywhere(open_house: Open) -> None:
    house = open_house()
    answers = {command: house.reads(command).text for command in ("/mesrdv", "/annuler", "/aide", "/langue", "/stop")}
    assert "pas de RDV à venir" in answers["/mesrdv"]
    assert "pas de RDV à venir" in answers["/annuler"]
    assert "03 21 00 00 00" in answers["/aide"]
    assert "English" in answers["/langue"]
    assert "plus aucun message automatique" in answers["/stop"]


def test_a_whole_booking_by_buttons_but_for_the_name(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    question = house.reads("/start social", "Paul Roy")
    while question.labels != ["ANNULER"]:
        (question,) = house.hears(pressed(CHAT, question.buttons[0]["callback_data"]))
    assert question.text.startswith("C'est réservé : ven 20 nov 14h")
    with reading(house.shell.sessions) as session:
        usager = session.scalars(select(Usager).where(Usager.prenom == "Paul")).one()
        booked = session.scalars(select(Rdv).where(Rdv.cree_par == "usager:telegram")).one()
    assert (usager.telegram, usager.telephone) == (f"tg:{CHAT}", None)
    assert booked.debut == dans(240)


# What is not written


@pytest.mark.parametrize("media", [{"sticker": 1}, {"photo": 1}, {"voice": 1}, {"location": 1}], ids=str)
def test_what_is_not_written_gets_a_polite_line_and_the_question_again(open_house: Open, media: dict[str, int]) -> None:
    house = open_house()
    now = house.reads("/rdv", "assistante sociale")
    answers = said(house.hears(written(CHAT, **{name: MEDIA[name] for name in media})))
    assert answers == [
        "Je ne lis que les messages écrits : ni photo, ni vocal, ni document n'est ouvert ici.",
        now.text,
    ]
    assert house.api.called == []


FILE = {"file_id": "f", "file_unique_id": "u"}
MEDIA: dict[str, Any] = {
    "sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"},
    "photo": [{**FILE, "width": 1, "height": 1}],
    "voice": {**FILE, "duration": 3},
    "location": {"longitude": 2.77, "latitude": 50.28},
}


def test_a_changed_message_answers_nothing_and_says_so_while_a_question_is_open(open_house: Open) -> None:
    house = open_house()
    assert house.hears(written(CHAT, "oui", by="edited_message", edit_date=2))[1:] == []
    now = house.reads("/rdv")
    answers = said(house.hears(written(CHAT, "1", by="edited_message", edit_date=2)))
    assert answers[0].startswith("Un message modifié n'est pas relu.")
    assert answers[1].splitlines()[1] == now.text.splitlines()[1]


def test_a_group_is_left_and_nothing_of_it_kept(open_house: Open) -> None:
    house = open_house()
    assert house.post(written(GROUP, "/rdv")).json() == {"method": "leaveChat", "chat_id": GROUP}
    assert house.count(Contact, Received) == 0


# Again, and out of order


@dataclass(frozen=True)
class Posted:
    """An update as the server has read it."""

    update: Update
    path: str = DOOR

    @property
    def body(self) -> bytes:
        return json.dumps(self.update).encode()

    @property
    def content_length(self) -> int:
        return len(self.body)

    def get_body_stream(self) -> IO[bytes]:
        return BytesIO(self.body)


QUOTED = '"chat":{"id":1}'


@pytest.mark.parametrize(
    "update",
    [
        written(CHAT, QUOTED), written(CHAT, "x", by="edited_message"), pressed(CHAT, QUOTED),
        presence(CHAT, "kicked", NOW), card(CHAT, "+33639980001", CHAT),
    ],
)  # fmt: skip
def test_all_that_comes_from_one_chat_stands_in_one_lane(update: Update) -> None:
    assert by_sender(Posted(update)) == str(CHAT).encode()
    assert for_one_writer(Posted(update)) == ""


def test_what_comes_from_no_chat_waits_for_nobody() -> None:
    assert by_sender(Posted({"update_id": 1})) is None


def test_an_update_brought_twenty_times_at_once_is_one_message(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    update = written(CHAT, "/rdv")
    with ThreadPoolExecutor(20) as posts:
        answers = list(posts.map(lambda _: house.post(update).status_code, range(20)))
    assert answers == [200] * 20
    assert len(house.does()) == 2
    assert house.count(Received) == 1


def test_a_conversation_brought_again_from_the_start_says_nothing_more(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    updates = [written(CHAT, text) for text in ("/start social", "Paul Roy", "1", "1", "oui")]
    for update in updates:
        house.hears(update)
    assert house.count(Rdv) == 2
    told = list(house.api.sent)
    for update in (*reversed(updates), *updates):
        assert house.hears(update) == []
    assert house.api.sent == told
    assert house.count(Rdv) == 2


def test_an_older_update_that_comes_late_is_a_message_like_any_other(open_house: Open) -> None:
    house = open_house()
    first, second = written(CHAT, "assistante sociale"), written(CHAT, "/aide")
    assert "03 21 00 00 00" in house.hears(second)[-1].text
    assert "prénom" in house.hears(first)[-1].text


def test_a_message_that_breaks_our_code_does_not_keep_the_next_ones(open_house: Open) -> None:
    house = open_house()
    house.reads("/rdv")
    with transaction(house.shell.sessions) as session:
        contact = session.scalars(select(Contact)).one()
        assert contact.thread is not None
        contact.thread.state = {"step": None, "misses": "?", "past": 3, "aide": []}
    assert house.post(written(CHAT, "1")).status_code == 200
    house.does()
    assert house.reads("/aide")


# Who may be written to


def test_a_bot_that_is_blocked_writes_no_more_until_it_is_let_in_again(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    house.reads("/rdv")
    house.hears(presence(CHAT, "kicked", dans(1)))
    assert house.contact().unreachable == "403"
    house.hears(presence(CHAT, "member", dans(2)))
    assert house.contact().unreachable is None


def test_news_of_a_block_that_come_late_change_nothing(open_house: Open) -> None:
    house = open_house()
    house.reads("/rdv")
    house.hears(presence(CHAT, "kicked", dans(-60)))
    assert house.contact().unreachable is None


def test_who_never_wrote_and_blocks_the_bot_is_not_kept(open_house: Open) -> None:
    house = open_house()
    house.hears(presence(CHAT, "kicked", NOW))
    assert house.count(Contact) == 0


def test_newcomers_in_chats_are_no_crowd(open_house: Open) -> None:
    house = open_house()
    for place in range(NEWCOMERS + 5):
        house.hears(written(CHAT + place, "xyzzy"))
    assert all(len(house.api.texts(CHAT + place)) == 2 for place in range(NEWCOMERS + 5))
