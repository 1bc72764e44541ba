"""Worlds: small territories that stories happen in, each a plain function, all seen from a Friday morning."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=PARIS)
"""Friday 20 November 2026, ten in the morning."""

MARIE = "+33639980001"
PAUL = "+33639980002"
INCONNUE = "+33639980009"
ARRAS = "+33938000001"
LENS = "+33938000002"

World = dict[str, Any]


def vendredi_matin() -> World:
    """One organisation, open on Mondays and Thursdays; Marie is known with her daughter Léa, and two RDVs."""
    return {
        "territoire": {"ref": "62", "nom": "Département de démonstration", "jours_feries": "FR", "langues": ["fr"]},
        "organisations": [organisation()],
        "lieux": [
            lieu("arras-sud", "MDS Arras Sud", "12 rue des Rosati, Arras"),
            lieu("arras-nord", "MDS Arras Nord", "3 place du Vent, Arras"),
        ],
        "agents": [
            agent("a.durand", "Anne", "Durand", "pmi"),
            agent("b.petit", "Bruno", "Petit", "social"),
            agent("c.roy", "Claire", "Roy", "social"),
        ],
        "motifs": [
            motif(
                "consult-pmi",
                "Consultation PMI",
                "pmi",
                pour_un_proche=True,
                instructions_avant="Apportez le carnet de santé.",
                indications_apres="Sonnez à l'interphone PMI.",
            ),
            motif("puericultrice", "Puéricultrice à domicile", "pmi", type="domicile", pour_un_proche=True),
            motif("social", "Assistante sociale", "social", duree_min=45),
            motif("budget", "Conseil budget", "social", type="telephone", duree_min=20),
            motif("planification", "Entretien conseil", "pmi", sensible=True),
            motif("suivi", "Suivi avec mon référent", "social", suivi=True),
        ],
        "plages": [
            plage("p1", "a.durand", "arras-sud", "MO,TH", "09:00", "12:00", ["consult-pmi"]),
            plage("p2", "a.durand", "arras-sud", "TH", "14:00", "16:00", ["consult-pmi"]),
            plage("p3", "a.durand", None, "TU", "09:00", "11:00", ["puericultrice"]),
            plage("p4", "a.durand", "arras-nord", "WE", "09:00", "12:00", ["planification"]),
            plage("p5", "b.petit", "arras-sud", "MO,FR", "14:00", "17:00", ["social"]),
            plage("p6", "c.roy", "arras-nord", "MO", "09:00", "12:00", ["social"]),
            plage("p7", "b.petit", None, "TU", "14:00", "15:00", ["budget"]),
            plage("p8", "b.petit", "arras-sud", "WE", "09:00", "12:00", ["suivi"]),
        ],
        "absences": [
            {"ref": "abs1", "agent": "a.durand", "nom": "Formation", "premier_jour": "2026-11-23",
             "debut": "10:00", "dernier_jour": "2026-11-23", "fin": "12:00"},
        ],
        "usagers": [
            usager("marie", "Marie", "Martin", MARIE, proches=[proche("lea", "Léa", "Martin", "2025-03-14")]),
        ],
        "rdvs": [
            {"ref": "r1", "motif": "consult-pmi", "agents": ["a.durand"], "lieu": "arras-sud",
             "debut": "2026-11-26T09:30", "participants": []},
        ],
    }  # fmt: skip


def deux_rdvs() -> World:
    """Marie has two RDVs to come: one for Léa, one for herself."""
    world = vendredi_matin()
    world["rdvs"] = [
        {"ref": "lea-pmi", "motif": "consult-pmi", "agents": ["a.durand"], "lieu": "arras-sud",
         "debut": "2026-11-26T10:00", "participants": ["lea"]},
        {"ref": "marie-social", "motif": "social", "agents": ["b.petit"], "lieu": "arras-sud",
         "debut": "2026-11-27T14:00", "participants": ["marie"]},
    ]  # fmt: skip
    return world


def un_rdv() -> World:
    """Marie has one RDV to come, for Léa."""
    world = deux_rdvs()
    world["rdvs"] = world["rdvs"][:1]
    return world


def rdv_bientot() -> World:
    """Léa's RDV is in one hour: past the two hours that its motif asks for to cancel."""
    world = un_rdv()
    world["plages"].append(plage("p9", "a.durand", "arras-sud", "FR", "09:00", "12:00", ["consult-pmi"]))
    world["rdvs"][0]["debut"] = "2026-11-20T11:00"
    return world


