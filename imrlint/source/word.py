"""The text of a Word file, with the XML element of each character.

It is the text that would be printed now: with tracked insertions, without deletions, moved-away and
hidden text. Headers, footers, notes and text boxes come before the body, so that they do not interrupt
a sentence.
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
from imrlint.source.extract import Extract, has_hard_line_breaks

Element = Any  # of lxml, which has no types

MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts
MAX_XML = 8 * 1024 * 1024  # bytes of one part that is parsed; a letter has 200,000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARGIN_PARTS = ("header", "footer", "footnotes", "endnotes")

_INLINE_CONTAINERS = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    )
)  # fmt: skip
_BLOCK_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "•"}
_GAPS = ("", "\t", "\n", "\n\n")  # from narrow to wide


class MarginPart(NamedTuple):
    """A header, a footer, or notes. `as_bytes`: python-docx keeps the part as bytes, so `root` must be written back."""

    part: Part
    root: Element
    as_bytes: bool


class Piece(NamedTuple):
    """Characters of the text that come from one element: `w:t`, or an element for a tab, a line break, a hyphen."""

    start: int
    text: str
    node: Element
    body: bool  # rather than in a header, footer, note or text box

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def typed(self) -> bool:
        """Whether the element contains its characters as text."""
        return bool(self.node.tag == f"{W}t")


@dataclass(frozen=True)
class WordText:
    """An open Word file, and its text piece by piece."""

    document: Document
    text: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[int, ...]
    flows: bool
    margins: tuple[MarginPart, ...]

    def pieces_in(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces with any of the characters from `start` up to `end`."""
        for i in range(max(bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1, 0), len(self.pieces)):
            piece = self.pieces[i]
            if piece.start >= end:
                return
            if piece.end > start:
                yield piece

    def reread(self) -> WordText:
        """The text read again, after elements of the file were changed."""
        return _read_text(self.document, self.margins)

    def save(self) -> bytes:
        """The content of the file with all changes."""
        for margin in self.margins:
            if margin.as_bytes:
                margin.part._blob = serialize_part_xml(margin.root)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def read(content: bytes) -> Extract:
    """The text of a Word file. Raises Refused."""
    word = open_word(content)
    return Extract(word.text, paragraphs=word.paragraphs, flows=word.flows)


