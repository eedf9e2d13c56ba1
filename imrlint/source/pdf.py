"""The text of a PDF, row by row as on the page.

Hyphens at line ends are kept, the number of spaces is not: a PDF stores positions of characters, and
the spaces between two words can only be guessed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract
from imrlint.source.running import Row, RowPlace, find_running_rows

MAX_PAGES = 200
MAX_CHARACTERS = 2_000_000
_LINE_END_HYPHEN = "\ufffe"  # a hyphen at a line end, with the line end itself
_SAME_ROW = 0.5  # of the height of a line
_TALL = 1.25  # the distance between lines, in heights of a tall character box


class Stretch(NamedTuple):
    """Characters of the text that are adjacent on a page.

    `start` is the offset of the first character in the text, `first` its offset in the page.
    """

    start: int
    length: int
    page: int  # counted from 0
    first: int


class PdfLayout(NamedTuple):
    """The text of a PDF, and the place of each stretch of it."""

    extract: Extract
    stretches: tuple[Stretch, ...]


class _Segment(NamedTuple):
    """Text of one row, and its position in points from the lower left corner of the page."""

    text: str
    first: int
    x: float
    y: float
    height: float


_Row: TypeAlias = list[_Segment]


def read(content: bytes) -> Extract:
    """The text of a PDF. Raises Refused."""
    with open_pdf(content) as document:
        return extract_layout(document).extract


def extract_layout(document: pypdfium2.PdfDocument) -> PdfLayout:
    """The text of an open PDF, and the place of each stretch of it. Raises Refused.

    The running headers and footers come first, once, as in the text of a Word file.
    """
    pages: list[list[_Row]] = []
    heights, pictures = [], []
    for number in range(len(document)):
        page = document[number]
        pages.append(_rows(list(_segments(page))))
        heights.append(page.get_height())
        if not pages[-1] and _has_picture(page):
            pictures.append(number + 1)
        page.close()
    running = find_running_rows(
        [[_measured(row, height) for row in rows] for rows, height in zip(pages, heights, strict=True)]
    )
    builder = _TextBuilder(_leading(pages))
    first: dict[str, RowPlace] = {}
    for place, words in sorted(running.items()):
        first.setdefault(words, place)
    for page_number, row_number in first.values():
        builder.add_row(pages[page_number][row_number], page_number)
        builder.add("\n\n")
    starts = []
    for number, rows in enumerate(pages):
        starts.append(builder.length if number else 0)
        builder.add_page([row for i, row in enumerate(rows) if RowPlace(number, i) not in running], number)
    text = builder.text
    if not text.strip():
        raise Refused("needs OCR: its pages are pictures" if pictures else "there is no text in it")
    unread = tuple(f"page {number} is a picture and was not checked: it needs OCR" for number in pictures)
    return PdfLayout(Extract(text, pages=tuple(starts), unread=unread), tuple(builder.stretches))


def _measured(row: _Row, height: float) -> Row:
    """A row with its distances from the edges of a page of this height."""
    return Row("  ".join(each.text for each in row), height - row[0].y, row[0].y)


class _TextBuilder:
    """Builds the text row by row, and records the stretches."""

    def __init__(self, leading: float) -> None:
        self._leading = leading
        self._parts: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add_page(self, rows: list[_Row], number: int) -> None:
        for i, row in enumerate(rows):
            if i:
                down = rows[i - 1][0].y - row[0].y
                self.add("\n" * max(1, int(down / self._leading + 0.4)))
            self.add_row(row, number)
        self.add("\n\f")

    def add_row(self, row: _Row, number: int) -> None:
        for i, segment in enumerate(row):
            if i:
                self.add("  ")
            self.stretches.append(Stretch(self.length, len(segment.text), number, segment.first))
            self.add(segment.text)

    def add(self, words: str) -> None:
        self._parts.append(words)
        self.length += len(words)
        if self.length > MAX_CHARACTERS:
            raise Refused("too large for a letter")


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """Open the PDF with this content. Raises Refused."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("locked with a password") from error
        raise Refused("damaged: it cannot be read as a PDF file") from error
    if not 0 < len(document) <= MAX_PAGES:
        raise Refused(f"not a letter: a PDF file of {len(document):,} pages")
    return document


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _segments(page: pypdfium2.PdfPage) -> Iterator[_Segment]:
    """The text of a page as PDFium gives it: parts of lines, in the order of the file."""
    words = page.get_textpage()
    text = words.get_text_range()
    if words.count_chars() != len(text):  # a character outside the basic plane counts twice there
        text = "".join(chr(pdfium.FPDFText_GetUnicode(words.raw, i)) for i in range(words.count_chars()))
    at = 0
    for line in text.split("\r\n"):
        start = at
        parts = line.split(_LINE_END_HYPHEN)
        for part in parts[:-1]:
            yield from _segment(words, part + "-", start)
            start += len(part) + 1
        yield from _segment(words, parts[-1], start)
        at += len(line) + 2


def _segment(words: Any, text: str, first: int) -> Iterator[_Segment]:
    blank = len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        pdfium.FPDFText_GetCharOrigin(words.raw, first + blank, x, y)
        pdfium.FPDFText_GetLooseCharBox(words.raw, first + blank, box)
        yield _Segment(text, first + blank, x.value, y.value, max(box.top - box.bottom, 1.0))


def _rows(segments: list[_Segment]) -> list[list[_Segment]]:
    """The segments of each row: rows from top to bottom, segments from left to right."""
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda each: -each.y):
        if rows and rows[-1][0].y - segment.y < _SAME_ROW * min(segment.height, rows[-1][0].height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda each: each.x) for row in rows]


def _leading(pages: list[list[_Row]]) -> float:
    """The distance in points between the lines of a single-spaced paragraph.

    It is the median distance; where that is wider (a double-spaced letter, a list), it follows from the
    height of the characters. The boxes of single characters differ, so a tall one is taken.
    """
    down = [a[0].y - b[0].y for rows in pages for a, b in pairwise(rows)]
    heights = sorted(row[0].height for rows in pages for row in rows)
    if not down:
        return 1.0
    return min(median(down), _TALL * heights[len(heights) * 9 // 10])
