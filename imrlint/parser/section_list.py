"""A list of sections, split at the names that the tables of `imrlint.knowledge` have."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.knowledge.guidelines import contents
from imrlint.parser.drafts import Piece, trim

Named = tuple[Piece, str | None]
"""A piece of the clause and the right name of the section that it names, None where that is not known."""

_LONGEST = 12  # the most pieces that a name is made of
_SEPARATOR = re.compile(r"[,;] +(?:and +)?| +and +| +& +")


class _Way(NamedTuple):
    """The best way to split the first pieces of a list: how many have no name, how many names, and the last of them."""

    lost: int
    names: int
    last: Named | None
    start: int


def resolve_sections(text: str, within: Piece, document: str | None) -> list[Named]:
    """The sections of a list.

    Names hold commas and "and" themselves, so every way to join neighbours is tried: the fewest
    words left without a name win, then the fewest names.
    """
    pieces = split_list(text, within)
    ways = [_Way(0, 0, None, 0)]
    for end in range(1, len(pieces) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            piece = Piece(pieces[start].start, pieces[end - 1].end)
            section = contents.find_section(document, text[piece.start : piece.end]) if document else None
            if section or start == end - 1:
                before = ways[start]
                name = section.name if section else None
                choices.append(_Way(before.lost + (name is None), before.names + 1, (piece, name), start))
        ways.append(min(choices, key=lambda way: way[:2]))
    found = []
    at = len(pieces)
    while way := ways[at].last:
        found.append(way)
        at = ways[at].start
    return _join_unknown(text, found[::-1], document)


def split_list(text: str, within: Piece) -> list[Piece]:
    """The smallest pieces of a list: split at commas, semicolons and "and" outside brackets."""
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


def _join_unknown(text: str, found: list[Named], document: str | None) -> list[Named]:
    """The list with each run of unknown names corrected to the name that it resembles, or else joined."""
    joined: list[Named] = []
    at = 0
    while at < len(found):
        piece, name = found[at]
        if name is None and document and (near := _nearest(text, found, at, document)):
            end, named = near
            joined.append(named)
            at = end
            continue
        if name is None and joined and joined[-1][1] is None:
            piece = Piece(joined.pop()[0].start, piece.end)
        joined.append((piece, name))
        at += 1
    return joined


def _nearest(text: str, found: list[Named], at: int, document: str) -> tuple[int, Named] | None:
    """The longest run of unknown names from a place on that is nearly one known name, and where it ends."""
    end = at
    while end < min(len(found), at + _LONGEST) and found[end][1] is None:
        end += 1
    for last in range(end, at, -1):
        piece = Piece(found[at][0].start, found[last - 1][0].end)
        if match := contents.match_section(document, text[piece.start : piece.end]):
            return last, (piece, match.section.name)
    return None
