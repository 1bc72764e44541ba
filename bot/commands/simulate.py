"""`rdv simulate`: what would be offered if… Each line is tried on a database in memory and stored nowhere."""

import hashlib
import json
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import count, islice
from typing import Annotated, Any, BinaryIO, TypeVar
from zoneinfo import ZoneInfo

import click
from pydantic import Field, PlainValidator
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking import territoire
from booking.db import Base, connect
from booking.errors import HorizonTropLong, TerritoireRefuse
from booking.models import Agent, Lieu, Motif, Territoire, Usager
from booking.plages import day_span
from booking.search import AGENT_HORIZON, find_creneaux
from booking.suivi import followers, referents
from booking.territoire.champs import OuiNon, Ref
from booking.territoire.fichier import Entry, Fault, in_file_order, read_entry
from bot.commands.console import BAD_INPUT, print_json
from bot.commands.creneaux import YEARS, lines

LONGEST_LINE = 8 * 2**20
"""In bytes: some twenty thousand RDVs. What a line costs grows with its length."""
WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When the RDVs of a what-if were created: no créneau depends on it."""

D = TypeVar("D", bound=date)


@click.command()
def simulate() -> None:
    """What would be offered if…: a what-if per JSON line in, its créneaux or its errors out; nothing is stored."""
    simulation, bad = Simulation(), False
    for number, line in _numbered(sys.stdin.buffer):
        try:
            print_json({"creneaux": simulation.creneaux(line)})
        except WhatIfRefused as refused:
            bad = True
            print_json({"errors": refused.errors})
            for error in refused.errors:
                click.echo(f"line {number}: {error}", err=True)
    if bad:
        sys.exit(BAD_INPUT)


class WhatIfRefused(Exception):
    """`errors`: one sentence each, `path: what is wrong`."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        # JSON can escape half a character, which no screen could show.
        self.errors = [error.encode(errors="replace").decode() for error in errors]


# What a line says


class Audience(StrEnum):
    USAGER = "usager"
    AGENT = "agent"


def _instant(value: object) -> datetime:
    says = "must be an instant with its offset, like 2026-11-19T10:00:00+01:00"
    instant = _moment(value, datetime.fromisoformat, says)
    if instant.tzinfo is None:
        raise ValueError(says)
    return instant.astimezone(UTC)


