"""Names and birth dates, as people give them in one line."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import takewhile
from typing import Any
from unicodedata import decimal, normalize

MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "mar": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "sep": 9, "octobre": 10,
    "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(MONTHS)
_BORN = r"(?:\bnee?s?\b[\s:]*)?(?:\ble\b[\s:]*)?"
_NUMERIC = re.compile(
    rf"{_BORN}(?<!\d)(?<!\d[ .\-/])(\d{{1,2}})\s?[/.\- ]\s?(\d{{1,2}})\s?[/.\- ]\s?(\d{{4}}(?!\d)|\d{{2}}(?!\s?[/.\-]?\d))"
    rf"|{_BORN}(?<!\d)(\d{{2}})(\d{{2}})(\d{{4}}|\d{{2}})(?!\d)"
)
"""A phone number is none: what goes on in pairs after the year's two digits, or before the day's."""
_WRITTEN = re.compile(rf"{_BORN}(?<!\d)(\d{{1,2}})(?:er)?\s?({_MONTH})\.?\s?(\d{{4}}|\d{{2}})(?!\d)")
_NUMBERS = re.compile(rf"{_BORN}\d+\S*(?:\s+(?:ans?|mois|semaines?|jours?|{_MONTH})\b)?")
"""What is neither a name nor a birth date: an age, a day without its year, a phone number."""
_FIRST = re.compile(r"^\W*(?:oui|ouais|non|ok|d['’]accord|alors|euh)\b")
"""An answer before the names; "Ana Oui" is somebody."""
_KIN = (
    r"(?:sa|son|la|le|leur)\s+(?:(?:grand|belle|beau)[ -]?)?"
    r"(?:maman|mere|papa|pere|mamie|papi|papy|tante|oncle|tonton|soeur|frere|tutrice|tuteur)\b"
)
_AS_KIN = re.compile(
    rf"^(?:\W*(?:moi|bonjour|c['’]\s?est|je\s+suis)\b)*\W*{_KIN}(?:\s+de\s+[^\W\d_]+\s*[,:]|(?!\s+d[e'’]))"
    rf"|(?<!\bde)\s{_KIN}\W*$"
)
"""Who the writer is to the child, before their name or after it: "Marie Martin sa maman"."""
_AROUND = re.compile(
    r"\b(?:je\s+m['’]\s?appelle|je\s+suis|moi\s+c['’]\s?est|c['’]\s?est|(?:(?:il|elle)\s+)?s['’]\s?appelle"
    r"|finalement|plutot|en\s+fait|mon\s+nom\s+est|mon\s+fils|ma\s+fille|mon\s+bebe|mon\s+enfant|mon|ma|pour|bonjour|bonsoir"
    r"|(?:il|elle)\s+(?:est|a)|prenom|nom|nee?s?|date\s+de\s+naissance|naissance"
    r"|madame|monsieur|mme|mr|svp|merci|et)\b[:,]?"
)
_SENTENCE = {
    "je", "j", "pas", "vous", "sais", "veux", "peux", "comment", "pourquoi", "pk", "quoi", "quel", "quelle", "qui",
    "est", "quand", "maman", "papa", "mere", "pere", "celle", "celui", "sa",
}  # fmt: skip
"""Words of talk that nobody is called: "je ne sais pas" names nobody."""
_SURNAME_LABELLED = re.compile(r"\bnom\b(.*)(\bpr[ée]nom\b.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TOGETHER = re.compile(r"\s+(?:et|and|puis)\s+|\s*[&+]\s*", re.IGNORECASE)
_ONE_BORN = re.compile(r"\bnee?\b")
"""Of one person alone: the birth date of the last one named is not the others'."""
_LABELLED = re.compile(r"\bnom\b.*\bprenom\b|\bprenom\b.*\bnom\b", re.DOTALL)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_I_AM = re.compile(
    r"\b(?i:je\s+suis|moi\s+c['’]?\s?est|je\s+m['’]\s?appelle|mon\s+nom\s+est|i\s+am|i['’]m|my\s+name\s+is)\s+"
    rf"(?i:(?:mme|madame|mr|monsieur)\s+)?({_CAPITAL}(?:\s+{_CAPITAL}){{1,3}})"
)
_FOR_A_CHILD = re.compile(
    r"\b(?:pour|for)\s+(?:(?:ma|mon|my)\s+(?:(?:petite?)\s+)?"
    r"(?:fille|fils|bebe|enfant|garcon|petite?|daughter|son|baby|child)\b\s*,?\s*)?"
)
_ONLY_NAMES = re.compile(r"\s*[^\W\d_]+(?:[\s'’\-]+[^\W\d_]+){1,4}[\s,(]*")
_GROWN_YEARS = 18
_LONGEST = 50
_OLDEST_YEARS = 120


