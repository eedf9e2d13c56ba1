"""Places in a text as editors count them: lines, and the units of an encoding within a line, both from 0."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from lsprotocol import types
from lsprotocol.types import PositionEncodingKind

from imrlint.document.text import Span

_LINE_END = re.compile(r"\r\n|\n|\r")  # the protocol has no others: a form feed does not end a line
_MEASURES: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32: len,
}


class Lines:
    """The lines of a text, and its places in an encoding that editor and server have agreed upon."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        ends = [match.span() for match in _LINE_END.finditer(text)]
        self._text = text
        self._starts = [0, *(end for _, end in ends)]
        self._ends = [*(start for start, _ in ends), len(text)]
        self._measure = _MEASURES[encoding]

    def position(self, offset: int) -> types.Position:
        """The position of a character, by its number in code points."""
        line = bisect_right(self._starts, offset) - 1
        return types.Position(line, self._measure(self._text[self._starts[line] : min(offset, self._ends[line])]))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The number in code points of the character at a position; the end of the line where that is shorter."""
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[position.line], self._ends[position.line]
        if self._measure is len or self._text[start:end].isascii():
            return min(start + position.character, end)
        at, units = start, 0
        while at < end and (units := units + self._measure(self._text[at])) <= position.character:
            at += 1
        return at

    def span(self, place: types.Range) -> Span:
        """The span of a range."""
        return Span(self.offset(place.start), self.offset(place.end))
