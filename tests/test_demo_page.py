"""The demo page as people use it: in a real browser, with a script and without, its clock moved forward."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from booking.db import reading, transaction
from booking.models import Hold, Usager
from bot.app import create_app
from bot.demo.clock import DemoClock, kept_beside, pass_time
from bot.demo.people import InputError, mobile
from bot.ledger import Contact, Outgoing, OutgoingState
from bot.settings import Settings
from bot.shell import Shell
from bot.tasks import Here
from tests.conftest import OPEN_SHELL, Clock
from tests.servers.browser import quiet_page
from tests.servers.web import site
from tests.worlds import ARRAS, INCONNUE, MARIE, NOW

TRAP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
REMINDER = "rappel, RDV Consultation PMI pour L[ée]a jeu 26 nov 10h"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def moving(clock: Clock, tmp_path: Path) -> DemoClock:
    """The demo's clock, on a wall where it is always Friday, ten in the morning."""
    return DemoClock(tmp_path / "demo.clock", wall=clock)


@pytest.fixture
def shell(open_world: OPEN_SHELL, moving: DemoClock) -> Shell:
    """The demo on a world where Marie has one RDV to come, for Léa; it answers at once."""
    opened = replace(open_world("un_rdv"), clock=moving)
    return replace(opened, wake=Here(opened))


@pytest.fixture
def client(shell: Shell) -> FlaskClient:
    return create_app(shell).test_client()


@pytest.fixture
def base(shell: Shell) -> Iterator[str]:
    with site() as here:
        here.serve(create_app(shell))
        yield here.url


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    with quiet_page(browser, base) as page:
        yield page


@pytest.fixture
def scriptless(browser: Browser, base: str) -> Iterator[Page]:
    with quiet_page(browser, base, java_script_enabled=False) as page:
        yield page


def open_(page: Page, *numbers: str) -> None:
    page.goto("/demo/?" + "&".join(f"qui={number.replace('+', '%2B')}" for number in numbers))


