"""Logs: one JSON object a line, ids and kinds of errors, never a word, a name or a number of somebody's."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

# What every record carries; the rest was given as `extra`.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(stream: TextIO | None = None) -> None:
    """Everything from warnings up, to stderr or `stream`, in place of what was configured before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class JsonLines(logging.Formatter):
    """An error is told by its kind and where it happened: what it says may quote what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.split(".")[0] in _OURS else record.msg,
            **{name: value for name, value in vars(record).items() if name not in _USUAL},
        }
        if record.exc_info and record.exc_info[0]:
            line["error"], line["trace"] = _kinds(record.exc_info[1]), _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


_OURS = frozenset({"bot", "channels", "conversations", "booking", "admin"})
"""Our own lines are written to carry nothing of anybody's; of those of libraries, the sentence without its values."""


def _kinds(error: BaseException | None) -> list[str]:
    """The kind of an error and of those that caused it, the last first."""
    kinds: list[str] = []
    while error is not None and len(kinds) < 10:
        kinds.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return kinds


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
