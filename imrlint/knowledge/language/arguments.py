"""Words with which a reviewer argues for or against a request, by role: acts, judgments, grounds, persons.

Source: the table `arguments.tsv`. A form has one role; the longest form that fits is taken.
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry
from imrlint.knowledge.registry import ArgumentRole as Role

__all__ = ["Role", "lookup"]


def lookup(word: str, *following: str) -> tuple[Role | None, int]:
    """The role of a word in lower case, and the number of words of its form, to which `following` words may belong."""
    known = _roles().get(word)
    if known is None:
        return None, 1
    for length in range(len(following), 0, -1):
        if (role := known.get(following[:length])) is not None:
            return role, length + 1
    return known.get(()), 1


@cache
def _roles() -> dict[str, dict[tuple[str, ...], Role]]:
    """The roles by the first word of a form, then by the others."""
    found: dict[str, dict[tuple[str, ...], Role]] = {}
    for row in registry.ARGUMENTS.rows:
        for form in row.forms:
            first, *rest = form.split(" ")
            found.setdefault(first, {})[tuple(rest)] = row.role
    return found
