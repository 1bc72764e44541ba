"""What one sender may ask, and what it does to the others: nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from booking import faits, invitations, rdvs, traces
from booking.db import transaction
from booking.desk import Desk
from booking.errors import (
    CreneauPris,
    RdvIntrouvable,
    RdvPasse,
    RienARetablir,
    TropDAnnulations,
    TropDeRdvs,
    TropDeRetenues,
    TropTardPourDeplacer,
)
from booking.faits import Naissance
from booking.holds import forget_expired_holds
from booking.models import Agent, Avis, AvisKind, Motif, Occupation, Organisation, Participation, Rdv, Statut, Usager
from booking.participations import RESTORE
from booking.vues import InvitationVue, Personne
from bot.shell import Shell
from tests.conftest import OPEN_SHELL
from tests.worlds import INCONNUE, MARIE, NOW, PAUL, dans

ZOE = Personne("Zoé", "Petit")
SOME_DAY = (NOW + timedelta(days=20)).astimezone(UTC)


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


def first_of(one: Desk) -> tuple[int, datetime]:
    """The participation and the hour of the first RDV to come."""
    rdv = one.rdvs()[0]
    return rdv.participation, rdv.debut


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
        assert marie.cancel(*first_of(marie)) is False
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
        marie.cancel(lea.participation, lea.debut)
    assert statuts(shell, "fratrie")[0] is Statut.INDETERMINE
    assert occupations(shell) == before
    with desk(shell) as marie:
        marie.cancel(tom.participation, tom.debut)
    assert statuts(shell, "fratrie")[0] is Statut.EXCUSE
    assert occupations(shell) == before
    with transaction(shell.sessions) as session:
        forget_expired_holds(session, NOW + RESTORE)
    assert occupations(shell) == before - 1


def test_nobody_cancels_for_somebody_else(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    with desk(shell, MARIE) as marie:
        hers = first_of(marie)
    with desk(shell, PAUL) as paul, pytest.raises(RdvIntrouvable):
        paul.cancel(*hers)
    assert statuts(shell, "s1")[1] == [("Léa", Statut.INDETERMINE), ("Zoé", Statut.INDETERMINE)]


def test_an_rdv_is_not_cancelled_twice_nor_once_it_has_begun(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        mine = marie.rdvs()[0]
    with desk(shell, now=mine.debut) as marie, pytest.raises(RdvPasse):
        marie.cancel(mine.participation, mine.debut)
    with desk(shell) as marie:
        marie.cancel(mine.participation, mine.debut)
    with desk(shell) as marie, pytest.raises(RdvIntrouvable):
        marie.cancel(mine.participation, mine.debut)


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


# What was taken is given up, taken back, moved


def mine(shell: Shell, ref: str) -> tuple[datetime, list[str]]:
    """When an RDV begins and with whom."""
    with transaction(shell.sessions) as session:
        rdv = session.scalars(select(Rdv).where(Rdv.ref == ref)).one()
        return rdv.debut, [agent.ref for agent in rdv.agents]


def test_retablir_brings_back_what_was_given_up_last(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs", kind=kind)
    with desk(shell) as marie:
        lea, hers = marie.rdvs()
        marie.cancel(lea.participation, lea.debut)
    with desk(shell, now=dans(1)) as marie:
        marie.cancel(hers.participation, hers.debut)
    with desk(shell, now=dans(14)) as marie:
        assert marie.restore() == hers
        assert marie.restore() == lea
        assert marie.rdvs() == (lea, hers)
        with pytest.raises(RienARetablir):
            marie.restore()


def test_retablir_comes_too_late_after_a_quarter_of_an_hour(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        marie.cancel(*first_of(marie))
    with desk(shell, now=dans(15)) as marie, pytest.raises(RienARetablir):
        marie.restore()


def test_the_other_responsable_does_not_restore_what_one_gave_up(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_responsables")
    with desk(shell) as marie:
        debut = keep_first(marie, "consult-pmi")
        marie.book("consult-pmi", debut, pour=marie.proches()[0], moi=marie.people()[0], lieu="arras-sud")
    with desk(shell) as marie:
        marie.cancel(*first_of(marie))
    with desk(shell, PAUL) as paul, pytest.raises(RienARetablir):
        paul.restore()


def test_what_was_given_up_is_offered_to_nobody_until_it_cannot_be_restored(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv", kind=kind)
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        marie.cancel(lea.participation, lea.debut)
    with desk(shell, INCONNUE, now=dans(14)) as somebody, pytest.raises(CreneauPris):
        somebody.hold("consult-pmi", lea.debut, pour=None, lieu="arras-sud")
    with desk(shell, INCONNUE, now=dans(15)) as somebody:
        somebody.hold("consult-pmi", lea.debut, pour=None, lieu="arras-sud")
        somebody.book("consult-pmi", lea.debut, pour=ZOE, moi=ZOE, lieu="arras-sud")


def test_a_number_gives_up_three_rdvs_a_day_and_the_fourth_stands(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    for motif in ("planification", "budget"):
        with desk(shell) as marie:
            debut = keep_first(marie, motif)
            marie.book(motif, debut, pour=marie.people()[0], moi=marie.people()[0], lieu=None)
    with desk(shell) as marie:
        first, second, third, fourth = marie.rdvs()
        for one in (first, second, third):
            marie.cancel(one.participation, one.debut)
        with pytest.raises(TropDAnnulations):
            marie.cancel(fourth.participation, fourth.debut)
        assert marie.rdvs() == (fourth,)
        marie.restore()
        marie.cancel(fourth.participation, fourth.debut)


def test_a_family_that_gives_up_one_rdv_gives_up_one(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    with desk(shell) as marie:
        workshop, lea, tom = marie.rdvs()
        for one in (lea, tom, workshop):
            marie.cancel(one.participation, one.debut)


def test_a_yes_to_a_reminder_is_noted(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        marie.confirm_coming(lea.participation)
    with transaction(shell.sessions) as session:
        assert session.scalars(select(Participation.confirmee_le)).one() == NOW
    with desk(shell, now=lea.debut) as marie, pytest.raises(RdvPasse):
        marie.confirm_coming(lea.participation)
    with desk(shell, PAUL) as paul, pytest.raises(RdvIntrouvable):
        paul.confirm_coming(lea.participation)


def test_an_rdv_moves_to_the_creneau_that_was_kept_for_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv", kind=kind)
    taken = occupations(shell)
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        motif, pour, lieu = marie.draft_of(lea.participation)
        assert (motif, pour, lieu) == ("consult-pmi", marie.proches()[0], "arras-sud")
        other = marie.creneaux(motif, pour=pour, lieu=lieu)[0].debut
        marie.hold(motif, other, pour=pour, lieu=lieu, deplace=lea.participation)
        assert marie.rdvs() == (lea,)
        marie.move(lea.participation, lea.debut, other)
        assert [(rdv.participation, rdv.debut) for rdv in marie.rdvs()] == [(lea.participation, other)]
    assert occupations(shell) == taken
    with desk(shell, INCONNUE) as somebody:
        somebody.hold("consult-pmi", lea.debut, pour=None, lieu="arras-sud")
        with pytest.raises(CreneauPris):
            somebody.hold("consult-pmi", other, pour=None, lieu="arras-sud")


def test_an_rdv_moves_to_a_creneau_still_free_although_its_hold_has_run_out(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        other = keep_first(marie, "consult-pmi")
    with desk(shell, now=dans(11)) as marie:
        marie.move(lea.participation, lea.debut, other)
    assert mine(shell, "lea-pmi") == (other, ["a.durand"])


def test_an_rdv_stands_when_the_creneau_is_gone(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell, INCONNUE) as somebody:
        other = keep_first(somebody, "consult-pmi")
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        with pytest.raises(CreneauPris):
            marie.move(lea.participation, lea.debut, other)
        assert marie.rdvs() == (lea,)


def test_a_yes_acts_on_the_hour_that_was_asked_about_alone(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv", kind=kind)
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        other = keep_first(marie, "consult-pmi")
    with transaction(shell.sessions) as session:
        rdv = session.scalars(select(Rdv).where(Rdv.ref == "lea-pmi")).one()
        rdvs.move(session, rdv, debut=lea.debut + timedelta(hours=1), qui="agent:a.durand", now=NOW)
    with desk(shell) as marie:
        with pytest.raises(RdvIntrouvable):
            marie.cancel(lea.participation, lea.debut)
        with pytest.raises(RdvIntrouvable):
            marie.move(lea.participation, lea.debut, other)
        assert [rdv.debut for rdv in marie.rdvs()] == [lea.debut + timedelta(hours=1)]


def test_a_yes_that_was_just_said_is_known_for_a_few_minutes(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    with desk(shell) as marie:
        lea = marie.rdvs()[0]
        assert marie.just_confirmed() is None
        marie.confirm_coming(lea.participation)
        assert marie.just_confirmed() == lea
    with desk(shell, now=dans(10)) as marie:
        assert marie.just_confirmed() is None


def test_past_the_delay_only_the_service_moves_an_rdv(open_world: OPEN_SHELL) -> None:
    shell = open_world("rdv_bientot")
    with desk(shell) as marie:
        soon = marie.rdvs()[0].participation
        with pytest.raises(TropTardPourDeplacer):
            marie.draft_of(soon)


def test_a_workshop_is_not_moved_by_one_who_comes_to_it(open_world: OPEN_SHELL) -> None:
    with desk(open_world("atelier")) as marie, pytest.raises(TropTardPourDeplacer):
        marie.draft_of(marie.rdvs()[0].participation)


def test_nobody_moves_what_somebody_elses_child_comes_to(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    with transaction(shell.sessions) as session:
        fratrie = session.scalars(select(Rdv).where(Rdv.ref == "fratrie")).one()
        zoe = session.scalars(select(Usager).where(Usager.ref == "zoe")).one()
        rdvs.add_participant(session, fratrie, zoe, qui="agent:a.durand", now=NOW)
    with desk(shell) as marie, pytest.raises(TropTardPourDeplacer):
        marie.draft_of(marie.rdvs()[1].participation)


@pytest.mark.parametrize(
    ("motif", "usagers", "before_min", "deplacable"),
    [
        pytest.param("budget", ["marie"], 150, True, id="there is time to answer before the delay"),
        pytest.param("budget", ["marie"], 149, False, id="the delay has nearly begun"),
        pytest.param("budget", ["marie", "lea"], 150, True, id="her own child comes too"),
        pytest.param("budget", ["marie", "paul"], 150, False, id="somebody else comes too"),
        pytest.param("planification", ["marie"], 150, False, id="it is sensitive"),
    ],
)
def test_a_reminder_offers_another_day_while_a_message_can_move_the_rdv(
    open_world: OPEN_SHELL, motif: str, usagers: list[str], before_min: int, deplacable: bool
) -> None:
    with transaction(open_world("atelier").sessions) as session:
        everyone = [session.scalars(select(Usager).where(Usager.ref == ref)).one() for ref in usagers]
        rdv = rdvs.place(
            session, session.scalars(select(Motif).where(Motif.ref == motif)).one(),
            agents=list(session.scalars(select(Agent).where(Agent.ref == "a.durand"))), debut=SOME_DAY,
            lieu=None, participants=everyone, qui="agent:a.durand", now=NOW,
        )  # fmt: skip
        about = select(Avis).where(Avis.rdv_id == rdv.id, Avis.kind == AvisKind.REMINDER)
        one = session.scalars(about.where(Avis.destinataire_id == everyone[0].id)).first()
        assert one is not None
        one.du_le = rdv.debut - timedelta(minutes=before_min)
        assert faits.facts(one).deplacable is deplacable


def test_whoever_has_three_rdvs_of_a_motif_may_still_move_one(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    for _ in range(3):
        with desk(shell, INCONNUE) as somebody:
            somebody.book("budget", keep_first(somebody, "budget"), pour=ZOE, moi=ZOE, lieu=None)
    with desk(shell, INCONNUE) as somebody:
        first, ancien = first_of(somebody)
        other = somebody.creneaux("budget", pour=None)[0].debut
        somebody.hold("budget", other, pour=None, lieu=None, deplace=first)
        somebody.move(first, ancien, other)
        assert other in [rdv.debut for rdv in somebody.rdvs()]


def test_a_refused_number_is_written_to_no_more_and_an_agent_has_to_ask(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_sur_un_telephone")
    with desk(shell) as somebody:
        somebody.refuse_number()
    with transaction(shell.sessions) as session:
        fiches = session.scalars(select(Usager).where(Usager.telephone == MARIE)).all()
        assert [(one.numero_refuse_le, one.a_reverifier) for one in fiches] == [(NOW, NOW), (NOW, NOW)]
        by_whom = {line.qui for fiche in fiches for line in traces.history(session, fiche) if line.champ != "creation"}
        assert by_whom == {"usager:sms"}


def test_who_is_recognised_after_all_is_written_to_again(open_world: OPEN_SHELL) -> None:
    shell = open_world("dates_connues")
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.recognise(22, 7)
    with transaction(shell.sessions) as session:
        marie = session.scalars(select(Usager).where(Usager.ref == "marie")).one()
        assert (marie.numero_refuse_le, marie.a_reverifier, marie.notifier_sms) == (None, None, True)


def test_who_wants_no_messages_gets_none_either_once_recognised(open_world: OPEN_SHELL) -> None:
    shell = open_world("dates_connues")
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.ref == "marie")).one().notifier_sms = False
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.recognise(22, 7)
    with transaction(shell.sessions) as session:
        assert not session.scalars(select(Usager).where(Usager.ref == "marie")).one().notifier_sms


def test_stop_start_and_discretion_are_on_the_fiches_and_in_their_history(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_sur_un_telephone")
    with desk(shell) as somebody:
        somebody.stop()
        somebody.hide()
    with desk(shell, now=dans(1)) as somebody:
        somebody.stop()
    with transaction(shell.sessions) as session:
        fiches = session.scalars(select(Usager).where(Usager.telephone == MARIE)).all()
        assert [(one.arret_le, one.discret) for one in fiches] == [(NOW, True)] * 2
    with desk(shell, now=dans(2)) as somebody:
        somebody.start()
        assert somebody.is_discreet
    with transaction(shell.sessions) as session:
        fiches = session.scalars(select(Usager).where(Usager.telephone == MARIE)).all()
        assert [one.arret_le for one in fiches] == [None] * 2
        told = [(line.qui, line.champ) for line in traces.history(session, fiches[0]) if line.champ != "creation"]
        assert sorted(told) == [("usager:sms", "arret_le")] * 2 + [("usager:sms", "discret")]


def test_an_agent_may_let_messages_tell_everything_again(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    with transaction(shell.sessions) as session:
        arras = session.scalars(select(Organisation)).one()
        assert Desk(session, "sms", INCONNUE, arras, NOW, discreet=True).is_discreet
        assert not Desk(session, "sms", MARIE, arras, NOW, discreet=True).is_discreet


def doubt(shell: Shell, address: str = MARIE) -> None:
    with desk(shell, address) as somebody:
        somebody.refuse_number()


def fiche(shell: Shell, ref: str) -> tuple[bool, list[str]]:
    """Whether the number of an usager is doubtful, and what its history says of it, the newest first."""
    with transaction(shell.sessions) as session:
        usager = session.scalars(select(Usager).where(Usager.ref == ref)).one()
        told = [
            line.champ for line in traces.history(session, usager) if line.champ not in ("creation", "numero_refuse_le")
        ]
        return usager.a_reverifier is not None, told


def avis_about(shell: Shell, ref: str) -> int:
    """The first avis about an usager."""
    with transaction(shell.sessions) as session:
        about = select(Avis.id).join(Avis.participation).join(Participation.usager).where(Usager.ref == ref)
        return session.scalars(about.order_by(Avis.id)).first() or 0


def test_a_doubtful_number_is_shown_nobody(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    with desk(shell) as marie:
        hers = first_of(marie)
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.is_doubtful
        assert somebody.naissance is Naissance.CONCERNEE
        assert (somebody.people(), somebody.proches(), somebody.rdvs()) == ((), (), ())
        with pytest.raises(RdvIntrouvable):
            somebody.cancel(*hers)


def test_what_is_said_of_a_doubtful_number_still_protects_its_owner(open_world: OPEN_SHELL) -> None:
    shell = open_world("discrete")
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.is_discreet_for("consult-pmi")
    shell = open_world("protegee")
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.is_protected


def test_a_birth_day_that_is_known_gives_the_number_back_to_all_who_share_it(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_sur_un_telephone", kind=kind)
    doubt(shell)
    with desk(shell, now=dans(1)) as somebody:
        assert somebody.recognise(14, 3)
        assert [one.prenom for one in somebody.people()] == ["Marie", "Paul"]
        assert not somebody.is_doubtful
    assert fiche(shell, "marie") == fiche(shell, "paul") == (False, ["a_reverifier", "a_reverifier"])


def test_three_wrong_birth_days_are_all_that_a_number_may_try(kind: str, open_world: OPEN_SHELL) -> None:
    shell = open_world("dates_connues", kind=kind)
    doubt(shell)
    for left in (2, 1, 0):
        with desk(shell, now=dans(1)) as somebody:
            assert not somebody.recognise(23, 7)
            assert somebody.tries_left == left
    doubt(shell)
    with desk(shell, now=dans(2)) as somebody:
        assert somebody.naissance is Naissance.SOI
        assert somebody.tries_left == 0
        assert not somebody.recognise(22, 7)
    is_doubtful, told = fiche(shell, "marie")
    assert is_doubtful
    assert told[-4:] == ["naissance_refusee"] * 3 + ["a_reverifier"]


def test_a_number_that_an_agent_has_checked_may_try_again(open_world: OPEN_SHELL) -> None:
    shell = open_world("dates_connues")
    doubt(shell)
    with desk(shell, now=dans(1)) as somebody:
        somebody.recognise(23, 7)
    with transaction(shell.sessions) as session:
        session.scalars(select(Usager).where(Usager.ref == "marie")).one().a_reverifier = dans(2)
    with desk(shell, now=dans(3)) as somebody:
        assert somebody.tries_left == 3
        assert somebody.recognise(22, 7)


def test_the_birth_day_of_a_proche_counts_where_the_news_is_about_it(open_world: OPEN_SHELL) -> None:
    shell = open_world("atelier")
    doubt(shell)
    about_lea, about_zoe = avis_about(shell, "lea"), avis_about(shell, "zoe")
    with desk(shell) as somebody:
        assert not somebody.recognise(2, 5, avis_id=about_lea)
        assert not somebody.recognise(1, 6, avis_id=about_zoe)
        assert somebody.recognise(14, 3, avis_id=about_lea)


def test_news_are_told_to_who_they_are_for_while_they_are_true(open_world: OPEN_SHELL) -> None:
    shell = open_world("un_rdv")
    one = avis_about(shell, "lea")
    with desk(shell, PAUL) as paul:
        assert paul.news(one) is None
    with desk(shell) as marie:
        told = marie.news(one)
        assert told is not None
        assert (told.prenom, told.lieu, told.naissance) == ("Léa", "MDS Arras Sud", Naissance.CONCERNEE)
        assert marie.news(one + 1000) is None
        marie.cancel(*first_of(marie))
        assert marie.news(one) is None
    doubt(shell)
    with desk(shell) as somebody:
        assert somebody.news(one) is None


def test_who_has_a_number_now_books_in_their_own_name_and_sees_no_other(open_world: OPEN_SHELL) -> None:
    shell = open_world("deux_rdvs")
    doubt(shell)
    with desk(shell) as somebody:
        somebody.book("budget", keep_first(somebody, "budget"), pour=ZOE, moi=ZOE, lieu=None)
        assert [rdv.libelle for rdv in somebody.rdvs()] == ["Conseil budget"]
        assert [one.prenom for one in somebody.people()] == ["Zoé"]
        assert somebody.is_doubtful


def invite(shell: Shell, ref: str) -> str:
    with transaction(shell.sessions) as session:
        usager = session.scalars(select(Usager).where(Usager.ref == ref)).one()
        motif = session.scalars(select(Motif).where(Motif.ref == "budget")).one()
        agent = session.scalars(select(Agent).where(Agent.ref == "b.petit")).one()
        return invitations.invite(session, usager, motif, agent=agent, now=NOW).ref


def test_an_invitation_is_there_until_its_motif_is_booked(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    ref = invite(shell, "lea")
    with desk(shell) as marie:
        (lea,) = marie.proches()
        assert marie.invitation() == InvitationVue(ref, "budget", lea)
        marie.book("budget", keep_first(marie, "budget"), pour=lea, moi=marie.people()[0], lieu=None)
        assert marie.invitation() is None


def test_an_invitation_is_declined_by_those_it_was_sent_to(open_world: OPEN_SHELL) -> None:
    shell = open_world()
    ref = invite(shell, "marie")
    with desk(shell, INCONNUE) as somebody:
        assert somebody.invitation() is None
        somebody.decline(ref)
    with desk(shell) as marie:
        assert marie.invitation() is not None
        marie.decline(ref)
        assert marie.invitation() is None
