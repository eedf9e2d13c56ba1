"""The figures of a letter, against which a number that it works out is held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imrlint.knowledge.language import units
from imrlint.reading.calculations import Operation, are_alike
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.quantities import Bound, Quantity

ROOM = 0.12
"""The share by which a length of time, or an approximate number, may be rounded."""


class OtherResult(NamedTuple):
    """A number that a sentence works out, and what the figures make instead: from `least` to `most`.

    These are in the least unit of the dimension of the `result`, as those of a quantity; of a share they are percents,
    of a supply days. `figures` are those that make it, in the order in which they are to be named.
    """

    operation: Operation
    result: Quantity
    figures: tuple[Quantity, ...]
    least: float
    most: float


class MissingFigure(NamedTuple):
    """A number that is worked out, and the one that it takes with the `figures`, which the letter gives nowhere.

    `number` is in the least unit of the dimension of the `result`.
    """

    operation: Operation
    result: Quantity
    figures: tuple[Quantity, ...]
    number: float


class Figures(NamedTuple):
    """The texts of a letter from which one of its passages may take figures.

    `item` is the disputed item whose rationale the passage is, None where it is another text. `running` are all running
    texts, `written` those written for the letter, with the titles, and `told` those that tell the case.
    """

    passage: Passage
    item: Item | None
    running: Sequence[Passage]
    written: Sequence[Passage]
    told: Sequence[Passage]

    @property
    def unit(self) -> str:
        """What a bare number counts in the passage: tablets of a drug, or visits."""
        return "tablet" if self.item and self.item.is_drug else "visit"

    def list_elsewhere(self, result: Quantity) -> list[Quantity]:
        """The quantities of the letter, outside the sentence of a result, that it may be compared with."""
        sentence = result.place.sentence
        kinds = {"", result.dimension} if result.dimension else {"", *units.COUNTS}
        return [
            each
            for passage in self.written
            for each in passage.quantities
            if each.dimension in kinds and are_alike(each, result) and each.place.sentence != sentence
        ]


def convert(quantity: Quantity, like: Quantity) -> float:
    """What a quantity says in the unit of another where it has none itself: "beyond 65" for years."""
    return quantity.most if quantity.dimension else quantity.most * like.size


def is_near(one: float, two: float, result: Quantity) -> bool:
    """Whether two numbers are the same where one is worked out: nearly, for a result that may be rounded."""
    rounded = result.dimension == units.TIME or result.bound is not Bound.EXACT
    return abs(one - two) <= (max(abs(one), abs(two)) * ROOM if rounded else 0.01 * result.size)
