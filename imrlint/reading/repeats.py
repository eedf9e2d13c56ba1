"""Words and groups of words that occur twice in a row."""

from __future__ import annotations

from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.reading.tokens import Tokens

_LONGEST = 8  # words of a group


class Repeat(NamedTuple):
    """Words that occur twice in a row: first at the place `once`, then at `again`. `words` has them in lower case."""

    once: Place
    again: Place
    words: tuple[str, ...]


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
            once = _join_places(tokens[before].place, tokens[i - 1].place)
            again = _join_places(tokens[i].place, tokens[i + size - 1].place)
            found.append(Repeat(once, again, tuple(lower[before:i])))
    return tuple(found)


def _join_places(first: Place, last: Place) -> Place:
    return Place(first.prose, first.start, last.end)
