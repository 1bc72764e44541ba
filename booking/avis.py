"""Who must be told what, and when: written by the booking verbs, claimed once, dropped when no longer true.

Each verb here says that something has happened; it is called in the transaction where it happens, after it. What it
writes is planned whatever the switches: those are read when the avis is claimed, so that agents see why somebody was
not told."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from typing import cast as typed

from sqlalchemy import String, Table, Update, and_, bindparam, cast, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from booking import rappels, silences
from booking.db import inserting, one_of
from booking.faits import Facts, facts, is_discreet
from booking.fenetre import Fenetre
from booking.models import (
    Attente,
    Avis,
    AvisEtat,
    AvisKind,
    Invitation,
    Motif,
    Offre,
    Organisation,
    Participation,
    Rdv,
    Statut,
    Trace,
    Usager,
)
from booking.participations import RESTORE
from booking.silences import Silence

__all__ = [
    "BATCH", "Facts", "booked", "cancelled", "claim_due", "facts", "given_up", "invited", "is_discreet", "loaded",
    "missed", "moved", "offered", "oldest_due", "people_told", "restored", "still_hold", "tell_again", "tell_elsewhere",
    "withdrawn",
]  # fmt: skip

BATCH = 200
MISSED_FOR = timedelta(days=7)
"""Later, "you were not there" is a reproach and no longer an offer to come."""
IN_TIME = timedelta(hours=1)
"""News of an RDV that begins sooner than this after the window opens does not wait for it."""
CLOSED = "#"
"""In the cause of an avis of a part in an RDV that has ended."""
LONG_AGO = timedelta(days=15)
"""Who comes to an RDV of a file is taken to have learnt of it that long before: earlier than any reminder."""
NEWS = (AvisKind.CONFIRMATION, AvisKind.CHANGE, AvisKind.CANCELLATION)

Row = dict[str, Any]
Recalled = tuple[int | None, int, datetime | None]
"""A participation, who was told, and until when it helped: which says for what hour."""
table = typed(Table, Avis.__table__)
_SPEAKER = joinedload(Motif.organisation).joinedload(Organisation.territoire)


# What happens to RDVs


def booked(session: Session, rdv: Rdv, participations: Sequence[Participation], now: datetime) -> None:
    """People come to an RDV: it is confirmed to them, at once to whoever booked it by message, and recalled."""
    rows: list[Row] = []
    for participation in participations:
        answers = _is_by_message(participation.cree_par)
        told = now if answers else _in_window(rdv, now, rdv.debut)
        for person in people_told(participation.usager):
            rows.append(_of_rdv(AvisKind.CONFIRMATION, participation, person, told, reponse=answers))
            rows += _recall(participation, person, told)
    _write(session, rows)


def moved(session: Session, rdv: Rdv, now: datetime, *, avant: datetime, qui: str) -> None:
    """An RDV has a new version: another hour (it would have begun at `avant`), place, or agent for a follow-up. All
    who come are told, at once when `qui` moved it by message ("usager:sms"), and it is recalled from then on. Who
    had not yet been told of the RDV, or of the move before, is told once, from what they know to what is; nothing
    when that is the same again."""
    unheard, recalled = _unheard(session, rdv), _recalled(session, [rdv.id])
    session.execute(_settle(rdv, Silence.CHANGE).where(Avis.kind.in_(silences.TO_COME), Avis.version < rdv.version))
    answers = _is_by_message(qui)
    rows: list[Row] = []
    for participation in rdv.participations:
        if participation.statut is Statut.INDETERMINE:
            for person in people_told(participation.usager):
                kind, known = unheard.get((participation.id, person.id), (AvisKind.CHANGE, avant))
                told = now if answers else _in_window(rdv, now, rdv.debut, known)
                is_back = (
                    not answers
                    and kind is AvisKind.CHANGE
                    and (participation.id, person.id) in unheard
                    and known == rdv.debut
                    and _is_where_it_was(session, rdv, participation, person)
                )
                if not is_back:
                    rows.append(_of_rdv(kind, participation, person, told, avant=known, reponse=answers))
                rows += _recall(participation, person, told, recalled if is_back else ())
    _write(session, rows)


def cancelled(session: Session, rdv: Rdv, participations: Sequence[Participation], now: datetime) -> None:
    """The service has cancelled an RDV, or the part of some people in it: they are told before they come."""
    withdrawn(session, rdv, participations)
    told = _in_window(rdv, now, rdv.debut)
    _write(
        session,
        [
            _of_rdv(AvisKind.CANCELLATION, participation, person, told)
            for participation in participations
            for person in people_told(participation.usager)
        ],
    )


def given_up(session: Session, participation: Participation, now: datetime, *, by: str) -> None:
    """Who answers for a proche has given an RDV up from the contact `by`: the others who answer for them are told,
    once it can no longer be taken back, or at once when it is soon."""
    rdv, (_, _, address) = participation.rdv, by.partition(":")
    over = now + RESTORE
    told = _in_window(rdv, over if rdv.debut > over + IN_TIME else now, rdv.debut)
    _write(
        session,
        [
            _of_rdv(AvisKind.CANCELLATION, participation, person, told)
            for person in people_told(participation.usager)
            if address not in (person.telephone, person.telegram)
        ],
    )


def missed(session: Session, participation: Participation, now: datetime) -> None:
    """Somebody did not come and had not said so: they are told how to take another RDV, once."""
    limite = now + MISSED_FOR
    told = _fenetre(participation.rdv.motif).opening(now, limite) or now
    _write(
        session,
        [
            _of_rdv(AvisKind.MISSED, participation, person, told, limite=limite)
            for person in people_told(participation.usager)
        ],
    )


def restored(session: Session, rdv: Rdv, participation: Participation, now: datetime) -> None:
    """Somebody comes after all: the RDV is confirmed to those who were told that it was cancelled, or were
    still to be told that it was booked or had moved; and recalled again, but to whom it has been recalled for the same
    hour."""
    misled, recalled = _misled(session, participation), _recalled(session, [rdv.id])
    at = _in_window(rdv, now, rdv.debut)
    rows: list[Row] = []
    for person in people_told(participation.usager):
        if person.id in misled:
            rows.append(_of_rdv(AvisKind.CONFIRMATION, participation, person, at))
        rows += _recall(participation, person, at, recalled)
    _write(session, rows)


def withdrawn(session: Session, rdv: Rdv, participations: Sequence[Participation] | None = None) -> None:
    """An RDV, or the part of some people in it, has ended: what was still to be told of it has lost its object, and
    the causes are closed: should they come again, that is another cause. Only to have missed it is told once and for
    all."""
    ended = [Avis.rdv_id == rdv.id]
    if participations is not None:
        ended.append(one_of(Avis.participation_id, [participation.id for participation in participations]))
    session.execute(_settle(rdv, Silence.ANNULE).where(*ended))
    session.execute(
        update(Avis)
        .where(*ended, ~Avis.cause.contains(CLOSED), ~and_(Avis.kind == AvisKind.MISSED, Avis.etat == AvisEtat.DIT))
        .values(cause=Avis.cause + CLOSED + cast(Avis.id, String))
        .execution_options(synchronize_session=False)
    )


def loaded(session: Session, rdv_ids: Collection[int]) -> None:
    """A territory file has brought these RDVs, or changed them: that is not news to tell, but they are recalled to
    those who come, once for one hour. People have known of them for long, whatever the hour of the load: a reminder
    that should have left already leaves at the next opening, and is dropped where it helps nobody any more. In a few
    statements, whatever their number."""
    coming = (
        select(Participation)
        .join(Participation.rdv)
        .where(one_of(Rdv.id, rdv_ids))
        .where(Rdv.statut == Statut.INDETERMINE, Participation.statut == Statut.INDETERMINE)
        .options(
            contains_eager(Participation.rdv).joinedload(Rdv.motif).options(_SPEAKER),
            joinedload(Participation.usager).selectinload(Usager.responsables),
        )
        .order_by(Participation.id)
    )
    recalled = _recalled(session, rdv_ids)
    rows: list[Row] = []
    for participation in session.scalars(coming):
        for person in people_told(participation.usager):
            rows += _recall(participation, person, participation.rdv.debut - LONG_AGO, recalled)
    _write(session, rows)


# What is proposed


def invited(session: Session, invitation: Invitation, now: datetime) -> None:
    """An agent proposes an RDV: told until it expires."""
    told = _fenetre(invitation.motif).opening(now, invitation.expire_le) or now
    _write(
        session,
        [
            _row(f"invitation:{invitation.id}:{person.id}", AvisKind.INVITATION, person, told, invitation.expire_le)
            | {"invitation_id": invitation.id}
            for person in people_told(invitation.usager)
        ],
    )


def offered(session: Session, offre: Offre, now: datetime) -> None:
    """Freed time is offered to one who waits: told until the offer's deadline."""
    told = _fenetre(offre.attente.motif).opening(now, offre.expire_le) or now
    _write(
        session,
        [
            _row(f"offre:{offre.id}:{person.id}", AvisKind.OFFER, person, told, offre.expire_le)
            | {"offre_id": offre.id}
            for person in people_told(offre.attente.usager)
        ],
    )


