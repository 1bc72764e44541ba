"""The languages the bot speaks, by the names of their catalogues, and what each says of itself."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conversations.understanding.spelling import tokens

CATALOGUES = Path(__file__).parent / "catalogue"
FRENCH = "fr"
"""What is spoken to whoever has chosen nothing."""
_POLITE = {"please", "svp", "stp", "merci", "thanks"}


@dataclass(frozen=True)
class Langue:
    """The table `[langue]` of a catalogue: its name, the words that ask for it, how it offers itself, and how it
    writes days, hours and lists."""

    nom: str
    mots: tuple[str, ...]
    offre: str
    jours: tuple[str, ...]
    """Monday to Sunday, short."""
    jours_entiers: tuple[str, ...]
    mois: tuple[str, ...]
    premier: str
    """The first of a month."""
    heure: str
    """From {heure} and {minute}; `heure_pile` where there are no minutes."""
    heure_pile: str
    jour: str
    """From {jour}, {quantieme} and {mois}."""
    jour_heure: str
    """From {jour} and {heure}, as is `semaine_heure`."""
    semaine_heure: str
    ou: str
    """What comes before the last of several numbers."""


@cache
def spoken() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue, French first."""
    codes = (path.stem for path in CATALOGUES.glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: (code != FRENCH, code)))


@cache
def tables(code: str) -> dict[str, dict[str, Any]]:
    """A catalogue as it is written, its languages and its phrases; French where the language has none."""
    known = code if code in spoken() else FRENCH
    return tomllib.loads((CATALOGUES / f"{known}.toml").read_text(encoding="utf-8"))


@cache
def langue(code: str) -> Langue:
    """What a catalogue says of its language; French where the language has none."""
    written: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in tables(code)["langue"].items()
    }
    return Langue(**written)


def named(text: str) -> str | None:
    """The code of the language that the whole message asks for by its name: "ENGLISH", "en anglais svp"."""
    said = " ".join(word for word in tokens(text) if word not in _POLITE)
    return next((code for code in spoken() if said in langue(code).mots), None)