@dataclass(frozen=True)
class Identity:
    """What was given: names as written (None when missing), a birth date, or one that cannot be."""

    prenom: str | None
    nom: str | None
    naissance: date | None
    impossible: bool = False

    @property
    def has_names(self) -> bool:
        return self.prenom is not None and self.nom is not None


def read_identity(text: str, today: date) -> Identity:
    """First name, last name and birth date out of one line, in any of the usual orders and shapes."""
    born, rest, impossible = _birth_date(normalize("NFC", text), today)
    prenom, nom = _split(_names(rest))
    return Identity(prenom[:_LONGEST] or None, nom[:_LONGEST] or None, born, impossible)


def read_identities(text: str, today: date) -> tuple[Identity, ...]:
    """Those that one message names, in the order said: "Tom et Zoé Roche nés le 1er février 2025" are two, of one name
    and one birth date. Several lines are several people where each has a birth date."""
    whole = (read_identity(text, today),)
    if _LABELLED.search(_folded(text)):
        return whole
    lines = tuple(read_identity(line, today) for line in text.splitlines() if line.strip())
    if len(lines) > 1 and all(one.has_names and one.naissance for one in lines):
        return lines
    parts = _TOGETHER.split(text)
    each = [read_identity(part, today) for part in parts]
    if len(each) < 2 or not all(one.prenom for one in each):
        return whole
    last = each[-1]
    born = None if _ONE_BORN.search(_folded(parts[-1])) else last.naissance
    nom = last.nom or each[0].nom
    return tuple(replace(one, nom=one.nom or nom, naissance=one.naissance or born) for one in each)


def read_sender(text: str, today: date) -> Identity | None:
    """Who a sentence says is writing: "je suis Marie Martin, je voudrais un rdv"; None where it gives no first and last
    name. "Je suis très fatiguée" is nobody: capitals tell a name."""
    found = None if text.isupper() else _I_AM.search(text)
    names = list(takewhile(lambda name: _folded(name) not in _SENTENCE, _NAME.findall(found[1]))) if found else []
    return read_identity(" ".join(names), today) if len(names) > 1 else None


def read_child(text: str, today: date) -> Identity | None:
    """The child that a sentence is about: "un rdv pour ma fille Léa Martin née le 14/03/2025"; None where the first name,
    the last name or the birth date is missing."""
    for found in _FOR_A_CHILD.finditer(_folded(text)):
        rest = text[found.end() :]
        folded = _folded(rest)
        born = _WRITTEN.search(folded) or _NUMERIC.search(folded)
        if born is None or _ONLY_NAMES.fullmatch(folded[: born.start()]) is None:
            continue
        child = read_identity(rest[: born.end()], today)
        if child.has_names and child.naissance and today.year - child.naissance.year < _GROWN_YEARS:
            return child
    return None


def without_birth_date(text: str, today: date) -> str:
    return _birth_date(normalize("NFC", text), today)[1]


def _birth_date(text: str, today: date) -> tuple[date | None, str, bool]:
    """The date, the text without it, and whether a date was given that cannot be a birth date."""
    folded = _folded(text)
    found = _WRITTEN.search(folded) or _NUMERIC.search(folded)
    if found is None:
        return None, text, False
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    parts = [part for part in found.groups() if part]
    day, year = int(parts[0]), int(parts[2])
    month = MONTHS.get(parts[1]) or int(parts[1])
    if len(parts[2]) == 2:
        year += 2000 if year <= today.year % 100 else 1900
    try:
        born = date(year, month, day)
    except ValueError:
        return None, rest, True
    is_possible = born <= today and today.year - born.year <= _OLDEST_YEARS
    return (born if is_possible else None), rest, not is_possible


def _folded(text: str) -> str:
    """The text letter for letter without accents and capitals: a place found in it is the same in the original."""
    return "".join(map(_fold, text))


@cache
def _fold(letter: str) -> str:
    digit = decimal(letter, None)
    return normalize("NFKD", letter)[0].lower()[0] if digit is None else str(digit)


