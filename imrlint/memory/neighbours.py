"""Sentences of a house that are nearly alike, and the words that it exchanges for one another in them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.memory.differences import join_adjacent, list_differences

_PIECES = 2  # traces that two wordings of one passage have in common, at least
_CROWDED = 200  # sentences with the same trace, which is then no sign of a common passage
_MOST_CHANGED = 3  # words
_SHORTEST = 6  # words of a passage


class Neighbours(NamedTuple):
    """Two known sentences that differ in a few words at one place, `ours` and `theirs`; with their letters."""

    one: str
    letters: int
    other: str
    other_letters: int
    ours: str
    theirs: str


def list_neighbours(connection: sqlite3.Connection) -> Iterator[Neighbours]:
    """All pairs of neighbours among the sentences that are kept as text, in the order of their hashes."""
    pairs = connection.execute(
        "WITH clear AS (SELECT trace FROM traces GROUP BY trace HAVING count(*) BETWEEN 2 AND ?)"
        " SELECT one.sentence, other.sentence FROM clear JOIN traces one USING (trace) JOIN traces other USING (trace)"
        " WHERE one.sentence < other.sentence GROUP BY 1, 2 HAVING count(*) >= ? ORDER BY 1, 2",
        (_CROWDED, _PIECES),
    )
    for hashes in pairs:
        (one, letters), (other, other_letters) = (
            connection.execute("SELECT words, letters FROM sentences WHERE hash = ?", (each,)).fetchone()
            for each in hashes
        )
        if difference := _find_difference(one.split(), other.split()):
            yield Neighbours(one, letters, other, other_letters, *difference)


def count_exchanges(connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """In how many pairs of neighbours words are exchanged for one another; each pair of words is in order."""
    exchanges: Counter[tuple[str, str]] = Counter()
    for pair in list_neighbours(connection):
        first, second = sorted((pair.ours, pair.theirs))
        exchanges[first, second] += 1
    return exchanges


def _find_difference(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The words at the one place where two sentences differ in a few words that are no masks; else None."""
    differences = join_adjacent(list_differences(one, other))
    if len(differences) != 1 or min(len(one), len(other)) < _SHORTEST:
        return None
    (at,) = differences
    ours, theirs = one[at.start : at.end], other[at.first : at.last]
    is_short = max(len(ours), len(theirs)) <= _MOST_CHANGED
    has_masks = any(word.startswith("<") for word in (*ours, *theirs))
    return (" ".join(ours), " ".join(theirs)) if is_short and not has_masks else None
