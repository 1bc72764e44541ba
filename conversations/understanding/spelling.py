"""Spelling: one plain form for what people type, whatever their keyboard, capitals and accents."""

import re
from functools import lru_cache
from unicodedata import combining, digit, normalize

from conversations.understanding.tables.lists import EMOJIS

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\u20e3\ufeff\u00ad]")
_AGREED = re.compile("[👍✅✔☑👌]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "œ": "oe", "Œ": "oe", "æ": "ae"})
_KEPT = re.compile(r"[^a-z0-9'/:.?+-]+")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_EMOJI = re.compile("|".join(map(re.escape, EMOJIS)))


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Lower case, without accents, symbols or invisible characters, digits of any script as 0-9, single spaces,
    "ouiiii" as "oui". A thumbs-up or a check mark reads "pouce". Apostrophes, slashes, colons, dots, plus, question marks and hyphens stay."""
    text = _INVISIBLE.sub("", text.lower().translate(_APOSTROPHES))
    if not text.isascii():
        text = _AGREED.sub(" pouce ", text)
    # Before the accents go: the three e of "créée" are not one letter held down.
    text = _DRAWN_OUT.sub(r"\1", text)
    return _KEPT.sub(" ", _bare(text)).strip()


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Lower case without accents, in any script and with its punctuation; emojis that speak as their word."""
    text = _INVISIBLE.sub("", text.lower().translate(_APOSTROPHES))
    if not text.isascii():
        text = _EMOJI.sub(lambda found: f" {EMOJIS[found[0]]} ", text)
    return _bare(_DRAWN_OUT.sub(r"\1", text))


def _bare(text: str) -> str:
    """The text without accents, digits of any script as 0-9."""
    if text.isascii():
        return text
    return "".join(_ascii_digit(letter) for letter in normalize("NFKD", text) if not combining(letter)).lower()


def _ascii_digit(letter: str) -> str:
    value = digit(letter, None)
    return letter if value is None else str(value)


def tokens(text: str) -> list[str]:
    """The words of a text in plain form, elisions and punctuation apart."""
    return re.findall(r"[a-z0-9]+", plain(text))
