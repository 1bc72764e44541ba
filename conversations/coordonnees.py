"""Correct where to call or where to come, for RDVs that are booked.

U  plutot au 06 12 34 56 78
B  Vous appeler au 06 12 34 56 78 à partir du RDV du mar 24 nov 14h ? OUI pour changer, NON pour ne rien changer.
U  oui
B  C'est noté, le service le voit aussi.
"""

from dataclasses import dataclass
from typing import ClassVar

from booking.desk import Desk
from booking.errors import RdvIntrouvable, RdvPasse
from booking.models import TypeMotif
from booking.telephones import national
from booking.vues import RdvVu
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Moment, Say, say
from conversations.understanding import Context, Heard
from conversations.wishes import adresse_in, is_wrong_adresse, numero_in, precision_in, street_in


def correct(heard: Heard, desk: Desk) -> Turn | None:
    """Ask whether to change the number or the address of the RDVs to come that have one; None where a message gives
    neither, or nobody is to call or to come."""
    if heard.gives_up:
        return None
    if (numero := numero_in(heard)) is not None and (rdvs := _theirs(TypeMotif.TELEPHONE, desk)):
        return go(CorrectCoordonnees(rdvs, numero=numero))
    is_about_one = is_wrong_adresse(heard) or (street_in(heard) or precision_in(heard)) is not None
    if not is_about_one or not (rdvs := _theirs(TypeMotif.DOMICILE, desk)):
        return None
    adresse = adresse_in(heard, desk) or _more_precise(heard, desk)
    return end(say("change.adresse_entiere")) if adresse is None else go(CorrectCoordonnees(rdvs, adresse=adresse))


def _more_precise(heard: Heard, desk: Desk) -> str | None:
    """The address that is known, with what helps to find the door."""
    precision = precision_in(heard)
    known = next((adresse for one in desk.people() if (adresse := desk.known_adresse(one)) is not None), None)
    return f"{known}, {precision}" if known and precision else None


def _theirs(type: TypeMotif, desk: Desk) -> tuple[RdvVu, ...]:
    """Those that a message may change: a sender can be imitated, what is sensitive is seen to with somebody of the
    service."""
    return tuple(rdv for rdv in desk.rdvs(type) if not rdv.sensible)


@dataclass(frozen=True)
class CorrectCoordonnees(Step, key="change.coordonnees", scene="changement_coordonnees", context=Context.CONFIRMING):
    rdvs: tuple[RdvVu, ...]
    numero: str | None = None
    adresse: str | None = None

    is_notice: ClassVar[bool] = True

    def ask(self) -> Say:
        first = Moment(self.rdvs[0].debut)
        if self.numero is not None:
            return say("change.numero", numero=national(self.numero), debut=first)
        return say("change.adresse", adresse=self.adresse or "", debut=first)

    def ask_again(self) -> Say:
        return say("change.coordonnees_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if (other := correct(heard, desk)) is not None:
            return other
        match heard.yes_or_no:
            case True:
                return self.correct(desk)
            case False:
                return end(say("change.pas_corrige"))
            case None:
                return miss(self)

    def correct(self, desk: Desk) -> Turn:
        """An RDV of which something has become meanwhile needs it no longer."""
        for rdv in self.rdvs:
            try:
                desk.correct(rdv.participation, adresse=self.adresse, numero=self.numero)
            except (RdvIntrouvable, RdvPasse):
                continue
        return end(say("change.corrige"))
