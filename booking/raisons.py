"""What agents read of a créneau that is not offered: the code of each rule, and its sentence in French.

Wall time is read aloud here for agents, as conversations/phrases.py does for usagers. An usager's name is in no
sentence: what is named is the absence, the plage, or the motif of an RDV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from booking.models import Agent, Motif, Plage
from booking.plages import local_day
from booking.spans import Span

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
UNNAMED_HOLIDAY = "Jour férié"


class Regle(StrEnum):
    """The rules in the order they are asked; scripts read their codes, which stay."""

    PASSE = "passe"
    DELAI_MIN = "delai_min"
    DELAI_MAX = "delai_max"
    HORIZON = "horizon"
    HEURE_DOUBLEE = "heure_doublee"
    COLLECTIF = "collectif"
    SUIVI = "suivi"
    SECRETARIAT = "secretariat"
    TERMINEE = "terminee"
    PAS_COMMENCEE = "pas_commencee"
    HORS_PLAGE = "hors_plage"
    SAUF = "sauf"
    NON_RESERVABLE = "non_reservable"
    SANS_LIEU = "sans_lieu"
    MOTIF_TROP_LONG = "motif_trop_long"
    FERIE = "ferie"
    ABSENCE = "absence"
    RDV = "rdv"
    RETENUE = "retenue"
    TROP_COURT = "trop_court"
    GRILLE = "grille"
    OFFERT = "offert"


ORDER = {regle: rank for rank, regle in enumerate(Regle)}


@dataclass(frozen=True)
class Reason:
    """One answer. `texte`: a French sentence for agents, without any usager's name. `agent` and `lieu` are refs,
    None where the rule is nobody's in particular."""

    offert: bool
    regle: Regle
    texte: str
    agent: str | None = None
    lieu: str | None = None


@dataclass(frozen=True)
class Sentences:
    """The sentences about one motif, in the wall time of one zone."""

    motif: Motif
    zone: ZoneInfo

    # Nobody's rules

    def passe(self, instant: datetime) -> str:
        return f"Le {self.moment(instant)} est passé."

    def delai_min(self, earliest: datetime) -> str:
        return f"Délai minimal de {self._le_motif} : un usager ne prend rien avant le {self.moment(earliest)}."

    def delai_max(self, latest: datetime) -> str:
        return f"Délai maximal de {self._le_motif} : un usager ne prend rien après le {self.moment(latest)}."

    def horizon(self, latest: datetime) -> str:
        return f"Trop loin : la recherche des agents s'arrête le {self.moment(latest)}."

    def heure_doublee(self, instant: datetime) -> str:
        return f"Les horloges reculent : {self.clock(instant)} revient une seconde fois, jamais offerte."

    def collectif(self) -> str:
        return f"{self._le_motif} est collectif : on s'inscrit à une séance."

    def suivi(self) -> str:
        return (
            f"{self._le_motif} est un suivi, offert avec les référents de l'usager seulement :"
            " nommez un référent sur sa fiche."
        )

    def aucune_plage(self, *, narrowed: bool) -> str:
        where = " pour les lieux ou les agents demandés" if narrowed else ""
        return f"Aucune plage ne porte {self._le_motif}{where}."

    # One plage, or the time of one agent

    def offert(self, agent: Agent, wanted: Span) -> str:
        return f"Créneau offert avec {short_name(agent)} {self.hours(wanted)}."

    def secretariat(self, agent: Agent) -> str:
        return f"{short_name(agent)} est du secrétariat, à qui {self._le_motif} n'est pas ouvert."

    def terminee(self, plage: Plage, last: date) -> str:
        return f"{_plage(plage)} terminée depuis le {last:%d/%m/%Y}."

    def pas_commencee(self, plage: Plage) -> str:
        return f"{_plage(plage)} pas commencée, elle ouvre le {plage.premier_jour:%d/%m/%Y}."

    def hors_heures(self, plages: Sequence[Plage], instant: datetime) -> str:
        """These plages happen on that day, at other hours."""
        return f"{_several(plages, [''] * len(plages))} : rien à {self.clock(instant)}."

    def autre_jour(self, plages: Sequence[Plage], when: Sequence[str], jour: date) -> str:
        """These plages happen on other days: `when` says which."""
        return f"{_several(plages, when)} : rien le {named_day(jour)}."

    def sauf(self, plage: Plage, jour: date) -> str:
        return f"{_plage(plage)} : pas le {named_day(jour)}, date exclue de la plage."

    def non_reservable(self, plage: Plage) -> str:
        return f"{_plage(plage)} non réservable."

    def sans_lieu(self, plage: Plage) -> str:
        return f"{_plage(plage)} sans lieu : {self._le_motif} se tient sur place."

    def motif_trop_long(self, plage: Plage, length: timedelta) -> str:
        return (
            f"{_plage(plage)} trop courte : {_minutes(length)} min, {self._le_motif} en prend {self.motif.duree_min}."
        )

    def ferie(self, plage: Plage, jour: date, nom: str) -> str:
        return f"{_plage(plage)} fermée le {jour:%d/%m/%Y}, {_holiday(nom)}."

    def absence(self, nom: str, agent: Agent, fin: datetime, jour: date) -> str:
        return f"{_called('Absence', nom)} de {short_name(agent)} jusqu'{self.until(fin, jour)}."

    def rdv(self, nom: str | None, agent: Agent, fin: datetime, jour: date) -> str:
        """`nom` is None for an RDV of another organisation: what that one does with its time stays closed."""
        return f"{_taken('RDV', nom, agent)} jusqu'{self.until(fin, jour)}."

    def retenue(self, nom: str | None, agent: Agent, fin: datetime, jour: date, expire_le: datetime) -> str:
        return (
            f"{_taken('Retenue', nom, agent)} jusqu'{self.until(fin, jour)} :"
            f" sans réponse, elle expire à {self.clock(expire_le)}."
        )

    def trop_court(self, plage: Plage, wanted: Span, fin: datetime) -> str:
        left = _minutes(fin - wanted.debut)
        return f"{_plage(plage)} finit à {self.clock(fin)} : {left} min pour {self.motif.duree_min} min."

    def grille(self, plage: Plage, instant: datetime, before: datetime | None, after: datetime | None) -> str:
        nearest = [
            f"{which} à {self.clock(start)}"
            for which, start in (("le précédent", before), ("le suivant", after))
            if start
        ]
        said = f" : {', '.join(nearest)}" if nearest else ""
        return f"{_plage(plage)} sans créneau à {self.clock(instant)}{said}."

    # A search that found nothing

    def toutes_trop_courtes(self, longest: timedelta, in_a_row: int) -> str:
        long = f"{self.motif.duree_min} min" if in_a_row == 1 else f"{in_a_row} × {self.motif.duree_min} min"
        return f"{self._le_motif} ({long}) est plus long que chaque plage ({_minutes(longest)} min au plus)."

    def toutes_terminees(self, last: date) -> str:
        return f"Toutes les plages de {self._le_motif} sont terminées depuis le {last:%d/%m/%Y}."

    def aucune_ouverte(self, first: date, last: date, holiday: str | None, following: date | None) -> str:
        why = f", {_holiday(holiday)}" if holiday else ""
        then = f" ; la prochaine le {named_day(following)}" if following else ""
        return f"Aucune plage de {self._le_motif} n'est ouverte {_days(first, last)}{why}{then}."

    def juste_a_cote(self, first: datetime, last: datetime, nearest: Iterable[datetime]) -> str:
        near = " et ".join(f"le {self.moment(start)}" for start in nearest)
        return (
            f"Aucun créneau de {self._le_motif} ne commence du {self.moment(first)} au {self.moment(last)} ;"
            f" les plus proches : {near}."
        )

    def tout_pris(self, first: date, last: date, *, together: bool, in_a_row: int) -> str:
        who = "que les agents ont en commun" if together else "des plages"
        what = "aucun créneau" if in_a_row == 1 else f"{in_a_row} créneaux de suite"
        return (
            f"Tout le temps {who} pour {self._le_motif} est pris {_days(first, last)},"
            f" ou ce qu'il en reste ne laisse commencer {what} de {self.motif.duree_min} min."
        )

    # Wall time

    def clock(self, instant: datetime) -> str:
        return _clock(instant.astimezone(self.zone).time())

    def moment(self, instant: datetime) -> str:
        return f"{local_day(instant, self.zone):%d/%m/%Y} à {self.clock(instant)}"

    def hours(self, span: Span) -> str:
        return f"de {self.clock(span.debut)} à {self.clock(span.fin)}"

    def until(self, fin: datetime, jour: date) -> str:
        return f"à {self.clock(fin)}" if local_day(fin, self.zone) == jour else f"au {self.moment(fin)}"

    @property
    def _le_motif(self) -> str:
        return f"« {self.motif.nom} »"


