"""The text of a PDF, row by row as it is read on the page.

Hyphens at line ends are kept, spaces are not: a PDF holds places of characters, and how many
spaces stood between two words is anybody's guess.
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
from imrlint.source.running import Row, running

MOST_PAGES = 200
MOST_CHARACTERS = 2_000_000
_BROKEN = "\ufffe"  # a hyphen at a line end, with the line end itself
_SAME_ROW = 0.5  # of the height of a line
_TALL = 1.25  # the distance of lines, in heights of a letter with all its room


class Stretch(NamedTuple):
    """Characters of the text that stand side by side on a page.

    `start` counts in the text, `first` in the page; both run on for `length` characters.
    """

    start: int
    length: int
    page: int  # counted from 0
    first: int


class _Segment(NamedTuple):
    """Text of one row: where it stands on the page, in points from its lower left corner."""

    text: str
    first: int
    x: float
    y: float
    height: float


_Row: TypeAlias = list[_Segment]


def read(content: bytes) -> Extract:
    """The text of a PDF. Raises Refused."""
    with opened(content) as document:
        return laid_out(document)[0]


def laid_out(document: pypdfium2.PdfDocument) -> tuple[Extract, tuple[Stretch, ...]]:
    """The text of an open PDF, and where each stretch of it stands. Raises Refused.

    What stands at the head or foot of every page comes before all of it, once, as in a Word file.
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
    margins = running([[_seen(row, tall) for row in rows] for rows, tall in zip(pages, heights, strict=True)])
    setting = _Setting(_leading(pages))
    first: dict[str, tuple[int, int]] = {}
    for at, key in sorted(margins.items()):
        first.setdefault(key, at)
    for number, place in first.values():
        setting.put(pages[number][place], number)
        setting.gap("\n\n")
    starts = []
    for number, rows in enumerate(pages):
        starts.append(setting.length if number else 0)
        setting.put_page([row for i, row in enumerate(rows) if (number, i) not in margins], number)
    text = setting.text
    if not text.strip():
        raise Refused("needs OCR: its pages are pictures" if pictures else "there is no text in it")
    unread = tuple(f"page {number} is a picture and was not checked: it needs OCR" for number in pictures)
    return Extract(text, pages=tuple(starts), unread=unread), tuple(setting.stretches)


def _seen(row: _Row, height: float) -> Row:
    return Row("  ".join(each.text for each in row), height - row[0].y, row[0].y)


class _Setting:
    """The text as it grows, row by row."""

    def __init__(self, leading: float) -> None:
        self._leading = leading
        self._written: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []

    @property
    def text(self) -> str:
        return "".join(self._written)

    def put_page(self, rows: list[_Row], number: int) -> None:
        for i, row in enumerate(rows):
            if i:
                down = rows[i - 1][0].y - row[0].y
                self.gap("\n" * max(1, int(down / self._leading + 0.4)))
            self.put(row, number)
        self.gap("\n\f")

    def put(self, row: _Row, number: int) -> None:
        for i, segment in enumerate(row):
            if i:
                self.gap("  ")
            self.stretches.append(Stretch(self.length, len(segment.text), number, segment.first))
            self.gap(segment.text)

    def gap(self, words: str) -> None:
        self._written.append(words)
        self.length += len(words)
        if self.length > MOST_CHARACTERS:
            raise Refused("too large for a letter")


def opened(content: bytes) -> pypdfium2.PdfDocument:
    """The document. Raises Refused."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("locked with a password") from error
        raise Refused("damaged: it cannot be read as a PDF file") from error
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused(f"not a letter: a PDF file of {len(document):,} pages")
    return document


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _segments(page: pypdfium2.PdfPage) -> Iterator[_Segment]:
    """The text of a page as PDFium strings it together: pieces of lines, in the order of the file."""
    words = page.get_textpage()
    text = words.get_text_range()
    if words.count_chars() != len(text):  # a character outside the basic plane counts twice there
        text = "".join(chr(pdfium.FPDFText_GetUnicode(words.raw, i)) for i in range(words.count_chars()))
    at = 0
    for line in text.split("\r\n"):
        start = at
        parts = line.split(_BROKEN)
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
    """Segments that stand on one line, from the top of the page to its foot, from left to right."""
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda each: -each.y):
        if rows and rows[-1][0].y - segment.y < _SAME_ROW * min(segment.height, rows[-1][0].height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda each: each.x) for row in rows]


def _leading(pages: list[list[_Row]]) -> float:
    """How far a line stands below the one before, in points, when no room is left between them.

    Most lines of a letter do; where they do not (a double-spaced letter, a list), the height of the
    letters tells. The boxes of single letters differ, so that it takes a tall one.
    """
    down = [a[0].y - b[0].y for rows in pages for a, b in pairwise(rows)]
    heights = sorted(row[0].height for rows in pages for row in rows)
    if not down:
        return 1.0
    return min(median(down), _TALL * heights[len(heights) * 9 // 10])
