"""The text of a Word file, with the piece of XML that holds each character.

What the letter would say if it were printed now: tracked insertions are in it, deletions, moved-away
and hidden words are not. Headers, footers, notes and text boxes come before the body, whatever their
place on the page, so that they do not stand in the middle of a sentence.
"""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, typed_in_lines

Element = Any  # of lxml, which has no types

MOST_PARTS = 2_000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of all parts
MOST_XML = 8 * 1024 * 1024  # bytes of one part that is parsed; a letter has 200,000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARGINS = ("header", "footer", "footnotes", "endnotes")

_INSIDE = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    )
)  # fmt: skip
_BLOCKS_INSIDE = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "•"}
_GAPS = ("", "\t", "\n", "\n\n")  # the wider wins


class Piece(NamedTuple):
    """Characters of the text that one element holds: `w:t`, or one that stands for a tab, a line end, a hyphen."""

    start: int
    text: str
    node: Element
    body: bool  # and not in a header, footer, note or text box

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def typed(self) -> bool:
        """Whether the element holds its characters as text."""
        return bool(self.node.tag == f"{W}t")


@dataclass(frozen=True)
class WordText:
    """A Word file, open, and its text piece by piece."""

    document: Document
    text: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[int, ...]
    flows: bool
    margins: tuple[tuple[Part, Element, bool], ...]  # headers, footers, notes; and which python-docx keeps as bytes

    def within(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that hold characters `start` up to `end`."""
        for i in range(max(bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1, 0), len(self.pieces)):
            piece = self.pieces[i]
            if piece.start >= end:
                return
            if piece.end > start:
                yield piece

    def again(self) -> WordText:
        """The file read once more, after its elements were changed."""
        return _walked(self.document, self.margins)

    def saved(self) -> bytes:
        """The file with all that was changed in it."""
        for part, root, as_bytes in self.margins:
            if as_bytes:
                part._blob = serialize_part_xml(root)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def read(content: bytes) -> Extract:
    """The text of a Word file. Raises Refused."""
    word = opened(content)
    return Extract(word.text, paragraphs=word.paragraphs, flows=word.flows)


def opened(content: bytes) -> WordText:
    """A Word file and its text. Raises Refused."""
    _guarded(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except ValueError as error:
        if "content type" in str(error):
            raise Refused("not a Word document, but a template or one with macros; save it as .docx") from error
        raise
    parts = [rel.target_part for rel in document.part.rels.values() if not rel.is_external and _of_margin(rel.reltype)]
    margins = []
    for part in sorted(parts, key=lambda each: str(each.partname)):
        root = getattr(part, "element", None)
        margins.append((part, parse_xml(part.blob), True) if root is None else (part, root, False))
    return _walked(document, tuple(margins))


def _walked(document: Document, margins: tuple[tuple[Part, Element, bool], ...]) -> WordText:
    walk = _Walk()
    roots = [root for _, root, _ in margins]
    for root in roots:
        walk.margin(root)
    for box in (box for root in (*roots, document.element.body) for box in boxes(root)):
        walk.margin(box)
    walk.body(document.element.body)
    return walk.text(document, margins)


def _of_margin(reltype: str) -> bool:
    return reltype.rsplit("/", 1)[-1] in _MARGINS


def _guarded(content: bytes) -> None:
    """Raises Refused for what unpacks to more than a letter can hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("locked with a password")
        largest = max((i.file_size for i in infos if i.filename.endswith((".xml", ".rels"))), default=0)
        if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_UNPACKED or largest > MOST_XML:
            raise Refused("too large for a letter once it is unpacked")
        try:
            start = archive.read("_rels/.rels")[:4000]
        except KeyError as error:
            raise Refused("damaged: it cannot be read as a Word file") from error
        if b"purl.oclc.org/ooxml" in start:
            raise Refused("saved as Strict Open XML; save it as an ordinary Word document")


class _Paragraph(NamedTuple):
    """What stands before a paragraph, how many empty ones stood before it, and its words with their elements."""

    gap: str
    empty: int
    words: list[tuple[str, Element]]
    body: bool


class _Walk:
    """Goes through the parts of a file in the order in which they are read."""

    def __init__(self) -> None:
        self._found: list[_Paragraph] = []
        self._texts: list[str] = []  # of all paragraphs of the body, empty ones too
        self._gap = ""
        self._empty = 0
        self._joined = False  # the end of the paragraph before was deleted
        self._body = False

    def margin(self, root: Element) -> None:
        """A header, a footer, notes, or a text box."""
        notes = [note for note in root if note.tag in (f"{W}footnote", f"{W}endnote")]
        for part in notes or [root]:
            if part.get(f"{W}type") is None:  # others are the lines above notes
                self._part("\n\n")
                self._blocks(part, "\n\n")

    def body(self, root: Element) -> None:
        self._part("\n\n")
        self._body = True
        self._blocks(root, "\n\n")

    def text(self, document: Document, margins: tuple[tuple[Part, Element, bool], ...]) -> WordText:
        typed = typed_in_lines(self._texts)
        pieces: list[Piece] = []
        starts: list[int] = []
        written: list[str] = []
        at = 0
        for number, paragraph in enumerate(self._found):
            gap = paragraph.gap if number else ""
            if typed and gap == "\n\n" and number and self._found[number - 1].body:
                gap = "\n" * (1 + paragraph.empty)
            written.append(gap)
            at += len(gap)
            if gap != "" or not number:
                starts.append(at)
            for words, element in paragraph.words:
                pieces.append(Piece(at, words, element, paragraph.body))
                written.append(words)
                at += len(words)
        return WordText(document, "".join(written), tuple(pieces), tuple(starts), not typed, margins)

    def _part(self, gap: str) -> None:
        """Another block begins: `gap` or more stands before it."""
        if _GAPS.index(gap) > _GAPS.index(self._gap):
            self._gap = gap

    def _blocks(self, container: Element, between: str) -> None:
        first = True
        for child in container:
            if child.tag == f"{W}p":
                if not first:
                    self._part(between)
                self._paragraph(child)
                first = False
            elif child.tag == f"{W}tbl":
                self._part("\n\n")
                self._table(child)
                self._part("\n\n")
                first = False
            elif child.tag in _BLOCKS_INSIDE:
                if not first:
                    self._part(between)
                self._blocks(child, between)
                first = False

    def _table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if _nearest(row, f"{W}tbl") is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._part("\n")
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]
            for cell in cells:
                self._part("\t")
                self._blocks(cell, "\n" if len(cells) > 1 else "\n\n")

    def _paragraph(self, element: Element) -> None:
        words: list[tuple[str, Element]] = []
        _inline(element, words)
        text = "".join(each for each, _ in words)
        if self._body:
            self._texts.append(text)
        if text.strip():
            gap = "" if self._joined else self._gap
            self._found.append(_Paragraph(gap, self._empty, words, self._body))
            self._gap, self._empty = "", 0
        elif not self._joined:
            self._empty += 1
        self._joined = element.find(f"{W}pPr/{W}rPr/{W}del") is not None and (bool(text.strip()) or self._joined)


