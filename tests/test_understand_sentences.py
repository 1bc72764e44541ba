"""Sentences as people text them, and what each is to be understood as, one table an intent."""

from datetime import datetime
from typing import Any

import pytest

from conversations.understanding import ASK_BELOW, Context, Intent, understand

NOW = datetime(2026, 11, 19, 10)  # noqa: DTZ001 - wall time
"""Thursday 19 November 2026, ten in the morning, as a clock on the wall shows it."""
CRENEAUX = ("lun 30 nov 9h15", "mar 1 déc 14h", "ven 4 déc 10h45", "ven 4 déc 16h")
MOTIFS = ("Consultation jeune enfant", "Vaccination", "Assistante sociale", "Aide aux démarches", "Autre")
LIEUX = ("MDS Gambetta, 8 rue Gambetta", "MDS Lamartine, 2 place de la Gare", "Antenne de Carvin")
ENFANTS = ("Youssef", "Maëlys", "Un autre enfant")
SHOWN = {
    Context.CHOOSING_SLOT: CRENEAUX,
    Context.CHOOSING_MOTIF: MOTIFS,
    Context.CHOOSING_LIEU: LIEUX,
    Context.CHOOSING_CHILD: ENFANTS,
}

Row = tuple[str, str, dict[str, Any]]


def read(text: str, context: str) -> tuple[str, dict[str, Any]]:
    meaning = understand(text, Context(context), SHOWN.get(Context(context), ()), now=NOW)
    return meaning.intent.value, meaning.slots


def assert_understood(rows: list[Row], intent: Intent) -> None:
    """Every row is understood as the intent, with at least the slots written; all that are not are shown at once."""
    misread = []
    for context, text, slots in rows:
        got, found = read(text, context)
        if got != intent or any(found.get(name) != value for name, value in slots.items()):
            misread.append((context, text, got, found))
    assert not misread, "\n".join(map(str, misread))


def test_an_rdv_is_asked_for() -> None:
    assert_understood(
        [
            ("idle", "bjr jaurai besoin dun rdv avc la sage femme svp", {"motif": "sage_femme"}),
            ("idle", "c possible de voir l'assistante sociale cette semaine ?", {"motif": "assistante_sociale"}),
            ("idle", "rdv vaccins 12 mois pr ma puce", {"motif": "pmi_vaccin", "for_whom": "child", "age_months": 12}),
            ("idle", "Bonsoir, auriez-vous une place mardi matin pour une pesée ?",
             {"motif": "pmi_pesee", "when": [{"date": "2026-11-24", "daypart": "matin"}]}),
            ("idle", "je voudré prendre rendé vous", {}),
            ("idle", "ma mere a 84 ans elle a besoin d'une aide a domicile", {"motif": "apa", "for_whom": "other"}),
            ("idle", "comment avoir un rdv pour le rsa", {"motif": "rsa"}),
            ("idle", "il me faudrait un creneau le plus vite possible", {"when": [{"asap": True}]}),
            ("idle", "je peux plus payer mon loyer besoin d'aide", {"motif": "logement"}),
            ("idle", "good morning i need an appointment for my baby", {"for_whom": "child", "lang": "en"}),
        ],
        Intent.BOOK,
    )  # fmt: skip


def test_a_line_is_chosen() -> None:
    assert_understood(
        [
            ("choosing_slot", "la 3 stp", {"option": 3}),
            ("choosing_slot", "ok pour le 2", {"option": 2}),
            ("choosing_slot", "lundi c'est parfait", {"option": 1}),
            ("choosing_slot", "vendredi a 16h", {"option": 4}),
            ("choosing_slot", "mardi 1er", {"option": 2}),
            ("choosing_slot", "le 30 novembre svp", {"option": 1}),
            ("choosing_slot", "10h45", {"option": 3}),
            ("choosing_slot", "vendredi", {"options": [3, 4]}),
            ("choosing_slot", "le premier", {"ambiguous": True}),
            ("choosing_slot", "peu importe", {"any": True}),
            ("choosing_slot", "9", {"option": 9, "invalid": True}),
            ("choosing_motif", "vacination", {"option": 2}),
            ("choosing_motif", "quatre", {"option": 4}),
            ("choosing_motif", "c pour remplir des papiers sur internet", {"option": 4}),
            ("choosing_motif", "voir une assistante", {"option": 3}),
            ("choosing_lieu", "gambeta", {"option": 1}),
            ("choosing_lieu", "a carvin", {"option": 3}),
            ("choosing_lieu", "place de la gare", {"option": 2}),
            ("choosing_child", "mon fils yousef", {"option": 1}),
            ("choosing_child", "maelis", {"option": 2}),
            ("choosing_child", "2", {"option": 2}),
        ],
        Intent.PICK_OPTION,
    )


