"""What a reader says of sentences, and what a reader is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, Protocol


class DoubtKind(Enum):
    """What a reader thinks should be done with a word."""

    REPLACE = "replace"  # another word should stand there
    DELETE = "delete"  # it should not stand there
    INSERT = "insert"  # a word is missing before it


class Doubt(NamedTuple):
    """A word, characters `start` up to `end` of a sentence, that a reader thinks is wrong.

    `offers` are words that should stand there, or, for INSERT, before it; the likeliest first, none for DELETE.
    `confidence` is the probability, from 0 to 1 and rounded to two decimals, that a careful proofreader would mark
    the place.
    """

    start: int
    end: int
    kind: DoubtKind
    offers: tuple[str, ...]
    confidence: float


class Reader(Protocol):
    """Something that reads sentences. What it says of one does not depend on the others."""

    @property
    def name(self) -> str:
        """Its models with their versions: where the name is the same, it says the same."""
        ...

    def read(self, sentences: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts in each sentence, in the order of its text."""
        ...
