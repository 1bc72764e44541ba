"""Every sentence the bot says: whole in two SMS at worst, in words that everybody understands."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conversations
from booking.faits import Facts, Naissance
from booking.models import AvisKind, TypeMotif
from channels.gsm7 import ALPHABET, fit, segments
from conversations import family, news, notices
from conversations.langue import langue, named, spoken
from conversations.messages import Moment, Say, Value, say
from conversations.phrases import LONGEST, Phrases, catalogue, split
from conversations.understanding import Heard
from conversations.understanding.words import word_anywhere
from conversations.understanding.yes_no import yes_or_no
from tests.worlds import PARIS

FR, EN = Phrases("fr", PARIS), Phrases("en", PARIS)
PHRASES = {code: Phrases(code, PARIS) for code in spoken()}
CATALOGUE = catalogue("fr")
in_each_language = pytest.mark.parametrize("code", PHRASES)

# The worst that a phrase may be asked to carry

WHEN = datetime(2026, 9, 30, 15, 45, tzinfo=UTC)
"""mer 30 sept 17h45: no date takes more room."""
LIBELLE = "Consultation et bilan de santé"
"""Thirty characters, the most that a motif's name may have."""
PRENOM = "Marie-Antoinette-Françoise-Joséphine"
NOM_DE_LIEU = "Maison départementale des solidarités de Montreuil et du Boulonnais, site de la Côte d’Opale"
ADRESSE = (
    "Résidence Les Hortensias, bâtiment C, 137 ter avenue du Maréchal-de-Lattre-de-Tassigny, 62200 Boulogne-sur-Mer"
)
TELEPHONE = "03 21 00 00 00"
HORAIRES = "du lundi au vendredi de 8h30 à 12h15 et de 13h30 à 17h45, fermé le premier mercredi du mois"
DPO = "delegue-a-la-protection-des-donnees@departement-du-pas-de-calais.example"
LINE = say("change.ligne", prenom=PRENOM, libelle=LIBELLE, debut=Moment(WHEN))
WORST: dict[str, Value] = {
    "organisation": NOM_DE_LIEU,
    "lieu": NOM_DE_LIEU,
    "adresse": ADRESSE,
    "prenom": PRENOM,
    "telephone": TELEPHONE,
    "numero": "06 39 98 00 01",
    "code": "000000",
    "horaires": HORAIRES,
    "motif": LIBELLE,
    "libelle": LIBELLE,
    "duree": 480,
    "ou": say("book.telephone"),
    "debut": Moment(WHEN),
    "jour": Moment(WHEN, "jour"),
    "instructions": "Apportez le carnet de santé.",
    "texte": "Sonnez à l'interphone.",
    "indications": "Sonnez à l'interphone de la PMI, montez au 3e étage par l'escalier et attendez dans le couloir.",
    "contact": say("notice.contact", telephone=TELEPHONE),
    "personne": say("person.appelez", telephone=TELEPHONE, horaires=HORAIRES),
    "rdv": say("change.rdv", prenom=PRENOM, libelle=LIBELLE, debut=Moment(WHEN)),
    "liste": (LINE,) * 4,
    "combien": 4,
    "total": 12,
    "question": say("book.motif_again", options=(LIBELLE,) * 4),
    "quoi": say("notice.quoi_pour", libelle=LIBELLE, prenom=PRENOM),
    "endroit": say("notice.ou", lieu=NOM_DE_LIEU, adresse=ADRESSE),
    "agent": "Marie-Antoinette Deschamps-Vandenbroucke",
    "avant": Moment(WHEN),
    "ancien": Moment(WHEN),
    "garde": Moment(WHEN, "semaine_heure"),
    "limite": Moment(WHEN),
    "offres": " ".join(langue(code).offre for code in spoken()),
    "service": say("donnees.service", organisation=NOM_DE_LIEU, telephone=TELEPHONE),
    "dpo": DPO,
    "delegue": say("donnees.dpo", dpo=DPO),
    "heure": Moment(WHEN, "heure"),
    "un": PRENOM,
    "autre": PRENOM,
    "suite": family.each_at([(PRENOM, WHEN)] * family.MOST, discret=False),
    "rue": say("notice.ou_rue", adresse=ADRESSE),
}
CRENEAUX = (Moment(WHEN),) * 3
RDVS = (LINE,) * 4
MOTIFS = (LIBELLE,) * 4
LISTED: dict[str, tuple[Value, ...]] = {
    "book.ce_jour_rien": CRENEAUX,
    "book.creneau_seul_again": CRENEAUX[:1],
    "book.creneaux": CRENEAUX,
    "book.creneaux_again": CRENEAUX,
    "book.creneaux_jour": CRENEAUX,
    "book.creneaux_jour_sans_lieu": CRENEAUX,
    "book.creneaux_sans_lieu": CRENEAUX,
    "book.fratrie_creneaux": CRENEAUX,
    "book.fratrie_creneaux_jour": CRENEAUX,
    "book.fratrie_creneaux_jour_sans_lieu": CRENEAUX,
    "book.fratrie_creneaux_sans_lieu": CRENEAUX,
    "book.fratrie_ensuite": CRENEAUX,
    "book.fratrie_ensuite_discret": CRENEAUX,
    "book.organisation": (NOM_DE_LIEU,) * 4,
    "book.organisation_again": (NOM_DE_LIEU,) * 4,
    "book.organisation_suite": (NOM_DE_LIEU,) * 4,
    "book.pour_qui_encore": (PRENOM, PRENOM, PRENOM, say("book.autre_enfant")),
    "book.pour_qui_plusieurs": (PRENOM, PRENOM, PRENOM, say("book.autre_enfant")),
    "book.lieu": (NOM_DE_LIEU,) * 4,
    "book.lieu_again": (NOM_DE_LIEU,) * 4,
    "book.lieu_suite": (NOM_DE_LIEU,) * 4,
    "book.plus_rien": CRENEAUX,
    "book.pour_qui": (PRENOM, PRENOM, PRENOM, say("book.autre_personne")),
    "book.pour_qui_again": (PRENOM, PRENOM, PRENOM, say("book.autre_personne")),
    "book.pris": CRENEAUX,
    "change.lequel": RDVS,
    "change.lequel_again": RDVS,
    "change.lequel_suite": RDVS,
    "move.creneaux": CRENEAUX,
    "move.creneaux_jour": CRENEAUX,
}
"""What a phrase lists, where it is not motifs."""


