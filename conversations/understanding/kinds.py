"""Kinds of danger, and the numbers that save from each."""

from enum import StrEnum


class Kind(StrEnum):
    """What an emergency is about."""

    SUICIDE = "suicide"
    DOMESTIC_VIOLENCE = "domestic_violence"
    CHILD_DANGER = "child_danger"
    MEDICAL = "medical"
    VIOLENCE = "violence"
    SHELTER = "shelter"


class Danger(StrEnum):
    """What the words tell of; a later one gives way to an earlier one."""

    PILLS = "pills"
    SUICIDE = "suicide"
    CHILD_HURT = "child_hurt"
    MEDICAL = "medical"
    CHILD = "child"
    DOMESTIC = "domestic"
    VIOLENCE = "violence"
    SHELTER = "shelter"

    @property
    def kind(self) -> Kind:
        return _KINDS[self][0]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers to show at least; 114 takes SMS."""
        return _KINDS[self][1]


_KINDS = {
    Danger.PILLS: (Kind.SUICIDE, ("3114", "15")),
    Danger.SUICIDE: (Kind.SUICIDE, ("3114",)),
    Danger.CHILD_HURT: (Kind.CHILD_DANGER, ("119", "15")),
    Danger.MEDICAL: (Kind.MEDICAL, ("15", "112")),
    Danger.CHILD: (Kind.CHILD_DANGER, ("119",)),
    Danger.DOMESTIC: (Kind.DOMESTIC_VIOLENCE, ("3919", "17", "114")),
    Danger.VIOLENCE: (Kind.VIOLENCE, ("17", "114")),
    Danger.SHELTER: (Kind.SHELTER, ("115",)),
}
