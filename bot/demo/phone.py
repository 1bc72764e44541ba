"""The demo page: each person has an SMS phone and a Telegram chat side by side, which write to us by the path of a real
webhook, and a clock that moves forward. Every form works without a script."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.agenda import day_name, hour, month_name
from booking.db import reading
from booking.models import Avis, Hold, Participation, Territoire
from booking.telephones import national
from bot.demo import backstage, people
from bot.demo.backstage import KINDS, Standing
from bot.demo.bubbles import Phone, phone
from bot.demo.clock import DemoClock, before, next_morning, pass_time
from bot.demo.people import InputError, chat_of, mobile
from bot.ledger import Contact
from bot.shell import Shell
from bot.turn import receive
from channels import LONGEST_TEXT, clean
from conversations.messages import Came, Inbound

AT_ONCE = 6
"""How many people the page shows at most."""
PARIS = ZoneInfo("Europe/Paris")
NAMES = {"sms": "SMS", "telegram": "Telegram"}

NO_SERVICE = "Choisissez le service à qui écrire."
NO_TEXT = "Écrivez un message avant de l'envoyer."
TOO_LONG = f"Ce message est trop long : {LONGEST_TEXT} caractères au plus."
NO_INSTANT = "Choisissez un jour et une heure."
NOT_BACK = "L'horloge ne fait qu'avancer : choisissez un moment à venir."
TOO_FAR = "L'horloge avance d'un an au plus."


@dataclass(frozen=True)
class Person:
    """Somebody who is played: their phones, what the bot knows of them and of where it stands with them. `texted`: the
    number of ours they last wrote to; `jumps`: hours before their next RDV, by name."""

    number: str
    name: str
    phones: tuple[Phone, ...]
    texted: str | None
    standings: dict[str, Standing]
    coming: tuple[Participation, ...]
    jumps: dict[str, datetime]
    holds: tuple[Hold, ...]
    avis: tuple[Avis, ...]


class Refused(NamedTuple):
    """What could not be done, on which phone ("sms:+33639980001") or "page", and what was typed there."""

    sentence: str = ""
    place: str = ""
    typed: str = ""


def phone_blueprint(shell: Shell) -> Blueprint:
    """The pages under `/demo/`. The caller registers them in demo mode only: whoever opens them may write
    under any number. Where the shell's clock is a `DemoClock`, they move it."""
    pages = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates", static_folder="static")
    clock = shell.clock if isinstance(shell.clock, DemoClock) else None

    @pages.before_request
    def from_a_page_of_ours() -> None:
        if request.method == "POST" and not _is_same_origin():
            abort(403)

    @pages.get("/")
    def phones() -> str | Response:
        return _chosen() if "numero" in request.args else _page(shell, clock)

    @pages.post("/sms")
    def sms() -> Response:
        with reading(shell.sessions) as session:
            services = people.services(session)
        receive(shell, _texted(mobile(_sender()), services))
        return _back()

    @pages.post("/telegram")
    def telegram() -> Response:
        receive(shell, _chatted(mobile(_sender())))
        return _back()

    @pages.post("/horloge")
    def horloge() -> Response:
        if clock is None:
            abort(404)
        with reading(shell.sessions) as session:
            zone = _zone(session)
        pass_time(shell, clock, _asked_instant(clock, zone))
        return _back()

    @pages.errorhandler(InputError)
    def refused(error: InputError) -> tuple[str, int]:
        return _page(shell, clock, Refused(str(error), _place(), request.form.get("texte", ""))), 422

    pages.add_app_template_filter(national, "national")
    pages.add_app_template_filter(moment, "moment")
    pages.add_app_template_filter(hour, "hour")
    return pages


# What is shown


def _page(shell: Shell, clock: DemoClock | None, refused: Refused | None = None) -> str:
    now = shell.clock()
    with reading(shell.sessions) as session:
        known, zone = people.known(session), _zone(session)
        numbers = _shown() or list(known)[:1] or list(people.STRANGERS[:1])
        free = [number for number in (*known, *people.STRANGERS) if number not in numbers]
        return render_template(
            "phones.html",
            territoire=session.scalars(select(Territoire).order_by(Territoire.id).limit(1)).first(),
            services=people.services(session),
            known=known,
            strangers=people.STRANGERS,
            persons=[_person(session, number, now, zone) for number in numbers],
            numbers=numbers,
            another=free[0] if free and len(numbers) < AT_ONCE else None,
            now=now.astimezone(zone),
            zone=zone,
            clock=clock,
            morning=next_morning(now, zone),
            names=NAMES,
            kinds=KINDS,
            max_text=LONGEST_TEXT,
            refused=refused or Refused(),
        )