SHORTER = "Sonnez à l'interphone de la PMI et montez au 3e étage droit."
"""The longest indications that a confirmation carries when it says who speaks."""


def placeholders(key: str, code: str = "fr") -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(catalogue(code)[key]) if name is not None}


def worst(key: str) -> Say:
    names = placeholders(key)
    options = LISTED.get(key, MOTIFS) if "options" in names else ()
    values = WORST | ({"indications": SHORTER} if key.startswith("notice.confirmation_service") else {})
    return Say(key, {name: values[name] for name in names - {"options", "numbers"}}, options)


def leaving(*says: Say, code: str = "fr") -> list[str]:
    """The messages as they leave by SMS."""
    return [fit(text) for _, text, _ in PHRASES[code].messages(says)]


@in_each_language
@pytest.mark.parametrize("key", CATALOGUE)
def test_each_phrase_is_one_message_of_two_segments_at_worst(key: str, code: str) -> None:
    messages = leaving(worst(key), code=code)
    assert len(messages) <= 1
    for message in messages:
        assert ALPHABET.issuperset(message)
        assert segments(message) <= 2, f"{len(message)} characters: {message}"


@in_each_language
@pytest.mark.parametrize("again", [key for key in CATALOGUE if key.endswith("_again")])
def test_a_second_misunderstanding_is_two_messages_at_worst_when_its_list_is_long(again: str, code: str) -> None:
    messages = leaving(say("person.perdu", question=worst(again), telephone=TELEPHONE, horaires=HORAIRES), code=code)
    assert len(messages) <= 2
    assert all(segments(message) <= 2 for message in messages)
    assert TELEPHONE in messages[-1]


