"""From the text of a message to what it means: the tables read like the language."""

from dataclasses import replace
from datetime import date, time
from time import thread_time
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.souhait import Souhait
from conversations.understanding import Heard, Word
from conversations.understanding.dates import read_souhait
from conversations.understanding.identity import Identity, read_child, read_identities, read_identity, read_sender
from conversations.understanding.intents import asks_mine, gives_up, is_thanks, wants_rdv
from conversations.understanding.numbers import line_number
from conversations.understanding.options import pick
from conversations.understanding.spelling import plain
from conversations.understanding.words import word_anywhere
from conversations.understanding.yes_no import yes_or_no
from tests import worlds

NOW = worlds.NOW.replace(tzinfo=None)
"""Friday 20 November 2026, ten in the morning, as a clock on the wall shows it."""
TODAY = NOW.date()

# Spelling


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ÉTÉ", "ete"),
        ("e\u0301te\u0301", "ete"),
        ("oui\u200b", "oui"),
        ("D’accord", "d'accord"),
        ("ouiiiii", "oui"),
        ("créée", "creee"),
        ("cœur", "coeur"),
        ("  deux\n lignes ", "deux lignes"),
        ("👍🏽", "pouce"),
        ("２ ٣ ५", "2 3 5"),
    ],
)
def test_whatever_the_keyboard_a_text_has_one_plain_form(typed: str, form: str) -> None:
    assert plain(typed) == form


# Numbers


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("1", 1),
        ("2.", 2),
        ("(3)", 3),
        ("2️⃣", 2),
        ("3⃣", 3),
        ("２", 2),
        ("②", 2),
        ("²", 2),
        ("٣", 3),
        ("५", 5),
        ("12", 12),
        ("deux", 2),
        ("le 2", 2),
        ("le un", 1),
        ("n°2", 2),
        ("numéro 3", 3),
        ("#2", 2),
        ("option deux", 2),
        ("choix n°1", 1),
        ("1er", 1),
        ("la 1ère", 1),
        ("2ème", 2),
        ("le deuxième", 2),
        ("la seconde", 2),
        ("le troisième svp", 3),
        ("je prends le 2", 2),
        ("plutôt le 3 s'il vous plaît", 3),
        ("ok 2 merci", 2),
    ],
)
def test_a_line_is_pointed_at_by_a_digit_a_word_or_a_rank(said: str, line: int) -> None:
    assert line_number(said) == line


@pytest.mark.parametrize(
    "said",
    [
        "2 enfants", "j'ai deux enfants", "10h", "10:30", "26 nov", "le 2 décembre", "2/12", "1 ou 2", "1 et 2", "1-2",
        "½", "100", "06 12 34 56 78", "0612345678", "2 rue Haute", "un rdv", "une place", "le dernier", "oui", "",
    ],
)  # fmt: skip
def test_a_quantity_an_hour_or_a_date_is_no_line_number(said: str) -> None:
    assert line_number(said) is None


@pytest.mark.parametrize(
    ("said", "chosen"),
    [("arras est", 1), ("Est", None), ("où c'est", None), ("arras ouest", 0), ("c'est", None), ("le premier", 0)],
)
def test_a_side_of_a_town_is_told_from_a_verb(said: str, chosen: int | None) -> None:
    assert pick(said, ("MDS Arras Ouest", "MDS Arras Est")) == chosen


@pytest.mark.parametrize(
    ("said", "places"),
    [("mdph", (0, 1)), ("dossier", (0, 1)), ("logement", ()), ("enfant", ()), ("bonjour", ())],
)
def test_several_options_share_what_is_said_of_them(said: str, places: tuple[int, ...]) -> None:
    options = ("Dossier MDPH adulte", "Dossier MDPH enfant", "Aide au logement")
    assert Heard(said, NOW).several(options) == places


