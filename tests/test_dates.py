"""French days and hours: what people text, and the days and hours they mean, family by family."""

import json
from collections import Counter
from datetime import datetime, timedelta
from time import process_time
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.dates import dates
from conversations.understanding.dates import SURE, Moment, find, read_souhait
from conversations.understanding.dates.lexicon import ROWS
from tests import worlds

NOW = worlds.NOW.replace(tzinfo=None)
"""Friday 20 November 2026, ten in the morning, as a clock on the wall shows it."""
MINUTE = timedelta(minutes=1)


def told(said: str) -> str:
    """The moments of a text as one line: "23/11", "23/11..29/11" (both included), "24/11 14:00-16:00", "14:00" with no
    day, "from", "before", "not" what does not suit, "every" for a habit, "?" when to be asked."""
    return ", ".join(map(_told, find(said, NOW)))


def _told(moment: Moment) -> str:
    words = [
        "not" if moment.excluded else "",
        f"every {moment.weekday}" if moment.weekday else "",
        {"after": "from", "before": "before"}.get(moment.open or "", ""),
        _days(moment) if moment.has_day else "",
        _hours(moment),
    ]
    return " ".join(word for word in words if word) + ("?" if moment.confidence < SURE else "")


def _days(moment: Moment) -> str:
    if moment.open == "before" and moment.end:
        return _day(moment.end)
    assert moment.start
    first, last = _day(moment.start), _day(moment.end - MINUTE if moment.end else moment.start)
    return first if first == last else f"{first}..{last}"


def _day(day: datetime) -> str:
    return f"{day:%d/%m}" if day.year == NOW.year else f"{day:%d/%m/%Y}"


def _hours(moment: Moment) -> str:
    start, end = moment.start, moment.end
    if moment.grain in ("day", "week", "month"):
        return ""
    if start and end and (end - start).seconds > 60:
        return f"{start:%H:%M}-{_end(end)}"
    return f"{start:%H:%M}" if start else _end(end) if end else ""


