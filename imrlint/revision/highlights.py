"""Remarks as highlights with notes in a PDF."""

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
from imrlint.revision import AUTHOR
from imrlint.source import pdf
from imrlint.source.pdf import Stretch

_COLOUR = "ffe066"


class Box(NamedTuple):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def annotated(content: bytes, remarks: Sequence[Remark]) -> tuple[bytes, int]:
    """The PDF with each remark as a note on its highlighted words, and how many there are. Raises Refused.

    Highlights of an earlier annotation that say the same stay as they are; the others go.
    """
    with pdf.opened(content) as document:
        _, stretches = pdf.laid_out(document)
        wanted = {
            (page, f"{AUTHOR}-{remark.mark}", remark.text): boxes
            for remark in remarks
            for page, boxes in _boxes(document, stretches, remark).items()
        }
        copy = io.BytesIO()
        document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
    writer = PdfWriter(copy)
    for number, page in enumerate(writer.pages):
        _sweep(page, number, wanted)
    for (number, name, text), boxes in wanted.items():
        note = Highlight(rect=_around(boxes), quad_points=_quads(boxes), highlight_color=_COLOUR, printing=True)
        note[NameObject("/Contents")] = TextStringObject(text)
        note[NameObject("/T")] = TextStringObject(AUTHOR)
        note[NameObject("/NM")] = TextStringObject(name)
        writer.add_annotation(number, note)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), len(remarks)


def protected(content: bytes) -> bool:
    """Whether the PDF asks that no notes be made in it."""
    with pdf.opened(content) as document:
        permissions = int(pdfium.FPDF_GetDocPermissions(document.raw))
    return not permissions & 0x20  # bit 6 of table 22, ISO 32000-1: add or modify text annotations


def _sweep(page: Any, number: int, wanted: dict[tuple[int, str, str], list[Box]]) -> None:
    """Take away what an earlier annotation left on a page, but for what is wanted still: that is then done."""
    kept = ArrayObject()
    for reference in page.get("/Annots", ()):
        note = reference.get_object()
        name = str(note.get("/NM", ""))
        ours = name.startswith(f"{AUTHOR}-") and note.get("/T") == AUTHOR
        if not ours or wanted.pop((number, name, str(note.get("/Contents"))), []):
            kept.append(reference)
    if "/Annots" in page:
        page[NameObject("/Annots")] = kept


def _boxes(document: pypdfium2.PdfDocument, stretches: Sequence[Stretch], remark: Remark) -> dict[int, list[Box]]:
    """The rectangles that the words of a remark fill, by page."""
    boxes: dict[int, list[Box]] = {}
    start, end = remark.span
    for i in range(max(bisect_right(stretches, start, key=lambda each: each.start) - 1, 0), len(stretches)):
        stretch = stretches[i]
        if stretch.start >= end:
            break
        left, right = max(start, stretch.start), min(end, stretch.start + stretch.length)
        if left < right:
            words = document[stretch.page].get_textpage()
            count = words.count_rects(stretch.first + left - stretch.start, right - left)
            boxes.setdefault(stretch.page, []).extend(Box(*words.get_rect(n)) for n in range(count))
    return boxes


def _around(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    return (
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
