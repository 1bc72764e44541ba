"""The territory file: loaded whole or refused whole, with every error and its path."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from booking import models
from booking.db import Base, connect, sessions_of
from booking.errors import TerritoireRefuse
from booking.plages import occurrences
from booking.territoire import load, read
from bot.migrations import migrate
from tests.databases import Databases

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
File = dict[str, Any]

EXAMPLE = """
{
  "territoire": {"ref": "62", "nom": "Département de démonstration", "timezone": "Europe/Paris",
                  "jours_feries": "FR", "langues": ["fr", "en"]},
  "organisations": [{"ref": "mds-arras", "nom": "MDS Arras", "telephone": "+33321000000",
                      "horaires": "lun-ven 9h-12h 13h30-17h",
                      "numeros_sms": ["+33938000001"], "secteurs": ["62041", "62000 Arras"]}],
  "lieux": [{"ref": "arras-sud", "organisation": "mds-arras", "nom": "MDS Arras Sud",
              "adresse": "12 rue des Rosati, 62000 Arras", "code_insee": "62041",
              "latitude": 50.28, "longitude": 2.77}],
  "agents": [{"ref": "a.durand", "prenom": "Anne", "nom": "Durand", "email": "a.durand@example.fr",
               "service": "pmi", "role": "utilisateur", "organisations": ["mds-arras"]}],
  "motifs": [{
      "ref": "consult-pmi", "organisation": "mds-arras", "service": "pmi", "nom": "Consultation PMI",
      "type": "sur_place", "duree_min": 30, "couleur": "#3F88C5",
      "suivi": false, "secretariat": false, "en_ligne": true,
      "delai_min_min": 60, "delai_max_min": 129600, "delai_annulation_min": 120,
      "libelle_usager": "Consultation PMI", "sensible": false,
      "notification": "visible_notifie", "pour_un_proche": true, "file_attente": true,
      "instructions_avant": "Apportez le carnet de santé.",
      "indications_apres": "Sonnez à l'interphone PMI.",
      "collectif": false, "places_max": null},
     {"ref": "atelier-portage", "organisation": "mds-arras", "service": "pmi", "nom": "Atelier portage",
      "collectif": true, "places_max": 6}],
  "plages": [{"ref": "p1", "agent": "a.durand", "lieu": "arras-sud", "nom": "Consultations PMI",
               "premier_jour": "2026-11-02", "debut": "09:00", "fin": "12:00",
               "recurrence": "FREQ=WEEKLY;BYDAY=MO,TH", "sauf": ["2026-12-24"], "fermee_feries": true,
               "reservable": true, "motifs": ["consult-pmi"]}],
  "absences": [{"ref": "abs1", "agent": "a.durand", "nom": "Formation", "premier_jour": "2026-11-23",
                 "debut": "09:00", "dernier_jour": "2026-11-23", "fin": "12:00", "recurrence": null}],
  "usagers": [{"ref": "u1", "prenom": "Marie", "nom": "Martin", "telephone": "+33611000001", "langue": "fr",
                "email": null, "adresse": null, "code_insee": "62041", "discret": false, "protege": false,
                "notifier_sms": true, "referents": ["a.durand"],
                "proches": [{"ref": "u1-lea", "prenom": "Léa", "nom": "Martin", "naissance": "2025-03-14",
                              "autres_responsables": []}]}],
  "rdvs": [{"ref": "r1", "motif": "consult-pmi", "agents": ["a.durand"], "lieu": "arras-sud",
             "debut": "2026-11-26T09:30", "duree_min": 30, "participants": ["u1-lea"],
             "statut": "indetermine", "notes": "", "prevenir": {"vie_du_rdv": true, "rappel": true}}],
  "actions_collectives": [{"ref": "s1", "motif": "atelier-portage", "titre": "Atelier portage",
             "agents": ["a.durand"], "lieu": "arras-sud", "debut": "2026-12-03T14:00", "duree_min": 90,
             "places_max": 8, "places_min": null, "attente_max": 10,
             "ouverte_en_ligne": true, "participants": [], "liste_attente": []}],
  "listes_attente": [{"motif": "consult-pmi", "usager": "u1-lea", "lieux": ["arras-sud"],
                      "jours_impossibles": ["WE"]}]
}
"""


@pytest.fixture
def session() -> Iterator[Session]:
    engine = connect("sqlite://")
    Base.metadata.create_all(engine)
    with sessions_of(engine)() as session:
        yield session
    engine.dispose()


@pytest.fixture
def guarded(databases: Databases, kind: str) -> Iterator[Session]:
    """A session on a database, of each kind, that refuses double bookings: the migrations write that rule."""
    engine = connect(databases.empty(kind))
    migrate(engine)
    with sessions_of(engine)() as session:
        yield session
    engine.dispose()


@pytest.fixture
def file() -> File:
    content: File = json.loads(EXAMPLE)
    return content


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    return {
        table.name: sorted(map(tuple, session.execute(select(table)).all()), key=str)
        for table in Base.metadata.sorted_tables
    }


def rows(session: Session) -> int:
    return sum(map(len, dump(session).values()))


def refusal(session: Session, content: object) -> list[str]:
    with pytest.raises(TerritoireRefuse) as refused:
        load(session, content, NOW)
    return refused.value.errors


def one(session: Session, model: type[Any], ref: str) -> Any:
    return session.scalars(select(model).where(model.ref == ref)).one()


# What a file makes


def test_the_example_of_the_contract_loads_whole(session: Session, file: File) -> None:
    loaded = load(session, file, NOW)
    assert loaded.created == {
        "territoire": 1, "organisations": 1, "lieux": 1, "agents": 1, "motifs": 2, "plages": 1, "absences": 1,
        "usagers": 2, "rdvs": 1, "actions_collectives": 1, "listes_attente": 1,
    }  # fmt: skip
    motif = one(session, models.Motif, "consult-pmi")
    assert (motif.organisation.ref, motif.service.nom, motif.duree_min) == ("mds-arras", "PMI", 30)
    plage = one(session, models.Plage, "p1")
    assert (plage.agent.ref, plage.lieu.ref, plage.debut, plage.sauf) == (
        "a.durand", "arras-sud", time(9), ["2026-12-24"],
    )  # fmt: skip
    assert [motif.ref for motif in plage.motifs] == ["consult-pmi"]
    assert [numero.numero for numero in motif.organisation.numeros] == ["+33938000001"]
    lea = one(session, models.Usager, "u1-lea")
    assert [marie.prenom for marie in lea.responsables] == ["Marie"]
    assert [agent.ref for agent in lea.responsables[0].referents] == ["a.durand"]


def test_an_rdv_is_stored_in_utc_with_its_people_and_takes_its_agents_time(session: Session, file: File) -> None:
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    assert rdv.debut == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert rdv.fin == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert (rdv.cree_par, rdv.cree_le) == ("fichier", NOW)
    assert [participation.usager.ref for participation in rdv.participations] == ["u1-lea"]
    assert [(taken.agent_id, taken.debut, taken.fin) for taken in rdv.occupations] == [
        (rdv.agents[0].id, rdv.debut, rdv.fin)
    ]


def test_a_load_is_no_news_but_its_rdvs_are_recalled(session: Session, file: File) -> None:
    load(session, file, NOW)
    kinds = session.execute(select(models.Avis.kind, models.Avis.rdv_id)).all()
    assert {kind for kind, _ in kinds} == {models.AvisKind.REMINDER}
    load(session, file, NOW)
    assert session.execute(select(models.Avis.kind, models.Avis.rdv_id)).all() == kinds


def test_a_cancelled_rdv_takes_no_time(session: Session, file: File) -> None:
    file["rdvs"][0]["statut"] = "excuse"
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    assert rdv.occupations == []
    assert rdv.participations[0].statut is models.Statut.EXCUSE


def test_a_seance_owes_what_it_does_not_say_to_its_motif(session: Session, file: File) -> None:
    file["motifs"][1]["duree_min"] = 120
    file["actions_collectives"] = [
        {"ref": "s1", "motif": "atelier-portage", "agents": ["a.durand"], "lieu": "arras-sud",
         "debut": "2026-12-03T14:00", "participants": ["u1"], "liste_attente": ["u1-lea"]}
    ]  # fmt: skip
    load(session, file, NOW)
    seance = one(session, models.Rdv, "s1")
    assert (seance.titre, seance.places_max) == ("Atelier portage", 6)
    assert (seance.fin - seance.debut).seconds == 2 * 3600
    waiting = session.scalars(select(models.Attente).where(models.Attente.rdv_id == seance.id)).one()
    assert waiting.usager.ref == "u1-lea"


def test_a_seance_whose_places_are_null_is_unlimited(session: Session, file: File) -> None:
    file["actions_collectives"][0]["places_max"] = None
    load(session, file, NOW)
    assert one(session, models.Rdv, "s1").places_max is None


def test_the_two_switches_follow_the_motif_unless_the_rdv_says(session: Session, file: File) -> None:
    file["motifs"][0]["notification"] = "visible_non_notifie"
    file["rdvs"][0]["prevenir"] = {"rappel": True}
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    assert (rdv.prevenir_vie_du_rdv, rdv.prevenir_rappel) == (False, True)


def test_an_agent_receives_everywhere_unless_the_file_says_where(session: Session, file: File) -> None:
    file["organisations"].append({"ref": "mds-lens", "nom": "MDS Lens"})
    del file["agents"][0]["organisations"]
    load(session, file, NOW)
    agent = one(session, models.Agent, "a.durand")
    assert {organisation.ref for organisation in agent.organisations} == {"mds-arras", "mds-lens"}


def test_an_absence_without_hours_lasts_the_day(session: Session, file: File) -> None:
    file["absences"] = [{"ref": "a1", "agent": "a.durand", "premier_jour": "2026-12-01"}]
    load(session, file, NOW)
    absence = one(session, models.Absence, "a1")
    assert (absence.debut, absence.fin, absence.dernier_jour) == (time(0), time(23, 59), absence.premier_jour)


def test_services_are_declared_by_name_or_with_a_ref(session: Session, file: File) -> None:
    file["services"] = ["Insertion", {"ref": "ase", "nom": "Aide sociale à l'enfance"}]
    file["agents"][0]["service"] = "ase"
    load(session, file, NOW)
    assert one(session, models.Agent, "a.durand").service.nom == "Aide sociale à l'enfance"
    assert {service.ref for service in session.scalars(select(models.Service))} == {
        "pmi", "social", "secretariat", "Insertion", "ase",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("06 11 00 00 01", "+33611000001"),
        ("0639980001", "+33639980001"),
        ("+33 6 39 98 00 01", "+33639980001"),
        ("0690 12 34 56", "+590690123456"),
        ("0694201234", "+594694201234"),
        ("0696 12 34 56", "+596696123456"),
        ("0692123456", "+262692123456"),
        ("+32470123456", "+32470123456"),
    ],
)
def test_a_phone_written_the_national_way_is_stored_as_e164(
    session: Session, file: File, written: str, stored: str
) -> None:
    file["usagers"][0]["telephone"] = written
    load(session, file, NOW)
    assert one(session, models.Usager, "u1").telephone == stored


def test_a_territoire_is_enough_and_closes_on_french_holidays(session: Session) -> None:
    load(session, {"territoire": {"ref": "80"}}, NOW)
    territoire = one(session, models.Territoire, "80")
    assert (territoire.nom, territoire.timezone, territoire.jours_feries) == ("80", "Europe/Paris", "FR")


def test_null_holidays_are_none_and_a_list_is_kept(session: Session) -> None:
    load(session, {"territoire": {"ref": "80", "jours_feries": None}}, NOW)
    load(session, {"territoire": {"ref": "02", "jours_feries": ["2026-05-02"]}}, NOW)
    assert one(session, models.Territoire, "80").jours_feries is None
    assert one(session, models.Territoire, "02").jours_feries == ["2026-05-02"]


def test_times_are_those_of_the_territory(session: Session, file: File) -> None:
    file["territoire"]["timezone"] = "Indian/Reunion"
    load(session, file, NOW)
    assert one(session, models.Rdv, "r1").debut == datetime(2026, 11, 26, 5, 30, tzinfo=UTC)


# Loaded again


def test_loading_twice_changes_nothing(session: Session, file: File) -> None:
    load(session, file, NOW)
    before = dump(session)
    again = load(session, file, NOW.replace(hour=15))
    assert dump(session) == before
    assert (sum(again.created.values()), sum(again.updated.values())) == (0, 0)
    assert again.unchanged["usagers"] == 2


def test_the_order_of_fields_is_no_change(session: Session, file: File) -> None:
    load(session, file, NOW)
    file["motifs"][0] = dict(reversed(file["motifs"][0].items()))
    assert not load(session, file, NOW).updated.total()


def test_an_rdv_cancelled_since_stays_cancelled(session: Session, file: File) -> None:
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    rdv.statut = rdv.participations[0].statut = models.Statut.EXCUSE
    session.execute(delete(models.Occupation).where(models.Occupation.rdv_id == rdv.id))
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    assert (rdv.statut, rdv.participations[0].statut, rdv.occupations) == ("excuse", "excuse", [])


def test_a_changed_entry_is_updated_and_the_others_are_not(session: Session, file: File) -> None:
    load(session, file, NOW)
    file["motifs"][0]["duree_min"] = 45
    file["plages"][0]["motifs"] = []
    loaded = load(session, file, NOW)
    assert loaded.updated == {"motifs": 1, "plages": 1}
    assert one(session, models.Motif, "consult-pmi").duree_min == 45
    assert one(session, models.Plage, "p1").motifs == []


def test_an_rdv_moved_by_the_file_moves_its_time_and_becomes_another_version(session: Session, file: File) -> None:
    load(session, file, NOW)
    file["rdvs"][0]["debut"] = "2026-11-26T10:00"
    load(session, file, NOW)
    rdv = one(session, models.Rdv, "r1")
    assert [taken.debut for taken in rdv.occupations] == [datetime(2026, 11, 26, 9, 0, tzinfo=UTC)]
    assert rdv.version == 2
    changed = select(models.Trace.champ).where(models.Trace.champ != "creation")
    assert set(session.scalars(changed)) == {"debut", "fin"}


def test_two_rdvs_may_swap_their_hours(guarded: Session, file: File) -> None:
    file["rdvs"].append(file["rdvs"][0] | {"ref": "r2", "debut": "2026-11-26T10:00", "participants": ["u1"]})
    load(guarded, file, NOW)
    first, second = file["rdvs"]
    first["debut"], second["debut"] = second["debut"], first["debut"]
    load(guarded, file, NOW)
    assert one(guarded, models.Rdv, "r2").debut == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)


def test_who_joined_a_seance_by_message_keeps_the_place_when_the_file_changes(session: Session, file: File) -> None:
    file["actions_collectives"][0]["participants"] = ["u1-lea"]
    load(session, file, NOW)
    seance, marie = one(session, models.Rdv, "s1"), one(session, models.Usager, "u1")
    seance.participations.append(models.Participation(usager=marie, cree_par="usager:sms"))
    file["actions_collectives"][0] |= {"titre": "Atelier écharpe", "participants": []}
    load(session, file, NOW)
    assert [person.usager.ref for person in one(session, models.Rdv, "s1").participations] == ["u1"]


def test_what_a_new_file_no_longer_says_is_left_alone(session: Session, file: File) -> None:
    load(session, file, NOW)
    load(session, {"territoire": {"ref": "62"}}, NOW)
    assert one(session, models.Territoire, "62").nom == "Département de démonstration"
    assert one(session, models.Rdv, "r1").statut is models.Statut.INDETERMINE


def test_a_file_may_name_what_an_earlier_file_loaded(session: Session, file: File) -> None:
    rdvs = {"territoire": {"ref": "62"}, "rdvs": file.pop("rdvs")}
    load(session, file, NOW)
    assert load(session, rdvs, NOW).created["rdvs"] == 1
    assert one(session, models.Rdv, "r1").participations[0].usager.prenom == "Léa"


def test_two_territoires_may_use_the_same_refs(session: Session, file: File) -> None:
    load(session, file, NOW)
    other = copy.deepcopy(file)
    other["territoire"]["ref"] = "59"
    other["organisations"][0]["numeros_sms"] = []
    assert load(session, other, NOW).created["rdvs"] == 1


def test_what_people_deleted_is_not_made_again_and_can_no_longer_be_named(session: Session, file: File) -> None:
    load(session, file, NOW)
    session.execute(delete(models.Attente))
    session.delete(one(session, models.Rdv, "r1"))
    session.flush()
    session.delete(one(session, models.Usager, "u1-lea"))
    session.flush()
    assert load(session, file, NOW).created.total() == 0
    file["rdvs"][0]["notes"] = "Rappeler"
    assert refusal(session, file) == ["rdvs[0].participants[0]: unknown usager u1-lea"]


# What is refused


def test_six_errors_are_six_messages_in_the_order_of_the_file_and_leave_no_row(session: Session, file: File) -> None:
    file["motifs"][1]["duree_min"] = 3
    file["motifs"][1]["service"] = "voirie"
    file["plages"][0]["fin"] = "08:00"
    file["plages"][0]["motifs"] = ["atelier-portage", "inconnu"]
    file["usagers"][0]["telephone"] = "12"
    file["rdvs"][0]["participants"] = ["u2"]
    before = rows(session)
    assert refusal(session, file) == [
        "motifs[1].service: unknown service voirie",
        "motifs[1].duree_min: must be between 5 and 480",
        "plages[0].fin: must be after debut (09:00)",
        "plages[0].motifs[1]: unknown motif inconnu",
        "usagers[0].telephone: must be a phone number like +33611000001 or 06 11 00 00 01",
        "rdvs[0].participants[0]: unknown usager u2",
    ]
    assert rows(session) == before == 0


def put(path: str, value: object) -> Callable[[File], None]:
    """Write `value` at `path` ("motifs.0.nom") of a file."""

    def mutate(file: File) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        place: Any = file
        for step in steps:
            place = place[step]
        if last == len(place):
            place.append(None)
        place[last] = value

    return mutate


def add(liste: str, **changes: object) -> Callable[[File], None]:
    """Add to a list a copy of its first entry, changed."""

    def mutate(file: File) -> None:
        file[liste].append(file[liste][0] | {"ref": "copy"} | changes)

    return mutate


def drop(path: str) -> Callable[[File], None]:
    def mutate(file: File) -> None:
        liste, at, field = path.split(".")
        del file[liste][int(at)][field]

    return mutate


LENS = {"ref": "lens", "nom": "MDS Lens"}
REFUSED: list[tuple[Callable[[File], None], str]] = [
    # shape
    (put("territoire", None), "territoire: is required"),
    (put("territoire", "62"), "territoire: must be an object with named fields"),
    (put("territoire.ref", 62), "territoire.ref: must be text, in quotes"),
    (
        put("territoire.timezone", "Europe/Arras"),
        "territoire.timezone: unknown time zone (write one like Europe/Paris)",
    ),
    (
        put("territoire.jours_feries", "XX"),
        "territoire.jours_feries: unknown holiday calendar (write FR, FR-57, GP… or a list of dates)",
    ),
    (put("territoire.jours_feries", ["mai"]), "territoire.jours_feries: must be a date like 2026-11-02"),
    (put("territoire.langues", ["french"]), "territoire.langues[0]: must be a language code like fr"),
    (put("motif", []), "motif: unknown field (did you mean motifs?)"),
    (put("zzz", []), "zzz: unknown field"),
    (put("absences", {}), "absences: must be a list"),
    (put("absences.0", "lundi"), "absences[0]: must be an object with named fields"),
    (put("motifs.0.dure_min", 30), "motifs[0].dure_min: unknown field (did you mean duree_min?)"),
    (put("motifs.0.duree_min", 500), "motifs[0].duree_min: must be between 5 and 480"),
    (put("motifs.0.duree_min", "30"), "motifs[0].duree_min: must be a whole number"),
    (put("motifs.0.duree_min", True), "motifs[0].duree_min: must be a whole number"),
    (put("motifs.0.en_ligne", "oui"), "motifs[0].en_ligne: must be true or false"),
    (put("motifs.0.type", "visio"), "motifs[0].type: must be 'sur_place', 'telephone' or 'domicile'"),
    (put("motifs.0.couleur", "bleu"), "motifs[0].couleur: must be a colour like #3F88C5"),
    (put("motifs.0.libelle_usager", "x" * 31), "motifs[0].libelle_usager: must have at most 30 characters"),
    (put("motifs.0.nom", "  "), "motifs[0].nom: must not be empty"),
    (put("motifs.0.indications_apres", "a\x00b"), "motifs[0].indications_apres: must not hold a NUL character"),
    (drop("lieux.0.nom"), "lieux[0].nom: is required"),
    (put("lieux.0.nom", None), "lieux[0].nom: is required"),
    (put("lieux.0.latitude", 91), "lieux[0].latitude: must be between -90 and 90"),
    (put("lieux.0.longitude", float("nan")), "lieux[0].longitude: must be a number"),
    (put("lieux.0.code_insee", "6204"), "lieux[0].code_insee: must be an INSEE commune code like 62041"),
    (
        put("organisations.0.secteurs", ["Arras"]),
        "organisations[0].secteurs[0]: must be an INSEE commune code, or a postcode and a name",
    ),
    (put("agents.0.email", "anne"), "agents[0].email: must be an e-mail address"),
    (put("agents.0.role", "chef"), "agents[0].role: must be 'administrateur' or 'utilisateur'"),
    (put("plages.0.premier_jour", "02/11/2026"), "plages[0].premier_jour: must be a date like 2026-11-02"),
    (put("plages.0.premier_jour", "2026-02-30"), "plages[0].premier_jour: is not a day of the calendar"),
    (put("plages.0.premier_jour", "9999-12-31"), "plages[0].premier_jour: must be a date between 1900 and 2200"),
    (put("plages.0.debut", "9h"), "plages[0].debut: must be a time like 09:30"),
    (put("plages.0.sauf", ["lundi"]), "plages[0].sauf[0]: must be a date like 2026-11-02"),
    (
        put("plages.0.recurrence", "chaque lundi"),
        "plages[0].recurrence: must be a recurrence like FREQ=WEEKLY;BYDAY=MO,TH",
    ),
    (
        put("plages.0.recurrence", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1"),
        "plages[0].recurrence: BYSETPOS is not supported (only FREQ, INTERVAL, BYDAY, BYMONTHDAY, UNTIL, COUNT)",
    ),
    (
        put("plages.0.recurrence", "FREQ=HOURLY"),
        "plages[0].recurrence: FREQ=HOURLY is not understood (write DAILY, WEEKLY, MONTHLY or YEARLY)",
    ),
    (
        put("plages.0.recurrence", "FREQ=WEEKLY;BYDAY=LU"),
        "plages[0].recurrence: BYDAY=LU is not understood (write days like MO,TH, or 2TU for the second Tuesday)",
    ),
    (
        put("plages.0.recurrence", "FREQ=WEEKLY;BYDAY=1MO"),
        "plages[0].recurrence: a numbered day (1MO) needs FREQ=MONTHLY or YEARLY",
    ),
    (
        put("plages.0.recurrence", "FREQ=WEEKLY;BYMONTHDAY=3"),
        "plages[0].recurrence: BYMONTHDAY needs FREQ=MONTHLY or YEARLY",
    ),
    (
        put("plages.0.recurrence", "FREQ=DAILY;COUNT=3;UNTIL=20261201"),
        "plages[0].recurrence: must have UNTIL or COUNT, not both",
    ),
    (put("plages.0.recurrence", "FREQ=DAILY;UNTIL=20261301"), "plages[0].recurrence: is not a day of the calendar"),
    (put("plages.0.recurrence", "FREQ=DAILY;FREQ=DAILY"), "plages[0].recurrence: says the same part twice"),
    (put("plages.0.recurrence", "BYDAY=MO"), "plages[0].recurrence: must say its FREQ"),
    (
        put("usagers.0.telephone", "06 11"),
        "usagers[0].telephone: must be a phone number like +33611000001 or 06 11 00 00 01",
    ),
    (put("usagers.0.proches.0.naissance", "2025"), "usagers[0].proches[0].naissance: must be a date like 2026-11-02"),
    (
        put("usagers.1", {"ref": "u2", "prenom": "A", "nom": "B", "proches": "Léa"}),
        "usagers[1].proches: must be a list",
    ),
    (
        put("rdvs.0.debut", "2026-11-26T09:30+01:00"),
        "rdvs[0].debut: must be a local time like 2026-11-26T09:30, without an offset",
    ),
    (put("rdvs.0.agents", []), "rdvs[0].agents: must not be empty"),
    (
        put("rdvs.0.statut", "annule"),
        "rdvs[0].statut: must be 'indetermine', 'en_salle_attente', 'vu', 'excuse', 'revoque' or 'non_excuse'",
    ),
    (put("rdvs.0.prevenir", {"rapel": True}), "rdvs[0].prevenir.rapel: unknown field (did you mean rappel?)"),
    (put("actions_collectives.0.places_max", 0), "actions_collectives[0].places_max: must be between 1 and 10000"),
    (
        put("listes_attente.0.jours_impossibles", ["MO-XX"]),
        "listes_attente[0].jours_impossibles[0]: must be a day like WE, or half of one like MO-AM or FR-PM",
    ),
    # references
    (put("lieux.0.organisation", "x"), "lieux[0].organisation: unknown organisation x"),
    (put("agents.0.service", "x"), "agents[0].service: unknown service x"),
    (put("agents.0.organisations", ["x"]), "agents[0].organisations[0]: unknown organisation x"),
    (put("motifs.0.service", "x"), "motifs[0].service: unknown service x"),
    (put("motifs.1.organisation", "x"), "motifs[1].organisation: unknown organisation x"),
    (put("plages.0.agent", "x"), "plages[0].agent: unknown agent x"),
    (put("plages.0.lieu", "x"), "plages[0].lieu: unknown lieu x"),
    (put("absences.0.agent", "x"), "absences[0].agent: unknown agent x"),
    (put("usagers.0.referents", ["x"]), "usagers[0].referents[0]: unknown agent x"),
    (
        put("usagers.0.proches.0.autres_responsables", ["x"]),
        "usagers[0].proches[0].autres_responsables[0]: unknown usager x",
    ),
    (
        put("usagers.0.proches.0.autres_responsables", ["u1-lea"]),
        "usagers[0].proches[0].autres_responsables[0]: must be somebody else",
    ),
    (put("rdvs.0.motif", "x"), "rdvs[0].motif: unknown motif x"),
    (put("rdvs.0.agents", ["x"]), "rdvs[0].agents[0]: unknown agent x"),
    (put("rdvs.0.agents", ["a.durand", "a.durand"]), "rdvs[0].agents[1]: a.durand is named twice"),
    (put("rdvs.0.lieu", "x"), "rdvs[0].lieu: unknown lieu x"),
    (put("rdvs.0.participants", ["x"]), "rdvs[0].participants[0]: unknown usager x"),
    (put("actions_collectives.0.liste_attente", ["x"]), "actions_collectives[0].liste_attente[0]: unknown usager x"),
    (put("listes_attente.0.usager", "x"), "listes_attente[0].usager: unknown usager x"),
    (put("listes_attente.0.lieux", ["x"]), "listes_attente[0].lieux[0]: unknown lieu x"),
    (add("agents", ref="a.durand"), "agents[1].ref: already used by agents[0]"),
    (
        put("usagers.1", {"ref": "u1-lea", "prenom": "A", "nom": "B"}),
        "usagers[1].ref: already used by usagers[0].proches[0]",
    ),
    (put("actions_collectives.0.ref", "r1"), "actions_collectives[0].ref: already used by rdvs[0]"),
    (
        add("organisations", numeros_sms=["09 38 00 00 01"]),
        "organisations[1].numeros_sms[0]: already used by organisations[0].numeros_sms[0]",
    ),
    # rules
    (
        add("motifs", type="domicile", secretariat=True),
        "motifs[2].secretariat: must be false: a domicile motif is not for the secretariat",
    ),
    (
        add("motifs", suivi=True, secretariat=True),
        "motifs[2].secretariat: must be false: a suivi motif is for the referents",
    ),
    (put("motifs.0.delai_max_min", 60), "motifs[0].delai_max_min: must be more than delai_min_min (60)"),
    (
        add("motifs", nom="Accompagnement vers le logement", libelle_usager=None),
        "motifs[2].libelle_usager: is required when nom has more than 30 characters",
    ),
    (put("motifs.1.type", "telephone"), "motifs[1].type: must be sur_place for a collective motif"),
    (put("plages.0.fin", "09:00"), "plages[0].fin: must be after debut (09:00)"),
    (put("plages.0.lieu", None), "plages[0].lieu: is required: consult-pmi is a sur_place motif"),
    (
        put("absences.0.dernier_jour", "2026-11-22"),
        "absences[0].dernier_jour: must not be before premier_jour (2026-11-23)",
    ),
    (put("absences.0.fin", "08:30"), "absences[0].fin: must be after debut (09:00)"),
    (
        add("absences", dernier_jour="2026-11-24", recurrence="FREQ=WEEKLY"),
        "absences[1].recurrence: must be null for an absence of several days",
    ),
    (
        put("rdvs.0.motif", "atelier-portage"),
        "rdvs[0].motif: atelier-portage is collective: write it in actions_collectives",
    ),
    (put("rdvs.0.debut", "2026-03-29T02:30"), "rdvs[0].debut: does not exist: clocks jump over that hour"),
    (
        put("actions_collectives.0.motif", "consult-pmi"),
        "actions_collectives[0].motif: consult-pmi is not collective: write it in rdvs",
    ),
    (
        add("actions_collectives", debut="2026-12-10T14:00", places_max=1, participants=["u1", "u1-lea"]),
        "actions_collectives[1].participants: must be at most 1, the places there are",
    ),
    (put("actions_collectives.0.places_min", 9), "actions_collectives[0].places_min: must be at most places_max (8)"),
    (
        add("actions_collectives", debut="2026-12-10T14:00", participants=["u1"], liste_attente=["u1"]),
        "actions_collectives[1].liste_attente[0]: u1 is a participant",
    ),
    (
        add("rdvs", debut="2026-11-26T09:45"),
        "rdvs[1]: agent a.durand is already taken from 2026-11-26T09:30 to 10:00 by rdvs[0]",
    ),
    (
        put("actions_collectives.0.debut", "2026-11-26T08:30"),
        "actions_collectives[0]: agent a.durand is already taken from 2026-11-26T09:30 to 10:00 by rdvs[0]",
    ),
    (
        put("listes_attente.0.motif", "atelier-portage"),
        "listes_attente[0].motif: atelier-portage is collective: write it in liste_attente of a séance",
    ),
]


@pytest.mark.parametrize(("wrong", "says"), REFUSED, ids=[says for _, says in REFUSED])
def test_a_wrong_file_is_told_what_is_wrong_and_where(
    session: Session, file: File, wrong: Callable[[File], None], says: str
) -> None:
    wrong(file)
    assert refusal(session, file) == [says]


def test_a_plage_carries_the_motifs_of_its_lieus_organisation(session: Session, file: File) -> None:
    file["organisations"].append(LENS)
    file["motifs"].append(file["motifs"][0] | {"ref": "consult-lens", "organisation": "lens"})
    file["plages"][0]["motifs"].append("consult-lens")
    assert refusal(session, file) == [
        "plages[0].motifs[1]: consult-lens is of lens, but lieu arras-sud is of mds-arras"
    ]


def test_two_entries_of_one_waiting_list_are_one_too_many(session: Session, file: File) -> None:
    file["listes_attente"] *= 2
    assert refusal(session, file) == ["listes_attente[1].usager: already used by listes_attente[0]"]


def test_an_error_of_shape_does_not_make_its_entry_unknown(session: Session, file: File) -> None:
    file["motifs"][0]["duree_min"] = 3
    file["usagers"][0]["telephone"] = "12"
    file["plages"][0]["lieu"] = None
    assert [error.split(":")[0] for error in refusal(session, file)] == [
        "motifs[0].duree_min", "plages[0].lieu", "usagers[0].telephone",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [None, [], "rdv", 4, {}])
def test_what_is_no_territory_at_all_is_refused(session: Session, content: object) -> None:
    assert refusal(session, content) == ["territoire: is required"]


def test_a_number_that_answers_for_another_organisation_is_refused(session: Session, file: File) -> None:
    load(session, file, NOW)
    other = {"territoire": {"ref": "59"}, "organisations": [LENS | {"numeros_sms": ["+33938000001"]}]}
    before = dump(session)
    assert refusal(session, other) == [
        "organisations[0].numeros_sms[0]: +33938000001 already answers for another organisation"
    ]
    assert dump(session) == before


def test_every_rdv_on_time_already_taken_is_named_and_none_is_loaded(guarded: Session, file: File) -> None:
    load(guarded, file, NOW)
    rdv = file["rdvs"][0]
    file["rdvs"] += [
        rdv | {"ref": "r2", "debut": "2026-11-26T09:00"},
        rdv | {"ref": "r3", "debut": "2026-11-26T10:00"},
        rdv | {"ref": "r4", "debut": "2026-12-03T15:00"},
    ]
    before = dump(guarded)
    moved = one(guarded, models.Rdv, "r1").occupations[0]
    moved.fin = datetime(2026, 11, 26, 9, 15, tzinfo=UTC)
    guarded.flush()
    file["actions_collectives"] = []
    assert refusal(guarded, file) == [
        "rdvs[2]: agent a.durand is already taken from 2026-11-26T09:30 to 10:15",
        "rdvs[3]: agent a.durand is already taken from 2026-12-03T14:00 to 15:30",
    ]
    assert len(dump(guarded)["rdv"]) == len(before["rdv"])


def test_an_agent_may_be_expected_twice_where_a_territory_is_only_tried(session: Session, file: File) -> None:
    file["rdvs"].append({**file["rdvs"][0], "ref": "r2"})
    assert refusal(session, file) == [
        "rdvs[1]: agent a.durand is already taken from 2026-11-26T09:30 to 10:00 by rdvs[0]"
    ]
    load(session, file, NOW, what_if=True)
    assert session.scalar(select(func.count()).select_from(models.Occupation)) == 3


def test_a_hold_that_has_expired_is_in_nobodys_way(guarded: Session, file: File) -> None:
    rdvs = file.pop("rdvs")
    load(guarded, file, NOW)
    motif, agent = one(guarded, models.Motif, "consult-pmi"), one(guarded, models.Agent, "a.durand")
    span = {"debut": datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "fin": datetime(2026, 11, 26, 9, 0, tzinfo=UTC)}
    hold = models.Hold(contact="sms:+33611000001", motif=motif, agent=agent, expire_le=NOW, **span)
    guarded.add(hold)
    guarded.flush()
    guarded.add(models.Occupation(agent_id=agent.id, hold_id=hold.id, jusqu_a=NOW, **span))
    guarded.flush()
    assert load(guarded, file | {"rdvs": rdvs}, NOW).created["rdvs"] == 1


# Files


def test_yaml_says_the_same_as_json(tmp_path: Path, file: File) -> None:
    (tmp_path / "t.json").write_text(json.dumps(file), "utf-8")
    (tmp_path / "t.yaml").write_text(yaml.safe_dump(file, allow_unicode=True), "utf-8")
    assert read(tmp_path / "t.yaml") == read(tmp_path / "t.json") == file


def test_plain_yaml_words_stay_what_the_author_wrote(tmp_path: Path) -> None:
    plain = tmp_path / "t.yml"
    plain.write_text("debut: 12:00\njour: 2026-11-02\ntel: +33611000001\ninsee: 01004\nsensible: no\nn: 30\n", "utf-8")
    assert read(plain) == {
        "debut": "12:00", "jour": "2026-11-02", "tel": "+33611000001", "insee": "01004",
        "sensible": "no", "n": 30,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("t.json", b'{"a": 1,\n "b" 2}', "t.json, line 2: Expecting ':' delimiter"),
        ("t.json", b'{"a": 1, "a": 2}', "t.json: the field a is written twice in one object"),
        ("t.json", b'{"a": NaN}', "t.json: NaN is not a number"),
        ("t.json", b"[" * 200_000, "t.json: "),
        ("t.yaml", b"a: 1\nb: [", "t.yaml, line 2: "),
        ("t.yaml", b"a: 1\na: 2\n", "t.yaml, line 2: the field a must be text, written once"),
        ("t.yaml", b"a: !!python/object:os.system {}\n", "t.yaml, line 1: "),
        ("t.json", b"\xff\xfe\xfa", "t.json: cannot be read as UTF-8 text"),
    ],
)
def test_a_broken_file_is_one_message(tmp_path: Path, name: str, written: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(written)
    with pytest.raises(TerritoireRefuse) as refused:
        read(tmp_path / name)
    assert len(refused.value.errors) == 1
    assert refused.value.errors[0].startswith(says)


def test_a_missing_file_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(TerritoireRefuse, match=r"nowhere\.json: cannot be read"):
        read(tmp_path / "nowhere.json")


# A recurrence that says nothing, or too much


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=SECONDLY", "FREQ=SECONDLY is not understood (write DAILY, WEEKLY, MONTHLY or YEARLY)"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not understood (write 1 to 999)"),
        ("FREQ=DAILY;COUNT=10000", "COUNT=10000 is not understood (write 1 to 9999)"),
        ("FREQ=DAILY;COUNT=0", "COUNT=0 is not understood (write 1 to 9999)"),
        ("FREQ=DAILY;COUNT=٣", "COUNT=٣ is not understood (write 1 to 9999)"),
        ("FREQ=DAILY;UNTIL=20261231T250000Z", "UNTIL=20261231T250000Z is not understood (write a day like 20261231)"),
        ("FREQ=DAILY;UNTIL=99991231", "must be a date between 1900 and 2200"),
    ],
)
def test_a_recurrence_that_cannot_be_is_told_what_to_write(session: Session, file: File, rule: str, says: str) -> None:
    file["plages"][0]["recurrence"] = rule
    assert refusal(session, file) == [f"plages[0].recurrence: {says}"]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;UNTIL=20261101", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31"])
def test_a_recurrence_that_never_happens_is_a_plage_like_another(session: Session, file: File, rule: str) -> None:
    file["plages"][0]["recurrence"] = rule
    load(session, file, NOW)
    assert one(session, models.Plage, "p1").recurrence == rule


def test_a_day_left_out_is_a_day_of_our_time(session: Session, file: File) -> None:
    file["plages"][0]["sauf"] = ["9999-12-31"]
    assert refusal(session, file) == ["plages[0].sauf[0]: must be a date between 1900 and 2200"]


@pytest.mark.parametrize("until", ["20261231", "20261231T235959", "20261231T225959Z", "20261231T230000Z"])
def test_until_is_its_date_whatever_the_hour_behind_it(session: Session, file: File, until: str) -> None:
    """The last second of 31 December, in local time and in UTC; and midnight, at which no plage begins."""
    file["plages"][0]["recurrence"] = f"FREQ=WEEKLY;BYDAY=TH,FR;UNTIL={until}"
    load(session, file, NOW)
    plage = one(session, models.Plage, "p1")
    days = occurrences(plage, date(2026, 12, 25), date(2027, 1, 31), ZoneInfo("Europe/Paris"))
    assert [span.debut.date().isoformat() for span in days] == ["2026-12-25", "2026-12-31"]
