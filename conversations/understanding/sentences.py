"""Sentences: the acts that the words of a message say, whatever was asked."""

from functools import lru_cache

from conversations.understanding.acts import Act
from conversations.understanding.patterns import Patterns
from conversations.understanding.said import Said
from conversations.understanding.tables import contexts, foreign, questions, requests, talk

SURE, LIKELY = 0.95, 0.8
"""How sure an act is, by the table its words are in."""
_TABLES = (
    (LIKELY, Patterns([*requests.LIKELY, *questions.LIKELY, *talk.LIKELY])),
    (SURE, Patterns([*requests.SURE, *questions.SURE, *talk.SURE])),
)
_FOREIGN = Patterns(foreign.SURE)


def acts_in(said: Said, lang: str = "fr") -> dict[Act, float]:
    """Every act said, with or without the politeness around it, and how sure it is."""
    return dict(_acts_in(said, lang))


@lru_cache(maxsize=16)
def _acts_in(said: Said, lang: str) -> dict[Act, float]:
    """One message is asked several things in a turn, and is looked through once."""
    acts: dict[Act, float] = {}
    for sure, patterns in _TABLES:
        for words in dict.fromkeys((said.words, said.core)):
            acts |= {match.meaning: sure for match in patterns.find(words)}
    if lang != "fr":
        acts |= {match.meaning: SURE for match in _FOREIGN.find(said.words)}
    for act, silenced in contexts.SILENCES.items():
        if act in acts:
            acts = {other: sure for other, sure in acts.items() if other not in silenced}
    return acts