def test_none_of_the_lines_suits() -> None:
    assert_understood(
        [
            ("choosing_slot", "rien ne me va", {}),
            ("choosing_slot", "vous auriez d'autres dates ?", {}),
            ("choosing_slot", "y'a rien plus tôt ?", {"when": [{"earlier": True}]}),
            ("choosing_slot", "aucune de ces dates", {}),
            ("choosing_lieu", "aucun, c'est trop loin", {}),
        ],
        Intent.NONE_OF_THESE,
    )


def test_days_that_suit_and_days_that_do_not_are_given() -> None:
    assert_understood(
        [
            ("choosing_slot", "plutot en fin de journee apres 18h", {}),
            ("choosing_slot", "jpeu pas le mercredi", {"not": [{"weekday": "mercredi"}]}),
            ("choosing_slot", "la semaine du 7 decembre", {"when": [{"from": "2026-12-07", "to": "2026-12-13"}]}),
            ("choosing_slot", "jeudi 10 decembre a 9h ?", {"when": [{"date": "2026-12-10", "time": "09:00"}]}),
            ("choosing_slot", "avant 11h svp", {"when": [{"before": "11:00"}]}),
            ("idle", "je suis libre le lundi et le jeudi", {}),
        ],
        Intent.GIVE_AVAILABILITY,
    )


def test_a_yes_is_a_yes_to_what_was_asked() -> None:
    assert_understood(
        [
            ("confirming", "ouep", {}),
            ("confirming", "nickel merci", {}),
            ("confirming", "c parfait", {}),
            ("confirming", "ok pas de souci", {}),
            ("confirming", "oui c bon pr moi", {}),
            ("confirming", "✅", {}),
            ("confirming", "oui surtout n'annulez pas", {}),
            ("accepting_instructions", "c'est noté merci", {}),
            ("accepting_instructions", "j'ai bien lu ok", {}),
            ("reminder_sent", "je serai la demain merci", {}),
            ("reminder_sent", "oui on sera là", {}),
            ("waitlist_offer", "oui je la prends !", {}),
        ],
        Intent.CONFIRM,
    )


def test_a_no_is_a_no_to_what_was_asked() -> None:
    assert_understood(
        [
            ("confirming", "nan c pas bon", {}),
            ("confirming", "non merci", {}),
            ("confirming", "finalement nn", {}),
            ("accepting_instructions", "pas d'accord", {}),
            ("waitlist_offer", "non ca ira merci", {}),
            ("waitlist_offer", "je ne suis pas dispo", {}),
        ],
        Intent.DENY,
    )


def test_an_rdv_is_given_up() -> None:
    assert_understood(
        [
            ("reminder_sent", "slt jpourai pa venir dsl", {}),
            ("reminder_sent", "annulez svp", {}),
            ("reminder_sent", "ma fille a de la fièvre on ne viendra pas", {}),
            ("reminder_sent", "je ne peux pas me libérer demain", {}),
            ("idle", "je souhaite annuler mon rendez-vous de lundi", {"when": [{"date": "2026-11-23"}]}),
            ("idle", "jannule mon rdv du 3 decembre", {"when": [{"date": "2026-12-03"}]}),
            ("idle", "please cancel my appointment i cant come", {"lang": "en"}),
        ],
        Intent.CANCEL,
    )


def test_an_rdv_is_moved() -> None:
    assert_understood(
        [
            ("reminder_sent", "je peux décaler ?", {}),
            ("reminder_sent", "possible de reporter à vendredi 27", {"when": [{"date": "2026-11-27"}]}),
            ("reminder_sent", "autre", {}),
            ("idle", "jaimerai changer la date de mon rdv", {}),
            ("idle", "repousser de deux semaines c possible?", {"shift_days": 14}),
        ],
        Intent.RESCHEDULE,
    )


def test_somebody_is_late_on_the_way_or_there() -> None:
    assert_understood(
        [
            ("reminder_sent", "jaurai 15 min de retard", {"status": "late", "minutes": 15}),
            ("reminder_sent", "je suis en chemin", {"status": "on_the_way"}),
            ("reminder_sent", "on est arrivés", {"status": "arrived"}),
            ("idle", "je vais etre en retard d'une demi heure", {"status": "late", "minutes": 30}),
        ],
        Intent.PRESENCE,
    )


