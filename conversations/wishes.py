"""Wishes: what a message says of when, for whom and where, whatever was asked; it is never asked again."""

import re
from dataclasses import replace

from booking.desk import Desk
from booking.models import TypeMotif
from conversations import commune, family
from conversations.draft import Draft
from conversations.engine import Step, Turn, miss
from conversations.messages import Say, Value
from conversations.understanding import Heard
from conversations.understanding.slots import phone_in
from conversations.understanding.spelling import folded, plain, tokens

_AT = re.compile(r"\b(?:a|au|aux|sur|vers|pres|cote|lieu|mds)\b")
"""What comes before a place: without it, a word of a message is rarely one."""
_WAY = (
    r"(?:rue|avenue|av|bd|boulevard|place|allee|impasse|chemin|route|cite|residence|quai|square|hameau|lotissement|passage"
    r"|cours|ferme|foyer|villa|batiment|lieu[ -]dit)"
)
_STREET = re.compile(rf"(?:\b\d+\s*(?:bis|ter|quater|[a-d])?[\s,]+)?\b{_WAY}\b")
"""Where an address begins: its number, or the kind of its way."""
_ENOUGH = re.compile(rf"\d|\b{_WAY}\b")
"""What an address has and a sentence has not."""
_POLITE = re.compile(r"[\s,.]*\b(?:svp|stp|merci)\b[\s!.]*$", re.IGNORECASE)
_SHORTEST, _LONGEST = 3, 200
"""Words and characters of an address: "chez moi" is not somewhere an agent can go."""
_AROUND = {"plutot", "si", "possible", "le", "la", "de", "du", "en", "vers", "apres", "avant", "a", "ou", "et", "pour"}
"""What stands around a day or an hour."""


def completed(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """The draft with all that a message says beside its answer. Who and where come in place of what was known, but
    for who comes as well ("et aussi pour Tom")."""
    draft = replace(draft, souhait=heard.souhait or draft.souhait)
    if draft.deplace is not None:
        return draft
    if heard.commune is not None and desk.organisations():
        commune.settle(heard, desk)
    return _coordinates(_where(_for_whom(draft, heard, desk), heard, desk), heard, desk)


def _coordinates(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """Whom to call for an RDV by phone, where to come for a visit."""
    if draft.motif is None:
        return draft
    match desk.motif(draft.motif).type:
        case TypeMotif.TELEPHONE:
            return replace(draft, numero=numero_in(heard) or draft.numero)
        case TypeMotif.DOMICILE:
            return replace(draft, adresse=adresse_in(heard) or draft.adresse)
        case TypeMotif.SUR_PLACE:
            return draft


def numero_in(heard: Heard) -> str | None:
    """The phone number that a message gives, as E.164."""
    return phone_in(heard.text)


def adresse_in(heard: Heard) -> str | None:
    """The address within a sentence: "non c'est 4 rue Haute, Arras"; a street at least."""
    text = " ".join(heard.text.split())
    found = _STREET.search(folded(text))
    return _address(text[found.start() :]) if found and len(folded(text)) == len(text) else None


def whole_adresse(heard: Heard) -> str | None:
    """The answer to "À quelle adresse ?": all of it, as long as it looks like one."""
    text = " ".join(heard.text.split())
    return adresse_in(heard) or (_address(text) if _ENOUGH.search(folded(text)) else None)


def _address(text: str) -> str | None:
    text = _POLITE.sub("", text)
    return text[:_LONGEST] if len(text.split()) >= _SHORTEST else None


def _for_whom(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    proches, people = desk.proches(), desk.people()
    is_for_a_child = draft.motif is not None and desk.motif(draft.motif).pour_un_proche
    adults = people if len(people) > 1 and not is_for_a_child else ()
    combien = family.how_many(heard, len(proches)) if is_for_a_child or draft.motif is None else 1
    said = family.named(heard, (*proches, *adults))
    if not said and combien > 1 and draft.pour is None:
        # "Mes deux enfants" are first of all those who are known; the others are still to be asked.
        said = proches[:combien] if combien >= len(proches) else ()
    others = tuple(one for one in said if one not in draft.participants)
    if not others:
        return replace(draft, combien=max(combien, draft.combien))
    everyone = (*draft.participants, *others) if family.is_one_more(heard) else others
    pour, *avec = everyone[: family.MOST]
    is_adult = pour in adults
    return replace(
        draft,
        pour=pour,
        avec=tuple(avec),
        moi=pour if is_adult else draft.moi,
        combien=max(combien, len(avec) + 1),
    )


def _where(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    if draft.motif is None or _AT.search(plain(heard.text)) is None:
        return draft
    motif = desk.motif(draft.motif)
    # A discreet RDV names no place.
    if motif.type is not TypeMotif.SUR_PLACE or desk.is_discreet_for(motif.ref):
        return draft
    places = desk.places(motif.ref)
    said = heard.names([place.nom for place in places])
    return draft if said is None else replace(draft, lieu=places[said].ref)


def is_only_when(heard: Heard) -> bool:
    """Whether a message gives a day or an hour and nothing else: "jeudi matin" is nobody's name."""
    if heard.souhait is None:
        return False
    words = [word for word in tokens(heard.text) if word not in _AROUND]
    return all(Heard(word, heard.now).souhait is not None for word in words if not word.isdecimal())


def headed(turn: Turn, key: str, **values: Value) -> Turn:
    """Something said before the question, in the same message."""
    question, *others = turn.says
    first = Say(key, {"question": question, **values}, question.options)
    return replace(turn, says=(first, *others))


def noted(step: Step, before: Step) -> Turn:
    """What was said is kept, and the question asked again; not understood when it brought nothing."""
    if step == before:
        return miss(step)
    return headed(Turn((step.ask_again(),), step), "book.note")
