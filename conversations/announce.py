"""How an RDV is announced, whatever the occasion: where it takes place decides the words, discretion outranks."""

from datetime import datetime

from booking.models import TypeMotif
from conversations.messages import Moment, Say, Value, say


def announced(
    key: str,
    *,
    type: TypeMotif,
    debut: datetime,
    prenom: str | None,
    lieu: str | None,
    adresse: str | None,
    numero: str | None,
    discret: bool,
    kind: str = "reply",
    **more: Value,
) -> Say:
    """The phrase `key` in the variant that fits: discreet, by phone, at home, for a proche or for oneself."""
    when: dict[str, Value] = {"debut": Moment(debut), **more}
    if discret:
        return Say(f"{key}_discret", when, kind=kind)
    if prenom is not None and type is not TypeMotif.SUR_PLACE:
        when["debut"] = say("notice.debut_pour", debut=Moment(debut), prenom=prenom)
    match type:
        case TypeMotif.TELEPHONE:
            return Say(f"{key}_telephone", {"numero": numero or "", **when}, kind=kind)
        case TypeMotif.DOMICILE:
            return Say(f"{key}_domicile", {"adresse": adresse or "", **when}, kind=kind)
        case TypeMotif.SUR_PLACE:
            place: dict[str, Value] = {"lieu": lieu or "", "adresse": adresse or "", **when}
            if prenom is None:
                return Say(f"{key}_pour_moi", place, kind=kind)
            return Say(key, {"prenom": prenom, **place}, kind=kind)
