"""Numbers as letters write them: in figures, in words, or both ("twelve (12)"). Source: the table `numbers.tsv`."""

from __future__ import annotations

import re

from imrlint.knowledge import registry


def _values(*sorts: str) -> dict[str, int]:
    return {row.word: row.value for row in registry.NUMBERS.rows if row.sort in sorts}


def _alternatives(words: dict[str, int]) -> str:
    """A pattern for any of the words, the longest first, without a group around it."""
    return "|".join(sorted(words, key=len, reverse=True))


ORDINALS = _values("order")  # "first": 1
COUNT_WORDS = _alternatives(_values("count"))  # "one|two…"
WORDS = _alternatives(_values("count", "times"))  # with "once", "twice"
_VALUES = _values("count", "times")

_NUMBER = re.compile(rf"\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{WORDS})\b", re.IGNORECASE)
_TWICE = re.compile(rf"\b({WORDS}) ?\(\d+\)", re.IGNORECASE)


def value(printed: str) -> float:
    """What one number, in figures or in words, says. Raises `ValueError` where it is no number."""
    spoken = _VALUES.get(printed.casefold())
    return float(printed.replace(",", "")) if spoken is None else float(spoken)


def read(printed: str) -> list[float]:
    """Each number in the words, in order. "twelve (12)" is one number."""
    return [value(number) for number in _NUMBER.findall(_TWICE.sub(r"\1", printed))]
