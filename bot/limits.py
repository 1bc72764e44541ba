"""Limits: whom we ever write to, and how floods, robots and paid numbers are kept in bounds. Each is a column or one
counter, never a count over rows (security T07, T08)."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from booking.telephones import is_mobile
from bot import metrics, tallies
from bot.ledger import Contact

HEARD = 20
"""Messages of one contact answered within `HOUR`; the next is told that it is too much, the others nothing."""
HOUR = timedelta(hours=1)
ECHOES = 5
"""The same message that many times in a row is a machine's; so are our own, sent back as often."""
UNHEARD = 3
"""Replies in a row that an unknown number gets to messages that were not understood; the last says who to call."""
NEWCOMERS = 30
"""Unknown numbers of one prefix that may write for the first time within an hour before somebody is told."""
PREFIX = 7
"""Characters: "+336399", a block of numbers that an operator was given at once."""

CHAT = "tg:"
"""How the address of a Telegram chat begins."""

_ON_AND_BACK = re.compile(r"\d{1,2}|suite|retour")
"""What people rightly send again and again: a line of a list, the next page, the question before."""

log = logging.getLogger(__name__)


def may_write_to(address: str) -> bool:
    """Whether an address is ever written to: French mobiles, overseas included, and Telegram. Short codes, names,
    landlines and foreign numbers are not."""
    return address.startswith(CHAT) or is_mobile(address)


class Room(StrEnum):
    """What is left for one more message of a contact."""

    ALL = "all"
    NOTICE = "notice"
    """One too many: told so, once."""
    URGENT = "urgent"
    """Only what must always be heard is, and answered."""
    NO_ANSWER = "no_answer"
    """Only what must always be heard is, and nothing is answered."""


@dataclass(frozen=True)
class Counted:
    """One more message, counted: what may be done with it, and what becomes of the columns of its contact."""

    room: Room
    columns: Mapping[str, Any]


def count(contact: Contact, text: str, now: datetime, *, last_told: str | None = None) -> Counted:
    """Count one more message of a contact, whom we told `last_told` last. Nothing is written: the caller does, once its
    turn is taken."""
    mark = _mark(text)
    is_echo = mark is not None and (mark == contact.echo or (last_told is not None and mark == _mark(last_told)))
    echoes = contact.echoes + 1 if is_echo else 1
    columns = {"echo": mark, "echoes": echoes}
    if echoes >= ECHOES:
        metrics.reject("robot")
        return Counted(Room.NO_ANSWER, columns | (contact.waiting("robot", now) if echoes == ECHOES else {}))
    if contact.silent_until is not None and now < contact.silent_until:
        metrics.reject("flood")
        return Counted(Room.URGENT, columns)
    is_over = contact.heard_since is None or now - contact.heard_since >= HOUR
    since, heard = (now, 1) if is_over else (contact.heard_since, contact.heard + 1)
    if heard <= HEARD:
        return Counted(Room.ALL, columns | {"heard_since": since, "heard": heard})
    metrics.reject("flood")
    # What comes after the silence is counted anew.
    until = now + HOUR
    return Counted(Room.NOTICE, columns | {"silent_until": until, "heard_since": until, "heard": 0})


def _mark(text: str) -> str | None:
    """What a message is known again by."""
    words = " ".join(text.casefold().split())
    return None if _ON_AND_BACK.fullmatch(words) else sha256(words.encode()).hexdigest()[:16]


def is_crowd(session: Session, address: str, now: datetime, *, unknown: bool) -> bool:
    """Count the first message of an address, and tell whether it is one of too many unknown ones of its prefix within
    an hour; somebody is told of the first of them. A known number takes the same work, so that nobody learns from
    our speed who is known (T06). Chats come in no blocks, and writing to them costs nothing: they are no crowd."""
    prefix, unknown = address[:PREFIX], unknown and not address.startswith(CHAT)
    key = f"newcomers:{prefix}", f"{now.astimezone(UTC):%Y-%m-%dT%H}"
    count = tallies.add(session, {key: int(unknown)})[key]
    if unknown and count == NEWCOMERS + 1:
        log.error("too many unknown numbers of one prefix", extra={"prefix": prefix})
    return unknown and count > NEWCOMERS


def unheard(contact: Contact, *, understood: bool, in_crowd: bool) -> int:
    """How many messages in a row of an unknown number were not understood, with one more. Past `UNHEARD` they are not
    answered, nor is one of a crowd, before one is understood (T08)."""
    if understood:
        return 0
    count = (UNHEARD if in_crowd else contact.unheard) + 1
    if count > UNHEARD:
        metrics.reject("stranger")
    return count
