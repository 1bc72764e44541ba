"""Choice: which of the lines shown is meant, by number, place, day, hour or words; or that it is none, or any."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from conversations.understanding.about import motifs_of
from conversations.understanding.dates import Moment, find
from conversations.understanding.options import pick_by_words
from conversations.understanding.said import Said
from conversations.understanding.spelling import folded
from conversations.understanding.tables import foreign
from conversations.understanding.tables.lists import each_of
from conversations.understanding.when import When, fits

Option = str | Mapping[str, Any]
_NUMBERS = {
    "un": 1, "une": 1, "premier": 1, "premiere": 1, "1er": 1, "1ere": 1, "uno": 1, "deux": 2, "deuxieme": 2, "second": 2,
    "seconde": 2, "2nd": 2, "2nde": 2, "2e": 2, "trois": 3, "troisieme": 3, "quatre": 4, "quatrieme": 4, "cinq": 5,
    "cinquieme": 5, "six": 6, "sixieme": 6,
    **{folded(word): number for words, number in foreign.NUMBERS.items() for word in words.split()},
}  # fmt: skip
_RANK = re.compile(r"^(\d{1,2})(?:er|ere|e|eme|ieme|nd|nde|em|iem)?$")
_AROUND = each_of(
    "le la les numero num no option choix reponse rep je prends veux voudrais choisis choisirai pour alors plutot svp stp "
    "merci ok oui celui celle de du date creneau proposition adresse ligne rdv horaire va vais aimerais ca sera bien c est "
    "bon parfait please the number moi madame bonjour bonsoir tape taper n opt si possible et ben donc mettez mets "
    "daccord super nickel monsieur mme lieu enfant ville reserve reserver valide confirme garde on jour premiere position "
    "ce cette sa ses y aller ira me convient number go with il elle"
) - {"premiere"}
_GLUE = frozenset({"et", "ou", "puis", "ni", "plus"})
_ENDS = each_of(
    "et pour mais svp merci ca c si est je sinon avec vous par ok on please possible il parce que car quand faut dois quoi "
    "combien comment ou oui daccord bon parfait"
)
"""What may come after a number that is a choice; "2 enfants" and "2 rue Haute" are none."""
_PLACES = (
    (0, "premier premiere debut haut"),
    (-1, "dernier derniere fin bas"),
)
_OLDER, _YOUNGER = (
    each_of("grand grande ainee aine plus-grand"),
    each_of("petit petite dernier derniere bebe cadet cadette"),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BORN = re.compile(r"\bnee?\b")
_LIKE = 78
_HOUR_ALONE = re.compile(r"(?<![\d/:.h])(\d{1,2})(?![\d/:.h])\s*$")


@dataclass(frozen=True)
class Choice:
    """The slots of what was chosen, and how sure that is."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 0.0


def label(option: Option) -> str:
    """What an option shows."""
    if isinstance(option, str):
        return option
    shown = next(
        (option[key] for key in ("label", "libelle", "text", "nom", "title", "name", "value") if option.get(key)), None
    )
    return str(shown) if shown else " ".join(str(value) for value in option.values() if value is not None)


def choose(said: Said, said_when: When, options: Sequence[Option], now: datetime) -> Choice | None:
    """What is chosen among the options shown, None when nothing of the list is."""
    labels = tuple(map(label, options))
    for reader in (_by_number, _by_place, _by_time, _by_words):
        if (choice := reader(said, said_when, labels, now)) is not None:
            return choice
    return None


def _value(word: str) -> int | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    rank = _RANK.match(word)
    return int(rank[1]) if rank else None


# By number


def _by_number(said: Said, said_when: When, labels: Sequence[str], now: datetime) -> Choice | None:
    words = said.words
    if any(sign in said.text for sign in ":/") or re.search(r"\d\s*[.,]\s*\d", said.text):
        return None
    told = [word for word in words if word not in _AROUND and word not in _GLUE]
    numbers = [number for word in told if (number := _value(word)) is not None]
    if told and len(numbers) == len(told):
        return _numbered(numbers, words, labels, now)
    return _leading(words, labels)