@pytest.mark.parametrize(
    ("code", "asked"), [("fr", "Répondez OUI si c'est bon pour vous."), ("en", "Reply YES if that is OK.")]
)
@pytest.mark.parametrize("key", ["book.instructions", "book.instructions_pour", "book.instructions_discret"])
def test_long_instructions_go_on_in_other_messages_cut_at_sentence_ends(key: str, code: str, asked: str) -> None:
    instructions = " ".join(["Apportez le carnet de santé et l'attestation de vos droits."] * 12)
    messages = leaving(Say(key, {**worst(key).values, "instructions": instructions}), code=code)
    assert len(messages) > 2
    assert all(segments(message) <= 2 for message in messages)
    assert all(message.endswith(".") for message in messages)
    assert messages[-1].endswith(asked)


# What we tell first

FACTS = Facts(
    avis=1, kind=AvisKind.REMINDER, participation=1, ref="i1", motif="pmi", type=TypeMotif.SUR_PLACE,
    organisation_id=1, organisation=NOM_DE_LIEU, telephone="+33321000000", libelle=LIBELLE, titre=None, prenom=PRENOM,
    agent=None, debut=WHEN, avant=WHEN - timedelta(days=7), lieu=NOM_DE_LIEU, adresse=ADRESSE, numero="+33639980001",
    indications="Sonnez.", discret=False, limite=WHEN, zone=PARIS, langue="fr",
)  # fmt: skip
PLAIN = replace(
    FACTS, organisation="MDS Arras", lieu="MDS Arras Sud", adresse="12 rue des Rosati, Arras",
    libelle="Consultation PMI", prenom="Léa",
)  # fmt: skip
VARIANTS: dict[str, dict[str, Any]] = {
    "a child": {},
    "oneself": {"prenom": None},
    "by phone": {"type": TypeMotif.TELEPHONE, "lieu": None, "adresse": None},
    "at home": {"type": TypeMotif.DOMICILE, "lieu": None},
    "a séance": {"titre": "Portage et massage des tout-petits " * 5},
    "a follow-up": {"agent": "Marie-Antoinette Deschamps-Vandenbroucke"},
    "the same hour": {"avant": None},
    "the same hour with somebody else": {"avant": None, "agent": "Marie-Antoinette Deschamps-Vandenbroucke"},
    "no phone": {"telephone": None},
    "discreet": {"discret": True},
    "discreet without a phone": {"discret": True, "telephone": None},
    "one that only the service moves": {"deplacable": False},
    "a doubtful number": {"neutre": True},
    "a doubtful number without a phone": {"neutre": True, "telephone": None},
    "a doubtful number and a birth date": {"neutre": True, "naissance": Naissance.SOI},
    "a doubtful number and a child's birth date": {"neutre": True, "naissance": Naissance.CONCERNEE},
}


@in_each_language
@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("kind", AvisKind)
def test_each_notice_is_one_message_of_two_segments_at_worst(
    kind: AvisKind, variant: dict[str, Any], code: str
) -> None:
    (message,) = leaving(*notices.phrases(replace(FACTS, kind=kind, **variant)), code=code)
    assert ALPHABET.issuperset(message)
    assert segments(message) <= 2, f"{len(message)} characters: {message}"


@in_each_language
@pytest.mark.parametrize("kind", AvisKind)
def test_each_message_that_we_send_first_says_who_speaks(kind: AvisKind, code: str) -> None:
    (message,) = leaving(*notices.phrases(replace(PLAIN, kind=kind, agent="Anne Durand")), code=code)
    assert re.match("MDS Arras ?: ", message)


@in_each_language
@pytest.mark.parametrize("kind", AvisKind)
@pytest.mark.parametrize(
    "variant", [{}, {"telephone": None}, {"titre": "Atelier portage"}, {"type": TypeMotif.DOMICILE}]
)
def test_a_discreet_person_is_told_the_day_the_hour_and_who_to_call(
    kind: AvisKind, variant: dict[str, Any], code: str
) -> None:
    facts = replace(PLAIN, kind=kind, discret=True, agent="Anne Durand", **variant)
    (message,) = leaving(*notices.phrases(facts), code=code)
    for told in ("MDS", "Arras", "Rosati", "PMI", "Atelier", "Lea", "Léa", "Durand", "Sonnez"):
        assert told not in message
    assert ("03 21 00 00 00" in message) == (facts.telephone is not None)


