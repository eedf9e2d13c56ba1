"""The patterns that are made of tables, all at once."""

from __future__ import annotations

from collections.abc import Iterator

from imrlint.knowledge import registry
from imrlint.knowledge.guidelines import contents, criteria, documents, quotations
from imrlint.knowledge.language import phrases


def compile_all() -> int:
    """Make the patterns that are otherwise made when a letter first needs them. Returns their number."""
    return len(tuple(_list_patterns()))


def _list_patterns() -> Iterator[object]:
    yield documents.name_pattern()
    for document in {row.document for row in registry.CHAPTERS.rows}:
        yield contents.chapter_pattern(document)
    yield from criteria.criteria()
    for quotation in quotations.quotations():
        yield quotation.pattern
    for anchored in phrases.phrases().values():
        yield from (phrase.pattern for phrase in anchored)
