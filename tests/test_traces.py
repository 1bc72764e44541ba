"""The history of every object is written with each change, by no verb."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking import invitations, rdvs, territoire, traces
from booking.db import transaction
from booking.errors import CreneauPris
from booking.models import Absence, Agent, Attente, Plage, Rdv, Statut, Trace, Usager
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.makers import MONDAY, NOW, World, at
from tests.worlds import PAUL, usager, vendredi_matin

ANNE = "agent:a.durand"


@pytest.fixture
def shell(open_world: OPEN_SHELL, kind: str) -> Shell:
    return open_world("vide", kind=kind)


@pytest.fixture
def agenda(shell: Shell) -> Iterator[World]:
    with transaction(shell.sessions) as session:
        yield World(session, ref="59")


Change = tuple[str, str, str | None, str | None]


def read(session: Session, objet: Any) -> list[Change]:
    """An object's history as agents read it: who, which field, before, after."""
    return [
        (line.qui, f"{line.participant}, {line.champ}" if line.participant else line.champ, line.avant, line.apres)
        for line in traces.history(session, objet)
    ]


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Trace)) or 0


def test_a_creation_is_one_line(agenda: World) -> None:
    traces.sign(agenda.session, ANNE, NOW)
    before = count(agenda.session)
    plage = agenda.plage(agenda.agent("Durand"), "09:00-12:00")
    assert read(agenda.session, plage) == [(ANNE, "creation", None, None)]
    assert count(agenda.session) == before + 2


def test_each_field_that_changes_is_a_line_the_newest_first(agenda: World) -> None:
    traces.sign(agenda.session, ANNE, NOW)
    motif = agenda.new_motif("budget", duree_min=20)
    motif.duree_min = 30
    agenda.session.flush()
    traces.sign(agenda.session, "systeme", at("09:00"))
    motif.duree_min, motif.sensible, motif.nom = 45, True, "budget"
    agenda.session.flush()
    assert read(agenda.session, motif) == [
        ("systeme", "sensible", "non", "oui"),
        ("systeme", "duree_min", "30", "45"),
        (ANNE, "duree_min", "20", "30"),
        (ANNE, "creation", None, None),
    ]
    assert [line.quand for line in traces.history(agenda.session, motif)] == [at("09:00")] * 2 + [NOW] * 2


def test_what_is_changed_before_somebody_else_signs_is_not_theirs(agenda: World) -> None:
    traces.sign(agenda.session, ANNE, NOW)
    marie = agenda.usager("Marie")
    marie.discret = True
    traces.sign(agenda.session, "usager:sms", NOW)
    assert read(agenda.session, marie)[0] == (ANNE, "discret", "non", "oui")


def test_what_nobody_signs_is_the_systems_at_the_databases_hour(agenda: World) -> None:
    (line,) = traces.history(agenda.session, agenda.usager("Marie"))
    assert line.qui == "systeme"
    assert line.quand.tzinfo is not None


def test_things_are_named_and_so_are_those_that_are_gone(agenda: World) -> None:
    anne, bruno = agenda.agent("Durand"), agenda.agent("Petit", "Bruno")
    plage = agenda.plage(anne, "09:00-12:00")
    other = agenda.new_motif("budget")
    plage.lieu, plage.motifs, plage.agent = agenda.nord, [agenda.motif, other], bruno
    agenda.session.flush()
    plage.motifs = [agenda.motif]
    agenda.session.flush()
    agenda.session.delete(other)
    agenda.session.flush()
    changes = [line[1:] for line in read(agenda.session, plage)]
    assert changes == [
        ("motifs", f"consult-pmi, n° {other.id}", "consult-pmi"),
        ("motifs", "consult-pmi", f"consult-pmi, n° {other.id}"),
        ("lieu", "MDS sud", "MDS nord"),
        ("agent", "Anne Durand", "Bruno Petit"),
        ("creation", None, None),
    ]


def test_nothing_is_written_for_what_stays_as_it_is(agenda: World) -> None:
    plage = agenda.plage(agenda.agent("Durand"), "09:00-12:00")
    before = count(agenda.session)
    plage.nom, plage.motifs = str(plage.nom), list(plage.motifs)
    agenda.session.flush()
    assert count(agenda.session) == before


def test_the_history_of_an_rdv_tells_its_life(agenda: World) -> None:
    session, anne, bruno = agenda.session, agenda.agent("Durand"), agenda.agent("Petit", "Bruno")
    lea, tom = agenda.usager("Léa"), agenda.usager("Tom")
    rdv = rdvs.place(
        session, agenda.motif, agents=[anne], debut=at("14:00"), lieu=None, participants=[lea], qui=ANNE, now=NOW
    )
    rdvs.add_participant(session, rdv, tom, qui=ANNE, now=NOW)
    rdvs.move(session, rdv, debut=at("15:00"), agents=[anne, bruno], qui=ANNE, now=NOW)
    rdvs.cancel_by_usager(session, rdv.participations[0], contact="sms:+33639980001", qui="usager:sms", now=NOW)
    rdvs.cancel_by_service(session, rdv, qui=ANNE, now=NOW, reason="Agent malade")
    assert read(session, rdv) == [
        (ANNE, "notes", "", "Agent malade"),
        (ANNE, "statut", "indetermine", "revoque"),
        (ANNE, "Tom Martin, statut", "indetermine", "revoque"),
        ("usager:sms", "Léa Martin, statut", "indetermine", "excuse"),
        (ANNE, "agents", "Anne Durand", "Anne Durand, Bruno Petit"),
        (ANNE, "fin", "2026-11-23T13:30:00+00:00", "2026-11-23T14:30:00+00:00"),
        (ANNE, "debut", "2026-11-23T13:00:00+00:00", "2026-11-23T14:00:00+00:00"),
        (ANNE, "participants", None, "Tom Martin"),
        (ANNE, "creation", None, None),
    ]


