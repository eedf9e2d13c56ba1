"""Differences that a passage works out and that its figures do not make: what is left, apart, or in excess."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from imrlint.reading.calculations import Calculation
from imrlint.reading.figures import Figures, MissingFigure, OtherResult, convert, is_near
from imrlint.reading.quantities import Quantity


class OtherExcess(NamedTuple):
    """By how much a number is said to exceed another, where no two numbers of the letter are so far apart.

    `limit` is the first number of the passage that it may exceed, and has the unit that is counted.
    """

    result: Quantity
    limit: Quantity


def find_other_rest(found: Calculation) -> OtherResult | None:
    """What the figures of a sentence leave, where that is another number; the first two of them are named."""
    result, operands = found.result, found.operands
    gaps = [abs(convert(one, result) - convert(two, result)) for one, two in combinations(operands, 2)]
    sums = [
        abs(convert(one, result) - sum(convert(two, result) for two in operands if two is not one)) for one in operands
    ]
    if any(is_near(gap, result.most, result) for gap in (*gaps, *sums)):
        return None
    return OtherResult(found.operation, result, operands[:2], gaps[0], gaps[0])


def find_other_difference(found: Calculation, figures: Figures) -> OtherResult | MissingFigure | OtherExcess | None:
    """How far apart two figures are, where that is another number than the one given; None where it may be right.

    Where the sentence does not have both figures, the missing one may be any in the letter.
    """
    result = found.result
    if not result.dimension and len(found.operands) < 2 and found.base is None:
        return _find_other_excess(found, figures)
    if found.base is not None:
        return _find_missing_whole(found, found.base, figures)
    operands = found.operands
    if len(operands) > 1:
        pairs = list(combinations(operands, 2))
    else:
        nearby = [
            each for each in figures.list_elsewhere(result) if each.dimension == result.dimension and result.dimension
        ]
        distinct = list({each.most: each for each in nearby if each.most != result.most}.values())
        pairs = [(one, two) for one in operands for two in distinct] or list(combinations(distinct, 2))
        if not operands and len(distinct) != 2:  # which two are meant
            return None
    gaps = [abs(convert(one, result) - convert(two, result)) for one, two in pairs]
    if gaps and not any(is_near(gap, result.most, result) for gap in gaps):
        return OtherResult(found.operation, result, pairs[-1], gaps[-1], gaps[-1])
    return None


def _find_missing_whole(found: Calculation, base: Quantity, figures: Figures) -> MissingFigure | None:
    """What a figure and its difference make together, where no number of the letter is that."""
    result = found.result
    whole = convert(base, result) + result.most
    if any(is_near(whole, convert(each, result), result) for each in figures.list_elsewhere(result)):
        return None
    return MissingFigure(found.operation, result, (base,), whole)


def _find_other_excess(found: Calculation, figures: Figures) -> OtherExcess | None:
    """By how many visits or tablets the request exceeds a number that is given elsewhere, earlier ones added or not."""
    result, unit, quantities = found.result, figures.unit, figures.passage.quantities
    if figures.item is None or not result.most.is_integer():
        return None
    pool = {each.most for each in figures.list_elsewhere(result) if each.dimension == unit}
    own = {each.most for each in found.operands}
    limits = {each.most for each in quantities if each.dimension == unit and each not in found.operands}
    numbers = pool | own
    sums = numbers | {one + two for one in numbers for two in numbers}
    gaps = {abs(one - two) for one in sums for two in numbers}
    if limits and (own or len(pool) > 1) and not any(is_near(gap, result.most, result) for gap in gaps):
        limit = next(each for each in quantities if each.most in limits and each.dimension == unit)
        return OtherExcess(result, limit)
    return None
