"""Words that tell one of several like parts apart: a finger, "medial", "distal". Source: the table `positions.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from imrlint.knowledge import registry
from imrlint.knowledge.registry import PositionRow


class Position(NamedTuple):
    """A word of `positions.tsv` in a text, by offsets, with its row."""

    start: int
    end: int
    row: PositionRow


# Between positions that share a noun.
_JOIN = r"(?:,? (?:and|or) |, ?| ?[/&] ?)(?:(?:the|his|her|left|right) ){0,2}"
_NEAR = 40  # characters from a position to its noun, over others


def find(lower: str) -> Iterator[Position]:
    """Each position that a text in lower case names, in order."""
    rows = _by_word()
    for match in _pattern().finditer(lower):
        for row in rows[match.group()]:
            if not row.nouns or _nouns(row.nouns).match(lower, match.end(), match.end() + _NEAR):
                yield Position(match.start(), match.end(), row)
                break


@cache
def _by_word() -> dict[str, list[PositionRow]]:
    found: dict[str, list[PositionRow]] = {}
    for row in registry.POSITIONS.rows:
        for word in row.words:
            found.setdefault(word, []).append(row)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_by_word(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


@cache
def _nouns(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """One of some nouns behind a position, perhaps after other positions that share it, and after a word: "trigger"."""
    words = "|".join(_by_word())
    return re.compile(rf"(?:{_JOIN}(?:{words}))*(?: [a-z]+)?[ -](?:{'|'.join(nouns)})s?\b")