def ouvert_le_vendredi() -> World:
    """The PMI is open on Friday mornings too."""
    world = vendredi_matin()
    world["plages"].append(plage("p9", "a.durand", "arras-sud", "FR", "09:00", "10:00", ["consult-pmi"]))
    return world


def rdv_sans_autre_place() -> World:
    """Léa has the only créneau that the PMI has left."""
    world = un_rdv()
    world["plages"] = [
        {**plage("p1", "a.durand", "arras-sud", "TH", "10:00", "10:30", ["consult-pmi"]), "recurrence": None}
    ]
    world["plages"][0]["premier_jour"] = "2026-11-26"
    return world


def quatre_rdvs() -> World:
    """Marie has four RDVs to come, two of them for Léa."""
    world = deux_rdvs()
    world["rdvs"] += [
        {"ref": "lea-encore", "motif": "consult-pmi", "agents": ["a.durand"], "lieu": "arras-sud",
         "debut": "2026-12-03T10:00", "participants": ["lea"]},
        {"ref": "marie-budget", "motif": "budget", "agents": ["b.petit"],
         "debut": "2026-12-01T14:00", "participants": ["marie"]},
    ]  # fmt: skip
    return world


def rdv_sensible() -> World:
    """Marie has an RDV of a motif that says nothing of itself."""
    world = vendredi_matin()
    world["rdvs"] = [
        {"ref": "secret", "motif": "planification", "agents": ["a.durand"], "lieu": "arras-nord",
         "debut": "2026-11-25T09:00", "participants": ["marie"]},
    ]  # fmt: skip
    return world


def discrete() -> World:
    """Somebody may read over Marie's shoulder."""
    world = un_rdv()
    world["usagers"][0]["discret"] = True
    return world


def protegee() -> World:
    """Nobody is to write to Marie, whatever she sends."""
    world = un_rdv()
    world["usagers"][0]["protege"] = True
    return world


def suivie() -> World:
    """Marie has a referent, who follows her."""
    world = vendredi_matin()
    world["usagers"][0]["referents"] = ["b.petit"]
    return world


def invitee() -> World:
    """Marie has a referent; the follow-up with them is not open to messages."""
    world = suivie()
    world["motifs"] = [{**one, "en_ligne": one["ref"] != "suivi"} for one in world["motifs"]]
    return world


def deux_sur_un_telephone() -> World:
    """Marie and Paul share one phone."""
    world = vendredi_matin()
    world["usagers"].append(usager("paul", "Paul", "Martin", MARIE))
    return world


def un_seul_creneau() -> World:
    """One agent, one créneau in all, on Monday at nine."""
    world = vendredi_matin()
    world["plages"] = [
        {**plage("p1", "a.durand", "arras-sud", "MO", "09:00", "09:30", ["consult-pmi"]), "recurrence": None}
    ]
    world["plages"][0]["premier_jour"] = "2026-11-23"
    world["absences"], world["rdvs"], world["usagers"] = [], [], []
    return world


def un_creneau_et_d_autres() -> World:
    """One agent, five créneaux on Monday morning, nobody known."""
    world = vendredi_matin()
    world["plages"] = [plage("p1", "a.durand", "arras-sud", "MO", "09:00", "11:30", ["consult-pmi"])]
    world["absences"], world["rdvs"], world["usagers"] = [], [], []
    return world


def deux_agents_au_meme_creneau() -> World:
    """Two agents are free on Monday at nine, one of them for the rest of the morning."""
    world = un_creneau_et_d_autres()
    world["plages"].append(plage("p2", "c.roy", "arras-sud", "MO", "09:00", "09:30", ["consult-pmi"]))
    return world


def dates_connues() -> World:
    """The birth dates of Marie, of her daughter Léa and of Paul are known; Marie has no RDV yet."""
    world = vendredi_matin()
    world["usagers"][0]["naissance"] = "1990-07-22"
    world["usagers"].append(usager("paul", "Paul", "Martin", PAUL, naissance="1988-01-30"))
    return world


def avec_dpo() -> World:
    """The territoire has said who watches over personal data."""
    world = vendredi_matin()
    world["territoire"]["dpo"] = "dpo@departement.example"
    return world


def deux_responsables() -> World:
    """Léa has two responsables, on two phones."""
    world = vendredi_matin()
    world["usagers"].append(usager("paul", "Paul", "Martin", PAUL))
    world["usagers"][0]["proches"][0]["autres_responsables"] = ["paul"]
    return world


