"""Quotations: words of a record or a guideline rather than the letter's own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from imrlint.document.prose import Place, Prose

_QUOTED = re.compile(r'"[^"]{1,2000}"|“[^”]{1,2000}”')


def find_quotations(prose: Prose) -> tuple[Place, ...]:
    """The quotations of a prose with their quotation marks, in order."""
    return tuple(Place(prose, *match.span()) for match in _QUOTED.finditer(prose.text))


def is_quoted(at: int, quotations: Sequence[Place]) -> bool:
    """Whether character `at` of a prose is part of one of its quotations, which are in order."""
    number = bisect_right(quotations, at, key=lambda each: each.start) - 1
    return number >= 0 and quotations[number].holds(at)


def select_quotations(quotations: Sequence[Place], place: Place) -> tuple[Place, ...]:
    """Those of the quotations of a prose, which are in order, that a place has a character in common with."""
    first = bisect_right(quotations, place.start, key=lambda each: each.end)
    last = bisect_left(quotations, place.end, key=lambda each: each.start)
    return tuple(quotations[first:last])