# Who, and when


def people_told(usager: Usager) -> list[Usager]:
    """Who is told what concerns an usager: itself, or the responsables of a proche and never the proche; a phone
    that several of them share is told once, for one who accepts messages."""
    people = sorted(usager.responsables or [usager], key=lambda person: not person.notifier_sms)
    by_address: dict[str | int, Usager] = {}
    for person in people:
        by_address.setdefault(person.telephone or person.telegram or person.id, person)
    return list(by_address.values())


def _in_window(rdv: Rdv, now: datetime, *hours: datetime | None) -> datetime:
    """When news of an RDV may leave: within the window, unless one of its `hours` is too close to wait for it."""
    return _fenetre(rdv.motif).opening(now, _no_later(hours, now)) or now


def _no_later(hours: Iterable[datetime | None], now: datetime) -> datetime:
    return min((hour for hour in hours if hour is not None and hour > now), default=now) - IN_TIME


def _recall(
    participation: Participation, person: Usager, told: datetime, recalled: Collection[Recalled] = ()
) -> Iterator[Row]:
    """The reminder to a person who learns of an RDV at `told`; none where it is `recalled` for that hour already."""
    rdv = participation.rdv
    limite = rappels.useful_until(rdv.debut)
    if (participation.id, person.id, limite) in recalled:
        return
    recall = rappels.due(rdv.debut, told, _fenetre(rdv.motif))
    if recall is not None:
        yield _of_rdv(AvisKind.REMINDER, participation, person, recall, limite=limite)


