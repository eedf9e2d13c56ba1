"""Signs of the physical examination, and the regions of the body that they examine. Source: the table `signs.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from imrlint.knowledge import registry
from imrlint.knowledge.terms import Term, Terms

_GENERIC = frozenset(("test", "testing", "sign", "maneuver"))
_ALSO = {  # names that letters write with an s, as if they were possessives
    name: name.removesuffix("s")
    for name in ("patricks", "fabers", "gaenslens", "spurlings", "neers", "phalens", "mcmurrays", "tinels", "homans")
}


def find(text: str) -> Iterator[Term[frozenset[str]]]:
    """Each sign named in `text`, with the regions that it examines."""
    return _terms().find(text)


def name_of(written: str) -> str:
    """The name of a sign, however it is written: "mcmurray" of "McMurray's test", "straight leg raise"."""
    words = written.casefold().replace("’", "'").replace("-", " ").replace("raising", "raise").split()
    words = [word.removesuffix("'s").removesuffix("'") for word in words if word not in _GENERIC]
    return " ".join(_ALSO.get(word, word) for word in words)


@cache
def _terms() -> Terms[frozenset[str]]:
    return Terms((term, row.regions) for row in registry.SIGNS.rows for term in row.terms)
