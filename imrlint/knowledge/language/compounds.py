"""Two words that edited English joins with a hyphen before a noun: "long-term use".

Source: the table `compounds.tsv`, which `training/compounds.py` counts in corpora.
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry


@cache
def compounds() -> frozenset[tuple[str, str]]:
    """The two words of each compound, in lower case."""
    return frozenset((row.first, row.second) for row in registry.COMPOUNDS.rows)
