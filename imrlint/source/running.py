"""Finding running headers and footers: rows at the top and bottom of pages that are not part of the letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_MAX_DEPTH = 5  # rows from the edge of a page
_MARGIN = 62.0  # points from the edge of the paper; the text of letters begins further in
_MIN_SHARE = 0.6  # of the pages
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,3} of \d{1,3}|page \d{1,3}|\d{1,3}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class RowPlace(NamedTuple):
    """Which row of which page, both counted from 0."""

    page: int
    row: int


class _RowKey(NamedTuple):
    """The words of a row without its numbers, and its distance from the top of the page, in steps of 4 points."""

    words: str
    distance: int


class Row(NamedTuple):
    """The text of a row, and the distances of its baseline from the top and the bottom of the page, in points."""

    text: str
    from_top: float
    from_bottom: float

    @property
    def key(self) -> _RowKey:
        """What the rows of one running header or footer share."""
        return _RowKey(_DIGITS.sub("#", " ".join(self.text.casefold().split())), round(self.from_top / 4))


def find_running_rows(pages: Sequence[Sequence[Row]]) -> dict[RowPlace, str]:
    """The rows of running headers and footers, each with its words without numbers.

    Such a row is in the margin, or next to one that is, and at the same place on most pages; or it is a
    page number.
    """
    found: dict[RowPlace, str] = {}
    for edge in (1, -1):
        frequency = Counter(key for rows in pages for key in {row.key for row in rows[::edge][:_MAX_DEPTH]})
        min_frequency = max(2, _MIN_SHARE * len(pages))
        for number, rows in enumerate(pages):
            for depth, row in enumerate(rows[::edge][:_MAX_DEPTH]):
                in_margin = (row.from_top if edge == 1 else row.from_bottom) < _MARGIN
                is_page_number = in_margin and _PAGE_NUMBER.fullmatch(row.text.strip(" -–|"))
                if not (is_page_number or (frequency[row.key] >= min_frequency and (in_margin or depth))):
                    break
                found[RowPlace(number, depth if edge == 1 else len(rows) - 1 - depth)] = row.key.words
    return found
