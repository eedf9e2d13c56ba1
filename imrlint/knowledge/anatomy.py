"""Which region of the body a term names. Source: the table `anatomy.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from imrlint.knowledge import tables
from imrlint.knowledge.terms import Term, Terms


def find(text: str) -> Iterator[Term[str]]:
    """Each body part named in `text`, with its region."""
    return _terms().find(text)


@cache
def _terms() -> Terms[str]:
    return Terms((term, row["region"]) for row in tables.rows("anatomy.tsv") for term in row["terms"].split("|"))
