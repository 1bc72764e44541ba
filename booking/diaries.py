"""What a search of créneaux reads: the plages that carry a motif, the absences, the time taken. One statement
each, whatever the number of agents, and only the columns the search needs."""

import json
import struct
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, Protocol, cast

from sqlalchemy import Select, String, Table, and_, bindparam, or_, select, text
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from booking.creneaux import Opening
from booking.db import UtcDateTime, one_of
from booking.models import Absence, Agent, Lieu, Motif, Plage, Service, TypeMotif
from booking.models.plage import plage_motif

SECRETARIAT = "secretariat"

plage, absence, agent, service, lieu = (
    cast(Table, model.__table__) for model in (Plage, Absence, Agent, Service, Lieu)
)


class PlageLue(Protocol):
    """A row of `plages`: it hashes and compares by what it says."""

    agent_id: int
    lieu_id: int | None
    lieu_ref: str | None
    premier_jour: date
    debut: time
    fin: time
    recurrence: str | None
    sauf: str
    """ISO dates as they are stored: a JSON list."""
    fermee_feries: bool


class AbsenceLue(Protocol):
    """A row of `absences`."""

    agent_id: int
    premier_jour: date
    debut: time
    dernier_jour: date
    fin: time
    recurrence: str | None


def plages(
    session: Session,
    motif: Motif,
    first: date,
    last: date,
    lieu_ids: Collection[int] | None,
    agent_ids: Collection[int] | None,
) -> tuple[PlageLue, ...]:
    """The plages on which `motif` may be booked and which may happen from `first` to `last`, both included: at
    these lieux, of these agents, None meaning all. The agents of the secretariat carry the motifs that are open
    to it, and their own service's; a motif received sur place needs a lieu (the domain's "Créneaux" 4)."""
    carrying = _carrying(
        sur_place=motif.type is TypeMotif.SUR_PLACE,
        by_secretariat=motif.secretariat,
        at=lieu_ids is not None,
        of=agent_ids is not None,
    )
    asked = {
        "motif": motif.id,
        "service": motif.service_id,
        "territoire": motif.territoire_id,
        "first": first,
        "last": last,
        "lieux": lieu_ids,
        "agents": agent_ids,
    }
    return tuple(cast("Sequence[PlageLue]", session.execute(carrying, asked).all()))


@cache
def _carrying(*, sur_place: bool, by_secretariat: bool, at: bool, of: bool) -> Select[Any]:
    """Written once for each shape: putting a statement together costs more than running it."""
    carrying = (
        select(
            plage.c.agent_id, plage.c.lieu_id, lieu.c.ref.label("lieu_ref"), plage.c.premier_jour, plage.c.debut,
            plage.c.fin, plage.c.recurrence, sql_cast(plage.c.sauf, String).label("sauf"), plage.c.fermee_feries,
        )
        .join(plage_motif, plage_motif.c.plage_id == plage.c.id)
        .outerjoin(lieu, and_(plage.c.lieu_id == lieu.c.id, lieu.c.territoire_id == bindparam("territoire")))
        .where(
            plage_motif.c.motif_id == bindparam("motif"),
            plage.c.reservable,
            plage.c.premier_jour <= bindparam("last"),
            or_(plage.c.premier_jour >= bindparam("first"), plage.c.recurrence.is_not(None)),
        )
    )  # fmt: skip
    if sur_place:
        carrying = carrying.where(plage.c.lieu_id.is_not(None))
    # What the motif implies: without a lieu, it tells the database in how small a part of a country to look.
    here = one_of(plage.c.lieu_id, "lieux") if at else plage.c.territoire_id == bindparam("territoire")
    carrying = carrying.where(here)
    if of:
        carrying = carrying.where(one_of(plage.c.agent_id, "agents"))
    if by_secretariat:
        return carrying
    secretariat = select(service.c.id).where(
        service.c.territoire_id == bindparam("territoire"),
        service.c.ref == SECRETARIAT,
        service.c.id != bindparam("service"),
    )
    # The service of each agent, one by one: joined, the agents of a whole country would be read.
    own = select(agent.c.service_id).where(agent.c.id == plage.c.agent_id).scalar_subquery()
    return carrying.where(own.not_in(secretariat))


