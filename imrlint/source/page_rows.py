"""The rows of a page of a PDF: characters side by side, from top to bottom as a reader sees them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from imrlint.document.text import Span

_LINE_END_HYPHEN = "\ufffe"  # a hyphen at a line end, with the line end itself
_SAME_ROW = 0.5  # of the height of a line
_WORD = re.compile(r"\S+")
_LINE_NUMBER = re.compile(r"(\d{1,4})(?=\s|$)")
_MIN_NUMBERED = 6  # rows of a page with line numbers
_MIN_IN_STEP = 0.8  # of the neighbours among them
_MIN_NUMBERED_SHARE = 0.6  # of the rows of the page, those counted that lie between two numbers
_LONGEST_LINE = 130  # characters; a longer one may be several rows that PDFium did not part
_LETTER = 12.0  # points: the height of a line of a form

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page as it is stored."""


class Segment(NamedTuple):
    """Text of one row, and where it begins and ends, in points from the lower left corner of the page as it is read.

    `first` is its first character in the text of the page; a text that is not in it, but in a form or a note, has a
    `box` instead. `unsure` are the words of the text that may have been read wrongly. One that `continues` is the rest
    of the word with which the segment before it ends.
    """

    text: str
    first: int
    x: float
    right: float
    y: float
    height: float
    box: Rectangle | None = None
    unsure: tuple[Span, ...] = ()
    continues: bool = False


Row: TypeAlias = list[Segment]


class Direction:
    """The direction in which the text of a page runs, which may be stored sideways. `turn` is in degrees."""

    def __init__(self, turn: int, width: float, height: float) -> None:
        self.turn = turn
        self._cos, self._sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
        self._right = width if self._cos < 0 else 0.0, height if self._sin < 0 else 0.0
        self._up = height if self._cos < 0 else 0.0, width if self._sin > 0 else 0.0
        self.height = height if self._cos else width  # of the page as it is read

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is stored, on the page as it is read."""
        return (
            x * self._cos + y * self._sin + sum(self._right),
            y * self._cos - x * self._sin + sum(self._up),
        )

    def measure(self, width: float, height: float) -> float:
        """How tall something of this size is for a reader."""
        return height if self._cos else width


class PageText:
    """The text of an open page, and where its characters are."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.words = page.get_textpage()
        text = self.words.get_text_range()
        count = self.words.count_chars()
        if count != len(text):  # a character outside the basic plane counts twice there
            text = "".join(chr(pdfium.FPDFText_GetUnicode(self.words.raw, i)) for i in range(count))
        self._text = text
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        self.direction = Direction(self._find_turn(), width, height)

    def _find_turn(self) -> int:
        """The direction of most lines, in degrees against the clock: 0, 90, 180 or 270."""
        turns: Counter[int] = Counter()
        at = 0
        for line in self._text.split("\r\n"):
            blank = len(line) - len(line.lstrip())
            if line.strip():
                angle = pdfium.FPDFText_GetCharAngle(self.words.raw, at + blank)  # with the clock
                turns[round(-math.degrees(angle) / 90) * 90 % 360] += len(line)
            at += len(line) + 2
        return turns.most_common(1)[0][0] if turns else 0

    def rows(self) -> list[Row]:
        """The rows of the page, without line numbers."""
        return _drop_line_numbers(arrange(list(self._segments())), self)

    def _segments(self) -> Iterator[Segment]:
        """The text of the page as PDFium gives it: parts of lines, in the order of the file."""
        at = 0
        for line in self._text.split("\r\n"):
            start = at
            parts = line.split(_LINE_END_HYPHEN)
            for part in parts[:-1]:
                yield from self._split_rows(part + "-", start)
                start += len(part) + 1
            yield from self._split_rows(parts[-1], start)
            at += len(line) + 2

    def _split_rows(self, text: str, first: int) -> Iterator[Segment]:
        """The segments of a line, parted where its words are on different rows of the page."""
        if len(text) > _LONGEST_LINE:
            begin, start = 0, next(self.segment(text, first), None)
            for word in _WORD.finditer(text):
                here = next(self.segment(word.group(), first + word.start()))
                if start and abs(here.y - start.y) > _SAME_ROW * start.height:
                    yield from self.segment(text[begin : word.start()], first + begin)
                    begin, start = word.start(), here
            text, first = text[begin:], first + begin
        yield from self.segment(text, first)

    def segment(self, text: str, first: int) -> Iterator[Segment]:
        """The segment of a text whose first character has the number `first`; none of a blank one."""
        blank = len(text) - len(text.lstrip())
        text = text.strip()
        if text:
            start = first + blank
            x, y, box = ctypes.c_double(), ctypes.c_double(), self._box(start)
            pdfium.FPDFText_GetCharOrigin(self.words.raw, start, x, y)
            height = self.direction.measure(box.right - box.left, box.top - box.bottom)
            left, base = self.direction.place(x.value, y.value)
            last = self._box(start + len(text) - 1)
            corners = ((last.left, last.bottom), (last.right, last.top))
            right = max(self.direction.place(*corner)[0] for corner in corners)
            yield Segment(text, start, left, right, base, max(height, 1.0))

    def _box(self, number: int) -> Any:
        """The rectangle of a character, on the page as it is stored."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.words.raw, number, box)
        return box


def cut(segment: Segment, at: int) -> tuple[Segment, Segment]:
    """The first `at` characters of a segment, and the rest without the blanks before it, which may be empty."""
    rest = segment.text[at:].lstrip()
    behind = len(segment.text) - len(rest)
    return (
        segment._replace(text=segment.text[:at], unsure=tuple(each for each in segment.unsure if each.start < at)),
        segment._replace(
            text=rest,
            first=segment.first if segment.box else segment.first + behind,
            unsure=tuple(Span(a - behind, b - behind) for a, b in segment.unsure if a >= behind),
        ),
    )


def arrange(segments: Sequence[Segment]) -> list[Row]:
    """The segments of each row: rows from top to bottom, segments from left to right."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda each: -each.y):
        if rows and rows[-1][0].y - segment.y < _SAME_ROW * min(segment.height, rows[-1][0].height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda each: each.x) for row in rows]


