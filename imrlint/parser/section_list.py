"""Lists of sections, split at the section names in the tables of `imrlint.knowledge`."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.knowledge.guidelines import contents
from imrlint.parser.citation_drafts import NamedPiece, Piece, trim

_LONGEST = 12  # pieces of one name, at most
_SEPARATOR = re.compile(r"[,;] +(?:and +)?| +and +| +& +")


class _Split(NamedTuple):
    """The best split of the first pieces of a list into names.

    `unknown` counts the names that the tables do not have, `names` all names; `last` is the last name
    and `start` the number of its first piece.
    """

    unknown: int
    names: int
    last: NamedPiece | None
    start: int


def resolve_sections(text: str, within: Piece, document: str | None) -> list[NamedPiece]:
    """The sections of a list, in order.

    Names contain commas and "and" themselves, so every way to join neighbouring pieces is tried; the
    one with the fewest unknown names wins, then the one with the fewest names.
    """
    pieces = split_list(text, within)
    splits = [_Split(0, 0, None, 0)]
    for end in range(1, len(pieces) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            piece = Piece(pieces[start].start, pieces[end - 1].end)
            section = contents.find_section(document, text[piece.start : piece.end]) if document else None
            if section or start == end - 1:
                before = splits[start]
                name = section.name if section else None
                unknown = before.unknown + (name is None)
                choices.append(_Split(unknown, before.names + 1, NamedPiece(piece, name), start))
        splits.append(min(choices, key=lambda split: split[:2]))
    found = []
    at = len(pieces)
    while last := splits[at].last:
        found.append(last)
        at = splits[at].start
    return _join_unknown(text, found[::-1], document)


def split_list(text: str, within: Piece) -> list[Piece]:
    """The smallest pieces of a list: it is split at commas, semicolons and "and" outside brackets."""
    found = []
    start = at = within.start
    open_brackets = 0
    for separator in _SEPARATOR.finditer(text, within.start, within.end):
        open_brackets += text.count("(", at, separator.start()) - text.count(")", at, separator.start())
        at = separator.start()
        if open_brackets <= 0:
            found.append(trim(text, Piece(start, separator.start())))
            start = at = separator.end()
            open_brackets = 0
    found.append(trim(text, Piece(start, within.end)))
    return [piece for piece in found if piece.start < piece.end]


def _join_unknown(text: str, found: list[NamedPiece], document: str | None) -> list[NamedPiece]:
    """The list with each run of unknown names replaced by the section that it nearly names, or else joined to one."""
    joined: list[NamedPiece] = []
    at = 0
    while at < len(found):
        piece, name = found[at]
        if name is None and document and (match := _match_longest_run(text, found, at, document)):
            joined.append(match.section)
            at = match.end
            continue
        if name is None and joined and joined[-1].name is None:
            piece = Piece(joined.pop().piece.start, piece.end)
        joined.append(NamedPiece(piece, name))
        at += 1
    return joined


class _Match(NamedTuple):
    """A section that a run of unknown names nearly names, and the number of the name after the run."""

    section: NamedPiece
    end: int


def _match_longest_run(text: str, found: list[NamedPiece], first: int, document: str) -> _Match | None:
    """The longest run of unknown names from number `first` on that nearly names one section."""
    end = first
    while end < min(len(found), first + _LONGEST) and found[end].name is None:
        end += 1
    for stop in range(end, first, -1):
        piece = Piece(found[first].piece.start, found[stop - 1].piece.end)
        if match := contents.match_section(document, text[piece.start : piece.end]):
            return _Match(NamedPiece(piece, match.section.name), stop)
    return None
