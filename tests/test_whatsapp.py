"""WhatsApp, over HTTP with a Twilio double: what is answered there, what leaves later, what goes by SMS instead."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking import rdvs
from booking.db import reading, transaction
from booking.models import Agent, Avis, AvisEtat, Rdv, Usager
from bot import outbox, relay, templates, turn
from bot.chat import settle
from bot.ledger import Contact, Outgoing, OutgoingState, Received
from bot.shell import Shell
from bot.templates import TemplatesRefused
from bot.web import doors
from channels.gsm7 import ALPHABET
from channels.sms import TwilioSms, read
from channels.whatsapp import WhatsApp
from conversations.messages import Came
from conversations.phrases import Phrases, catalogue, named
from tests.conftest import OPEN_SHELL, Clock
from tests.servers.carrier import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    BROKEN_AFTER,
    FAIR,
    Carrier,
    Text,
    carrier,
    refusing,
)
from tests.servers.twilio import OUR_NUMBER, twilio
from tests.servers.web import site
from tests.test_phrases import CATALOGUE, PHRASES, in_each_language, worst
from tests.worlds import ARRAS, MARIE, NOW, PARIS, dans

REMINDER = "HX" + "1" * 32
APPROVED = (
    "Bonjour, {{1}} : rappel, RDV {{2}}, {{3}}, {{4}}. OUI si vous venez, ANNULER sinon, AUTRE pour changer de jour."
)
TEMPLATES = {"fr": {"notice.reminder": REMINDER}}
A_DAY = timedelta(hours=24)


@dataclass
class House:
    """The product behind its address, the Twilio that carries both its channels, and Marie."""

    shell: Shell
    carrier: Carrier
    clock: Clock

    def hears(self, text: str, channel: str = "whatsapp") -> list[Text]:
        """Marie writes; what leaves because of it."""
        prefix = "whatsapp:" if channel == "whatsapp" else ""
        before = len(self.carrier.accepted)
        assert self.carrier.hand_over(self.carrier.hear(prefix + MARIE, prefix + ARRAS, text))
        settle(self.shell)
        return self.carrier.accepted[before:]

    def wait(self, time: timedelta) -> list[Text]:
        """Time passes; what leaves because of it."""
        before = len(self.carrier.accepted)
        self.clock.now += time
        settle(self.shell)
        return self.carrier.accepted[before:]

    def until_the_reminder(self) -> list[Text]:
        """The hour comes when Marie is reminded of Léa's RDV of Thursday at ten."""
        return self.wait(dans(4 * 24 * 60) - self.clock.now)

    def change(self, **columns: Any) -> None:
        """Change something of Marie's fiche."""
        with transaction(self.shell.sessions) as session:
            marie = session.scalars(select(Usager).where(Usager.telephone == MARIE)).one()
            for name, value in columns.items():
                setattr(marie, name, value)

    def service_moves(self, minutes: int) -> None:
        with transaction(self.shell.sessions) as session:
            rdv = session.scalars(select(Rdv)).one()
            later = rdv.debut + timedelta(minutes=minutes)
            rdvs.move(session, rdv, debut=later, qui="agent:a.durand", now=self.clock.now)


Open = Callable[..., House]


@pytest.fixture
def open_house(open_world: OPEN_SHELL, clock: Clock) -> Iterator[Open]:
    with ExitStack() as opened:

        def open_(world: str = "un_rdv", kind: str = "sqlite", **settings: Any) -> House:
            here, theirs = opened.enter_context(site()), opened.enter_context(carrier(clock))
            theirs.door, theirs.templates = here.url, {REMINDER: APPROVED}
            sms = TwilioSms(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=ARRAS, api_base=theirs.base)
            shell = open_world(world, kind=kind, public_url=here.url, **settings)
            shell = replace(shell, channels={"sms": sms, "whatsapp": WhatsApp(sms)})
            app = Flask("house")
            app.register_blueprint(doors(shell))
            here.serve(app)
            return House(shell, theirs, clock)

        yield open_


