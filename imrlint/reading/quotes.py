"""What stands in quotation marks: the words of a record or a guideline, not the letter's own."""

from __future__ import annotations

import re
from functools import lru_cache

from imrlint.document.prose import Prose

_QUOTED = re.compile(r'"[^"]{1,2000}"|“[^”]{1,2000}”')


@lru_cache(maxsize=128)
def of(prose: Prose) -> tuple[tuple[int, int], ...]:
    """Characters of each quotation in the folded text, marks included."""
    return tuple(match.span() for match in _QUOTED.finditer(prose.text))


def quoted(prose: Prose, at: int) -> bool:
    """Whether a place of the folded text stands in quotation marks."""
    return any(start <= at < end for start, end in of(prose))
