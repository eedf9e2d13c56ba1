"""How much of a sentence another text has already told: the words that two sentences share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from imrlint.document.prose import Place

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
        self._stems = {each: _list_stems(each) for each in dict.fromkeys(place.sentence for place in places)}

    def find(self, sentence: Place, without: Place) -> Retold:
        """The sentence that has the largest share of the words of another one, without those of a place in it."""
        stems = _list_stems(sentence) - _list_stems(without)
        best = Retold(None, 0.0)
        if len(stems) >= _FEWEST:
            for each, told in self._stems.items():
                share = len(stems & told) / len(stems)
                if share > best.share:
                    best = Retold(each, share)
        return best


def _list_stems(place: Place) -> frozenset[str]:
    """The beginnings of the longer words at a place, and its numbers."""
    return frozenset(_STEM.findall(place.lower)) - _EMPTY
