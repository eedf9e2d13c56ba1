"""What a Word file says beside the letter, and nobody sees in print: its properties and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.document import Document

from imrlint.document.text import Aside
from imrlint.source.margins import find_root
from imrlint.source.ooxml import Element, W

_CORE = {
    "title": "the title in its properties",
    "subject": "the subject in its properties",
    "keywords": "the keywords in its properties",
    "description": "the comments in its properties",
    "category": "the category in its properties",
}
_OWN = "imrlint"  # the author of the comments that imrlint writes


def read_properties(document: Document) -> Iterator[Aside]:
    """The properties that somebody may have written; the names of authors are not among them."""
    for relation in document.part.package.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in ("core-properties", "custom-properties"):
            continue
        from docx.oxml.parser import parse_xml

        part = relation.target_part
        root: Element = getattr(part, "element", None)
        root = parse_xml(part.blob) if root is None else root
        for node in root:
            if not isinstance(node.tag, str):
                continue
            words = " ".join("".join(node.itertext()).split())
            if kind == "custom-properties" and words:
                name = node.get("name") or ""
                yield Aside(f'the property "{name}"', f"{name}: {words}")
            elif words and (what := _CORE.get(node.tag.rpartition("}")[2])):
                yield Aside(what, words)


def read_comments(document: Document, anchors: Mapping[str, int]) -> Iterator[Aside]:
    """The comments, at the offsets of the words that they are about; `anchors` has those by the comment's number."""
    root = find_root(document, "comments")
    for comment in root if root is not None else ():
        words = " ".join(" ".join(node.text or "" for node in comment.iter(f"{W}t")).split())
        if words and comment.get(f"{W}author") != _OWN:
            yield Aside("a comment", words, anchors.get(comment.get(f"{W}id"), 0))
