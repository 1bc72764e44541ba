"""The demo territory: an invented département in full swing, told around the day it is shown."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.plages import closed_days, occurrences
from booking.spans import Span
from booking.territoire.fichier import Absence, Plage

ZONE = ZoneInfo("Europe/Paris")
WEEKS_BEFORE = 4
DAYS_AFTER = 92
Entry = dict[str, object]


def demo_territory(today: date) -> dict[str, object]:
    """A territory file, as `booking.territoire.load` takes it: plages from four weeks before `today` to three
    months after, RDVs past, of the day (if it is a working one) and to come, two workshops. People are invented;
    their phones are numbers kept for fiction."""
    plages, absences = _plages(today), _absences(today)
    return {
        "territoire": {
            "ref": "62",
            "nom": "Département de démonstration",
            "timezone": ZONE.key,
            "jours_feries": "FR",
            "langues": ["fr", "en"],
        },
        "organisations": ORGANISATIONS,
        "lieux": LIEUX,
        "agents": AGENTS,
        "motifs": MOTIFS,
        "plages": plages,
        "absences": absences,
        "usagers": USAGERS,
        "rdvs": _rdvs(today, plages, absences),
        "actions_collectives": _ateliers(today),
        "listes_attente": [
            {"motif": "consult-pmi", "usager": "tom-martin", "lieux": ["arras-sud"], "jours_impossibles": ["WE"]},
            {"motif": "sage-femme", "usager": "elena-costa", "jours_impossibles": ["MO-AM", "FR-PM"]},
        ],
    }


ORGANISATIONS: list[Entry] = [
    {
        "ref": "mds-arras",
        "nom": "MDS Arras",
        "telephone": "+33321000000",
        "horaires": "lun-ven 9h-12h 13h30-17h",
        "numeros_sms": ["+33938000001"],
        "secteurs": ["62041", "62000 Arras"],
    },
    {
        "ref": "mds-lens",
        "nom": "MDS Lens",
        "telephone": "+33321000010",
        "horaires": "lun-ven 9h-12h30 14h-17h",
        "numeros_sms": ["+33938000002"],
        "secteurs": ["62498", "62510"],
    },
]

LIEUX: list[Entry] = [
    {
        "ref": "arras-sud",
        "organisation": "mds-arras",
        "nom": "MDS Arras Sud",
        "adresse": "12 rue des Rosati, 62000 Arras",
        "code_insee": "62041",
        "latitude": 50.28,
        "longitude": 2.77,
    },
    {
        "ref": "arras-nord",
        "organisation": "mds-arras",
        "nom": "MDS Arras Nord",
        "adresse": "3 place du Beffroi, 62000 Arras",
        "code_insee": "62041",
        "latitude": 50.3,
        "longitude": 2.78,
    },
    {
        "ref": "lens-centre",
        "organisation": "mds-lens",
        "nom": "MDS Lens Centre",
        "adresse": "8 avenue des Terrils, 62300 Lens",
        "code_insee": "62498",
        "latitude": 50.43,
        "longitude": 2.83,
    },
    {
        "ref": "lievin",
        "organisation": "mds-lens",
        "nom": "Antenne de Liévin",
        "adresse": "21 rue du Chevalement, 62800 Liévin",
        "code_insee": "62510",
        "latitude": 50.42,
        "longitude": 2.78,
    },
]


def _agent(ref: str, prenom: str, nom: str, service: str, *organisations: str, role: str = "utilisateur") -> Entry:
    return {
        "ref": ref,
        "prenom": prenom,
        "nom": nom,
        "email": f"{ref}@example.fr",
        "service": service,
        "role": role,
        "organisations": list(organisations),
    }


AGENTS = [
    _agent("a.durand", "Anne", "Durand", "pmi", "mds-arras"),
    _agent("k.benali", "Karim", "Benali", "pmi", "mds-arras"),
    _agent("s.leroy", "Sophie", "Leroy", "social", "mds-arras", role="administrateur"),
    _agent("j.moreau", "Julie", "Moreau", "pmi", "mds-lens"),
    _agent("m.fontaine", "Marc", "Fontaine", "social", "mds-lens", role="administrateur"),
    _agent("c.petit", "Claire", "Petit", "secretariat", "mds-arras", "mds-lens"),
]

MOTIFS: list[Entry] = [
    {
        "ref": "consult-pmi",
        "organisation": "mds-arras",
        "service": "pmi",
        "nom": "Consultation PMI",
        "duree_min": 30,
        "couleur": "#3F88C5",
        "pour_un_proche": True,
        "file_attente": True,
        "instructions_avant": "Apportez le carnet de santé.",
        "indications_apres": "Sonnez à l'interphone PMI.",
    },
    {
        "ref": "assistante-sociale",
        "organisation": "mds-arras",
        "service": "social",
        "nom": "Assistante sociale",
        "duree_min": 45,
        "couleur": "#44AF69",
        "instructions_avant": "Apportez vos derniers courriers.",
    },
    {
        "ref": "conseil-tel",
        "organisation": "mds-arras",
        "service": "pmi",
        "nom": "Conseil par téléphone",
        "type": "telephone",
        "duree_min": 20,
        "couleur": "#F8961E",
        "pour_un_proche": True,
    },
    {
        "ref": "visite-domicile",
        "organisation": "mds-arras",
        "service": "pmi",
        "nom": "Visite à domicile",
        "type": "domicile",
        "duree_min": 60,
        "couleur": "#90BE6D",
        "en_ligne": False,
    },
    {
        "ref": "suivi-social",
        "organisation": "mds-arras",
        "service": "social",
        "nom": "Suivi social",
        "duree_min": 45,
        "couleur": "#577590",
        "suivi": True,
        "en_ligne": False,
    },
    {
        "ref": "sage-femme",
        "organisation": "mds-lens",
        "service": "pmi",
        "nom": "Entretien sage-femme",
        "duree_min": 30,
        "couleur": "#9A5AA8",
        "sensible": True,
        "file_attente": True,
    },
    {
        "ref": "aide-demarches",
        "organisation": "mds-lens",
        "service": "social",
        "nom": "Aide aux démarches",
        "duree_min": 20,
        "couleur": "#E76F51",
        "secretariat": True,
        "delai_min_min": 60,
        "delai_annulation_min": 60,
    },
    {
        "ref": "atelier-portage",
        "organisation": "mds-arras",
        "service": "pmi",
        "nom": "Atelier portage",
        "duree_min": 90,
        "couleur": "#C8553D",
        "collectif": True,
        "places_max": 8,
        "instructions_avant": "Venez avec votre écharpe si vous en avez une.",
    },
]

USAGERS: list[Entry] = [
    {
        "ref": "marie-martin",
        "prenom": "Marie",
        "nom": "Martin",
        "telephone": "+33639980001",
        "code_insee": "62041",
        "proches": [
            {
                "ref": "lea-martin",
                "prenom": "Léa",
                "nom": "Martin",
                "naissance": "2025-03-14",
                "autres_responsables": ["paul-roche"],
            },
            {"ref": "tom-martin", "prenom": "Tom", "nom": "Martin", "naissance": "2022-09-02"},
        ],
    },
    {"ref": "paul-roche", "prenom": "Paul", "nom": "Roche", "telephone": "+33639980002", "code_insee": "62498"},
    # One phone for two people.
    {"ref": "fatou-diallo", "prenom": "Fatou", "nom": "Diallo", "telephone": "+33639980003", "code_insee": "62041"},
    {"ref": "moussa-diallo", "prenom": "Moussa", "nom": "Diallo", "telephone": "+33639980003", "code_insee": "62041"},
    {
        "ref": "jean-caron",
        "prenom": "Jean",
        "nom": "Caron",
        "telephone": "+33639980004",
        "adresse": "5 rue du Moulin, 62000 Arras",
        "code_insee": "62041",
        "referents": ["s.leroy"],
    },
    {
        "ref": "chloe-vasseur",
        "prenom": "Chloé",
        "nom": "Vasseur",
        "telephone": "+33639980005",
        "code_insee": "62498",
        "discret": True,
    },
    {
        "ref": "ines-lambert",
        "prenom": "Inès",
        "nom": "Lambert",
        "telephone": "+33639980006",
        "code_insee": "62498",
        "protege": True,
        "referents": ["m.fontaine"],
    },
    {
        "ref": "elena-costa",
        "prenom": "Elena",
        "nom": "Costa",
        "telephone": "+33639980007",
        "langue": "en",
        "code_insee": "62510",
        "proches": [{"ref": "sofia-costa", "prenom": "Sofia", "nom": "Costa", "naissance": "2026-01-20"}],
    },
    {
        "ref": "hugo-lemaire",
        "prenom": "Hugo",
        "nom": "Lemaire",
        "telephone": "+33639980008",
        "adresse": "17 rue des Tilleuls, 62000 Arras",
        "code_insee": "62041",
        "proches": [{"ref": "nino-lemaire", "prenom": "Nino", "nom": "Lemaire", "naissance": "2024-11-30"}],
    },
    {"ref": "odette-blin", "prenom": "Odette", "nom": "Blin"},
]


def _plages(today: date) -> list[Entry]:
    start = _monday(today) - timedelta(weeks=WEEKS_BEFORE)
    until = f"UNTIL={today + timedelta(days=DAYS_AFTER):%Y%m%d}"

    def plage(ref: str, agent: str, lieu: str | None, nom: str, hours: str, rule: str, *motifs: str) -> Entry:
        debut, fin = hours.split("-")
        return {
            "ref": ref,
            "agent": agent,
            "lieu": lieu,
            "nom": nom,
            "premier_jour": start.isoformat(),
            "debut": debut,
            "fin": fin,
            "recurrence": f"{rule};{until}",
            "motifs": list(motifs),
        }

    weekly, monthly = "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYDAY="
    return [
        plage("pmi-sud", "a.durand", "arras-sud", "Consultations PMI", "09:00-12:00", weekly + "MO,TH", "consult-pmi"),
        plage("pmi-nord", "k.benali", "arras-nord", "Consultations", "13:30-17:00", weekly + "TU,FR", "consult-pmi"),
        plage("tel", "a.durand", None, "Permanence téléphonique", "14:00-16:20", weekly + "WE", "conseil-tel"),
        plage("visites", "k.benali", None, "Visites", "09:00-12:00", monthly + "1TH,3TH", "visite-domicile"),
        plage(
            "social", "s.leroy", "arras-sud", "Permanence sociale", "09:00-12:00", weekly + "MO,WE",
            "assistante-sociale", "suivi-social",
        ),
        plage(
            "suivis", "s.leroy", "arras-nord", "Suivis", "14:00-17:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            "suivi-social",
        ),
        plage("sf", "j.moreau", "lens-centre", "Sage-femme", "09:00-12:30", weekly + "TU,TH", "sage-femme"),
        plage(
            "accueil", "c.petit", "lens-centre", "Accueil", "09:00-12:00", weekly + "MO,TU,WE,TH,FR", "aide-demarches",
        ),
        plage("lievin", "m.fontaine", "lievin", "Antenne", "14:00-17:00", weekly + "TU", "aide-demarches"),
    ]  # fmt: skip


def _absences(today: date) -> list[Entry]:
    monday = _monday(today)
    start = (monday - timedelta(weeks=WEEKS_BEFORE)).isoformat()
    until = f"UNTIL={today + timedelta(days=DAYS_AFTER):%Y%m%d}"
    leave, training = monday + timedelta(weeks=5), monday + timedelta(weeks=3, days=3)
    return [
        {
            "ref": "reunion-pmi",
            "agent": "k.benali",
            "nom": "Réunion d'équipe",
            "premier_jour": start,
            "dernier_jour": start,
            "debut": "16:00",
            "fin": "17:00",
            "recurrence": f"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;{until}",
        },
        {
            "ref": "commission",
            "agent": "s.leroy",
            "nom": "Commission",
            "premier_jour": start,
            "dernier_jour": start,
            "debut": "09:00",
            "fin": "10:30",
            "recurrence": f"FREQ=MONTHLY;BYDAY=1MO;{until}",
        },
        {
            "ref": "formation",
            "agent": "a.durand",
            "nom": "Formation",
            "premier_jour": training.isoformat(),
            "dernier_jour": training.isoformat(),
        },
        {
            "ref": "conges",
            "agent": "c.petit",
            "nom": "Congés",
            "premier_jour": leave.isoformat(),
            "dernier_jour": (leave + timedelta(days=4)).isoformat(),
        },
    ]


PAST = [
    ("pmi-sud", -1, "consult-pmi", "lea-martin", "vu"),
    ("pmi-sud", -3, "consult-pmi", "nino-lemaire", "non_excuse"),
    ("pmi-nord", -2, "consult-pmi", "tom-martin", "excuse"),
    ("social", -1, "assistante-sociale", "fatou-diallo", "vu"),
    ("social", -4, "suivi-social", "jean-caron", "vu"),
    ("tel", -1, "conseil-tel", "hugo-lemaire", "indetermine"),
    ("sf", -2, "sage-femme", "chloe-vasseur", "vu"),
    ("accueil", -5, "aide-demarches", "paul-roche", "revoque"),
]
"""Which créneau of a plage, counted back from today; whose RDV it was; how it went."""
OF_THE_DAY = [
    ("accueil", 1, "aide-demarches", "elena-costa", "indetermine"),
    ("accueil", 4, "aide-demarches", "odette-blin", "indetermine"),
    ("pmi-sud", 2, "consult-pmi", "nino-lemaire", "indetermine"),
    ("pmi-nord", 2, "consult-pmi", "sofia-costa", "indetermine"),
    ("social", 1, "assistante-sociale", "moussa-diallo", "indetermine"),
]
TO_COME = [
    ("pmi-sud", 1, "consult-pmi", "lea-martin", "indetermine"),
    ("pmi-sud", 8, "consult-pmi", "tom-martin", "indetermine"),
    ("pmi-nord", 0, "consult-pmi", "nino-lemaire", "indetermine"),
    ("tel", 2, "conseil-tel", "fatou-diallo", "indetermine"),
    ("visites", 0, "visite-domicile", "hugo-lemaire", "indetermine"),
    ("social", 0, "assistante-sociale", "moussa-diallo", "indetermine"),
    ("suivis", 1, "suivi-social", "jean-caron", "indetermine"),
    ("sf", 1, "sage-femme", "chloe-vasseur", "indetermine"),
    ("sf", 3, "sage-femme", "ines-lambert", "indetermine"),
    ("accueil", 2, "aide-demarches", "paul-roche", "indetermine"),
    ("lievin", 0, "aide-demarches", "elena-costa", "excuse"),
]
Picks = list[tuple[str, int, str, str, str]]


def _rdvs(today: date, plages: list[Entry], absences: list[Entry]) -> list[Entry]:
    day = timedelta(days=1)
    periods: list[tuple[date, date, Picks]] = [
        (today - WEEKS_BEFORE * 7 * day, today - day, PAST),
        (today, today, OF_THE_DAY),
        (today + day, today + DAYS_AFTER * day, TO_COME),
    ]
    durees = {motif["ref"]: motif["duree_min"] for motif in MOTIFS}
    named = {str(plage["ref"]): plage for plage in plages}
    rdvs: list[Entry] = []
    for first, last, picks in periods:
        for ref, rank, motif, usager, statut in picks:
            plage = named[ref]
            starts = _free_starts(plage, absences, int(str(durees[motif])), first, last)
            if -len(starts) <= rank < len(starts):
                rdvs.append(
                    {
                        "ref": f"rdv-{len(rdvs) + 1}",
                        "motif": motif,
                        "agents": [plage["agent"]],
                        "lieu": plage["lieu"],
                        "debut": f"{starts[rank]:%Y-%m-%dT%H:%M}",
                        "participants": [usager],
                        "statut": statut,
                    }
                )
    return rdvs


def _free_starts(plage: Entry, absences: list[Entry], minutes: int, first: date, last: date) -> list[datetime]:
    """The local starts a plage offers between two days, holidays and its agent's absences taken out."""
    away: list[Span] = []
    for absence in absences:
        if absence["agent"] == plage["agent"]:
            away += occurrences(Absence.model_validate(absence), first, last, ZONE)
    duree = timedelta(minutes=minutes)
    closed = closed_days("FR", first, last)
    starts = []
    for span in occurrences(Plage.model_validate(plage), first, last, ZONE):
        start = span.debut
        while start + duree <= span.fin:
            local = start.astimezone(ZONE)
            if local.date() not in closed and not _meets(start, start + duree, away):
                starts.append(local)
            start += duree
    return starts


