"""Words, and groups of words, that stand twice in a row."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from imrlint.document.prose import Prose
from imrlint.reading import tokens

_LONGEST = 8


class Repeat(NamedTuple):
    """`size` words from word number `first` on, which are the same as the `size` words before them."""

    first: int
    size: int


@lru_cache(maxsize=128)
def of(prose: Prose) -> tuple[Repeat, ...]:
    """Each group of at most eight words that is said twice in a row, in order; they may overlap."""
    lower = tokens.of(prose).lower
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
