"""The demo phones and the agenda page, as people use them: in a real browser, on the real application."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import func, select
from werkzeug.serving import make_server

from booking import rdvs, territoire
from booking.db import Base, transaction
from booking.models import Agent, Hold, Motif, Rdv
from bot import outbox, turn
from bot.app import create_app
from bot.demo.phone import InputError, mobile
from bot.ledger import Outgoing, OutgoingState
from bot.migrations import migrate
from bot.settings import Settings
from bot.shell import Shell, open_shell

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
"""A Monday, 10:12 in Paris."""
MARIE, PAUL, STRANGER = "+33639980011", "+33639980012", "+33639989991"
ARRAS, LENS = "+33938000001", "+33938000002"
TRAP = "<img src=x onerror=alert(1)><script>alert(2)</script>"

WORLD: dict[str, Any] = {
    "territoire": {"ref": "62", "nom": "Département d'essai"},
    "organisations": [
        {"ref": "arras", "nom": "MDS Arras", "telephone": "+33321000000", "numeros_sms": [ARRAS]},
        {"ref": "lens", "nom": "MDS Lens", "telephone": "+33321000001", "numeros_sms": [LENS]},
    ],
    "lieux": [
        {"ref": "sud", "organisation": "arras", "nom": "Arras Sud", "adresse": "12 rue des Rosati, Arras"},
        {"ref": "gare", "organisation": "lens", "nom": "Lens Gare", "adresse": "1 rue de la Gare, Lens"},
    ],
    "agents": [
        {"ref": "anne", "prenom": "Anne", "nom": "Durand", "service": "pmi", "organisations": ["arras"]},
        {"ref": "marc", "prenom": "Marc", "nom": "Petit", "service": "social", "organisations": ["arras", "lens"]},
    ],
    "motifs": [
        {"ref": "pmi", "organisation": "arras", "service": "pmi", "nom": "Consultation PMI"},
        {"ref": "pesee", "organisation": "arras", "service": "pmi", "nom": "Pesée", "couleur": "#D1495B"},
        {"ref": "accueil", "organisation": "lens", "service": "social", "nom": "Premier accueil"},
        {"ref": "portage", "organisation": "arras", "service": "pmi", "nom": "Portage", "collectif": True},
    ],
    "plages": [
        {"ref": "p1", "agent": "anne", "lieu": "sud", "nom": "Matinée PMI", "premier_jour": "2026-11-02",
         "debut": "09:00", "fin": "12:00", "recurrence": "FREQ=WEEKLY;BYDAY=MO,TH", "motifs": ["pmi", "pesee"]},
    ],
    "absences": [
        {"ref": "a1", "agent": "anne", "nom": "Formation", "premier_jour": "2026-11-24", "debut": "09:00",
         "dernier_jour": "2026-11-24", "fin": "12:00"},
    ],
    "usagers": [
        {"ref": "marie", "prenom": "Marie", "nom": "Martin", "telephone": MARIE},
        {"ref": "paul", "prenom": "Paul", "nom": TRAP, "telephone": PAUL},
        {"ref": "rose", "prenom": TRAP, "nom": "Roy", "telephone": "+33639980013"},
    ],
    "rdvs": [
        {"ref": "r1", "motif": "pmi", "agents": ["anne"], "lieu": "sud", "debut": "2026-11-23T09:00",
         "participants": ["marie"], "statut": "vu"},
        {"ref": "r2", "motif": "pmi", "agents": ["anne"], "lieu": "sud", "debut": "2026-11-23T10:00",
         "participants": ["paul"]},
        {"ref": "r3", "motif": "pmi", "agents": ["anne"], "lieu": "sud", "debut": "2026-11-26T09:30",
         "participants": ["marie"]},
        {"ref": "r4", "motif": "accueil", "agents": ["marc"], "lieu": "gare", "debut": "2026-11-26T14:00",
         "participants": ["marie"]},
    ],
    "actions_collectives": [
        {"ref": "s1", "motif": "portage", "titre": "Atelier portage", "agents": ["anne"], "lieu": "sud",
         "debut": "2026-12-03T14:00", "duree_min": 90, "places_max": 8, "participants": ["marie"]},
    ],
}  # fmt: skip


class AtOnce:
    """Works in the request itself: what a page sends is answered before it asks again."""

    shell: Shell

    def turn(self, contact_id: int) -> None:
        turn.drain(self.shell, contact_id)

    def delivery(self, contact_id: int) -> None:
        outbox.deliver(self.shell, contact_id)


@contextmanager
def demo(database: Path) -> Iterator[Shell]:
    """The demo on that database, answering at once, its clock stopped at `NOW`."""
    wake = AtOnce()
    settings = Settings(database_url=f"sqlite:///{database}", demo=True)
    shell = wake.shell = replace(open_shell(settings, clock=lambda: NOW), wake=wake)
    yield shell
    shell.engine.dispose()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("world") / "rdv.db"
    with demo(database) as shell:
        migrate(shell.engine)
        with transaction(shell.sessions) as session:
            territoire.load(session, WORLD, NOW)
    return database


@pytest.fixture
def shell(world: Path, tmp_path: Path) -> Iterator[Shell]:
    with demo(shutil.copy(world, tmp_path)) as shell:
        yield shell


@pytest.fixture
def client(shell: Shell) -> FlaskClient:
    return create_app(shell).test_client()


@pytest.fixture
def site(shell: Shell) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(shell), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, locale="fr-FR", timezone_id="America/Cayenne")
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must stay quiet: no dialog, no script error, nothing that the policy had to stop."""
    page = context.new_page()
    noises: list[str] = []
    page.on("dialog", lambda dialog: (noises.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.on("console", lambda said: noises.append(said.text) if "Content Security" in said.text else None)
    yield page
    assert noises == []


def phone(page: Page, number: int) -> Locator:
    return page.locator(".phone").nth(number - 1)


def writer(one: Locator) -> Locator:
    return one.get_by_role("combobox", name="De")


def write(one: Locator, text: str) -> None:
    one.get_by_label("Message", exact=True).fill(text)
    one.get_by_role("button", name="Envoyer").click()


def sent(one: Locator) -> Locator:
    return one.locator("li.sent .text")


def got(one: Locator) -> Locator:
    return one.locator("li.got .text")


def send(client: FlaskClient, sender: str = MARIE, text: str = "rdv", recipient: str = ARRAS) -> Any:
    said = {"sender": sender, "recipient": recipient, "text": text}
    return client.post("/demo/send", json=said, headers={"Sec-Fetch-Site": "same-origin"})


def conversation(client: FlaskClient, phone: str, after: str = "") -> Any:
    return client.get("/demo/messages", query_string={"phone": phone, "after": after}).json


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; a page still loading may miss the first ones."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard never gets there")


@pytest.mark.browser
def test_two_phones_write_side_by_side_and_each_sees_its_own_messages(page: Page) -> None:
    page.goto("/demo/")
    write(phone(page, 1), "bonjour de Marie")
    write(phone(page, 2), "bonjour de Paul")
    expect(sent(phone(page, 1))).to_have_text(["bonjour de Marie"])
    expect(sent(phone(page, 2))).to_have_text(["bonjour de Paul"])
    expect(got(phone(page, 1))).to_have_count(1)
    expect(phone(page, 1).locator("li.got .meta")).to_contain_text(re.compile(r"10 h 12 · \d segments? · envoyé"))


@pytest.mark.browser
def test_an_option_is_answered_by_its_button(page: Page) -> None:
    page.goto("/demo/")
    write(phone(page, 1), "rdv")
    phone(page, 1).get_by_role("button", name="1 Consultation PMI").click()
    expect(sent(phone(page, 1))).to_have_text(["rdv", "1"])
    expect(got(phone(page, 1))).to_have_count(2)


@pytest.mark.browser
def test_a_phone_is_used_with_the_keyboard_alone(page: Page) -> None:
    page.goto(f"/demo/?qui={MARIE}")
    tab_to(page, phone(page, 1).get_by_role("log"))
    page.keyboard.press("Tab")
    page.keyboard.type("rdv")
    page.keyboard.press("Enter")
    expect(got(phone(page, 1))).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(sent(phone(page, 1))).to_have_count(2)


@pytest.mark.browser
def test_a_phone_takes_any_french_mobile_number(page: Page) -> None:
    page.goto("/demo/")
    one = phone(page, 1)
    writer(one).select_option("Un autre numéro…")
    one.get_by_role("textbox", name="Numéro").fill("0692 12 34 56")
    write(one, "rdv")
    expect(sent(one)).to_have_text(["rdv"])
    expect(writer(one)).to_have_value("+262692123456")


@pytest.mark.browser
def test_a_number_that_is_not_a_french_mobile_gets_a_sentence_and_keeps_the_text(page: Page) -> None:
    page.goto("/demo/")
    one = phone(page, 1)
    writer(one).select_option("Un autre numéro…")
    one.get_by_role("textbox", name="Numéro").fill("03 21 00 00 00")
    write(one, "rdv")
    expect(one.get_by_role("alert")).to_contain_text("n'est pas un mobile français")
    expect(one.get_by_label("Message", exact=True)).to_have_value("rdv")


@pytest.mark.browser
def test_a_third_phone_can_be_added_and_taken_away(page: Page) -> None:
    page.goto("/demo/")
    page.get_by_role("button", name="Ajouter un téléphone").click()
    expect(page.locator(".phone")).to_have_count(3)
    chosen = [one.input_value() for one in page.get_by_role("combobox", name="De").all()]
    assert len(set(chosen)) == 3
    phone(page, 3).get_by_role("button", name="Retirer ce téléphone").click()
    expect(page.locator(".phone")).to_have_count(2)


@pytest.mark.browser
def test_what_people_write_and_how_they_are_called_stays_text(page: Page) -> None:
    page.goto("/demo/")
    write(phone(page, 1), TRAP)
    expect(sent(phone(page, 1))).to_have_text([TRAP])
    expect(writer(phone(page, 1))).to_contain_text(TRAP)
    page.goto("/admin/agenda")
    expect(page.get_by_text(f"Paul {TRAP}")).to_be_visible()


@pytest.mark.browser
def test_the_agenda_is_walked_week_by_week(page: Page) -> None:
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Semaine du 23 au 29 novembre 2026")
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Semaine du 30 novembre au 6 décembre 2026")
    expect(page.get_by_text("1 inscrit sur 8 places")).to_be_visible()
    page.get_by_label("Organisation").select_option("MDS Lens")
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("semaine=2026-W49&organisation=lens"))
    page.get_by_role("link", name="Aujourd'hui").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Semaine du 23 au 29 novembre 2026")


