"""Slots: what each intent takes out of a message."""

import re
from collections.abc import Callable
from typing import Any

from booking.telephones import e164
from conversations.understanding.about import about, language_named, language_of, workshop_of
from conversations.understanding.acts import Act, Intent
from conversations.understanding.identity import identity_slots
from conversations.understanding.message import Message
from conversations.understanding.spelling import folded
from conversations.understanding.tables.contexts import PIVOTS
from conversations.understanding.when import WEEKDAYS, constraint


def slots_of(heard: Message, intent: Intent) -> dict[str, Any]:
    """What the intent takes of what was said."""
    slots = dict(about(heard.said)) if intent is not Intent.EMERGENCY else {}
    if intent is Intent.BOOK and "bebe" in heard.said.words:
        slots.setdefault("motif", _OF_A_BABY)
    for reader in _SLOTS.get(intent, ()):
        slots.update(reader(heard))
    return slots


_OF_A_BABY = "pmi_suivi"
"""What a baby is brought for when nothing else is said."""


def _wanted(heard: Message) -> dict[str, Any]:
    turned = _turned(heard)
    return turned if turned else heard.when.slots(heard.now, heard.wishes)


def _turned(heard: Message) -> dict[str, Any]:
    """ "j'ai cours le lundi": days named to say that they do not suit."""
    if Act.UNABLE not in heard.acts or heard.when.refused or PIVOTS.intersection(heard.said.words):
        return {}
    days = [moment for moment in heard.when.wanted if moment.has_day and moment.grain == "day" and moment.start]
    if not days or len(days) != len(heard.when.wanted):
        return {}
    return {"not": [{"weekday": WEEKDAYS[moment.start.weekday()]} for moment in days if moment.start]}


def _given_up(heard: Message) -> dict[str, Any]:
    """The RDV given up is on the day named, even if only to say that one cannot come."""
    named = [moment for moment in heard.when.moments if not moment.excluded or moment.unable]
    return {"when": [constraint(moment, heard.now) for moment in named]} if named else {}


_SHIFT = re.compile(
    r"\b(?:de|d|pour)\W{0,2}(\d{1,2}|une?|deux|trois|quatre|quinze|huit)\W?(jours?|semaines?|sem|mois)\b"
)
_COUNTS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "huit": 8, "quinze": 15}
_UNIT_DAYS = {"j": 1, "s": 7, "m": 30}


def _shift(heard: Message) -> dict[str, Any]:
    found = _SHIFT.search(folded(heard.said.text))
    if found is None:
        return {}
    count = int(found[1]) if found[1].isdecimal() else _COUNTS[found[1]]
    return {"shift_days": count * _UNIT_DAYS[found[2][0]]}


_MINUTES = re.compile(r"\b(\d{1,3}) ?(?:min|mn|mins|minutes?)\b|\b(\d) ?h ?(\d\d)?\b")
_SPELLED_MINUTES = (
    ("1/2", 30), ("demi heure", 30), ("demi-heure", 30), ("3/4", 45), ("trois quart", 45), ("quart d", 15), ("1/4", 15),
    ("une heure", 60), ("deux heures", 120), ("cinq minutes", 5), ("dix minutes", 10), ("quinze minutes", 15), ("dizaine", 10),
    ("quinzaine", 15), ("vingtaine", 20), ("vingt minutes", 20), ("trente minutes", 30),
)  # fmt: skip


def _minutes(heard: Message) -> dict[str, Any]:
    text = folded(heard.said.text)
    spelled = next((minutes for words, minutes in _SPELLED_MINUTES if words in text), None)
    if spelled is not None:
        return {"minutes": spelled}
    found = _MINUTES.search(text)
    if found is None or not (found[1] or "retard" in text or "dans" in text or "d'ici" in text):
        return {}
    return {"minutes": int(found[1]) if found[1] else int(found[2]) * 60 + int(found[3] or 0)}


_PHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[\s.\-/]?\d){8,13}(?!\d)")


def phone_in(text: str) -> str | None:
    for found in _PHONE.finditer(folded(text)):
        try:
            return e164("+" + found[0][2:] if found[0].startswith("00") else found[0])
        except ValueError:
            continue
    return None


def _called(heard: Message) -> dict[str, Any]:
    phone = phone_in(heard.said.text)
    return {"phone": phone} if phone else {}


def _named_language(heard: Message) -> dict[str, Any]:
    """The language asked for, else the one written."""
    return {"lang": language_named(heard.said) or language_of(heard.said)}


_BORN = re.compile(r"\bn[ée]e?s?\s+(?:le\s+)?(?=\d)", re.IGNORECASE)


def _born(heard: Message) -> dict[str, Any]:
    """The birth date given in passing."""
    found = _BORN.search(heard.said.text)
    return identity_slots(heard.said.text[found.end() :], heard.now.date(), of_birth=True) if found else {}


def _workshop(heard: Message) -> dict[str, Any]:
    found = workshop_of(heard.said)
    return {"workshop": found} if found else {}


_SLOTS: dict[Intent, tuple[Callable[[Message], dict[str, Any]], ...]] = {
    Intent.BOOK: (_wanted, _born),
    Intent.GIVE_AVAILABILITY: (_wanted,),
    Intent.NONE_OF_THESE: (_wanted,),
    Intent.RESCHEDULE: (_wanted, _shift),
    Intent.CANCEL: (_given_up,),
    Intent.WAITLIST: (_wanted,),
    Intent.WORKSHOP: (_workshop, _wanted),
    Intent.PRESENCE: (_minutes,),
    Intent.CONFIRM: (lambda heard: {"status": "late"} if Act.LATE in heard.acts else {},),
    Intent.ASK_BRING: (_wanted,),
    Intent.HUMAN: (_called, _wanted),
    Intent.LANGUAGE: (_named_language,),
}
"""What each intent takes."""
