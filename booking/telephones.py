"""Phone numbers: one E.164 form out of how people write them, and back; which of them are French mobiles."""

import re

import phonenumbers

REGIONS = ("FR", "RE", "YT", "GP", "MF", "GF", "MQ", "PM", "NC", "PF", "WF", "BL")
"""Whose national forms are understood: 0692… is a number of La Réunion, which the metropolitan plan calls invalid."""

_METROPOLITAN_MOBILE = re.compile(r"\+33[67][0-9]{8}")


def e164(typed: str) -> str:
    """The E.164 form of a number written in it, or in a French national form, overseas included. Raises
    ValueError."""
    regions = (None,) if typed.startswith("+") else REGIONS
    numbers = [_dialled(typed, region) for region in regions]
    for number in numbers:
        if number and phonenumbers.is_valid_number(number):
            return _written(number)
    # The numbers kept for fiction are possible in the metropolitan plan without being valid in it.
    if numbers[0] and phonenumbers.is_possible_number(numbers[0]):
        return _written(numbers[0])
    raise ValueError("must be a phone number like +33611000001 or 06 11 00 00 01")


def national(number: str) -> str:
    """An E.164 number as people write it at home, "06 11 00 00 01"; anything else as it is."""
    parsed = _dialled(number, None)
    if parsed is None:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def is_mobile(number: str) -> bool:
    """Whether an E.164 number is a mobile of metropolitan France, those kept for fiction included, or of its
    overseas territories."""
    if _METROPOLITAN_MOBILE.fullmatch(number):
        return True
    parsed = _dialled(number, None) if number.startswith("+") else None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return False
    is_french = phonenumbers.region_code_for_number(parsed) in REGIONS
    return is_french and phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def _written(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialled(typed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
