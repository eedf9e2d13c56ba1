"""Morphine equivalents of opioids by mouth. Source: the table `morphine.tsv`."""

from __future__ import annotations

from imrlint.knowledge import registry

_FACTORS = {row.ingredient: row.factor for row in registry.MORPHINE.rows}


def find_factor(ingredients: frozenset[str]) -> float | None:
    """The factor of the opioid among the ingredients of a product; None where there is none in the table."""
    return next((_FACTORS[word] for each in sorted(ingredients) if (word := each.split()[0]) in _FACTORS), None)
