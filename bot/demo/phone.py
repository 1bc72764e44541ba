"""The demo phone page: several phones side by side that text our numbers by the path of a real webhook."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Blueprint, abort, json, render_template, request
from phonenumbers import PhoneNumber, PhoneNumberType, number_type, parse, region_code_for_number
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from booking.db import reading
from booking.models import NumeroSms, Territoire, Usager
from booking.telephones import REGIONS, e164, national
from bot.ledger import Contact, Outgoing, OutgoingState, Received, ReceivedState
from bot.shell import Shell
from bot.turn import receive
from channels import clean
from conversations.messages import Inbound

MAX_TEXT = 1600
BUBBLES = 200
"""How many messages a phone shows, the latest ones."""
PEOPLE = 8
STRANGERS = ("+33639989991", "+33639989992", "+33639989993")
FICTION = re.compile(r"\+3363998\d{4}")
"""Numbers that the Arcep keeps for fiction: nobody has them, and the library does not know them."""

NO_NUMBER = "Ce numéro n'est pas un mobile français. Exemple : 06 12 34 56 78."
NO_SERVICE = "Choisissez le service à qui écrire."
NO_TEXT = "Écrivez un message avant de l'envoyer."
TOO_LONG = f"Ce message est trop long : {MAX_TEXT} caractères au plus."

STATES = {
    OutgoingState.QUEUED: "en attente",
    OutgoingState.SENDING: "envoi en cours",
    OutgoingState.SENT: "envoyé",
    OutgoingState.DELIVERED: "remis",
    OutgoingState.FAILED: "échec",
    OutgoingState.UNKNOWN: "sans nouvelle de l'opérateur",
    OutgoingState.DROPPED: "abandonné",
}


class InputError(Exception):
    """What was typed cannot be used; its text is the French sentence that the page shows."""


@dataclass(frozen=True)
class Bubble:
    """One message as a phone shows it. `id` never changes; `state` and `failed` do, as receipts arrive.
    `way`: "sent" by the phone, or "got"; `segments`: what the operator bills; `waiting`: not answered yet."""

    id: str
    way: str
    at: str
    text: str
    options: tuple[str, ...] = ()
    segments: int = 0
    state: str = ""
    failed: bool = False
    waiting: bool = False


def phone_blueprint(shell: Shell) -> Blueprint:
    """The pages under `/demo/`. The caller registers them in demo mode only: whoever opens them may write
    under any number."""
    pages = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates", static_folder="static")

    @pages.get("/")
    def phones() -> str:
        with reading(shell.sessions) as session:
            return render_template(
                "phones.html",
                territoire=session.scalars(select(Territoire).order_by(Territoire.id).limit(1)).first(),
                services=_services(session),
                people=_people(session),
                strangers=[(number, national(number)) for number in STRANGERS],
                max_text=MAX_TEXT,
            )

    @pages.get("/messages")
    def messages() -> dict[str, Any]:
        """What a phone shows, or nothing when it still shows it: `after` is the `mark` it was last given."""
        phone = mobile(request.args.get("phone", ""))
        with reading(shell.sessions) as session:
            bubbles = [asdict(bubble) for bubble in conversation(session, phone)]
        mark = sha256(json.dumps(bubbles).encode()).hexdigest()[:16]
        is_new = mark != request.args.get("after")
        return {
            "phone": phone,
            "name": national(phone),
            "mark": mark,
            "messages": bubbles if is_new else None,
        }

    @pages.post("/send")
    def send() -> tuple[dict[str, str], int]:
        if not _is_same_origin():
            abort(403)
        with reading(shell.sessions) as session:
            inbound = _inbound(_said(), {number for number, _ in _services(session)})
        receive(shell, inbound)
        return {"phone": inbound.sender}, 202

    pages.add_app_template_filter(national, "national")

    @pages.errorhandler(InputError)
    def refused(error: InputError) -> tuple[dict[str, str], int]:
        return {"error": str(error)}, 400

    return pages


def mobile(typed: str) -> str:
    """A French mobile number, overseas included, in E.164, from how people type it; raises `InputError`."""
    try:
        number = e164(typed)
    except ValueError:
        raise InputError(NO_NUMBER) from None
    if not (FICTION.fullmatch(number) or _is_french_mobile(parse(number))):
        raise InputError(NO_NUMBER)
    return number


def _is_french_mobile(number: PhoneNumber) -> bool:
    return region_code_for_number(number) in REGIONS and number_type(number) == PhoneNumberType.MOBILE


def conversation(session: Session, phone: str) -> list[Bubble]:
    """The latest messages to and from a number (E.164), by time; an answer follows the message it answers."""
    ours = (Contact.channel == "sms", Contact.address == phone)
    received = select(Received).join(Received.contact).where(*ours).order_by(Received.id.desc())
    outgoing = select(Outgoing).join(Outgoing.contact).where(*ours).order_by(Outgoing.id.desc())
    bubbles = [_sent(row) for row in session.scalars(received.limit(BUBBLES))]
    bubbles += [_got(row) for row in session.scalars(outgoing.limit(BUBBLES))]
    return [bubble for _, bubble in sorted(bubbles, key=lambda pair: pair[0])][-BUBBLES:]


Order = tuple[datetime, bool, int, bool, int]


def _sent(row: Received) -> tuple[Order, Bubble]:
    waiting = row.state is ReceivedState.WAITING
    bubble = Bubble(f"in-{row.id}", "sent", row.received_at.isoformat(), row.text, waiting=waiting)
    return (row.received_at, False, row.id, False, row.id), bubble


def _got(row: Outgoing) -> tuple[Order, Bubble]:
    bubble = Bubble(
        id=f"out-{row.id}",
        way="got",
        at=row.created_at.isoformat(),
        text=row.text,
        options=tuple(row.options),
        segments=row.segments,
        state=STATES[row.state] + (f" ({row.error_code})" if row.error_code else ""),
        failed=row.state is OutgoingState.FAILED,
    )
    return (row.created_at, row.received_id is None, row.received_id or 0, True, row.id), bubble


def _services(session: Session) -> list[tuple[str, str]]:
    """Our numbers, each with the name of the organisation that answers there."""
    numbers = select(NumeroSms).options(joinedload(NumeroSms.organisation)).order_by(NumeroSms.numero)
    return [(row.numero, row.organisation.nom) for row in session.scalars(numbers)]


def _people(session: Session) -> list[tuple[str, str]]:
    """A few usagers to play: their number, and what the page calls whoever it belongs to."""
    usagers = session.scalars(select(Usager).where(Usager.telephone.is_not(None)).order_by(Usager.id))
    names: dict[str, list[str]] = {}
    for usager in usagers.fetchmany(PEOPLE):
        names.setdefault(usager.telephone or "", []).append(usager.prenom)
    return [(number, f"{' et '.join(owners)} · {national(number)}") for number, owners in names.items()]


def _is_same_origin() -> bool:
    """Whether the request comes from a page of ours: browsers put one of these headers on every POST."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _said() -> Mapping[str, Any]:
    said = request.get_json() if request.is_json else request.form
    return said if isinstance(said, Mapping) else {}


def _inbound(said: Mapping[str, Any], numbers: set[str]) -> Inbound:
    """The message that was typed, as a provider would hand it over; raises `InputError`."""
    sender, recipient, text = (str(said.get(name, "")) for name in ("sender", "recipient", "text"))
    if recipient not in numbers:
        raise InputError(NO_SERVICE)
    if len(text) > MAX_TEXT:
        raise InputError(TOO_LONG)
    if not text.strip():
        raise InputError(NO_TEXT)
    return Inbound(
        channel="sms",
        provider_id=f"demo-{uuid4().hex}",
        sender=mobile(sender),
        recipient=recipient,
        text=clean(text),
    )
