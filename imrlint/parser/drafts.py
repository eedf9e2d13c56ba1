"""Citations of a clause before their characters become places in the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_EDGE = " ,.;:<>-–/"
_NUMBER = re.compile(r"\d+")
_TRAILING_AND = re.compile(r"(?:(?:^|,? )and|,)\s*$")


class Piece(NamedTuple):
    """Characters `start` up to `end` of the clause."""

    start: int
    end: int


@dataclass
class Draft:
    """One citation: a value stands beside the piece of the clause that says it.

    The value of a section is its right name, None where it is not known.
    """

    name: Piece
    document: str | None
    mtus: bool
    year: Piece | None = None
    edition: tuple[Piece, int] | None = None
    chapters: list[tuple[Piece, str]] = field(default_factory=list)
    sections: list[tuple[Piece, str | None]] = field(default_factory=list)
    pages: list[Piece] = field(default_factory=list)

    @property
    def whole(self) -> Piece:
        pieces = [self.name, *(p for p, _ in self.sections), *self.pages, *([self.year] if self.year else [])]
        return Piece(min(p.start for p in pieces), max(p.end for p in pieces))


def trim(text: str, piece: Piece, *, joined: bool = False) -> Piece:
    """A piece without the punctuation around it; `joined` takes off the "and" to what comes next, too."""
    words = text[piece.start : piece.end]
    if joined:
        words = _TRAILING_AND.sub("", words)
    start = piece.start + len(words) - len(words.lstrip(_EDGE))
    return Piece(start, max(start, piece.start + len(words.rstrip(_EDGE))))


def page_numbers(text: str, start: int, end: int) -> list[Piece]:
    """Each page number, without the count of all pages ("122 of 127")."""
    of = text.find(" of ", start, end)
    return [Piece(*m.span()) for m in _NUMBER.finditer(text, start, of if of >= 0 else end)]
