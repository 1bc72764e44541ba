"""French text as SMS carry it: brought down to the GSM-7 alphabet, counted in the segments operators bill.

The alphabet and the sizes are those of 3GPP TS 23.038: one character outside of it turns the whole message
into UCS-2, where a segment holds 70 characters instead of 160.
"""

import unicodedata
from functools import cache
from math import ceil

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
"""Two septets each: an escape, then the character."""
ALPHABET = BASIC | EXTENDED

SPELLED = {
    **dict.fromkeys("‘’‚‛′‹›`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‒–—―−•·", "-"),
    **dict.fromkeys("\t\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", " "),
    "œ": "oe", "Œ": "OE", "°": "o", "×": "x", "⁄": "/",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
}  # fmt: skip
"""What Unicode's own decomposition does not give."""


def fit(text: str) -> str:
    """The same text within GSM-7: accents that the alphabet lacks give way to the plain letter, quotes,
    dashes and spaces to the plain ones; what has no likeness is dropped. Never a "?" in somebody's name."""
    return "".join(map(_fit_one, unicodedata.normalize("NFC", text)))


@cache
def _fit_one(character: str) -> str:
    if character in ALPHABET:
        return character
    if character in SPELLED:
        return SPELLED[character]
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part if part in ALPHABET else SPELLED.get(part, "") for part in parts)


def septets(text: str) -> int:
    """How many septets a text takes; `ValueError` when it is not written in GSM-7."""
    if not ALPHABET.issuperset(text):
        raise ValueError("not written in GSM-7")
    return sum(map(_septets, text))


def segments(text: str) -> int:
    """How many segments the operator bills: GSM-7 holds 160 septets alone and 153 in each of several, UCS-2
    70 and 67 code units. Neither an escaped character nor a surrogate pair is cut between two segments."""
    if BASIC.issuperset(text):
        return ceil(len(text) / 160) if len(text) <= 160 else ceil(len(text) / 153)
    if ALPHABET.issuperset(text):
        return _pack([_septets(character) for character in text], alone=160, joined=153)
    return _pack([1 if character <= "\uffff" else 2 for character in text], alone=70, joined=67)


def _septets(character: str) -> int:
    return 2 if character in EXTENDED else 1


def _pack(widths: list[int], *, alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1 if widths else 0
    count, room = 1, joined
    for width in widths:
        if width > room:
            count, room = count + 1, joined
        room -= width
    return count
