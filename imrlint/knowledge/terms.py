"""Finding the terms of a table in running text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# A hyphen or a slash parts words, so that "X-ray" and "x ray", "EMG/NCV" and "EMG NCV" are the same term.
WORD = re.compile(r"[A-Za-z]+\d*|\d+")


class Term(NamedTuple, Generic[T]):
    """A term found: characters `start` up to `end` of the text, and what it stands for."""

    start: int
    end: int
    meaning: T


class Terms(Generic[T]):
    """An index of terms of one or several words. The longest term at a place wins."""

    def __init__(self, meanings: Iterable[tuple[str, T]]) -> None:
        index: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for term, meaning in meanings:
            words = tuple(m.group() for m in WORD.finditer(term.casefold()))
            if words:
                index[words[0]].append((words, meaning))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._index = dict(index)

    def find(self, text: str) -> Iterator[Term[T]]:
        """Each term in `text`, in order; none overlaps another."""
        words = [(m.group().casefold(), m.start(), m.end()) for m in WORD.finditer(text)]
        at = 0
        while at < len(words):
            for term, meaning in self._index.get(words[at][0], ()):
                if len(term) == 1 or self._follows(words, at, term):
                    yield Term(words[at][1], words[at + len(term) - 1][2], meaning)
                    at += len(term) - 1
                    break
            at += 1

    def get(self, term: str) -> T | None:
        """What `term`, taken whole, stands for."""
        words = tuple(m.group() for m in WORD.finditer(term.casefold()))
        entries = self._index.get(words[0], ()) if words else ()
        return next((meaning for known, meaning in entries if known == words), None)

    @staticmethod
    def _follows(words: list[tuple[str, int, int]], at: int, term: tuple[str, ...]) -> bool:
        return tuple(word for word, _, _ in words[at : at + len(term)]) == term
