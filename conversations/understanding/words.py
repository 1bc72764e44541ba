"""The words that work anywhere. Only a whole message counts: inside a sentence they are ordinary words."""

import re
from enum import Enum

from rapidfuzz import fuzz, process

from conversations.understanding.spelling import tokens


class Word(Enum):
    RDV = "rdv"
    RETOUR = "retour"
    SUITE = "suite"
    RELIRE = "relire"
    MES_RDV = "mes rdv"
    ANNULER = "annuler"
    AIDE = "aide"
    LANGUE = "langue"
    AUTRE = "autre"
    DEPLACER = "deplacer"
    RETABLIR = "retablir"
    MAUVAIS_NUMERO = "mauvais numero"
    MES_DONNEES = "mes donnees"
    SUPPRIMER = "supprimer"
    DISCRET = "discret"
    COMPLET = "complet"
    STOP = "stop"
    START = "start"


_SAID = {
    Word.RDV: ("rdv", "rendez vous", "un rdv", "prendre rdv", "nouveau rdv", "menu", "accueil", "recommencer",
               "reprendre", "reprendre rdv", "book", "appointment", "an appointment"),
    Word.RETOUR: ("retour", "revenir", "precedent", "back", "go back"),
    Word.SUITE: ("suite", "la suite", "suivant", "suivants", "autres dates", "autres", "voir plus", "more",
                 "next"),
    Word.RELIRE: ("relire", "relire les instructions", "read", "read again"),
    Word.MES_RDV: ("mes rdv", "mes rendez vous", "mon rdv", "mon rendez vous", "voir mes rdv", "list",
                   "my appointments", "my appointment", "appointments"),
    Word.ANNULER: ("annuler", "annule", "annulez", "annulation", "annuler rdv", "annuler mon rdv", "annuler le rdv",
                   "not coming", "i am not coming", "cancel", "cancel my appointment"),
    Word.AIDE: ("aide", "help", "humain", "une personne", "un agent", "agent", "aidez moi", "person", "a person",
                "contact", "urgent", "c est urgent", "tres urgent", "urgence", "aidez moi urgent", "aide urgente",
                "it is urgent", "emergency", "urgent help"),
    Word.LANGUE: ("langue", "english", "anglais", "language"),
    Word.AUTRE: ("autre", "autre jour", "un autre jour", "autre date", "une autre date", "change", "other",
                 "another day", "other day"),
    Word.DEPLACER: ("deplacer", "deplacer rdv", "deplacer mon rdv", "deplacer le rdv", "deplacer un rdv", "move",
                    "move my appointment", "change my appointment", "changer mon rdv", "changer le rdv", "modifier mon rdv"),
    Word.RETABLIR: ("retablir", "retablir rdv", "retablir mon rdv", "retablir le rdv", "undo"),
    Word.MAUVAIS_NUMERO: ("mauvais numero", "faux numero", "erreur de numero", "wrong number"),
    Word.MES_DONNEES: ("mes donnees", "infos donnees", "donnees", "donnees personnelles", "mes donnees personnelles",
                       "my data"),
    Word.SUPPRIMER: ("supprimer", "supprimer mes donnees", "supprimez mes donnees", "effacer mes donnees",
                     "effacez mes donnees", "delete my data", "erase my data", "delete", "erase"),
    Word.DISCRET: ("discret", "discrete", "mode discret", "messages discrets", "message discret", "discreet"),
    Word.COMPLET: ("complet", "complets", "message complet", "messages complets", "normal", "plus discret",
                   "full messages"),
    Word.STOP: ("stop", "arret", "arretez", "stop sms", "desabonner"),
    Word.START: ("start",),
}  # fmt: skip
_COMMANDS = {
    "/start": Word.RDV, "/rdv": Word.RDV, "/mesrdv": Word.MES_RDV, "/annuler": Word.ANNULER, "/aide": Word.AIDE,
    "/langue": Word.LANGUE, "/stop": Word.STOP,
}  # fmt: skip
"""As chat applications write them; what follows one, "/start pmi", is left for who hears it."""
_POLITE = re.compile(r"\b(?:svp|stp|merci|bonjour|bonsoir|s il (?:vous|te) plait)\b")
_NEVER_GUESSED = {Word.STOP, Word.START, Word.DISCRET, Word.COMPLET}
"""Words that silence or wake a person, or change what they are told: read as written or not at all."""
_OTHER_WORDS = {"argent", "un argent"}
"""Alike and not meant: "argent" asks for help with money."""
_EXACT = {said: word for word, phrases in _SAID.items() for said in phrases}
_LIKE = 88


def word_anywhere(text: str) -> Word | None:
    """The word that the whole message is, politeness apart; long ones may be misspelt."""
    if text.strip() == "?":
        return Word.AIDE
    if (command := text.strip().partition(" ")[0].lower()) in _COMMANDS:
        return _COMMANDS[command]
    said = " ".join(_POLITE.sub(" ", " ".join(tokens(text))).split())
    if said in _EXACT:
        return _EXACT[said]
    if len(said) < 5 or len(said) > 24 or said in _OTHER_WORDS:
        return None
    alike = process.extractOne(said, _GUESSED, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return _EXACT[alike[0]] if alike else None


_GUESSED = [phrase for phrase, word in _EXACT.items() if word not in _NEVER_GUESSED and len(phrase) > 4]
