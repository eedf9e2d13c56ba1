"""Wordings by which a guideline decides on one part of the body, or on one kind of treatment.

Source: the table `criteria.tsv`. A wording is a regular expression over text in lower case; no region,
or no kind, means any.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from imrlint.document.letter import RequestKind
from imrlint.document.patterns import Pattern
from imrlint.knowledge import registry


@dataclass(frozen=True)
class Criterion:
    wording: Pattern
    regions: frozenset[str]
    kinds: frozenset[RequestKind]


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every wording, in the order of the table."""
    return tuple(Criterion(Pattern(row.wording), row.regions, row.kinds) for row in registry.CRITERIA.rows)
