"""From phrase to sentence: the catalogue, and dates read aloud in the territory's zone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from string import Formatter
from zoneinfo import ZoneInfo

from conversations.langue import FRENCH, Langue, tables
from conversations.langue import langue as spoken
from conversations.messages import Moment, Say, Value

LONGEST = 306
"""Characters of one message before it is split at a sentence's end: two SMS segments hold no more."""
_WIDE = {"…": 3, **dict.fromkeys("œŒ€[]{}|~^\\", 2)}
"""Characters that take the room of several in an SMS."""
_WIDTH = {
    "lieu": 40, "adresse": 60, "prenom": 25, "organisation": 40, "horaires": 40, "indications": 100,
    "libelle": 30, "quoi": 40, "agent": 25, "dpo": 60,
}  # fmt: skip
"""What a value may take of a message, so that no data pushes a phrase past two segments."""
_NAMES = {"lieu", "organisation"}
"""Values whose last word says which one it is."""
_CROWDED_WIDTH = {**_WIDTH, "prenom": 15, "libelle": 18}
"""The same, within the lines of a list of more than two."""
_LINE_WIDTH = 60
"""What a line of a list may take when it is one name: of a lieu, of a person."""
_DAY = re.compile(r"\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lun|mar|mer|jeu|ven|sam|dim)\b", re.IGNORECASE)
_HOUR = re.compile(r"\b(\d{1,2}) ?h(\d\d)?\b")
_BREAK = re.compile(r"((?<=[.!?]) |\n)")


@cache
def catalogue(langue: str) -> dict[str, str]:
    """The phrases of a language, by "dialogue.phrase"; French where the language has no catalogue."""
    written = {table: phrases for table, phrases in tables(langue).items() if table != "langue"}
    return {f"{table}.{key}": text for table, phrases in written.items() for key, text in phrases.items()}


class Phrases:
    """The sentences of one language, by its code `langue`, for people of one time zone."""

    def __init__(self, langue: str, zone: ZoneInfo) -> None:
        self.langue = langue
        self._texts = catalogue(langue)
        self._written = spoken(langue)
        self._zone = zone

    def messages(self, says: Sequence[Say]) -> Iterator[tuple[Say, str, tuple[str, ...]]]:
        """The messages that say it: a long one is split at a sentence's end, and its options go with the end."""
        for one in says:
            parts = split(_capital(self.render(one)))
            for part in parts[:-1]:
                yield one, part, ()
            yield one, parts[-1], self.options(one)

    def options(self, one: Say) -> tuple[str, ...]:
        return tuple(self._lines(one.options))

    def render(self, one: Say, widths: Mapping[str, int] = _WIDTH) -> str:
        """The sentence for a phrase. An unknown key or a missing value raises KeyError: a bug, not a refusal."""
        values = self._values(one, widths)
        shown = self.options(one)
        values["options"] = _stacked(f"{place} {option}" for place, option in enumerate(shown, start=1))
        values["numbers"] = self._numbers(len(shown))
        text = re.sub(r"\s*\n\s*", "\n", self._texts[one.key].format_map(values))
        text = re.sub(r"[^\S\n]+", " ", text).strip()
        # A value may be empty: what it leaves around it goes too.
        text = re.sub(r"(?:,\s*)+(?=[,.])| (?=\.)", "", text)
        return re.sub(r"([.!?…])\.+", r"\1", text)

    def blanks(self, one: Say) -> tuple[str, ...]:
        """What fills the blanks of a phrase that lists nothing, in the order they come."""
        values = self._values(one, _WIDTH)
        return tuple(values[name] for name in named(self._texts[one.key]))

    def _values(self, one: Say, widths: Mapping[str, int]) -> dict[str, str]:
        return {name: self._fitted(name, self._read(value), widths.get(name)) for name, value in one.values.items()}

    def _fitted(self, name: str, text: str, width: int | None) -> str:
        if name == "question":
            return _capital(_clipped(text, width))
        if name == "horaires" and self.langue != FRENCH:
            text = _hours(self._written, text)
        return _abridged(text, width) if width is not None and name in _NAMES else _clipped(text, width)

    def _read(self, value: Value) -> str:
        match value:
            case Say():
                return self.render(value)
            case Moment():
                return self.read_aloud(value.at, value.how)
            case tuple():
                return _stacked(f"- {line}" for line in self._lines(value))
            case _:
                return " ".join(str(value).split())

    def _lines(self, lines: Sequence[Value]) -> Iterator[str]:
        """The lines of one list: the more there are, the less each may take."""
        widths = _CROWDED_WIDTH if len(lines) > 2 else _WIDTH
        for line in lines:
            yield self.render(line, widths) if isinstance(line, Say) else _abridged(self._read(line), _LINE_WIDTH)

    def read_aloud(self, instant: datetime, how: str) -> str:
        """ "jeu 26 nov 10h", "10h", "jeu 26 nov" or "jeudi 10h", as people say it; "Thu 26 Nov at 10:00"."""
        local, written = instant.astimezone(self._zone), self._written
        clock = written.heure if local.minute else written.heure_pile
        hour = clock.format(heure=local.hour, minute=f"{local.minute:02d}")
        weekday = written.jours_entiers[local.weekday()]
        day = written.jour.format(
            jour=written.jours[local.weekday()],
            quantieme=written.premier if local.day == 1 else local.day,
            mois=written.mois[local.month - 1],
        )
        return {
            "jour": day,
            "heure": hour,
            "jour_heure": written.jour_heure.format(jour=day, heure=hour),
            "semaine_heure": written.semaine_heure.format(jour=weekday, heure=hour),
        }[how]

    def _numbers(self, count: int) -> str:
        """ "1", "1 ou 2", "1, 2 ou 3"."""
        numbers = [str(number) for number in range(1, count + 1)]
        return self._written.ou.join([", ".join(numbers[:-1]), numbers[-1]]) if count > 1 else "".join(numbers)


