"""How much of a sentence another text has already told: the words that two sentences share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.once import cached_property

_STEM = re.compile(r"\b(?:[a-z]{4,5}|\d[\d/.]*\d|\d)")
_FEWEST = 3  # stems of a sentence that may tell something again
_EMPTY = frozenset(
    ("with", "that", "this", "were", "have", "been", "from", "which", "does", "into", "also", "than", "then", "they",
     "their", "there", "these", "those", "left", "right", "patie", "worke", "injur", "emplo", "claim", "appli")
)  # fmt: skip


class Retold(NamedTuple):
    """The sentence that has most of the words of another, and the share of them, from 0 to 1."""

    sentence: Place | None
    share: float


class Told:
    """The sentences in which something stands, by their words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._sentences = list(dict.fromkeys(place.sentence for place in places))

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of the sentences that have a stem."""
        found: dict[str, list[int]] = {}
        for number, sentence in enumerate(self._sentences):
            for stem in _list_stems(sentence):
                found.setdefault(stem, []).append(number)
        return found

    def find(self, sentence: Place, without: Place) -> Retold:
        """The sentence that has the largest share of the words of another one, without those of a place in it."""
        stems = _list_stems(sentence) - _list_stems(without)
        shared = Counter(number for stem in stems for number in self._numbers.get(stem, ()))
        if len(stems) < _FEWEST or not shared:
            return Retold(None, 0.0)
        best = min(shared, key=lambda number: (-shared[number], number))
        return Retold(self._sentences[best], shared[best] / len(stems))


def _list_stems(place: Place) -> frozenset[str]:
    """The beginnings of the longer words at a place, and its numbers."""
    return frozenset(_STEM.findall(place.lower)) - _EMPTY