def _drop_line_numbers(rows: list[Row], page: PageText) -> list[Row]:
    """The rows without the numbers of lines in the margin, where the page has such.

    They are numbers at the beginning of rows, as far apart as their rows, on most of the page; some programs print
    only every fifth.
    """
    numbered = {i: found for i, row in enumerate(rows) if (found := _LINE_NUMBER.match(row[0].text))}
    alone = sum(found.end() == len(rows[i][0].text) for i, found in numbered.items())
    if len(numbered) < _MIN_NUMBERED or alone > len(numbered) / 2:  # the latter `line_numbers` finds
        return rows
    steps = [(b - a, int(numbered[b][1]) - int(numbered[a][1])) for a, b in pairwise(numbered)]
    in_step = [counted for apart, counted in steps if apart == counted]
    with_text = [i for i in numbered if rows[i][0].text != numbered[i][1] or len(rows[i]) > 1]
    is_regular = len(in_step) >= _MIN_IN_STEP * len(steps) and len(with_text) >= len(numbered) / 2
    if not is_regular or sum(in_step) < _MIN_NUMBERED_SHARE * len(rows):
        return rows
    kept = []
    for i, row in enumerate(rows):
        if i in numbered:
            end = numbered[i].end()
            row = [*page.segment(row[0].text[end:], row[0].first + end), *row[1:]]
        if row:
            kept.append(row)
    return kept


def draw(words: Any, box: Rectangle, direction: Direction) -> Iterator[Segment]:
    """The segments of a text that is drawn into a rectangle, line by line."""
    left, bottom, right, top = box
    low, high = sorted((direction.place(left, bottom), direction.place(right, top)), key=lambda point: point[1])
    lines = str(words).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tall = (high[1] - low[1]) / len(lines)
    letter = min(max(tall, 1.0), _LETTER)
    for number, line in enumerate(lines):
        middle = high[1] - tall * (number + 0.5)
        if line.strip():
            begin, end = sorted((low[0], high[0]))
            yield Segment(line.strip(), 0, begin, end, middle - 0.3 * letter, letter, box)