def _shown() -> list[str]:
    """The numbers of the people that the page is asked for; what is no number is passed over."""
    asked = []
    for typed in request.args.getlist("qui"):
        try:
            asked.append(mobile(typed))
        except InputError:
            continue
    return list(dict.fromkeys(asked))[:AT_ONCE]


def _person(session: Session, number: str, now: datetime, zone: ZoneInfo) -> Person:
    addresses = {"sms": number, "telegram": chat_of(number)}
    usagers = people.of_number(session, number)
    coming = people.coming(session, usagers, now)
    texted = select(Contact.texted).where(Contact.channel == "sms", Contact.address == number)
    return Person(
        number=number,
        name=people.name_of(session, number),
        phones=tuple(phone(session, channel, address) for channel, address in addresses.items()),
        texted=session.scalar(texted),
        standings={channel: backstage.standing(session, channel, at, now) for channel, at in addresses.items()},
        coming=tuple(coming),
        jumps=before(coming[0].rdv.debut, now, zone) if coming else {},
        holds=tuple(backstage.holds(session, [f"{channel}:{at}" for channel, at in addresses.items()], now)),
        avis=tuple(backstage.planned(session, usagers)),
    )


def _zone(session: Session) -> ZoneInfo:
    territoire = session.scalars(select(Territoire).order_by(Territoire.id).limit(1)).first()
    return territoire.zone if territoire else PARIS


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as people say it there: "lundi 23 novembre à 9 h 12"."""
    local = instant.astimezone(zone)
    return f"{day_name(local)} {month_name(local)} à {hour(local)}"


# What is sent


def _chosen() -> Response:
    """To the page of the people chosen in a form, one of whom may be a number typed in; raises `InputError`."""
    typed = request.args["numero"]
    return redirect(url_for("demo.phones", qui=[mobile(one or typed) for one in request.args.getlist("qui")]))


def _back() -> Response:
    """To the page that the form was on, at the phone that it belongs to."""
    return redirect(url_for("demo.phones", qui=_shown(), _anchor=request.form.get("ici")), 303)


def _place() -> str:
    """The part of the page that the form sent is on, as in `Refused`."""
    return f"{request.path.rpartition('/')[2]}:{_sender()}" if _sender() in _shown() else "page"


def _is_same_origin() -> bool:
    """Whether the request comes from a page of ours: browsers put one of these headers on every POST."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _sender() -> str:
    return request.form.get("de", "")


def _new_id() -> str:
    return f"demo-{uuid4().hex}"


def _text() -> str:
    """What was written; raises `InputError`."""
    text = request.form.get("texte", "")
    if len(text) > LONGEST_TEXT:
        raise InputError(TOO_LONG)
    if not text.strip():
        raise InputError(NO_TEXT)
    return clean(text)


def _texted(number: str, services: Collection[str]) -> Inbound:
    """The SMS of whoever has a number to one of the services'; raises `InputError`."""
    recipient = request.form.get("a", "")
    if recipient not in services:
        raise InputError(NO_SERVICE)
    return Inbound("sms", _new_id(), number, recipient, _text())


def _chatted(number: str) -> Inbound:
    """What whoever has a number does in their chat, as Telegram would hand it over: a text, a press on a button, or
    their number shared; raises `InputError`."""
    said = Inbound("telegram", _new_id(), chat_of(number), None, "")
    if "partage" in request.form:
        return replace(said, text=number, came=Came.NUMBER)
    if "bouton" in request.form:
        question, _, text = request.form["bouton"].partition(":")
        return replace(said, text=clean(text), came=Came.BUTTON, question=question[:16])
    return replace(said, text=_text())


def _asked_instant(clock: DemoClock, zone: ZoneInfo) -> datetime:
    """When the clock is to be moved to: in so many minutes, at an instant, or at an hour on the territoire's clock;
    raises `InputError`."""
    now = clock()
    try:
        if "minutes" in request.form:
            asked = now + timedelta(minutes=int(request.form["minutes"]))
        else:
            asked = datetime.fromisoformat(request.form.get("vers", ""))
            asked = (asked if asked.tzinfo else asked.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(NO_INSTANT) from None
    if asked <= now:
        raise InputError(NOT_BACK)
    if asked > clock.furthest:
        raise InputError(TOO_FAR)
    return asked
