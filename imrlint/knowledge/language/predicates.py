"""Words that govern a clause or an object, and how they say that it is meant: "establish that", "no evidence of".

Source: the table `predicates.tsv`. A verb of showing affirms its complement and, where it is denied, denies it:
"the records do not show that …". A verb of explaining leaves it open where it is denied: "the note does not say
why …". These are the signatures of implicative and factive verbs (Nairn, Condoravdi and Karttunen 2006), with
what argument makes of them: what is not shown is denied.
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry
from imrlint.knowledge.registry import Complement, PredicateRow
from imrlint.knowledge.registry import PredicateKind as Kind

__all__ = ["Complement", "Kind", "PredicateRow", "lookup", "past_forms"]


def lookup(word: str, following: str) -> tuple[PredicateRow | None, int]:
    """The row of a word in lower case, and the number of words of its form: two where `following` belongs to it."""
    known = _rows().get(word)
    if known is None:
        return None, 1
    if row := known.get(following):
        return row, 2
    return known.get(""), 1


@cache
def past_forms() -> tuple[str, ...]:
    """The regular past forms of the verbs of showing, saying, judging and having: "showed", "reported"."""
    told = (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE)
    return tuple(
        form for row in registry.PREDICATES.rows if row.kind in told for form in row.forms if form.endswith("ed")
    )


@cache
def _rows() -> dict[str, dict[str, PredicateRow]]:
    """The rows by the first word of a form, then by its second one, which is empty for a form of one word."""
    found: dict[str, dict[str, PredicateRow]] = {}
    for row in registry.PREDICATES.rows:
        for form in row.forms:
            first, _, second = form.partition(" ")
            found.setdefault(first, {})[second] = row
    return found
