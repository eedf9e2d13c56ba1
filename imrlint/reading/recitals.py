"""Sentences that a house recites: many of its letters have them word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imrlint.document.text import Span
from imrlint.reading.wording import NUMBER, Wording, is_mask

if TYPE_CHECKING:
    from imrlint.memory.recall import Memory

_FEWEST_LETTERS = 20
_FEWEST_WORDS = 8


def list_recited(wordings: Sequence[Wording], memory: Memory) -> Iterator[Span]:
    """The sentences without anything that varies, but for numbers, that many letters of the house have."""
    constant = {
        memory.hasher.hash_words(each.words): each.sentence.span
        for each in wordings
        if len(each.words) >= _FEWEST_WORDS and not any(is_mask(word) and word != NUMBER for word in each.words)
    }
    letters = memory.count_sentences(constant)
    yield from (span for hashed, span in constant.items() if letters.get(hashed, 0) >= _FEWEST_LETTERS)
