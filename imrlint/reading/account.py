"""What the texts of a letter tell of the case: the drugs, the parts of the body, the sides and the numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.document.text import Span
from imrlint.knowledge.language import numbers
from imrlint.once import cached_property
from imrlint.reading.passage import Passage
from imrlint.reading.retelling import Told
from imrlint.reading.sites import Site


class Named(NamedTuple):
    """Words for something, whether they name what an item is about, and what they stand for.

    `meanings` are the ingredients of a drug, the regions of a part of the body, or the name of a class.
    """

    place: Place
    is_own: bool
    meanings: frozenset[str]


class Number(NamedTuple):
    """A number with what it counts: "8/10", "twelve visits"."""

    place: Place
    value: float
    unit: str


_NUMBER = Pattern(
    rf"(?<![\w/.,#-])(?P<number>\d{{1,4}}(?:\.\d+)?(?!\d|,\d)|(?:{numbers.COUNT_WORDS})\b)"
    r"(?P<unit>/(?:5|10)\b| out of 10| ?%|(?: |-)[a-z]+)",
    re.IGNORECASE,
)


class Account:
    """What the texts of a letter tell of the case, against which each rationale is held."""

    def __init__(self, written: Sequence[Passage], told: Sequence[Passage]) -> None:
        """`written` are all texts of the letter; a drug or a number in any of them is no stray. `told` are those that
        tell the case: the summary and the titles.
        """
        self._written = written
        self._told = told

    @cached_property
    def drugs(self) -> tuple[Named, ...]:
        """The drugs that are told of."""
        return tuple(
            Named(place, False, frozenset(drug.ingredients)) for each in self._told for place, drug in each.drugs
        )

    @cached_property
    def told_drugs(self) -> Told:
        return Told(each.place for each in self.drugs)

    @cached_property
    def parts(self) -> tuple[Named, ...]:
        """The parts of the body that are told of."""
        return tuple(Named(place, False, part.regions) for each in self._told for place, part in each.parts)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The regions of these parts."""
        return frozenset(region for each in self.parts for region in each.meanings)

    @cached_property
    def told_parts(self) -> Told:
        return Told(each.place for each in self.parts)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The parts of the body that are told of with their side."""
        return tuple(site for each in self._told for site in each.sites if site.side)

    @cached_property
    def told_sites(self) -> Told:
        return Told(each.place for each in self.sites)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that are told, with what they count."""
        return tuple(number for each in self._told for number in read_numbers(each))

    @cached_property
    def told_numbers(self) -> Told:
        return Told(each.place for each in self.numbers)

    def has_ingredient(self, name: str, besides: Passage) -> bool:
        """Whether a text besides one has a drug with an ingredient."""
        return any(each is not besides for each in self._by_ingredient.get(name, ()))

    def has_figure(self, value: float, besides: Passage) -> bool:
        """Whether a text besides one has a number."""
        return any(each is not besides for each in self._by_figure.get(value, ()))

    def list_within(self, span: Span) -> Sequence[Passage]:
        """The texts that lie in a span."""
        first = bisect_left(self._in_order, span.start, key=lambda each: each.prose.span.start)
        last = bisect_left(self._in_order, span.end, key=lambda each: each.prose.span.start)
        return [each for each in self._in_order[first:last] if each.prose.span.end <= span.end]

    @cached_property
    def _by_ingredient(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for each in self._written:
            for name in {name for drug in each.drugs for name in drug.meaning.ingredients}:
                found.setdefault(name, []).append(each)
        return found

    @cached_property
    def _by_figure(self) -> dict[float, list[Passage]]:
        found: dict[float, list[Passage]] = {}
        for each in self._written:
            for value in each.figures:
                found.setdefault(value, []).append(each)
        return found

    @cached_property
    def _in_order(self) -> list[Passage]:
        return sorted(self._written, key=lambda each: each.prose.span)


def read_numbers(passage: Passage) -> Iterator[Number]:
    """The numbers of a passage with what they count, in order; those of dates left out.

    The unit is in lower case and in the singular: "visit", "%", "/10" also for "out of 10".
    """
    dated = {at for each in passage.dates for at in range(each.place.start, each.place.end)}
    for match in _NUMBER.finditer(passage.text):
        if dated.isdisjoint(range(*match.span())):
            place = passage.place(*match.span())
            unit = match["unit"].strip(" -").casefold().removesuffix("s").replace("out of 10", "/10")
            yield Number(place, numbers.value(match["number"]), unit)