def _end(end: datetime) -> str:
    return "24:00" if (end.hour, end.minute) == (0, 0) else f"{end:%H:%M}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("je préfère lundi", "23/11"),
        ("MERCREDI SVP", "25/11"),
        ("jeudii", "26/11"),
        ("dispo vendredi?", "27/11"),
        ("le mardi prochain", "24/11"),
        ("samdi", "21/11"),
        ("mecredi proch", "25/11"),
        ("jeudi en quinze", "10/12"),
        ("vendredi en huit", "27/11"),
        ("jeudi d'après", "26/11"),
        ("jeudi de la sem pro", "26/11"),
        ("la semaine pro jeudi", "26/11"),
        ("ce dimanche", "22/11"),
        ("lundi ou jeudi", "23/11, 26/11"),
        ("mardi, mercredi", "24/11, 25/11"),
        ("plutot un mercredi", "every mercredi 25/11"),
        ("tous les jeudis", "every jeudi 26/11"),
        ("que le jeudi", "every jeudi 26/11"),
        ("seulement le lundi", "every lundi 23/11"),
        ("chaque vendredi", "every vendredi 27/11"),
        ("les mardis et les jeudis", "every mardi 24/11, every jeudi 26/11"),
        ("mer 25", "25/11"),
        ("jeu prochain", "26/11"),
        ("lundiii", "23/11"),
        ("vdd 11h", "27/11 11:00"),
        ("mardiprochain", "24/11"),
        ("lundi qui vient", "23/11"),
        ("mardi ou mercredi de la semaine pro", "24/11, 25/11"),
        ("le prochain jeudi", "26/11"),
        ("VENDREDI PROCHAIN", "27/11"),
        ("un mardi ou un jeudi", "every mardi 24/11, every jeudi 26/11"),
        ("je prefere merkredi", "25/11"),
        ("vandredi 15h", "27/11 15:00"),
        ("dimance", "22/11"),
        ("pour mardi c bon", "24/11"),
        ("jeudis ou vendredis", "every jeudi 26/11, every vendredi 27/11"),
        ("ven 27", "27/11"),
        ("mar 24 nov", "24/11"),
        ("sam. 28", "28/11"),
        ("la sem pro mercredi aprem", "25/11 12:00-19:00"),
        ("mercredi 25", "25/11"),
        ("lundi prochain 14h30", "23/11 14:30"),
        ("slt dispo que le lundi", "every lundi 23/11"),
        ("plutôt jeudi que vendredi", "26/11, not every vendredi 27/11"),
        ("lundi, mardi ou jeudi", "23/11, 24/11, 26/11"),
        ("jeu 26 nov 10h", "26/11 10:00"),
    ],
)
def test_a_weekday_is_the_next_one_however_it_is_spelt(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("dem1 svp", "21/11"),
        ("dmain", "21/11"),
        ("après-demain", "22/11"),
        ("apres dem1", "22/11"),
        ("ajd c possible ?", "20/11"),
        ("AUJOURD'HUI", "20/11"),
        ("dans 3 jours", "23/11"),
        ("ds 1 semaine", "27/11"),
        ("dans trois semaines", "11/12"),
        ("dans un mois", "20/12"),
        ("dans 2 ans", "20/11/2028"),
        ("d'ici lundi", "before 24/11"),
        ("d'ici 15 jours", "20/11..05/12"),
        ("sous huitaine", "20/11..27/11"),
        ("sous 8 jours", "20/11..27/11"),
        ("la semaine du 14", "14/12..20/12"),
        ("semaine du 7 décembre", "07/12..13/12"),
        ("cette semaine", "20/11..22/11"),
        ("la sem prochaine", "23/11..29/11"),
        ("ce week-end", "21/11..22/11"),
        ("le we prochain", "28/11..29/11"),
        ("samedi ou dimanche", "21/11, 22/11"),
        ("en début de semaine prochaine", "23/11..25/11"),
        ("fin de semaine prochaine", "26/11..29/11"),
        ("semaine 50", "07/12..13/12"),
        ("surlendemain", "22/11"),
        ("demain ou après-demain", "21/11, 22/11"),
        ("les 3 prochains jours", "21/11..23/11"),
        ("pas avant 15 jours", "from 05/12"),
        ("aujourd’hui", "20/11"),
        ("demainn", "21/11"),
        ("auj aprem", "20/11 12:00-19:00"),
        ("d'ici demain", "before 22/11"),
        ("jusqu'à vendredi", "before 28/11"),
        ("avant la fin du mois", "before 21/11"),
        ("dans 48h", "22/11 10:00"),
        ("dans environ 3 semaines", "11/12"),
        ("la semaine qui vient", "23/11..29/11"),
        ("dans deux mois", "20/01/2027"),
        ("à partir de demain", "from 21/11"),
        ("dès lundi", "from 23/11"),
        ("après la semaine prochaine", "from 30/11"),
        ("le week end du 5", "05/12..06/12"),
        ("le weekend prochain", "28/11..29/11"),
        ("milieu de semaine prochaine", "25/11..26/11"),
        ("dans une quinzaine", "05/12"),
        ("sous quinzaine", "20/11..04/12"),
        ("courant décembre", "01/12..31/12"),
        ("dans dix jours", "30/11"),
        ("ce mois-ci", "01/11..30/11"),
        ("dans 6 mois", "20/05/2027"),
        ("la semaine pro", "23/11..29/11"),
        ("a partir de la semaine prochaine", "from 23/11"),
    ],
)
def test_days_and_weeks_are_counted_from_today(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("le 3 dec", "03/12"),
        ("3/12", "03/12"),
        ("03/12/26", "03/12"),
        ("3.12.26", "03/12"),
        ("trois décembre", "03/12"),
        ("le 1er dec", "01/12"),
        ("le premier décembre", "01/12"),
        ("15dec", "15/12"),
        ("jeudi 26", "26/11"),
        ("jeudi 26 novembre", "26/11"),
        ("jeudi 14 janvier", "14/01/2027"),
        ("le lundi 30", "30/11"),
        ("jeudi 27", "27/11?"),
        ("mercredi 3 décembre", "03/12?"),
        ("le 24", "24/11"),
        ("rdv du 24", "24/11"),
        ("le vingt-quatre", "24/11"),
        ("8 janv 2027", "08/01/2027"),
        ("le 2 fevrier", "02/02/2027"),
        ("30/11 ou 1/12", "30/11, 01/12"),
        ("le 12 ou le 13 mars", "12/03/2027, 13/03/2027"),
        ("le 5 du mois prochain", "05/12"),
        ("le premier lundi de décembre", "07/12"),
        ("dernier vendredi du mois", "27/11"),
        ("en janvier", "01/01/2027..31/01/2027"),
        ("début janvier", "01/01/2027..10/01/2027"),
        ("mi-décembre", "11/12..20/12"),
        ("fin du mois", "21/11..30/11"),
        ("le mois prochain", "01/12..31/12"),
        ("2026-12-03", "03/12"),
        ("le 29 février", "29/02/2028"),
        ("05/01/2027", "05/01/2027"),
        ("le 7 decembre", "07/12"),
        ("dix décembre", "10/12"),
        ("31 dec", "31/12"),
        ("1 er decembre", "01/12"),
        ("les 5 et 6 décembre", "05/12, 06/12"),
        ("le 3e jeudi de janvier", "21/01/2027"),
        ("le dernier lundi de mars", "29/03/2027"),
        ("24-11-2026", "24/11"),
        ("24.11", "24/11"),
        ("le 24.11.", "24/11"),
        ("mar. 1 déc.", "01/12"),
        ("lundi 7/12", "07/12"),
        ("mardi 7/12", "07/12?"),
        ("le 15 dc", "15/12"),
        ("15 janv.", "15/01/2027"),
        ("fin janvier", "21/01/2027..31/01/2027"),
        ("le 31/12 au matin", "31/12 04:00-12:00"),
        ("03/02", "03/02/2027"),
        ("le 20 novembre", "20/11"),
        ("avril 2027", "01/04/2027..30/04/2027"),
        ("le mois de mars", "01/03/2027..31/03/2027"),
        ("le 9 et le 10", "09/12, 10/12"),
        ("8decembre", "08/12"),
        ("le 8 déc à 16 h", "08/12 16:00"),
        ("première quinzaine de janvier", "01/01/2027..14/01/2027"),
        ("la 2e semaine de janvier", "11/01/2027..17/01/2027"),
        ("24 novembre 2026 à 09h00", "24/11 09:00"),
    ],
)
def test_a_calendar_date_is_the_next_one_in_any_shape(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("14h30", "14:30"),
        ("14 h", "14:00"),
        ("14:30", "14:30"),
        ("quatorze heures trente", "14:30"),
        ("3h de l'après midi", "15:00"),
        ("midi et demi", "12:30"),
        ("10h et quart", "10:15"),
        ("11h moins le quart", "10:45"),
        ("9h et demie", "09:30"),
        ("vers 10h", "10:00"),
        ("à partir de 17h", "from 17:00"),
        ("avant 9h", "before 09:00"),
        ("apres 16h30", "from 16:30"),
        ("jusqu'à 11h", "before 11:00"),
        ("15h max", "before 15:00"),
        ("14h ou plus tard", "from 14:00"),
        ("pas avant 10h", "from 10:00"),
        ("pas après 17h", "before 17:00"),
        ("14h00h", "14:00"),
        ("à10h", "10:00"),
        ("14H", "14:00"),
        ("9h15 c bien", "09:15"),
        ("onze heures", "11:00"),
        ("dix-sept heures quarante-cinq", "17:45"),
        ("8h du mat", "08:00"),
        ("6h du soir", "18:00"),
        ("dans 3h", "20/11 13:00"),
        ("dans une demi-heure", "20/11 10:30"),
        ("vingt heures", "20:00"),
        ("5pm", "17:00"),
        ("9 h 30", "09:30"),
        ("9h30min", "09:30"),
        ("à midi", "12:00"),
        ("midi", "12:00-14:00"),
        ("vers midi et quart", "12:15"),
        ("trois heures moins le quart de l'après-midi", "14:45"),
        ("à 12h30 pile", "12:30"),
        ("10 heures", "10:00"),
        ("10heures", "10:00"),
        ("a 9 h du matin", "09:00"),
        ("treize heures quinze", "13:15"),
        ("apres 18h15", "from 18:15"),
        ("à compter de 14h", "from 14:00"),
        ("plus tôt que 10h", "before 10:00"),
        ("avant midi", "before 12:00"),
        ("après 12h", "from 12:00"),
        ("17h maximum", "before 17:00"),
        ("14h minimum", "from 14:00"),
        ("dans 1h30", "20/11 11:30"),
        ("dans vingt minutes", "20/11 10:20"),
        ("seize heures trente", "16:30"),
        ("16.30h", "16:30"),
        ("11h et demi", "11:30"),
        ("8h ou 9h", "08:00, 09:00"),
        ("ds 1h", "20/11 11:00"),
    ],
)
def test_hours_are_those_of_a_24_hour_clock(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("lundi14h", "23/11 14:00"),
        ("mardi a 9h30", "24/11 09:30"),
        ("demain 10h", "21/11 10:00"),
        ("10h demain", "21/11 10:00"),
        ("le 14 à 15h", "14/12 15:00"),
        ("jeudi 26 vers 16h", "26/11 16:00"),
        ("3/12 9h", "03/12 09:00"),
        ("jeudi matin 10h", "26/11 10:00"),
        ("demain soir 8h", "21/11 20:00"),
        ("lundi 3h de l'aprem", "23/11 15:00"),
        ("mercredi 2 dec 14h15", "02/12 14:15"),
        ("lundi avant 10h", "before 23/11 10:00"),
        ("mardi après 16h", "from 24/11 16:00"),
        ("vendredi a partir de 14h", "from 27/11 14:00"),
        ("mardi 10h ou jeudi 14h", "24/11 10:00, 26/11 14:00"),
        ("bonjour je voudrais un rdv pour le bébé lundi vers 11h si possible merci", "23/11 11:00"),
        ("ok pour mardi, 14h", "24/11 14:00"),
        ("rdv le 1er décembre à 8h45", "01/12 08:45"),
        ("ojd 17h", "20/11 17:00"),
        ("16h lundi", "23/11 16:00"),
        ("mardi a midi", "24/11 12:00"),
        ("07.12 15h", "07/12 15:00"),
        ("RDV LE 26 A 10H SVP", "26/11 10:00"),
        ("demain vers 9h30", "21/11 09:30"),
        ("le 25 à neuf heures", "25/11 09:00"),
        ("mardi à 9h du matin", "24/11 09:00"),
        ("lundi à 2h de l'après-midi", "23/11 14:00"),
        ("jeudi 14h ou 15h", "26/11 14:00, 26/11 15:00"),
        ("demain apres 17h", "from 21/11 17:00"),
        ("après 17h demain", "from 21/11 17:00"),
        ("jeudi jusqu'à 16h", "26/11 00:00-16:00"),
        ("mercredi 25/11 10h30", "25/11 10:30"),
        ("dans 2 jours à 15h", "22/11 15:00"),
        ("le 1/12 à 10 heures 30", "01/12 10:30"),
        ("rdv jeudi 26 nov. à 14h", "26/11 14:00"),
        ("la semaine prochaine après 16h", "23/11..29/11 16:00-24:00"),
        ("lundi apres midi vers 15h", "23/11 15:00"),
        ("je peux venir mardi 24 novembre à partir de 10h30", "from 24/11 10:30"),
        ("vendredi 11 decembre a 11h15 svp", "11/12 11:15"),
        ("ok lundi 8h30", "23/11 08:30"),
        ("demin 14h", "21/11 14:00"),
        ("mardi aprem 15h30", "24/11 15:30"),
        ("a 10h jeudi", "26/11 10:00"),
    ],
)
def test_a_day_keeps_its_hours(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("entre 9h et 11h", "09:00-11:00"),
        ("de 14 à 16h", "14:00-16:00"),
        ("14h-16h", "14:00-16:00"),
        ("14-16h", "14:00-16:00"),
        ("entre midi et deux", "12:00-14:00"),
        ("mardi entre 9h et 12h", "24/11 09:00-12:00"),
        ("du 13 au 15", "13/12..15/12"),
        ("du 1 au 5 décembre", "01/12..05/12"),
        ("de lundi à mercredi", "23/11..25/11"),
        ("du lundi au jeudi", "23/11..26/11"),
        ("entre mardi et jeudi", "24/11..26/11"),
        ("lundi ou mardi matin", "23/11 04:00-12:00, 24/11 04:00-12:00"),
        ("du 28 novembre au 3 décembre", "28/11..03/12"),
        ("entre le 7 et le 11", "07/12..11/12"),
        ("9h/11h", "09:00-11:00"),
        ("jeudi de 9h à midi", "26/11 09:00-12:00"),
        ("de dix heures à onze heures trente", "10:00-11:30"),
        ("demain 14h-15h30", "21/11 14:00-15:30"),
        ("mardi 14-16h", "24/11 14:00-16:00"),
        ("entre 10 et 12", "10:00-12:00"),
        ("du 2 au 4 à 10h", "02/12..04/12 10:00"),
        ("de 8h du matin à 5h de l'après-midi", "08:00-17:00"),
        ("du 5 au 7 janvier 2027", "05/01/2027..07/01/2027"),
        ("lundi entre 10 et 12h", "23/11 10:00-12:00"),
        ("jeudi après-midi entre 14h et 16h", "26/11 14:00-16:00"),
        ("10h-12h", "10:00-12:00"),
        ("de 9h30 à 10h30 mardi", "24/11 09:30-10:30"),
        ("10h à 11h", "10:00-11:00"),
        ("entre le 7 et le 11 décembre", "07/12..11/12"),
        ("du mardi 24 au jeudi 26", "24/11..26/11"),
        ("de mardi à vendredi", "24/11..27/11"),
        ("du 30/11 au 4/12", "30/11..04/12"),
        ("9h30/11h", "09:30-11:00"),
        ("demain entre 9 et 11", "21/11 09:00-11:00"),
        ("entre midi et 14h", "12:00-14:00"),
        ("de decembre a fevrier", "01/12..28/02/2027"),
        ("entre Noël et le jour de l'an", "25/12..01/01/2027"),
        ("lundi matin, mardi aprem", "23/11 04:00-12:00, 24/11 12:00-19:00"),
        ("lundi et mardi matin", "23/11 04:00-12:00, 24/11 04:00-12:00"),
        ("17h-18h30", "17:00-18:30"),
        ("du 14 au 18 à partir de 16h", "14/12..18/12 16:00-24:00"),
    ],
)
def test_ranges_of_hours_end_at_the_hour_said_and_ranges_of_days_with_their_last_day(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("jeudi au matin", "26/11 04:00-12:00"),
        ("dem1 mat1", "21/11 04:00-12:00"),
        ("2main aprem", "21/11 12:00-19:00"),
        ("jeudi aprm", "26/11 12:00-19:00"),
        ("vendredi soir", "27/11 18:00-24:00"),
        ("ce soir", "20/11 18:00-24:00"),
        ("cet aprem", "20/11 12:00-19:00"),
        ("cette après-midi", "20/11 12:00-19:00"),
        ("l'apres midi", "12:00-19:00"),
        ("en fin de matinée", "10:00-12:00"),
        ("début d'aprem", "12:00-14:00"),
        ("fin d'après-midi", "17:00-19:00"),
        ("lundi en fin de journée", "23/11 17:00-21:00"),
        ("en soirée", "18:00-24:00"),
        ("matin svp", "04:00-12:00"),
        ("tôt le matin", "07:00-09:00"),
        ("mercredi midi", "25/11 12:00-14:00"),
        ("demainmatin", "21/11 04:00-12:00"),
        ("lundi matin ou aprem", "23/11 04:00-12:00, 23/11 12:00-19:00"),
        ("le matin de préférence", "04:00-12:00"),
        ("pause déjeuner", "12:00-14:00"),
        ("la semaine prochaine le matin", "23/11..29/11 04:00-12:00"),
        ("matin", "04:00-12:00"),
        ("aprem", "12:00-19:00"),
        ("demain en fin d'aprem", "21/11 17:00-19:00"),
        ("mardi dans la matinée", "24/11 04:00-12:00"),
        ("dans la soirée de mardi", "24/11 18:00-24:00"),
        ("en milieu de matinée", "09:00-11:00"),
        ("le jeudi matin", "26/11 04:00-12:00"),
        ("ce midi", "20/11 12:00-14:00"),
        ("2main mat", "21/11 04:00-12:00"),
        ("lundi début de matinée", "23/11 07:00-09:00"),
        ("mardi en début d'après-midi", "24/11 12:00-14:00"),
        ("laprem", "12:00-19:00"),
        ("fin de soirée", "21:00-24:00"),
        ("cet après midi", "20/11 12:00-19:00"),
        ("vendredi dans l'aprem", "27/11 12:00-19:00"),
        ("le 3 décembre au soir", "03/12 18:00-24:00"),
        ("jeudi apres-midi svp", "26/11 12:00-19:00"),
        ("les mercredis après-midi", "every mercredi 25/11 12:00-19:00"),
        ("apré midi", "12:00-19:00"),
        ("mardi midi", "24/11 12:00-14:00"),
    ],
)
def test_the_day_has_its_parts(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sauf jeudi", "not every jeudi 26/11"),
        ("pas jeudi", "not every jeudi 26/11"),
        ("je peux pas vendredi", "not every vendredi 27/11"),
        ("je peux pas jeudi, plutôt mardi matin", "not every jeudi 26/11, 24/11 04:00-12:00"),
        ("mais pas le matin", "not 04:00-12:00"),
        ("lundi je peux pas", "not every lundi 23/11"),
        ("pas lundi, mardi", "not every lundi 23/11, 24/11"),
        ("n'importe quand sauf le lundi", "not every lundi 23/11"),
        ("pas après-demain", "not 22/11"),
        ("pas la semaine prochaine", "not 23/11..29/11"),
        ("jeudi c'est mort", "not every jeudi 26/11"),
        ("je travaille le jeudi", "not every jeudi 26/11"),
        ("ni lundi ni mardi", "not every lundi 23/11, not every mardi 24/11"),
        ("jpeux pas lundi mais mardi oui", "not every lundi 23/11, 24/11"),
        ("tous les jours sauf mardi et jeudi", "not every mardi 24/11, not every jeudi 26/11"),
        ("pas à 11h plutôt 10h", "not 11:00, 10:00"),
        ("pas dispo jeudi", "not every jeudi 26/11"),
        ("mercredi impossible, jeudi ok", "not every mercredi 25/11, 26/11"),
        ("le matin je peux pas, l'aprem oui", "not 04:00-12:00, 12:00-19:00"),
        ("oui mais pas lundi", "not every lundi 23/11"),
        ("je suis pas dispo mardi matin", "not every mardi 24/11 04:00-12:00"),
        ("pas le mercredi", "not every mercredi 25/11"),
        ("surtout pas lundi", "not every lundi 23/11"),
        ("jeudi je travaille", "not every jeudi 26/11"),
        ("tout sauf le matin", "not 04:00-12:00"),
        ("je ne peux pas le 24", "not 24/11"),
        ("le 25 je peux pas", "not 25/11"),
        ("je peux pas venir mardi mais jeudi oui", "not every mardi 24/11, 26/11"),
        ("pas avant le 5", "from 05/12"),
        ("pas lundi ni mardi", "not every lundi 23/11, not every mardi 24/11"),
        ("indisponible demain", "not 21/11"),
        ("la semaine prochaine sauf jeudi", "23/11..29/11, not every jeudi 26/11"),
        ("le matin mais pas trop tôt", "04:00-12:00"),
        ("hors mercredi", "not every mercredi 25/11"),
        ("non pas vendredi, plutot lundi", "not every vendredi 27/11, 23/11"),
        ("je suis pas libre le jeudi", "not every jeudi 26/11"),
        ("pas l'aprem", "not 12:00-19:00"),
        ("mardi ca m'arrange pas", "not every mardi 24/11"),
        ("pas à 14h", "not 14:00"),
        ("pa lundi", "not every lundi 23/11"),
    ],
)
def test_what_does_not_suit_is_told_from_what_does(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("avant Noël", "before 25/12"),
        ("après Noël", "from 26/12"),
        ("le 14 juillet", "14/07/2027"),
        ("lundi de Pâques", "29/03/2027"),
        ("à la toussaint", "01/11/2027"),
        ("le pont de l'Ascension", "06/05/2027..09/05/2027"),
        ("le 11 novembre", "11/11/2027"),
        ("jeudi de l'ascension", "06/05/2027"),
        ("la pentecôte", "16/05/2027"),
        ("le lendemain de noel", "26/12"),
        ("la veille du jour de l'an", "31/12"),
        ("après les vacances de noël", "from 04/01/2027"),
        ("le 8 mai", "08/05/2027"),
        ("à Noël", "25/12"),
        ("le jour de Noël", "25/12"),
        ("apres la toussaint", "from 02/11/2027"),
        ("avant les fêtes", ""),
        ("lundi de Pentecôte", "17/05/2027"),
        ("le 1er mai", "01/05/2027"),
        ("le lendemain de pâques", "29/03/2027"),
        ("réveillon", "24/12"),
        ("nouvel an", "01/01/2027"),
        ("entre les fêtes", ""),
        ("ascension", "06/05/2027"),
        ("15 août", "15/08/2027"),
    ],
)
def test_holidays_are_known_by_name(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "après le travail", "31/11", "le 30 février à 10h", "demain 25h", "06 12 34 56 78", "elle a 8 mois", "2 ans",
        "15 euros", "12 rue du 8 mai", "12 avenue du 11 novembre 1918", "né le 12/04/2024", "Léa née le 3 mars 2025",
        "le 2eme", "3", "la 3", "hier soir", "lundi dernier", "la semaine dernière", "il y a 3 jours",
        "j'ai 2 enfants", "1 ou 2", "bonne journée", "bonsoir", "à bientôt", "je suis à la mer", "j'en ai marre",
        "Mme Mardin", "domaine", "retard de 10 min", "depuis lundi", "un jour", "62000 Arras",
        "le ticket coute 3.50 €", "24h/24", "7j/7", "3h de route", "mon mari travaille", "Martin", "option 3", "n°3",
        "38.5 de fièvre", "dossier 20261124", "il a 18 mois et demi", "plus tôt", "au 2e étage", "bus 14", "T3",
        "12,5 kg", "merci à vous", "c'est pour ma mère", "la Saint-Glinglin", "vaccin des 12 mois",
        "visite des 2 mois", "bilan 24 mois", "mon fils a 3 ans et demi", "rdv pour 2 personnes", "je mesure 1m70",
        "il a 15 jours", "bébé de 6 semaines", "tel 0639980001", "+33 6 39 98 00 01", "12 place du 14 juillet",
        "3 rue de la Paix", "48 euros 50", "née en 2024", "c'était mardi dernier", "l'an dernier", "le mois dernier",
        "hier à 10h", "29/02/2027", "0/12", "le 45", "26h", "12h75", "j'attends depuis 2h", "il faut 20 min de bus",
        "ça fait 3 semaines que j'attends", "carte 75 %", "MDPH 2026", "le seul jour", "premier enfant",
        "deuxième étage", "la deuxième", "je sais pas", "pas de souci", "j'ai mal partout", "marché",
        "je suis maman de Samy", "dossier n° 12/345", "code 14:99",
    ],
)  # fmt: skip
def test_what_names_no_day_to_come_is_no_moment(said: str) -> None:
    assert told(said) == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mercredi après l'école", "25/11"),
        ("jeudi après le travail", "26/11"),
        ("après l'école", ""),
        ("le matin après la sieste", "04:00-12:00"),
    ],
)
def test_hours_that_nobody_can_know_are_left_out(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    "said",
    ["le 1er", "le deux", "jeudi 27", "mardi 7/12", "mercredi 3 décembre", "lundi dans quinze jours", "le matin à 15h"],
)
def test_what_can_be_read_two_ways_is_to_be_asked(said: str) -> None:
    assert [moment.confidence < SURE for moment in find(said, NOW)] == [True]
    assert read_souhait(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [("déc. 3", "03/12"), ("dans 1 mois et 2 jours", "22/12"), ("dans 3 semaines et 2 jours", "13/12")],
)
def test_a_rare_turn_of_phrase_is_left_to_dateparser(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("now", "said", "day"),
    [
        ("2026-11-20T10:00", "vendredi", "2026-11-27"),
        ("2026-11-20T10:00", "vendredi en huit", "2026-11-27"),
        ("2026-11-19T10:00", "vendredi prochain", "2026-11-27"),
        ("2026-11-17T10:00", "vendredi prochain", "2026-11-20"),
        ("2026-12-31T23:59", "demain", "2027-01-01"),
        ("2026-12-31T10:00", "le 31", "2026-12-31"),
        ("2027-01-31T10:00", "dans un mois", "2027-02-28"),
        ("2027-01-31T10:00", "le 30", "2027-03-30"),
        ("2027-03-28T10:00", "Pâques", "2027-03-28"),
        ("2027-03-29T10:00", "Pâques", "2028-04-16"),
        ("2028-01-01T10:00", "29/02", "2028-02-29"),
        ("2026-11-21T10:00", "ce week-end", "2026-11-21"),
        ("2026-11-22T10:00", "la semaine prochaine", "2026-11-23"),
        ("2026-11-23T10:00", "la semaine prochaine", "2026-11-30"),
    ],
)
def test_the_day_depends_on_today(now: str, said: str, day: str) -> None:
    (moment,) = find(said, datetime.fromisoformat(now))
    assert moment.start
    assert moment.start.date().isoformat() == day


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("slt g besoin dun rdv jeudi aprem stp", "26/11 12:00-19:00"),
        ("c possible mardi ver 10h ?", "24/11 10:00"),
        ("jpeu venir ke le vendredi matin", "every vendredi 27/11 04:00-12:00"),
        ("pa avan 9h30", "from 09:30"),
        ("dem1 aprm 14h30 c bon", "21/11 14:30"),
        ("lundi ou mardi jsui libre", "23/11, 24/11"),
        ("mercredi jtravaille", "not every mercredi 25/11"),
        ("pr le 3 dec 14h merci", "03/12 14:00"),
        ("sem pro jeudi 10h", "26/11 10:00"),
        ("le 30 a 9h ou le 1er a 10h", "30/11 09:00, 01/12 10:00"),
        ("ojd apres 16h", "from 20/11 16:00"),
        ("ds 15j", "05/12"),
        ("we prochain", "28/11..29/11"),
        ("vdd mat", "27/11 04:00-12:00"),
        ("apres dmain 11h15", "22/11 11:15"),
        ("JEUDI 26 A 14H", "26/11 14:00"),
        ("je voudrais changer mon rendez vous du 24 pour le 27", "24/11, 27/11"),
        ("decaler mon rdv de mardi a jeudi", "24/11, 26/11"),
        ("je suis libre de mardi a jeudi", "24/11..26/11"),
        ("annulez le rdv du 2 décembre à 9h", "02/12 09:00"),
        ("je serai en retard de 15 min", ""),
        ("jarrive ds 10min", "20/11 10:10"),
        ("rdv vaccin des 11 mois", ""),
        ("je peux que entre 12h et 14h", "12:00-14:00"),
        ("lundi matin avant 11h", "before 23/11 11:00"),
        ("n'importe quel jour apres 15h", "from 15:00"),
        ("les lundis et mercredis matin", "every lundi 23/11 04:00-12:00, every mercredi 25/11 04:00-12:00"),
        ("je suis dispo du 7 au 11 decembre sauf le 9", "07/12..11/12, not 09/12"),
        ("mardi 1er dec 9h", "01/12 09:00"),
        ("la semaine du 30", "30/11..06/12"),
        ("rdv avant les vacances de noel svp", "before 19/12"),
        ("le 14h30 me va", "14:30"),
        ("celui de 9h", "09:00"),
        ("le premier", ""),
        ("le jeudi a 10h15", "26/11 10:15"),
        ("je prends 11h", "11:00"),
        ("14h c mieux ke 15h", "14:00, 15:00"),
        ("ok pour vendredi 27 novembre 2026 à 10h00", "27/11 10:00"),
        ("mardi a neuf heure trente", "24/11 09:30"),
        ("jeudi en fin de matinee", "26/11 10:00-12:00"),
        ("pas le lundi ni le mardi matin", "not every lundi 23/11, not every mardi 24/11 04:00-12:00"),
        ("demain jpeux pas mais apres demain oui", "not 21/11, 22/11"),
        ("je bosse jusqu'à 16h", "not before 16:00"),
        ("je finis a 17h", "17:00"),
        ("il dort de 13h à 15h", "13:00-15:00"),
        ("3 rue du 11 novembre lens", ""),
        ("062345678", ""),
        ("mon num 07 39 98 00 02 dispo lundi", "23/11"),
        ("née le 24/11/2025 rdv mardi", "24/11"),
        ("ma fille de 3 ans jeudi", "26/11"),
        ("2 places mardi 24", "24/11"),
        ("rdv à 14 heures le 8", "08/12 14:00"),
        ("le 8 à quatorze heures", "08/12 14:00"),
        ("mercredi prochain ou celui d'apres", "25/11"),
        ("d'ici la fin de la semaine", "before 23/11"),
        ("avant fin novembre", "before 21/11"),
        ("début décembre", "01/12..10/12"),
        ("vers noel", "25/12"),
        ("pendant les vacances", ""),
    ],
)
def test_whole_messages_say_when(said: str, meant: str) -> None:
    assert told(said) == meant


