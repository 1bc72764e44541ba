"""Families: of whom a message speaks, and how those who come one after the other are named."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from booking.vues import Personne
from conversations.messages import Moment, Say, Value, say
from conversations.understanding import Context, Heard
from conversations.understanding.options import pick_by_words
from conversations.understanding.spelling import plain

MOST = 3
"""How many may come one after the other: as many RDVs as one number may have for a motif."""
_AND = re.compile(r"\b(?:et|puis|avec|aussi|ainsi que)\b|[,+&/]")
_CHILDREN = r"(?:enfants?|petits?|petites?|filles?|fils|garcons?|bebes?|loulous?|gosses?)"
_COUNTED = re.compile(rf"\b(deux|trois|quatre|cinq|six|[2-9]) {_CHILDREN}\b|\b(?:jumeaux|jumelles)\b")
_ALL = re.compile(rf"\b(?:mes|nos|les|tous) {_CHILDREN}\b")
_BOTH = re.compile(r"\b(?:les|tous les|toutes les) (deux|trois|2|3)\b|\b(?:tous|toutes)\b")
"""An answer to "Pour qui ?": elsewhere these are créneaux."""
_TOO = re.compile(r"\b(?:aussi|egalement|en plus|ajout\w+|et|avec)\b")
_ONE_MORE = re.compile(
    r"\b(?:(?:un|une|mon|ma|l'|le|la)\s?autre|son|sa|mon|ma|deuxieme|2e|2eme|second|seconde)"
    r" (?:enfant|petite?|fils|fille|garcon|bebe|frere|soeur)\b"
)
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6} | {str(count): count for count in range(2, 10)}
_ADULT = (
    r"(?:mari|femme|epoux|epouse|conjointe?|compagnon|compagne|copain|copine|mere|pere|maman|papa|oncle|tante|amie?"
    r"|voisine?|husband|wife|partner|mother|father|mum|mom|dad|friend|neighbour)"
)
_SOMEBODY = re.compile(rf"\b(?:mon|ma|my)\s+(?:(?:grand|belle|beau)[ -]?)?{_ADULT}\b")
"""Somebody who is not named: "mon mari" is not Marie."""
_FOR_SOMEBODY = re.compile(rf"\b(?:pour|for)\s+{_SOMEBODY.pattern}")
_ONLY = re.compile(r"\b(?:juste|seulement|uniquement|(?<!ce )que|seule?|just|only)\b")
_WITHOUT = re.compile(r"\b(?:sans|sauf|pas|without|not)\s+(?:pour\s+|avec\s+|for\s+)?(\S+)")
_LINES = re.compile(r"\d(?: ?(?:et|,|\+|&|/) ?| )\d(?:(?: ?(?:et|,|\+|&|/) ?| )\d)?")


def named(heard: Heard, people: Sequence[Personne]) -> tuple[Personne, ...]:
    """Those of these people whose first names are said, in the order said; a name that fits several is nobody's."""
    prenoms = [person.prenom for person in people]
    text = _SOMEBODY.sub(" ", heard.text.lower())
    found = [pick_by_words(part, prenoms) for part in (*_AND.split(text), text)]
    return tuple(people[place] for place in dict.fromkeys(found) if place is not None)[:MOST]


def is_for_another_adult(heard: Heard) -> bool:
    """Whether it is for somebody else than who is writing: "pour mon mari"."""
    return _FOR_SOMEBODY.search(plain(heard.text)) is not None


def left(heard: Heard, people: Sequence[Personne]) -> tuple[Personne, ...]:
    """Those of these people it is still for, where a message leaves some of them out: "juste Léa", "sans Tom"; nobody
    where it leaves out none."""
    text = heard.text.lower()
    if (without := _WITHOUT.search(text)) is not None:
        out = named(replace(heard, text=without[1]), people)
        return tuple(one for one in people if one not in out) if out else ()
    kept = named(heard, people) if _ONLY.search(plain(text)) else ()
    return kept if len(kept) < len(people) else ()


def how_many(heard: Heard, known: int) -> int:
    """For how many children it is, where that is said: "mes deux enfants", "les jumeaux"; "mes enfants" are the
    `known` ones, two at least. 1 where it is not, and more than `MOST` where more are counted."""
    text = plain(heard.text)
    if found := _COUNTED.search(text):
        return _COUNTS.get(found[1] or "", 2)
    if heard.context is Context.CHOOSING_CHILD and (found := _BOTH.search(text)):
        return _COUNTS.get(found[1] or "") or min(max(2, known), MOST)
    return min(max(2, known), MOST) if _ALL.search(text) else 1


def lines(heard: Heard) -> tuple[int, ...]:
    """The lines of a list that are pointed at together, from 1: "1 et 2"."""
    text = plain(heard.text).strip(" .")
    return tuple(map(int, re.findall(r"\d", text))) if _LINES.fullmatch(text) else ()


def is_one_more(heard: Heard) -> bool:
    """Whether somebody comes as well, and not in place of who was spoken of."""
    return _TOO.search(plain(heard.text)) is not None


def is_another_child(heard: Heard) -> bool:
    """Whether a child who is not named comes as well: "et aussi pour son frère"."""
    text = plain(heard.text)
    return _TOO.search(text) is not None and _ONE_MORE.search(text) is not None


def together(people: Sequence[Personne]) -> Value:
    """ "Léa", "Léa et Tom", "Léa, Tom et Zoé"."""
    return _joined([person.prenom for person in people])


def in_a_row(people: Sequence[Personne], debut: datetime, duree: int) -> tuple[tuple[str, datetime], ...]:
    """Their first names, and when each begins: `duree` minutes one after the other."""
    return tuple((one.prenom, debut + place * timedelta(minutes=duree)) for place, one in enumerate(people))


def each_at(people: Sequence[tuple[str, datetime]], *, discret: bool) -> Value:
    """ "9h pour Léa et 9h30 pour Tom"; "9h et 9h30" for who may be read over the shoulder."""
    hours = [Moment(debut, "heure") for _, debut in people]
    if discret:
        return _joined(hours)
    named = zip(people, hours, strict=True)
    return _joined([say("book.fratrie_heure", heure=hour, prenom=prenom) for (prenom, _), hour in named])


def _joined(values: Sequence[Value]) -> Value:
    if len(values) == 1:
        return values[0]
    *before, last = values
    joined = before[0]
    for value in before[1:]:
        joined = say("book.fratrie_virgule", un=joined, autre=value)
    return Say("book.fratrie_et", {"un": joined, "autre": last})