def test_a_confirmation_that_answers_does_not_say_again_who_speaks() -> None:
    (message,) = leaving(*notices.phrases(replace(PLAIN, kind=AvisKind.CONFIRMATION, reponse=True)))
    assert message.startswith("C'est réservé : Léa, mer 30 sept 17h45")


@pytest.mark.parametrize(("reponse", "carried"), [(True, news.SHORT), (False, news.SHORTER)])
def test_long_indications_follow_the_confirmation(reponse: bool, carried: int) -> None:
    facts = replace(FACTS, kind=AvisKind.CONFIRMATION, reponse=reponse, indications="a" * carried)
    assert len(leaving(*notices.phrases(facts))) == 1
    assert leaving(*notices.phrases(replace(facts, indications="a" * (carried + 1))))[1] == "A" + "a" * carried


@pytest.mark.parametrize(("code", "way_out"), [("fr", "MAUVAIS NUMERO"), ("en", "WRONG NUMBER")])
@pytest.mark.parametrize("naissance", [None, *Naissance])
@pytest.mark.parametrize("kind", AvisKind)
def test_a_number_that_may_have_a_new_owner_learns_nothing(
    kind: AvisKind, naissance: Naissance | None, code: str, way_out: str
) -> None:
    facts = replace(PLAIN, kind=kind, neutre=True, agent="Anne Durand", naissance=naissance)
    (message,) = leaving(*notices.phrases(facts), code=code)
    for told in ("MDS", "Arras", "Rosati", "PMI", "Lea", "Léa", "Durand", "sept", "Sept", "17h45", "17:45"):
        assert told not in message
    assert way_out in message
    question = notices.question(facts)
    assert (question.key if question else None) == ("verify.naissance" if naissance else None)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", "MDS Arras : rappel, RDV Consultation PMI pour Léa mer 30 sept 17h45, 12 rue des Rosati, Arras. "
               "OUI si vous venez, ANNULER sinon, AUTRE pour changer de jour."),
        ("en", "MDS Arras: reminder, Consultation PMI for Léa, Wed 30 Sep at 17:45, 12 rue des Rosati, Arras. "
               "YES if you are coming, NO if not, CHANGE for another day."),
    ],
)  # fmt: skip
def test_a_reminder_of_every_day_is_one_segment(code: str, said: str) -> None:
    (message,) = leaving(*notices.phrases(PLAIN), code=code)
    assert message == said
    assert segments(message) == 1


@pytest.mark.parametrize(("code", "other_day"), [("fr", "AUTRE"), ("en", "CHANGE")])
@pytest.mark.parametrize("variant", [{}, {"type": TypeMotif.TELEPHONE}, {"discret": True}])
def test_a_reminder_offers_another_day_only_where_one_can_be_had(
    variant: dict[str, Any], code: str, other_day: str
) -> None:
    for deplacable in (True, False):
        facts = replace(PLAIN, deplacable=deplacable, **variant)
        question = notices.question(facts)
        assert question is not None
        said = leaving(*notices.phrases(facts), question.ask(), question.ask_again(), code=code)
        assert [other_day in message for message in said] == [deplacable] * 3


def test_only_a_reminder_and_an_invitation_ask_something() -> None:
    asked = {kind for kind in AvisKind if notices.question(replace(PLAIN, kind=kind)) is not None}
    assert asked == {AvisKind.REMINDER, AvisKind.INVITATION}


def test_an_invitation_names_who_invites_and_no_hour() -> None:
    invited = replace(PLAIN, kind=AvisKind.INVITATION, avant=None, prenom=None, agent="Anne Durand")
    assert leaving(*notices.phrases(invited)) == [
        "MDS Arras : Anne Durand vous propose un RDV. Répondez RDV pour choisir un jour, NON si vous n'en voulez pas."
    ]


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [(kind, {"missed": "notice", "invitation": "notice"}.get(kind, kind)) for kind in AvisKind],
)
@pytest.mark.parametrize("variant", [{}, {"discret": True}, {"neutre": True}])
def test_scripts_are_told_what_a_notice_is_for(kind: AvisKind, purpose: str, variant: dict[str, Any]) -> None:
    assert {one.kind for one in notices.phrases(replace(PLAIN, kind=kind, **variant))} == {purpose}


# What the code says and what the catalogue holds

