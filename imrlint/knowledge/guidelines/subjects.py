"""Subjects of guidelines: under which names guidelines discuss a treatment, a test or a class of drugs.

Source: the table `subjects.tsv`; its column `also` names the broader and related subjects.
"""

from __future__ import annotations

from functools import cache, lru_cache

from imrlint.knowledge import registry
from imrlint.knowledge.medicine import drugs
from imrlint.knowledge.registry import SubjectRow
from imrlint.knowledge.terms import Terms


@lru_cache(maxsize=1 << 12)  # titles and names of sections, which recur
def find(text: str) -> frozenset[str]:
    """The subjects of the treatments and tests named in `text`."""
    return frozenset(term.meaning for term in _terms().find(text))


def list_for_drug(drug: drugs.Drug) -> frozenset[str]:
    """The subjects of a drug by its class, of a kit by its ingredients; empty where no guideline discusses it."""
    if own := _classes().get(drug.drug_class.split(" (")[0]):
        return own
    parts = [part for name in drug.ingredients if (part := drugs.look_up(name)) and part.drug_class != drug.drug_class]
    return frozenset[str]().union(*(_classes().get(part.drug_class.split(" (")[0], frozenset()) for part in parts))


@cache
def list_related(subject: str) -> frozenset[str]:
    """A subject, and the broader and related ones under which guidelines discuss it, too."""
    row = _rows().get(subject)
    return frozenset((subject, *row.also)) if row else frozenset((subject,))


@cache
def _rows() -> dict[str, SubjectRow]:
    return {row.subject: row for row in registry.SUBJECTS.rows}


@cache
def _terms() -> Terms[str]:
    return Terms((term, name) for name, row in _rows().items() for term in row.terms)


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, row in _rows().items():
        for drug_class in row.classes:
            found[drug_class] = found.get(drug_class, frozenset()) | {name}
    return found
