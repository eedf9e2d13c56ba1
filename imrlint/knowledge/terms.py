"""Finding the terms of a table in running text, all in one pass over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from imrlint.document.text import fold_case

T = TypeVar("T")

# A hyphen or a slash parts words, so that "X-ray" and "x ray", "EMG/NCV" and "EMG NCV" are the same term.
_PARTING = str.maketrans("-/–", "   ")
_WIDE = re.compile(" {2,}")
_PLURAL = re.compile(r"e?s\b")


class Term(NamedTuple, Generic[T]):
    """A term found: characters `start` up to `end` of the text, and what it stands for."""

    start: int
    end: int
    meaning: T


class Terms(Generic[T]):
    """An index of terms of one or several words. Of terms that overlap, the longest wins.

    With `lane`, only terms whose meanings are of one lane are held against one another: a part of
    the body may stand inside the name of a treatment. With `plurals`, a term may have an "s" or "es" behind it.
    """

    def __init__(
        self, meanings: Iterable[tuple[str, T]], lane: Callable[[T], object] | None = None, *, plurals: bool = False
    ) -> None:
        self._plurals = plurals
        self._meanings: dict[str, list[T]] = {}
        for term, meaning in meanings:
            known = self._meanings.setdefault(term if _is_folded(term) else _fold(term), [])
            if not known or lane is not None:
                known.append(meaning)
        self._lane = lane
        self._terms = list(self._meanings)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._terms)

    def find(self, text: str) -> Iterator[Term[T]]:
        """Each term in `text`, in order."""
        folded = _fold(text)
        origin = _origins(text) if len(folded) != len(text) else None
        ends: dict[object, int] = {}
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        hits.sort(key=lambda hit: (hit[1], -hit[2]))
        for index, start, end in hits:
            if start and folded[start - 1].isalnum():
                continue
            if end < len(folded) and folded[end].isalnum():
                plural = _PLURAL.match(folded, end) if self._plurals else None
                if plural is None:
                    continue
                end = plural.end()
            for meaning in self._meanings[self._terms[index]]:
                lane = self._lane(meaning) if self._lane else None
                if ends.get(lane, 0) <= start:
                    ends[lane] = end
                    yield (
                        Term(start, end, meaning)
                        if origin is None
                        else Term(origin(start), origin(end - 1) + 1, meaning)
                    )

    def look_up(self, term: str) -> T | None:
        """What `term`, taken whole, stands for."""
        return next(iter(self._meanings.get(_fold(term), ())), None)


def _is_folded(term: str) -> bool:
    """Whether folding changes nothing; most terms of the tables are so, and there are many."""
    return term.isascii() and term.islower() and "-" not in term and "/" not in term and "  " not in term


def _lower(text: str) -> str:
    return fold_case(text).translate(_PARTING)


def _fold(text: str) -> str:
    """The text in lower case, parted at hyphens and slashes, with single spaces."""
    lower = _lower(text)
    return _WIDE.sub(" ", lower) if "  " in lower else lower


def _origins(text: str) -> Callable[[int], int]:
    """Where a character of the folded text stands in `text`."""
    kept, lost = [0], [0]
    for wide in _WIDE.finditer(_lower(text)):
        lost.append(lost[-1] + len(wide.group()) - 1)
        kept.append(wide.end() - lost[-1])
    return lambda at: at + lost[bisect_right(kept, at) - 1]
