"""What kind of treatment or test a term names. Source: the table `treatments.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from imrlint.knowledge import tables
from imrlint.knowledge.terms import Term, Terms
from imrlint.model import RequestKind


def find(text: str) -> Iterator[Term[RequestKind]]:
    """Each treatment or test named in `text`, with its kind."""
    return _terms().find(text)


@cache
def _terms() -> Terms[RequestKind]:
    return Terms(
        (term, RequestKind(row["kind"])) for row in tables.rows("treatments.tsv") for term in row["terms"].split("|")
    )