def _numbered(numbers: list[int], words: Sequence[str], labels: Sequence[str], now: datetime) -> Choice | None:
    """Nothing but numbers was said."""
    known = [number for number in numbers if 1 <= number <= len(labels)]
    if len(numbers) > 1:
        is_list = bool(_GLUE.intersection(words)) or "les" in words
        return Choice({"options": known}, 0.9) if is_list and len(known) == len(numbers) else None
    number = numbers[0]
    if "les" in words:
        return Choice({"options": list(range(1, number + 1))}, 0.9) if known else None
    on_day = [line for line, start in enumerate(starts(labels, now), start=1) if start and start.day == number]
    if known and set(on_day) - {number} and "le" in words:
        return Choice({"ambiguous": True, "options": sorted({number, *on_day})}, 0.9)
    if known:
        return Choice({"option": number}, 0.98)
    if on_day:
        return _lines(on_day, 0.95)
    return Choice({"option": number, "invalid": True}, 0.9) if number < 32 and "le" not in words else None


def _leading(words: Sequence[str], labels: Sequence[str]) -> Choice | None:
    """ "2 pour ma fille", "la 2 et je dois ramener quoi": a number first, then something else."""
    rest = [
        word
        for word in words
        if word not in ("le", "la", "numero", "option", "choix", "je", "prends", "ok", "oui", "bonjour")
    ]
    if len(rest) < 2 or not rest[0][0].isdecimal() or (number := _value(rest[0])) is None or rest[1] not in _ENDS:
        return None
    return Choice({"option": number}, 0.85) if 1 <= number <= len(labels) else None


def _lines(lines: Sequence[int], confidence: float) -> Choice:
    return Choice({"option": lines[0]} if len(lines) == 1 else {"options": list(lines)}, confidence)


# By place in the list


def _by_place(said: Said, said_when: When, labels: Sequence[str], now: datetime) -> Choice | None:
    words = [word for word in said.core if word not in _AROUND]
    if not words or len(words) > 2 or said_when.moments:
        return None
    if "milieu" in words and len(labels) == 3:
        return Choice({"option": 2}, 0.9)
    years = [int(found[0]) if (found := _YEAR.search(shown)) else 0 for shown in labels]
    if (elder := _by_age(words, years)) is not None:
        return Choice({"option": elder + 1}, 0.7)
    for place, said_so in _PLACES:
        if set(words) <= set(said_so.split()):
            return Choice({"option": range(1, len(labels) + 1)[place]}, 0.85)
    return None


def _by_age(words: Sequence[str], years: Sequence[int]) -> int | None:
    known = [year for year in years if year]
    if len(known) < 2:
        return None
    if _OLDER.intersection(words):
        return years.index(min(known))
    return years.index(max(known)) if _YOUNGER.intersection(words) else None


# By day and hour


@lru_cache(maxsize=256)
def _start(shown: str, now: datetime) -> datetime | None:
    """The instant an option shows, None when it is not a créneau: an address, or "née en 2022"."""
    if _BORN.search(folded(shown)):
        return None
    moments = find(folded(shown), now)
    return next(
        (moment.start for moment in moments if moment.has_day and moment.grain in ("minute", "hour", "day")), None
    )


def starts(labels: Sequence[str], now: datetime) -> list[datetime | None]:
    return [_start(shown, now) for shown in labels]


def _by_time(said: Said, said_when: When, labels: Sequence[str], now: datetime) -> Choice | None:
    pointing = [moment for moment in said_when.wanted if _points(moment)]
    if not pointing:
        return None
    shown = starts(labels, now)
    fitting = [
        line
        for line, start in enumerate(shown, start=1)
        if start and any(fits(moment, start, now) for moment in pointing)
        and not any(fits(moment, start, now) for moment in said_when.refused)
    ]  # fmt: skip
    if not fitting:
        fitting = _by_weekday(said, pointing, shown, now)
    if not fitting:
        return None
    if len(fitting) > 1 and (hour := _HOUR_ALONE.search(said.line)):
        at_hour = [line for line in fitting if (start := shown[line - 1]) and start.hour == int(hour[1])]
        fitting = at_hour if len(at_hour) == 1 else fitting
    return _lines(fitting, 0.92 if len(pointing) == 1 else 0.8)


_WEEKDAY_ALONE = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?!\s+(?:\d|prochain|en\b))")
_WEEKS = 4


