"""The rows of the tables that only letters support, with the number of letters that the tables give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imrlint.knowledge.registry import TABLES


class Row(NamedTuple):
    """A row of a table: the file, its first two cells, and in how many letters it was seen."""

    table: str
    text: str
    letters: int


def list_letter_rows() -> Iterator[Row]:
    """Each row that neither law, guideline nor a published list supports."""
    for table in TABLES:
        for row in table.rows:
            if row.support.letters is not None:
                yield Row(f"knowledge.{table.file}", " ".join(_plain(cell) for cell in row[:2]), row.support.letters)


def _plain(cell: object) -> str:
    return "|".join(sorted(map(str, cell))) if isinstance(cell, (tuple, frozenset)) else str(cell)
