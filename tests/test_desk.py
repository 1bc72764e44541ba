"""What one sender may ask, and what it does to the others: nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from booking.db import transaction
from booking.desk import Desk
from booking.errors import CreneauPris, RdvIntrouvable, RdvPasse, TropDeRdvs, TropDeRetenues
from booking.models import Occupation, Organisation, Participation, Rdv, Statut, Trace
from booking.rdvs import cancel_by_usager
from booking.vues import Personne
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.worlds import INCONNUE, MARIE, NOW, PAUL, dans

ZOE = Personne("Zoé", "Petit")


@contextmanager
def desk(shell: Shell, address: str = MARIE, *, now: datetime = NOW) -> Iterator[Desk]:
    with transaction(shell.sessions) as session:
        yield Desk(session, "sms", address, session.scalars(select(Organisation)).one(), now)


def statuts(shell: Shell, ref: str) -> tuple[Statut, list[tuple[str, Statut]]]:
    with transaction(shell.sessions) as session:
        rdv = session.scalars(select(Rdv).where(Rdv.ref == ref)).one()
        return rdv.statut, sorted((one.usager.prenom, one.statut) for one in rdv.participations)


def occupations(shell: Shell) -> int:
    with transaction(shell.sessions) as session:
        return session.scalar(select(func.count()).select_from(Occupation)) or 0


def keep_first(one: Desk, motif: str) -> datetime:
    creneau = one.creneaux(motif, pour=None)[0]
    one.hold(motif, creneau.debut, pour=None, lieu=creneau.lieu.ref if creneau.lieu else None)
    return creneau.debut


def test_each_family_sees_its_own_part_of_a_workshop(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    with desk(shell, MARIE) as marie:
        assert [(rdv.libelle, rdv.prenom) for rdv in marie.rdvs()] == [
            ("Atelier portage", "Léa"), ("Consultation PMI", "Léa"), ("Consultation PMI", "Tom"),
        ]  # fmt: skip
    with desk(shell, PAUL) as paul:
        assert [rdv.prenom for rdv in paul.rdvs()] == ["Zoé"]


def test_a_workshop_goes_on_when_one_child_gives_it_up(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier", kind=kind)
    before = occupations(shell)
    with desk(shell) as marie:
        assert marie.cancel(marie.rdvs()[0].participation) is False
    assert statuts(shell, "s1") == (
        Statut.INDETERMINE,
        [("Léa", Statut.EXCUSE), ("Zoé", Statut.INDETERMINE)],
    )
    assert occupations(shell) == before


def test_an_rdv_is_excused_and_its_time_free_once_nobody_comes(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier", kind=kind)
    before = occupations(shell)
    with desk(shell) as marie:
        _, lea, tom = marie.rdvs()
        marie.cancel(lea.participation)
    assert statuts(shell, "fratrie")[0] is Statut.INDETERMINE
    assert occupations(shell) == before
    with desk(shell) as marie:
        marie.cancel(tom.participation)
    assert statuts(shell, "fratrie")[0] is Statut.EXCUSE
    assert occupations(shell) == before - 1
    with transaction(shell.sessions) as session:
        noted = session.scalars(select(Trace).order_by(Trace.id)).all()
    assert [(one.champ, one.qui, one.apres) for one in noted] == [
        ("participation", "usager:sms", "excuse"),
        ("participation", "usager:sms", "excuse"),
        ("statut", "usager:sms", "excuse"),
    ]


def test_nobody_cancels_for_somebody_else(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    with desk(shell, MARIE) as marie:
        hers = marie.rdvs()[0].participation
    with desk(shell, PAUL) as paul, pytest.raises(RdvIntrouvable):
        paul.cancel(hers)
    assert statuts(shell, "s1")[1] == [("Léa", Statut.INDETERMINE), ("Zoé", Statut.INDETERMINE)]


def test_an_rdv_is_not_cancelled_twice_nor_once_it_has_begun(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        mine = marie.rdvs()[0]
    with desk(shell, now=mine.debut) as marie, pytest.raises(RdvIntrouvable):
        marie.cancel(mine.participation)
    with desk(shell) as marie:
        marie.cancel(mine.participation)
    with desk(shell) as marie, pytest.raises(RdvIntrouvable):
        marie.cancel(mine.participation)


def test_somebody_keeps_two_creneaux_at_most(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    with desk(shell, INCONNUE) as somebody:
        keep_first(somebody, "consult-pmi")
        keep_first(somebody, "budget")
        with pytest.raises(TropDeRetenues):
            keep_first(somebody, "planification")
    with desk(shell, INCONNUE, now=dans(11)) as somebody:
        keep_first(somebody, "planification")


def test_keeping_another_creneau_of_a_motif_lets_the_first_one_go(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    with desk(shell, INCONNUE) as somebody:
        first, second = somebody.creneaux("budget", pour=None)[:2]
        somebody.hold("budget", first.debut, pour=None, lieu=None)
        somebody.hold("budget", second.debut, pour=None, lieu=None)
    with desk(shell, MARIE) as marie:
        offered = [creneau.debut for creneau in marie.creneaux("budget", pour=None)]
    assert first.debut in offered
    assert second.debut not in offered


def test_what_somebody_keeps_is_offered_to_nobody_else_for_ten_minutes(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world(kind=kind)
    with desk(shell, INCONNUE) as somebody:
        kept = keep_first(somebody, "budget")
    with desk(shell, MARIE) as marie, pytest.raises(CreneauPris):
        marie.hold("budget", kept, pour=None, lieu=None)
    with desk(shell, MARIE, now=NOW + timedelta(minutes=10)) as marie:
        marie.hold("budget", kept, pour=None, lieu=None)


def test_a_number_has_three_rdvs_to_come_for_a_motif_at_most(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    for _ in range(3):
        with desk(shell, INCONNUE) as somebody:
            debut = keep_first(somebody, "budget")
            somebody.book("budget", debut, pour=ZOE, moi=ZOE, lieu=None)
    with desk(shell, INCONNUE) as somebody, pytest.raises(TropDeRdvs):
        keep_first(somebody, "budget")
    with transaction(shell.sessions) as session:
        booked = select(Participation.usager_id).join(Rdv).where(Rdv.cree_par == "usager:sms")
        people = session.scalars(booked).all()
    assert (len(people), len(set(people))) == (3, 1)


def test_the_same_person_is_recognised_by_name_whatever_the_accents(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with desk(shell) as marie:
        debut = keep_first(marie, "consult-pmi")
        lea = Personne("lea", "MARTIN")
        marie.book("consult-pmi", debut, pour=lea, moi=marie.people()[0], lieu="arras-sud")
    with desk(shell) as marie:
        assert [proche.prenom for proche in marie.proches()] == ["Léa"]


REFUSALS: dict[str, Callable[[Desk], object]] = {
    "a time out of any plage": lambda one: one.hold("budget", dans(1), pour=None, lieu=None),
    "a time too near": lambda one: one.hold("social", dans(30), pour=None, lieu="arras-sud"),
}


@pytest.mark.parametrize("ask", REFUSALS.values(), ids=REFUSALS)
def test_only_what_is_offered_can_be_kept(ask: Callable[[Desk], object], open_world: OPEN_SHELL) -> None:
    with desk(open_world()) as marie, pytest.raises(CreneauPris):
        ask(marie)


def test_what_has_begun_is_past(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with transaction(shell.sessions) as session:
        mine = session.scalars(select(Participation)).one()
        with pytest.raises(RdvPasse):
            cancel_by_usager(session, mine, qui="usager:sms", now=mine.rdv.debut)