def by(sent: Sequence[Text]) -> list[str]:
    """The channel of each."""
    return ["whatsapp" if text.to.startswith("whatsapp:") else "sms" for text in sent]


def the_reminder(shell: Shell) -> Avis:
    with reading(shell.sessions) as session:
        return session.scalars(select(Avis).where(Avis.kind == "reminder")).one()


# What is answered there


def test_what_is_written_on_whatsapp_is_answered_there_from_the_number_written_to(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    (answer,) = house.hears("mes rdv")
    assert (answer.to, answer.sender) == (f"whatsapp:{MARIE}", f"whatsapp:{ARRAS}")
    assert "Léa, Consultation PMI, jeu 26 nov 10h" in answer.body
    with reading(house.shell.sessions) as session:
        (row,) = session.scalars(select(Outgoing)).all()
        assert (row.contact.name, row.segments) == (f"whatsapp:{MARIE}", 0)


def test_full_typography_leaves_on_whatsapp_and_what_an_sms_carries_by_sms(open_house: Open) -> None:
    house = open_house()
    (on_whatsapp,) = house.hears("stop")
    (by_sms,) = house.hears("stop et rdv", "sms")
    assert "gardés. Répondez" in on_whatsapp.body
    assert ALPHABET.issuperset(by_sms.body)


@pytest.mark.parametrize("held", [{"NumMedia": "1"}, {"Latitude": "50.28", "Longitude": "2.77"}])
def test_a_voice_a_picture_or_a_place_is_told_from_an_empty_message(held: dict[str, str]) -> None:
    form = {"MessageSid": "MM" + "0" * 32, "From": f"whatsapp:{MARIE}", "To": f"whatsapp:{ARRAS}", "Body": ""}
    assert read({**form, **held}).came is Came.MEDIA
    assert read({**form, **held, "Body": "voici"}).came is Came.TEXT
    assert read({**form, "NumMedia": "0"}).came is Came.TEXT


def test_a_twilio_that_nobody_here_wrote_brings_whatsapp_and_takes_it(open_world: OPEN_SHELL) -> None:
    with site() as here, twilio(here.url) as double:
        sms = TwilioSms(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=OUR_NUMBER, api_base=double.base)
        shell = open_world("un_rdv", public_url=here.url)
        shell = replace(shell, channels={"sms": sms, "whatsapp": WhatsApp(sms)})
        app = Flask("house")
        app.register_blueprint(doors(shell))
        here.serve(app)
        double.receive(f"whatsapp:{OUR_NUMBER}", f"whatsapp:{MARIE}", "mes rdv")
        settle(shell)
        (answer,) = double.messages()
        assert (answer["to"], answer["from"]) == (f"whatsapp:{MARIE}", f"whatsapp:{OUR_NUMBER}")
        double.set_status(answer["sid"], "delivered")
        with reading(shell.sessions) as session:
            assert session.scalars(select(Outgoing.state)).all() == [OutgoingState.DELIVERED]


def test_what_no_webhook_brought_is_taken_once_though_both_channels_are_asked(open_house: Open) -> None:
    house = open_house()
    house.carrier.hear(f"whatsapp:{MARIE}", f"whatsapp:{ARRAS}", "mes rdv")
    assert turn.reconcile(house.shell) == 1
    with reading(house.shell.sessions) as session:
        assert [one.channel for one in session.scalars(select(Received))] == ["whatsapp"]


# What leaves later


def test_news_of_the_day_arrive_where_the_person_has_just_written(open_house: Open) -> None:
    house = open_house()
    house.hears("mes rdv")
    house.service_moves(60)
    assert by(house.wait(timedelta(0))) == ["whatsapp"]


@pytest.mark.parametrize(
    ("later", "channel"), [(A_DAY - timedelta(minutes=1), "whatsapp"), (A_DAY + timedelta(minutes=1), "sms")]
)
def test_a_day_after_the_person_wrote_news_go_by_sms(open_house: Open, later: timedelta, channel: str) -> None:
    house = open_house()
    # A Monday, lest the window of the hours should keep it.
    house.wait(timedelta(days=3))
    house.hears("mes rdv")
    house.wait(later)
    house.service_moves(60)
    assert by(house.wait(timedelta(0))) == [channel]


def test_a_reminder_by_sms_is_answered_by_sms(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    house.hears("mes rdv")
    (reminder,) = house.until_the_reminder()
    assert (by([reminder]), reminder.sender) == (["sms"], ARRAS)
    (answer,) = house.hears("oui", "sms")
    assert answer.body == "Merci, c'est noté. A jeudi 10h."


def test_who_writes_by_sms_again_is_written_to_by_sms(open_house: Open) -> None:
    house = open_house()
    house.hears("mes rdv")
    house.hears("mes rdv", "sms")
    house.service_moves(60)
    assert by(house.wait(timedelta(0))) == ["sms"]


@pytest.mark.parametrize("stopped", ["whatsapp", "sms"])
def test_stop_silences_both(open_house: Open, stopped: str) -> None:
    house = open_house()
    house.hears("stop", stopped)
    house.hears("mes rdv", "sms" if stopped == "whatsapp" else "whatsapp")
    assert house.until_the_reminder() == []
    assert the_reminder(house.shell).raison == "stop"


# Templates


def test_a_reminder_that_has_a_template_leaves_on_whatsapp_whenever_it_is(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind, whatsapp_templates=TEMPLATES)
    house.hears("mes rdv")
    (reminder,) = house.until_the_reminder()
    assert by([reminder]) == ["whatsapp"]
    assert reminder.form["ContentSid"] == REMINDER
    assert "Body" not in reminder.form
    assert reminder.body == (
        "Bonjour, MDS Arras : rappel, RDV Consultation PMI pour Léa, jeu 26 nov 10h, 12 rue des Rosati, Arras. "
        "OUI si vous venez, ANNULER sinon, AUTRE pour changer de jour."
    )
    (answer,) = house.hears("oui")
    assert answer.body == "Merci, c'est noté. À jeudi 10h."


def test_within_the_day_our_own_words_leave_template_or_not(open_house: Open) -> None:
    house = open_house(whatsapp_templates=TEMPLATES)
    house.wait(dans(4 * 24 * 60) - house.clock.now - timedelta(hours=1))
    house.hears("mes rdv")
    (reminder,) = house.wait(timedelta(hours=1))
    assert by([reminder]) == ["whatsapp"]
    assert "ContentSid" not in reminder.form


def test_news_that_have_no_template_go_by_sms(open_house: Open) -> None:
    house = open_house(whatsapp_templates=TEMPLATES)
    house.hears("mes rdv")
    house.wait(timedelta(days=3))
    house.service_moves(60)
    assert by(house.wait(timedelta(0))) == ["sms"]


def test_a_discreet_person_is_never_told_more_by_a_template(open_house: Open) -> None:
    house = open_house(whatsapp_templates=TEMPLATES)
    house.change(discret=True)
    house.hears("mes rdv")
    (reminder,) = house.until_the_reminder()
    assert by([reminder]) == ["sms"]
    assert "PMI" not in reminder.body


def test_a_template_that_twilio_may_have_taken_is_not_sent_twice(open_house: Open) -> None:
    house = open_house(whatsapp_templates=TEMPLATES)
    house.hears("mes rdv")
    house.carrier.manners = chain([BROKEN_AFTER], repeat(FAIR))
    house.until_the_reminder()
    house.wait(timedelta(minutes=5))
    assert len(house.carrier.accepted) == 2
    with reading(house.shell.sessions) as session:
        last = session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
        assert last is not None
        assert last.state is OutgoingState.SENT


# What WhatsApp does not carry


@pytest.mark.parametrize("code", [63016, 63003, 63028])
def test_what_whatsapp_refuses_is_told_by_sms_once(open_house: Open, code: int, kind: str) -> None:
    house = open_house(kind=kind, whatsapp_templates=TEMPLATES)
    house.hears("mes rdv")
    house.carrier.manners = chain([refusing(code)], repeat(FAIR))
    assert by(house.until_the_reminder()) == ["sms"]
    assert the_reminder(house.shell).etat is AvisEtat.DIT
    assert house.wait(timedelta(hours=2)) == []


def test_a_receipt_that_tells_of_a_day_that_is_over_leads_to_one_sms(open_house: Open, kind: str) -> None:
    house = open_house(kind=kind)
    house.hears("mes rdv")
    house.service_moves(60)
    (news,) = house.wait(timedelta(0))
    news.code = 63016
    for _ in range(2):
        assert house.carrier.report(news, "undelivered")
    assert by(house.wait(timedelta(0))) == ["sms"]
    assert house.wait(timedelta(hours=2)) == []
    with reading(house.shell.sessions) as session:
        contact = session.scalars(select(Contact).where(Contact.channel == "whatsapp")).one()
        marie = session.scalars(select(Usager).where(Usager.telephone == MARIE)).one()
    # Nothing is wrong with the number, nor with who has it.
    assert (contact.flag, contact.unreachable, marie.a_reverifier) == (None, None, None)


def test_who_was_refused_on_whatsapp_is_told_by_sms_until_they_write_there_again(open_house: Open) -> None:
    house = open_house()
    house.hears("mes rdv")
    house.service_moves(60)
    house.carrier.manners = chain([refusing(63016)], repeat(FAIR))
    house.wait(timedelta(0))
    house.service_moves(60)
    assert by(house.wait(timedelta(hours=1))) == ["sms"]
    house.hears("mes rdv")
    house.service_moves(60)
    assert by(house.wait(timedelta(hours=1))) == ["whatsapp"]


def test_what_waited_until_the_day_was_over_goes_by_sms(open_house: Open) -> None:
    house = open_house()
    house.wait(timedelta(days=3))
    house.hears("mes rdv")
    house.wait(A_DAY - timedelta(minutes=1))
    house.carrier.manners = chain([replace(refusing(20429), status=429, retry_after=180)], repeat(FAIR))
    house.service_moves(60)
    assert house.wait(timedelta(0)) == []
    # Dropped in one pass of the workers, told in the next.
    assert by(house.wait(timedelta(minutes=10)) + house.wait(timedelta(seconds=5))) == ["sms"]


def test_an_agents_words_of_the_next_days_go_by_sms_and_the_answer_comes_to_the_agent(
    open_house: Open, kind: str
) -> None:
    house = open_house(kind=kind)
    house.hears("je voudrais parler à quelqu'un")
    house.wait(timedelta(days=3))
    with transaction(house.shell.sessions) as session:
        contact = session.scalars(select(Contact).where(Contact.channel == "whatsapp")).one()
        agent = session.scalars(select(Agent).where(Agent.ref == "a.durand")).one()
        assert relay.take(session, contact.id, agent, house.clock.now)
        relay.answer(session, house.shell, contact, agent, "Oui, bien sûr, à bientôt", house.clock.now)
    (words,) = house.wait(timedelta(0))
    assert (by([words]), words.body) == (["sms"], "Anne Durand : Oui, bien sur, à bientot")
    assert house.hears("merci, à quelle heure ?", "sms") == []
    with reading(house.shell.sessions) as session:
        phone = session.scalars(select(Contact).where(Contact.channel == "sms")).one()
    assert (phone.flag, phone.held_by_id) == (relay.QUESTION, agent.id)


def test_nobody_who_never_wrote_on_whatsapp_is_written_to_there(open_house: Open) -> None:
    house = open_house(whatsapp_templates=TEMPLATES)
    assert by(house.until_the_reminder()) == ["sms"]


def test_a_fast_whatsapp_takes_nothing_from_the_sms_of_the_same_number(open_house: Open) -> None:
    house = open_house(sms_segments_per_second=1.0)
    for _ in range(8):
        house.hears("mes rdv")
    with transaction(house.shell.sessions) as session:
        reminder = {"kind": "reminder", "priority": 2, "segments": 1, "sender": ARRAS, "created_at": NOW}
        phone = outbox.contact_of(session, "sms", MARIE)
        session.add(Outgoing(contact_id=phone.id, cause="test:0", text="rappel", not_before=NOW, **reminder))
    assert by(house.wait(timedelta(0))) == ["sms"]


# The file of templates


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "templates.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_names_the_template_of_each_phrase(tmp_path: Path) -> None:
    path = written(tmp_path, f'[fr]\n"notice.reminder" = "{REMINDER}"\n')
    assert templates.read(path) == TEMPLATES


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[fr", "is not TOML"),
        (f'[de]\n"notice.reminder" = "{REMINDER}"', "de: must be a table named after a language: fr"),
        ('fr = "HX"', "fr: must be a table"),
        (f'[fr]\n"notice.rappel" = "{REMINDER}"', "fr.notice.rappel: no such phrase"),
        (f'[fr]\n"book.motif" = "{REMINDER}"', "fr.book.motif: no such phrase"),
        ('[fr]\n"notice.reminder" = "HX12"', "fr.notice.reminder: must be the SID of a content template"),
        ('[fr]\n"notice.reminder" = 12', "fr.notice.reminder: must be the SID of a content template"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(TemplatesRefused, match=re.escape(says)):
        templates.read(written(tmp_path, text))


def test_every_error_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = f'[fr]\n"notice.rappel" = "{REMINDER}"\n"notice.reminder" = ""\n[xx]\n'
    with pytest.raises(TemplatesRefused) as refusal:
        templates.read(written(tmp_path, text))
    assert len(refusal.value.errors) == 3


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplatesRefused, match="cannot be read"):
        templates.read(tmp_path / "nowhere.toml")


GUIDE = Path(__file__).parents[1] / "docs" / "expediteurs.md"
PROPOSED = re.findall(r"^\| `(notice\.\w+)` \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("key", "body"), PROPOSED, ids=[key for key, _ in PROPOSED])
def test_the_guide_proposes_templates_that_whatsapp_accepts_with_the_blanks_that_we_fill(key: str, body: str) -> None:
    numbers = [int(number) for number in re.findall(r"\{\{(\d+)\}\}", body)]
    assert numbers == list(range(1, len(named(CATALOGUE[key])) + 1))
    assert not body.startswith("{{")
    assert not body.endswith("}}")
    assert not re.search(r"\}\}\s*\{\{", body)


def test_a_guided_template_says_the_words_of_its_phrase() -> None:
    assert len(PROPOSED) >= 8
    for key, body in PROPOSED:
        asked = set(re.findall(r"\b[A-ZÉ]{2,}\b", catalogue("fr")[key])) - {"RDV"}
        assert asked <= set(re.findall(r"\b[A-ZÉ]{2,}\b", body)), key


# Every phrase, on every channel


@in_each_language
@pytest.mark.parametrize("key", CATALOGUE)
def test_each_phrase_leaves_as_its_channel_carries_it(key: str, code: str) -> None:
    sms = TwilioSms(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=ARRAS)
    for _, text, _ in PHRASES[code].messages([worst(key)]):
        by_sms, on_whatsapp = sms.layout(text), WhatsApp(sms).layout(text)
        assert ALPHABET.issuperset(by_sms.text)
        assert by_sms.segments <= 2
        assert (on_whatsapp.text, on_whatsapp.segments) == (text, 0)
        assert len(text) <= 1600


def test_a_blank_takes_no_more_room_than_in_the_phrase() -> None:
    phrases = Phrases("fr", PARIS)
    filled = templates.fill(TEMPLATES, [worst("notice.reminder")], "fr", phrases)
    assert filled is not None
    assert len(json.dumps(filled.blanks)) < 300


def test_what_lists_something_or_leaves_a_blank_empty_has_no_template() -> None:
    phrases, said = Phrases("fr", PARIS), worst("notice.reminder")
    assert templates.fill(TEMPLATES, [said], "en", phrases) is None
    assert templates.fill(TEMPLATES, [said, said], "fr", phrases) is None
    assert templates.fill(TEMPLATES, [replace(said, options=("Léa",))], "fr", phrases) is None
    assert templates.fill(TEMPLATES, [replace(said, values={**said.values, "quoi": ""})], "fr", phrases) is None
