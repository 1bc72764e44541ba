"""Vocabulary: the words that are spelled right, and those that a misspelt word is likely to be."""

import re
from collections.abc import Iterator
from typing import Any

from conversations.understanding.spelling import folded
from conversations.understanding.tables import danger, foreign, lists, motifs, questions, requests, talk, texto


def _texts(table: Any) -> Iterator[str]:
    """Every text in a table, however deep."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for key, value in table.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(table, tuple | list | frozenset):
        for one in table:
            yield from _texts(one)


def _words(*tables: Any) -> frozenset[str]:
    return frozenset(word for text in _texts(tables) for word in re.findall(r"[^\W_]+(?!\w*\*)", folded(text)))


KNOWN = _words(
    *(table for module in (danger, foreign, motifs, questions, requests, talk) for table in (*vars(module).values(),)
      if isinstance(table, tuple | dict | str)),
    *vars(texto).values(),
    lists.COMMON, lists.CORRECTED, lists.LISTS, sorted(lists.POLITE),
)  # fmt: skip
"""Words that are not misspellings of others."""

CORRECTED: dict[str, list[str]] = {}
for _word in sorted(set(lists.CORRECTED.split())):
    CORRECTED.setdefault(_word[0], []).append(_word)
"""The words that misspelt ones are set right to, by their first letter."""
