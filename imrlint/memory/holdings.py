"""What a memory holds: how much, since when, and where the house itself is divided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from imrlint.memory import schema

_MOST = 20
_PIECES = 3  # that two wordings of one passage have in common, at least
_MOST_CHANGED = 3  # words
_SHORTEST = 6  # words of a passage


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
    """The passages that the house writes in two ways that differ in a few words, the most divided first.

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
    pairs = connection.execute(
        "SELECT one.sentence, other.sentence FROM traces one JOIN traces other"
        " ON one.trace = other.trace AND one.sentence < other.sentence"
        f" GROUP BY 1, 2 HAVING count(*) >= {_PIECES}"
    ).fetchall()
    for one, other in pairs:
        known = [
            connection.execute("SELECT letters, words FROM sentences WHERE hash = ?", (each,)).fetchone()
            for each in (one, other)
        ]
        if _differ_in_words(known[0][1].split(), known[1][1].split()):
            yield _order(*known)


def _order(one: tuple[int, str], other: tuple[int, str]) -> Division:
    (less, rarer), (more, usual) = sorted((one, other))
    return Division(usual, more, rarer, less)


def _differ_in_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two passages differ in a few words, and not only in what varies from case to case."""
    from rapidfuzz.distance import Levenshtein

    if min(len(one), len(other)) < _SHORTEST:
        return False
    changes = [each for each in Levenshtein.opcodes(one, other) if each.tag != "equal"]
    changed = [
        word
        for each in changes
        for word in (*one[each.src_start : each.src_end], *other[each.dest_start : each.dest_end])
    ]
    most = max((max(c.src_end - c.src_start, c.dest_end - c.dest_start) for c in changes), default=0)
    return 0 < most <= _MOST_CHANGED and not any(word.startswith("<") for word in changed)
