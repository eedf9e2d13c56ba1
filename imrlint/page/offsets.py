"""The text of a letter as a browser counts it: in UTF-16 units, with every line end one character."""

from __future__ import annotations

from array import array

from imrlint.document.text import Span
from imrlint.engine.findings import Edit
from imrlint.once import cached_property
from imrlint.revision.narrowing import narrow_edit


class PageText:
    """The text of a letter as the page shows it, and the places of one in the other.

    A span of the letter counts code points of its text, which keeps its line ends; the page counts UTF-16 units of a
    text with line feeds only.
    """

    def __init__(self, letter: str) -> None:
        self._letter = letter
        self.text = letter.replace("\r\n", "\n").replace("\r", "\n")
        self._is_plain = letter.isascii() and "\r" not in letter  # both count alike

    @cached_property
    def _units(self) -> array[int]:
        """For each code point of the letter, and for its end, the unit of the page at which it begins."""
        units, unit = array("q"), 0
        previous = ""
        for char in self._letter:
            if char == "\n" and previous == "\r":
                units.append(unit - 1)  # a line end in two characters is one on the page
            else:
                units.append(unit)
                unit += 2 if ord(char) > 0xFFFF else 1
            previous = char
        units.append(unit)
        return units

    @cached_property
    def _points(self) -> array[int]:
        """For each code point of the text of the page, and for its end, where it begins in the letter."""
        points, previous = array("q"), ""
        for place, char in enumerate(self._letter):
            if not (char == "\n" and previous == "\r"):
                points.append(place)
            previous = char
        points.append(len(self._letter))
        return points

    def units(self, start: int, end: int) -> tuple[int, int]:
        """A span of the letter in units of the page."""
        return (start, end) if self._is_plain else (self._units[start], self._units[end])

    def edit_to(self, text: str) -> Edit | None:
        """The edit of the letter after which the page shows `text`; None where it shows that already."""
        if text == self.text:
            return None
        start, end = 0, len(self.text)
        span, words = narrow_edit(Edit(Span(start, end), text), self.text)
        if not self._is_plain:
            span = Span(self._points[span.start], self._points[span.end])
        return Edit(span, words.replace("\n", self._line_end))

    @property
    def _line_end(self) -> str:
        if "\r\n" in self._letter:
            return "\r\n"
        return "\r" if "\r" in self._letter and "\n" not in self._letter else "\n"
