"""What we tell because something happened, not because somebody just asked: from an avis to its phrases."""

from booking.avis import Facts
from booking.telephones import national
from conversations.announce import announced
from conversations.messages import Say, say

SHORT = 100
"""Indications up to this many characters fit in the confirmation itself."""


def phrases(facts: Facts) -> tuple[Say, ...]:
    """The confirmation of an RDV; long indications follow in a message of their own."""
    is_short = len(facts.indications) <= SHORT and not facts.discret
    told = announced(
        f"notice.{facts.kind}",
        type=facts.type,
        debut=facts.debut,
        prenom=facts.prenom,
        lieu=facts.lieu,
        adresse=facts.adresse,
        numero=national(facts.numero or ""),
        discret=facts.discret,
        kind=facts.kind,
        indications=facts.indications if is_short else "",
        contact=_contact(facts),
    )
    if is_short or facts.discret:
        return (told,)
    return (told, say("notice.indications", kind=facts.kind, texte=facts.indications))


def _contact(facts: Facts) -> Say:
    if facts.telephone is None:
        return say("notice.rien")
    return say("notice.contact", telephone=national(facts.telephone))
