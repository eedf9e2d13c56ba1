"""Words that are divided at the end of a line: put together again, as they were typed.

A hyphen that belongs to a word ("follow-up") looks the same, so the list of words and the rest of the letter decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from imrlint.knowledge.language import compounds, lexicon
from imrlint.source.page_rows import Row, Segment, cut

_SIGNS = ("-", "\xad", "\u2010")
_DIVIDED = re.compile(rf"(?<![\w-])([^\W\d_]{{2,}})([{''.join(_SIGNS)}])$")
_REST = re.compile(r"([^\W\d_]{2,})(?![\w-])\S*")
_FREQUENT = 3  # of `lexicon.frequency`: a word that is more likely divided than joined from two
_NEAR = 3.0  # points between beginnings of lines of one column


class _Division(NamedTuple):
    """A word that may be divided, in which row of which page and which segment, and how it goes on.

    `rest` is the number of a segment in the next row; its first `length` characters belong to the word, with the
    punctuation behind it. The `sign` is the last character of the segment, or the segment behind it.
    """

    page: int
    row: int
    segment: int
    rest: int
    length: int
    before: str
    after: str
    sign: str


def join_divided_words(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page, with each divided word in the row in which it begins, without its hyphen.

    A word that goes on on the next page stays as it is.
    """
    found = [each for number, rows in enumerate(pages) for each in _find_divisions(rows, number)]
    if not found:
        return list(pages)
    letter = "\n".join(segment.text for rows in pages for row in rows for segment in row).lower()
    sure = [each for each in found if _is_surely_divided(each)]
    joined = [[list(row) for row in rows] for rows in pages]
    for each in reversed(found):
        if each in sure or (sure and _is_likely_divided(each, letter)):
            _join(joined[each.page], each)
    return [[row for row in rows if row] for rows in joined]


def _join(rows: list[Row], division: _Division) -> None:
    first, second = rows[division.row], rows[division.row + 1]
    begin = first[division.segment]
    rest, left = cut(second[division.rest], division.length)
    is_parted = begin.text[-1] != division.sign
    first[division.segment : division.segment + 1 + is_parted] = [
        begin if is_parted else begin._replace(text=begin.text[:-1]),
        rest._replace(continues=True),
    ]
    second[division.rest : division.rest + 1] = [left] if left.text else []


def _find_divisions(rows: Sequence[Row], page: int) -> Iterator[_Division]:
    for number, (row, following) in enumerate(pairwise(rows)):
        for place, segment in enumerate(row):
            sign = _find_sign_behind(row, place)
            begin = _DIVIDED.search(segment.text + sign)
            is_last = place + len(sign) == len(row) - 1
            rest = _find_next_line(segment, following, is_last=is_last) if begin else None
            end = None if rest is None else _REST.match(following[rest].text)
            if begin and end and rest is not None and (end[1].islower() or (end[1] + begin[1]).isupper()):
                words = begin[1].lower(), end[1].lower()
                yield _Division(page, number, place, rest, end.end(), *words, begin[2])


def _find_sign_behind(row: Row, place: int) -> str:
    """The hyphen that is a segment by itself, right behind another one; "" where there is none."""
    following = row[place + 1 : place + 2]
    is_sign = following and following[0].text in _SIGNS and following[0].x - row[place].right < _NEAR
    return following[0].text if is_sign else ""


def _find_next_line(segment: Segment, following: Row, *, is_last: bool) -> int | None:
    """The number of the segment in the next row in which the text of a segment goes on."""
    below = next((i for i, each in enumerate(following) if abs(each.x - segment.x) <= _NEAR), None)
    return 0 if below is None and is_last else below


def _is_surely_divided(division: _Division) -> bool:
    before, after = lexicon.is_known(division.before), lexicon.is_known(division.after)
    if lexicon.is_known(division.before + division.after):
        return not (before and after) or division.sign != "-"
    return division.sign != "-" and not (before and after)


def _is_likely_divided(division: _Division, letter: str) -> bool:
    """Whether a hyphen between two words divides a longer one, in a letter in which words are divided."""
    word = division.before + division.after
    if not lexicon.is_known(word) or f"{division.before}-{division.after}" in letter:
        return False
    is_compound = (division.before, division.after) in compounds.compounds()
    return word in letter or (lexicon.frequency(word) >= _FREQUENT and not is_compound)