def sms(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^SMS de ")).first


def telegram(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^Telegram de ")).first


def write(phone: Locator, *texts: str) -> None:
    """Send texts one after the other, each once the one before is answered."""
    for text in texts:
        count = got(phone).count()
        phone.get_by_label("Message", exact=True).fill(text)
        phone.get_by_role("button", name="Envoyer").click()
        expect(got(phone).nth(count)).to_be_visible()


def press(phone: Locator, *buttons: str) -> None:
    """Press buttons one after the other, the latest that is called so."""
    for button in buttons:
        count = got(phone).count()
        phone.get_by_role("button", name=button).last.click()
        expect(got(phone).nth(count)).to_be_visible()


def sent(phone: Locator) -> Locator:
    return phone.locator("li.sent .text")


def got(phone: Locator) -> Locator:
    return phone.locator("li.got .text")


def behind(page: Page) -> Locator:
    """What the bot keeps, unfolded."""
    page.get_by_text("Ce que le robot retient").first.click()
    return page.locator("details").first


def texted(client: FlaskClient, text: str = "rdv", sender: str = MARIE, recipient: str = ARRAS) -> Any:
    return client.post("/demo/sms", data={"de": sender, "a": recipient, "texte": text}, headers=HERE)


def told(shell: Shell, channel: str = "sms") -> list[Outgoing]:
    with reading(shell.sessions) as session:
        rows = select(Outgoing).join(Outgoing.contact).where(Contact.channel == channel).order_by(Outgoing.id)
        return list(session.scalars(rows))


# The phones


@pytest.mark.browser
def test_an_rdv_is_booked_by_sms_and_each_message_says_what_it_costs(page: Page) -> None:
    open_(page, INCONNUE)
    write(sms(page), "rdv pmi", "oui", "Léa Martin 14/03/2025", "Marie Martin", "1", "oui")
    expect(got(sms(page)).last).to_contain_text("C'est réservé : Léa, lun 23 nov 9h")
    expect(sms(page).locator("li.got .meta").last).to_have_text(re.compile(r"10.h.00 · \d segments? · envoyé"))
    expect(sms(page).locator("li").get_by_role("button")).to_have_count(0)
    expect(page.locator(".next")).to_contain_text("Consultation PMI, Léa")


@pytest.mark.browser
def test_an_rdv_is_booked_in_a_chat_by_its_buttons(page: Page) -> None:
    open_(page, MARIE)
    chat = telegram(page)
    press(chat, "Démarrer", "Partager mon numéro", "1 Consultation PMI", "OUI", "1 Léa", "1 lun 23 nov 9h", "OUI")
    expect(got(chat).last).to_contain_text("C'est réservé : Léa")
    expect(sent(chat).last).to_have_text("OUI")
    expect(chat.locator("li.sent .meta").last).to_contain_text("bouton")
    press(chat, "ANNULER")
    expect(got(chat).last).to_contain_text("Lequel ?")


@pytest.mark.browser
def test_whoever_shares_their_number_is_known_in_the_chat(page: Page) -> None:
    open_(page, MARIE)
    press(telegram(page), "Démarrer", "Partager mon numéro")
    expect(telegram(page).get_by_role("button", name="Partager mon numéro")).to_have_count(0)
    expect(telegram(page).locator("li.sent").last).to_contain_text("numéro partagé")
    write(telegram(page), "mes rdv")
    expect(got(telegram(page)).filter(has_text="jeu 26 nov 10h")).to_be_visible()


@pytest.mark.browser
def test_a_button_of_an_old_question_says_that_it_is_no_longer_open(page: Page) -> None:
    open_(page, MARIE)
    press(telegram(page), "Démarrer", "1 Consultation PMI", "2 Puéricultrice à domicile")
    expect(got(telegram(page)).filter(has_text="Cette question n'est plus ouverte.")).to_be_visible()


@pytest.mark.browser
def test_two_people_are_played_side_by_side_and_each_sees_their_own_messages(page: Page) -> None:
    open_(page, MARIE)
    page.get_by_role("link", name="Ajouter une personne").click()
    expect(page.get_by_role("region", name=re.compile("SMS"))).to_have_count(2)
    write(sms(page), "bonjour de Marie")
    write(page.get_by_role("region", name=re.compile("SMS")).nth(1), "bonjour d'ailleurs")
    expect(sent(page.locator(".person").first)).to_have_text(["bonjour de Marie"])
    expect(sent(page.locator(".person").last)).to_have_text(["bonjour d'ailleurs"])
    page.get_by_role("link", name="Retirer").first.click()
    expect(sent(page.locator(".person"))).to_have_text(["bonjour d'ailleurs"])


@pytest.mark.browser
def test_any_french_mobile_number_can_be_typed_in(page: Page) -> None:
    open_(page, MARIE)
    expect(page.get_by_label("Numéro", exact=True)).to_be_hidden()
    page.get_by_label("Qui écrit").select_option("Un autre numéro…")
    page.get_by_label("Numéro", exact=True).fill("0692 12 34 56")
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Le 0692 12 34 56")
    expect(page.get_by_label("Qui écrit")).to_have_value("+262692123456")


@pytest.mark.browser
def test_a_number_that_is_not_a_french_mobile_gets_a_sentence(page: Page) -> None:
    open_(page, MARIE)
    page.get_by_label("Qui écrit").select_option("Un autre numéro…")
    page.get_by_label("Numéro", exact=True).fill("03 21 00 00 00")
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_role("alert").filter(has_text="n'est pas un mobile français")).to_be_visible()
    expect(page).to_have_title(re.compile("^Erreur"))


@pytest.mark.browser
def test_what_is_refused_is_said_and_stays_to_be_corrected(page: Page) -> None:
    open_(page, MARIE)
    sms(page).get_by_label("Message", exact=True).fill("   ")
    page.keyboard.press("Enter")
    expect(sms(page).get_by_role("alert")).to_have_text("Écrivez un message avant de l'envoyer.")
    expect(sms(page).get_by_label("Message", exact=True)).to_have_value("   ")
    write(sms(page), "rdv")
    expect(sms(page).get_by_role("alert")).to_be_empty()


@pytest.mark.browser
def test_what_people_write_and_how_they_are_called_stays_text(page: Page, shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.telephone == MARIE)).one().prenom = TRAP
    open_(page, MARIE)
    write(sms(page), TRAP)
    expect(sent(sms(page))).to_have_text([TRAP])
    expect(page.get_by_role("heading", level=2)).to_have_text(TRAP)


# The clock


