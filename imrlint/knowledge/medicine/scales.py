"""Scales on which findings are rated, with their least and highest values. Source: the table `scales.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from imrlint.knowledge import registry
from imrlint.knowledge.registry import ScaleRow
from imrlint.knowledge.terms import Term, Terms


def find(text: str) -> Iterator[Term[ScaleRow]]:
    """Each term in `text` for a scale, or for what is rated on one."""
    return _terms().find(text)


@cache
def _terms() -> Terms[ScaleRow]:
    return Terms((term, row) for row in registry.SCALES.rows for term in row.terms)
