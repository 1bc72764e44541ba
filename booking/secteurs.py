"""Where people live: which organisation serves their commune, and which lieux are nearest to it."""

import re
from collections.abc import Iterable, Sequence
from math import cos, hypot, inf, radians
from unicodedata import combining, normalize

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking.models import Lieu, Organisation, Usager
from booking.vues import CommuneVue

_TOWN = re.compile(r"\b(\d{5}|2[AB]\d{3}) ([^,;()]+)")
"""The end of an address: "12 rue des Rosati, 62000 Arras"."""


def organisation_for(session: Session, address: str) -> Organisation | None:
    """The organisation that serves the commune of who writes from `address` to none of our numbers, else the oldest;
    None in an empty database."""
    here = select(Usager).where((Usager.telephone == address) | (Usager.telegram == address))
    everyone = select(Organisation).options(joinedload(Organisation.territoire)).order_by(Organisation.id)
    organisations = session.scalars(everyone).all()
    for usager in session.scalars(here) if len(organisations) > 1 else ():
        own = [one for one in organisations if one.territoire_id == usager.territoire_id]
        if (found := serving(own, usager.code_insee, usager.commune)) is not None:
            return found
    return organisations[0] if organisations else None


def serving(organisations: Iterable[Organisation], code_insee: str | None, commune: str | None) -> Organisation | None:
    """The first of these organisations whose secteurs hold a commune, by its INSEE code or by its postcode and
    name."""
    names = {_plain(name) for name in (code_insee, commune) if name}
    for organisation in organisations:
        if not names.isdisjoint(_plain(secteur) for secteur in organisation.secteurs):
            return organisation
    return None


def communes(session: Session, territoire_id: int) -> tuple[CommuneVue, ...]:
    """The communes that a territoire knows by name: those of its secteurs, and those where it has a lieu; each with the
    organisation that serves it, else the one that receives there."""
    organisations = session.scalars(
        select(Organisation).where(Organisation.territoire_id == territoire_id).order_by(Organisation.id)
    ).all()
    refs = {one.id: one.ref for one in organisations}
    known: dict[str, CommuneVue] = {}
    for lieu in session.scalars(select(Lieu).where(Lieu.territoire_id == territoire_id).order_by(Lieu.id)):
        for code_postal, nom in _TOWN.findall(lieu.adresse):
            written = f"{code_postal} {nom.strip()}"
            served = serving(organisations, lieu.code_insee, written)
            organisation = served.ref if served else refs[lieu.organisation_id]
            known.setdefault(_plain(written), CommuneVue(code_postal, nom.strip(), lieu.code_insee, organisation))
    for organisation_id, secteur in ((one.id, secteur) for one in organisations for secteur in one.secteurs):
        code_postal, _, nom = secteur.partition(" ")
        if nom:
            known.setdefault(_plain(secteur), CommuneVue(code_postal, nom, None, refs[organisation_id]))
    return tuple(known.values())


def nearest_first(
    session: Session, territoire_id: int, lieux: Sequence[Lieu], code_insee: str | None, commune: str | None
) -> list[Lieu]:
    """Lieux by their distance to a commune, as far as coordinates tell; those of the commune first, the others in the
    order they came in."""
    there = [
        lieu
        for lieu in session.scalars(select(Lieu).where(Lieu.territoire_id == territoire_id))
        if _is_in(lieu, code_insee, commune)
    ]
    placed = [(lieu.latitude, lieu.longitude) for lieu in there if lieu.latitude and lieu.longitude]
    if not placed:
        return sorted(lieux, key=lambda lieu: lieu not in there)
    latitude = sum(one for one, _ in placed) / len(placed)
    longitude = sum(one for _, one in placed) / len(placed)
    return sorted(lieux, key=lambda lieu: (lieu not in there, _degrees(lieu, latitude, longitude)))


def _degrees(lieu: Lieu, latitude: float, longitude: float) -> float:
    """How far a lieu is, in degrees of latitude: enough to compare."""
    if lieu.latitude is None or lieu.longitude is None:
        return inf
    return hypot(lieu.latitude - latitude, (lieu.longitude - longitude) * cos(radians(latitude)))


def _is_in(lieu: Lieu, code_insee: str | None, commune: str | None) -> bool:
    if code_insee is not None and lieu.code_insee == code_insee:
        return True
    return commune is not None and _plain(commune) in _plain(lieu.adresse)


def _plain(name: str) -> str:
    letters = normalize("NFKD", name.casefold().replace("-", " ").replace("’", "'"))
    return " ".join("".join(letter for letter in letters if not combining(letter)).split())
