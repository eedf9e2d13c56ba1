"""The titles of a letter's items, as text that can be searched."""

from __future__ import annotations

from functools import lru_cache

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose


@lru_cache(maxsize=8)
def of(letter: Letter) -> tuple[Prose, ...]:
    """The title of each item, in the order of the items."""
    return tuple(Prose(letter.source, dispute.title.span) for dispute in letter.disputes)