def short_name(agent: Agent) -> str:
    """As colleagues write it: "A. Durand"."""
    return f"{agent.prenom[:1]}. {agent.nom}"


def named_day(jour: date) -> str:
    return f"{WEEKDAYS[jour.weekday()]} {jour:%d/%m/%Y}"


def on_weekdays(weekdays: Iterable[int], interval: int) -> str:
    """ "le lundi et le jeudi", "le lundi une semaine sur 2"."""
    days = " et ".join(f"le {WEEKDAYS[weekday]}" for weekday in sorted(weekdays))
    return days if interval == 1 else f"{days} une semaine sur {interval}"


def _days(first: date, last: date) -> str:
    return f"le {named_day(first)}" if first == last else f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}"


def _plage(plage: Plage) -> str:
    return f"{_called('Plage', plage.nom)} de {short_name(plage.agent)}"


def _several(plages: Sequence[Plage], when: Sequence[str]) -> str:
    """Plages of one agent, each with its hours: the first one says whose they are."""
    called = [_plage(plages[0]), *(_called("plage", plage.nom) for plage in plages[1:])]
    hours = [f"de {_clock(plage.debut)} à {_clock(plage.fin)}" for plage in plages]
    return ", ".join(" ".join(filter(None, said)) for said in zip(called, when, hours, strict=True))


def _called(kind: str, nom: str) -> str:
    return f"{kind} « {nom} »" if nom else kind


def _taken(kind: str, nom: str | None, agent: Agent) -> str:
    if nom is None:
        return f"{kind} de {short_name(agent)} dans une autre organisation"
    return f"{_called(kind, nom)} de {short_name(agent)}"


def _holiday(nom: str) -> str:
    return "jour férié" if nom == UNNAMED_HOLIDAY else f"jour férié : {nom}"


def _clock(wall: time) -> str:
    return f"{wall.hour} h {wall.minute:02}" if wall.minute else f"{wall.hour} h"


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