PLACES = ("sur_place", "telephone", "domicile")
LISTS = ("greet.motif", "greet.unclear", "greet.late", "book.motif")
CHANGES = ("change", "change_ailleurs")
ANNOUNCED = ("book.garde", "notice.confirmation")
PLACED = (*ANNOUNCED, "notice.confirmation_service")
REACHED = ("person.aide", "person.appelez", "person.perdu", "person.toujours_perdu")
MADE = {
    "f'{key}{suffix}'": {f"{key}_suite" for key in LISTS},
    "f'book.lieu{suffix}'": {"book.lieu", "book.lieu_suite"},
    "f'change.lequel{suffix}'": {"change.lequel", "change.lequel_suite"},
    "f'book.organisation{suffix}'": {"book.organisation", "book.organisation_suite"},
    "f'{key}_sans_lieu'": {
        f"book.{listed}{day}_sans_lieu" for listed in ("creneaux", "fratrie_creneaux") for day in ("", "_jour")
    },
    "f'book.{self.type}'": {f"book.{place}" for place in PLACES},
    "f'notice.{facts.kind}'": {f"notice.{kind}" for kind in ("cancellation", "missed", "invitation", "offer")},
    "f'notice.{_change(facts)}{with_whom}'": {
        f"notice.{change}{whom}" for change in CHANGES for whom in ("", "_agent")
    },
    "f'notice.reminder{_unmoved(facts)}'": {"notice.reminder", "notice.reminder_fixe"},
    "f'notice.reminder_sans_venir{_unmoved(facts)}'": {
        "notice.reminder_sans_venir",
        "notice.reminder_sans_venir_fixe",
    },
    "f'notice.{told}_discret{_unmoved(facts)}'": {
        "notice.reminder_discret_fixe",
        *(f"notice.{told}_discret" for told in (*CHANGES, "cancellation", "reminder", "missed", "invitation", "offer")),
    },
    "f'{key}_discret'": {f"{key}_discret" for key in ANNOUNCED},
    "f'{key}_lieu'": {"change.ligne_lieu", "change.ligne_pour_moi_lieu"},
    "f'{key}_telephone'": {f"{key}_telephone" for key in PLACED},
    "f'{key}_domicile'": {f"{key}_domicile" for key in PLACED},
    "f'{key}_pour_moi'": {f"{key}_pour_moi" for key in PLACED},
    "f'{key}_sans_telephone'": {f"{key}_sans_telephone" for key in REACHED},
    "f'{key}_sans_horaires'": {f"{key}_sans_horaires" for key in REACHED},
}
"""Keys that the dialogues put together, and all that each can make."""
TABLES = "greet|book|notice|change|person|anywhere|move|remind|invite|verify|donnees|link|gestures|asked"
OPENS_A_KEY = re.compile(rf"f'(?:\{{key\}}|(?:{TABLES})\.)")
IS_A_KEY = re.compile(rf"(?:{TABLES})\.\w+")


