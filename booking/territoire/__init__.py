"""The territory file: read it, refuse it with every error named, or load it over what the database holds."""

import json
import re
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from booking.errors import TerritoireRefuse
from booking.territoire.ecriture import Ecriture
from booking.territoire.fichier import Fault, in_file_order, parse
from booking.territoire.memoire import remember
from booking.territoire.regles import faults


@dataclass(frozen=True)
class Loaded:
    """How many entries of each list were created, updated, or found as an earlier load had left them."""

    territoire: str
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> object:
    """What the file at `path` holds, JSON or (.yaml, .yml) YAML. Raises `TerritoireRefuse` with one message
    when it cannot be read, with the line where that is known."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TerritoireRefuse([f"{path.name}: cannot be read as UTF-8 text ({_cause(error)})"]) from error
    try:
        return _yaml(text) if path.suffix in (".yaml", ".yml") else parse_json(text)
    except json.JSONDecodeError as error:
        raise TerritoireRefuse([f"{path.name}, line {error.lineno}: {error.msg}"]) from error
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise TerritoireRefuse([f"{path.name}{line}: {error.problem}"]) from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise TerritoireRefuse([f"{path.name}: {_cause(error)}"]) from error


def load(session: Session, content: object, now: datetime, *, what_if: bool = False) -> Loaded:
    """Create or update a whole territoire from the content of its file. Flushes and never commits. Raises
    `TerritoireRefuse` with every error, having written nothing. An entry that has not changed since it was
    last loaded is left as people have made it; an entry no longer in the file stays. In a `what_if`, what
    nobody would put in an agenda but a search has an answer to is accepted, where the database itself has nothing
    against it."""
    lu = parse(content)
    memory = remember(session, lu)
    known = memory.known(lu)
    _refuse([*lu.faults, *faults(lu, known, what_if=what_if)], content)
    with session.begin_nested():
        ecriture = Ecriture(session, memory, known, now)
        ecriture.write(lu)
        _refuse(ecriture.faults, content)
    # Links are written beside the session: what it holds of them is out of date.
    session.expire_all()
    return Loaded(str(lu.territoire.ref), +ecriture.created, +ecriture.updated, +ecriture.unchanged)


def _refuse(found: list[Fault], content: object) -> None:
    if found:
        raise TerritoireRefuse([str(fault) for fault in in_file_order(found, content)])


def _cause(error: Exception) -> str:
    return str(error) or type(error).__name__


def parse_json(text: str) -> object:
    """What a JSON text says, with no field twice in one object and no NaN. Raises ValueError, and RecursionError
    where it is nested too deep."""
    return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ: of two that are the same, one would silently win."""
    named = dict(pairs)
    if len(named) < len(pairs):
        (name, _), *_ = (Counter(name for name, _ in pairs)).most_common(1)
        raise ValueError(f"the field {name} is written twice in one object")
    return named


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


class _PlainYaml(yaml.SafeLoader):
    """YAML whose plain words mean what they mean in JSON: 12:00, 2026-11-02, +33611000001, 01004 and no are
    text, not 720, a date, a number, an octal and false."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the name is PyYAML's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for rank, (key, _) in enumerate(node.value):
            if not isinstance(names[rank], str) or names[rank] in names[:rank]:
                problem = f"the field {names[rank]} must be text, written once"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _starts in (
    ("null", r"^(null|~|)$", ["n", "~", ""]),
    ("bool", r"^(true|false)$", ["t", "f"]),
    ("int", r"^-?(0|[1-9]\d*)$", list("-0123456789")),
    ("float", r"^-?(0|[1-9]\d*)(\.\d+([eE][-+]?\d+)?|[eE][-+]?\d+)$", list("-0123456789")),
):
    _PlainYaml.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _starts)


def _yaml(text: str) -> object:
    return yaml.load(text, Loader=_PlainYaml)
