"""The table rows that are supported by letters only, with the number of letters that the tables give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.knowledge.registry import FUNCTION_WORDS, NUMBERS, TABLES, WORDINGS
from supporting.alternatives import split_alternatives


class Row(NamedTuple):
    """A row of a table: the name of the file, the text of its first two cells, and its number of letters."""

    table: str
    text: str
    letters: int


def list_letter_rows() -> Iterator[Row]:
    """The rows that no law, guideline or published list supports."""
    for table in TABLES:
        for row in table.rows:
            if row.support.letters is not None:
                yield Row(f"knowledge.{table.file}", " ".join(_plain(cell) for cell in row[:2]), row.support.letters)


def list_composed() -> frozenset[str]:
    """The texts of rows that patterns are composed of, and of the alternatives within them.

    They have a row of their own, with its source, and are no alternative that a pattern was given.
    """
    wordings = [row.wording for row in WORDINGS.rows]
    words = [word for row in FUNCTION_WORDS.rows for word in row.words] + [row.word for row in NUMBERS.rows]
    parts = [each.text for wording in wordings for each in split_alternatives(re.compile(wording))]
    return frozenset((*wordings, *words, *parts))


def _plain(cell: object) -> str:
    return "|".join(sorted(map(str, cell))) if isinstance(cell, (tuple, frozenset)) else str(cell)
