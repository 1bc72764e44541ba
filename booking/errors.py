"""Everything booking can refuse.

BookingError
├── CreneauPris         somebody else has it, or it is no longer offered: offer others
├── TropDeRetenues      this person already keeps two créneaux: let one go first
├── TropDeRdvs          this person already has three RDVs to come for this motif
├── RdvIntrouvable      no such RDV for this person
├── RdvPasse            the RDV has begun: nothing to cancel by message
├── TropDAnnulations    this contact has already given up three RDVs today: an agent has to see
├── TropTardPourDeplacer  only the service can move it: the motif's delay has passed, or it is not theirs alone
├── RienARetablir       nothing was given up from this contact in the last minutes, or it cannot come back
├── StatutRefuse        this RDV cannot become that, or not now
├── SeanceComplete      no seat is left
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


class TropDAnnulations(BookingError):
    pass


class TropTardPourDeplacer(BookingError):
    pass


class RienARetablir(BookingError):
    pass


class StatutRefuse(BookingError):
    pass


class SeanceComplete(BookingError):
    pass


class HorizonTropLong(BookingError):
    pass


class TerritoireRefuse(BookingError):
    """`errors`: one sentence each, `path: what is wrong`, in the order of the file."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors
