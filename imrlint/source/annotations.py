"""What lies on the pages of a PDF: values of form fields, typed notes, and notes that are not printed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from imrlint.source.page_rows import Rectangle

_HIDDEN = 0x02 | 0x20  # flags of annotations: hidden, and not shown
_FILLED = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_TICKED = "☒"
_OWN = "imrlint"  # the author of the notes that imrlint writes


class Sort(Enum):
    """Where the words of an annotation are to be seen."""

    FIELD = "a field of a form, in the text"
    TYPED = "a note on the page"
    NOTE = "a note that opens when it is clicked"


class Annotation(NamedTuple):
    """The words of an annotation, and its place on the page."""

    sort: Sort
    text: str
    box: Rectangle


def read_annotations(page: pypdfium2.PdfPage) -> Iterator[Annotation]:
    """The annotations of a page that have words, without those of imrlint."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        raw = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not raw:
            continue
        try:
            sort, text = _read(raw, page)
            area = pdfium.FS_RECTF()
            if text.strip() and pdfium.FPDFAnnot_GetRect(raw, area):
                yield Annotation(sort, text.strip(), (area.left, area.bottom, area.right, area.top))
        finally:
            pdfium.FPDFPage_CloseAnnot(raw)


def _read(raw: Any, page: pypdfium2.PdfPage) -> tuple[Sort, str]:
    hidden = pdfium.FPDFAnnot_GetFlags(raw) & _HIDDEN
    match pdfium.FPDFAnnot_GetSubtype(raw):
        case pdfium.FPDF_ANNOT_WIDGET:
            return Sort.FIELD, "" if hidden else _read_field(raw, page)
        case pdfium.FPDF_ANNOT_FREETEXT if not hidden:
            return Sort.TYPED, _read_value(raw, b"Contents")
        case pdfium.FPDF_ANNOT_LINK:
            return Sort.NOTE, ""
        case _:
            own = _read_value(raw, b"T") == _OWN
            return Sort.NOTE, "" if own else _read_value(raw, b"Contents")


def _read_field(raw: Any, page: pypdfium2.PdfPage) -> str:
    """The value of a field of a form, as it is printed."""
    form = page.formenv
    if form is None:
        return ""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form.raw, raw)
    if kind in _FILLED:
        return _read_string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form.raw, raw, buffer, size))
    ticks = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
    return _TICKED if kind in ticks and pdfium.FPDFAnnot_IsChecked(form.raw, raw) else ""


def _read_value(raw: Any, key: bytes) -> str:
    return _read_string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(raw, key, buffer, size))


def _read_string(read: Callable[[Any, int], int]) -> str:
    """A string that PDFium gives as UTF-16 into a buffer; `read` returns the size that it needs, in bytes."""
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
