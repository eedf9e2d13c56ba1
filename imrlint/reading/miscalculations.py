"""Numbers that a passage works out and that do not follow from the figures of the letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from imrlint.reading.calculations import Calculation, Operation
from imrlint.reading.differences import OtherExcess, find_other_difference, find_other_rest
from imrlint.reading.figures import Figures, MissingFigure, OtherResult
from imrlint.reading.stated_changes import OppositeChange, find_other_change, find_other_share
from imrlint.reading.supplies import find_other_supply
from imrlint.reading.totals import find_other_multiple, find_other_total

Miscalculation: TypeAlias = OtherResult | MissingFigure | OtherExcess | OppositeChange
"""What is wrong with a number that is worked out: its `result`."""

_WITHIN_SENTENCE = (Operation.TOTAL, Operation.REST, Operation.DIFFERENCE)


def find_miscalculations(figures: Figures) -> Iterator[Miscalculation]:
    """The numbers that the passage of some figures works out and that no figure of the letter explains, in order.

    What a sentence says for a guideline is judged only by its own figures.
    """
    passage = figures.passage
    for found in passage.calculations:
        is_whole = len(found.operands) > 1 and found.operation in _WITHIN_SENTENCE
        if is_whole or not passage.sentence_of(found.result.place).speaks_for_guideline:
            wrong = _judge(found, figures)
            if wrong is not None:
                yield wrong


def _judge(found: Calculation, figures: Figures) -> Miscalculation | None:
    match found.operation:
        case Operation.TOTAL:
            return find_other_total(found, figures)
        case Operation.REST:
            return find_other_rest(found)
        case Operation.DIFFERENCE:
            return find_other_difference(found, figures)
        case Operation.CHANGE:
            return find_other_change(found, figures)
        case Operation.SHARE:
            return find_other_share(found, figures)
        case Operation.MULTIPLE:
            return find_other_multiple(found, figures)
        case Operation.SUPPLY:
            return find_other_supply(found, figures.item)
