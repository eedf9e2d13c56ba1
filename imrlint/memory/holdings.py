"""What a memory holds: how much, since when, and where the house itself is divided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from imrlint.memory import neighbours, schema

_MOST = 20


@dataclass(frozen=True)
class Holdings:
    """How much a memory holds. `since` and `until` are the months of the first and the last decision, or ""."""

    letters: int
    since: str
    until: str
    sentences: int
    passages: int  # sentences that enough letters share
    phrases: int
    spellings: int
    citations: int
    size: int  # bytes


class Division(NamedTuple):
    """Two ways in which a house writes the same, and the number of letters that have each, the commoner one first."""

    usual: str
    letters: int
    other: str
    other_letters: int


def count_holdings(path: Path) -> Holdings:
    """How much the memory in a file holds. Raises BadMemory."""
    with closing(schema.open_to_read(path)) as connection:

        def count(table: str, condition: str = "1") -> int:
            return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0])

        since, until = connection.execute("SELECT min(month), max(month) FROM letters WHERE month <> ''").fetchone()
        return Holdings(
            connection.execute("SELECT count(DISTINCT text) FROM letters").fetchone()[0],
            since or "",
            until or "",
            count("sentences"),
            count("sentences", "words IS NOT NULL"),
            count("phrases"),
            count("spellings", "word IS NOT NULL"),
            count("citations", "citation IS NOT NULL AND hash <> subject"),
            path.stat().st_size,
        )


def list_divided_passages(path: Path, most: int = _MOST) -> list[Division]:
    """The passages that the house writes in two ways that differ in a few words at one place, the most divided first.

    Raises BadMemory.
    """
    with closing(schema.open_to_read(path)) as connection:
        found = sorted(_compare_passages(connection), key=lambda each: (-each.letters, each.usual))
        nearest = {each.other: each for each in reversed(found)}  # each wording beside the commonest one
        return nlargest(most, nearest.values(), key=lambda each: (each.other_letters, each.usual))


def list_divided_spellings(path: Path, most: int = _MOST) -> list[Division]:
    """The words that the house spells in two ways, the most divided first. Raises BadMemory."""
    with closing(schema.open_to_read(path)) as connection:
        rows = connection.execute("SELECT form, word, letters FROM spellings WHERE word IS NOT NULL").fetchall()
        forms: dict[int, list[tuple[int, str]]] = {}
        for form, word, letters in rows:
            forms.setdefault(form, []).append((letters, word))
        pairs = (_order(one, other) for each in forms.values() for one, other in combinations(sorted(each), 2))
        return nlargest(most, pairs, key=lambda each: (each.other_letters, each.usual))


def _compare_passages(connection: sqlite3.Connection) -> Iterator[Division]:
    for pair in neighbours.list_neighbours(connection):
        yield _order((pair.letters, pair.one), (pair.other_letters, pair.other))


def _order(one: tuple[int, str], other: tuple[int, str]) -> Division:
    (less, rarer), (more, usual) = sorted((one, other))
    return Division(usual, more, rarer, less)