def parsed() -> Iterator[ast.AST]:
    root = Path(conversations.__file__).parent
    for path in (*root.glob("*.py"), root.parent / "bot" / "turn.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def step_keys() -> set[str]:
    """`class Confirm(Step, key="book.confirm", …)`: names of steps, not of phrases."""
    classes = (node for node in parsed() if isinstance(node, ast.ClassDef))
    return {str(word.value.value) for one in classes for word in one.keywords if isinstance(word.value, ast.Constant)}


def test_the_code_says_what_the_catalogue_holds_and_nothing_of_it_is_left_over() -> None:
    constants = {node.value for node in parsed() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    said = {text for text in constants if IS_A_KEY.fullmatch(text)}
    made: set[str] = set().union(*MADE.values())
    steps_only = step_keys() - CATALOGUE.keys()
    assert (said - steps_only) | made == CATALOGUE.keys()


def test_every_key_put_together_is_accounted_for() -> None:
    put_together = {ast.unparse(node) for node in parsed() if isinstance(node, ast.JoinedStr)}
    assert {text for text in put_together if OPENS_A_KEY.match(text)} == MADE.keys()
    assert {*TypeMotif} == {*PLACES}
    assert len(AvisKind) == 7


def test_every_placeholder_has_a_worst_value() -> None:
    named = set().union(*(placeholders(key) for key in CATALOGUE)) - {"options", "numbers"}
    assert named == WORST.keys()


@in_each_language
def test_every_catalogue_holds_the_same_phrases_with_the_same_values(code: str) -> None:
    assert {key: placeholders(key, code) for key in catalogue(code)} == {key: placeholders(key) for key in CATALOGUE}


@pytest.mark.parametrize("missing", [say("book.nothing_of_the_sort"), say("change.garde"), say("book.garde", lieu="x")])
def test_an_unknown_phrase_or_a_missing_value_is_a_bug(missing: Say) -> None:
    with pytest.raises(KeyError):
        FR.render(missing)


# Words

NAMES = {"SMS", "OK"}
RESERVED = {"CANCEL", "END", "QUIT", "UNSUBSCRIBE", "STOPALL", "OPTOUT", "REVOKE", "UNSTOP", "HELP", "INFO"}
"""The provider answers these in our place, or cuts the person off. YES it passes on, and opens what STOP had shut;
START is asked of nobody but who said STOP."""
OPENS_AGAIN = {"anywhere.stop": {"START"}, "anywhere.stop_en_cours": {"START"}, "anywhere.trop": {"STOP"}}


def asked_in(text: str) -> set[str]:
    """The words in capitals; several in a row are one: "NOT COMING"."""
    return set(re.findall(r"\b[A-ZÉÈÀ]{2,}(?: [A-ZÉÈÀ]{2,})*\b", text)) - NAMES


@in_each_language
@pytest.mark.parametrize("key", CATALOGUE)
def test_every_word_we_ask_for_is_one_we_hear(key: str, code: str) -> None:
    for word in asked_in(catalogue(code)[key]):
        assert word not in RESERVED
        assert word not in ("START", "STOP") or word in OPENS_AGAIN[key]
        assert word_anywhere(word) or yes_or_no(word) is not None


@in_each_language
def test_each_language_offers_itself_by_a_word_that_brings_it(code: str) -> None:
    (word,) = asked_in(langue(code).offre)
    assert named(word) == code


@pytest.mark.parametrize("key", CATALOGUE)
def test_people_are_said_vous(key: str) -> None:
    assert not re.search(r"\b(?:tu|te|toi|ton|ta|tes|Réponds|Envoie|Appelle|Écris|Choisis)\b|\bt['’]", CATALOGUE[key])


@in_each_language
@pytest.mark.parametrize("key", CATALOGUE)
def test_phrases_are_in_plain_typography(key: str, code: str) -> None:
    assert not re.search("[«»“”’\u00a0\u202f{[|~^\\]\\\\€]", re.sub(r"\{\w+\}", "", catalogue(code)[key]))


# Values within a sentence


def test_what_people_write_stays_as_they_wrote_it() -> None:
    assert FR.render(say("book.garde_again", debut="{organisation} %s <b>")) == (
        "Répondez OUI pour réserver {organisation} %s <b>, ou RETOUR pour changer."
    )


@pytest.mark.parametrize(
    ("lieu", "read"),
    [
        ("Maison Départementale Solidarité Arras Ouest", "Maison Départementale Solidarité… Ouest"),
        ("Maison Départementale Solidarité Arras Est", "Maison Départementale Solidarité… Est"),
        ("MDS Arras Sud", "MDS Arras Sud"),
    ],
)
def test_lieux_whose_long_names_begin_alike_keep_what_tells_them_apart(lieu: str, read: str) -> None:
    said = say("notice.ou", lieu=lieu, adresse="3 rue Haute")
    assert FR.render(said) == f"{read}, 3 rue Haute"


@pytest.mark.parametrize(
    ("horaires", "read"),
    [
        ("lun-ven 9h-12h 13h30-17h", "Mon-Fri 9:00-12:00 13:30-17:00"),
        ("mardi et jeudi 14h", "Tuesday et Thursday 14:00"),
        ("sur RDV", "sur RDV"),
    ],
)
def test_opening_hours_are_read_in_the_language_spoken(horaires: str, read: str) -> None:
    said = say("person.appelez", telephone=TELEPHONE, horaires=horaires)
    assert EN.render(said) == f"Call {TELEPHONE}, {read}."
    assert horaires in FR.render(said)


@in_each_language
@pytest.mark.parametrize("question", ["book.enfant", "book.commune", "book.lieu_again", "book.creneau_seul_again"])
def test_what_follows_a_question_that_was_not_understood_is_a_sentence_of_its_own(question: str, code: str) -> None:
    said = PHRASES[code].render(say("person.perdu_sans_horaires", question=worst(question), telephone=TELEPHONE))
    assert re.search(r"[^.!?] (?:Ou appelez|Or call)|\.\.", said) is None


def test_a_value_too_long_ends_at_a_word() -> None:
    said = FR.render(say("person.appelez", telephone=TELEPHONE, horaires=HORAIRES))
    assert said == "Appelez le 03 21 00 00 00, du lundi au vendredi de 8h30 à 12h15…"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"adresse": "", "indications": ""}, "C'est réservé : mer 30 sept 17h45, PMI. Empêché ? Répondez ANNULER."),
        ({"adresse": "rue Haute", "indications": "Sonnez."},
         "C'est réservé : mer 30 sept 17h45, PMI, rue Haute. Sonnez. Empêché ? Répondez ANNULER."),
        ({"adresse": "", "indications": "Sonnez !"},
         "C'est réservé : mer 30 sept 17h45, PMI. Sonnez ! Empêché ? Répondez ANNULER."),
    ],
)  # fmt: skip
def test_a_missing_value_leaves_no_hole(values: dict[str, Value], said: str) -> None:
    known: dict[str, Value] = {"debut": Moment(WHEN), "lieu": "PMI"}
    assert FR.render(Say("notice.confirmation_pour_moi", {**known, **values})) == said