def open_word(content: bytes) -> WordText:
    """Open a Word file and read its text. Raises Refused."""
    _check_size(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except ValueError as error:
        if "content type" in str(error):
            raise Refused("not a Word document but a template, or one with macros; save it as .docx") from error
        raise
    parts = [
        rel.target_part for rel in document.part.rels.values() if not rel.is_external and _is_margin_part(rel.reltype)
    ]
    margins = []
    for part in sorted(parts, key=lambda each: str(each.partname)):
        root = getattr(part, "element", None)
        margins.append(MarginPart(part, parse_xml(part.blob), True) if root is None else MarginPart(part, root, False))
    return _read_text(document, tuple(margins))


def _read_text(document: Document, margins: tuple[MarginPart, ...]) -> WordText:
    reader = _TextReader()
    roots = [margin.root for margin in margins]
    for root in roots:
        reader.add_margin(root)
    for box in (box for root in (*roots, document.element.body) for box in text_boxes(root)):
        reader.add_margin(box)
    reader.add_body(document.element.body)
    return reader.build_text(document, margins)


def _is_margin_part(reltype: str) -> bool:
    return reltype.rsplit("/", 1)[-1] in _MARGIN_PARTS


def _check_size(content: bytes) -> None:
    """Raises Refused for a file that is locked, or unpacks to more than a letter can be."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("locked with a password")
        largest = max((i.file_size for i in infos if i.filename.endswith((".xml", ".rels"))), default=0)
        if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_UNPACKED or largest > MAX_XML:
            raise Refused("too large for a letter once it is unpacked")
        try:
            start = archive.read("_rels/.rels")[:4000]
        except KeyError as error:
            raise Refused("damaged: it cannot be read as a Word file") from error
        if b"purl.oclc.org/ooxml" in start:
            raise Refused("saved as Strict Open XML; save it as an ordinary Word document")


class _Word(NamedTuple):
    """Characters and the element that they come from."""

    text: str
    element: Element


class _Paragraph(NamedTuple):
    """A paragraph: the gap before it, how many empty paragraphs came before it, and its words."""

    gap: str
    empty: int
    words: list[_Word]
    body: bool


class _TextReader:
    """Collects the paragraphs of a file in reading order."""

    def __init__(self) -> None:
        self._paragraphs: list[_Paragraph] = []
        self._body_texts: list[str] = []  # of all paragraphs of the body, including empty ones
        self._gap = ""
        self._empty = 0
        self._joined = False  # the end of the previous paragraph was deleted
        self._in_body = False

    def add_margin(self, root: Element) -> None:
        """Add a header, a footer, notes, or a text box."""
        notes = [note for note in root if note.tag in (f"{W}footnote", f"{W}endnote")]
        for part in notes or [root]:
            if part.get(f"{W}type") is None:  # the others are separator lines above notes
                self._widen_gap("\n\n")
                self._add_blocks(part, "\n\n")

    def add_body(self, root: Element) -> None:
        self._widen_gap("\n\n")
        self._in_body = True
        self._add_blocks(root, "\n\n")

    def build_text(self, document: Document, margins: tuple[MarginPart, ...]) -> WordText:
        hard_breaks = has_hard_line_breaks(self._body_texts)
        pieces: list[Piece] = []
        starts: list[int] = []
        written: list[str] = []
        at = 0
        for number, paragraph in enumerate(self._paragraphs):
            gap = paragraph.gap if number else ""
            if hard_breaks and gap == "\n\n" and number and self._paragraphs[number - 1].body:
                gap = "\n" * (1 + paragraph.empty)
            written.append(gap)
            at += len(gap)
            if gap != "" or not number:
                starts.append(at)
            for text, element in paragraph.words:
                pieces.append(Piece(at, text, element, paragraph.body))
                written.append(text)
                at += len(text)
        return WordText(document, "".join(written), tuple(pieces), tuple(starts), not hard_breaks, margins)

    def _widen_gap(self, gap: str) -> None:
        """Make the gap before the next paragraph at least this wide."""
        if _GAPS.index(gap) > _GAPS.index(self._gap):
            self._gap = gap

    def _add_blocks(self, container: Element, between: str) -> None:
        first = True
        for child in container:
            if child.tag == f"{W}p":
                if not first:
                    self._widen_gap(between)
                self._add_paragraph(child)
                first = False
            elif child.tag == f"{W}tbl":
                self._widen_gap("\n\n")
                self._add_table(child)
                self._widen_gap("\n\n")
                first = False
            elif child.tag in _BLOCK_CONTAINERS:
                if not first:
                    self._widen_gap(between)
                self._add_blocks(child, between)
                first = False

    def _add_table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if _nearest_ancestor(row, f"{W}tbl") is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._widen_gap("\n")
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest_ancestor(cell, f"{W}tr") is row]
            for cell in cells:
                self._widen_gap("\t")
                self._add_blocks(cell, "\n" if len(cells) > 1 else "\n\n")

    def _add_paragraph(self, element: Element) -> None:
        words = list(_inline_words(element))
        text = "".join(word.text for word in words)
        if self._in_body:
            self._body_texts.append(text)
        if text.strip():
            gap = "" if self._joined else self._gap
            self._paragraphs.append(_Paragraph(gap, self._empty, words, self._in_body))
            self._gap, self._empty = "", 0
        elif not self._joined:
            self._empty += 1
        self._joined = element.find(f"{W}pPr/{W}rPr/{W}del") is not None and (bool(text.strip()) or self._joined)


def text_boxes(root: Element, *, copies: bool = False) -> list[Element]:
    """The contents of the text boxes; with `copies`, of the copies that older programs show instead."""
    return [
        box
        for box in root.iter(f"{W}txbxContent")
        if (_nearest_ancestor(box, _FALLBACK) is not None) == copies
        and _nearest_ancestor(box, f"{W}txbxContent") is None
    ]


def _inline_words(element: Element) -> Iterator[_Word]:
    """The words of a paragraph, in order."""
    for child in element:
        if child.tag == f"{W}r":
            if not _is_hidden(child):
                yield from _run_words(child)
        elif child.tag in _INLINE_CONTAINERS:
            yield from _inline_words(child)
        elif isinstance(child.tag, str) and child.tag.startswith(MATH):
            yield from (_Word(node.text or "", node) for node in child.iter(f"{MATH}t"))


def _run_words(run: Element) -> Iterator[_Word]:
    for node in run:
        if node.tag == f"{W}t":
            yield _Word(node.text or "", node)
        elif node.tag == f"{W}br":
            yield _Word("\f" if node.get(f"{W}type") == "page" else "\n", node)
        elif node.tag in _CHARACTERS:
            yield _Word(_CHARACTERS[node.tag], node)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _nearest_ancestor(element: Element, tag: str) -> Element | None:
    """The innermost element of this tag around `element`."""
    return next(element.iterancestors(tag), None)