def _recalled(session: Session, rdv_ids: Collection[int]) -> set[Recalled]:
    """What these RDVs have already been recalled for, and to whom."""
    told = select(Avis.participation_id, Avis.destinataire_id, Avis.limite).where(
        one_of(Avis.rdv_id, rdv_ids),
        Avis.kind == AvisKind.REMINDER,
        or_(Avis.etat == AvisEtat.DIT, Avis.raison == Silence.DOUBLE),
    )
    return {(part, person, limite) for part, person, limite in session.execute(told)}


def _fenetre(motif: Motif) -> Fenetre:
    territoire = motif.organisation.territoire
    return Fenetre(territoire.zone, territoire.jours_feries)


def _is_by_message(qui: str) -> bool:
    return qui.startswith("usager:")


def _unheard(session: Session, rdv: Rdv) -> dict[tuple[int | None, int], tuple[AvisKind, datetime | None]]:
    """By participation and person: the news of the RDV that they wait for, and the hour they know it at, if any."""
    waiting = select(Avis.participation_id, Avis.destinataire_id, Avis.kind, Avis.avant).where(
        Avis.rdv_id == rdv.id,
        Avis.etat == AvisEtat.A_DIRE,
        Avis.kind.in_((AvisKind.CONFIRMATION, AvisKind.CHANGE)),
    )
    return {(part, person): (kind, avant) for part, person, kind, avant in session.execute(waiting)}


def _is_where_it_was(session: Session, rdv: Rdv, participation: Participation, person: Usager) -> bool:
    """Whether an RDV has again the place, and for a follow-up the agents, that it had when a person was last told of
    it: its history says."""
    told_of = (Avis.participation_id == participation.id, Avis.destinataire_id == person.id)
    told = session.scalar(
        select(func.max(Avis.du_le)).where(Avis.rdv_id == rdv.id, *told_of, Avis.etat == AvisEtat.DIT)
    )
    known = ("lieu", "agents") if rdv.motif.suivi else ("lieu",)
    changes = select(Trace.champ, Trace.avant, Trace.apres).where(
        Trace.objet == Rdv.__tablename__, Trace.objet_id == rdv.id, Trace.champ.in_(known)
    )
    if told is not None:
        changes = changes.where(Trace.quand >= told)
    was: dict[str, str | None] = {}
    became: dict[str, str | None] = {}
    for champ, avant, apres in session.execute(changes.order_by(Trace.id)):
        was.setdefault(champ, avant)
        became[champ] = apres
    return was == became


