"""Communes: which of those that the territoire knows a message speaks of, and which organisation serves it."""

import re
from collections.abc import Sequence

from booking.desk import Desk
from booking.vues import CommuneVue
from conversations.understanding import Heard
from conversations.understanding.spelling import plain

_ALONE = re.compile(r"[^\W\d_][\w'’\- ]{1,39}")
_WORDS = 3
"""Of an answer that is the name of a commune and nothing else, "la", "le" and "saint" apart."""
_SMALL = {"a", "la", "le", "les", "saint", "sainte", "st", "ste", "en", "sur", "de", "du", "d", "l"}


def settle(heard: Heard, desk: Desk, *, is_answer: bool = False) -> bool:
    """Keep the commune that a message says; False where it says none. As an answer, a name alone is one, and so is one
    that the territoire does not know."""
    said, communes = heard.commune, desk.communes() if is_answer or heard.commune else ()
    known = _known(heard, communes, is_answer=is_answer)
    if len({one.organisation for one in known}) == 1:
        desk.lives_in(f"{known[0].code_postal} {known[0].nom}", known[0].code_insee if len(known) == 1 else None)
        return True
    if said is not None and is_answer:
        desk.lives_in(" ".join(filter(None, (said.code_postal, said.nom))))
        return True
    if not is_answer or not _is_a_name(heard):
        return False
    desk.lives_in(" ".join(heard.text.split()))
    return True


def spoken_of(heard: Heard, desk: Desk) -> str | None:
    """The ref of the organisation of a commune that is named: "rdv pmi à Lens"; None where none is, or several are."""
    text = _spaced(heard.text)
    found = {
        one.organisation for one in desk.communes() if re.search(rf"\b(?:a|sur|vers|in) {_spaced(one.nom)}\b", text)
    }
    return found.pop() if len(found) == 1 else None


def _known(heard: Heard, communes: Sequence[CommuneVue], *, is_answer: bool) -> Sequence[CommuneVue]:
    """Those it may be: by postcode and name, by one of them, or by a name that is nearly one."""
    said = heard.commune
    if said is None:
        named = heard.names([one.nom for one in communes]) if is_answer else None
        return () if named is None else (communes[named],)
    by_name = [one for one in communes if said.nom is not None and _same(one.nom, said.nom)]
    by_code = [one for one in communes if one.code_postal == said.code_postal]
    return [one for one in by_name if one in by_code] or by_name or (by_code if said.nom is None else [])


def _same(known: str, said: str) -> bool:
    """Whether a name is the one said; what was said goes on at times: "lens rdv pmi"."""
    return f"{_spaced(said)} ".startswith(f"{_spaced(known)} ")


def _spaced(name: str) -> str:
    return plain(name).replace("-", " ")


def is_one(heard: Heard) -> bool:
    """Whether an answer is a commune, known or not."""
    return heard.commune is not None or (_is_a_name(heard) and not heard.is_only_an_answer)


def _is_a_name(heard: Heard) -> bool:
    if heard.souhait is not None or heard.yes_or_no is not None or _ALONE.fullmatch(heard.text.strip()) is None:
        return False
    return len([word for word in plain(heard.text).split() if word not in _SMALL]) <= _WORDS
