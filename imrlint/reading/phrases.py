"""Where a prose has a group of words that the tables know to be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose
from imrlint.knowledge.language import phrases
from imrlint.reading import quotes, spelling, tokens


class Slip(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose, the kind of slip, and what is right there."""

    prose: Prose
    start: int
    end: int
    kind: str
    right: str


@lru_cache(maxsize=8)
def slips(letter: Letter) -> tuple[Slip, ...]:
    """Each wrong group of words in what was written for the letter, quotations aside."""
    return tuple(slip for prose in spelling.texts(letter) for slip in _slips(prose))


def _slips(prose: Prose) -> Iterator[Slip]:
    table = phrases.phrases()
    found: dict[phrases.Phrase, None] = {}
    standing: list[phrases.Anchor] = [*(phrases.single() & tokens.distinct(prose))]
    standing += phrases.double() & tokens.pairs(prose)
    for anchor in standing:
        found.update(dict.fromkeys(table[anchor]))
    for phrase in found:
        for match in phrase.pattern.finditer(prose.text):
            if not quotes.quoted(prose, match.start("wrong")):
                yield Slip(prose, *match.span("wrong"), phrase.kind, phrase.right)