@pytest.mark.parametrize(
    ("context", "text", "intent"),
    [
        ("reminder_sent", "vous etes situés ou exactement", Intent.ASK_ADDRESS),
        ("idle", "ya un parking ?", Intent.ASK_ADDRESS),
        ("confirming", "c'est à quelle adresse ?", Intent.ASK_ADDRESS),
        ("idle", "vous fermez a quelle heure le soir", Intent.ASK_HOURS),
        ("idle", "c ouvert le samedi ?", Intent.ASK_HOURS),
        ("reminder_sent", "je dois prendre quoi comme papier", Intent.ASK_BRING),
        ("accepting_instructions", "c gratuit ?", Intent.ASK_BRING),
        ("idle", "faut il le carnet de sante", Intent.ASK_BRING),
        ("idle", "jai rdv quel jour deja", Intent.ASK_APPOINTMENT),
        ("reminder_sent", "c'est toujours bon pour demain 9h ?", Intent.ASK_APPOINTMENT),
        ("idle", "vous avez bien enregistré mon rdv ?", Intent.ASK_APPOINTMENT),
    ],
)
def test_a_question_is_told_from_an_answer(context: str, text: str, intent: Intent) -> None:
    assert read(text, context)[0] == intent


def test_somebody_wants_a_person() -> None:
    assert_understood(
        [
            ("idle", "je veux parler a une vraie personne", {}),
            ("choosing_motif", "appelez moi au 06 39 98 45 67", {"phone": "+33639984567"}),
            ("idle", "est ce que qqn peut me rappeler", {}),
        ],
        Intent.HUMAN,
    )


@pytest.mark.parametrize(
    ("context", "text", "intent"),
    [
        ("choosing_motif", "jcomprend rien", Intent.HELP),
        ("idle", "comment ca marche ?", Intent.HELP),
        ("idle", "Bonjour !", Intent.GREETING),
        ("idle", "slt ca va", Intent.GREETING),
        ("idle", "merci bcp bonne soirée", Intent.THANKS),
        ("idle", "au revoir", Intent.THANKS),
        ("idle", "stop sms", Intent.STOP),
        ("idle", "arretez de m'envoyer des messages", Intent.STOP),
        ("confirming", "on recommence", Intent.RESTART),
        ("choosing_slot", "retour au menu", Intent.RESTART),
        ("idle", "vous avez le mauvais numéro", Intent.WRONG_NUMBER),
        ("reminder_sent", "je ne suis pas cette personne", Intent.WRONG_NUMBER),
        ("idle", "bande d'incapables", Intent.INSULT),
        ("idle", "do you speak english", Intent.LANGUAGE),
        ("idle", "besoin d'un interprete en turc", Intent.LANGUAGE),
    ],
)
def test_talk_is_recognised(context: str, text: str, intent: Intent) -> None:
    assert read(text, context)[0] == intent


def test_somebody_asks_about_their_data() -> None:
    assert_understood(
        [
            ("idle", "qui m'écrit ?", {"request": "who"}),
            ("idle", "veuillez effacer toutes mes données personnelles", {"request": "delete"}),
            ("entering_birthdate", "pourquoi ma date de naissance", {"request": "why"}),
        ],
        Intent.PRIVACY,
    )


def test_lists_and_ateliers_are_joined() -> None:
    assert_understood(
        [
            ("idle", "prévenez moi si une place se libère", {"action": "join"}),
            ("idle", "je veux sortir de la liste d'attente", {"action": "leave"}),
        ],
        Intent.WAITLIST,
    )
    assert_understood([("idle", "je voudrai m'inscrire a l'atelier portage", {"workshop": "portage"})], Intent.WORKSHOP)


