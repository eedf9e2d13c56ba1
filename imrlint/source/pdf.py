"""The text of a PDF, row by row as it is read on the page.

Hyphens at line ends are kept, spaces are not: a PDF holds places of characters, and how many
spaces stood between two words is anybody's guess.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract

MOST_PAGES = 200
MOST_CHARACTERS = 2_000_000
_BROKEN = "\ufffe"  # a hyphen at a line end, with the line end itself
_SAME_ROW = 0.5  # of the height of a line


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


def read(content: bytes) -> Extract:
    """The text of a PDF. Raises Refused."""
    with opened(content) as document:
        return laid_out(document)[0]


def laid_out(document: pypdfium2.PdfDocument) -> tuple[Extract, tuple[Stretch, ...]]:
    """The text of an open PDF, and where each stretch of it stands. Raises Refused."""
    text: list[str] = []
    length = 0
    pages, stretches, pictures = [], [], []
    for number in range(len(document)):
        pages.append(length)
        page = document[number]
        rows = _rows(list(_segments(page)))
        if not rows and _has_picture(page):
            pictures.append(number + 1)
        for piece, segment in _set(rows):
            if segment is not None:
                stretches.append(Stretch(length, len(piece), number, segment.first))
            text.append(piece)
            length += len(piece)
        if length > MOST_CHARACTERS:
            raise Refused("too large for a letter")
        text.append("\n\f")
        length += 2
        page.close()
    whole = "".join(text)
    if not whole.strip():
        raise Refused("needs OCR: its pages are pictures" if pictures else "there is no text in it")
    unread = tuple(f"page {number} is a picture and was not checked: it needs OCR" for number in pictures)
    return Extract(whole, pages=tuple(pages), unread=unread), tuple(stretches)


def opened(content: bytes) -> pypdfium2.PdfDocument:
    """The document. Raises Damaged, Refused."""
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


def _set(rows: list[list[_Segment]]) -> Iterator[tuple[str, _Segment | None]]:
    """The rows as text: pieces with the segment they come from, and what stands between."""
    for i, row in enumerate(rows):
        if i:
            before = rows[i - 1][0]
            yield "\n" * max(1, int((before.y - row[0].y) / row[0].height + 0.4)), None
        for left, right in pairwise([*row, None]):
            assert left is not None
            yield left.text, left
            if right is not None:
                yield "  ", None
