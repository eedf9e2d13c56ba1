"""Wordings by which a guideline decides on one part of the body, or on one kind of treatment.

Source: the table `criteria.tsv`. A wording is a regular expression over text in lower case; no region,
or no kind, means any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from imrlint.document.letter import RequestKind
from imrlint.knowledge import tables


@dataclass(frozen=True)
class Criterion:
    wording: re.Pattern[str]
    regions: frozenset[str]
    kinds: frozenset[RequestKind]


@cache
def criteria() -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            re.compile(row["wording"]),
            frozenset(filter(None, row["regions"].split("|"))),
            frozenset(RequestKind(kind) for kind in row["kinds"].split("|") if kind),
        )
        for row in tables.rows("criteria.tsv")
    )