def test_a_name_is_a_name_whatever_it_sounds_like() -> None:
    assert_understood(
        [
            ("entering_name", "Marie Dimanche", {"name": "Marie Dimanche"}),
            ("entering_name", "moi c'est Karim Stopini", {"name": "Karim Stopini"}),
            ("entering_name", "Ouida Non", {"name": "Ouida Non"}),
            ("entering_birthdate", "3/9/1988", {"birthdate": "1988-09-03"}),
            ("entering_birthdate", "née le 2 fevrier 2025", {"birthdate": "2025-02-02"}),
            ("entering_birthdate", "31/04/1990", {"invalid": True}),
            ("entering_birthdate", "elle a 8 mois", {"age_months": 8}),
            ("idle", "mon numero c'est le 0639985544", {"phone": "+33639985544"}),
        ],
        Intent.GIVE_IDENTITY,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mon mec ma frapper devant les petits", "domestic_violence"),
        ("jai envie de crever", "suicide"),
        ("je vais me foutre en l'air", "suicide"),
        ("jai avalé toute la boite de cachets", "suicide"),
        ("mon bébé respire plus", "medical"),
        ("elle fait une hémorragie", "medical"),
        ("le voisin tape sur ses enfants tous les soirs", "child_danger"),
        ("on nous a mis a la porte on dort dans la voiture", "shelter"),
        ("quelqu'un essaie d'entrer chez moi", "violence"),
        ("my boyfriend hit me again", "domestic_violence"),
        ("mi marido me pega", "domestic_violence"),
        ("kocam beni dövüyor", "domestic_violence"),
        ("rajli kaydrebni", "domestic_violence"),
        ("1 mais il menace de me tuer", "domestic_violence"),
    ],
)
@pytest.mark.parametrize("context", ["idle", "choosing_slot", "confirming", "entering_name"])
def test_danger_is_heard_before_anything_else(text: str, kind: str, context: str) -> None:
    intent, slots = read(text, context)
    assert (intent, slots["kind"]) == (Intent.EMERGENCY, kind)


@pytest.mark.parametrize(
    "text",
    [
        "je suis morte de fatigue", "ça me tue cette attente", "mdr je meurs", "un coup de fil svp",
        "j'ai peur de rater le rdv", "il a de la fièvre on peut venir ?", "la batterie de mon tel est morte",
        "urgent rdv svp", "je me bats pour avoir un logement", "j'ai perdu mon carnet", "désolée pour la frappe",
        "mon fils tape sur le clavier",
    ],
)  # fmt: skip
def test_everyday_words_are_no_danger(text: str) -> None:
    assert read(text, "idle")[0] != Intent.EMERGENCY


@pytest.mark.parametrize("text", ["blorg", "42", "...", "kfjdh sdf", "oui", "👀", "lol"])
def test_nothing_is_guessed_out_of_nothing(text: str) -> None:
    intent, _ = read(text, "idle")
    assert intent not in (Intent.BOOK, Intent.CANCEL, Intent.STOP, Intent.PICK_OPTION)


def test_what_is_not_understood_is_known_not_to_be() -> None:
    assert understand("blorg zut", Context.CHOOSING_MOTIF, MOTIFS, now=NOW).confidence < ASK_BELOW


