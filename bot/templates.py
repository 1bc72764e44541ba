"""WhatsApp's templates: which phrases may leave after a person's day, and the name that each was approved under.

They are read from a TOML file, by language and phrase; how to have them approved is in docs/expediteurs.md:

    [fr]
    "notice.reminder" = "HX0123456789abcdef0123456789abcdef"
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from conversations.langue import spoken
from conversations.messages import Say, Template
from conversations.phrases import Phrases, catalogue

Templates = Mapping[str, Mapping[str, str]]
"""Names at the provider, by language, then by phrase."""

_NAME = re.compile(r"HX[0-9a-fA-F]{32}")


class TemplatesRefused(Exception):
    """`errors`: one sentence each, naming the place in the file and what to do."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def read(path: Path) -> Templates:
    """The templates of a file; raises `TemplatesRefused` saying every error."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TemplatesRefused([f"{path}: cannot be read ({error.strerror})"]) from None
    except ValueError as error:
        raise TemplatesRefused([f"{path}: is not TOML in UTF-8 ({error})"]) from None
    errors = [error for langue, table in written.items() for error in _faults(langue, table)]
    if errors:
        raise TemplatesRefused(errors)
    return written


def _faults(langue: str, table: object) -> list[str]:
    if langue not in spoken() or not isinstance(table, dict):
        return [f"{langue}: must be a table named after a language: {', '.join(spoken())}"]
    known = {key for key in catalogue(langue) if key.startswith("notice.")}
    unknown = [f"{langue}.{key}: no such phrase; notice.reminder, say" for key in table if key not in known]
    unnamed = [
        f"{langue}.{key}: must be the SID of a content template, HX and 32 digits or letters a to f"
        for key, name in table.items()
        if not isinstance(name, str) or not _NAME.fullmatch(name)
    ]
    return unknown + unnamed


def fill(templates: Templates, says: Sequence[Say], langue: str, phrases: Phrases) -> Template | None:
    """The template for what is said; None where there is none for it, or it does not fit one: no list, no line and
    nothing empty goes into a blank."""
    named = templates.get(langue, {})
    if len(says) != 1 or says[0].options or says[0].key not in named:
        return None
    blanks = phrases.blanks(says[0])
    if not all(blanks) or any("\n" in blank for blank in blanks):
        return None
    return Template(named[says[0].key], blanks)