def test_no_history_repeats_the_number_that_gave_an_rdv_up(agenda: World) -> None:
    rdv = agenda.rdv([agenda.agent("Durand")], at("14:00"), people=[agenda.usager("Léa")])
    rdvs.cancel_by_usager(
        agenda.session, rdv.participations[0], contact="sms:+33639980001", qui="usager:sms", now=NOW
    )  # fmt: skip
    assert not [line for line in read(agenda.session, rdv) if "+336" in f"{line}"]


def test_what_was_undone_leaves_no_line(agenda: World) -> None:
    anne = agenda.agent("Durand")
    agenda.rdv([anne], at("15:00"))
    rdv = agenda.rdv([anne], at("14:00"))
    before = count(agenda.session)
    with pytest.raises(CreneauPris):
        rdvs.move(agenda.session, rdv, debut=at("15:00"), qui=ANNE, now=NOW)
    assert count(agenda.session) == before


def test_families_are_in_the_history_of_who_answers(agenda: World) -> None:
    marie, lea = agenda.usager("Marie"), agenda.usager("Léa")
    marie.proches.append(lea)
    marie.referents.append(agenda.agent("Durand"))
    agenda.session.flush()
    assert {line[1:] for line in read(agenda.session, marie)[:2]} == {
        ("proches", "", "Léa Martin"), ("referents", "", "Anne Durand"),
    }  # fmt: skip


def test_a_deletion_is_a_line(agenda: World) -> None:
    rdv = agenda.rdv([agenda.agent("Durand")], at("14:00"), people=[agenda.usager("Léa")])
    rdvs.delete(agenda.session, rdv, qui=ANNE, now=NOW)
    last = agenda.session.scalars(select(Trace).order_by(Trace.id.desc()).limit(1)).one()
    assert (last.qui, last.objet, last.objet_id, last.champ) == (ANNE, "rdv", rdv.id, "suppression")


def test_an_object_that_takes_the_number_of_a_deleted_one_begins_anew(agenda: World) -> None:
    first = agenda.rdv([agenda.agent("Durand")], at("14:00"))
    rdvs.delete(agenda.session, first, qui=ANNE, now=NOW)
    second = agenda.rdv([], at("14:00"), id=first.id)
    assert [line[1] for line in read(agenda.session, second)] == ["creation"]


def test_every_object_of_the_agenda_has_a_history(agenda: World) -> None:
    anne, marie = agenda.agent("Durand"), agenda.usager("Marie")
    absence = agenda.absence(anne, "2026-11-23T09:00", "2026-11-23T10:00")
    attente = agenda.keep(Attente(usager=marie, motif=agenda.motif, cree_le=NOW))
    invitation = invitations.invite(agenda.session, marie, agenda.motif, agent=anne, now=NOW)
    absence.nom, attente.jours_impossibles, invitation.expire_le = "Congé", ["MO"], at("10:00")
    agenda.sud.nom, agenda.arras.nom, agenda.territoire.nom, agenda.pmi.nom = "a", "b", "c", "d"
    agenda.session.flush()
    for objet in (absence, attente, invitation, agenda.sud, agenda.arras, agenda.territoire, agenda.pmi):
        assert [line[1] for line in read(agenda.session, objet)][1:] == ["creation"], objet


# The territory file


def test_a_load_writes_the_creation_of_all_it_creates(shell: Shell) -> None:
    with transaction(shell.sessions) as session:
        territoire.load(session, {**vendredi_matin(), "territoire": {"ref": "59", "nom": "Nord"}}, NOW)
    with transaction(shell.sessions) as session:
        for model in (Agent, Plage, Absence, Rdv, Usager):
            for row in session.scalars(select(model)):
                assert read(session, row) == [("fichier", "creation", None, None)], row
                assert traces.history(session, row)[0].quand == NOW


def test_a_load_writes_what_it_changes_and_nothing_else(shell: Shell) -> None:
    world = {**vendredi_matin(), "territoire": {"ref": "59", "nom": "Nord"}}
    with transaction(shell.sessions) as session:
        territoire.load(session, world, NOW)
        before = count(session)
        territoire.load(session, world, NOW)
        assert count(session) == before
    world["usagers"].append(usager("paul", "Paul", "Martin", PAUL))
    world["usagers"][0]["proches"][0]["autres_responsables"] = ["paul"]
    world["plages"][0] |= {"motifs": ["consult-pmi", "planification"], "premier_jour": "2026-11-23"}
    world["rdvs"][0] |= {"participants": ["marie"], "agents": ["c.roy"], "statut": "excuse"}
    with transaction(shell.sessions) as session:
        territoire.load(session, world, at("09:00"))
        plage = session.scalars(select(Plage).where(Plage.ref == "p1")).one()
        rdv = session.scalars(select(Rdv)).one()
        assert plage.premier_jour == MONDAY
        assert rdv.statut is Statut.EXCUSE
        assert sorted(line[1:] for line in read(session, plage)[:-1]) == [
            ("motifs", "Consultation PMI", "Consultation PMI, Entretien conseil"),
            ("premier_jour", "2026-11-02", "2026-11-23"),
        ]
        lea = session.scalars(select(Usager).where(Usager.ref == "lea")).one()
        assert read(session, lea)[0] == ("fichier", "responsables", "Marie Martin", "Marie Martin, Paul Martin")
        assert sorted(line[1:] for line in read(session, rdv)[:-1]) == [
            ("agents", "Anne Durand", "Claire Roy"),
            ("participants", None, "Marie Martin"),
            ("statut", "indetermine", "excuse"),
        ]