def test_a_moment_knows_where_it_stands_in_the_text() -> None:
    text = "Bonjour, Léa a 2 ans : jeudi 26 à 14H30, ou DEMAIN matin\u200b ! Merci"
    assert [text[slice(*moment.span)] for moment in find(text, NOW)] == ["jeudi 26 à 14H30", "DEMAIN matin"]


def test_the_part_of_the_day_and_the_habit_are_told_by_name() -> None:
    (moment,) = find("que le mercredi après-midi", NOW)
    assert (moment.weekday, moment.daypart, moment.has_day) == ("mercredi", "apres-midi", True)


def test_a_day_somebody_cannot_make_is_told_from_one_that_does_not_suit() -> None:
    assert [moment.unable for moment in find("je peux pas venir jeudi", NOW)] == [True]
    assert [moment.unable for moment in find("pas jeudi", NOW)] == [False]


def test_a_spelling_has_one_meaning() -> None:
    spellings = [spelling for _, _, row in ROWS for spelling in row.split(", ")]
    assert [spelling for spelling, count in Counter(spellings).items() if count > 1] == []


# As the dialogues read it


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("lundi ou mardi matin", ("2026-11-23", "2026-11-23", "04:00:00", "12:00:00", None)),
        ("la semaine prochaine à 10h", ("2026-11-23", "2026-11-29", None, None, "10:00:00")),
        ("la semaine prochaine après 16h", ("2026-11-23", "2026-11-29", "16:00:00", None, None)),
        ("d'ici mardi", (None, "2026-11-24", None, None, None)),
        ("à partir de mardi", ("2026-11-24", None, None, None, None)),
        ("lundi avant 10h", ("2026-11-23", "2026-11-23", None, "10:00:00", None)),
        ("de 14 à 16h", (None, None, "14:00:00", "16:00:00", None)),
        ("mardi à 3h", ("2026-11-24", "2026-11-24", None, None, "15:00:00")),
        ("mardi à 8h", ("2026-11-24", "2026-11-24", None, None, "08:00:00")),
        ("pas lundi, mardi soir", ("2026-11-24", "2026-11-24", "18:00:00", None, None)),
    ],
)
def test_a_wish_has_its_days_and_its_hours(said: str, wish: tuple[str | None, ...]) -> None:
    souhait = read_souhait(said, NOW)
    assert souhait
    bounds = (souhait.premier, souhait.dernier, souhait.apres, souhait.avant, souhait.heure)
    assert tuple(bound.isoformat() if bound else None for bound in bounds) == wish


