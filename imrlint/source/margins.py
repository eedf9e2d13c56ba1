"""What a Word file prints beside its body: headers, footers and notes that are in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from imrlint.source.ooxml import GONE, Element, R, W, is_on

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


class MarginPart(NamedTuple):
    """A part with headers, footers or notes, and the roots of what is printed of it.

    `as_bytes`: python-docx keeps the part as bytes, so `root` must be written back.
    """

    part: Part
    root: Element
    as_bytes: bool
    printed: tuple[Element, ...]


def find_part(document: Document, kind: str) -> Part | None:
    """The part of the document of this kind, such as "styles"; None where it has none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] == kind:
            part: Part = relation.target_part
            return part
    return None


def find_root(document: Document, kind: str) -> Element | None:
    """The root element of the part of this kind; None where the document has none."""
    part = find_part(document, kind)
    return None if part is None else _read_root(part)


def read_margins(document: Document) -> tuple[MarginPart, ...]:
    """The headers, footers and notes of a document, in the order of their names."""
    in_use = _find_header_ids(document)
    margins = []
    for number, relation in document.part.rels.items():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or not (kind in _NOTES or number in in_use):
            continue
        part = relation.target_part
        root = _read_root(part)
        printed = tuple(_find_notes(document, root, _NOTES[kind])) if kind in _NOTES else (root,)
        margins.append(MarginPart(part, root, getattr(part, "element", None) is None, printed))
    return tuple(sorted(margins, key=lambda margin: str(margin.part.partname)))


def _read_root(part: Part) -> Element:
    root = getattr(part, "element", None)
    return parse_xml(part.blob) if root is None else root


def _find_header_ids(document: Document) -> frozenset[str]:
    """The relations of the headers and footers that are printed.

    Those of first pages are where a section has a first page of its own, those of even pages where the document
    tells even from odd pages. A section without a header has that of the section before it.
    """
    settings = find_root(document, "settings")
    has_even = settings is not None and is_on(settings, "evenAndOddHeaders")
    current: dict[tuple[str, str], str] = {}
    printed: set[str] = set()
    for section in document.element.body.iter(f"{W}sectPr"):
        if section.getparent().tag == f"{W}sectPrChange":
            continue
        for tag in ("headerReference", "footerReference"):
            current |= {
                (tag, each.get(f"{W}type") or "default"): each.get(f"{R}id") for each in section.iter(f"{W}{tag}")
            }
        wanted = {"default"} | ({"first"} if is_on(section, "titlePg") else set()) | ({"even"} if has_even else set())
        printed |= {number for (_, kind), number in current.items() if kind in wanted}
    return frozenset(printed)


def _find_notes(document: Document, root: Element, name: str) -> Iterator[Element]:
    """The notes of one kind that the body refers to."""
    used = {
        mark.get(f"{W}id")
        for mark in document.element.body.iter(f"{W}{name}Reference")
        if not any(around.tag in GONE for around in mark.iterancestors())
    }
    return (note for note in root if note.tag == f"{W}{name}" and note.get(f"{W}id") in used)
