"""The text of a Word file, with the XML element of each character.

It is the text that would be printed now. Headers, footers, notes and text boxes come before the body, so that
they do not interrupt a sentence.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import docx
from docx.document import Document
from docx.opc.oxml import serialize_part_xml

from imrlint.document.text import Span
from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, has_hard_line_breaks
from imrlint.source.inserted import MAX_DEPTH, Lines, read_inserted
from imrlint.source.margins import MarginPart, find_root, read_margins
from imrlint.source.ooxml import INSERTED, Element, R, W
from imrlint.source.package import open_package
from imrlint.source.paragraphs import ParagraphReader, find_text_boxes
from imrlint.source.properties import read_comments, read_properties

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_SPACE = " \t\n\r"
# Elements that show another document, and what to call it.
_FOREIGN = {
    INSERTED: "a document that is inserted into it",
    f"{W}subDoc": "a document that it includes",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "a diagram",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "a chart",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "an object of another program",
}


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
    """An open Word file, and its text piece by piece. The first `margin` characters come before its body."""

    document: Document
    text: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[int, ...]
    flows: bool
    margin: int
    blanks: tuple[Span, ...]
    margins: tuple[MarginPart, ...]
    inserted: Mapping[str, Lines]  # documents, by the number of the relation

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
        return _read_text(self.document, self.margins, self.inserted)

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
    anchors = {number: start for number, (start, _) in find_comment_spans(word).items()}
    asides = (*read_properties(word.document), *read_comments(word.document, anchors))
    return Extract(
        word.text,
        paragraphs=word.paragraphs,
        flows=word.flows,
        unread=tuple(_find_unread(word)),
        margin=word.margin,
        asides=asides,
        blanks=word.blanks,
    )


def open_word(content: bytes, depth: int = 0) -> WordText:
    """Open a Word file and read its text; `depth` is how many files it is inside of. Raises Refused."""
    try:
        document = docx.Document(io.BytesIO(open_package(content)))
    except ValueError as error:
        if "content type" in str(error):
            raise Refused("not a Word document but a template, or one with macros; save it as .docx") from error
        raise
    margins = read_margins(document)
    for root in (document.element.body, *(margin.root for margin in margins)):
        _trim(root)
    inserted = {} if depth == MAX_DEPTH else read_inserted(document, lambda inner: _read_lines(inner, depth + 1))
    return _read_text(document, margins, inserted)


def _read_lines(content: bytes, depth: int) -> Lines:
    """The paragraphs of the body of an inserted Word file. Raises Refused."""
    word = open_word(content, depth)
    if next(_find_unread(word), None):
        raise Refused("a part of it cannot be read")
    return tuple(line for line in word.text[word.margin :].split("\n\n") if line.strip())


def _trim(root: Element) -> None:
    """Remove the white space at the ends of words that Word does not print, since the file does not say to keep it."""
    for node in root.iter(f"{W}t"):
        text = node.text or ""
        if text != text.strip(_XML_SPACE) and not _keeps_space(node):
            node.text = text.strip(_XML_SPACE)


def _keeps_space(node: Element) -> bool:
    said = (each.get(_SPACE) for each in (node, *node.iterancestors()))
    return next((value for value in said if value), "") == "preserve"


def find_comment_spans(word: WordText) -> dict[str, tuple[int, int]]:
    """The start and end of the words of each comment, by its number."""
    pieces = {piece.node: piece for piece in word.pieces}
    opened: list[str] = []
    starts: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    last = 0
    for node in word.document.element.body.iter():
        if node.tag == f"{W}commentRangeStart":
            opened.append(node.get(f"{W}id"))
        elif node in pieces:
            starts |= dict.fromkeys(opened, pieces[node].start)
            opened.clear()
            last = pieces[node].end
        elif node.tag == f"{W}commentRangeEnd" and (number := node.get(f"{W}id")) in starts:
            spans[number] = (starts[number], last)
    return spans


def _find_unread(word: WordText) -> Iterator[str]:
    """What the file shows that is not in its text."""
    body = word.document.element.body
    for tag, what in _FOREIGN.items():
        count = sum(1 for each in body.iter(tag) if each.get(f"{R}id") not in word.inserted)
        more = ", nor was one more" if count == 2 else f", nor were {count - 1} more"
        if count:
            yield f"{what} was not checked{more if count > 1 else ''}"


def _read_text(document: Document, margins: tuple[MarginPart, ...], inserted: Mapping[str, Lines]) -> WordText:
    reader = ParagraphReader(find_root(document, "styles"), find_root(document, "numbering"), inserted)
    printed = [root for margin in margins for root in margin.printed]
    for root in printed:
        reader.add_margin(root)
    for box in (box for root in (*printed, document.element.body) for box in find_text_boxes(root)):
        reader.add_margin(box)
    reader.add_body(document.element.body)
    return _build_text(reader, document, margins, inserted)


def _build_text(
    reader: ParagraphReader, document: Document, margins: tuple[MarginPart, ...], inserted: Mapping[str, Lines]
) -> WordText:
    hard_breaks = has_hard_line_breaks(reader.body_texts)
    pieces: list[Piece] = []
    starts: list[int] = []
    written: list[str] = []
    blanks: list[Span] = []
    at = margin = 0
    for number, paragraph in enumerate(reader.paragraphs):
        gap = paragraph.gap if number else ""
        if hard_breaks and gap == "\n\n" and number and reader.paragraphs[number - 1].body:
            gap = "\n" * (1 + paragraph.empty)
        written.append(gap)
        at += len(gap)
        if gap != "" or not number:
            starts.append(at)
        for word in paragraph.words:
            text, blank = word.text, word.blank
            pieces.append(Piece(at, text, word.element, paragraph.body))
            written.append(text)
            if blank and blanks and blanks[-1].end == at:
                blanks[-1] = Span(blanks[-1].start, at + len(text))
            elif blank and text.strip():
                blanks.append(Span(at, at + len(text)))
            at += len(text)
        if not paragraph.body:
            margin = at
    return WordText(
        document,
        "".join(written),
        tuple(pieces),
        tuple(starts),
        not hard_breaks,
        margin,
        tuple(blanks),
        margins,
        inserted,
    )
