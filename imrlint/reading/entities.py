"""What a prose names: drugs, treatments, parts of the body, each with its place; found in one pass."""

from __future__ import annotations

from functools import lru_cache

from imrlint.document.prose import Prose
from imrlint.knowledge.medicine import vocabulary
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.knowledge.terms import Term


@lru_cache(maxsize=128)
def _named(prose: Prose) -> tuple[Term[vocabulary.Named], ...]:
    return tuple(vocabulary.find(prose.text))


@lru_cache(maxsize=128)
def of_drugs(prose: Prose) -> tuple[Term[Drug], ...]:
    """Every drug of a prose, in order, at characters of its folded text."""
    return tuple(vocabulary.only(Drug, _named(prose)))


@lru_cache(maxsize=128)
def of_treatments(prose: Prose) -> tuple[Term[Treatment], ...]:
    """Every treatment or test of a prose that has a name of its own."""
    return tuple(term for term in vocabulary.only(Treatment, _named(prose)) if term.meaning.name)


@lru_cache(maxsize=128)
def of_parts(prose: Prose) -> tuple[Term[Part], ...]:
    """Every part of the body that a prose names."""
    return tuple(vocabulary.only(Part, _named(prose)))
