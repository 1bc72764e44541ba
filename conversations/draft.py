"""Draft: what is already known of the RDV being taken, or moved."""

from dataclasses import dataclass
from datetime import datetime

from booking.souhait import Souhait
from booking.vues import Personne


@dataclass(frozen=True)
class Draft:
    """What is already known of the RDV being taken; what was said is never asked again."""

    motif: str | None = None
    lu: bool = False
    """The instructions were read and accepted, or there are none."""
    pour: Personne | None = None
    moi: Personne | None = None
    adresse: str | None = None
    lieu: str | None = None
    souhait: Souhait | None = None
    deplace: int | None = None
    """The participation that is moved, when no new RDV is taken."""
    ancien: datetime | None = None
    """When the RDV that is moved begins: it stands until the yes."""
    combien: int = 1
    """For how many people it is, known or still to be asked."""
    avec: tuple[Personne, ...] = ()
    """Who comes right after `pour`, a créneau each."""
    ensuite: tuple[Personne, ...] = ()
    """For whom an RDV is taken next, where none follow each other."""
    chez: bool = False
    """It is settled which organisation it is with, where several offer it."""
    numero: str | None = None
    """The number to call, as they just said it: E.164."""

    autrui: bool = False
    """It is for another adult than who is writing, who is still to be named."""

    @property
    def motif_ref(self) -> str:
        """The motif, once it is chosen."""
        if self.motif is None:
            raise ValueError("no motif was chosen")
        return self.motif

    @property
    def participant(self) -> Personne:
        """For whom it is, once it is known."""
        return _known(self.pour)

    @property
    def participants(self) -> tuple[Personne, ...]:
        """All those it is for, as far as they are known, in the order of their créneaux."""
        return (self.pour, *self.avec) if self.pour else ()

    @property
    def sender(self) -> Personne:
        """Who is writing, once it is known."""
        return _known(self.moi)

    @property
    def participation(self) -> int:
        """The participation that is moved."""
        if self.deplace is None:
            raise ValueError("no RDV is moved")
        return self.deplace


def _known(personne: Personne | None) -> Personne:
    if personne is None:
        raise ValueError("nobody is known yet")
    return personne
