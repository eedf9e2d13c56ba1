"""What tells one of several like things apart: a level of the spine, a finger, "medial", the side of a root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import function_words
from imrlint.knowledge.medicine import levels, positions
from imrlint.reading.sites import Site, find_side_words

LEVEL, SIDE = "level", "side"
_HEADS = 2  # words behind a side by which what it is of is known
_STEM = 6  # letters of them that count
_REACH = 50  # characters in which they are looked for
_TO = re.compile(r" (?:to|through) ")
_WORD = re.compile(r"[a-z][\w'-]*|[^\sa-z]")
_EMPTY = frozenset(("the", "a", "an", "of", "side", "sided", "aspect", "portion", "part"))
_ENDS = frozenset().union(
    *map(function_words.members, ("auxiliary", "conjunction", "coordinator", "preposition", "relative pronoun"))
) - {"of"} | {"one", "ones", "with", "without", "as", "that"}


class Particular(NamedTuple):
    """Words that name one of several like things.

    `axis` is what may be named instead: a level, a side, a finger. `of` are the beginnings of the words for what has
    it, or its axis where that says it; none are known of "on the left". `values` is what is named, each vertebra of a
    range. `is_of_request`: it tells only requests apart.
    """

    place: Place
    axis: str
    of: frozenset[str]
    values: frozenset[str]
    is_of_request: bool = False

    def is_like(self, other: Particular) -> bool:
        """Whether two name one of the same things."""
        return self.axis == other.axis and bool(self.of & other.of)


class Sited(Protocol):
    """A prose with its parts of the body and their sides."""

    @property
    def prose(self) -> Prose: ...

    @property
    def sites(self) -> tuple[Site, ...]: ...


def find_particulars(passage: Sited) -> Iterator[Particular]:
    """The particulars of a passage, by axis; no sides of parts that are paired, which `sites` has."""
    prose = passage.prose
    yield from _find_levels(prose)
    for start, end, row in positions.find(prose.lower):
        heads, last = _read_heads(prose.lower, end, 1)
        if heads:
            of = frozenset({row.axis}) if row.is_named else heads
            yield Particular(Place(prose, start, last), row.axis, of, frozenset({row.name}), row.is_of_request)
        elif row.is_named:
            axis = row.axis
            yield Particular(
                Place(prose, start, end), axis, frozenset({axis}), frozenset({row.name}), row.is_of_request
            )
    sided = {at for site in passage.sites if site.part.paired for at in range(site.sided.start, site.sided.end)}
    for start, end, side in find_side_words(prose.text):
        if start not in sided:
            heads, last = _read_heads(prose.lower, end, _HEADS)
            yield Particular(Place(prose, start, last), SIDE, heads, frozenset({side.value}))


def _find_levels(prose: Prose) -> Iterator[Particular]:
    """The levels of the spine; "L2 to S1" is one place with all that lie between."""
    found: list[Place] = []
    for match in levels.PRINTED.finditer(prose.text):
        start = match.start()
        if found and _TO.fullmatch(prose.text, found[-1].end, start):
            start = found.pop().start
        found.append(Place(prose, start, match.end()))
    for place in found:
        if spanned := levels.span(place.text):
            yield Particular(place, LEVEL, frozenset({_region_of(spanned[0])}), frozenset(spanned))


def _region_of(vertebra: str) -> str:
    """The letter of a region of the spine; the sacrum goes with the lumbar spine."""
    return vertebra[0].replace("S", "L")


def _read_heads(lower: str, at: int, most: int) -> tuple[frozenset[str], int]:
    """The beginnings of the first words behind an offset in its phrase, and where they end; none that say nothing."""
    found: list[str] = []
    for match in _WORD.finditer(lower, at, at + _REACH):
        word = match.group()
        if word in _ENDS or not word[0].isalpha() or len(found) == most:
            break
        if word not in _EMPTY:
            found.append(word[:_STEM])
            at = match.end()
    return frozenset(found), at
