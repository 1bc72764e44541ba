"""The demo territory: believable and loadable whatever the day."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.db import Base, connect, sessions_of
from booking.models import Motif, Rdv, Usager
from booking.plages import closed_days, occurrences
from booking.territoire import load
from booking.territoire.fichier import Absence, Plage
from bot.demo.territoire import demo_territory

ZONE = ZoneInfo("Europe/Paris")
EVERY_DAY = [date(2026, 11, 1) + timedelta(days=ahead) for ahead in range(400)]
WORKING = date(2026, 11, 19)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = connect("sqlite://")
    Base.metadata.create_all(engine)
    with sessions_of(engine)() as session:
        yield session
    engine.dispose()


@cache
def territory(today: date) -> dict[str, Any]:
    """The demo as a JSON file would hold it."""
    content: dict[str, Any] = json.loads(json.dumps(demo_territory(today)))
    return content


def spans(today: date, content: dict[str, Any], liste: str, model: type[Plage] | type[Absence]) -> dict[str, list[Any]]:
    """The occurrences of each agent's plages or absences, around `today`."""
    found: dict[str, list[Any]] = {}
    for entry in content[liste]:
        rule, reach = model.model_validate(entry), timedelta(days=150)
        found.setdefault(entry["agent"], []).extend(occurrences(rule, today - reach, today + reach, ZONE))
    return found


def times(content: dict[str, Any], rdv: dict[str, Any]) -> tuple[datetime, datetime]:
    durees = {motif["ref"]: motif["duree_min"] for motif in content["motifs"]}
    debut = datetime.fromisoformat(rdv["debut"]).replace(tzinfo=ZONE).astimezone(UTC)
    return debut, debut + timedelta(minutes=durees[rdv["motif"]])


@pytest.mark.parametrize("today", EVERY_DAY[::25], ids=str)
def test_it_loads_without_an_error(session: Session, today: date) -> None:
    loaded = load(session, demo_territory(today), datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    assert (loaded.created["motifs"], loaded.created["agents"], loaded.created["lieux"]) == (8, 6, 4)


def test_every_rdv_is_on_a_plage_of_its_agent_and_on_no_absence_whatever_the_day() -> None:
    for today in EVERY_DAY[::3]:
        content = territory(today)
        plages, absences = spans(today, content, "plages", Plage), spans(today, content, "absences", Absence)
        for rdv in content["rdvs"]:
            debut, fin = times(content, rdv)
            agent = rdv["agents"][0]
            assert any(span.debut <= debut and fin <= span.fin for span in plages[agent]), (today, rdv)
            assert not any(span.debut < fin and debut < span.fin for span in absences.get(agent, [])), (today, rdv)


def test_no_rdv_and_no_workshop_falls_on_a_sunday_or_a_public_holiday() -> None:
    for today in EVERY_DAY:
        content = territory(today)
        closed = closed_days("FR", today - timedelta(days=40), today + timedelta(days=150))
        for rdv in (*content["rdvs"], *content["actions_collectives"]):
            day = date.fromisoformat(rdv["debut"][:10])
            assert day.isoweekday() != 7, (today, rdv)
            assert day not in closed, (today, rdv)


def test_no_agent_is_in_two_places_whatever_the_day() -> None:
    for today in EVERY_DAY:
        content = territory(today)
        taken: dict[str, list[tuple[datetime, datetime]]] = {}
        for rdv in (*content["rdvs"], *content["actions_collectives"]):
            if rdv.get("statut") not in ("excuse", "revoque"):
                taken.setdefault(rdv["agents"][0], []).append(times(content, rdv))
        for spans_taken in taken.values():
            spans_taken.sort()
            assert all(fin <= debut for (_, fin), (debut, _) in pairwise(spans_taken)), today


def test_there_are_rdvs_behind_and_ahead_whatever_the_day_and_of_the_day_when_it_is_worked() -> None:
    for today in EVERY_DAY:
        rdvs = territory(today)["rdvs"]
        past = [rdv["statut"] for rdv in rdvs if rdv["debut"] < today.isoformat()]
        to_come = [rdv for rdv in rdvs if rdv["debut"] > (today + timedelta(days=1)).isoformat()]
        assert {"vu", "non_excuse", "excuse"} <= set(past), today
        assert len(to_come) >= 10, today
        worked = today.isoweekday() <= 5 and today not in closed_days("FR", today, today)
        assert any(rdv["debut"].startswith(today.isoformat()) for rdv in rdvs) == worked, today


def test_the_first_choices_online_at_arras_include_the_pmi_consultation(session: Session) -> None:
    load(session, demo_territory(WORKING), datetime(2026, 11, 19, 9, tzinfo=UTC))
    motifs = session.scalars(select(Motif).where(Motif.en_ligne).order_by(Motif.id)).all()
    arras = [motif for motif in motifs if motif.organisation.nom == "MDS Arras" and not motif.collectif]
    assert "Consultation PMI" in [motif.libelle_usager for motif in arras[:3]]
    consultation = next(motif for motif in arras if motif.libelle_usager == "Consultation PMI")
    assert (consultation.duree_min, consultation.pour_un_proche) == (30, True)
    assert consultation.instructions_avant == "Apportez le carnet de santé."
    assert consultation.indications_apres == "Sonnez à l'interphone PMI."


def test_motifs_are_of_every_sort() -> None:
    motifs = territory(WORKING)["motifs"]
    assert {motif.get("type", "sur_place") for motif in motifs} == {"sur_place", "telephone", "domicile"}
    for switch in ("suivi", "secretariat", "sensible", "collectif", "file_attente", "pour_un_proche"):
        assert any(motif.get(switch) for motif in motifs), switch


def test_phones_are_fiction_and_one_is_shared(session: Session) -> None:
    load(session, demo_territory(WORKING), datetime(2026, 11, 19, 9, tzinfo=UTC))
    phones = [usager.telephone for usager in session.scalars(select(Usager)) if usager.telephone]
    assert all(phone.startswith("+3363998") for phone in phones)
    assert len(set(phones)) == len(phones) - 1


def test_one_workshop_has_places_left_and_the_other_a_waiting_list() -> None:
    left, full = territory(WORKING)["actions_collectives"]
    assert len(left["participants"]) < 8
    assert len(full["participants"]) == full["places_max"]
    assert full["liste_attente"]


def test_loading_it_again_the_same_day_changes_nothing(session: Session) -> None:
    load(session, demo_territory(WORKING), datetime(2026, 11, 19, 9, tzinfo=UTC))
    again = load(session, demo_territory(WORKING), datetime(2026, 11, 19, 10, tzinfo=UTC))
    assert (again.created.total(), again.updated.total()) == (0, 0)
    assert len(session.scalars(select(Rdv)).all()) == again.unchanged["rdvs"] + again.unchanged["actions_collectives"]
