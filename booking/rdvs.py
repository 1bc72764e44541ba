"""The life of an RDV: booked, placed, moved, given up, restored, called off, filled in. Each verb is one
transaction's worth and ends in the avis it causes."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import EllipsisType
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Table, bindparam, func, select
from sqlalchemy.orm import Session

from booking import avis, occupations, statuts, traces
from booking.db import one_of
from booking.deplacement import is_late, is_movable
from booking.errors import (
    RdvIntrouvable,
    RdvPasse,
    RienARetablir,
    SeanceComplete,
    StatutRefuse,
    TropDAnnulations,
    TropTardPourDeplacer,
)
from booking.models import (
    Agent,
    Hold,
    Lieu,
    Motif,
    Notification,
    Participation,
    Plage,
    Rdv,
    Statut,
    Usager,
)
from booking.models.plage import plage_motif
from booking.models.territoire import new_ref
from booking.participations import (
    RESTORE,
    become,
    expect_again,
    follow,
    is_called_off,
    is_kept,
    lock,
    seats_taken,
)
from booking.plages import day_span, local_day, occurrences
from booking.spans import Span

plage = cast(Table, Plage.__table__)

CANCELLATIONS_PER_DAY = 3
"""RDVs that one contact may give up in a local day: a sender can be imitated."""
AGENT = "agent"


# An RDV begins


def book(
    session: Session,
    kept: Hold,
    participants: Sequence[Usager],
    *,
    cree_par: str,
    now: datetime,
    adresse: str | None = None,
    numero: str | None = None,
) -> Rdv:
    """Turn a hold into an RDV: the time never becomes free in between. Raises `CreneauPris` when the hold has just
    run out."""
    traces.sign(session, cree_par, now)
    # All that is new, who comes included, is written at once.
    with session.no_autoflush:
        taken = occupations.take_over(session, kept)
        rdv = _new(kept.motif, [kept.agent], Span(kept.debut, kept.fin), kept.lieu, participants, cree_par, now)
        rdv.adresse, rdv.numero = adresse, numero
        rdv.plage_id = _plage_id(session, rdv)
    session.add(rdv)
    session.flush()
    occupations.pass_on(session, taken, kept, rdv)
    avis.booked(session, rdv, rdv.participations, now)
    return rdv


def book_in_a_row(
    session: Session,
    kept: Hold,
    participants: Sequence[Usager],
    *,
    cree_par: str,
    now: datetime,
    adresse: str | None = None,
    numero: str | None = None,
) -> list[Rdv]:
    """Turn a hold of several créneaux into as many RDVs, one for each participant and in their order, told together.
    Raises `CreneauPris` when the hold has just run out."""
    traces.sign(session, cree_par, now)
    taken = occupations.take_over(session, kept)
    length = (kept.fin - kept.debut) / len(participants)
    debuts = [kept.debut + place * length for place in range(len(participants))]
    booked = [
        _new(kept.motif, [kept.agent], Span(debut, debut + length), kept.lieu, [participant], cree_par, now)
        for debut, participant in zip(debuts, participants, strict=True)
    ]
    ensemble = new_ref()
    for rdv in booked:
        rdv.adresse, rdv.numero, rdv.ensemble = adresse, numero, ensemble
        rdv.plage_id = _plage_id(session, rdv)
    with occupations.writing(session):
        session.add_all(booked)
        session.flush()
        occupations.share_out(session, taken, kept, booked)
    for rdv in booked:
        avis.booked(session, rdv, rdv.participations, now)
    return booked


def place(
    session: Session,
    motif: Motif,
    *,
    agents: Sequence[Agent],
    debut: datetime,
    duree_min: int | None = None,
    lieu: Lieu | None,
    participants: Sequence[Usager],
    qui: str,
    now: datetime,
    adresse: str | None = None,
    surreservation: str | None = None,
    suite_de: Rdv | None = None,
    notes: str = "",
) -> Rdv:
    """An RDV where an agent wants it, in or out of any plage, as long as its motif says or `duree_min` minutes.
    Raises `CreneauPris` unless every agent is free, or `surreservation` says why it is placed there nevertheless."""
    traces.sign(session, qui, now)
    span = Span(debut, debut + timedelta(minutes=duree_min or motif.duree_min))
    with occupations.writing(session):
        rdv = _new(motif, agents, span, lieu, participants, AGENT, now)
        rdv.adresse, rdv.notes, rdv.suite_de_id = adresse, notes, suite_de.id if suite_de else None
        rdv.plage_id = _plage_id(session, rdv)
        session.add(rdv)
        session.flush()
        occupations.take_for_rdv(session, rdv, surreservation, now)
    avis.booked(session, rdv, rdv.participations, now)
    return rdv


def _new(
    motif: Motif,
    agents: Sequence[Agent],
    span: Span,
    lieu: Lieu | None,
    participants: Sequence[Usager],
    cree_par: str,
    now: datetime,
) -> Rdv:
    notified = motif.notification is Notification.VISIBLE_NOTIFIE
    return Rdv(
        territoire_id=motif.territoire_id, motif=motif, agents=list(agents), lieu=lieu,
        debut=span.debut, fin=span.fin, statut=Statut.INDETERMINE, cree_par=cree_par, cree_le=now,
        prevenir_vie_du_rdv=notified, prevenir_rappel=notified,
        participations=[
            Participation(usager=usager, statut=Statut.INDETERMINE, cree_par=cree_par) for usager in participants
        ],
    )  # fmt: skip


def _plage_id(session: Session, rdv: Rdv) -> int | None:
    """The plage that an RDV falls in: one that carries its motif, where it takes place, of one of its agents."""
    zone, span = _zone(rdv), Span(rdv.debut, rdv.fin)
    jour = local_day(span.debut, zone)
    asked = {
        "agents": [agent.id for agent in rdv.agents],
        "lieu": rdv.lieu.id if rdv.lieu else None,
        "jour": jour,
        "motif": rdv.motif.id,
    }
    holding = (
        plage.id
        for plage in session.execute(_CARRYING, asked)
        if any(span.within(one) == span for one in occurrences(plage, jour, jour, zone))
    )
    return next(holding, None)


# Written once: putting a statement together costs more than running it.
_CARRYING = (
    select(plage.c.id, plage.c.premier_jour, plage.c.debut, plage.c.fin, plage.c.recurrence, plage.c.sauf)
    .join(plage_motif, plage_motif.c.plage_id == plage.c.id)
    .where(
        one_of(plage.c.agent_id, "agents"),
        plage.c.lieu_id.is_not_distinct_from(bindparam("lieu", type_=Integer)),
        plage.c.premier_jour <= bindparam("jour"),
        plage_motif.c.motif_id == bindparam("motif"),
    )
    .order_by(plage.c.id)
)


# It moves


def move(
    session: Session,
    rdv: Rdv,
    *,
    debut: datetime,
    duree_min: int | None = None,
    agents: Sequence[Agent] | None = None,
    lieu: Lieu | EllipsisType | None = ...,
    qui: str,
    now: datetime,
    surreservation: str | None = None,
) -> None:
    """An agent gives an RDV to come another hour, length, place or agents; what is not given stays. Its time is
    swapped at once, or nothing changes: `CreneauPris`, unless `surreservation` says why it is placed there
    nevertheless. Raises `StatutRefuse` when something has already become of it."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    _refuse_unless_to_come(rdv)
    told, avant = _told(rdv), rdv.debut
    duree = rdv.fin - rdv.debut if duree_min is None else timedelta(minutes=duree_min)
    with occupations.writing(session):
        rdv.agents = rdv.agents if agents is None else list(agents)
        rdv.lieu = rdv.lieu if isinstance(lieu, EllipsisType) else lieu
        _set_time(session, rdv, Span(debut, debut + duree))
        occupations.take_for_rdv(session, rdv, surreservation, now)
    _tell_the_move(session, rdv, told, avant, qui, now)


