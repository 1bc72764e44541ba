"""Switch to another language: who asks for one, and who is offered one for having written in it.

U  hello I need an appointment for my baby
B  In English? Reply ENGLISH.
B  MDS Arras, bonjour. Pour quel RDV ? …
U  english
B  OK, in English from now on.
B  Which appointment? …
"""

from booking.desk import Desk
from conversations.langue import FRENCH, langue, named, spoken
from conversations.messages import Say, say
from conversations.person import appelez
from conversations.understanding import Context, Heard, Word

_OF_NAMES = (Context.ENTERING_NAME, Context.ENTERING_BIRTHDATE, Context.CHOOSING_CHILD, Context.CHOOSING_LIEU)
"""Questions whose answers are of no language: "Maria da Silva" is French enough."""


def asked_for(heard: Heard, desk: Desk) -> str | None:
    """The language to speak from now on, to who names one of ours or says that the present one is not theirs."""
    if (code := named(heard.text)) is not None or heard.word is Word.LANGUE:
        return code
    codes = (heard.language_named, heard.language)
    return next((code for code in codes if code in spoken() and code != desk.langue), None)


def choice(heard: Heard, desk: Desk) -> Say:
    """How to get another language; where it is none of ours, who to call."""
    others = " ".join(langue(code).offre for code in spoken() if code != desk.langue)
    if {heard.language_named or desk.langue, heard.language}.issubset(spoken()):
        return say("anywhere.langue", offres=others)
    return say("anywhere.autre_langue", offres=others, personne=appelez(desk))


def offer(heard: Heard, desk: Desk) -> Say | None:
    """What is said once, before the answer, to who chose nothing and writes in another language. Nothing tells French
    from what is of no language: it is not offered."""
    if desk.langue_kept is not None or heard.language in (FRENCH, desk.langue) or not _tells_a_language(heard):
        return None
    desk.langue_kept = desk.langue
    if heard.language in spoken():
        return say("anywhere.langue", offres=langue(heard.language).offre)
    return choice(heard, desk)


def _tells_a_language(heard: Heard) -> bool:
    """Whether a message says enough to know the language of who writes: "no", "ok thanks" and "2" do not."""
    if heard.is_alarm or heard.word is not None or heard.meant in (Word.LANGUE, Word.STOP):
        return False
    answered = heard.yes_or_no is not None or heard.number is not None or heard.is_thanks
    return not answered and heard.context not in _OF_NAMES
