"""The text of a PDF, row by row and column by column as on the page.

Words that are divided at a line end are put together; hyphens that belong to a word are kept. The number of spaces is
not: a PDF stores positions of characters, and the spaces between two words can only be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from imrlint.document.text import Aside, Span
from imrlint.source import running
from imrlint.source.annotations import Sort, read_annotations
from imrlint.source.columns import order_columns
from imrlint.source.errors import Refused
from imrlint.source.extract import Extract
from imrlint.source.hyphenation import join_divided_words
from imrlint.source.line_numbers import drop_line_numbers
from imrlint.source.page_rows import PageText, Rectangle, Row, Segment, arrange, draw
from imrlint.source.running import RowPlace, find_running_rows

MAX_PAGES = 200
MAX_CHARACTERS = 2_000_000
MAX_PICTURES = 30  # pages to recognise; each takes seconds
_TALL = 1.25  # the distance between lines, in heights of a tall character box
_SAME_LINE = 0.6  # of the distance between lines
_PROPERTIES = {
    "Title": "the title in its properties",
    "Subject": "the subject in its properties",
    "Keywords": "the keywords in its properties",
}


class Stretch(NamedTuple):
    """Characters of the text that are adjacent on a page.

    `start` is the offset of the first character in the text, `first` its offset in the page. Characters that are not
    in the text of the page, but in a form or a note, have the `box` of that.
    """

    start: int
    length: int
    page: int  # counted from 0
    first: int
    box: Rectangle | None = None


class PdfLayout(NamedTuple):
    """The text of a PDF, and the place of each stretch of it."""

    extract: Extract
    stretches: tuple[Stretch, ...]


class _Page(NamedTuple):
    """The rows of a page with the values of its forms, what is typed over them, and its notes."""

    rows: list[Row]
    typed: list[Row]
    notes: list[str]
    height: float
    is_picture: bool
    is_recognized: bool = False


def read(content: bytes, *, ocr: bool = False) -> Extract:
    """The text of a PDF; with `ocr`, also of pages that are pictures. Raises Refused."""
    with open_pdf(content) as document:
        return extract_layout(document, ocr=ocr).extract


def extract_layout(document: pypdfium2.PdfDocument, *, ocr: bool = False) -> PdfLayout:
    """The text of an open PDF, and the place of each stretch of it. Raises Refused.

    With `ocr`, pages that are pictures are read, too, but have no stretches in the PDF: each has the box of its row.
    The running headers and footers come first, once, as in the text of a Word file, and then what is typed over pages.
    """
    pages = [_read_page(document, number) for number in range(len(document))]
    if ocr:
        pages = _recognize_pictures(document, pages)
    pages = [
        page._replace(rows=rows)
        for page, rows in zip(pages, drop_line_numbers([page.rows for page in pages]), strict=True)
    ]
    running_rows = find_running_rows([[_measured(row, page.height) for row in page.rows] for page in pages])
    bodies = order_columns(
        [[row for i, row in enumerate(page.rows) if RowPlace(n, i) not in running_rows] for n, page in enumerate(pages)]
    )
    builder = _TextBuilder(_leading(bodies))
    first: dict[str, RowPlace] = {}
    for place, words in sorted(running_rows.items()):
        first.setdefault(words, place)
    for page_number, row_number in first.values():
        builder.add_row(pages[page_number].rows[row_number], page_number)
        builder.add("\n\n")
    for number, page in enumerate(pages):
        for row in page.typed:
            builder.add_row(row, number)
            builder.add("\n\n")
    margin = builder.length
    starts = []
    for number, rows in enumerate(join_divided_words(bodies)):
        starts.append(builder.length if number else 0)
        builder.add_page(rows, number)
    text = builder.text
    pictures = [number + 1 for number, page in enumerate(pages) if page.is_picture]
    if not text.strip():
        raise Refused("needs OCR: its pages are pictures" if pictures else "there is no text in it")
    unread = (
        *(f"page {number} is a picture and was not checked: it needs OCR" for number in pictures),
        *_unread(document),
    )
    asides = (*_read_properties(document), *_notes(pages, starts))
    extract = Extract(
        text,
        pages=tuple(starts),
        unread=unread,
        margin=margin,
        asides=asides,
        recognized=tuple(number + 1 for number, page in enumerate(pages) if page.is_recognized),
        unsure=tuple(builder.unsure),
    )
    return PdfLayout(extract, tuple(builder.stretches))


def _read_page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    page = document[number]
    text = PageText(page)
    rows = text.rows()
    fields: list[Segment] = []
    typed: list[Row] = []
    notes: list[str] = []
    for annotation in read_annotations(page):
        if annotation.sort is Sort.NOTE:
            notes.append(annotation.text)
            continue
        drawn = list(draw(annotation.text, annotation.box, text.direction))
        if annotation.sort is Sort.FIELD or _fills_a_row(drawn, rows):
            fields += drawn
        else:
            typed += [[segment] for segment in drawn]
    is_picture = not rows and not fields and _has_picture(page)
    if fields:
        rows = arrange([*fields, *(segment for row in rows for segment in row)])
    page.close()
    return _Page(rows, typed, notes, text.direction.height, is_picture)


def _recognize_pictures(document: pypdfium2.PdfDocument, pages: list[_Page]) -> list[_Page]:
    """The pages, with the rows of those that are pictures and have words. Raises Refused."""
    if sum(page.is_picture for page in pages) > MAX_PICTURES:
        raise Refused(f"not a letter: more than {MAX_PICTURES} of its pages are pictures")
    return [_recognize(document[n], page) if page.is_picture else page for n, page in enumerate(pages)]


def _recognize(page: pypdfium2.PdfPage, read: _Page) -> _Page:
    from imrlint.source.recognition import recognize_page

    rows, height = recognize_page(page)
    return read._replace(rows=rows, height=height, is_picture=False, is_recognized=True) if rows else read


def _fills_a_row(drawn: list[Segment], rows: list[Row]) -> bool:
    """Whether a note is typed behind a label, as into a form."""
    first = next(iter(drawn), None)
    beside = [row for row in rows if first and abs(row[0].y - first.y) < row[0].height / 2]
    return any(row[-1].text.endswith(":") and first and row[-1].x < first.x for row in beside)


def _measured(row: Row, height: float) -> running.Row:
    """A row with its distances from the edges of a page of this height."""
    return running.Row("  ".join(each.text for each in row), height - row[0].y, row[0].y)


class _TextBuilder:
    """Builds the text row by row, and records the stretches."""

    def __init__(self, leading: float) -> None:
        self._leading = leading
        self._parts: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []
        self.unsure: list[Span] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add_page(self, rows: list[Row], number: int) -> None:
        for i, row in enumerate(rows):
            if i:
                down = rows[i - 1][0].y - row[0].y
                is_column_end = down < -_SAME_LINE * self._leading  # which parts text as the end of a page does
                self.add("\n\f" if is_column_end else "\n" * max(1, int(down / self._leading + 0.4)))
            self.add_row(row, number)
        self.add("\n\f")

    def add_row(self, row: Row, number: int) -> None:
        for i, segment in enumerate(row):
            if i and not segment.continues:
                self.add("  ")
            self.unsure += [Span(self.length + start, self.length + end) for start, end in segment.unsure]
            self.stretches.append(Stretch(self.length, len(segment.text), number, segment.first, segment.box))
            self.add(segment.text)

    def add(self, words: str) -> None:
        self._parts.append(words)
        self.length += len(words)
        if self.length > MAX_CHARACTERS:
            raise Refused("too large for a letter")


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """Open the PDF with this content, and its forms. Raises Refused."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("locked with a password") from error
        raise Refused("damaged: it cannot be read as a PDF file") from error
    if not 0 < len(document) <= MAX_PAGES:
        raise Refused(f"not a letter: a PDF file of {len(document):,} pages")
    if document.get_formtype():
        document.init_forms()
    return document


def _unread(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """What the file has beside its pages, and is not read."""
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        yield "a form of a newer kind (XFA) was not checked"
    if count := document.count_attachments():
        yield (
            "a file attached to it was not checked" if count == 1 else f"{count} files attached to it were not checked"
        )


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _read_properties(document: pypdfium2.PdfDocument) -> Iterator[Aside]:
    for key, what in _PROPERTIES.items():
        words = " ".join(document.get_metadata_value(key).split())
        if words:
            yield Aside(what, words)


def _notes(pages: list[_Page], starts: list[int]) -> Iterator[Aside]:
    for page, start in zip(pages, starts, strict=True):
        yield from (Aside("a note", " ".join(words.split()), start) for words in page.notes)


def _leading(pages: Sequence[list[Row]]) -> float:
    """The distance in points between the lines of a single-spaced paragraph.

    It is the median distance; where that is wider (a double-spaced letter, a list), it follows from the
    height of the characters. The boxes of single characters differ, so a tall one is taken.
    """
    down = [a[0].y - b[0].y for rows in pages for a, b in pairwise(rows)]
    heights = sorted(row[0].height for rows in pages for row in rows)
    if not down:
        return 1.0
    return min(median(down), _TALL * heights[len(heights) * 9 // 10])
