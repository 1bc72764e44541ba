"""One person on two channels: who shows in a chat that a number is theirs is known there by it, by the button that
shares it, or by a code sent to it.

U  06 39 98 00 01
B  Un code part par SMS au 06 39 98 00 01. Envoyez ici ses 6 chiffres dans les 10 min, ou NON pour arrêter.
U  123456
B  Merci. Les RDV pris avec ce numéro se retrouvent ici, s'il y en a. Répondez MES RDV pour les voir.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from hashlib import sha256
from typing import ClassVar

from booking.desk import Desk
from booking.telephones import e164, is_mobile, national
from conversations.book import AskChild, AskMe, next_question
from conversations.engine import Instant, Step, Turn, again, end, miss, stay
from conversations.messages import Say, say
from conversations.understanding import Context, Heard

TRIES = 3
"""Codes that may be tried."""
LASTS = timedelta(minutes=10)
"""How long a code is worth something."""

_NUMBER = re.compile(r"[+0-9][0-9 .()/-]{8,19}")
_CODE = re.compile(r"[0-9]{6}")


def offer() -> Say:
    """What a chat is told first: what Telegram keeps, and how to be known. Its button is there from then on."""
    return Say("link.bienvenue", {}, (say("link.partager"),), kind="notice", asks_number=True)


def shared(step: Step | None, numero: str, desk: Desk) -> Turn:
    """The person's own number (E.164), vouched for: the answer is the same whoever is known at it. The open question
    goes on; to say who they are is not asked of who is known now."""
    if is_mobile(numero):
        desk.link(numero)
    match step:
        case None | EnterCode():
            return end(say("link.merci"))
        case AskMe() | AskChild() if desk.people():
            following = next_question(step.draft, desk)
            return Turn((say("link.merci"), *following.says), following.step)
        case _:
            turn = again(step, desk)
            return replace(turn, says=(say("link.merci"), *turn.says))


def typed(text: str) -> str | None:
    """The number (E.164) that a message is, and that an SMS can be sent to; None for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        numero = e164(text.strip())
    except ValueError:
        return None
    return numero if is_mobile(numero) else None


def challenge(numero: str, code: str, desk: Desk) -> "EnterCode":
    """Ask for the code that is being sent to a number; the same whoever has it, and whether it is sent or not."""
    now = desk.now.astimezone(UTC)
    return EnterCode(numero, _mark(code, now.isoformat()), now.isoformat(), now + LASTS)


def sms(code: str, desk: Desk) -> Say:
    """What is sent to the number."""
    return say("link.sms", kind="notice", organisation=desk.organisation, code=code)


@dataclass(frozen=True)
class EnterCode(Step, key="link.code", scene="code", context=Context.ENTERING_NAME):
    numero: str
    empreinte: str
    """What the code is known again by."""
    sel: str
    limite: Instant
    essais: int = TRIES

    is_notice: ClassVar[bool] = True

    def ask(self) -> Say:
        return say("link.code", numero=national(self.numero))

    def ask_again(self) -> Say:
        return say("link.code_again")

    def is_moot(self, desk: Desk) -> bool:
        return not desk.is_chat

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = "".join(heard.text.split())
        if not _CODE.fullmatch(given):
            return end(say("link.code_laisse")) if heard.yes_or_no is False else miss(self)
        if desk.now > self.limite:
            return end(say("link.code_expire"))
        if _mark(given, self.sel) == self.empreinte:
            desk.link(self.numero)
            return end(say("link.merci"))
        left = replace(self, essais=self.essais - 1)
        return stay(left, say("link.code_faux")) if left.essais else end(say("link.code_refuse"))


def _mark(code: str, salt: str) -> str:
    return sha256(f"{salt}:{code}".encode()).hexdigest()[:16]
