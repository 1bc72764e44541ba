"""What may become of an RDV, and when."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from booking.models import Statut
from booking.statuts import allowed, of_rdv, shown
from tests.makers import at
from tests.naive_creneaux import PARIS

ALWAYS = {Statut.INDETERMINE, Statut.EXCUSE, Statut.REVOQUE}
INDETERMINE, SALLE, VU, EXCUSE, REVOQUE, NON_EXCUSE = Statut


@pytest.mark.parametrize(
    ("now", "more"),
    [
        (at("23:59", "2026-11-22"), set()),
        (at("00:00"), {SALLE}),
        (at("09:59"), {SALLE}),
        (at("10:00"), {SALLE, VU, NON_EXCUSE}),
        (at("23:59"), {SALLE, VU, NON_EXCUSE}),
        (at("00:00", "2026-11-24"), {VU, NON_EXCUSE}),
    ],
)
def test_what_may_become_of_an_rdv_at_ten_on_monday(now: datetime, more: set[Statut]) -> None:
    assert allowed(at("10:00"), now, PARIS) == ALWAYS | more


def test_the_day_itself_is_the_territorys() -> None:
    # One in the morning in Paris, still the day before in La Guadeloupe.
    debut, now = at("16:00"), at("01:00")
    assert SALLE in allowed(debut, now, PARIS)
    assert SALLE not in allowed(debut, now, ZoneInfo("America/Guadeloupe"))


@pytest.mark.parametrize(
    ("participations", "statut"),
    [
        ([INDETERMINE], INDETERMINE),
        ([VU, EXCUSE], VU),
        ([VU, NON_EXCUSE], VU),
        ([VU, INDETERMINE], VU),
        ([SALLE, INDETERMINE], SALLE),
        ([SALLE, NON_EXCUSE], SALLE),
        ([NON_EXCUSE, INDETERMINE], INDETERMINE),
        ([NON_EXCUSE, EXCUSE], NON_EXCUSE),
        ([EXCUSE, EXCUSE], EXCUSE),
        ([EXCUSE, REVOQUE], REVOQUE),
        ([EXCUSE, INDETERMINE], INDETERMINE),
    ],
)
def test_an_individual_rdv_follows_who_did_not_cancel(participations: list[Statut], statut: Statut) -> None:
    for before in Statut:
        assert of_rdv(before, participations, collectif=False) is statut
        assert of_rdv(before, participations[::-1], collectif=False) is statut


@pytest.mark.parametrize("statut", Statut)
def test_an_rdv_without_anybody_stays_as_it_is(statut: Statut) -> None:
    assert of_rdv(statut, [], collectif=False) is of_rdv(statut, [], collectif=True) is statut


def test_a_seance_takes_place_though_everybody_gives_it_up() -> None:
    assert of_rdv(INDETERMINE, [EXCUSE, EXCUSE], collectif=True) is INDETERMINE
    assert of_rdv(INDETERMINE, [REVOQUE], collectif=True) is INDETERMINE
    assert of_rdv(INDETERMINE, [VU, NON_EXCUSE], collectif=True) is VU
    assert of_rdv(VU, [NON_EXCUSE], collectif=True) is INDETERMINE


def test_only_an_agent_calls_a_seance_off_or_on_again() -> None:
    assert of_rdv(REVOQUE, [INDETERMINE, VU], collectif=True) is REVOQUE


def test_an_rdv_of_which_nothing_is_known_is_to_come_then_to_be_filled_in() -> None:
    assert shown(INDETERMINE, at("10:00"), at("09:59")) == "à venir"
    assert shown(INDETERMINE, at("10:00"), at("10:00")) == "à renseigner"
    assert [shown(statut, at("10:00"), at("11:00")) for statut in (SALLE, VU, EXCUSE, REVOQUE, NON_EXCUSE)] == [
        "en salle d'attente", "vu", "excusé", "révoqué", "non excusé",
    ]  # fmt: skip
