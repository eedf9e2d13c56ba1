"""Active drugs that the body makes of others. Source: the table `metabolites.tsv`."""

from __future__ import annotations

from imrlint.knowledge import registry
from imrlint.knowledge.medicine.drugs import Drug

_METABOLITES = {row.ingredient: frozenset(row.metabolites) for row in registry.METABOLITES.rows}


def is_metabolite(drug: Drug, parent: Drug) -> bool:
    """Whether a drug is what the body makes of an ingredient of another: meprobamate of carisoprodol."""
    return any(drug.ingredients & _METABOLITES.get(ingredient, frozenset()) for ingredient in parent.ingredients)