def _by_weekday(said: Said, pointing: Sequence[Moment], shown: Sequence[datetime | None], now: datetime) -> list[int]:
    """In front of a list that shows a Tuesday, that is the Tuesday meant, be it in three weeks."""
    if len(pointing) != 1 or not pointing[0].has_day or not _WEEKDAY_ALONE.search(said.line):
        return []
    moment = pointing[0]
    for weeks in range(1, _WEEKS):
        later = replace(moment, start=_later(moment.start, weeks), end=_later(moment.end, weeks))
        if lines := [line for line, start in enumerate(shown, start=1) if start and fits(later, start, now)]:
            return lines
    return []


def _later(instant: datetime | None, weeks: int) -> datetime | None:
    return instant + timedelta(weeks=weeks) if instant else None


def _points(moment: Moment) -> bool:
    """Whether a moment is the name of a créneau: a day or a clock time, not a stretch or a habit."""
    if moment.open or moment.weekday or moment.start is None:
        return False
    lasts = moment.end - moment.start if moment.end else timedelta()
    if moment.grain in ("minute", "hour"):
        return lasts < _AN_HOUR_OR_SO
    return moment.has_day and moment.grain in ("day", "daypart") and lasts <= timedelta(days=1)


_AN_HOUR_OR_SO = timedelta(hours=2)


# By words


def _by_words(said: Said, said_when: When, labels: Sequence[str], now: datetime) -> Choice | None:
    if any(starts(labels, now)):
        return None
    core = " ".join(said.core)
    if not core:
        return None
    if len(several := _several(said.words, labels)) > 1:
        return Choice({"options": several}, 0.85)
    found = pick_by_words(core, labels)
    if found is not None:
        return Choice({"option": found + 1}, 0.9 if len(said.core) <= 6 else 0.7)
    for how in (_other, _by_motif, _by_sound):
        if (line := how(said, labels)) is not None:
            return Choice({"option": line + 1}, 0.8)
    return None


_AND = re.compile(r" (?:et|ou|puis) ")


def _several(words: Sequence[str], labels: Sequence[str]) -> list[int]:
    """ "léa et lucas": each part names its own line."""
    found = {pick_by_words(part, labels) for part in _AND.split(" ".join(words[:_FEW]))}
    return sorted(line + 1 for line in found if line is not None) if None not in found else []


_FEW = 12


def _other(said: Said, labels: Sequence[str]) -> int | None:
    """ "un autre", "nouveau": the line that is for what is not in the list."""
    if not {"autre", "nouveau", "nouvelle", "nouveau-ne", "inscrit"}.intersection(said.core):
        return None
    return next((line for line, shown in enumerate(labels) if "autre" in folded(shown).split()), None)


def _by_motif(said: Said, labels: Sequence[str]) -> int | None:
    """The only line of the same motif: "la dame qui pèse les bébés"."""
    meant = motifs_of(said)
    shown = [set(motifs_of(Said(one))) for one in labels]
    for motif in meant:
        lines = [line for line, motifs in enumerate(shown) if motif in motifs]
        if len(lines) == 1:
            return lines[0]
    return None


def _by_sound(said: Said, labels: Sequence[str]) -> int | None:
    """The line one of whose words is written as it sounds, in one piece or several: "bel vu", "inesse", "republik"."""
    heard = "".join(said.core).replace("k", "qu")
    if not 4 <= len(heard) <= 24:
        return None
    scores = [max((_alike(heard, word) for word in _telling(shown)), default=0.0) for shown in labels]
    best = max(scores, default=0.0)
    return scores.index(best) if best >= _LIKE and scores.count(best) == 1 else None


def _alike(heard: str, word: str) -> float:
    if word[0] != heard[0]:
        return 0.0
    beginning = fuzz.ratio(heard, word[: len(heard)]) if len(heard) >= 4 and len(word) > len(heard) else 0.0
    return max(fuzz.ratio(heard, word), beginning - 5, fuzz.ratio(_sound(heard), _sound(word)))


_SOUNDS = (
    ("que", "k"),
    ("qu", "k"),
    ("ph", "f"),
    ("ss", "s"),
    ("ll", "l"),
    ("ee", "e"),
    ("eau", "o"),
    ("au", "o"),
    ("y", "i"),
)


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return word.rstrip("es")


def _telling(shown: str) -> Iterator[str]:
    return (word for word in re.findall(r"[a-z]{4,}", folded(shown)))
