"""Intents: what a free sentence asks for, outside of any question."""

import re

from conversations.understanding.spelling import plain

_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|apres|aujourd'?hui|ce |cet |cette |le \d|a \d)"
_GIVES_UP = re.compile(
    r"\bann?ull?(?:e|es|er|ez|ation)\b|\bempeche\w*\b|\bdecommand\w+|\bsupprime[rz]? (?:le|mon|ce) r"
    r"|\bj?(?:vien\w*|venons|vena?is|venir)\s+(?:pas|plus)\b(?!\s(?:tot|tard|vite|souvent)\b)"
    rf"|\bj?(?:peux?|peut|pe|pourrai\w*|pourra|pourrons|pouvons)\s+(?:pas|plus)(?:\s+(?:venir|etre|y |assurer|me |{_DAY})|$|[.,!])"
    r"|\b(?:n'|y )(?:irai|iras?|irons|serai)\s+pas\b|\bserai\s+(?:absente?\b|pas la\b)|\bimpossible de venir\b"
)
_KEEPS = re.compile(
    r"\b(?:pas|jamais)\s+(?:besoin\s+)?(?:d')?annul|\bn'?annul\w+\s+(?:pas|surtout)|\bannul\w*\s+(?:pas|surtout pas)\b"
    r"|\best.ce que\b.*\bpas venir\b"
)
_ASKS_MINE = re.compile(
    r"\b(?:c'?est|c est|cest|il est) (?:quand|quel jour|a quelle heure)\b"
    r"|\bc (?:quand|quel jour|a quelle heure)\b|\b(?:rdv|rendez.vous)(?: est)? (?:quand|quel jour)\b"
    r"|\bquand est\b|\bquelle heure\b|\bmes? (?:rdv|rendez vous) "
)
_WANTS = re.compile(
    r"\b(?:rdv|rendez.?vous|rdvs|reserver|consultation|voir|prendre|besoin|bonjour|bjr|bonsoir|bsr|salut|slt|coucou|cc)\b"
)


def gives_up(text: str) -> bool:
    """Whether the sentence says that somebody is not coming, or asks to cancel."""
    said = plain(text)
    return _GIVES_UP.search(said) is not None and _KEEPS.search(said) is None


def asks_mine(text: str) -> bool:
    """Whether the sentence asks about an RDV that exists."""
    return _ASKS_MINE.search(plain(text)) is not None


def wants_rdv(text: str) -> bool:
    """Whether the sentence greets or asks for an RDV: nothing in it needs to be asked again."""
    return _WANTS.search(plain(text)) is not None


_THANKS = {"merci", "beaucoup", "bcp", "mrc", "ok", "super", "parfait", "bonne", "journee", "soiree", "a", "bientot",
           "au", "revoir", "d'accord", "tres", "bien", "cordialement", "vous", "de", "rien", "bye",
           "et", "fin", "je", "remercie"}  # fmt: skip


def is_thanks(text: str) -> bool:
    """Whether the message only thanks or takes leave."""
    said = plain(text).replace("!", " ").replace(".", " ").split()
    return (
        bool(said)
        and {"merci", "mrc", "remercie", "journee", "soiree", "bientot", "revoir", "bye"}.intersection(said) != set()
        and _THANKS.issuperset(said)
    )


def without_cancel(text: str) -> str:
    """The sentence without its words for cancelling: what is left of "oui annulez" is the yes."""
    return re.sub(r"\ban+ul\w*|\bsupprim\w*", " ", plain(text))
