"""The words that a house says are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class RightWords:
    """A set of words in which case and the shape of an apostrophe do not matter; it has their possessives, too."""

    folded: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str]) -> RightWords:
        return cls(frozenset(_fold(word) for word in words))

    def __contains__(self, word: str) -> bool:
        return bool(self.folded) and (_fold(word) in self.folded or strip_possessive(word) in self.folded)


def strip_possessive(word: str) -> str:
    """A word in lower case, without the ending of a possessive."""
    return _fold(word).removesuffix("'s").removesuffix("'")


def _fold(word: str) -> str:
    return word.replace("’", "'").casefold()
