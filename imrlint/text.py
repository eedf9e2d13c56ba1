"""Where things are: spans of characters, the lines they fall on, and other readings of one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` up to but not including `end`, counted in code points from 0."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Position(NamedTuple):
    """A place as people count it: lines and columns from 1."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Source:
    """The letter exactly as read. Nothing downstream edits it."""

    text: str
    name: str = "<letter>"

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """The span of line `number`, counted from 1, without its line end."""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return Span(start, end - 1 if self.text[start:end].endswith("\r") else end)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]


class Run(NamedTuple):
    """A piece of a view: `text`, and the place in the source that it stands for."""

    text: str
    origin: Span


class View:
    """Another reading of a text that remembers where each piece of it came from.

    A run as long as its origin is the origin itself, character for character; a run of another
    length stands for its origin as a whole. Runs must come in the order of their origins.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        pieces, starts, origins = [], [], []
        at = 0
        for text, origin in runs:
            pieces.append(text)
            starts.append(at)
            origins.append((at + len(text), origin))
            at += len(text)
        self.text = "".join(pieces)
        self._starts = starts
        self._origins = origins

    def span(self, start: int, end: int) -> Span:
        """The place in the source of characters `start` up to `end` of this view."""
        if not self._starts:
            return Span(0, 0)
        first = bisect_right(self._starts, start) - 1
        run_end, origin = self._origins[first]
        verbatim = run_end - self._starts[first] == origin.end - origin.start
        left = origin.start + (start - self._starts[first] if verbatim else 0)
        if end <= start:
            return Span(left, left)
        last = bisect_right(self._starts, end - 1) - 1
        run_end, origin = self._origins[last]
        verbatim = run_end - self._starts[last] == origin.end - origin.start
        right = origin.end - (run_end - end if verbatim else 0)
        return Span(left, right)
