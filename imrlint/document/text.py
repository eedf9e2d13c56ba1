"""Text and places in it: spans of characters, lines and columns, and views of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from imrlint.once import cached_property


class Span(NamedTuple):
    """Characters `start` up to but not including `end`, counted in code points from 0."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether they have a character in common."""
        return self.start < other.end and other.start < self.end


# Letters that a pattern without regard to case takes for a letter of ASCII, although their own lower case is another
# one or longer: the capital I with a dot, the i without one, the long s, the sign for kelvin. And the Greek mu, which
# is as often written for the sign of a millionth as that sign.
_ODD_LETTERS = {"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K", "\u03bc": "\xb5"}
_ODD_LETTER = re.compile("[" + "".join(_ODD_LETTERS) + "]")


def replace_odd_letters(text: str) -> str:
    """The text, of the same length, with ordinary letters in place of those that patterns take for them."""
    return text if text.isascii() else _ODD_LETTER.sub(lambda odd: _ODD_LETTERS[odd.group()], text)


def fold_case(text: str) -> str:
    """The text in lower case, of the same length, so that every character keeps its place.

    (The capital I with a dot is the only letter whose lower case is longer. Case folding lengthens a hundred.)
    """
    return text.lower() if text.isascii() else replace_odd_letters(text).lower()


# A line ends as in every editor. A text without such ends has those of other programs: the line break of Word, the
# next-line control of mainframes, the separators of Unicode.
_LINE_END = re.compile(r"\r\n?|\n")
_OTHER_LINE_END = re.compile("[\v\x85\u2028\u2029]")


def find_line_ends(text: str) -> Iterator[re.Match[str]]:
    """Each line end of a text."""
    return (_LINE_END if _LINE_END.search(text.rstrip()) else _OTHER_LINE_END).finditer(text)


class Position(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Aside(NamedTuple):
    """Words that the file of a letter has beside its text: `what` they are, and the offset that they are about."""

    what: str
    text: str
    at: int = 0


@dataclass(frozen=True, eq=False)
class Source:
    """The text of a letter exactly as it was read; it is never changed.

    `pages` and `paragraphs` are the offsets at which each begins, where the file has any. In a text
    that `flows`, each line is a paragraph. `unread` describes parts of the file that could not be read. The first
    `margin` characters are headers, footers, notes and text boxes. `asides` are words that are not printed. `blanks`
    are the places of fields that nobody filled in, as the file itself says. `recognized` are the numbers of pages that
    are pictures and were read by OCR, `unsure` the words of them that it may have read wrongly.
    """

    text: str
    name: str = "<letter>"
    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    flows: bool = False
    unread: tuple[str, ...] = ()
    margin: int = 0
    asides: tuple[Aside, ...] = ()
    blanks: tuple[Span, ...] = ()
    recognized: tuple[int, ...] = ()
    unsure: tuple[Span, ...] = ()

    def page(self, offset: int) -> int | None:
        """The number of the page at an offset, from 1; None where the file has no pages."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def paragraph(self, offset: int) -> int | None:
        """The number of the paragraph at an offset, from 1, without empty ones; None where the file has none."""
        return bisect_right(self.paragraphs, offset) or 1 if self.paragraphs else None

    @cached_property
    def lines(self) -> list[Span]:
        """The span of each line, without its line end."""
        ends = [match.span() for match in find_line_ends(self.text)]
        starts = [0, *(end for _, end in ends)]
        return [Span(*bounds) for bounds in zip(starts, [*(start for start, _ in ends), len(self.text)], strict=True)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def within(self, offset: int) -> str:
        """The page or paragraph of an offset, such as "page 2"; "" where the file has neither."""
        page, paragraph = self.page(offset), self.paragraph(offset)
        return f"page {page}" if page else f"paragraph {paragraph}" if paragraph else ""

    def position(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """The span of line `number`, from 1, without its line end."""
        return self.lines[number - 1]

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]


Run: TypeAlias = tuple[str, int, int]
"""A piece of a view: its text, and the start and end of the text in the source that it represents."""


class View:
    """A changed copy of a text that maps each of its characters to the original.

    A run as long as its original is mapped character by character; a run of another length is mapped
    as a whole. Runs must come in the order of their originals.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = list(runs)
        self.text = "".join([text for text, _, _ in self._runs])
        self._starts = list(accumulate((len(text) for text, _, _ in self._runs), initial=0))

    def span(self, start: int, end: int) -> Span:
        """The span in the source of characters `start` up to `end` of this view."""
        if not self._runs:
            return Span(0, 0)
        left, _ = self._locate(start)
        if end <= start:
            return Span(left, left)
        return Span(left, self._locate(end - 1)[1])

    def _locate(self, at: int) -> tuple[int, int]:
        """The start and end in the source of one character, or of the whole run where it is mapped as a whole."""
        run = min(bisect_right(self._starts, at), len(self._runs)) - 1
        text, start, end = self._runs[run]
        if len(text) != end - start:
            return start, end
        offset = at - self._starts[run]
        return start + offset, start + offset + 1
