"""What the entries of a territory file owe each other: references, durations, places, an agent's time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from booking.models import TypeMotif
from booking.territoire.fichier import (
    Absence,
    Agent,
    Attente,
    Entree,
    Entry,
    Fault,
    Fichier,
    Lieu,
    Motif,
    Organisation,
    Path,
    Plage,
    Proche,
    Rdv,
    Seance,
    Usager,
)

Said = Iterator[tuple[Path, str]]
"""What a rule has against an entry: the path inside it, and the sentence."""
Rule = Callable[[Any, "Known"], Said]

SINGULAR = {
    "services": "service", "organisations": "organisation", "lieux": "lieu", "agents": "agent",
    "motifs": "motif", "usagers": "usager",
}  # fmt: skip

REFERENCES: dict[type[Entry], dict[str, str]] = {
    Lieu: {"organisation": "organisations"},
    Agent: {"service": "services", "organisations": "organisations"},
    Motif: {"organisation": "organisations", "service": "services"},
    Plage: {"agent": "agents", "lieu": "lieux", "motifs": "motifs"},
    Absence: {"agent": "agents"},
    Usager: {"referents": "agents"},
    Proche: {"autres_responsables": "usagers"},
    Rdv: {"motif": "motifs", "agents": "agents", "lieu": "lieux", "participants": "usagers"},
    Seance: {
        "motif": "motifs", "agents": "agents", "lieu": "lieux", "participants": "usagers",
        "liste_attente": "usagers",
    },
    Attente: {"motif": "motifs", "usager": "usagers", "lieux": "lieux"},
}  # fmt: skip
"""The fields that name other entries, and the list they name them from."""


@dataclass(frozen=True)
class Known:
    """What a reference may name, from the file or from an earlier load: the refs of each list, and what is
    known of each motif and lieu (an entry that could not be read whole lacks the fields at fault). `settled` are
    the paths of the entries that have not changed since an earlier load: they may name what was deleted since."""

    refs: Mapping[str, AbstractSet[str]]
    motifs: Mapping[str, Motif]
    lieux: Mapping[str, Lieu]
    zone: ZoneInfo
    settled: AbstractSet[Path]

    def of_motif(self, ref: str, field: str) -> Any:
        return getattr(self.motifs.get(ref), field, None)

    def of_lieu(self, ref: str | None, field: str) -> Any:
        return getattr(self.lieux.get(ref or ""), field, None)


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local time; the first of the two when clocks repeat an hour."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def length(rdv: Rdv, known: Known) -> timedelta | None:
    """How long `rdv` lasts, by itself or by its motif; None when neither is known."""
    if not rdv.has("duree_min"):
        return None
    minutes = rdv.duree_min or known.of_motif(rdv.motif, "duree_min")
    return timedelta(minutes=minutes) if minutes else None


def places_max(seance: Seance, known: Known) -> int | None:
    """The places of a séance: its own (null is unlimited), else those of its motif."""
    if "places_max" in seance.model_fields_set:
        return seance.places_max
    places: int | None = known.of_motif(seance.motif, "places_max")
    return places


def faults(lu: Fichier, known: Known, *, what_if: bool = False) -> list[Fault]:
    """Everything the entries of `lu` have wrong beyond their own shape; in a `what_if`, agents may be taken twice
    and plages may carry what they cannot serve."""
    found = [
        fault
        for entrees in lists(lu)
        for entree in entrees
        for fault in (*_unknown_references(entree, known), *_broken_rules(entree, known, what_if=what_if))
    ]
    found += [] if what_if else _double_bookings(lu, known)
    for named in _namespaces(lu):
        found += _used_twice(named)
    return found + list(_shared_numbers(lu.organisations))


def lists(lu: Fichier) -> tuple[list[Entree[Any]], ...]:
    return (
        lu.services, lu.organisations, lu.lieux, lu.agents, lu.motifs, lu.plages, lu.absences, lu.usagers,
        lu.proches, lu.rdvs, lu.actions_collectives, lu.listes_attente,
    )  # fmt: skip


def _namespaces(lu: Fichier) -> tuple[list[Entree[Any]], ...]:
    """The entries whose refs must differ: proches are usagers, and séances are RDVs."""
    people = sorted([*lu.usagers, *lu.proches], key=lambda entree: entree.path)
    return (
        lu.services, lu.organisations, lu.lieux, lu.agents, lu.motifs, lu.plages, lu.absences,
        people, [*lu.rdvs, *lu.actions_collectives], lu.listes_attente,
    )  # fmt: skip


def _used_twice(entrees: Iterable[Entree[Any]]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for entree in entrees:
        if entree.ref is None:
            continue
        if entree.ref in first:
            field = "ref" if "ref" in type(entree.value).model_fields else "usager"
            yield Fault((*entree.path, field), f"already used by {spelt(first[entree.ref])}")
        first.setdefault(entree.ref, entree.path)


def spelt(path: Path) -> str:
    return str(Fault(path, "")).removesuffix(": ")


def _unknown_references(entree: Entree[Any], known: Known) -> Iterator[Fault]:
    if entree.path in known.settled:
        return
    if entree.sous is not None and entree.sous not in known.refs["usagers"]:
        yield Fault(entree.path, _nobody("usagers", entree.sous))
    for field, liste in REFERENCES.get(type(entree.value), {}).items():
        named = getattr(entree.value, field, None)
        if isinstance(named, list):
            yield from _wrong_names((*entree.path, field), named, liste, known)
        elif named is not None and named not in known.refs[liste]:
            yield Fault((*entree.path, field), _nobody(liste, named))


def _wrong_names(path: Path, named: list[str], liste: str, known: Known) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, ref in enumerate(named):
        if ref not in known.refs[liste]:
            yield Fault((*path, at), _nobody(liste, ref))
        elif ref in seen:
            yield Fault((*path, at), f"{ref} is named twice")
        seen.add(ref)


def _nobody(liste: str, ref: str) -> str:
    return f"unknown {SINGULAR[liste]} {ref}"


RULES: dict[type[Entry], list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)


def rule(kind: type[Entry], *reads: str) -> Callable[[Rule], Rule]:
    """A rule on entries of one kind, asked only where the fields it reads could be read."""

    def keep(check: Rule) -> Rule:
        RULES[kind].append((reads, check))
        return check

    return keep


def _broken_rules(entree: Entree[Any], known: Known, *, what_if: bool) -> Iterator[Fault]:
    for reads, check in RULES[type(entree.value)]:
        if entree.value.has(*reads) and not (what_if and check in SERVED):
            for path, says in check(entree.value, known):
                yield Fault((*entree.path, *path), says)


@rule(Motif, "type", "secretariat")
def _the_secretariat_stays_home(motif: Motif, known: Known) -> Said:
    if motif.secretariat and motif.type is TypeMotif.DOMICILE:
        yield ("secretariat",), "must be false: a domicile motif is not for the secretariat"


@rule(Motif, "suivi", "secretariat")
def _the_secretariat_follows_nobody(motif: Motif, known: Known) -> Said:
    if motif.secretariat and motif.suivi:
        yield ("secretariat",), "must be false: a suivi motif is for the referents"


@rule(Motif, "delai_min_min", "delai_max_min")
def _delays_leave_a_window(motif: Motif, known: Known) -> Said:
    if motif.delai_max_min <= motif.delai_min_min:
        yield ("delai_max_min",), f"must be more than delai_min_min ({motif.delai_min_min})"


@rule(Motif, "nom", "libelle_usager")
def _messages_have_a_short_name(motif: Motif, known: Known) -> Said:
    if motif.libelle_usager is None and len(motif.nom) > 30:
        yield ("libelle_usager",), "is required when nom has more than 30 characters"


@rule(Motif, "type", "collectif")
def _people_gather_somewhere(motif: Motif, known: Known) -> Said:
    if motif.collectif and motif.type is not TypeMotif.SUR_PLACE:
        yield ("type",), "must be sur_place for a collective motif"


@rule(Plage, "debut", "fin")
def _a_plage_ends_after_it_starts(plage: Plage, known: Known) -> Said:
    if plage.fin <= plage.debut:
        yield ("fin",), f"must be after debut ({plage.debut:%H:%M})"


@rule(Plage, "lieu", "motifs")
def _a_lieu_receives_for_its_organisation(plage: Plage, known: Known) -> Said:
    home = known.of_lieu(plage.lieu, "organisation")
    for at, ref in enumerate(plage.motifs):
        organisation = known.of_motif(ref, "organisation")
        if {home, organisation} <= known.refs["organisations"] and organisation != home:
            yield ("motifs", at), f"{ref} is of {organisation}, but lieu {plage.lieu} is of {home}"


@rule(Plage, "lieu", "motifs")
def _one_comes_somewhere(plage: Plage, known: Known) -> Said:
    on_site = [ref for ref in plage.motifs if known.of_motif(ref, "type") is TypeMotif.SUR_PLACE]
    if plage.lieu is None and on_site:
        yield ("lieu",), f"is required: {on_site[0]} is a sur_place motif"


@rule(Absence, "premier_jour", "dernier_jour", "debut", "fin")
def _an_absence_ends_after_it_starts(absence: Absence, known: Known) -> Said:
    last = absence.dernier_jour or absence.premier_jour
    if last < absence.premier_jour:
        yield ("dernier_jour",), f"must not be before premier_jour ({absence.premier_jour})"
    elif last == absence.premier_jour and absence.fin <= absence.debut:
        yield ("fin",), f"must be after debut ({absence.debut:%H:%M})"


@rule(Absence, "premier_jour", "dernier_jour", "recurrence")
def _an_absence_that_comes_back_lasts_a_day(absence: Absence, known: Known) -> Said:
    if absence.recurrence and absence.dernier_jour and absence.dernier_jour > absence.premier_jour:
        yield ("recurrence",), "must be null for an absence of several days"


SERVED = (_a_lieu_receives_for_its_organisation, _one_comes_somewhere)
"""What keeps a plage from carrying a motif that it cannot serve."""


@rule(Proche, "ref", "autres_responsables")
def _nobody_answers_for_themselves(proche: Proche, known: Known) -> Said:
    if proche.ref in proche.autres_responsables:
        at = proche.autres_responsables.index(proche.ref)
        yield ("autres_responsables", at), "must be somebody else"


@rule(Rdv, "motif")
def _an_rdv_is_individual(rdv: Rdv, known: Known) -> Said:
    if known.of_motif(rdv.motif, "collectif"):
        yield ("motif",), f"{rdv.motif} is collective: write it in actions_collectives"


@rule(Seance, "motif")
def _a_seance_is_collective(seance: Seance, known: Known) -> Said:
    if known.of_motif(seance.motif, "collectif") is False:
        yield ("motif",), f"{seance.motif} is not collective: write it in rdvs"


@rule(Seance, "participants", "places_max", "motif", "statut")
def _everybody_has_a_seat(seance: Seance, known: Known) -> Said:
    places = places_max(seance, known)
    if places is not None and seance.statut.is_living and len(seance.participants) > places:
        yield ("participants",), f"must be at most {places}, the places there are"


@rule(Seance, "places_min", "places_max", "motif")
def _few_places_are_fewer_than_many(seance: Seance, known: Known) -> Said:
    places = places_max(seance, known)
    if places is not None and seance.places_min is not None and seance.places_min > places:
        yield ("places_min",), f"must be at most places_max ({places})"


@rule(Seance, "participants", "liste_attente")
def _nobody_waits_for_what_they_have(seance: Seance, known: Known) -> Said:
    participants = set(seance.participants)
    for at, ref in enumerate(seance.liste_attente):
        if ref in participants:
            yield ("liste_attente", at), f"{ref} is a participant"


@rule(Rdv, "debut")
@rule(Seance, "debut")
def _clocks_show_that_hour(rdv: Rdv, known: Known) -> Said:
    if instant(rdv.debut, known.zone).astimezone(known.zone).replace(tzinfo=None) != rdv.debut:
        yield ("debut",), "does not exist: clocks jump over that hour"


@rule(Attente, "motif")
def _a_seance_keeps_its_own_list(attente: Attente, known: Known) -> Said:
    if known.of_motif(attente.motif, "collectif"):
        yield ("motif",), f"{attente.motif} is collective: write it in liste_attente of a séance"


def _shared_numbers(organisations: Iterable[Entree[Organisation]]) -> Iterator[Fault]:
    """A number answers for one organisation."""
    owners: dict[str, Path] = {}
    for entree in organisations:
        for at, numero in enumerate(getattr(entree.value, "numeros_sms", [])):
            path = (*entree.path, "numeros_sms", at)
            if numero in owners:
                yield Fault(path, f"already used by {spelt(owners[numero])}")
            owners.setdefault(numero, path)


def _double_bookings(lu: Fichier, known: Known) -> Iterator[Fault]:
    """An agent is in one place at a time; the later entry of the file is the one at fault."""
    taken: dict[str, list[tuple[datetime, datetime, int, Path]]] = defaultdict(list)
    for order, entree in enumerate([*lu.rdvs, *lu.actions_collectives]):
        rdv = entree.value
        if not (rdv.has("motif", "agents", "debut", "statut") and rdv.statut.is_living):
            continue
        duree = length(rdv, known)
        if duree is None:
            continue
        debut = instant(rdv.debut, known.zone)
        for agent in dict.fromkeys(rdv.agents):
            taken[agent].append((debut, debut + duree, order, entree.path))
    for agent, times in taken.items():
        times.sort(key=lambda time: time[:3])
        latest = times[0]
        for time in times[1:]:
            if time[0] < latest[1]:
                at_fault, other = (time, latest) if time[2] > latest[2] else (latest, time)
                span = spoken(other[0], other[1], known.zone)
                yield Fault(at_fault[3], f"agent {agent} is already taken {span} by {spelt(other[3])}")
            latest = max(latest, time, key=lambda time: time[1])


def spoken(debut: datetime, fin: datetime, zone: ZoneInfo) -> str:
    """A stretch of time as the file would write it."""
    return f"from {debut.astimezone(zone):%Y-%m-%dT%H:%M} to {fin.astimezone(zone):%H:%M}"
