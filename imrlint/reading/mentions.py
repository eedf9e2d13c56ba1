"""The drugs named in a prose, each with its place."""

from __future__ import annotations

from functools import lru_cache

from imrlint.knowledge import drugs
from imrlint.knowledge.drugs import Drug
from imrlint.knowledge.terms import Term
from imrlint.model import Prose


@lru_cache(maxsize=64)
def of_drugs(prose: Prose) -> tuple[Term[Drug], ...]:
    """Every drug of a prose, in order, at characters of its folded text."""
    return tuple(drugs.find(prose.text))
