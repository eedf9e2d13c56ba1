"""Names of persons that are frequent in the United States.

Source: `names.txt`, from the census of 1990. Many names are ordinary words as well ("young", "grace").
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry, tables


def is_given_name(word: str) -> bool:
    """Whether a word, in lower case, is a frequent given name."""
    return "g" in _marks().get(word, "")


def is_surname(word: str) -> bool:
    """Whether a word, in lower case, is a frequent surname."""
    return "s" in _marks().get(word, "")


@cache
def _marks() -> dict[str, str]:
    return dict(line.split("\t") for line in tables.read_text(registry.NAMES).splitlines())
