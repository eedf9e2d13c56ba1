"""What is taken out of a file that is not plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_FEWEST = 5  # sentences that run on; fewer are slips
_ENDED = re.compile(r"[.:;?!][\"”’)]*\s*$")


class Extract(NamedTuple):
    """The text, and how it stands in the file.

    `pages` and `paragraphs` are the offsets at which each begins. In a text that `flows`, a line is a
    paragraph. `unread` says what of the file could not be read.
    """

    text: str
    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    flows: bool = False
    unread: tuple[str, ...] = ()


def typed_in_lines(paragraphs: Iterable[str]) -> bool:
    """Whether what the file calls paragraphs are lines: text that was pasted with its line ends.

    Then sentences run on from one into the next.
    """
    broken = whole = 0
    for first, second in pairwise(paragraphs):
        if first.strip() and second.strip():
            if not _ENDED.search(first) and second.lstrip()[0].islower():
                broken += 1
            else:
                whole += 1
    return broken >= _FEWEST and broken * 3 > whole