def named(text: str) -> list[str]:
    """The values that a text names, as often as it does, in their order."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _stacked(lines: Iterable[str]) -> str:
    """One line under the other: "1 lun 23 nov 9h 2 lun…" is a riddle, and a new line costs what a space does."""
    return "".join(f"\n{line}" for line in lines) + "\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hours(written: Langue, opening: str) -> str:
    """Opening hours, as the service wrote them in French, with the days and hours of another language."""
    french = spoken(FRENCH)
    days = dict(zip((*french.jours_entiers, *french.jours), (*written.jours_entiers, *written.jours), strict=True))
    said = _DAY.sub(lambda found: days[found[0].lower()], opening)
    return _HOUR.sub(lambda found: written.heure.format(heure=found[1], minute=found[2] or "00"), said)


def _abridged(text: str, width: int) -> str:
    """A name that is too long, less the words of its middle: what tells two lieux apart often comes last."""
    words, last = text.split(), text.split()[-1:]
    if len(text) <= width or len(words) < 3 or len(last[0]) > width // 2:
        return _clipped(text, width)
    kept = words[:1]
    for word in words[1:-1]:
        if len(" ".join((*kept, word))) + len(last[0]) + 2 > width:
            break
        kept.append(word)
    return f"{' '.join(kept).rstrip(' ,;')}… {last[0]}"


def _clipped(text: str, width: int | None) -> str:
    if width is None or len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _room(text: str) -> int:
    """The characters that a text takes by SMS."""
    return len(text) + sum(text.count(character) * (width - 1) for character, width in _WIDE.items())


def split(text: str) -> list[str]:
    """A text in parts of at most `LONGEST` characters, cut at the ends of sentences and lines, else between
    words, never in one."""
    if _room(text) <= LONGEST:
        return [text]
    parts = [""]
    for piece, gap in _pieces(text):
        if _room(parts[-1] + piece) > LONGEST:
            parts.append("")
        parts[-1] += piece + gap
    return [part.strip() for part in parts if part.strip()]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What may be parted, each with the space or the new line behind it: the sentences and lines, or the words
    of one that is longer than a message by itself."""
    *ended, last = _BREAK.split(text)
    for sentence, gap in [*zip(ended[::2], ended[1::2], strict=True), (last, "")]:
        if _room(sentence) <= LONGEST:
            yield sentence, gap
            continue
        for word in sentence.split():
            for start in range(0, len(word), LONGEST):
                yield word[start : start + LONGEST], " "
