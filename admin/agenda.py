"""The agenda, read-only: one week of the agents of a territoire, or of one of its organisations."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from booking.db import Sessions, reading
from booking.models import Organisation, Statut, Territoire
from booking.plages import local_day
from booking.semaine import AgentDay, ShownAbsence, ShownHold, ShownPlage, ShownRdv, week

WEEK = re.compile(r"(20\d\d)-W(\d\d)")
BAD_WEEK = "Cette semaine n'existe pas. Voici la semaine en cours."
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
STATUTS = {
    Statut.EN_SALLE_ATTENTE: "En salle d'attente",
    Statut.VU: "Vu",
    Statut.EXCUSE: "Absent excusé",
    Statut.REVOQUE: "Annulé par le service",
    Statut.NON_EXCUSE: "Absent non excusé",
}
KINDS = {ShownPlage: "plage", ShownAbsence: "absence", ShownRdv: "rdv", ShownHold: "hold"}

Shown = ShownPlage | ShownAbsence | ShownRdv | ShownHold


@dataclass(frozen=True)
class Entry:
    """One line of an agent's day. `kind`: "plage", "absence", "rdv" or "hold"."""

    kind: str
    shown: Shown


def pages(sessions: Sessions, clock: Callable[[], datetime], *, open_to_all: bool) -> Blueprint:
    """The pages under `/admin/`. There is no sign-in yet: unless `open_to_all`, every page answers 403."""
    admin = Blueprint("admin", __name__, url_prefix="/admin", template_folder="templates", static_folder="static")

    @admin.before_request
    def closed() -> tuple[str, int] | None:
        if open_to_all or request.endpoint == "admin.static":
            return None
        return render_template("closed.html"), 403

    @admin.get("/")
    def home() -> Response:
        return redirect(url_for("admin.agenda"))

    @admin.get("/agenda")
    def agenda() -> str:
        with reading(sessions) as session:
            territoire = session.scalars(select(Territoire).order_by(Territoire.id).limit(1)).first()
            if territoire is None:
                return render_template("empty.html")
            return _agenda(session, territoire, clock())

    admin.add_app_template_filter(hour, "hour")
    admin.add_app_template_filter(end_hour, "end_hour")
    admin.add_app_template_filter(day_name, "day_name")
    admin.add_app_template_filter(month_name, "month_name")
    admin.add_app_template_test(is_whole_day, "whole_day")
    return admin


def _agenda(session: Session, territoire: Territoire, now: datetime) -> str:
    organisations = session.scalars(
        select(Organisation).where(Organisation.territoire_id == territoire.id).order_by(Organisation.nom)
    ).all()
    ref = request.args.get("organisation", "")
    chosen = next((organisation for organisation in organisations if organisation.ref == ref), None)
    if ref and chosen is None:
        abort(404)
    today = local_day(now, territoire.zone)
    asked = request.args.get("semaine", "")
    monday = monday_of(asked)
    shown = monday or today - timedelta(days=today.weekday())
    return render_template(
        "agenda.html",
        territoire=territoire,
        organisations=organisations,
        chosen=chosen,
        week=week(session, territoire, shown, now, chosen.id if chosen else None),
        title=week_name(shown),
        semaine=week_key(shown) if monday else None,
        previous=week_key(shown - timedelta(days=7)),
        next=week_key(shown + timedelta(days=7)),
        notice=BAD_WEEK if asked and monday is None else None,
        today=today,
        read_at=now.astimezone(territoire.zone),
        entries=entries,
        status=lambda rdv: status(rdv, now),
    )


def monday_of(semaine: str) -> date | None:
    """The Monday of an ISO week written "2026-W48"; None when there is no such week."""
    match = WEEK.fullmatch(semaine)
    if match is None:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def week_key(monday: date) -> str:
    """The ISO week as addresses carry it: "2026-W48"."""
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"


def week_name(monday: date) -> str:
    """The week as people say it: "Semaine du 30 novembre au 6 décembre 2026"."""
    sunday = monday + timedelta(days=6)
    first = str(monday.day)
    if monday.month != sunday.month:
        first += f" {MONTHS[monday.month - 1]}"
    if monday.year != sunday.year:
        first += f" {monday.year}"
    return f"Semaine du {first} au {sunday.day} {MONTHS[sunday.month - 1]} {sunday.year}"


def day_name(jour: date) -> str:
    """The day as people say it, within its month: "lundi 23"."""
    return f"{DAYS[jour.weekday()]} {jour.day}"


def month_name(jour: date) -> str:
    return MONTHS[jour.month - 1]


def hour(local: datetime) -> str:
    """The hour as people write it, on one line: "9 h 05"."""
    return f"{local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local.minute:02}"


def end_hour(local: datetime) -> str:
    """The hour at which something ends: a day ends at "minuit"."""
    return "minuit" if local.time() == time.min else hour(local)


def is_whole_day(shown: Shown) -> bool:
    """Whether it lasts from midnight to midnight."""
    return shown.debut.time() == shown.fin.time() == time.min


def entries(day: AgentDay) -> list[Entry]:
    """Everything of an agent's day in order of time, a plage before what fills it."""
    shown: tuple[Shown, ...] = (*day.plages, *day.absences, *day.rdvs, *day.holds)
    return [Entry(KINDS[type(one)], one) for one in sorted(shown, key=lambda one: one.debut)]


def status(rdv: ShownRdv, now: datetime) -> str:
    """The status of an RDV in words: one that nobody has settled is to come, or once begun to be settled."""
    if rdv.statut is Statut.INDETERMINE:
        return "À venir" if rdv.debut > now else "À renseigner"
    return STATUTS[rdv.statut]
