"""What a number of ours can do, told by its form, and which ones France closes to a service that answers.

Arcep decision 2022-1583, in force since January 2023: 06 and 07 numbers are for people who write to one another, and
operators block what an application sends from them. The rates are what Twilio lets through.
"""

import re
from dataclasses import dataclass

RESERVED = frozenset(
    {"CANCEL", "END", "HELP", "INFO", "OPTOUT", "QUIT", "REVOKE", "START", "STOP", "STOPALL", "UNSTOP", "UNSUBSCRIBE"}
)
"""Words that Twilio acts on before we do, when they are the whole SMS: it stops all that we send, opens it again, or
answers in our place. YES opens it again too, and reaches us like any other word."""


class SenderRefused(ValueError):
    """Why nothing of ours may leave from a sender, in words for whoever sets it up."""


@dataclass(frozen=True)
class Sender:
    """What a sender can do. `is_two_way`: people can answer it; `is_alphanumeric`: it is a name and no number;
    `channels`: those that it can carry; `segments_per_second`: how fast its SMS leave."""

    is_two_way: bool
    is_alphanumeric: bool
    channels: frozenset[str]
    segments_per_second: float


_SMS, _BOTH = frozenset({"sms"}), frozenset({"sms", "whatsapp"})
_FORMS = {
    r"38\d{3}": Sender(True, False, _SMS, 30.0),
    r"\+(?:33|262|590|594|596)9\d{8}": Sender(True, False, _BOTH, 10.0),
    r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}": Sender(False, True, _SMS, 10.0),
    r"\+(?!33|262|590|594|596)[1-9]\d{6,14}": Sender(True, False, _BOTH, 1.0),
}
"""A transactional short code; a number of a technical platform (09), overseas included; a name; a foreign number."""
_INSTEAD = "use an 09 number of a technical platform, or a 38xxx short code"
_REFUSED = {
    r"\+33[67]\d{8}|\+(?:262|590|594|596)[67]\d{8}": (
        f"06 and 07 numbers may not carry what an application sends (Arcep, decision 2022-1583); {_INSTEAD}"
    ),
    r"\+33[1-5]\d{8}|\+(?:262|590|594|596)[2-5]\d{8}": f"a landline carries no SMS; {_INSTEAD}",
    r"36\d{3}": f"36xxx short codes are for advertising; {_INSTEAD}",
}


def sender(name: str) -> Sender:
    """What a sender can do: "+33938000001", "38123", "MDS ARRAS". Raises `SenderRefused` for one that cannot carry
    our messages."""
    for form, refusal in _REFUSED.items():
        if re.fullmatch(form, name):
            raise SenderRefused(refusal)
    for form, found in _FORMS.items():
        if re.fullmatch(form, name):
            return found
    raise SenderRefused("no number like +33938000001, and no short code like 38123")


def to_talk_with(name: str) -> Sender:
    """A sender that people can answer: every dialogue is made of answers. Raises `SenderRefused`."""
    found = sender(name)
    if not found.is_two_way:
        raise SenderRefused(
            f"a name cannot be answered, and our messages ask for an answer (OUI, ANNULER, STOP); {_INSTEAD}"
        )
    return found
