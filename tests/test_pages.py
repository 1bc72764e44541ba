"""The agenda page, as people use it: in a real browser, on the real application."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from booking import rdvs, territoire
from booking.db import Base, transaction
from booking.models import Agent, Hold, Motif, Rdv
from bot.app import create_app
from bot.migrations import migrate
from bot.settings import Settings
from bot.shell import Shell, open_shell
from tests.servers.browser import quiet_page
from tests.servers.web import site

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


@contextmanager
def demo(database: Path) -> Iterator[Shell]:
    """The demo on that database, its clock stopped at `NOW`."""
    shell = open_shell(Settings(database_url=f"sqlite:///{database}", demo=True), clock=lambda: NOW)
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
def page(browser: Browser, shell: Shell) -> Iterator[Page]:
    with site() as here, quiet_page(browser, here.url) as page:
        here.serve(create_app(shell))
        yield page


@pytest.mark.browser
def test_what_people_are_called_stays_text(page: Page) -> None:
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
@pytest.mark.parametrize("path", ["/admin/agenda", "/admin/agenda?semaine=2026-W49&organisation=arras"])
def test_a_small_phone_shows_every_page_without_sideways_scroll(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
def test_the_agenda_has_one_title_and_its_headings_in_order(page: Page) -> None:
    page.goto("/admin/agenda")
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


def test_out_of_the_demo_the_agenda_is_closed(shell: Shell) -> None:
    live = replace(shell, settings=Settings(secret_key="s" * 32))
    client = create_app(live).test_client()
    for path in ("/admin/", "/admin/agenda"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "La connexion des agents n'existe pas encore" in answer.text
        assert "Durand" not in answer.text


def test_no_page_writes_when_it_is_read(client: FlaskClient, shell: Shell) -> None:
    before = everything(shell)
    asked = crawl(client, ["/demo/", "/demo/?qui=%2B33639980011", "/demo/?qui=12", "/admin/"])
    assert len(asked) > 10
    assert everything(shell) == before


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
