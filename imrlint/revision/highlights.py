"""Writing remarks into a PDF file, as highlights with notes."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfWriter
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from imrlint.output.remarks import Remark
from imrlint.revision.author import AUTHOR
from imrlint.source import pdf
from imrlint.source.pdf import Stretch

_COLOUR = "ffe066"


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class _Highlight(NamedTuple):
    """What identifies a highlight of imrlint: its page, counted from 0, its name in the PDF, and its note."""

    page: int
    name: str
    text: str


def annotate_pdf(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """The content of the PDF with each remark as a note on its highlighted words. Raises Refused.

    Highlights of an earlier annotation stay where they are still wanted; the others are removed.
    """
    with pdf.open_pdf(content) as document:
        stretches = pdf.extract_layout(document).stretches
        wanted = {
            _Highlight(page, f"{AUTHOR}-{remark.mark}", remark.text): boxes
            for remark in remarks
            for page, boxes in _boxes(document, stretches, remark).items()
        }
        copy = io.BytesIO()
        document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
    writer = PdfWriter(copy)
    for number, page in enumerate(writer.pages):
        _remove_unwanted(page, number, wanted)
    for highlight, boxes in wanted.items():
        note = Highlight(rect=_bounds(boxes), quad_points=_quads(boxes), highlight_color=_COLOUR, printing=True)
        note[NameObject("/Contents")] = TextStringObject(highlight.text)
        note[NameObject("/T")] = TextStringObject(AUTHOR)
        note[NameObject("/NM")] = TextStringObject(highlight.name)
        writer.add_annotation(highlight.page, note)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def forbids_notes(content: bytes) -> bool:
    """Whether the permissions of the PDF forbid adding notes."""
    with pdf.open_pdf(content) as document:
        permissions = int(pdfium.FPDF_GetDocPermissions(document.raw))
    return not permissions & 0x20  # bit 6 of table 22, ISO 32000-1: add or modify text annotations


def _remove_unwanted(page: Any, number: int, wanted: dict[_Highlight, list[Box]]) -> None:
    """Remove the highlights of an earlier annotation from a page. Those still wanted stay, and leave `wanted`."""
    kept = ArrayObject()
    for reference in page.get("/Annots", ()):
        note = reference.get_object()
        name = str(note.get("/NM", ""))
        ours = name.startswith(f"{AUTHOR}-") and note.get("/T") == AUTHOR
        if not ours or wanted.pop(_Highlight(number, name, str(note.get("/Contents"))), []):
            kept.append(reference)
    if "/Annots" in page:
        page[NameObject("/Annots")] = kept


def _boxes(document: pypdfium2.PdfDocument, stretches: Sequence[Stretch], remark: Remark) -> dict[int, list[Box]]:
    """The rectangles around the words of a remark, by page."""
    boxes: dict[int, list[Box]] = {}
    start, end = remark.span
    for i in range(max(bisect_right(stretches, start, key=lambda each: each.start) - 1, 0), len(stretches)):
        stretch = stretches[i]
        if stretch.start >= end:
            break
        left, right = max(start, stretch.start), min(end, stretch.start + stretch.length)
        if left < right and stretch.box:
            boxes.setdefault(stretch.page, []).append(Box(*stretch.box))
        elif left < right:
            words = document[stretch.page].get_textpage()
            count = words.count_rects(stretch.first + left - stretch.start, right - left)
            boxes.setdefault(stretch.page, []).extend(Box(*words.get_rect(n)) for n in range(count))
    return boxes


def _bounds(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle around these."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _quads(boxes: Sequence[Box]) -> ArrayObject:
    """The corners of each rectangle, in the order that viewers expect: upper left and right, lower left and right."""
    return ArrayObject([FloatObject(number) for box in boxes for number in _corners(box)])


def _corners(box: Box) -> Iterator[float]:
    yield from (box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