@pytest.mark.browser
def test_the_clock_moves_to_a_reminder_which_is_answered(page: Page) -> None:
    open_(page, MARIE)
    expect(page.get_by_text("Il est 10 h 00, vendredi 20 novembre 2026.")).to_be_visible()
    page.get_by_role("button", name="2 jours avant").click()
    expect(page.get_by_text("Il est 10 h 00, mardi 24 novembre 2026.")).to_be_visible()
    expect(got(sms(page)).last).to_have_text(re.compile(REMINDER))
    write(sms(page), "oui")
    expect(behind(page).get_by_text("jeudi 26 novembre à 10 h 00, Consultation PMI, Léa, confirmé")).to_be_visible()


@pytest.mark.browser
def test_a_creneau_that_is_kept_is_let_go_when_its_time_has_passed(page: Page, shell: Shell) -> None:
    open_(page, MARIE)
    write(sms(page), "rdv pmi", "oui", "1", "1")
    kept = behind(page).get_by_text("jusqu'à 10 h 10")
    expect(kept).to_be_visible()
    page.get_by_role("button", name="+ 1 h").click()
    expect(page.get_by_text("Il est 11 h 00")).to_be_visible()
    expect(kept).to_have_count(0)
    with reading(shell.sessions) as session:
        assert session.scalars(select(Hold)).all() == []


@pytest.mark.browser
def test_the_clock_is_moved_to_a_day_and_an_hour_and_never_back(page: Page) -> None:
    open_(page, MARIE)
    chosen = page.get_by_label("ou jusqu'au")
    chosen.fill("2026-11-25T08:30")
    page.get_by_role("button", name="Avancer", exact=True).click()
    expect(page.get_by_text("Il est 8 h 30, mercredi 25 novembre 2026.")).to_be_visible()
    chosen.fill("2026-11-24T08:30")
    page.get_by_role("button", name="Avancer", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="L'horloge ne fait qu'avancer")).to_be_visible()
    expect(page.get_by_text("Il est 8 h 30, mercredi 25 novembre 2026.")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"minutes": "10"}, "Il est 10 h 10".replace(" h ", "\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}")),
        ({"vers": "2026-11-21T07:00:00+00:00"}, "samedi 21 novembre 2026"),
        ({"minutes": "-10"}, "ne fait qu&#39;avancer"),
        ({"vers": "2028-01-01T00:00"}, "d&#39;un an au plus"),
        ({"vers": "demain"}, "Choisissez un jour et une heure."),
        ({"minutes": "9" * 30}, "Choisissez un jour et une heure."),
        ({}, "Choisissez un jour et une heure."),
    ],
)
def test_the_clock_takes_moments_to_come_and_refuses_others_with_a_sentence(
    client: FlaskClient, asked: dict[str, str], says: str
) -> None:
    answer = client.post("/demo/horloge", data=asked, headers=HERE, follow_redirects=True)
    assert says in re.sub(r"</?time[^>]*>", "", answer.text)


def test_what_falls_due_while_the_clock_is_moved_happens_at_its_own_hour(shell: Shell, moving: DemoClock) -> None:
    pass_time(shell, moving, NOW + timedelta(days=30))
    assert moving() == NOW + timedelta(days=30)
    (reminder,) = told(shell)
    assert re.search(REMINDER, reminder.text)
    assert (reminder.state, reminder.created_at) == (OutgoingState.SENT, datetime(2026, 11, 24, 9, tzinfo=UTC))


def test_the_clock_runs_with_the_wall_and_a_restart_does_not_take_time_back(clock: Clock, tmp_path: Path) -> None:
    kept = tmp_path / "var" / "rdv.clock"
    DemoClock(kept, wall=clock).move_to(NOW + timedelta(hours=5))
    clock.now += timedelta(minutes=1)
    again = DemoClock(kept, wall=clock)
    assert again() == NOW + timedelta(hours=5, minutes=1)
    again.move_to(NOW)
    assert again() == NOW + timedelta(hours=5, minutes=1)


@pytest.mark.parametrize(
    ("database", "kept"),
    [
        ("sqlite:///var/rdv.db", "var/rdv.clock"),
        ("sqlite:////elsewhere/demo.db", "/elsewhere/demo.clock"),
        ("postgresql+psycopg://rdv@localhost/rdv", "var/rdv.clock"),
    ],
)
def test_the_clock_is_kept_beside_the_database_that_it_dates(database: str, kept: str) -> None:
    assert kept_beside(database) == Path(kept)