def test_two_rdvs_are_listed_in_full_and_four_in_short() -> None:
    full = FR.render(say("change.mes_rdv", liste=(LINE,) * 2))
    assert full.count(LIBELLE) == 2
    assert LIBELLE not in FR.render(say("change.mes_rdv", liste=(LINE,) * 4))


@pytest.mark.parametrize(
    ("options", "end"),
    [
        (("Léa",), "1 Léa\nRépondez 1."),
        (("Léa", "Noé"), "1 Léa\n2 Noé\nRépondez 1 ou 2."),
        (("Léa", "Noé", "Tom"), "1 Léa\n2 Noé\n3 Tom\nRépondez 1, 2 ou 3."),
    ],
)
def test_answers_are_numbered_in_the_order_shown(options: tuple[str, ...], end: str) -> None:
    assert FR.render(say("book.pour_qui", options=options)) == f"Pour qui ?\n{end}"


def test_numbers_are_joined_as_the_language_joins_them() -> None:
    said = EN.render(say("book.pour_qui", options=("Léa", "Noé", "Tom")))
    assert said == "Who is it for?\n1 Léa\n2 Noé\n3 Tom\nReply 1, 2 or 3."


def test_a_message_begins_with_a_capital() -> None:
    jour = say("book.creneaux_jour_sans_lieu", jour=Moment(WHEN, "jour"), options=(Moment(WHEN, "heure"),))
    assert leaving(jour)[0].startswith("Mer 30 sept :\n1 17h45\n")


def test_buttons_go_with_the_last_part_of_a_long_message() -> None:
    question = say("person.perdu_sans_telephone", options=("Léa", "Noé"), question="Très long. " * 40)
    buttons = [options for _, _, options in FR.messages([question])]
    assert buttons == [(), ("Léa", "Noé")]


def test_a_language_without_a_catalogue_is_spoken_in_french() -> None:
    assert catalogue("xx") == CATALOGUE


# Dates read aloud


