"""Documents that a Word file inserts where it prints them (`w:altChunk`): Word, RTF, web pages, mail archives, text."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TypeAlias

from docx.document import Document
from docx.opc.part import Part, PartFactory

from imrlint.source import encodings
from imrlint.source.errors import Refused

RELATION = "aFChunk"  # the end of the type of its relation
MAX_DEPTH = 3  # of documents in documents

Lines: TypeAlias = tuple[str, ...]
ReadWord: TypeAlias = Callable[[bytes], Lines]

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "form", "h1", "h2", "h3",
     "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))


_select_other = PartFactory.part_class_selector


def _select_part(content_type: str, reltype: str) -> type[Part] | None:
    """An inserted Word file is kept as bytes; python-docx would take it for the body of the file around it."""
    if reltype.endswith(f"/{RELATION}"):
        return Part
    return _select_other(content_type, reltype) if _select_other else None


PartFactory.part_class_selector = _select_part


def read_inserted(document: Document, read_word: ReadWord) -> dict[str, Lines]:
    """The paragraphs of each inserted document that can be read, by the number of its relation."""
    found = {}
    for number, relation in document.part.rels.items():
        if not relation.is_external and relation.reltype.endswith(f"/{RELATION}"):
            try:
                found[number] = _read(relation.target_part.blob, read_word)
            except Exception:  # whatever a library raises on bytes that it cannot read; the document is then named
                continue
    return found


def _read(content: bytes, read_word: ReadWord) -> Lines:
    """The paragraphs of a document in any of these formats. Raises Refused, ImportError."""
    begin = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith(b"pk"):
        return read_word(content)
    if begin.startswith(b"{\\rtf"):
        from imrlint.source import rtf

        return _lines(rtf.read(content).text)
    if begin.startswith((b"mime-version", b"from:", b"content-type:")):
        page = email.message_from_bytes(content, policy=email.policy.default).get_body(("html", "plain"))
        if page is None:
            raise Refused("no page in it")
        words = str(page.get_content())
        return _read_page(words) if page.get_content_subtype() == "html" else _lines(words)
    text = encodings.decode(content).text
    return _read_page(text) if b"<html" in begin or begin.startswith((b"<!doctype", b"<")) else _lines(text)


def _lines(text: str) -> Lines:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read_page(text: str) -> Lines:
    page = _Page()
    page.feed(text)
    page.close()
    return _lines("".join(page.written))


class _Page(HTMLParser):
    """Collects the words of a web page, with a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        self.written.append("\n" if tag in _BLOCKS else "\t" if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self.written.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.written.append(" ".join(f"x{data}x".split())[1:-1])