def _misled(session: Session, participation: Participation) -> set[int]:
    """Whom somebody's part in an RDV that ended has left with something else than what is: a cancellation told last,
    whatever became of it since; a confirmation or a change that was never told."""
    news = (
        select(Avis.destinataire_id, Avis.kind, Avis.etat, Avis.raison)
        .where(Avis.participation_id == participation.id, Avis.kind.in_(NEWS))
        .order_by(Avis.id)
    )
    misled: dict[int, bool] = {}
    for person, kind, etat, raison in session.execute(news):
        if etat is AvisEtat.DIT or raison == Silence.DOUBLE:
            misled[person] = kind is AvisKind.CANCELLATION
        elif raison == Silence.ANNULE and kind is not AvisKind.CANCELLATION:
            misled[person] = True
    return {person for person, is_so in misled.items() if is_so}


# How it is written


def _of_rdv(
    kind: AvisKind,
    participation: Participation,
    person: Usager,
    due: datetime,
    *,
    limite: datetime | None = None,
    avant: datetime | None = None,
    reponse: bool = False,
) -> Row:
    rdv = participation.rdv
    cause = f"rdv:{rdv.id}:v{rdv.version}:p{participation.id}:{kind}:{person.id}"
    return _row(cause, kind, person, due, limite or rdv.debut) | {
        "rdv_id": rdv.id,
        "version": rdv.version,
        "participation_id": participation.id,
        "avant": avant,
        "reponse": reponse,
    }


def _row(cause: str, kind: AvisKind, person: Usager, due: datetime, limite: datetime) -> Row:
    return {"cause": cause, "kind": kind, "destinataire_id": person.id, "du_le": due, "limite": limite}


def _write(session: Session, rows: list[Row]) -> None:
    """One statement, whatever their number; a cause that is written already is left as it is."""
    if not rows:
        return
    session.flush()
    session.execute(_writing(session.get_bind().dialect.name), rows)
    session.info[_CAUSED] = True


@cache
def _writing(dialect: str) -> Any:
    """Written once: putting a statement together costs more than running it."""
    return inserting(dialect)(table).on_conflict_do_nothing(index_elements=["cause"])


def _settle(rdv: Rdv, reason: Silence) -> Update:
    """What waits to be told of an RDV is not told."""
    return (
        update(Avis)
        .where(Avis.rdv_id == rdv.id, Avis.etat == AvisEtat.A_DIRE)
        .values(etat=AvisEtat.SANS_OBJET, raison=reason)
        .execution_options(synchronize_session=False)
    )


# How it is told

_TO_JUDGE: tuple[ORMOption, ...] = (
    joinedload(Avis.destinataire),
    joinedload(Avis.rdv).joinedload(Rdv.motif),
    joinedload(Avis.participation).joinedload(Participation.usager).selectinload(Usager.responsables),
    selectinload(Avis.invitation).joinedload(Invitation.usager).selectinload(Usager.responsables),
    selectinload(Avis.offre)
    .joinedload(Offre.attente)
    .options(joinedload(Attente.usager).selectinload(Usager.responsables), joinedload(Attente.motif)),
)
_TO_TELL: tuple[ORMOption, ...] = (
    *_TO_JUDGE,
    joinedload(Avis.rdv).options(
        joinedload(Rdv.motif).options(_SPEAKER),
        joinedload(Rdv.lieu),
        selectinload(Rdv.agents),
        selectinload(Rdv.participations),
    ),
    selectinload(Avis.invitation).options(joinedload(Invitation.motif).options(_SPEAKER), joinedload(Invitation.agent)),
    selectinload(Avis.offre).options(
        joinedload(Offre.attente).joinedload(Attente.motif).options(_SPEAKER), joinedload(Offre.lieu)
    ),
)
"""What a batch is loaded with, in a few statements whatever its size."""


_CAUSED = "avis caused"


def has_caused(session: Session) -> bool:
    """Whether an avis was written with this session: without, a turn has nothing to tell at once."""
    return _CAUSED in session.info