@pytest.mark.parametrize("said", ["le plus tôt possible", "au plus vite svp", "maintenant", "dès que possible", "asap"])
def test_the_soonest_hour_is_asked_for_without_a_day(said: str) -> None:
    assert Heard(said, NOW).wants_soonest


@pytest.mark.parametrize("said", ["plus tôt", "jeudi le plus tôt possible", "plus tard", "matin", "urgent"])
def test_another_wish_is_not_for_the_soonest_hour(said: str) -> None:
    assert not Heard(said, NOW).wants_soonest


@pytest.mark.parametrize("said", ["vous vous trompez de personne", "mauvais numéro", "wrong person"])
def test_the_wrong_person_says_so_whatever_was_asked(said: str) -> None:
    assert Heard(said, NOW).is_wrong_number


def test_who_answers_that_it_is_not_for_them_is_not_the_wrong_person() -> None:
    assert not Heard("c'est pas moi", NOW).is_wrong_number


@pytest.mark.parametrize(
    "said",
    ["vous gardez quoi sur moi ?", "quelles informations avez-vous sur moi", "what do you keep about me", "my data"],
)
def test_what_is_kept_of_somebody_is_asked_for_in_many_words(said: str) -> None:
    heard = Heard(said, NOW)
    assert Word.MES_DONNEES in (heard.word, heard.meant)


@pytest.mark.parametrize(("said", "line"), [("the first", 1), ("The third please", 3), ("the second one", 2)])
def test_a_line_is_pointed_at_in_english(said: str, line: int) -> None:
    heard = Heard(said, NOW, lang="en")
    assert heard.number == line
    assert heard.identity.prenom is None


# Yes and no


@pytest.mark.parametrize(
    "said",
    [
        "oui", "Oui !", "OUI.", "ÔUI", "oui\u200b", "ouiiii", "ouais", "wi", "yes", "ok", "O.K.", "okay", "dac",
        "D'accord", "d’accord", "✅", "✔️", "👌", "👍", "👍🏽", "oui 👍", "OUI merci", "oui svp",
        "oui oui", "oui bonjour", "bonjour oui",
        "merci, oui", "c'est bon", "c bon", "c'est bon pour moi", "ça marche", "sa marche", "ça me va", "je confirme",
        "oui j'ai lu", "bien compris", "bien sûr", "bien sur que oui", "parfait merci", "c'est noté", "pas de souci",
        "ok pas de souci", "oui pas de problème", "pas de problème c'est bon", "je viens", "on sera là", "vas-y",
        "allez-y", "c'est oui", "oui c'est moi",
    ],
)  # fmt: skip
def test_a_yes_is_heard_however_it_is_texted(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize(
    "said",
    [
        "non", "Non.", "NON!!", "nooon", "nn", "nan", "nope", "non merci", "merci non", "non pas mardi",
        "non finalement", "finalement non", "pas du tout", "surtout pas", "pas d'accord", "c'est pas bon",
        "je ne veux pas", "c'est non", "non garde-le", "non oui",
    ],
)  # fmt: skip
def test_a_no_is_heard_however_it_is_texted(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize(
    "said",
    [
        "oui annulez pas svp", "oui annule", "oui mais", "oui mais plutôt jeudi", "oui sauf mardi", "oui et non",
        "oui sinon tant pis", "oui j'arrive pas à venir", "pas de souci mais un autre jour", "pas ok", "je viens pas",
        "peut-être", "je sais pas", "bof", "👎", "🙂", "1", "jeudi", "merci", "bonjour", "",
        "oui alors voilà je voulais vous demander si on pouvait venir tous les deux",
    ],
)  # fmt: skip
def test_anything_less_clear_is_neither_a_yes_nor_a_no(said: str) -> None:
    assert yes_or_no(said) is None


# Options

MOTIFS = ("Consultation PMI", "Puéricultrice à domicile", "Assistante sociale", "Conseil budget")
LIEUX = ("MDS Arras Sud", "MDS Arras Nord", "MDS Lens")
ENFANTS = ("Léa", "Noé", "un autre une autre")


@pytest.mark.parametrize(
    ("said", "options", "meant"),
    [
        ("4", MOTIFS, "Conseil budget"),
        ("la 3", MOTIFS, "Assistante sociale"),
        ("pmi", MOTIFS, "Consultation PMI"),
        ("consultasion", MOTIFS, "Consultation PMI"),
        ("la pmi svp", MOTIFS, "Consultation PMI"),
        ("puericultrisse", MOTIFS, "Puéricultrice à domicile"),
        ("chez moi à domicile", MOTIFS, "Puéricultrice à domicile"),
        ("un rdv avec l'asistante social", MOTIFS, "Assistante sociale"),
        ("consel", MOTIFS, "Conseil budget"),
        ("sud", LIEUX, "MDS Arras Sud"),
        ("arras nord svp", LIEUX, "MDS Arras Nord"),
        ("à lens", LIEUX, "MDS Lens"),
        ("léa", ENFANTS, "Léa"),
        ("pour mon fils noé", ENFANTS, "Noé"),
        ("autre", ENFANTS, "un autre une autre"),
        ("un autre enfant", ENFANTS, "un autre une autre"),
    ],
)
def test_an_option_is_meant_by_its_number_or_its_words(said: str, options: tuple[str, ...], meant: str) -> None:
    chosen = pick(said, options)
    assert chosen is not None
    assert options[chosen] == meant


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("5", MOTIFS), ("0", MOTIFS), ("pmi ou budget", MOTIFS), ("cons", MOTIFS), ("rdv", MOTIFS), ("", MOTIFS),
        ("vaccin", MOTIFS), ("arras", LIEUX), ("mds", LIEUX), ("sud ou nord", LIEUX), ("léa et noé", ENFANTS),
        ("théo", ENFANTS), ("2", ()), ("pmi", ()),
    ],
)  # fmt: skip
def test_what_fits_several_options_or_none_chooses_none(said: str, options: tuple[str, ...]) -> None:
    assert pick(said, options) is None