@pytest.mark.browser
def test_the_agenda_brings_itself_up_to_date(page: Page, shell: Shell) -> None:
    page.goto("/admin/agenda")
    expect(page.get_by_text("Créneau gardé")).to_have_count(0)
    keep_a_creneau(shell)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Créneau gardé jusqu'à 10 h 22")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/demo/", "/admin/agenda", "/admin/agenda?semaine=2026-W49&organisation=arras"])
def test_a_small_phone_shows_every_page_without_sideways_scroll(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    if path == "/demo/":
        write(phone(page, 1), "un-mot-sans-fin" * 20)
        expect(sent(phone(page, 1))).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/demo/", "/admin/agenda"])
def test_a_page_has_one_title_and_its_headings_in_order(page: Page, path: str) -> None:
    page.goto(path)
    headings = page.get_by_role("heading")
    expect(headings.nth(1)).to_be_visible()
    levels = [int(heading.evaluate("element => element.tagName[1]")) for heading in headings.all()]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_agenda_shows_plages_absences_rdvs_and_holds(client: FlaskClient, shell: Shell) -> None:
    keep_a_creneau(shell)
    words = words_of(client, "/admin/agenda")
    for line in (
        "9 h 00 – 12 h 00 Matinée PMI Arras Sud Consultation PMI, Pesée",
        "9 h 00 – 9 h 30 Marie Martin Consultation PMI Vu",
        "9 h 00 – 12 h 00 Absence Formation",
        "9 h 30 – 10 h 00 Marie Martin Consultation PMI À venir",
        "11 h 00 – 11 h 30 Pesée Créneau gardé jusqu'à 10 h 22",
        "14 h 00 – 14 h 30 Marie Martin Premier accueil À venir",
    ):
        assert line in words
    assert words.count("À renseigner") == 1


def test_an_rdv_placed_over_another_says_why(client: FlaskClient, shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        over = session.scalars(select(Rdv).where(Rdv.debut > shell.clock()).order_by(Rdv.debut)).first()
        assert over
        rdvs.place(
            session, over.motif, agents=over.agents, debut=over.debut, lieu=over.lieu, participants=[],
            qui="agent:a.durand", now=shell.clock(), surreservation="<b>Urgence</b>",
        )  # fmt: skip
    page = client.get("/admin/agenda").get_data(as_text=True)
    assert "Surréservé : &lt;b&gt;Urgence&lt;/b&gt;" in page


def test_a_public_holiday_is_told(client: FlaskClient) -> None:
    assert "vendredi 25 décembre Férié" in words_of(client, "/admin/agenda?semaine=2026-W52")


def test_an_organisation_sees_of_another_one_that_its_agent_is_taken(client: FlaskClient) -> None:
    words = words_of(client, "/admin/agenda?organisation=arras")
    assert "14 h 00 – 14 h 30 Pris par une autre organisation" in words
    assert "Premier accueil" not in words


@pytest.mark.parametrize("semaine", ["2026-W54", "2026-11-23", "1000-W01", "<b>", "9999-W52"])
def test_a_week_that_does_not_exist_gives_the_current_one_and_says_so(client: FlaskClient, semaine: str) -> None:
    words = words_of(client, f"/admin/agenda?semaine={semaine}")
    assert "Semaine du 23 au 29 novembre 2026" in words
    assert "Cette semaine n'existe pas" in words


def test_an_unknown_organisation_is_not_found(client: FlaskClient) -> None:
    assert client.get("/admin/agenda?organisation=ailleurs").status_code == 404


def test_out_of_the_demo_the_agenda_is_closed_and_there_is_no_phone(shell: Shell) -> None:
    live = replace(shell, settings=Settings(secret_key="s" * 32))
    client = create_app(live).test_client()
    for path in ("/admin/", "/admin/agenda"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "La connexion des agents n'existe pas encore" in answer.text
        assert "Durand" not in answer.text
    assert client.get("/demo/").status_code == 404
    assert send(client).status_code == 404


def test_no_page_writes_when_it_is_read(client: FlaskClient, shell: Shell) -> None:
    send(client)
    before = everything(shell)
    asked = crawl(client, ["/demo/", "/admin/", f"/demo/messages?phone={STRANGER}", f"/demo/messages?phone={MARIE}"])
    assert len(asked) > 10
    assert everything(shell) == before


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}],
)
def test_another_site_cannot_make_a_phone_write(client: FlaskClient, headers: dict[str, str]) -> None:
    said = {"sender": MARIE, "recipient": ARRAS, "text": "rdv"}
    assert client.post("/demo/send", data=said, headers=headers).status_code == 403
    assert conversation(client, MARIE)["messages"] == []