def move_by_usager(session: Session, rdv: Rdv, kept: Hold, *, qui: str, now: datetime) -> None:
    """An RDV takes the time of a hold of the same motif in place of its own. Raises `RdvPasse`,
    `TropTardPourDeplacer`, `CreneauPris` when the hold has just run out, and `RdvIntrouvable` when something has
    already become of it: it stands as it was."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    refuse_to_move(rdv, now)
    told, avant = _told(rdv), rdv.debut
    taken = occupations.take_over(session, kept)
    rdv.agents, rdv.lieu, rdv.surreservation = [kept.agent], kept.lieu, None
    _set_time(session, rdv, Span(kept.debut, kept.fin))
    occupations.give_back(session, rdv)
    occupations.pass_on(session, taken, kept, rdv)
    _tell_the_move(session, rdv, told, avant, qui, now)


def refuse_to_move(rdv: Rdv, now: datetime) -> None:
    """Raises what forbids an usager to move this RDV: `RdvIntrouvable`, `RdvPasse`, and `TropTardPourDeplacer`
    past the motif's delay, for a séance, and for what several agents have agreed on."""
    if rdv.statut is not Statut.INDETERMINE:
        raise RdvIntrouvable
    if rdv.debut <= now:
        raise RdvPasse
    if not is_movable(rdv, now):
        raise TropTardPourDeplacer