# The words that work anywhere


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("RDV", Word.RDV),
        ("rdv svp", Word.RDV),
        ("rendez-vous", Word.RDV),
        ("menu", Word.RDV),
        ("reprendre", Word.RDV),
        ("/rdv", Word.RDV),
        ("retour", Word.RETOUR),
        ("RETOURR", Word.RETOUR),
        ("suite", Word.SUITE),
        ("la suite stp", Word.SUITE),
        ("suivant", Word.SUITE),
        ("autres dates", Word.SUITE),
        ("relire", Word.RELIRE),
        ("mes rdv", Word.MES_RDV),
        ("Mes rendez-vous", Word.MES_RDV),
        ("mes rendez vous s'il vous plaît", Word.MES_RDV),
        ("annuler", Word.ANNULER),
        ("Anuler", Word.ANNULER),
        ("annulez svp", Word.ANNULER),
        ("annuler mon rdv", Word.ANNULER),
        ("aide", Word.AIDE),
        ("?", Word.AIDE),
        ("aidez-moi", Word.AIDE),
        ("un agent svp", Word.AIDE),
        ("English", Word.LANGUE),
        ("STOP", Word.STOP),
        ("Stop.", Word.STOP),
        ("stop svp", Word.STOP),
        ("ARRÊT", Word.STOP),
        ("START", Word.START),
        ("delete", Word.SUPPRIMER),
    ],
)
def test_a_word_works_anywhere_when_it_is_the_whole_message(said: str, word: Word) -> None:
    assert word_anywhere(said) is word


@pytest.mark.parametrize(
    "said",
    [
        "stp", "svp", "stpo", "sto", "stopp", "top", "star", "stat", "je veux pas stopper", "stop rdv jeudi",
        "rdv pmi", "annuler le rdv de jeudi", "oui annulez pas svp", "n'annulez pas", "tout de suite", "autrement",
        "argent", "un argent de poche", "aider", "relier", "retard", "venir", "merci", "bonjour", "oui", "", "😡",
    ],
)  # fmt: skip
def test_a_word_within_a_sentence_or_merely_like_it_is_an_ordinary_word(said: str) -> None:
    assert word_anywhere(said) is None


