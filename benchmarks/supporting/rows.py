"""The table rows that are supported by letters only, with the number of letters that the tables give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imrlint.knowledge.registry import TABLES


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


def _plain(cell: object) -> str:
    return "|".join(sorted(map(str, cell))) if isinstance(cell, (tuple, frozenset)) else str(cell)