def _refuse_unless_to_come(rdv: Rdv) -> None:
    became = {rdv.statut, *(part.statut for part in rdv.participations if part.statut.is_living)}
    if became != {Statut.INDETERMINE}:
        raise StatutRefuse


def _set_time(session: Session, rdv: Rdv, span: Span) -> None:
    if span.debut != rdv.debut:
        for part in rdv.participations:
            part.confirmee_le = None
    rdv.debut, rdv.fin = span.debut, span.fin
    rdv.plage_id = _plage_id(session, rdv)
    session.flush()


def _told(rdv: Rdv) -> tuple[object, ...]:
    """What people know of an RDV; with whom, when it is a follow-up."""
    return rdv.debut, rdv.lieu_id, [agent.id for agent in rdv.agents] if rdv.motif.suivi else None


def _tell_the_move(
    session: Session, rdv: Rdv, told: tuple[object, ...], avant: datetime, qui: str, now: datetime
) -> None:
    if _told(rdv) == told:
        return
    rdv.version += 1
    session.flush()
    avis.moved(session, rdv, now, avant=avant, qui=qui)


# Somebody gives it up, and takes it back


def cancel_by_usager(session: Session, participation: Participation, *, contact: str, qui: str, now: datetime) -> bool:
    """One person is not coming: excusé, and True when the motif's delay has passed. An individual RDV that nobody
    comes to any more is excusé too; its time is kept for who might restore it, `RESTORE` long. A séance goes on
    for the others. Raises `RdvPasse` once it has begun, `RdvIntrouvable` when something has already become of it,
    `TropDAnnulations` when `contact` gives up a fourth RDV in a local day."""
    traces.sign(session, qui, now)
    rdv = participation.rdv
    lock(session, rdv)
    if rdv.debut <= now:
        raise RdvPasse
    if participation.statut is not Statut.INDETERMINE or not rdv.statut.is_living:
        raise RdvIntrouvable
    _refuse_too_many(session, rdv, contact, now)
    become(participation, Statut.EXCUSE, now)
    participation.annulee_par, participation.retard = contact, is_late(rdv, now)
    follow(session, rdv, now, kept_until=now + RESTORE)
    avis.withdrawn(session, rdv, [participation])
    avis.given_up(session, participation, now, by=contact)
    return participation.retard


def _refuse_too_many(session: Session, rdv: Rdv, contact: str, now: datetime) -> None:
    """RDVs are counted, not the people in one: a family gives up one RDV."""
    zone = _zone(rdv)
    given_up = session.scalar(
        select(func.count(func.distinct(Participation.rdv_id))).where(
            Participation.annulee_par == contact,
            Participation.annulee_le >= day_span(local_day(now, zone), zone).debut,
            Participation.rdv_id != rdv.id,
        )
    )
    if (given_up or 0) >= CANCELLATIONS_PER_DAY:
        raise TropDAnnulations


def restore(session: Session, participation: Participation, *, contact: str, qui: str, now: datetime) -> None:
    """Who gave an RDV up, from the same `contact` and less than `RESTORE` ago, comes after all. Raises
    `RienARetablir`, also once it has begun or the service has called it off."""
    traces.sign(session, qui, now)
    rdv = participation.rdv
    lock(session, rdv)
    takes_place = rdv.statut.is_living or occupations.are_kept(session, rdv, now)
    if rdv.debut <= now or is_called_off(rdv) or not takes_place:
        raise RienARetablir
    if participation.annulee_par != contact or not is_kept(participation, now):
        raise RienARetablir
    expect_again(session, rdv, [participation], now)
    _tell_again(session, rdv, [participation], now)


def last_given_up(session: Session, contact: str, usager_ids: Collection[int], now: datetime) -> Participation | None:
    """What of these people a contact has given up last, and might still restore."""
    return session.scalars(
        select(Participation)
        .where(
            Participation.annulee_par == contact,
            Participation.annulee_le > now - RESTORE,
            Participation.statut == Statut.EXCUSE,
            Participation.usager_id.in_(usager_ids),
        )
        .order_by(Participation.annulee_le.desc(), Participation.id.desc())
        .limit(1)
    ).first()


# What agents do with it