# For the curious


@pytest.mark.browser
def test_where_the_dialogue_stands_is_shown(page: Page) -> None:
    open_(page, MARIE)
    shown = behind(page)
    expect(shown).to_contain_text("mardi 24 novembre à 10 h 00, rappel du RDV de jeudi 26 novembre à 10 h 00")
    write(sms(page), "rdv", "1", "oui")
    for fact in ("book.pour_qui", "draft", "Questions d'avantbook.motif, book.instructions", "Intention comprise"):
        expect(shown).to_contain_text(fact)
    write(sms(page), "???")
    expect(shown).to_contain_text("Incompris d'affilée1")


# For everybody


@pytest.mark.browser
def test_without_a_script_an_rdv_is_booked_and_its_reminder_seen(scriptless: Page) -> None:
    open_(scriptless, MARIE)
    write(sms(scriptless), "annuler", "oui")
    expect(got(sms(scriptless)).last).to_contain_text("C'est annulé")
    press(telegram(scriptless), "Démarrer", "Partager mon numéro", "1 Consultation PMI", "OUI")
    press(telegram(scriptless), "1 Léa", "1 lun 23 nov 9h", "OUI")
    expect(got(telegram(scriptless)).last).to_contain_text("C'est réservé : Léa")
    scriptless.get_by_role("button", name="la veille au soir").click()
    expect(got(telegram(scriptless)).last).to_contain_text("rappel, RDV Consultation PMI pour Léa")
    expect(got(telegram(scriptless)).last).to_be_in_viewport()


@pytest.mark.browser
def test_a_phone_is_used_with_the_keyboard_alone(page: Page) -> None:
    open_(page, MARIE)
    tab_to(page, telegram(page).get_by_role("button", name="Démarrer"))
    page.keyboard.press("Enter")
    choice = telegram(page).get_by_role("button", name="1 Consultation PMI")
    expect(choice).to_be_visible()
    page.locator("h1").click()
    tab_to(page, choice)
    assert choice.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(sent(telegram(page)).last).to_have_text("1 Consultation PMI")
    expect(choice).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (1280, "200%"), (320, "200%")])
