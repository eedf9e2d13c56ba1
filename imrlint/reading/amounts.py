"""Numbers of visits, injections, tablets and the like in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import numbers


class Amount(NamedTuple):
    """A number and its unit: "visit", "tablet" or "injection"."""

    place: Place
    number: float
    unit: str


_UNITS = {
    "session": "visit", "visit": "visit", "treatment": "visit", "appointment": "visit",
    "injection": "injection",
    "tablet": "tablet", "tab": "tablet", "capsule": "tablet", "pill": "tablet", "patch": "tablet", "patche": "tablet",
}  # fmt: skip
# What makes the number before it a strength: "50 mcg tablets".
_UNIT = r"(?:mgs?|mcg|ug|milligrams?|micrograms?|ml|gm?|grams?|meq|iu|units?|percent)\b"
_AMOUNT = Pattern(
    rf"(?<![\d.,/#-])\b(?P<number>(?:{numbers.WORDS})(?: ?\(\d+\))?|\d{{1,3}}(?: ?\(\w+\))?)"
    rf"(?P<between>(?: (?!to |of |over |in |per |and |or |times |x |week|day|month|year|hour|{_UNIT})[a-z-]+){{0,4}}) "
    rf"(?P<unit>sessions?|visits?|treatments?|appointments?|injections?|tablets?|tabs?|capsules?|pills?"
    rf"|patch(?:es)?)\b",
    re.IGNORECASE,
)
_NUMBERED = Pattern(
    r"(?:#|\bno\.|\b(?:qty|quantity)(?: of|[.:])?)\s?#?(?P<number>\d{1,3})\b(?! ?\d|[./]\d)", re.IGNORECASE
)


# "two visits a week": how often, not how many.
_RATE = Pattern(
    r" (?:(?:an?|per|each|every) (?:other )?(?:\d |two |three )?(?:day|week|month|night|hour|year)|daily|weekly|monthly"
    r"|twice|once|at a time|at bedtime)",
    re.IGNORECASE,
)
_IN_A_RANGE = Pattern(r"(?:\d|\b(?:to|or|least|than|through|first|every))[ –-]$", re.IGNORECASE)


def find_amounts(prose: Prose) -> Iterator[Amount]:
    """The amounts of a prose, those after "#" last.

    A range ("8-10 visits") is a limit, and a number with a time ("two visits a week") a rate: both are left out.
    """
    text = prose.text
    for match in _AMOUNT.finditer(text):
        in_range = _IN_A_RANGE.search(text[max(match.start() - 8, 0) : match.start()])
        if not in_range and not _RATE.match(text, match.end()):
            unit = _UNITS[match["unit"].casefold().removesuffix("s")]
            yield Amount(Place(prose, *match.span()), numbers.read(match["number"])[0], unit)
    for match in _NUMBERED.finditer(text):
        yield Amount(Place(prose, *match.span()), float(match["number"]), "tablet")
