"""The words of a prose, each with its lemma and a coarse part of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from imrlint.document.prose import Place, Prose
from imrlint.once import cached_property
from imrlint.reading import morphology
from imrlint.reading.morphology import Tag

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")  # the same, found twice as fast in most texts


class Token(NamedTuple):
    """A word: a run of letters, possibly with apostrophes in it."""

    place: Place
    text: str

    @property
    def lower(self) -> str:
        return self.place.lower

    @property
    def lemma(self) -> str:
        """Its dictionary form, in lower case."""
        return morphology.find_lemma(self.lower)

    @property
    def tag(self) -> Tag:
        """Its likeliest part of speech, without regard to its context."""
        return morphology.guess_tag(self.lower)


class Tokens(Sequence[Token]):
    """The words of a prose, in order. Their places are computed on first use."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._word = _ASCII_WORD if prose.text.isascii() else _WORD
        self.lower: list[str] = self._word.findall(prose.lower)

    def __len__(self) -> int:
        return len(self.lower)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self._places[index]
        return Token(Place(self._prose, start, end), self._prose.text[start:end])

    def index_at(self, start: int) -> int:
        """The number, from 0, of the word that begins at character `start` of the folded text, or of the next one."""
        return bisect_left(self._places, (start, 0))

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different words, in lower case."""
        return frozenset(self.lower)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Each pair of adjacent words, in lower case."""
        return frozenset(pairwise(self.lower))

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return [match.span() for match in self._word.finditer(self._prose.text)]
