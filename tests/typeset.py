"""Letters of the project put into Word, PDF and RTF, as other programs would write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import docx
import pypdfium2
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_LABEL = re.compile(r"[A-Z][^:\n]{3,80}:")
_LEADING = 13.8


def word(text: str) -> bytes:
    """A Word file with a paragraph for each block of `text`, and a line break for each line in it."""
    document = docx.Document()
    for block in text.split("\n\n"):
        document.add_paragraph(block.replace("\f", ""))
    return saved(document)


def scanned(content: bytes, pages: int) -> bytes:
    """The first pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(content) as printed, pypdfium2.PdfDocument.new() as scan:
        for number in range(pages):
            width, height = printed[number].get_size()
            picture = pypdfium2.PdfImage.new(scan)
            picture.set_bitmap(printed[number].render(scale=200 / 72))
            picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
            page = scan.new_page(width, height)
            page.insert_obj(picture)
            page.gen_content()
        out = io.BytesIO()
        scan.save(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zipped file with these parts, stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_by_hand(text: str) -> bytes:
    """The same words as people leave them: headings, bold labels, words in several runs, tracked changes.

    A tracked insertion is in the text, a deletion and hidden words are not.
    """
    document = docx.Document()
    for number, block in enumerate(text.split("\n\n")):
        block = block.replace("\f", "")
        if block.strip().isupper():
            document.add_heading(block, level=2)
            continue
        paragraph = document.add_paragraph()
        label = _LABEL.match(block)
        if label:
            paragraph.add_run(label.group()).bold = True
            block = block[label.end() :]
        for i, piece in enumerate(re.split(r"(?<=\w)(?=\w)", block) if number % 3 == 0 else [block]):
            paragraph.add_run(piece).italic = i % 2 == 1  # each letter in a run of its own
        if number % 3 == 1:
            _track(paragraph)
    return saved(document)


def word_in_cells(text: str) -> bytes:
    """A Word file whose cover page is a table, with a header, a text box and paragraphs that flow."""
    document = docx.Document()
    cover, _, rest = text.partition("\n\n")
    rows = [re.split(r" {3,}", line.strip()) for line in cover.splitlines()]
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=False):
            cell.text = words
    for block in rest.split("\n\n"):
        document.add_paragraph(block.replace("\f", ""))
    return saved(document)


def _track(paragraph: Paragraph) -> None:
    """The last word of a paragraph inserted, another deleted behind it, and a third one hidden."""
    run = paragraph.runs[-1]
    words = run.text.rstrip()
    cut = words.rfind(" ") + 1
    rest, last = words[:cut], run.text[cut:]
    run.text = rest
    inserted, deleted = _mark("w:ins", 901), _mark("w:del", 902)
    inserted.append(paragraph.add_run(last)._r)
    gone = paragraph.add_run("obsolete words")
    for node in gone._r.iter(qn("w:t")):
        node.tag = qn("w:delText")
    deleted.append(gone._r)
    paragraph._p.append(inserted)
    paragraph._p.append(deleted)
    paragraph.add_run("never printed").font.hidden = True


def _mark(tag: str, number: int) -> Any:
    mark = OxmlElement(tag)
    for name, value in (("w:id", str(number)), ("w:author", "A. Writer"), ("w:date", "2026-01-05T09:00:00Z")):
        mark.set(qn(name), value)
    return mark


def saved(document: Document) -> bytes:
    """The bytes of a Word file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(text: str) -> bytes:
    """An RTF file with a paragraph for each line."""
    body = re.sub(r"[\\{}]", lambda sign: "\\" + sign.group(), text).replace("\n", "\\par\n")
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in body)
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs24 " + coded + "}").encode("ascii")


def pdf(pages: Sequence[Iterable[str]], *, picture: bool = False, by_columns: bool = False, margin: int = 72) -> bytes:
    """A PDF with these lines on its pages; an empty line leaves room. With `picture`, each page holds one.

    The first line stands `margin` points from the upper edge. Two spaces part columns; they are drawn
    row by row, or one column after the other.
    """
    return _pdf([_drawn(lines, by_columns, margin) for lines in pages], picture=picture)


def placed(*pages: Iterable[tuple[float, float, str]], size: int = 10) -> bytes:
    """A PDF with texts at places of its pages, in points from the left and the upper edge, drawn in this order."""
    return _pdf([b"\n".join(_show(x, 792 - top, text, size) for x, top, text in texts) for texts in pages])


def in_columns(columns: Sequence[Sequence[str]], lefts: Sequence[float], top: float) -> list[tuple[float, float, str]]:
    """The places of lines in columns side by side, for `placed`; an empty line leaves half a line of room."""
    places = []
    for left, lines in zip(lefts, columns, strict=True):
        down = top
        for line in lines:
            places += [(left, down, line)] if line else []
            down += 12 if line else 6
    return places


def _pdf(drawings: Iterable[bytes], *, picture: bool = False) -> bytes:
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects.append(image + b"\nstream\n\x80\nendstream")
    kids = []
    for each in drawings:
        drawn = each + (b"\nq 400 0 0 600 100 100 cm /Im0 Do Q" if picture else b"")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


def _drawn(lines: Iterable[str], by_columns: bool, margin: int) -> bytes:
    drawn = []
    for row, line in enumerate(lines):
        for column, cell in enumerate(re.split(r" {2,}", line)):
            if cell:
                x, y = 72 + 160 * column, 792 - margin - _LEADING * row
                order = (column, row) if by_columns else (row, column)
                drawn.append((order, _show(x, y, cell, 12)))
    return b"\n".join(each for _, each in sorted(drawn))


def _show(x: float, y: float, text: str, size: int) -> bytes:
    """The operators that draw a text, in points from the lower left corner."""
    coded = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %d Tf %.1f %.1f Td (%s) Tj ET" % (size, x, y, coded)


def paged(text: str, rows: int = 46) -> list[list[str]]:
    """A text as lines on pages."""
    lines = text.replace("\f", "").split("\n")
    return [lines[i : i + rows] for i in range(0, len(lines), rows)]


def word_with_footnote(text: str, note: str) -> bytes:
    """A Word file with a note at the foot of its first page."""
    document = docx.Document()
    document.add_paragraph(text).add_run()._r.append(_mark("w:footnoteReference", 1))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    line = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>'
    foot = f'<w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
    add_part(document, "/word/footnotes.xml", RT.FOOTNOTES, f"<w:footnotes {space}>{line}{foot}</w:footnotes>")
    return saved(document)


def add_part(document: Document, name: str, relation: str, xml: str) -> None:
    """Put a part into a Word file that python-docx has no name for."""
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name[6:-4]}+xml"
    document.part.relate_to(Part(PackURI(name), kind, xml.encode(), document.part.package), relation)
