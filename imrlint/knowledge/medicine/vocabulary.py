"""Drugs, treatments and parts of the body, found in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias, TypeVar

from imrlint.document.letter import RequestKind
from imrlint.knowledge.medicine import anatomy, drugs, treatments
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.knowledge.terms import Term, Terms, keep_terms

Named: TypeAlias = Drug | Treatment | Part
N = TypeVar("N", Drug, Treatment, Part)


def find(text: str) -> Iterator[Term[Named]]:
    """Each drug, treatment and part of the body named in `text`; a part may stand inside a treatment."""
    return _terms().find(text)


def select(sort: type[N], found: Iterable[Term[Named]]) -> list[Term[N]]:
    """The terms whose meanings are of one class."""
    return [Term(term.start, term.end, term.meaning) for term in found if isinstance(term.meaning, sort)]


@cache
def _terms() -> Terms[Named]:
    return keep_terms(
        "vocabulary",
        (*drugs.files(), *treatments.files(), *anatomy.files(), __file__),
        lambda: (*drugs.entries(), *treatments.entries(), *anatomy.entries()),
        describe=_describe,
        restore=_restore,
        lane=type,
    )


def _describe(named: Named) -> tuple[Any, ...]:
    """What a term stands for, as it is kept."""
    if isinstance(named, Drug):
        return "drug", *drugs.describe(named)
    if isinstance(named, Treatment):
        return "treatment", named.name, named.kind.value, named.needs
    return "part", named.name, named.region, named.paired, named.side, named.borders


def _restore(sort: str, *fields: Any) -> Named:
    if sort == "drug":
        return Drug(*fields)
    if sort == "treatment":
        name, kind, needs = fields
        return Treatment(name, RequestKind(kind), needs)
    return Part(*fields)
