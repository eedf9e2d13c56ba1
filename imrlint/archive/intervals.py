"""Intervals in which a rate or a share lies with 95% confidence, given how few letters it was seen in."""

from __future__ import annotations

import math
from typing import NamedTuple

_Z = 1.959964


class Interval(NamedTuple):
    """The ends of an interval."""

    low: float
    high: float


def measure_heap(findings: int, letters: int, squares: int) -> float:
    """How many times more findings vary from letter to letter than chance has it; 1 where they do not.

    `squares` is the sum of the squares of the findings of each letter.
    """
    if letters < 2 or not findings:
        return 1.0
    mean = findings / letters
    return max(1.0, (squares - findings * mean) / (letters - 1) / mean)


def estimate_rate(findings: int, letters: int, heap: float = 1.0) -> Interval:
    """The findings a letter: Poisson's interval in Byar's form.

    Where findings come in heaps (`measure_heap`), letters tell only as much as fewer of them would.
    """
    if not letters:
        return Interval(0.0, math.inf)
    seen, observed = findings / heap, letters / heap
    return Interval(_byar(seen, -_Z) / observed, _byar(seen + 1, _Z) / observed)


def estimate_share(those: int, of: int) -> Interval:
    """The share, from 0 to 1, of `those` among `of`: Wilson's interval."""
    if not of:
        return Interval(0.0, 1.0)
    share, square = those / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = _Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def _byar(count: float, z: float) -> float:
    """One end of the interval of a count, not below 0."""
    if not count:
        return 0.0
    return float(max(0.0, count * (1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3))