MORE: dict[Intent, list[Row]] = {
    Intent.BOOK: [
        (
            "idle",
            "bonjour est ce qu'il reste de la place pour un vaccin samedi",
            {"motif": "pmi_vaccin", "when": [{"date": "2026-11-21"}]},
        ),
        ("idle", "je cherche un rdv pour une visite de puericultrice a la maison", {"motif": "pmi_pesee"}),
        ("idle", "cc jvoudrais un creneau lundi 7 decembre", {"when": [{"date": "2026-12-07"}]}),
        ("idle", "Rdv urgent svp bébé tousse", {"for_whom": "child"}),
        ("idle", "je voudrais plutot un rdv le soir", {"when": [{"daypart": "soir"}]}),
    ],
    Intent.ASK_HOURS: [
        ("idle", "quel sont les jours d'ouverture de la pmi", {}),
        ("idle", "svp l'heure d'ouverture demain", {}),
    ],
    Intent.CANCEL: [
        ("idle", "supprimer mon rendez vous de jeudi prochain", {"when": [{"date": "2026-11-26"}]}),
        ("idle", "je dois annuler", {}),
        ("idle", "finalement je n'ai plus besoin du rendez vous", {}),
        ("reminder_sent", "on ne pourra pas venir finalement", {}),
        ("reminder_sent", "je suis obligée d'annuler", {}),
    ],
    Intent.ASK_APPOINTMENT: [
        ("idle", "est-ce que mon rdv est bien enregistré", {}),
        ("idle", "jsai plus a quelle heure jai rdv", {}),
        ("reminder_sent", "c'est avec quel medecin", {}),
    ],
    Intent.ASK_ADDRESS: [
        ("idle", "vous pouvez me redonner l'adresse du centre", {}),
        ("idle", "comment je viens en voiture", {}),
        ("reminder_sent", "c'est au meme endroit que la derniere fois ?", {}),
    ],
    Intent.ASK_BRING: [
        ("idle", "quels justificatifs pour le logement", {}),
        ("reminder_sent", "il faut venir avec le petit ?", {}),
    ],
    Intent.HUMAN: [
        ("idle", "j'ai besoin d'un humain", {}),
        ("idle", "contactez moi par telephone svp", {}),
        ("idle", "je veux pas de robot", {}),
    ],
    Intent.STOP: [
        ("idle", "plus de messages svp", {}),
        ("idle", "je souhaite ne plus recevoir vos rappels", {}),
    ],
    Intent.WRONG_NUMBER: [
        ("idle", "vous n'avez pas le bon numéro", {}),
        ("idle", "c'est une erreur je ne suis pas mme lopez", {}),
    ],
    Intent.PRIVACY: [
        ("idle", "qui me parle", {"request": "who"}),
        ("idle", "quelles données vous gardez sur moi", {"request": "access"}),
        ("idle", "mon nom est mal écrit", {"request": "rectify"}),
    ],
    Intent.LANGUAGE: [
        ("idle", "je parle anglais", {"lang": "en"}),
        ("idle", "vous avez un interprete ukrainien", {"lang": "uk"}),
    ],
    Intent.WAITLIST: [
        ("idle", "mettez moi sur liste d'attente pour la pmi", {"action": "join", "motif": "pmi_suivi"}),
    ],
    Intent.WORKSHOP: [
        ("idle", "c'est quand le prochain atelier massage", {"workshop": "massage"}),
        ("idle", "je me desinscris du cours de francais", {"workshop": "francais"}),
    ],
    Intent.INSULT: [
        ("idle", "espece de con", {}),
    ],
    Intent.HELP: [
        ("idle", "j'ai rien compris a votre message", {}),
    ],
    Intent.GREETING: [
        ("idle", "bjr", {}),
    ],
    Intent.THANKS: [
        ("idle", "mrc bcp", {}),
    ],
    Intent.RESTART: [
        ("idle", "menu principal", {}),
    ],
    Intent.CONFIRM: [
        ("reminder_sent", "oui c'est bon pour demain", {}),
        ("reminder_sent", "je serais là sans faute", {}),
        ("confirming", "c ok", {}),
        ("confirming", "oui volontiers", {}),
        ("accepting_instructions", "ok j'ai compris", {}),
        ("waitlist_offer", "oui ca m'interesse", {}),
    ],
    Intent.RESCHEDULE: [
        ("reminder_sent", "pouvez vous le mettre a mardi", {"when": [{"date": "2026-11-24"}]}),
        ("reminder_sent", "je voudrais changer d'horaire svp", {}),
    ],
    Intent.PRESENCE: [
        ("reminder_sent", "je vais arriver avec 15min de retard", {"status": "late", "minutes": 15}),
        ("reminder_sent", "je suis en bas", {"status": "arrived"}),
        ("reminder_sent", "on est en route", {"status": "on_the_way"}),
    ],
    Intent.DENY: [
        ("waitlist_offer", "non c trop tot", {}),
    ],
    Intent.GIVE_IDENTITY: [
        ("entering_name", "c'est Inès Benali", {"name": "Inès Benali"}),
        ("entering_name", "prenom Tom nom Durand", {"first_name": "Tom", "last_name": "Durand"}),
        ("entering_birthdate", "il est né le 3 janvier 2023", {"birthdate": "2023-01-03"}),
        ("entering_birthdate", "05 06 2019", {"birthdate": "2019-06-05"}),
        ("entering_birthdate", "18 mois", {"age_months": 18}),
    ],
    Intent.EMERGENCY: [
        ("idle", "il m'a poussée dans les escaliers", {"kind": "domestic_violence"}),
        ("idle", "jai plus la force de continuer", {"kind": "suicide"}),
        ("idle", "mon mari me bat", {"kind": "domestic_violence"}),
        ("idle", "je veux me suicider", {"kind": "suicide"}),
        ("idle", "ma petite soeur est maltraitée", {"kind": "child_danger"}),
        ("idle", "il a fait une crise d'epilepsie", {"kind": "medical"}),
        ("idle", "nous sommes a la rue avec un bébé", {"kind": "shelter"}),
        ("idle", "on m'a volé mon sac et frappé", {"kind": "violence"}),
        ("idle", "je me sens pas en sécurité chez moi", {"kind": "domestic_violence"}),
    ],
}


@pytest.mark.parametrize("intent", MORE)
def test_the_same_is_understood_in_other_words(intent: Intent) -> None:
    assert_understood(MORE[intent], intent)