# Names and birth dates

MARS_2025 = date(2025, 3, 14)


@pytest.mark.parametrize(
    ("said", "prenom", "nom", "naissance"),
    [
        ("Léa Martin 14/03/2025", "Léa", "Martin", MARS_2025),
        ("lea martin née le 14 mars 2025", "Lea", "Martin", MARS_2025),
        ("LÉA MARTIN 14.03.2025", "Léa", "Martin", MARS_2025),
        ("MARTIN Léa 14-03-2025", "Léa", "Martin", MARS_2025),
        ("Léa MARTIN, 14 / 03 / 2025", "Léa", "Martin", MARS_2025),
        ("BEN ALI Ahmed Amine 14032025", "Ahmed Amine", "Ben Ali", MARS_2025),
        ("léa martin 140325", "Léa", "Martin", MARS_2025),
        ("Léa Martin 14/03/25", "Léa", "Martin", MARS_2025),
        ("Léa Martin 14/3/98", "Léa", "Martin", date(1998, 3, 14)),
        ("14/03/2025 Léa Martin", "Léa", "Martin", MARS_2025),
        ("Léa Martin (14/03/2025)", "Léa", "Martin", MARS_2025),
        ("Léa Martin:14.03.25", "Léa", "Martin", MARS_2025),
        ("Léa Martin ١٤/٠٣/٢٠٢٥", "Léa", "Martin", MARS_2025),
        ("prénom : Léa nom : Martin né le : 14/03/2025", "Léa", "Martin", MARS_2025),
        ("Nom : Martin\nPrénom : Léa\nNée le 14/03/2025", "Léa", "Martin", MARS_2025),
        ("c'est ma fille Léa Martin née le 14/03/2025", "Léa", "Martin", MARS_2025),
        ("Il s'appelle Théo Le Roux, il est né le 5 août 2022", "Théo", "Le Roux", date(2022, 8, 5)),
        ("Mai Nguyen 3 mai 2024", "Mai", "Nguyen", date(2024, 5, 3)),
        ("1er avril 2025 Jules Robin", "Jules", "Robin", date(2025, 4, 1)),
        ("Bébé Martin 20/11/2026", "Bébé", "Martin", TODAY),
        ("bonjour c'est Marie Martin", "Marie", "Martin", None),
        ("oui, Marie Martin svp", "Marie", "Martin", None),
        ("Marie Martin 06 39 98 00 01", "Marie", "Martin", None),
        ("Marie Martin 0639980001", "Marie", "Martin", None),
        ("Léa Martin, 3 ans", "Léa", "Martin", None),
        ("Léa Martin née le 14 août", "Léa", "Martin", None),
        ("Ana Oui", "Ana", "Oui", None),
        ("marie martin sa maman", "Marie", "Martin", None),
        ("moi c'est sa grand mère Odile Petit", "Odile", "Petit", None),
        ("la mère de Léa, Marie Martin", "Marie", "Martin", None),
        ("Tom Roche nés le 1er février 2025", "Tom", "Roche", date(2025, 2, 1)),
        ("jean-pierre l'hermite", "Jean-Pierre", "L'Hermite", None),
        ("O’Brien-Petit Zoé-Lou", "O’Brien-Petit", "Zoé-Lou", None),
        ("LE GOFF Yann", "Yann", "Le Goff", None),
        ("Tom De La Tour", "Tom", "De La Tour", None),
        ("Nguyễn Thị Hoa", "Nguyễn", "Thị Hoa", None),
        ("Олена Шевченко", "Олена", "Шевченко", None),
        ("Mme Haddad", "Haddad", None, None),
        ("léo", "Léo", None, None),
        ("née le 1er janvier 2024", None, None, date(2024, 1, 1)),
    ],
)
def test_somebody_is_read_from_one_line(said: str, prenom: str | None, nom: str | None, naissance: date | None) -> None:
    assert read_identity(said, TODAY) == Identity(prenom, nom, naissance)