def deux_organisations() -> World:
    """Arras and Lens, each with its PMI; Lens alone advises couples, and has a branch in Liévin."""
    world = vendredi_matin()
    world["organisations"] = [
        organisation(secteurs=["62041", "62000 Arras"]),
        organisation(
            ref="mds-lens", nom="MDS Lens", numeros_sms=[LENS], telephone="+33321000002",
            secteurs=["62498", "62300 Lens", "62800 Liévin"],
        ),
    ]  # fmt: skip
    world["lieux"] = [
        {**world["lieux"][0], "code_insee": "62041", "adresse": "12 rue des Rosati, 62000 Arras"},
        {**world["lieux"][1], "code_insee": "62041", "adresse": "3 place du Vent, 62000 Arras"},
        {**lieu("lens", "MDS Lens centre", "5 rue Lamendin, 62300 Lens"), "organisation": "mds-lens",
         "code_insee": "62498", "latitude": 50.43, "longitude": 2.83},
        {**lieu("lievin", "Antenne de Liévin", "8 rue Defernez, 62800 Liévin"), "organisation": "mds-lens",
         "code_insee": "62510", "latitude": 50.42, "longitude": 2.77},
    ]  # fmt: skip
    world["agents"] = [{**one, "organisations": ["mds-arras"]} for one in world["agents"]]
    world["agents"].append({**agent("d.leroy", "Denis", "Leroy", "pmi"), "organisations": ["mds-lens"]})
    lens = {"organisation": "mds-lens"}
    world["motifs"] += [
        motif("pmi-lens", "Consultation PMI", "pmi", pour_un_proche=True, **lens),
        motif("couple", "Conseil conjugal", "pmi", **lens),
    ]
    world["plages"] += [
        plage("l1", "d.leroy", "lens", "MO,TH", "09:00", "10:00", ["pmi-lens"]),
        plage("l2", "d.leroy", "lievin", "MO,TH", "10:30", "12:00", ["pmi-lens"]),
        plage("l3", "d.leroy", "lens", "TU", "09:00", "11:00", ["couple"]),
    ]
    return world


def grande_maison() -> World:
    """Six motifs, two of them about the MDPH, received at five lieux whose names are long and begin alike."""
    world = vendredi_matin()
    noms = ("Logement", "Vaccination", "Budget", "Droits", "Dossier MDPH adulte", "Dossier MDPH enfant")
    world["motifs"] = [motif(f"m{rang}", nom, "social") for rang, nom in enumerate(noms)]
    ou = ("Arras Ouest", "Arras Est", "Arras Nord", "Beaurains", "Dainville")
    world["lieux"] = [
        lieu(f"l{rang}", f"Maison Départementale Solidarité {nom}", "12 rue des Rosati, Arras")
        for rang, nom in enumerate(ou)
    ]
    refs = [one["ref"] for one in world["motifs"]]
    world["plages"] = [
        plage(f"p{rang}", "b.petit", f"l{rang}", jour, "09:00", "12:00", refs)
        for rang, jour in enumerate(("MO", "TU", "WE", "TH", "FR"))
    ]
    world["absences"], world["rdvs"] = [], []
    return world


def suivi_seul() -> World:
    """The organisation opens nothing but the follow-up by somebody's own referents."""
    world = vendredi_matin()
    world["motifs"] = [{**one, "en_ligne": one["ref"] == "suivi"} for one in world["motifs"]]
    return world


def deux_responsables_un_rdv() -> World:
    """Léa has two responsables, on two phones, and an RDV to come."""
    world = deux_responsables()
    world["rdvs"] = un_rdv()["rdvs"]
    return world


def fratrie() -> World:
    """Marie has two children, Léa and Tom."""
    world = vendredi_matin()
    world["usagers"][0]["proches"].append(proche("tom", "Tom", "Martin", "2024-05-02"))
    return world


def fratrie_sans_suite() -> World:
    """Two children, and no two créneaux of the PMI that follow each other."""
    world = fratrie()
    world["plages"][:2] = [
        plage("p1", "a.durand", "arras-sud", "MO", "09:00", "09:30", ["consult-pmi"]),
        plage("p2", "a.durand", "arras-sud", "TH", "14:00", "14:30", ["consult-pmi"]),
    ]
    return world


