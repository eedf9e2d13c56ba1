"""Numbers of visits, injections, tablets and the like in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.prose import Prose
from imrlint.knowledge.language import numbers


class Amount(NamedTuple):
    """Characters `start` up to `end` of the folded text: how many, and of what ("visit", "tablet", "injection")."""

    start: int
    end: int
    number: float
    unit: str


_UNITS = {
    "session": "visit", "visit": "visit", "treatment": "visit", "appointment": "visit",
    "injection": "injection",
    "tablet": "tablet", "tab": "tablet", "capsule": "tablet", "pill": "tablet", "patch": "tablet", "patche": "tablet",
}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?<![\d.,/#-])\b(?P<number>(?:{numbers.WORDS})(?: ?\(\d+\))?|\d{{1,3}}(?: ?\(\w+\))?)"
    rf"(?P<between>(?: (?!to |of |over |in |per |and |or |times |x |week|day|month|year|hour|mg)[a-z-]+){{0,4}}) "
    rf"(?P<unit>sessions?|visits?|treatments?|appointments?|injections?|tablets?|tabs?|capsules?|pills?"
    rf"|patch(?:es)?)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#\s?(?P<number>\d{1,3})\b(?! ?\d)")


@lru_cache(maxsize=256)
def of(prose: Prose) -> tuple[Amount, ...]:
    """Every amount of a prose, in order. A range ("8-10 visits") is a limit, not an amount."""
    return tuple(_find(prose.text))


def _find(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        if not re.search(
            r"(?:\d|\b(?:to|or|least|than|through|first|every))[ –-]$",
            text[max(match.start() - 8, 0) : match.start()],
            re.I,
        ):
            unit = match["unit"].casefold()
            yield Amount(match.start(), match.end(), numbers.read(match["number"])[0], _UNITS[unit.removesuffix("s")])
    for match in _NUMBERED.finditer(text):
        yield Amount(match.start(), match.end(), float(match["number"]), "tablet")
