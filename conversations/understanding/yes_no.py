"""Yes and no, as they are texted; anything less clear is neither."""

from conversations.understanding.spelling import plain, tokens

_YES = {
    "oui", "ouii", "ouais", "ouai", "oue", "wi", "yes", "yep", "o", "ok", "okay", "okey", "oki", "okk",
    "dac", "dacc", "daccord", "parfait", "entendu", "volontiers", "nickel", "super", "impec", "valide",
    "confirme", "pouce", "oky", "absolument", "exact", "exactement", "compris", "note",
}  # fmt: skip
_NO = {"non", "nn", "nan", "nop", "nope", "no", "jamais", "nonn", "na", "surtout"}
_YES_PHRASES = {
    "d'accord", "d accord", "c'est bon", "c est bon", "cest bon", "ca marche", "sa marche", "ca me va", "sa me va",
    "c'est bon pour moi", "je confirme", "je valide", "bien sur", "j'accepte", "jaccepte", "j'ai lu", "jai lu",
    "j'ai compris", "jai compris", "bien compris", "bien recu", "je prends", "je le prends", "avec plaisir",
    "bien entendu", "ca roule",
    "c'est ok", "c ok", "c bon", "tout a fait", "pas de souci", "pas de soucis", "pas de probleme", "aucun souci",
    "aucun probleme", "c'est note", "c'est oui", "je viens", "je viendrai", "je serai la", "on sera la",
    "on vient", "allez y", "vas y",
}  # fmt: skip
_NO_PHRASES = {
    "pas du tout", "surtout pas", "pas question", "je ne veux pas", "je veux pas", "je refuse", "non merci",
    "c'est pas bon", "pas d'accord", "je prefere pas", "pas maintenant", "ca va pas", "ca ne va pas",
    "c'est non", "finalement non",
}  # fmt: skip
_EASY = ("pas de souci", "pas de soucis", "pas de probleme", "aucun souci", "aucun probleme", "pas de pb")
_BEFORE = {"bonjour", "bonsoir", "merci", "alors", "ben", "bah", "euh", "ah", "eh"}
"""What comes before a yes or a no without changing it."""
_DOUBT = {
    "mais", "pas", "plutot", "sauf", "attendez", "attend", "jamais", "non", "annule", "annuler", "annulez", "sinon",
}  # fmt: skip


_ANSWERS = _YES | _NO | _BEFORE | {word for phrase in _YES_PHRASES | _NO_PHRASES for word in tokens(phrase)}


def yes_or_no(text: str) -> bool | None:
    """True for a plain yes, False for a plain no, None for anything else: "oui mais" and "oui annulez" ask for
    a question, never for a booking."""
    said = _heart(plain(text).replace("-", " ").strip(" .?+:/"))
    if said in _YES_PHRASES or said in _YES:
        return True
    if said in _NO_PHRASES or said in _NO:
        return False
    for easy in _EASY:
        said = said.replace(easy, " ").strip()
    words = tokens(said)
    if not words or len(words) > 8:
        return None
    if words[0] in _NO or _starts_with(said, _NO_PHRASES):
        return False
    is_yes = words[0] in _YES or _starts_with(said, _YES_PHRASES)
    return True if is_yes and not _DOUBT.intersection(words[1:]) else None


def is_only_yes_or_no(text: str) -> bool:
    """Whether there is nothing else in the message: "c bon merci" is nobody's name, "oui Marie Martin" holds one."""
    return yes_or_no(text) is not None and _ANSWERS.issuperset(tokens(text))


def _starts_with(said: str, phrases: set[str]) -> bool:
    return f"{said} ".startswith(tuple(f"{phrase} " for phrase in phrases))


def _heart(said: str) -> str:
    """The answer without what is only said before it."""
    first, _, rest = said.partition(" ")
    return _heart(rest) if rest and first.strip(".") in _BEFORE else said