@pytest.mark.parametrize(
    "said", ["31/02/2025", "14/13/2025", "00/00/2025", "29/02/2023", "21/11/2026", "14/03/2030", "01/01/1850"]
)
def test_a_birth_date_that_cannot_be_is_told_from_a_missing_one(said: str) -> None:
    assert read_identity(f"Léa Martin {said}", TODAY) == Identity("Léa", "Martin", None, impossible=True)


@pytest.mark.parametrize(
    "said",
    ["oui", "ok", "non", "2", "???", "👶", "36 ans", "bonjour", "je ne sais pas", "pourquoi il vous faut mon nom",
     "je préfère pas donner mon nom", "la mienne, ou celle de la petite ?", "je suis la maman"],
)  # fmt: skip
def test_talk_names_nobody(said: str) -> None:
    assert read_identity(said, TODAY) == Identity(None, None, None)


TOM, ZOE = Identity("Tom", "Roche", date(2025, 2, 1)), Identity("Zoé", "Roche", date(2025, 2, 1))


@pytest.mark.parametrize(
    ("said", "several"),
    [
        ("Tom et Zoé Roche nés le 1er février 2025", (TOM, ZOE)),
        ("Tom Roche 1/2/2025 & Zoé Roche 1/2/2025", (TOM, ZOE)),
        ("Tom Roche 1/2/2025\nZoé Roche 1/2/2025", (TOM, ZOE)),
        ("Tom et Zoé Roche", (replace(TOM, naissance=None), replace(ZOE, naissance=None))),
        ("Tom Roche et Zoé Roche née le 1/2/2025", (replace(TOM, naissance=None), ZOE)),
        ("Tom Roche et il est né le 1/2/2025", (TOM,)),
        ("Tom\nRoche\n1/2/2025", (TOM,)),
    ],
)
def test_several_children_are_read_from_one_answer(said: str, several: tuple[Identity, ...]) -> None:
    assert read_identities(said, TODAY) == several


@pytest.mark.parametrize(
    ("said", "sender", "child"),
    [
        ("je suis Marie Martin, rdv pour ma fille Léa Martin née le 14/03/2025 jeudi", "Marie Martin", "Léa Martin"),
        ("rdv pmi pour lea martin 14/03/2025", None, "Lea Martin"),
        ("moi c'est Marie MARTIN", "Marie Martin", None),
        ("je suis très fatiguée", None, None),
        ("JE SUIS TRES FATIGUEE", None, None),
        ("rdv pour ma fille née le 14/03/2025", None, None),
        ("rdv pour lundi 23/11/2026", None, None),
        ("rdv pour Paul Martin né le 14/03/1980", None, None),
    ],
)
def test_who_writes_and_for_whom_are_read_in_a_sentence(said: str, sender: str | None, child: str | None) -> None:
    found = read_sender(said, TODAY), read_child(said, TODAY)
    assert tuple(one and f"{one.prenom} {one.nom}" for one in found) == (sender, child)


@pytest.mark.parametrize(
    ("said", "is_answer"),
    [("c bon", True), ("ouii", True), ("merci beaucoup", True), ("non merci", True), ("ok c'est bon merci", True),
     ("Ana Oui", False), ("oui Marie Martin", False), ("14 mars 2025", False)],
)  # fmt: skip
def test_a_bare_answer_is_told_from_a_name(said: str, is_answer: bool) -> None:
    assert Heard(said, NOW).is_only_an_answer is is_answer


# Days and hours


ANY_HOUR = Souhait()
MATIN = Souhait(apres=time(4), avant=time(12))
APRES_MIDI = Souhait(apres=time(12), avant=time(19))


