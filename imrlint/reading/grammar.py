"""Where a prose has a group of words that the tables know to be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imrlint.knowledge import phrases
from imrlint.model import Letter, Prose
from imrlint.reading import quotes, spelling, words


class Slip(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose, and what is right there."""

    prose: Prose
    start: int
    end: int
    right: str


def slips(letter: Letter, kind: str) -> Iterator[Slip]:
    """Each wrong group of words of a kind in what was written for the letter, quotations aside."""
    table = phrases.phrases(kind)
    for prose in spelling.texts(letter):
        found: dict[phrases.Phrase, None] = {}
        for anchor in table.keys() & words.groups(prose):
            found.update(dict.fromkeys(table[anchor]))
        for phrase in found:
            for match in phrase.pattern.finditer(prose.text):
                if not quotes.quoted(prose, match.start("wrong")):
                    yield Slip(prose, *match.span("wrong"), phrase.right)
