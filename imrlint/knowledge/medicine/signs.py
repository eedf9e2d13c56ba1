"""Signs of the physical examination, and the regions of the body that they examine. Source: the table `signs.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from imrlint.knowledge import registry
from imrlint.knowledge.terms import Term, Terms


def find(text: str) -> Iterator[Term[frozenset[str]]]:
    """Each sign named in `text`, with the regions that it examines."""
    return _terms().find(text)


@cache
def _terms() -> Terms[frozenset[str]]:
    return Terms((term, row.regions) for row in registry.SIGNS.rows for term in row.terms)
