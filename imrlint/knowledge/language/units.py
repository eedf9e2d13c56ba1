"""Units of measure and count as letters write them. Source: the table `units.tsv`."""

from __future__ import annotations

from imrlint.knowledge import registry
from imrlint.knowledge.registry import UnitRow

TIME = "time"
COUNTS = ("visit", "injection", "tablet")
"""The dimensions in which things are counted."""

_BY_WORD = {word: row for row in registry.UNITS.rows for word in row.words}


def read(word: str) -> UnitRow:
    """The unit that a word in any case means. Raises `KeyError` for another word."""
    return _BY_WORD[word.casefold()]


def is_unit(word: str) -> bool:
    return word.casefold() in _BY_WORD


def pattern(*dimensions: str) -> str:
    """A pattern for the words of some dimensions, the longest first, without a group around it; of all without any."""
    words = (word for word, row in _BY_WORD.items() if not dimensions or row.dimension in dimensions)
    return "|".join(sorted(words, key=len, reverse=True))