def set_statut(session: Session, participation: Participation, statut: Statut, *, qui: str, now: datetime) -> None:
    """What an agent says became of one person; an individual RDV follows. Raises `StatutRefuse` for what cannot
    be at that time and while a séance is called off, `CreneauPris` when its time is no longer there to come back to."""
    traces.sign(session, qui, now)
    rdv = participation.rdv
    lock(session, rdv)
    if statut not in statuts.allowed(rdv.debut, now, _zone(rdv)) or is_called_off(rdv):
        raise StatutRefuse
    if statut is participation.statut:
        return
    if statut is Statut.INDETERMINE:
        expect_again(session, rdv, [participation], now)
        _tell_again(session, rdv, [participation], now)
        return
    with occupations.writing(session):
        become(participation, statut, now)
        follow(session, rdv, now)
    if statut is Statut.REVOQUE:
        avis.cancelled(session, rdv, [participation], now)
        return
    avis.withdrawn(session, rdv, [participation])
    if statut is Statut.NON_EXCUSE:
        avis.missed(session, participation, now)


def cancel_by_service(session: Session, rdv: Rdv, *, qui: str, now: datetime, reason: str = "") -> None:
    """The service calls an RDV or a séance off: révoqué for all who had not given it up, who are told. The reason
    is for agents, in the notes."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    expected = [part for part in rdv.participations if part.statut.is_living]
    for part in expected:
        become(part, Statut.REVOQUE, now)
    rdv.notes = "\n".join(filter(None, (rdv.notes, reason)))
    if rdv.statut.is_living or rdv.motif.collectif:
        rdv.version += 1
        rdv.statut = Statut.REVOQUE
    occupations.give_back(session, rdv)
    session.flush()
    avis.cancelled(session, rdv, expected, now)


def reopen(session: Session, rdv: Rdv, *, qui: str, now: datetime) -> None:
    """An RDV takes place after all, at its hour, for everyone in it; a séance for those whom its calling off had
    sent away. Raises `CreneauPris` when its time is gone."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    back = [part for part in rdv.participations if part.statut is Statut.REVOQUE or not rdv.motif.collectif]
    expect_again(session, rdv, back, now)
    _tell_again(session, rdv, back, now)


def add_participant(session: Session, rdv: Rdv, usager: Usager, *, qui: str, now: datetime) -> Participation:
    """One more person, who alone is told; somebody who had given it up takes their place again. Raises
    `StatutRefuse` when it does not take place, `SeanceComplete` when no seat is left."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    if not rdv.statut.is_living:
        raise StatutRefuse
    part = next((one for one in rdv.participations if one.usager_id == usager.id), None)
    if part is not None and part.statut.is_living:
        return part
    if rdv.places_max is not None and seats_taken(rdv, now, but=part) >= rdv.places_max:
        raise SeanceComplete
    if part is None:
        part = Participation(usager=usager, cree_par=AGENT)
        rdv.participations.append(part)
    expect_again(session, rdv, [part], now)
    avis.booked(session, rdv, [part], now)
    return part


def remove_participant(session: Session, participation: Participation, *, qui: str, now: datetime) -> None:
    """The service does without one person, who alone is told; what becomes of the RDV follows."""
    set_statut(session, participation, Statut.REVOQUE, qui=qui, now=now)


def annotate(session: Session, rdv: Rdv, notes: str, *, qui: str, now: datetime) -> None:
    """Write an RDV's notes anew."""
    traces.sign(session, qui, now)
    rdv.notes = notes
    session.flush()


def delete(session: Session, rdv: Rdv, *, qui: str, now: datetime) -> None:
    """As if it had never been: nobody is told, and what was about to be told is not. For administrateurs."""
    traces.sign(session, qui, now)
    lock(session, rdv)
    avis.withdrawn(session, rdv)
    session.delete(rdv)
    session.flush()


def _tell_again(session: Session, rdv: Rdv, parts: Sequence[Participation], now: datetime) -> None:
    if rdv.debut > now:
        for part in parts:
            avis.restored(session, rdv, part, now)


def _zone(rdv: Rdv) -> ZoneInfo:
    return rdv.motif.organisation.territoire.zone


def count_to_come(
    session: Session, motif: Motif, usager_ids: Sequence[int], now: datetime, *, but: int | None = None
) -> int:
    """How many RDVs to come these people have for a motif, whatever the RDV `but`."""
    if not usager_ids:
        return 0
    return session.scalar(_TO_COME, {"motif": motif.id, "now": now, "usagers": usager_ids, "but": but}) or 0


_TO_COME = (
    select(func.count(func.distinct(Rdv.id)))
    .join(Rdv.participations)
    .where(
        Rdv.motif_id == bindparam("motif"),
        Rdv.debut > bindparam("now"),
        Rdv.statut == Statut.INDETERMINE,
        one_of(Participation.usager_id, "usagers"),
        Rdv.id.is_distinct_from(bindparam("but", type_=Integer)),
    )
)
