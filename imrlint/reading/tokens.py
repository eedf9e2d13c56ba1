"""The words of a prose, as people count them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from imrlint.document.prose import Prose

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Word(NamedTuple):
    """A run of letters: characters `start` up to `end` of the folded text. An apostrophe may stand in it."""

    text: str
    start: int
    end: int


class Words(Sequence[Word]):
    """The words of a prose in order. Their places are looked up only when one is asked for."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        lower = prose.text.lower()
        same = len(lower) == len(prose.text)  # a few foreign letters are longer in lower case
        self.lower: list[str] = _WORD.findall(lower) if same else [w.lower() for w in _WORD.findall(prose.text)]

    def __len__(self) -> int:
        return len(self.lower)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self._places[index]
        return Word(self._prose.text[start:end], start, end)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return [match.span() for match in _WORD.finditer(self._prose.text)]


@lru_cache(maxsize=128)
def of(prose: Prose) -> Words:
    """Every word of a prose."""
    return Words(prose)


@lru_cache(maxsize=128)
def distinct(prose: Prose) -> frozenset[str]:
    """The different words of a prose, in lower case."""
    return frozenset(of(prose).lower)


@lru_cache(maxsize=128)
def pairs(prose: Prose) -> frozenset[tuple[str, str]]:
    """Each two words of a prose that follow one another, in lower case."""
    return frozenset(pairwise(of(prose).lower))