def _names(text: str) -> list[str]:
    """The words that can be names, as written; none of them when they make a sentence."""
    kept = _SURNAME_LABELLED.sub(r"\2 \1", text)
    for pattern in (_NUMBERS, _FIRST, _AS_KIN, _AROUND):
        kept = _without(pattern, kept)
    names = _NAME.findall(kept)
    return [] if _SENTENCE.intersection(_folded(" ".join(names)).split()) else names


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text less what the pattern finds in its folded form."""
    kept, end = "", 0
    for found in pattern.finditer(_folded(text)):
        kept, end = f"{kept}{text[end : found.start()]} ", found.end()
    return kept + text[end:]


def _split(names: list[str]) -> tuple[str, str]:
    """First and last name: capitals mark the surname, wherever it stands; else the first name comes first."""
    surnames = [name for name in names if len(name) > 1 and name.isupper()]
    firsts = [name for name in names if name not in surnames]
    if not surnames or not firsts:
        firsts, surnames = names[:1], names[1:]
    return " ".join(map(_capitalised, firsts)), " ".join(map(_capitalised, surnames))


def _capitalised(name: str) -> str:
    if not (name.islower() or name.isupper()):
        return name
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name)


# As slots

_AGE = re.compile(r"\b(\d{1,3})\s*(mois|ans?|months?|years?|semaines?)\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:er)?\s?(?:/|\s)\s?({_MONTH}|\d{{1,2}})\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\s+(\d{{4}})\b|(?<![\d/])(\d{{1,2}})/(\d{{4}})\b")
_YEAR_ALONE = re.compile(r"(?<![\d/.])((?:19|20)\d\d)(?![\d/.])")
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_ENGLISH_MONTHS = {
    "january": "janvier", "february": "fevrier", "march": "mars", "april": "avril", "may": "mai", "june": "juin",
    "july": "juillet", "august": "aout", "september": "septembre", "october": "octobre", "november": "novembre",
    "december": "decembre",
}  # fmt: skip
_AGE_SLOTS = {"m": "age_months", "a": "age_years", "y": "age_years"}


def identity_slots(text: str, today: date, *, of_birth: bool) -> dict[str, Any]:
    """What was given as slots: names, or a birth date, the parts of one, an age, `invalid`; empty when nothing was."""
    if len(text) > _LONGEST_LINE:
        return {}
    born = _birth_slots(text, today)
    return born if of_birth else {**born, **_name_slots(text, today)}


def _birth_slots(text: str, today: date) -> dict[str, Any]:
    text = _MONTH_FIRST.sub(_day_first, _folded(normalize("NFC", text)))
    born, _, impossible = _birth_date(text, today)
    if born is not None:
        return {"birthdate": born.isoformat()}
    if impossible:
        return {"invalid": True}
    if age := _AGE.search(text):
        return {_AGE_SLOTS[age[2][0]]: int(age[1])} if age[2][0] in _AGE_SLOTS else {}
    return _birth_parts(text, today)


def _day_first(found: re.Match[str]) -> str:
    month = _ENGLISH_MONTHS.get(found[1], found[1])
    return f"{found[2]} {month} {found[3]}" if month in MONTHS else found[0]


def _birth_parts(text: str, today: date) -> dict[str, Any]:
    """A day and a month, a month and a year, or a year."""
    if found := _MONTH_YEAR.search(text):
        return _partial({"month": MONTHS.get(found[1]) or int(found[3] or 0), "year": int(found[2] or found[4])})
    if found := _DAY_MONTH.search(text):
        return _partial({"day": int(found[1]), "month": MONTHS.get(found[2]) or int(found[2])})
    if found := _YEAR_ALONE.search(text):
        return {"partial": {"year": int(found[1])}} if int(found[1]) <= today.year else {"invalid": True}
    return {}


def _partial(parts: dict[str, int]) -> dict[str, Any]:
    is_possible = 1 <= parts["month"] <= 12 and parts.get("day", 1) in range(1, 32)
    return {"partial": parts} if is_possible else {"invalid": True}


_MOST_NAMES = 6
_LONGEST_LINE = 300
"""Letters: what is longer is a story."""


def _name_slots(text: str, today: date) -> dict[str, Any]:
    """The names as written in one line; first and last apart where they were labelled or written so."""
    _, rest, _ = _birth_date(normalize("NFC", text), today)
    names = _names(rest)
    if not names or len(names) > _MOST_NAMES:
        return {}
    slots: dict[str, Any] = {"name": " ".join(names)[:_LONGEST]}
    first, last = _split(names)
    if _LABELLED.search(_folded(text)) or (first and last):
        slots |= {"first_name": first, "last_name": last}
    return slots
