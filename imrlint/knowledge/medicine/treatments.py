"""Treatments, tests and services by the names they go by. Source: the table `treatments.tsv`.

A row without a name holds words that tell the kind of a request in its title ("unit", "repair"), and
that mean too many things to be taken for a treatment in running text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imrlint.document.letter import RequestKind
from imrlint.knowledge import registry, tables
from imrlint.knowledge.terms import Term, Terms


@dataclass(frozen=True, slots=True)
class Treatment:
    """`needs` are what a request for it must say: "part", "frequency", "quantity"."""

    name: str
    kind: RequestKind
    needs: frozenset[str]


def find(text: str) -> Iterator[Term[Treatment]]:
    """Each treatment or test named in `text`."""
    return _terms().find(text)


def files() -> tuple[str | Path, ...]:
    """The files that `entries` are made of."""
    return tables.find_path(registry.TREATMENTS.file), __file__


@cache
def entries() -> tuple[tuple[str, Treatment], ...]:
    """Every term with what it stands for."""
    found = []
    for row in registry.TREATMENTS.rows:
        treatment = Treatment(row.name, row.kind, row.needs)
        for term in row.terms:
            found.append((term, treatment))
            if len(term) > 3 and term[-1].isalpha() and term[-1] not in "sy":
                found.append((f"{term}s", treatment))
    return tuple(found)


@cache
def _terms() -> Terms[Treatment]:
    return Terms(entries())
