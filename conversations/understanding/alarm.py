"""Alarm: words that speak of suicide, violence or a child in danger, and outrank everything else."""

import re

from conversations.understanding.spelling import plain

_SOMEBODY = r"(?:il|ils|elle|on|qui|mari|conjoint|compagnon|copain|ex|pere|papa|mere|maman|oncle|frere|fils)"
_PARTNER = r"(?:mari|conjoint|compagnon|copain|ex|pere)"
_A_CHILD = r"(?:enfants?|fils|filles?|bebe|gamine?s?|petite?s?|soeurs?|freres?|mere)"
_HITS = r"(?:frapp?e|tabasse|cogne|viole|etrangle|agresse)(?:e|es|r|nt)?\b"
_ALARMS = re.compile(
    rf"""
    suicid | en\ finir | me\ foutre\ en\ l'?air | mettre\ fin\ a\ mes\ jours | \bme\ pendre\b | scarifi
    | (?:envie\ de|veux|vais)\ mourir\b(?!\ de\ (?:rire|faim|soif|chaud|froid|honte|fatigue))
    | plus\ (?:envie\ de\ |la\ force\ de\ )?vivre | \bvais\ sauter$
    | (?:de|veux|veut|vais|va)\ (?:me|nous|la|les)\ tuer | menace\ de\ mort
    | avale.*(?:cachets|medicaments|comprimes|javel|pile|produit) | pris\ (?:des|trop\ de|plein\ de|tous)\ .*cachets
    | \b(?:me|m'a|ma|nous|nous\ a)\ {_HITS}(?!\ a\ la\ porte) | \bm'?a\ tapee?r?\b | \bme\ (?:tape|battre)\b
    | \b{_SOMEBODY}\ (?:l'a|les\ a|la|le|les)\ {_HITS}
    | \b{_SOMEBODY}\ (?:me|nous|la|le|les)\ bat\b(?!\ (?:au|aux)\b)
    | \b(?:frapp?e|tape|bat|battu|secoue)\ (?:mon|ma|mes|son|sa|ses|notre|nos|la|le|les|l')\ ?{_A_CHILD}\b
    | {_A_CHILD}\ (?:est\ |sont\ )?(?:battue?s?|en\ danger)\b | \bsuis\ (?:battue?|en\ danger)\b
    | coups?\ de\ (?:poing|pied|couteau) | donne\ des\ coups | \ba\ un\ (?:couteau|fusil|pistolet)
    | violences?\ (?:conjugale|physique|familiale) | victime\ de\ violence | \bviol\b | (?:ete|fait)\ viole[er]
    | \b{_SOMEBODY}\ (?:est\ |devient\ |etait\ )?(?:tres\ )?violent\b | peur\ de\ mon\ {_PARTNER}\b
    | maltrait | attouchement | inceste | au\ secours
    | respire\ (?:plus|pas|(?:tres\ )?mal) | {_A_CHILD}\ (?:ne\ )?bouge\ plus | saigne\ beaucoup | hemorragie
    | inconsciente?\b(?!\ d) | overdose | convuls
    """,
    re.VERBOSE,
)
"""Wide on purpose: a false alarm costs a message, a missed one may cost a life."""


def is_alarm(text: str) -> bool:
    return _ALARMS.search(plain(text)) is not None
