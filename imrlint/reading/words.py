"""The words of a prose, as people count them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from imrlint.model import Prose


class Word(NamedTuple):
    """A run of letters: characters `start` up to `end` of the folded text. An apostrophe may stand in it."""

    text: str
    start: int
    end: int


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=64)
def of(prose: Prose) -> tuple[Word, ...]:
    """Every word of a prose, in order."""
    return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(prose.text))