def day(month: int, number: int, year: int = 2026, hours: Souhait = ANY_HOUR) -> Souhait:
    """A wish for one day, at any hour or at some."""
    one = date(year, month, number)
    return replace(hours, premier=one, dernier=one)


def at(hour: int, minute: int = 0) -> Souhait:
    return Souhait(heure=time(hour, minute))


@pytest.mark.parametrize(
    ("said", "souhait"),
    [
        ("demain", day(11, 21)),
        ("dem1", day(11, 21)),
        ("2main matin", day(11, 21, hours=MATIN)),
        ("demain à 14h30", day(11, 21, hours=at(14, 30))),
        ("demain 14h", day(11, 21, hours=at(14))),
        ("après-demain", day(11, 22)),
        ("apres demain", day(11, 22)),
        ("aujourd'hui 15h", day(11, 20, hours=at(15))),
        ("ce soir", day(11, 20, hours=Souhait(apres=time(18)))),
        ("jeudi", day(11, 26)),
        ("pr lundi stp", day(11, 23)),
        ("vendredi", day(11, 27)),
        ("jeudi aprem", day(11, 26, hours=APRES_MIDI)),
        ("jeudi après-midi", day(11, 26, hours=APRES_MIDI)),
        ("mardi prochain 14h", day(11, 24, hours=at(14))),
        ("mardi 14h", day(11, 24, hours=at(14))),
        ("lundi en huit", day(11, 30)),
        ("jeudi de la semaine prochaine", day(11, 26)),
        ("jeudi 26 vers 16h ?", day(11, 26, hours=at(16))),
        ("mar 24 nov", day(11, 24)),
        ("lundi 23 novembre à 10h", day(11, 23, hours=at(10))),
        ("le 12", day(12, 12)),
        ("le 25 au matin", day(11, 25, hours=MATIN)),
        ("le 31", day(12, 31)),
        ("3/12 à 14h", day(12, 3, hours=at(14))),
        ("1er décembre", day(12, 1)),
        ("le 3 mars à 9h30", day(3, 3, 2027, hours=at(9, 30))),
        ("12/03", day(3, 12, 2027)),
        ("12/03/27", day(3, 12, 2027)),
        ("20/11", day(11, 20)),
        ("dans 15 jours", day(12, 5)),
        ("dans quinze jours", day(12, 5)),
        ("dans huit jours", day(11, 28)),
        ("dans 2 semaines", day(12, 4)),
        ("la semaine prochaine", Souhait(premier=date(2026, 11, 23), dernier=date(2026, 11, 29))),
        ("cette semaine", Souhait(premier=date(2026, 11, 20), dernier=date(2026, 11, 22))),
        ("sem pro", Souhait(premier=date(2026, 11, 23), dernier=date(2026, 11, 29))),
        ("le matin", MATIN),
        ("plutôt l'après-midi", APRES_MIDI),
        ("midi", Souhait(apres=time(12), avant=time(14))),
        ("9h", at(9)),
        ("à 15 h 30", at(15, 30)),
        ("9:30", at(9, 30)),
        ("8 heures", at(8)),
        ("après 17h", Souhait(apres=time(17))),
        ("à partir de 14h", Souhait(apres=time(14))),
        ("avant 10h", Souhait(avant=time(10))),
        ("pas lundi, mardi", day(11, 24)),
        ("je peux plus venir jeudi", day(11, 26)),
    ],
)
def test_a_wish_is_read_as_the_next_such_day(said: str, souhait: Souhait) -> None:
    assert read_souhait(said, NOW) == souhait


@pytest.mark.parametrize(
    "said",
    [
        "2", "le 2ème", "99", "le 99", "0612345678", "06 12 34 56 78", "oui", "stop", "2 enfants", "j'ai 3 ans",
        "67000 Strasbourg", "12 rue des Rosati", "24h", "25h", "10h75", "12:61", "31/02", "le 30 février", "1/13",
        "hier", "lundi dernier", "il y a 2 jours", "19/11/2026", "Léa Martin 14/03/2025", "26 novembre 2025",
        "pas lundi", "non pas le mardi", "sauf le mercredi", "n'importe quand", "plus tard", "un autre jour", "", "📅",
    ],
)  # fmt: skip
def test_what_names_no_day_to_come_is_no_wish(said: str) -> None:
    assert read_souhait(said, NOW) is None


