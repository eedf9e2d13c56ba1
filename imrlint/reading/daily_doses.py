"""How much of a drug is taken a day: its strength by how often it is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.reading.preparations import Preparation
from imrlint.reading.quantities import Quantity
from imrlint.reading.sentences import Sentence


class Preparations(Protocol):
    """A prose with the drugs with a strength and the quantities that it names."""

    @property
    def preparations(self) -> Sequence[Preparation]: ...

    def place(self, start: int, end: int) -> Place: ...

    def sentence_of(self, place: Place) -> Sentence: ...

    def quantities_in(self, place: Place) -> Sequence[Quantity]: ...


class DailyDose(NamedTuple):
    """A drug with its strength and how often it is taken.

    `place` reaches from the drug to how often. `amounts` are the fewest and the most milligrams a day of each
    ingredient, in the order of the strength.
    """

    place: Place
    preparation: Preparation
    amounts: tuple[tuple[float, float], ...]


_NEAR = 60  # characters from a strength to how often it is taken
_ONE_DOSE = 4  # tablets at a time
_SHORTHAND = {"b": 2.0, "t": 3.0, "q": 4.0}
_PRINTED = Pattern(r"\b[bqt]\.?i\.?d\b", re.IGNORECASE)


def find_daily_doses(passage: Preparations) -> Iterator[DailyDose]:
    """The daily doses that a passage gives, in order."""
    for preparation in passage.preparations:
        if preparation.strength.unit != "mg":
            continue
        sentence = passage.sentence_of(preparation.place).place
        reach = passage.place(preparation.place.end, min(preparation.place.end + _NEAR, sentence.end))
        behind = passage.quantities_in(reach)
        rates = [(each.least, each.most, each.place.start, each.place.end) for each in behind if each.per == 1]
        if short := _PRINTED.search(reach.text):
            times = _SHORTHAND[short.group()[0].casefold()]
            rates.append((times, times, reach.start + short.start(), reach.start + short.end()))
        if not rates:
            continue
        least, most, at, end = min(rates, key=lambda each: each[2])
        each_time = [
            one
            for one in behind
            if one.dimension == "tablet" and one.most <= _ONE_DOSE and one.place.start <= at and not one.per
        ]
        low, high = (each_time[0].least, each_time[0].most) if each_time else (1.0, 1.0)
        amounts = tuple((amount * least * low, amount * most * high) for amount in preparation.strength.amounts)
        yield DailyDose(passage.place(preparation.place.start, end), preparation, amounts)
