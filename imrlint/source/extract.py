"""The text extracted from a file that is not plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from imrlint.document.text import Aside, Source, Span

_MIN_BROKEN = 5  # lines that end within a sentence; fewer may be slips
_SENTENCE_END = re.compile(r"[.:;?!][\"”’)]*\s*$")


class Extract(NamedTuple):
    """The text of a file, and its layout.

    `pages` and `paragraphs` are the offsets at which each begins. In a text that `flows`, each line is a
    paragraph. `unread` names the parts of the file that could not be read. The first `margin` characters are
    headers, footers, notes and text boxes; `asides` are words that are not printed; `blanks` are fields that nobody
    filled in. `recognized` are the numbers of pages that are pictures and were read by OCR, and `unsure` the words of
    them that it may have read wrongly.
    """

    text: str
    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    flows: bool = False
    unread: tuple[str, ...] = ()
    margin: int = 0
    asides: tuple[Aside, ...] = ()
    blanks: tuple[Span, ...] = ()
    recognized: tuple[int, ...] = ()
    unsure: tuple[Span, ...] = ()

    def as_source(self, name: str) -> Source:
        """The source of a letter with this text."""
        return Source(name=name, **self._asdict())


def has_hard_line_breaks(paragraphs: Iterable[str]) -> bool:
    """Whether the paragraphs of a file are really lines, as in text that was pasted with its line breaks.

    Sentences then run on from one paragraph into the next.
    """
    broken = whole = 0
    for first, second in pairwise(paragraphs):
        if first.strip() and second.strip():
            if not _SENTENCE_END.search(first) and second.lstrip()[0].islower():
                broken += 1
            else:
                whole += 1
    return broken >= _MIN_BROKEN and broken * 3 > whole