def claim_due(session: Session, now: datetime, *, of: Collection[int] | None = None, limit: int = BATCH) -> list[Avis]:
    """Take the avis due by `now`, the oldest first, at most `limit`, each once whoever else is asking. What is no
    longer true or useful, or not for the person to hear, is settled and not returned; what is late and may not leave
    at this hour is put off to the next opening. An empty list may thus come before more that is due: `oldest_due`.

    `of`: only what answers the message that these usagers have just sent, at any hour. A turn has everything of it in
    its session already, where a batch loads it, in the same few statements whatever its size."""
    asked = {"now": now, "limit": limit} if of is None else {"now": now, "of": of}
    claimed = session.scalars(_DUE if of is None else _ANSWERS, asked).all()
    verdicts = _said_once((avis, *_verdict(avis, now, answering=of is not None)) for avis in claimed)
    told = [avis for avis, when, _ in verdicts if when == now]
    # What changes the same columns leaves in one statement: one for each of the three ends.
    if told:
        session.execute(_TOLD, {"told": [avis.id for avis in told]})
    for avis in told:
        set_committed_value(avis, "etat", AvisEtat.DIT)
    for avis, when, _ in verdicts:
        if when is not None and when > now:
            avis.du_le = when
    session.flush()
    for avis, when, reason in verdicts:
        if when is None:
            avis.etat, avis.raison = AvisEtat.SANS_OBJET, reason
    session.flush()
    return told


_DUE_NOW = select(Avis).where(Avis.etat == AvisEtat.A_DIRE, Avis.du_le <= bindparam("now"))
_DUE = _DUE_NOW.options(*_TO_TELL).order_by(Avis.du_le, Avis.id).limit(bindparam("limit"))
_DUE = _DUE.with_for_update(of=Avis, skip_locked=True)
# In any order, lest SQLite should walk through everything that is due to keep it.
_ANSWERS = _DUE_NOW.where(Avis.reponse, Avis.destinataire_id.in_(bindparam("of", expanding=True)))
_ANSWERS = _ANSWERS.with_for_update(of=Avis, skip_locked=True)
_TOLD = update(table).where(one_of(table.c.id, "told")).values(etat=AvisEtat.DIT)

Verdict = tuple[Avis, datetime | None, Silence | None]


def _said_once(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Several people in one RDV who share a number read the same words there, and RDVs that were taken at once are
    confirmed in one message: the first is told. Judged here and not where it is planned: by now one of them may come
    no more, and the others still do."""
    said: dict[tuple[object, ...], int] = {}
    once: list[Verdict] = []
    for avis, when, reason in verdicts:
        person = avis.destinataire
        ensemble = avis.rdv.ensemble if avis.rdv and avis.kind is AvisKind.CONFIRMATION else None
        about = ensemble or avis.rdv_id
        words = (about, avis.version, avis.kind, when, person.langue, person.telephone or person.telegram)
        is_one = ensemble is not None or (avis.rdv_id is not None and silences.served(avis) is person)
        is_shared = when is not None and is_one
        if is_shared and said.setdefault(words, avis.id) != avis.id:
            once.append((avis, None, Silence.DOUBLE))
        else:
            once.append((avis, when, reason))
    return once


def _verdict(avis: Avis, now: datetime, *, answering: bool) -> tuple[datetime | None, Silence | None]:
    """When it is told, `now` or later; or None, and why it never is."""
    reason = silences.why(avis, now, answering=answering)
    if reason is not None:
        return None, reason
    if answering:
        return now, None
    is_news = avis.kind in NEWS
    until = _no_later((avis.avant, avis.limite), now) if is_news else avis.limite or now + MISSED_FOR
    opening = _fenetre(silences.motif(avis)).opening(now, until)
    if opening is None and is_news:
        return now, None
    return opening, None if opening else Silence.PERIME


def still_hold(session: Session, avis_ids: Collection[int], now: datetime) -> set[int]:
    """Which of these avis, claimed some time ago, are still to be told: asked just before they leave."""
    asked = select(Avis).where(one_of(Avis.id, avis_ids)).options(*_TO_JUDGE)
    rows = session.scalars(asked, execution_options={"populate_existing": True})
    return {avis.id for avis in rows if silences.why(avis, now, answering=avis.reponse) is None}


def tell_elsewhere(session: Session, avis_id: int, now: datetime) -> bool:
    """What could not be told where somebody was written to is due again, where they are reached elsewhere too; whether
    it is."""
    avis = session.get_one(Avis, avis_id)
    if not (avis.destinataire.telephone and avis.destinataire.telegram):
        return False
    tell_again(session, avis_id, now)
    return True


def tell_again(session: Session, avis_id: int, now: datetime) -> None:
    """What could not be told is due again."""
    avis = session.get_one(Avis, avis_id)
    avis.etat, avis.raison, avis.du_le = AvisEtat.A_DIRE, None, now


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest avis that is due waits; None when nothing is."""
    return session.scalar(select(func.min(Avis.du_le)).where(Avis.etat == AvisEtat.A_DIRE, Avis.du_le <= now))
