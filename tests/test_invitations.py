"""An agent proposes an RDV: it is told, stays open a month, and is answered once."""

from datetime import timedelta

from booking import avis, invitations, traces
from booking.models import AvisKind, InvitationEtat
from tests.makers import NOW, PHONE, World

A_MONTH = timedelta(days=30)


def test_an_invitation_is_told_to_whom_it_invites(world: World) -> None:
    marie = world.usager("Marie", PHONE)
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    [one] = avis.claim_due(world.session, NOW)
    assert (one.kind, one.destinataire, one.invitation) == (AvisKind.INVITATION, marie, invitation)


def test_a_proche_is_invited_through_each_responsable(world: World) -> None:
    lea = world.usager("Lea")
    world.usager("Marie", PHONE, (lea,))
    world.usager("Paul", "+33639980002", (lea,))
    invitations.invite(world.session, lea, world.motif, agent=world.agent("Durand"), now=NOW)
    assert [one.destinataire.prenom for one in avis.claim_due(world.session, NOW)] == ["Marie", "Paul"]


def test_an_invitation_stays_open_for_a_month(world: World) -> None:
    marie = world.usager("Marie", PHONE)
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    last = NOW + A_MONTH - timedelta(seconds=1)
    assert invitations.open_one(world.session, [marie.id], last) is invitation
    assert invitations.open_one(world.session, [marie.id], NOW + A_MONTH) is None


def test_nobody_else_finds_it_nor_for_another_motif(world: World) -> None:
    marie, paul = world.usager("Marie", PHONE), world.usager("Paul", "+33639980002")
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    other = world.new_motif("social")
    assert invitations.open_one(world.session, [paul.id], NOW) is None
    assert invitations.open_one(world.session, [], NOW) is None
    assert invitations.open_one(world.session, [marie.id, paul.id], NOW, motif=other) is None
    assert invitations.open_one(world.session, [marie.id, paul.id], NOW, motif=world.motif) is invitation


def test_the_latest_invitation_comes_first_and_a_second_to_the_same_motif_takes_its_place(world: World) -> None:
    marie, agent = world.usager("Marie", PHONE), world.agent("Durand")
    social = world.new_motif("social")
    first = invitations.invite(world.session, marie, world.motif, agent=agent, now=NOW)
    second = invitations.invite(world.session, marie, social, agent=agent, now=NOW)
    assert invitations.open_one(world.session, [marie.id], NOW) is second
    again = invitations.invite(world.session, marie, social, agent=agent, now=NOW)
    assert [one.invitation for one in avis.claim_due(world.session, NOW)] == [first, again]


def test_booking_its_motif_takes_an_invitation(world: World) -> None:
    marie = world.usager("Marie", PHONE)
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    invitations.take(world.session, [marie.id], world.new_motif("social"), NOW)
    assert invitation.etat is InvitationEtat.OUVERTE
    invitations.take(world.session, [marie.id], world.motif, NOW)
    assert invitation.etat is InvitationEtat.PRISE
    assert invitations.open_one(world.session, [marie.id], NOW) is None
    assert avis.claim_due(world.session, NOW) == []


def test_what_becomes_of_an_invitation_is_in_its_history(world: World) -> None:
    marie = world.usager("Marie", PHONE)
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    invitations.take(world.session, [marie.id], world.motif, NOW)
    world.session.flush()
    line = traces.history(world.session, invitation)[0]
    assert (line.champ, line.avant, line.apres) == ("etat", "ouverte", "prise")


def test_declining_answers_an_invitation_of_ones_own_and_only_once(world: World) -> None:
    marie, paul = world.usager("Marie", PHONE), world.usager("Paul", "+33639980002")
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    invitations.decline(world.session, [paul.id], invitation.ref, NOW)
    assert invitation.etat is InvitationEtat.OUVERTE
    invitations.decline(world.session, [marie.id], invitation.ref, NOW)
    assert invitation.etat is InvitationEtat.REFUSEE
    assert invitations.open_one(world.session, [marie.id], NOW) is None


def test_who_refused_may_change_their_mind_until_it_expires(world: World) -> None:
    marie = world.usager("Marie", PHONE)
    invitation = invitations.invite(world.session, marie, world.motif, agent=world.agent("Durand"), now=NOW)
    invitations.decline(world.session, [marie.id], invitation.ref, NOW)
    assert invitations.proposed(world.session, [marie.id], NOW) == [invitation]
    assert invitations.proposed(world.session, [marie.id], NOW + A_MONTH) == []
    invitations.take(world.session, [marie.id], world.motif, NOW)
    assert invitation.etat is InvitationEtat.PRISE
    assert invitations.proposed(world.session, [marie.id], NOW) == []