def test_a_form_of_our_own_site_is_heard_too(client: FlaskClient) -> None:
    said = {"sender": "06 39 98 00 11", "recipient": ARRAS, "text": "rdv"}
    answer = client.post("/demo/send", data=said, headers={"Origin": "http://localhost"})
    assert (answer.status_code, answer.json) == (202, {"phone": MARIE})


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
    answer = send(client, **said)
    assert answer.status_code == 400
    assert sentence in answer.json["error"]


def test_a_phone_is_told_only_what_it_does_not_show_yet(client: FlaskClient, shell: Shell) -> None:
    send(client)
    shown = conversation(client, MARIE)
    assert [message["way"] for message in shown["messages"]] == ["sent", "got"]
    assert conversation(client, MARIE, after=shown["mark"])["messages"] is None
    with transaction(shell.sessions) as session:
        outgoing = session.scalars(select(Outgoing)).one()
        outgoing.state, outgoing.error_code = OutgoingState.FAILED, "30003"
    later = conversation(client, MARIE, after=shown["mark"])["messages"]
    assert [message["id"] for message in later] == [message["id"] for message in shown["messages"]]
    assert (later[1]["state"], later[1]["failed"]) == ("échec (30003)", True)


def test_answers_follow_their_message_when_the_clock_stands_still(client: FlaskClient) -> None:
    for _ in range(3):
        send(client, text="bonjour")
    ways = [message["way"] for message in conversation(client, MARIE)["messages"]]
    assert ways == ["sent", "got"] * 3


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


