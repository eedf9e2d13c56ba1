"""Text and places in it: spans of characters, lines and columns, and views of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """Characters `start` up to but not including `end`, counted in code points from 0."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def lower_letters(text: str) -> str:
    """The text in lower case, of the same length: the few letters that are longer in lower case stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


class Position(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Source:
    """The text of a letter exactly as it was read; it is never changed.

    `pages` and `paragraphs` are the offsets at which each begins, where the file has any. In a text
    that `flows`, each line is a paragraph. `unread` describes parts of the file that could not be read.
    """

    text: str
    name: str = "<letter>"
    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    flows: bool = False
    unread: tuple[str, ...] = ()

    def page(self, offset: int) -> int | None:
        """The number of the page at an offset, from 1; None where the file has no pages."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def paragraph(self, offset: int) -> int | None:
        """The number of the paragraph at an offset, from 1, without empty ones; None where the file has none."""
        return bisect_right(self.paragraphs, offset) or 1 if self.paragraphs else None

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def within(self, offset: int) -> str:
        """The page or paragraph of an offset, such as "page 2"; "" where the file has neither."""
        page, paragraph = self.page(offset), self.paragraph(offset)
        return f"page {page}" if page else f"paragraph {paragraph}" if paragraph else ""

    def position(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """The span of line `number`, from 1, without its line end."""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return Span(start, end - 1 if self.text[start:end].endswith("\r") else end)

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
