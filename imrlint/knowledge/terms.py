"""Finding the terms of a table in running text, all in one pass over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from imrlint import kept
from imrlint.document.text import fold_case
from imrlint.once import cached_property

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

# A hyphen or a slash parts words, so that "X-ray" and "x ray", "EMG/NCV" and "EMG NCV" are the same term.
_PARTING = str.maketrans("-/–", "   ")
_WIDE = re.compile(" {2,}")
_PLURAL = re.compile(r"e?s\b")
_WORD = re.compile(r"[^\W_]+|\S")
_WORTH = 100_000  # characters that are searched before the automaton is worth its construction

Numbers: TypeAlias = dict[str, int]
"""Terms, folded, with the number of what each stands for."""

Lengths: TypeAlias = dict[str, list[int]]
"""The lengths of the terms of several words that begin with the same two, by these."""

Blocks: TypeAlias = dict[str, bytes]
"""Terms by their first word, each block packed: its numbers and lengths. A text has the words of few blocks."""


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
        self._blocks: Blocks = {}  # that have not been read
        self._numbers: Numbers = {}
        found: dict[int, list[T]] = {}
        for term, meaning in meanings:
            number = self._numbers.setdefault(fold_term(term), len(found))
            if number == len(found):
                found[number] = [meaning]
            elif lane is not None:
                found[number].append(meaning)
        self._meanings: Mapping[int, Sequence[T]] = found
        self._lane = lane
        self._plurals = plurals
        self._searched = 0  # characters

    @classmethod
    def of(
        cls,
        blocks: Blocks,
        meanings: Mapping[int, Sequence[T]],
        lane: Callable[[T], object] | None = None,
        *,
        plurals: bool = False,
    ) -> Terms[T]:
        """Terms that are there in blocks, with their numbers in `meanings`: each is read when a text has its word."""
        terms = cls((), lane, plurals=plurals)
        terms._blocks, terms._meanings = dict(blocks), meanings
        return terms

    @cached_property
    def _lengths(self) -> Lengths:
        return _list_lengths(self._numbers)

    def _read_blocks(self, words: Iterable[str]) -> None:
        """Read the terms that begin with one of some words, where they have not been read."""
        for word in words:
            if block := self._blocks.get(word):
                numbers, lengths = kept.unpack(block)
                self._lengths.update(lengths)
                self._numbers.update(numbers)
                self._blocks.pop(word, None)

    def find(self, text: str) -> Iterator[Term[T]]:
        """Each term in `text`, in order."""
        folded = _fold(text)
        origin = _origins(text) if len(folded) != len(text) else None
        ends: dict[object, int] = {}
        for start, end in self._search(folded):
            last = end
            if end < len(folded) and folded[end].isalnum():
                plural = _PLURAL.match(folded, end) if self._plurals else None
                if plural is None:
                    continue
                last = plural.end()
            for meaning in self._meanings[self._numbers[folded[start:end]]]:
                lane = self._lane(meaning) if self._lane else None
                if ends.get(lane, 0) <= start:
                    ends[lane] = last
                    yield (
                        Term(start, last, meaning)
                        if origin is None
                        else Term(origin(start), origin(last - 1) + 1, meaning)
                    )

    def look_up(self, term: str) -> T | None:
        """What `term`, taken whole, stands for."""
        folded = _fold(term)
        self._read_blocks(_find_first_word(folded))
        number = self._numbers.get(folded)
        return None if number is None else self._meanings[number][0]

    def _search(self, folded: str) -> list[tuple[int, int]]:
        """The bounds of each occurrence of a term that may be one, by where they begin, the longest first."""
        self._searched += len(folded)
        if self._searched > _WORTH:
            hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
            found: Iterable[tuple[int, int]] = ((start, end) for _, start, end in hits)
        else:
            found = self._look_around(folded)
        longest_first = sorted([(start, -end) for start, end in found if _begins_word(folded, start)])
        return [(start, -end) for start, end in longest_first]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        self._read_blocks(tuple(self._blocks))
        return AhoCorasick(list(self._numbers))

    def _look_around(self, folded: str) -> Iterator[tuple[int, int]]:
        """The bounds of each term in a text, found by its first word or its first two."""
        bounds = [word.span() for word in _WORD.finditer(folded)]
        if self._blocks:
            self._read_blocks({form for start, end in bounds for form in self._list_forms(folded[start:end])})
        for (start, end), (_, next_end) in zip(bounds, [*bounds[1:], (0, 0)], strict=True):
            for word in self._list_forms(folded[start:end]):
                if word in self._numbers:
                    yield start, start + len(word)
            for pair in self._list_forms(folded[start:next_end]):
                for length in self._lengths.get(pair, ()):
                    last = start + length
                    if last <= len(folded) and folded[start:last] in self._numbers:
                        yield start, last

    def _list_forms(self, words: str) -> tuple[str, ...]:
        """Words of a text, and those of which they may be the plural."""
        if not self._plurals or not words.endswith("s"):
            return (words,)
        return (words, words[:-1], words[:-2]) if words.endswith("es") else (words, words[:-1])


def keep_terms(
    name: str,
    files: Iterable[str | Path],
    entries: Callable[[], Iterable[tuple[str, T]]],
    *,
    describe: Callable[[T], tuple[Any, ...]],
    restore: Callable[..., T],
    lane: Callable[[T], object] | None = None,
) -> Terms[T]:
    """Terms with what they stand for, made of some files of tables and modules, and kept from run to run.

    `describe` puts in numbers, texts and sets what a term stands for, and `restore` makes it of these again, when a
    text has the term.
    """

    def make() -> tuple[Blocks, list[list[tuple[Any, ...]]]]:
        terms = Terms(entries(), lane)
        return list_blocks(terms._numbers), [list(map(describe, meanings)) for meanings in terms._meanings.values()]

    blocks, described = kept.recall(name, (*files, __file__), make)
    return Terms.of(blocks, _Meanings(described, restore), lane)


class _Meanings(dict[int, Sequence[T]]):
    """What each of some terms stands for, by number, made of its description when it is wanted."""

    def __init__(self, described: Sequence[Sequence[tuple[Any, ...]]], restore: Callable[..., T]) -> None:
        super().__init__()
        self._described = described
        self._restore = restore

    def __missing__(self, number: int) -> Sequence[T]:
        self[number] = [self._restore(*each) for each in self._described[number]]
        return self[number]


def fold_term(term: str) -> str:
    """A term as it is looked up."""
    return term if _is_folded(term) else _fold(term)


def list_blocks(numbers: Numbers) -> Blocks:
    """The blocks of some terms."""
    found: dict[str, Numbers] = {}
    for term, number in numbers.items():
        for word in _find_first_word(term):
            found.setdefault(word, {})[term] = number
    return {word: kept.pack((block, _list_lengths(block))) for word, block in found.items()}


def _find_first_word(term: str) -> Iterator[str]:
    """The first word of a term, folded; none where it has none."""
    if first := _WORD.search(term):
        yield first.group()


def _list_lengths(terms: Iterable[str]) -> Lengths:
    """The lengths of the terms of several words, by their first two words."""
    lengths: dict[str, set[int]] = {}
    for term in terms:
        if not term.isalnum():
            words = _WORD.finditer(term)
            next(words, None)
            if second := next(words, None):
                lengths.setdefault(term[: second.end()], set()).add(len(term))
    return {pair: sorted(found) for pair, found in lengths.items()}


def _begins_word(text: str, start: int) -> bool:
    """Whether no letter and no digit stands right before a character."""
    return not start or not text[start - 1].isalnum()


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