def boxes(root: Element, *, copies: bool = False) -> list[Element]:
    """The contents of text boxes; with `copies`, of those that old programs show instead."""
    return [
        box
        for box in root.iter(f"{W}txbxContent")
        if (_nearest(box, _FALLBACK) is not None) == copies and _nearest(box, f"{W}txbxContent") is None
    ]


def _inline(element: Element, words: list[tuple[str, Element]]) -> None:
    """The words of a paragraph in order."""
    for child in element:
        if child.tag == f"{W}r":
            if not _hidden(child):
                words += _run(child)
        elif child.tag in _INSIDE:
            _inline(child, words)
        elif isinstance(child.tag, str) and child.tag.startswith(MATH):
            words += [(node.text or "", node) for node in child.iter(f"{MATH}t")]


def _run(run: Element) -> Iterator[tuple[str, Element]]:
    for node in run:
        if node.tag == f"{W}t":
            yield node.text or "", node
        elif node.tag == f"{W}br":
            yield "\f" if node.get(f"{W}type") == "page" else "\n", node
        elif node.tag in _SIGNS:
            yield _SIGNS[node.tag], node


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _nearest(element: Element, tag: str) -> Element | None:
    """The element of this tag that `element` stands in most closely."""
    return next(element.iterancestors(tag), None)
