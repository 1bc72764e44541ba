"""Intents: what a free sentence asks for, outside of any question, for the dialogues that only need a yes or a no to it."""

import re

from conversations.understanding.acts import Act
from conversations.understanding.said import Said
from conversations.understanding.sentences import acts_in
from conversations.understanding.spelling import plain
from conversations.understanding.tables.lists import each_of

_THANKS = each_of(
    "merci beaucoup mrc ok super parfait bonne journee soiree a bientot au revoir daccord tres bien cordialement vous de "
    "rien bye et fin je remercie"
)
_THANKED = each_of("merci remercie journee soiree bientot revoir bye")


_EVERY = re.compile(r"\b(?:tous|toutes|les (?:deux|trois|quatre|2|3|4)|both|all)\b")
_WHOM = re.compile(
    r"\b(?:avec qui|par qui|qui (?:va )?(?:me|nous) (?:recoit|recevra|recevoir)|with whom?|who is it with|who is this)\b"
)
_ANOTHER = re.compile(r"(?:(?:non|ok|oui|en fait|et) )*(?:plutot|pas|finalement|sinon)\b")


def acts_of(text: str) -> frozenset[Act]:
    """What the words of a message say."""
    return frozenset(acts_in(Said(text)))


def is_of_all(text: str) -> bool:
    """Whether the message speaks of everything that there is: "les deux"."""
    return _EVERY.search(plain(text)) is not None


def asks_whom(text: str) -> bool:
    """Whether the message asks with whom an RDV is."""
    return _WHOM.search(plain(text)) is not None


def prefers_another(text: str) -> bool:
    """Whether the message begins by setting what it says against something else."""
    return _ANOTHER.match(plain(text)) is not None


def gives_up(text: str) -> bool:
    """Whether the sentence says that somebody is not coming, or asks to cancel."""
    return not {Act.CANCEL, Act.UNABLE}.isdisjoint(acts_in(Said(text)))


def asks_mine(text: str) -> bool:
    """Whether the sentence asks about an RDV that exists."""
    return Act.ASK_APPOINTMENT in acts_in(Said(text))


def wants_rdv(text: str) -> bool:
    """Whether the sentence greets or asks for an RDV: nothing in it needs to be asked again."""
    said = Said(text)
    return "rdv" in said.words or not {Act.BOOK, Act.GREETING}.isdisjoint(acts_in(said))


def is_thanks(text: str) -> bool:
    """Whether the message only thanks or takes leave."""
    words = set(Said(text).words)
    return bool(words & _THANKED) and words <= _THANKS


def without_cancel(text: str) -> str:
    """The sentence without its words for cancelling: what is left of "oui annulez" is the yes."""
    return re.sub(r"\ban+ul\w*|\bsupprim\w*|\bcancel\w*", " ", plain(text))