def keep_a_creneau(shell: Shell) -> None:
    debut = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    with transaction(shell.sessions) as session:
        hold = Hold(
            contact=f"sms:{STRANGER}",
            motif=session.scalars(select(Motif).where(Motif.ref == "pesee")).one(),
            agent=session.scalars(select(Agent).where(Agent.ref == "anne")).one(),
            debut=debut,
            fin=debut + timedelta(minutes=30),
            expire_le=NOW + timedelta(minutes=10),
        )
        session.add(hold)


def words_of(client: FlaskClient, path: str) -> str:
    """The words of a page, as they are read aloud."""
    text = re.sub(r"<[^>]+>", " ", client.get(path).text).replace("&#39;", "'")
    return " ".join(text.split())


def crawl(client: FlaskClient, ahead: list[str], pages: int = 25) -> set[str]:
    """Every address reached by following links from `ahead`, one after the other."""
    asked: set[str] = set()
    while ahead and len(asked) < pages:
        path = ahead.pop(0)
        if path in asked:
            continue
        asked.add(path)
        answer = client.get(path, follow_redirects=True, buffered=True)
        assert answer.status_code == 200, path
        ahead += [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)]
    return asked


def everything(shell: Shell) -> dict[str, tuple[int, str]]:
    with transaction(shell.sessions) as session:
        return {
            table.name: (session.scalar(select(func.count()).select_from(table)) or 0,
                         str(session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }  # fmt: skip
