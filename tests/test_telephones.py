"""Phone numbers, however people write them."""

import pytest

from booking.telephones import e164, national


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 39 98 00 01", "+33639980001"),
        ("0639980001", "+33639980001"),
        ("06.39.98.00.01", "+33639980001"),
        ("+33 (0)6 39 98 00 01", "+33639980001"),
        ("0033639980001", "+33639980001"),
        ("03 21 00 00 00", "+33321000000"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0694 12 34 56", "+594694123456"),
        ("0696 12 34 56", "+596696123456"),
    ],
)
def test_every_way_of_writing_a_number_is_one_number(typed: str, number: str) -> None:
    assert e164(typed) == number


@pytest.mark.parametrize("typed", ["", "12", "abc", "06 39 98", "+", "0639980001234"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="phone number"):
        e164(typed)


def test_a_number_is_read_back_as_people_write_it() -> None:
    assert national("+33321000000") == "03 21 00 00 00"
    assert national("tg:4242") == "tg:4242"