def atelier() -> World:
    """A workshop where Léa goes with a child of another family; and an RDV for Léa and her brother Tom together."""
    world = vendredi_matin()
    world["motifs"].append(motif("portage", "Atelier portage", "pmi", collectif=True, places_max=8))
    world["usagers"][0]["proches"].append(proche("tom", "Tom", "Martin", "2024-05-02"))
    world["usagers"].insert(
        0, usager("paul", "Paul", "Roche", PAUL, proches=[proche("zoe", "Zoé", "Roche", "2025-06-01")])
    )
    world["actions_collectives"] = [
        {
            "ref": "s1",
            "motif": "portage",
            "titre": "Atelier portage",
            "agents": ["a.durand"],
            "lieu": "arras-sud",
            "debut": "2026-12-01T14:00",
            "duree_min": 90,
            "participants": ["zoe", "lea"],
        },
    ]
    world["rdvs"] = [
        {
            "ref": "fratrie",
            "motif": "consult-pmi",
            "agents": ["a.durand"],
            "lieu": "arras-sud",
            "debut": "2026-12-03T09:00",
            "participants": ["lea", "tom"],
        },
    ]
    return world


def sans_rien_en_ligne() -> World:
    """The organisation opens nothing to messages."""
    world = vendredi_matin()
    world["motifs"] = [{**one, "en_ligne": False} for one in world["motifs"]]
    return world


def petite_ville() -> World:
    """Léa answers to Marie and to Paul, on two phones; Jeanne shares Marie's, whom Bruno follows."""
    world = deux_responsables()
    world["usagers"][0]["referents"] = ["b.petit"]
    world["usagers"].append(usager("jeanne", "Jeanne", "Martin", MARIE))
    return world


def vide() -> World:
    """A territory without an organisation."""
    return {"territoire": {"ref": "62", "nom": "Département de démonstration"}}


def organisation(**fields: Any) -> World:
    return {
        "ref": "mds-arras", "nom": "MDS Arras", "telephone": "+33321000000",
        "horaires": "lun-ven 9h-12h 13h30-17h", "numeros_sms": [ARRAS], "secteurs": ["62041"], **fields,
    }  # fmt: skip


def lieu(ref: str, nom: str, adresse: str) -> World:
    return {"ref": ref, "organisation": "mds-arras", "nom": nom, "adresse": adresse}


def agent(ref: str, prenom: str, nom: str, service: str) -> World:
    return {"ref": ref, "prenom": prenom, "nom": nom, "service": service}


def motif(ref: str, nom: str, service: str, **fields: Any) -> World:
    return {
        "ref": ref, "organisation": "mds-arras", "service": service, "nom": nom, "libelle_usager": nom,
        "delai_min_min": 60, "delai_annulation_min": 120, **fields,
    }  # fmt: skip


def plage(ref: str, agent: str, lieu: str | None, days: str, debut: str, fin: str, motifs: list[str]) -> World:
    return {
        "ref": ref, "agent": agent, "lieu": lieu, "nom": ref, "premier_jour": "2026-11-02", "debut": debut,
        "fin": fin, "recurrence": f"FREQ=WEEKLY;BYDAY={days}", "motifs": motifs,
    }  # fmt: skip


def usager(ref: str, prenom: str, nom: str, telephone: str, **fields: Any) -> World:
    return {"ref": ref, "prenom": prenom, "nom": nom, "telephone": telephone, **fields}


def proche(ref: str, prenom: str, nom: str, naissance: str) -> World:
    return {"ref": ref, "prenom": prenom, "nom": nom, "naissance": naissance}


def dans(minutes: int) -> datetime:
    """That many minutes from now."""
    return NOW + timedelta(minutes=minutes)


WORLDS: dict[str, Callable[[], World]] = {
    world.__name__: world
    for world in (
        vendredi_matin, deux_rdvs, un_rdv, rdv_bientot, rdv_sensible, discrete, protegee, suivie,
        deux_sur_un_telephone, un_seul_creneau, sans_rien_en_ligne,
        ouvert_le_vendredi, rdv_sans_autre_place, quatre_rdvs, invitee,
        deux_organisations, deux_responsables_un_rdv, fratrie, fratrie_sans_suite,
        un_creneau_et_d_autres, deux_agents_au_meme_creneau, deux_responsables, vide, atelier, dates_connues, avec_dpo,
        petite_ville, grande_maison, suivi_seul,
    )
}  # fmt: skip