def test_in_front_of_a_list_todays_name_may_mean_today() -> None:
    heard = Heard("vendredi 14h", NOW)
    assert heard.souhait == day(11, 27, hours=at(14))
    assert heard.souhait_today == day(11, 20, hours=at(14))


# Intents


@pytest.mark.parametrize(
    "said",
    [
        "je veux annuler", "j'annule", "annulez mon rdv svp", "il faut anuler", "supprimez mon rdv", "je me décommande",
        "on vient pas elle est malade", "je viens plus", "je ne viendrai pas", "je peux pas venir",
        "jpeux pas demain", "on pourra pas être là", "je ne pourrai pas", "j'ai un empêchement", "je suis empêchée",
        "je peux plus jeudi", "je n'irai pas", "j'y serai pas", "je serai absente", "je serai pas là lundi",
        "impossible de venir",
    ],
)  # fmt: skip
def test_giving_an_rdv_up_is_heard_in_plain_words(said: str) -> None:
    assert gives_up(said)


@pytest.mark.parametrize(
    "said",
    [
        "oui annulez pas svp", "n'annulez pas", "je n'annule pas", "surtout ne pas annuler", "pas besoin d'annuler",
        "je ne veux pas annuler", "annulez surtout pas", "j'ai un retard de règles", "je serai en retard", "je viens",
        "je voudrais venir plus tôt", "est-ce que je peux pas venir plus tôt", "je peux pas lire le message",
        "je ne peux plus marcher", "bonjour", "merci", "",
    ],
)  # fmt: skip
def test_what_only_sounds_like_giving_up_gives_nothing_up(said: str) -> None:
    assert not gives_up(said)


@pytest.mark.parametrize(
    "said",
    ["c'est quand mon rdv", "c quand ?", "quand est mon rdv", "mon rdv c'est à quelle heure", "j'ai rdv quand ?",
     "le rdv c'est quel jour"],
)  # fmt: skip
def test_somebody_asks_when_their_rdv_is(said: str) -> None:
    assert asks_mine(said)


@pytest.mark.parametrize("said", ["je voudrais un rdv", "bonjour", "jeudi", ""])
def test_asking_for_an_rdv_is_not_asking_when_it_is(said: str) -> None:
    assert not asks_mine(said)


@pytest.mark.parametrize(
    "said", ["bonjour", "bjr", "slt", "je voudrais un rendez-vous", "rdv?", "j'ai besoin de voir quelqu'un"]
)
def test_a_greeting_or_a_request_opens_without_surprise(said: str) -> None:
    assert wants_rdv(said)


@pytest.mark.parametrize(
    "said",
    ["merci", "Merci beaucoup !", "ok merci", "merciiii", "merci 🙏", "merci, bonne journée", "je vous remercie",
     "bonne soirée", "au revoir", "à bientôt"],
)  # fmt: skip
def test_thanks_and_goodbyes_ask_for_nothing(said: str) -> None:
    assert is_thanks(said)


@pytest.mark.parametrize("said", ["ok", "merci d'annuler", "merci mais non", "merci de me rappeler", "bonjour", ""])
def test_a_thank_you_that_asks_for_something_is_not_only_thanks(said: str) -> None:
    assert not is_thanks(said)


# Alarm