def absences(
    session: Session, motif: Motif, agents: Collection[int], first: date, last: date
) -> tuple[AbsenceLue, ...]:
    """The absences of `agents`, who carry `motif`, that may happen from `first` to `last`, both included."""
    asked = {"territoire": motif.territoire_id, "agents": agents, "first": first, "last": last}
    return tuple(cast("Sequence[AbsenceLue]", session.execute(_AWAY, asked).all()))


_AWAY = select(
    absence.c.agent_id, absence.c.premier_jour, absence.c.debut, absence.c.dernier_jour, absence.c.fin,
    absence.c.recurrence,
).where(
    absence.c.territoire_id == bindparam("territoire"),
    one_of(absence.c.agent_id, "agents"),
    absence.c.premier_jour <= bindparam("last"),
    or_(absence.c.dernier_jour >= bindparam("first"), absence.c.recurrence.is_not(None)),
)  # fmt: skip


def taken(
    session: Session, openings: Sequence[Opening], now: datetime, except_hold_of: str | None, motif: Motif
) -> Iterable[tuple[int, int, int]]:
    """(agent, start, end), in seconds: the time that RDVs and holds of every organisation take from the agents
    of `openings` while they are open. A hold past its time no longer does, swept or not, nor does the one that
    the contact `except_hold_of` keeps for `motif`."""
    asked = {"now": now, "contact": except_hold_of or "", "motif": motif.id}
    if session.get_bind().dialect.name == "postgresql":
        packed = session.scalar(_PACKED, _arrays(openings) | asked)
        return struct.iter_unpack(">iqq", packed or b"")
    return cast("Sequence[tuple[int, int, int]]", session.execute(_TAKEN, _json(openings) | asked).all())


def _arrays(openings: Sequence[Opening]) -> dict[str, str]:
    """PostgreSQL reads arrays from text faster than the driver writes them from lists."""
    columns = {"agents": 3, "debuts": 0, "fins": 1}
    return {name: f"{{{','.join([str(one[at]) for one in openings])}}}" for name, at in columns.items()}


def _json(openings: Sequence[Opening]) -> dict[str, str]:
    return {"openings": json.dumps([(one.agent, one.debut, one.fin) for one in openings])}


# One look into the index (agent_id, debut, fin) for each opening: what the same agents do at other hours stays
# unread. No RDV lasts longer than a day, the table sees to it: what has begun a day before is over.
_NOW = bindparam("now", type_=UtcDateTime())
_TAKEN = text("""
    SELECT opening.value ->> 0, unixepoch(o.debut), unixepoch(o.fin)
    FROM json_each(:openings) AS opening CROSS JOIN occupation o
    WHERE o.agent_id = opening.value ->> 0
        AND o.debut > datetime(opening.value ->> 1, 'unixepoch', '-1 day')
        AND o.debut < datetime(opening.value ->> 2, 'unixepoch')
        AND o.fin > datetime(opening.value ->> 1, 'unixepoch')
        AND (o.jusqu_a IS NULL OR o.jusqu_a > :now)
        AND (o.hold_id IS NULL OR o.hold_id NOT IN
            (SELECT id FROM hold WHERE contact = :contact AND motif_id = :motif))
""").bindparams(_NOW)
# The same in PostgreSQL's words. LATERAL and OFFSET 0 keep it to one look for each opening: left to its statistics,
# it reads the whole table. The rows come packed in one value: thousands of them, one by one, cost more than finding
# them.
_PACKED = text("""
    SELECT string_agg(int4send(opening.agent) || int8send(taken.debut) || int8send(taken.fin), '')
    FROM unnest(CAST(:agents AS INTEGER[]), CAST(:debuts AS BIGINT[]), CAST(:fins AS BIGINT[]))
        AS opening (agent, debut, fin)
    CROSS JOIN LATERAL (
        SELECT CAST(date_part('epoch', o.debut) AS BIGINT) AS debut, CAST(date_part('epoch', o.fin) AS BIGINT) AS fin
        FROM occupation o
        WHERE o.agent_id = opening.agent
            AND o.debut > to_timestamp(opening.debut - 86400) AND o.debut < to_timestamp(opening.fin)
            AND o.fin > to_timestamp(opening.debut)
            AND (o.jusqu_a IS NULL OR o.jusqu_a > :now)
            AND (o.hold_id IS NULL OR o.hold_id NOT IN
                (SELECT id FROM hold WHERE contact = :contact AND motif_id = :motif))
        OFFSET 0
    ) AS taken
""").bindparams(_NOW)