# Whatever people send

FRAGMENTS = (
    "le", "lundi", "mar", "31", "02", "9999", "/", "h", ":", "dans", "ans", "semaines", "mois", "prochain", "en huit",
    "fin", "avant", "apres", "demain", "né", "'", "’", "-", "\u0301", "\u200b", "\ud800", "\x00", "٣", "²", "ﷺ", "İ",
    "pas", "sauf", "entre", "et", "ou", "14h30", "noel", "du", "au", "de", "a", "matin", "sept", "1er", "dec", "we",
)  # fmt: skip
LIKE_FRENCH = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=1600) | LIKE_FRENCH)
def test_no_text_fails_and_every_moment_is_a_stretch_of_time(text: str) -> None:
    for moment in find(text, NOW):
        start, end = moment.span
        assert 0 <= start < end <= len(text)
        assert moment.start or moment.end
        assert not (moment.start and moment.end) or moment.start < moment.end
    assert find(text, NOW) == find(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "1 ",
        "1/",
        "lundi ",
        "lundi et ",
        "14h ",
        "pas ",
        "le 12 mars ",
        "du 1 au 2 ",
        "de la ",
        "ﷺ",
        "h",
        "dec. 3 ",
        "@",
    ],
)
def test_a_message_of_the_longest_size_is_read_at_once(text: str) -> None:
    longest = (text * 1600)[:1600]

    before = process_time()
    find(longest, NOW)
    assert process_time() - before < 0.1