@pytest.mark.parametrize(
    ("instant", "zone", "aloud"),
    [
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "Europe/Paris", "jeu 26 nov 10h"),
        (datetime(2026, 12, 1, 8, 5, tzinfo=UTC), "Europe/Paris", "mar 1er déc 9h05"),
        (datetime(2027, 2, 28, 23, 30, tzinfo=UTC), "Europe/Paris", "lun 1er mars 0h30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Paris", "dim 25 oct 2h30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Paris", "dim 25 oct 2h30"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "Europe/Paris", "dim 28 mars 1h59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "Europe/Paris", "dim 28 mars 3h"),
        (datetime(2026, 8, 1, 5, 15, tzinfo=UTC), "Indian/Reunion", "sam 1er août 9h15"),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), "Indian/Reunion", "ven 1er janv 0h"),
        (datetime(2026, 2, 2, 15, 0, tzinfo=UTC), "America/Martinique", "lun 2 févr 11h"),
    ],
)
def test_a_moment_is_read_as_the_clock_on_the_wall_shows_it(instant: datetime, zone: str, aloud: str) -> None:
    phrases = Phrases("fr", ZoneInfo(zone))
    assert phrases.read_aloud(instant, "jour_heure") == aloud
    day, _, hour = aloud.rpartition(" ")
    assert (phrases.read_aloud(instant, "jour"), phrases.read_aloud(instant, "heure")) == (day, hour)
    weekday = phrases.read_aloud(instant, "semaine_heure")
    assert (weekday[:3], weekday.split()[-1]) == (day[:3], hour)


@pytest.mark.parametrize(
    ("how", "aloud"),
    [
        ("jour_heure", "Tue 1 Dec at 9:05"),
        ("jour", "Tue 1 Dec"),
        ("heure", "9:05"),
        ("semaine_heure", "Tuesday at 9:05"),
    ],
)
def test_a_moment_is_read_in_english_on_the_clock_of_france(how: str, aloud: str) -> None:
    assert EN.read_aloud(datetime(2026, 12, 1, 8, 5, tzinfo=UTC), how) == aloud
    assert EN.read_aloud(datetime(2026, 12, 1, 13, 0, tzinfo=UTC), "heure") == "14:00"


@in_each_language
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_as_one_we_understand(month: int, code: str) -> None:
    aloud = PHRASES[code].read_aloud(datetime(2026, month, 15, 9, 30, tzinfo=UTC), "jour_heure")
    heard = Heard(aloud, datetime(2026, 1, 1), lang=code).souhait  # noqa: DTZ001 - wall time
    assert heard is not None
    assert heard.premier == date(2026, month, 15)
    assert heard.heure is not None
    assert heard.heure.minute == 30


@in_each_language
@pytest.mark.parametrize("day", range(23, 30))
def test_every_day_of_the_week_is_read_as_one_we_understand(day: int, code: str) -> None:
    aloud = PHRASES[code].read_aloud(datetime(2026, 11, day, 9, tzinfo=UTC), "semaine_heure")
    heard = Heard(aloud, datetime(2026, 11, 22, 12), lang=code).souhait  # noqa: DTZ001 - wall time
    assert heard is not None
    assert (heard.premier, heard.heure) == (date(2026, 11, day), time(10))


# Splitting

SENTENCES = st.lists(st.sampled_from(["Venez.", "À jeudi !", "Ça va ?", "Apportez " + "le carnet " * 12 + "à jour."]))


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("a " * 149 + "b.") == ["a " * 149 + "b."]


@settings(max_examples=100, deadline=None)
@given(sentences=SENTENCES)
def test_a_long_text_is_cut_at_sentence_ends_and_loses_nothing(sentences: list[str]) -> None:
    text = " ".join(sentences)
    parts = split(text)
    assert " ".join(parts) == text
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith((".", "!", "?")) for part in parts if part)


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.text("abcdé", min_size=1, max_size=60), max_size=120))
def test_a_sentence_longer_than_a_message_is_cut_between_words(words: list[str]) -> None:
    parts = split(" ".join(words))
    assert " ".join(parts).split() == words
    assert all(len(part) <= LONGEST for part in parts)


def test_a_word_longer_than_a_message_still_leaves_whole() -> None:
    parts = split("a" * 700)
    assert "".join(parts) == "a" * 700
    assert all(len(part) <= LONGEST for part in parts)


def test_a_list_keeps_its_lines_when_its_message_is_split() -> None:
    lines = [f"{number} un choix assez long pour que la liste ne tienne pas en un message" for number in range(1, 8)]
    parts = split("Pour quel RDV ?\n" + "\n".join(lines) + "\nRépondez 1.")
    assert len(parts) > 1
    assert "\n".join(parts).splitlines() == ["Pour quel RDV ?", *lines, "Répondez 1."]
