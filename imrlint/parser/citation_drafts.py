"""Citations as character ranges of a clause, before they are mapped to places in the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_EDGE = " ,.;:<>-–/"
_NUMBER = re.compile(r"\d+")
_TRAILING_AND = re.compile(r"(?:(?:^|,? )and|,)\s*$")


class Piece(NamedTuple):
    """Characters `start` up to `end` of the text of the clause."""

    start: int
    end: int


class NamedPiece(NamedTuple):
    """A piece that names a chapter or a section. `name` is its name in the tables, None where they do not have it."""

    piece: Piece
    name: str | None


class EditionPiece(NamedTuple):
    """A piece that gives the edition of a work, and the number of that edition."""

    piece: Piece
    number: int


@dataclass
class Draft:
    """One citation. `document` is the key of the guideline in the tables, None for one they do not have."""

    name: Piece
    document: str | None
    mtus: bool
    year: Piece | None = None
    edition: EditionPiece | None = None
    chapters: list[NamedPiece] = field(default_factory=list)
    sections: list[NamedPiece] = field(default_factory=list)
    pages: list[Piece] = field(default_factory=list)

    @property
    def extent(self) -> Piece:
        """From the first piece of the citation to the last."""
        pieces = [self.name, *(p for p, _ in self.sections), *self.pages, *([self.year] if self.year else [])]
        return Piece(min(p.start for p in pieces), max(p.end for p in pieces))


def trim(text: str, piece: Piece, *, joined: bool = False) -> Piece:
    """A piece without the punctuation around it; with `joined`, also without the "and" before the next piece."""
    words = text[piece.start : piece.end]
    if joined:
        words = _TRAILING_AND.sub("", words)
    start = piece.start + len(words) - len(words.lstrip(_EDGE))
    return Piece(start, max(start, piece.start + len(words.rstrip(_EDGE))))


def find_page_numbers(text: str, within: Piece) -> list[Piece]:
    """Each page number in a piece, without the total number of pages ("122 of 127")."""
    of = text.find(" of ", *within)
    return [Piece(*m.span()) for m in _NUMBER.finditer(text, within.start, of if of >= 0 else within.end)]
