"""Drugs, treatments and parts of the body, found in one pass over a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias, TypeVar

from imrlint.knowledge.medicine import anatomy, drugs, treatments
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.knowledge.terms import Term, Terms

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
    return Terms((*drugs.entries(), *treatments.entries(), *anatomy.entries()), lane=type)
