"""Everything booking can refuse.

BookingError
├── CreneauPris         somebody else has it, or it is no longer offered: offer others
├── TropDeRetenues      this person already keeps two créneaux: let one go first
├── TropDeRdvs          this person already has three RDVs to come for this motif
├── RdvIntrouvable      no such RDV for this person
├── RdvPasse            the RDV has begun: nothing to cancel by message
├── HorizonTropLong     créneaux asked further ahead than anybody looks: ask for an earlier day
└── TerritoireRefuse    the territory file is wrong: every error with its path
"""


class BookingError(Exception):
    """A refusal the caller can act on."""


class CreneauPris(BookingError):
    pass


class TropDeRetenues(BookingError):
    pass


class TropDeRdvs(BookingError):
    pass


class RdvIntrouvable(BookingError):
    pass


class RdvPasse(BookingError):
    pass


class HorizonTropLong(BookingError):
    pass


class TerritoireRefuse(BookingError):
    """`errors`: one sentence each, `path: what is wrong`, in the order of the file."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors
