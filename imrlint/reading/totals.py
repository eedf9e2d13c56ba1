"""Totals that a passage works out and that its figures do not make: sums, products, and multiples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from imrlint.knowledge.language import units
from imrlint.reading.calculations import Calculation, are_alike
from imrlint.reading.figures import Figures, MissingFigure, OtherResult, is_near
from imrlint.reading.quantities import Quantity

_MOST_OPERANDS = 6
_MONTH = 0.08  # by which a month may be shorter than a twelfth of a year
_PARTS = re.compile(r"\bof (?:which|whom|them|these|those)\b", re.IGNORECASE)  # numbers are parts of another


def find_other_total(found: Calculation, figures: Figures) -> OtherResult | MissingFigure | None:
    """What a total should be, or the figure that it takes besides its base; None where it may be right.

    A total is right where some of the figures of its sentence add up to it, or two of them multiply to it, and where
    one of the sentence before, or a number of visits in the same text, may be counted with it.
    """
    if found.base is not None:
        return _find_missing_addend(found, found.base, figures)
    result = found.result
    kinds = {"", *units.COUNTS} if result.dimension in ("", *units.COUNTS) else {result.dimension}
    counted = [
        each
        for each in found.operands
        if each.dimension in kinds and are_alike(each, result) and not each.per and _is_whole(each, result)
    ]
    courses = list(_multiply(found.operands))
    doses = [each for each in found.operands if each.dimension == "dose"] if result.dimension == "dose" else []
    daily = [each for each in found.operands if each.per == 1 and not each.dimension]
    courses += [(one.least * two.least, one.most * two.most) for one in doses for two in daily]
    terms = [(each.least, each.most) for each in counted if each.dimension != units.TIME][-_MOST_OPERANDS:]
    if result.dimension == units.TIME or (len(terms) < 2 and not courses):
        return None
    products = [(one.least * two.least, one.most * two.most) for one, two in combinations(found.operands, 2)]
    sums = [
        (sum(term[0] for term in chosen), sum(term[1] for term in chosen))
        for count in range(2, len(terms) + 1)
        for chosen in combinations(terms, count)
    ]
    possible = [*courses, *products, *sums]
    if any(least <= result.most and result.least <= most for least, most in possible):
        return None
    if _PARTS.search(result.place.sentence.text):
        return None  # "14 are sought, of which seven were certified"
    rests = {result.most - most for _, most in (*terms, *sums)}
    if any(each.most > 0 and each.most in rests for each in _list_counted(result, figures)):
        return None
    return OtherResult(found.operation, result, found.operands[-2:], *(courses[-1] if courses else sums[-1]))


def find_other_multiple(found: Calculation, figures: Figures) -> MissingFigure | None:
    """A multiple of a number of visits that is no number of visits in the letter, nor the sum of two."""
    result = found.result
    unit = result.dimension or figures.unit
    if unit not in units.COUNTS:
        return None
    pool = {each.most for each in figures.list_elsewhere(result) if each.dimension == unit}
    pool |= {one + two for one in pool for two in pool}
    if pool and result.most not in pool:
        return MissingFigure(found.operation, result, found.operands, result.most)
    return None


def _find_missing_addend(found: Calculation, base: Quantity, figures: Figures) -> MissingFigure | None:
    """What is added to a figure to make a total, where neither a number of the letter nor the sum of two is that."""
    result = found.result
    rest = result.most - base.most
    elsewhere = figures.list_elsewhere(result)
    others = [each for each in found.operands if each != base]
    pool = [value for each in (*elsewhere, *others) for value in (each.least, each.most)]
    explained = rest <= 0 or any(is_near(rest, value, result) for value in pool)
    unit = result.dimension or base.dimension or figures.unit
    sure = {each.most for each in elsewhere if each.dimension == unit}
    explained = explained or any(is_near(rest, one + two, result) for one, two in combinations(sorted(sure), 2))
    if not explained and are_alike(result, base):
        return MissingFigure(found.operation, result, (base,), rest)
    return None


def _list_counted(result: Quantity, figures: Figures) -> list[Quantity]:
    """The numbers of the sentence before a result, and the past visits of its text, to which it may add its own."""
    place = result.place
    number = place.prose.number_at(place.start)
    past = {each.place for each in figures.passage.past_visits}
    own = [each for each in figures.list_elsewhere(result) if each.place.prose is place.prose]
    return [each for each in own if each.place in past or place.prose.number_at(each.place.start) == number - 1]


def _multiply(operands: Iterable[Quantity]) -> Iterator[tuple[float, float]]:
    """What a rate and a length of time make."""
    rates = [each for each in operands if each.per]
    times = [each for each in operands if each.dimension == units.TIME]
    for rate in rates:
        for time in times:
            if rate.per:
                days = rate.per
                rounding = 1 - _MONTH if time.unit.startswith("month") else 1.0
                yield rate.least * round(time.least / days, 1) * rounding, rate.most * round(time.most / days, 1)


def _is_whole(quantity: Quantity, result: Quantity) -> bool:
    """Whether a quantity can be a term of a result: what is counted is whole."""
    return bool(result.dimension and result.dimension not in units.COUNTS) or quantity.most.is_integer()
