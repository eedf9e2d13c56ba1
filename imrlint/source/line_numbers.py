"""The numbers of lines that stand by themselves, in the margin of a page or between its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from imrlint.source.page_rows import Row, Segment

_NUMBER = re.compile(r"\d{1,4}")
_NEAR = 2.5  # points between the right edges of numbers
_MIN_NUMBERS = 3
_MIN_IN_STEP = 0.8  # of the neighbours among them
_MIN_SHARE = 0.6  # of the height of the text of a page, along which the numbers stand


class _Strip(NamedTuple):
    """Where line numbers stand, in points from the left edge of the page."""

    left: float
    right: float


def drop_line_numbers(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page without the numbers of lines, where the letter has such."""
    strips = [strip for rows in pages for strip in _find_strips(rows)]
    return [_drop(rows, strips) for rows in pages] if strips else list(pages)


def _drop(rows: list[Row], strips: Sequence[_Strip]) -> list[Row]:
    empty = [strip for strip in strips if _is_empty(rows, strip)]
    kept = [[each for each in row if not any(_stands_in(each, strip) for strip in empty)] for row in rows]
    return [row for row in kept if row]


def _find_strips(rows: list[Row]) -> Iterator[_Strip]:
    """Where numbers stand below each other on a page, counting with one step, beside its text and nowhere in it."""
    for numbers in _group(each for row in rows for each in row if _NUMBER.fullmatch(each.text)):
        strip = _Strip(min(each.x for each in numbers), max(each.right for each in numbers))
        if len(numbers) >= _MIN_NUMBERS and _count_on(numbers) and _is_empty(rows, strip):
            height = numbers[0].y - numbers[-1].y
            along = height * (len(numbers) + 1) / (len(numbers) - 1)  # one step above the first, one below the last
            if along >= _MIN_SHARE * (rows[0][0].y - rows[-1][0].y):
                yield strip


def _group(numbers: Iterable[Segment]) -> list[list[Segment]]:
    """The numbers that end below each other, each group from top to bottom."""
    groups: list[list[Segment]] = []
    for number in sorted(numbers, key=lambda each: each.right):
        if groups and number.right - groups[-1][0].right <= _NEAR:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [sorted(group, key=lambda each: -each.y) for group in groups]


def _count_on(numbers: list[Segment]) -> bool:
    """Whether most numbers are greater than those above them by one step."""
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(numbers))
    ((step, count),) = steps.most_common(1)
    return step > 0 and count >= _MIN_IN_STEP * (len(numbers) - 1)


def _is_empty(rows: list[Row], strip: _Strip) -> bool:
    """Whether a strip of a page has nothing but numbers that end at its right edge."""
    within = [each for row in rows for each in row if each.x < strip.right and each.right > strip.left]
    return all(_stands_in(each, strip) for each in within)


def _stands_in(segment: Segment, strip: _Strip) -> bool:
    return _NUMBER.fullmatch(segment.text) is not None and abs(segment.right - strip.right) <= _NEAR
