"""Which rows at the head and foot of pages belong to the paper and not to the letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_DEEPEST = 5  # rows from the edge of a page
_MARGIN = 62.0  # points from the edge of the paper: where running lines begin, and letters do not
_SHARE = 0.6  # of the pages
_NUMBER = re.compile(r"(?:page )?\d{1,3} of \d{1,3}|page \d{1,3}|\d{1,3}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class Row(NamedTuple):
    """What a row says, and how far its foot is from the upper and the lower edge of the page, in points."""

    text: str
    from_top: float
    from_bottom: float

    @property
    def key(self) -> tuple[str, int]:
        """What running rows have in common: words, but for numbers, and place."""
        return _DIGITS.sub("#", " ".join(self.text.casefold().split())), round(self.from_top / 4)


def running(pages: Sequence[Sequence[Row]]) -> dict[tuple[int, int], str]:
    """The rows that run through the pages: page and row, counted from 0, and what they say but for numbers.

    Such a row stands in the margin, or next to one that does, and at the same place of most pages; or
    it is the number of its page.
    """
    found: dict[tuple[int, int], str] = {}
    for edge in (1, -1):
        often = Counter(key for rows in pages for key in {row.key for row in rows[::edge][:_DEEPEST]})
        least = max(2, _SHARE * len(pages))
        for number, rows in enumerate(pages):
            for depth, row in enumerate(rows[::edge][:_DEEPEST]):
                outside = (row.from_top if edge == 1 else row.from_bottom) < _MARGIN
                numbered = outside and _NUMBER.fullmatch(row.text.strip(" -–|"))
                if not (numbered or (often[row.key] >= least and (outside or depth))):
                    break
                found[number, depth if edge == 1 else len(rows) - 1 - depth] = row.key[0]
    return found