def test_the_page_needs_no_sideways_scroll_on_a_small_screen_or_with_large_letters(
    page: Page, width: int, text: str
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    open_(page, MARIE)
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", text)
    write(sms(page), "un-mot-sans-fin" * 20)
    press(telegram(page), "Démarrer")
    behind(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_sms_and_telegram_are_side_by_side_and_one_under_the_other_on_a_small_screen(page: Page) -> None:
    open_(page, MARIE)
    beside = [phone.bounding_box() for phone in (sms(page), telegram(page))]
    page.set_viewport_size({"width": 320, "height": 640})
    under = [phone.bounding_box() for phone in (sms(page), telegram(page))]
    assert all((*beside, *under))
    assert beside[0]["y"] == beside[1]["y"]  # type: ignore[index]
    assert under[0]["x"] == under[1]["x"]  # type: ignore[index]


@pytest.mark.browser
def test_the_page_has_one_title_its_headings_in_order_and_a_name_for_each_control(page: Page) -> None:
    open_(page, MARIE, INCONNUE)
    behind(page)
    levels = [int(heading.evaluate("element => element.tagName[1]")) for heading in page.get_by_role("heading").all()]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for role in ("button", "textbox", "combobox", "link"):
        controls = page.get_by_role(role)  # type: ignore[arg-type]
        assert controls.count() == page.get_by_role(role, name=re.compile(r"\S")).count()  # type: ignore[arg-type]
    ids = page.eval_on_selector_all("[id]", "elements => elements.map(element => element.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.browser
def test_every_word_stands_out_from_what_is_behind_it(page: Page) -> None:
    open_(page, MARIE)
    write(sms(page), "rdv")
    press(telegram(page), "Démarrer")
    behind(page)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 30
    assert [found for found in contrasts if found[0] < 4.5] == []


CONTRASTS = """() => {
  const rgb = (color) => color.match(/[0-9.]+/g).map(Number);
  const light = (color) => {
    const linear = (c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = rgb(color).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if ((rgb(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const words = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("body *")].filter((element) => words(element) && element.checkVisibility())
    .map((element) => {
      const [one, other] = [light(getComputedStyle(element).color), light(paper(element))];
      return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), element.textContent.trim().slice(0, 40)];
    });
}"""
"""The contrast of every text with the first colour behind it, and its words (WCAG 2.2, 1.4.3)."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; a page still loading may miss the first ones."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard never gets there")


# What the page lets in


def test_outside_of_the_demo_nothing_of_it_exists(shell: Shell) -> None:
    client = create_app(replace(shell, settings=Settings(secret_key="s" * 32))).test_client()
    for path in ("/demo/", "/demo/static/phone.js", "/demo/static/phone.css"):
        assert client.get(path).status_code == 404
    for path in ("/demo/sms", "/demo/telegram", "/demo/horloge"):
        answer = client.post(path, data={"de": MARIE, "a": ARRAS, "texte": "rdv", "minutes": "10"}, headers=HERE)
        assert answer.status_code == 404
    assert (told(shell), shell.clock()) == ([], NOW)


def test_a_clock_that_is_the_wall_s_is_not_moved(shell: Shell, clock: Clock) -> None:
    client = create_app(replace(shell, clock=clock)).test_client()
    assert "Avancer" not in client.get("/demo/").text
    assert client.post("/demo/horloge", data={"minutes": "10"}, headers=HERE).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}],
)
def test_another_site_writes_nothing_and_moves_no_clock(
    client: FlaskClient, shell: Shell, headers: dict[str, str]
) -> None:
    said = {"de": MARIE, "a": ARRAS, "texte": "rdv", "minutes": "10"}
    for path in ("/demo/sms", "/demo/telegram", "/demo/horloge"):
        assert client.post(path, data=said, headers=headers).status_code == 403
    assert (told(shell), shell.clock()) == ([], NOW)


def test_a_browser_that_only_tells_its_origin_is_heard_too(client: FlaskClient, shell: Shell) -> None:
    said = {"de": "06 39 98 00 01", "a": ARRAS, "texte": "rdv"}
    assert client.post("/demo/sms", data=said, headers={"Origin": "http://localhost"}).status_code == 303
    assert len(told(shell)) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": "  "}, "Écrivez un message"),
        ({"text": "a" * 1601}, "1600 caractères au plus"),
        ({"recipient": "+33938000009"}, "Choisissez le service"),
        ({"sender": "12"}, "06 12 34 56 78"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_sentence(
    client: FlaskClient, said: dict[str, str], sentence: str
) -> None:
    answer = texted(client, **said)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")


def test_a_button_that_nobody_was_shown_is_answered_as_an_old_one(client: FlaskClient, shell: Shell) -> None:
    for button in ("", "0123456789abcdef:1", "x" * 500, ":"):
        said = {"de": MARIE, "bouton": button}
        assert client.post("/demo/telegram", data=said, headers=HERE).status_code == 303
    assert "Cette question n'est plus ouverte." in [row.text for row in told(shell, "telegram")]


def test_a_message_that_could_not_be_sent_says_so(client: FlaskClient, shell: Shell) -> None:
    texted(client)
    with transaction(shell.sessions) as session:
        outgoing = session.scalars(select(Outgoing)).one()
        outgoing.state, outgoing.error_code = OutgoingState.FAILED, "30003"
    assert "échec (30003)" in client.get("/demo/", query_string={"qui": MARIE}).text


def test_answers_follow_their_message_when_the_clock_stands_still(client: FlaskClient) -> None:
    for _ in range(3):
        texted(client, "bonjour")
    shown = client.get("/demo/", query_string={"qui": MARIE}).text
    assert re.findall(r'<li class="(sent|got)', shown) == ["sent", "got"] * 3


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 7 40 00 00 00", "+33740000000"),
        ("0033612345678", "+33612345678"),
        ("06.39.98.00.01", "+33639980001"),
        ("0692 12 34 56", "+262692123456"),
        ("+590 690 12 34 56", "+590690123456"),
        ("0696123456", "+596696123456"),
    ],
)
def test_french_mobile_numbers_are_understood_as_people_type_them(typed: str, number: str) -> None:
    assert mobile(typed) == number


@pytest.mark.parametrize("typed", ["", "bonjour", "12", "03 21 00 00 00", "+32 470 12 34 56", "+33938000001", "9" * 40])
def test_other_numbers_are_refused(typed: str) -> None:
    with pytest.raises(InputError, match="mobile français"):
        mobile(typed)