def _meets(debut: datetime, fin: datetime, spans: Iterable[Span]) -> bool:
    return any(debut < span.fin and span.debut < fin for span in spans)


def _ateliers(today: date) -> list[Entry]:
    """Two workshops on Fridays, when their agent has no plage: one with places left, one full."""
    first, second = _open_fridays(today + timedelta(days=7))[:2]
    atelier: Entry = {
        "motif": "atelier-portage",
        "agents": ["a.durand"],
        "lieu": "arras-sud",
        "attente_max": 10,
    }
    return [
        atelier
        | {
            "ref": "atelier-portage-1",
            "titre": "Atelier portage",
            "debut": f"{first}T09:30",
            "participants": ["marie-martin", "hugo-lemaire", "elena-costa"],
        },
        atelier
        | {
            "ref": "atelier-portage-2",
            "titre": "Atelier massage bébé",
            "debut": f"{second}T09:30",
            "places_max": 4,
            "participants": ["fatou-diallo", "chloe-vasseur", "elena-costa", "hugo-lemaire"],
            "liste_attente": ["marie-martin", "paul-roche"],
        },
    ]


def _open_fridays(first: date) -> list[date]:
    days = [first + timedelta(days=ahead) for ahead in range(42)]
    closed = closed_days("FR", days[0], days[-1])
    return [day for day in days if day.isoweekday() == 5 and day not in closed]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