# As a command


def run(*lines: Any) -> tuple[int, list[dict[str, Any]], list[str]]:
    """The exit code, the answers without how long they took, and the lines of stderr."""
    typed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = CliRunner().invoke(dates, input=typed, catch_exceptions=False)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(answer.pop("ms") >= 0 for answer in answers)
    return result.exit_code, answers, result.stderr.splitlines()


def test_the_command_answers_in_local_wall_time() -> None:
    assert run(
        {"text": "demain 14h", "now": "2026-11-19T10:00"},
        {"text": "avant mardi", "now": "2026-11-19T10:00:00+01:00"},
        {"text": "bonjour", "now": "2026-11-19T10:00"},
        {"text": "sauf mardi", "now": "2026-11-19T10:00"},
        {"text": "jeudi 27", "now": "2026-11-19T10:00"},
    ) == (
        0,
        [
            {"start": "2026-11-20T14:00", "end": None, "grain": "hour", "open": None},
            {"start": None, "end": "2026-11-24T00:00", "grain": "day", "open": "before"},
            {"start": None, "end": None},
            {"start": None, "end": None},
            {"start": None, "end": None},
        ],
        [],
    )


def test_a_bad_line_is_refused_and_the_next_ones_are_answered() -> None:
    code, answers, errors = run(
        "{",
        [],
        {"text": 3, "now": "2026-11-19T10:00"},
        {"text": "demain", "now": "bientôt"},
        {"text": "demain"},
        {"text": "demain", "now": "9999-12-31T10:00"},
        "[" * 100_000,
        {"text": "demain", "now": "2026-11-19"},
    )
    assert (code, [answer["start"] for answer in answers]) == (2, ["2026-11-20T00:00"])
    assert [error.split(":")[0] for error in errors] == [f"line {number}" for number in range(1, 8)]