def _bound(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return _moment(value, date.fromisoformat, "is not a day of the calendar")
    return _instant(value)


def _moment(value: object, read: Callable[[str], D], says: str) -> D:
    try:
        moment = read(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(says) from None
    if moment.year not in YEARS:
        raise ValueError(f"must be between {YEARS[0]} and {YEARS[-1]}")
    return moment


class Query(Entry):
    """The créneaux that are wanted. `lieux`, `agents`: None is all of them, an empty list none."""

    motif: Ref
    lieux: list[Ref] | None = None
    agents: list[Ref] | None = None
    earliest: Annotated[date, PlainValidator(_bound)] = Field(alias="from")
    latest: Annotated[date, PlainValidator(_bound)] = Field(alias="to")
    first: Annotated[int, Field(strict=True, ge=1)] | None = None
    audience: Audience = Audience.USAGER
    usager: Ref | None = None
    together: OuiNon = False

    def window(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first and the last start wanted: instants as they are, days whole."""
        first, last = self.earliest, self.latest
        return (
            first if isinstance(first, datetime) else day_span(first, zone).debut,
            last if isinstance(last, datetime) else day_span(last, zone).fin - timedelta.resolution,
        )


class WhatIf(Entry):
    """One line: a territory file, the time it is, and what is asked then."""

    territory: dict[str, Any]
    now: Annotated[datetime, PlainValidator(_instant)]
    query: dict[str, Any]


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, each as soon as it is there, with their numbers from 1. Of one that is longer
    than `LONGEST_LINE`, only enough to see that it is."""
    for number in count(1):
        line = tail = stream.readline(LONGEST_LINE + 1)
        if not line:
            return
        while tail and not tail.endswith(b"\n"):
            tail = stream.readline(LONGEST_LINE)
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        if line.strip():
            yield number, line


def _read(line: bytes) -> tuple[dict[str, Any], bytes]:
    """What a line says, and the digest of its territory. Raises `WhatIfRefused`."""
    try:
        if len(line) > LONGEST_LINE:
            raise ValueError(f"must be at most {LONGEST_LINE} bytes long")
        raw = territoire.parse_json(line.decode())
        if not isinstance(raw, dict):
            raise ValueError("must be an object with named fields")
        return raw, hashlib.sha256(json.dumps(raw.get("territory")).encode()).digest()
    except UnicodeDecodeError:
        raise WhatIfRefused(["line: must be UTF-8 text"]) from None
    except RecursionError:
        raise WhatIfRefused(["line: is nested too deep"]) from None
    except ValueError as error:
        raise WhatIfRefused([f"line: {error}"]) from None


UNSAID = {
    "organisations": ("nom",),
    "lieux": ("nom", "organisation"),
    "agents": ("prenom", "nom"),
    "motifs": ("nom", "organisation"),
    "usagers": ("prenom", "nom"),
    **dict.fromkeys(("plages", "absences", "rdvs", "actions_collectives"), ("ref",)),
}
"""By list, the fields a territory file must give and a what-if need not."""


def _completed(territory: dict[str, Any]) -> dict[str, Any]:
    """`territory` with what a what-if may leave unsaid, because it changes no créneau or can only mean one thing:
    the territoire, names, the refs of what is never named, organisations, and which one where there is only one."""
    whole = dict(territory)
    if whole.get("territoire") is None:
        whole["territoire"] = {}
    if isinstance(whole["territoire"], dict):
        whole["territoire"] = {"ref": "simulation", **whole["territoire"]}
    if whole.get("organisations") is None:
        whole["organisations"] = [{"ref": ref} for ref in _organisations_named(territory)]
    refs = [entry.get("ref") for entry in _entries(whole, "organisations")]
    only = refs[0] if len(refs) == 1 else None
    for liste, fields in UNSAID.items():
        if isinstance(whole.get(liste), list):
            whole[liste] = [_filled(entry, fields, f"{liste}[{at}]", only) for at, entry in enumerate(whole[liste])]
    return whole


def _filled(entry: object, fields: tuple[str, ...], place: str, organisation: object) -> object:
    if not isinstance(entry, dict):
        return entry
    ref = entry.get("ref")
    nom = ref[:30] if isinstance(ref, str) else None
    unsaid = {"ref": place, "organisation": organisation, "prenom": nom, "nom": nom}
    return entry | {field: unsaid[field] for field in fields if entry.get(field) is None}


def _organisations_named(territory: dict[str, Any]) -> list[str]:
    named = [entry.get("organisation") for liste in ("lieux", "motifs") for entry in _entries(territory, liste)]
    for agent in _entries(territory, "agents"):
        organisations = agent.get("organisations")
        named += organisations if isinstance(organisations, list) else []
    return list(dict.fromkeys(ref for ref in named if isinstance(ref, str))) or ["simulation"]


def _entries(territory: dict[str, Any], liste: str) -> list[dict[str, Any]]:
    entries = territory.get(liste)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


# What is answered


class Simulation:
    """A database in memory. It keeps the last territory it was given, and loads it no second time."""

    def __init__(self) -> None:
        engine = connect("sqlite://")
        Base.metadata.create_all(engine)
        self._session = Session(engine)
        self._loaded: bytes | None = None
        self._zone = ZoneInfo("UTC")

    def creneaux(self, line: bytes) -> list[dict[str, Any]]:
        """The créneaux of one what-if, as `rdv creneaux` prints them. Raises `WhatIfRefused` with every error."""
        raw, digest = _read(line)
        what_if, faults = read_entry((), raw, WhatIf)
        query, wrong = read_entry(("query",), raw.get("query"), Query)
        errors = self._load(what_if.territory, digest) if what_if.has("territory") else []
        if what_if.has("query"):
            faults += wrong
        if what_if.has("territory") and not errors:
            faults += self._faults(query)
        errors += [str(Fault(fault.path or ("line",), fault.says)) for fault in in_file_order(faults, raw)]
        if errors:
            raise WhatIfRefused(errors)
        return self._found(query, what_if.now)

    def _load(self, territory: dict[str, Any], digest: bytes) -> list[str]:
        """Load `territory` in the place of what was there. Returns what is wrong with it."""
        if digest == self._loaded:
            return []
        self._loaded = None
        self._session.rollback()
        try:
            territoire.load(self._session, _completed(territory), WHENEVER, what_if=True)
        except TerritoireRefuse as refused:
            return [f"territory.{error}" for error in refused.errors]
        self._loaded = digest
        self._zone = self._session.scalars(select(Territoire)).one().zone
        return []

    def _faults(self, query: Query) -> Iterator[Fault]:
        """What is wrong with the sound fields of `query` in this territory."""
        for field, model in (("motif", Motif), ("lieux", Lieu), ("agents", Agent), ("usager", Usager)):
            said = getattr(query, field, None)
            known = self._ids(model) if said else {}
            for at, ref in enumerate([said] if isinstance(said, str) else said or []):
                if ref not in known:
                    path = (field,) if isinstance(said, str) else (field, at)
                    yield Fault(("query", *path), f"no {model.__tablename__} is called {ref!r}")
        if query.has("earliest", "latest"):
            first, last = query.window(self._zone)
            if last < first:
                yield Fault(("query", "to"), "is before query.from")
        if query.has("together", "agents") and query.together and query.agents is None:
            yield Fault(("query", "together"), "needs query.agents: who is to be free together")

    def _found(self, query: Query, now: datetime) -> list[dict[str, Any]]:
        motif = self._session.scalars(select(Motif).where(Motif.ref == query.motif)).one()
        first, last = query.window(self._zone)
        try:
            found = find_creneaux(
                self._session,
                motif,
                now=now,
                first=first,
                last=last,
                lieu_ids=self._named(Lieu, query.lieux),
                agent_ids=self._agents(query, motif),
                as_agent=query.audience is Audience.AGENT,
                together=query.together,
            )
        except HorizonTropLong:
            raise WhatIfRefused([f"query.to: must be at most {AGENT_HORIZON.days} days after now"]) from None
        wanted = islice(found, None if query.first is None else min(query.first, sys.maxsize))
        return list(lines(self._session, motif, self._zone, wanted))

    def _agents(self, query: Query, motif: Motif) -> set[int] | None:
        """Whose créneaux are wanted, None for all: for a follow-up, never more than the referents of the usager, or
        than the agents that an agent names."""
        named = self._named(Agent, query.agents)
        if not motif.suivi:
            return named
        if query.usager is None:
            return named or set() if query.audience is Audience.AGENT else set()
        usager = self._session.scalars(select(Usager).where(Usager.ref == query.usager)).one()
        return followers(named, referents([usager]), together=query.together)

    def _named(self, model: type[Agent] | type[Lieu], refs: list[str] | None) -> set[int] | None:
        if refs is None:
            return None
        ids = self._ids(model) if refs else {}
        return {ids[ref] for ref in refs}

    def _ids(self, model: type[Any]) -> dict[str, int]:
        return {row.ref: row.id for row in self._session.execute(select(model.ref, model.id))}
