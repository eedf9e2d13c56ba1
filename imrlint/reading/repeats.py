"""Words and groups of words that occur twice in a row."""

from __future__ import annotations

from typing import NamedTuple

from imrlint.reading.tokens import Tokens

_LONGEST = 8  # words of a group


class Repeat(NamedTuple):
    """The `size` words from number `first` (from 0) on, which repeat the `size` words before them."""

    first: int
    size: int


def find_repeats(tokens: Tokens) -> tuple[Repeat, ...]:
    """The groups of at most eight words that occur twice in a row, in order; groups may overlap."""
    lower = tokens.lower
    last: dict[str, int] = {}
    found = []
    for i, word in enumerate(lower):
        before = last.get(word)
        last[word] = i
        if before is None:
            continue
        size = i - before
        if size <= _LONGEST and (size == 1 or lower[i : i + size] == lower[before:i]):
            found.append(Repeat(i, size))
    return tuple(found)