@pytest.mark.parametrize(
    "said",
    [
        "mon mari me frappe", "il m'a frappée hier", "mon ex me bat", "on me tape", "mon copain ma étranglé",
        "il frappe les enfants", "le papa a secoué le bébé", "ma fille est battue", "mon fils est en danger",
        "mon conjoint est violent", "j'ai peur de mon mari", "il a un couteau", "il va me tuer",
        "il menace de nous tuer", "j'ai été violée", "attouchements sur ma fille", "je veux mourir",
        "j'ai plus envie de vivre",
        "JE VAIS ME SUICIDER", "je vais me pendre", "j'ai avalé des médicaments", "mon bébé ne respire plus",
        "bébé respire très mal", "elle est inconsciente", "je saigne beaucoup", "au secours",
        "rdv pmi svp mon mari me frappe devant les enfants", "je veux en finir",
    ],
)  # fmt: skip
def test_words_of_danger_are_heard_anywhere_in_a_message(said: str) -> None:
    assert Heard(said, NOW).is_alarm


@pytest.mark.parametrize(
    "said",
    [
        "je suis morte de rire", "je suis mort de fatigue", "je vais mourir de chaud", "je me tue au travail",
        "ma fille me frappe à la porte", "désolé pour la faute de frappe", "la frappe est mauvaise",
        "12 rue des Violettes", "La Violette", "Violette Battu", "il me bat aux échecs", "un orage violent",
        "j'étais inconsciente du problème", "consultation budget", "je suis en retard", "aide", "aucun danger",
        "il faut en finir avec cette paperasse", "tapez 1", "il est malade", "elle a de la fièvre", "",
    ],
)  # fmt: skip
def test_everyday_words_raise_no_alarm(said: str) -> None:
    assert not Heard(said, NOW).is_alarm


# Whatever people send

ANY_TEXT = st.text(max_size=1600)
FRAGMENTS = (
    "le", "lundi", "mar", "31", "02", "9999", "0000", "99", "/", "h", ":", "dans", "ans", "semaines", "mois",
    "prochain", "en huit", "février", "apres", "demain", "né", "nom", "prénom", "'", "’", "-", "\u0301", "\u200b",
    "\ud800", "\x00", "٣", "²", "①", "İ", "ß", "👍", "1️⃣", "\n", "oui", "non", "pas", "stop", "?",
)  # fmt: skip
LIKE_FRENCH = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join)
SIGN = st.characters(exclude_categories=("L", "N", "M"), exclude_characters="👍✅✔☑👌").filter(
    lambda sign: not any(map(str.isalnum, normalize("NFKD", sign)))
)
"""A character that no letter or digit hides in: "㋀" is read as a 1."""
NOISE = st.text(SIGN, max_size=40)


def everything(heard: Heard) -> list[object]:
    """What every layer makes of a message."""
    layers = [name for name, layer in vars(Heard).items() if isinstance(layer, property)]
    return [*(getattr(heard, name) for name in layers), heard.pick(MOTIFS), heard.names(ENFANTS)]


@settings(max_examples=200, deadline=None)
@given(text=ANY_TEXT | LIKE_FRENCH)
def test_no_text_makes_a_layer_fail(text: str) -> None:
    assert everything(Heard(text, NOW))


@pytest.mark.parametrize("text", ["nom prénom " * 145, "3 " * 800, "oui " * 400, "n" * 1600, "le 12 mars " * 140])
def test_a_message_of_the_longest_size_is_read_at_once(text: str) -> None:
    before = thread_time()
    assert everything(Heard(text[:1600], NOW))
    assert thread_time() - before < 1


@settings(max_examples=200, deadline=None)
@given(text=LIKE_FRENCH)
def test_no_wish_is_in_the_past(text: str) -> None:
    souhait = read_souhait(text, NOW)
    assert souhait is None or souhait.premier is None or souhait.premier >= TODAY


@settings(max_examples=200, deadline=None)
@given(noise=NOISE)
def test_noise_says_nothing(noise: str) -> None:
    heard = Heard(noise, NOW)
    assert heard.yes_or_no is None
    assert heard.number is None
    assert heard.word in ({Word.AIDE} if noise.strip() == "?" else {None})
    assert not heard.is_alarm
