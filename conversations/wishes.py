"""Wishes: what a message says of when, for whom and where, whatever was asked; it is never asked again."""

import re
from dataclasses import replace

from booking.desk import Desk
from booking.models import TypeMotif
from booking.vues import Personne
from conversations import commune, family
from conversations.draft import Draft
from conversations.engine import Step, Turn, miss
from conversations.messages import Say, Value
from conversations.understanding import Heard
from conversations.understanding.slots import phone_in
from conversations.understanding.spelling import folded, plain, tokens

_AT = re.compile(r"\b(?:a|au|aux|sur|vers|pres|cote|lieu|mds)\b")
"""What comes before a place: without it, a word of a message is rarely one."""
_ROADS = (
    r"rue|avenue|av|bd|boulevard|place|allee|impasse|chemin|route|cite|residence|quai|square|hameau|lotissement|passage"
    r"|cours|ferme|foyer|villa|lieu[ -]dit"
)
_WAY = rf"(?:{_ROADS}|batiment)"
_STREET = re.compile(rf"(?:\b\d+\s*(?:bis|ter|quater|[a-d])?[\s,]+)?\b{_WAY}\b")
"""Where an address begins: its number, or the kind of its way."""
_ENOUGH = re.compile(rf"\d|\b{_WAY}\b")
"""What an address has and a sentence has not."""
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_AFTER_A_COMMA = re.compile(r",\s*(?!bat|bt|appt?|apt|code|etage|porte|esc|\d)[^\W\d_]")
_SMALL = {"de", "du", "des", "d", "la", "le", "les", "l", "a", "au"}
_DOOR = re.compile(
    r"(?:(?:c'est|et|au|le|la)\s+)*"
    r"(?=(?:bat|batiment|bt|code|digicode|interphone|etage|appt?|apt|appartement|porte|escalier|esc|rdc"
    r"|\d+ ?(?:er|e|eme) etage)\b)"
)
_ROAD = re.compile(rf"\b(?:{_ROADS})\b")
_LONGEST_DOOR = 80
_WRONG = re.compile(
    r"\b(?:pas|plus) (?:a )?(?:la |ma |cette |mon )?(?:bonne |meme )?adresse\b|\b(?:mauvaise|fausse) adresse\b"
    r"|\badresse (?:est |n'est |c'est )?(?:pas|fausse|mauvaise)|\bchange\w* (?:d'|l'|mon |ma |d |l )?adresse\b"
    r"|\bwrong address\b|\bnot (?:my|the right) address\b"
)
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
    told = _introduced(_for_whom(_with(draft, heard, desk), heard, desk), heard, desk)
    return _coordinates(_where(told, heard, desk), heard, desk)


def _with(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """Where several organisations offer it and it is not known where they live: the one of the commune they name."""
    if draft.motif is None or draft.chez or not desk.organisations() or desk.commune is not None:
        return draft
    motif = desk.twins(draft.motif).get(commune.spoken_of(heard, desk) or "")
    return draft if motif is None else replace(draft, motif=motif, chez=True)


def _introduced(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """Who is writing and the child it is for, where one sentence says all of it."""
    sender, child = heard.sender, heard.child
    if sender is not None and sender.prenom and sender.nom and draft.moi is None and not desk.people():
        draft = replace(draft, moi=Personne(sender.prenom, sender.nom, sender.naissance))
    if child is None or not (child.prenom and child.nom) or draft.pour is not None:
        return draft
    is_for_a_child = draft.motif is None or desk.motif(draft.motif).pour_un_proche
    return replace(draft, pour=Personne(child.prenom, child.nom, child.naissance)) if is_for_a_child else draft


def _coordinates(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """Whom to call for an RDV by phone, where to come for a visit."""
    if draft.motif is None:
        return draft
    match desk.motif(draft.motif).type:
        case TypeMotif.TELEPHONE:
            return replace(draft, numero=numero_in(heard) or draft.numero)
        case TypeMotif.DOMICILE:
            return replace(draft, adresse=adresse_in(heard, desk) or _more_precise(draft.adresse, heard))
        case TypeMotif.SUR_PLACE:
            return draft


def numero_in(heard: Heard) -> str | None:
    """The phone number that a message gives, as E.164."""
    return phone_in(heard.text)


def adresse_in(heard: Heard, desk: Desk) -> str | None:
    """The address within a sentence, with its commune: "non c'est 4 rue Haute, Arras". Where it is known where they
    live, a street is enough."""
    street = street_in(heard)
    if street is None or has_commune(street, desk):
        return street
    return f"{street}, {desk.commune}" if desk.commune and not desk.commune.isdecimal() else None


def street_in(heard: Heard) -> str | None:
    """The address within a sentence, with its commune or without."""
    text = " ".join(heard.text.split())
    found = _STREET.search(folded(text))
    if found is None or len(folded(text)) != len(text) or precision_in(heard) is not None:
        return None
    return _address(text[found.start() :])


def has_commune(adresse: str, desk: Desk) -> bool:
    """Whether an address goes on after its street: a postcode, a commune after a comma or one that is known, two words
    or more where the street has one."""
    text = folded(adresse)
    found = _STREET.search(text)
    after = text[found.end() :] if found else text
    if _POSTCODE.search(text) or _AFTER_A_COMMA.search(after):
        return True
    words = [word for word in tokens(after) if word not in _SMALL]
    return len(words) > 1 or any(plain(one.nom) in plain(after) for one in desk.communes())


def whole_adresse(heard: Heard, desk: Desk) -> str | None:
    """The answer to "À quelle adresse ?": all of it, as long as it looks like one."""
    text = " ".join(heard.text.split())
    is_other = street_in(heard) is None and precision_in(heard) is None and _ENOUGH.search(folded(text))
    return adresse_in(heard, desk) or (_address(text) if is_other else None)


def precision_in(heard: Heard) -> str | None:
    """What is added to an address to find the door: "bât B, code 1234"."""
    text = " ".join(heard.text.split())
    found = _DOOR.match(folded(text))
    if found is None or len(folded(text)) != len(text) or _ROAD.search(folded(text)):
        return None
    return _POLITE.sub("", text[found.end() :])[:_LONGEST_DOOR]


def _more_precise(adresse: str | None, heard: Heard) -> str | None:
    """The address they gave, with what helps to find the door."""
    precision = precision_in(heard) if adresse else None
    return f"{adresse}, {precision}"[:_LONGEST] if precision else adresse


def is_wrong_adresse(heard: Heard) -> bool:
    """Whether it says that the address is not the right one, without giving another."""
    return street_in(heard) is None and _WRONG.search(plain(heard.text)) is not None


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
        said = proches if len(proches) <= min(combien, family.MOST) else ()
    if len(draft.participants) > 1 and (left := family.left(heard, draft.participants)):
        return replace(draft, pour=left[0], avec=left[1:], combien=len(left))
    if not said and not is_for_a_child and family.is_for_another_adult(heard):
        return replace(draft, pour=None, moi=None, autrui=True)
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
        autrui=draft.autrui and not is_adult,
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


def is_no_name(heard: Heard) -> bool:
    """Whether an answer to "who?" is something else: a yes, a day, a street."""
    if heard.identity.naissance is not None:
        return False
    return heard.is_only_an_answer or is_only_when(heard) or street_in(heard) is not None


def noted(step: Step, before: Step) -> Turn:
    """What was said is kept, and the question asked again; not understood when it brought nothing."""
    if step == before:
        return miss(step)
    return headed(Turn((step.ask_again(),), step), "book.note")
