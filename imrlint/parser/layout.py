"""The layout of a letter made regular: which line breaks end a paragraph, and which only a line.

Letters are double-spaced or single-spaced, have page breaks inside sentences and either kind of line
end. The grammar reads a view of the letter that has one line break between lines, a blank line between
paragraphs, and titles and labels correctly spelt. Every character of the view knows its place in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.page_heads import blank_page_heads
from imrlint.document.patterns import Pattern
from imrlint.document.text import Run, View, replace_odd_letters
from imrlint.parser.landmarks import Landmark, begins_landmark, find_landmark

_LINE = re.compile(r"[^\s\ufeff][^\n\r\f\v\x85\u2028\u2029]*")
_OTHER_LINE_END = re.compile("[\v\x85\u2028\u2029]")
_ORDINARY = str.maketrans(
    dict.fromkeys("\xa0\u202f\u205f\u3000", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    | {"\u2010": "-", "\u2011": "-"}
)
_ENDED = Pattern(r"[.:;?!][\"”’)]*$|\b(?:upheld|overturned)\W*$", re.IGNORECASE)
_CONTINUED = re.compile(r"[a-z0-9(]")

# A partly approved request takes several sentences, which some letters print as a paragraph each.
_REQUEST_GOES_ON = Pattern(r"(?:original request|by the Claims Administrator|IMR eligible)\.$", re.IGNORECASE)
_REQUEST_CONTINUED = Pattern(
    r"The (?:remaining|original request)|The Claims Administrator authorized"
    r"|.{1,200} (?:was|were) authorized by the Claims",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    text: str
    start: int
    newlines: int  # between this line and the next
    page_break: bool
    landmark: Landmark | None


def lay_out(text: str, *, flows: bool = False) -> View:
    """The view of `text` that the grammar reads. In a text that `flows`, each line is a paragraph."""
    text = blank_page_heads(text)
    if not text.isascii():
        text = replace_odd_letters(text).translate(_ORDINARY)  # one character for one, so that offsets are kept
    return View(_build_runs(list(_split_lines(text)), flows))


def _split_lines(text: str) -> Iterator[_Line]:
    matches = [(m.start(), m.group().rstrip()) for m in _LINE.finditer(text)]
    i = 0
    while i < len(matches):
        start, line = matches[i]
        whole, last = line, i
        while last + 1 < len(matches) and begins_landmark(whole):  # a title that continues on the next line
            last += 1
            whole = text[start : matches[last][0] + len(matches[last][1])]
            if find_landmark(whole):
                line, i = whole, last
        following = matches[i + 1][0] if i + 1 < len(matches) else len(text)
        gap = text[start + len(line) : following]
        newlines = gap.count("\n") or gap.count("\r") or len(_OTHER_LINE_END.findall(gap))
        yield _Line(line, start, newlines, "\f" in gap, find_landmark(line))
        i += 1


def _build_runs(lines: list[_Line], flows: bool) -> Iterator[Run]:
    spacing = 2 if not flows and _is_double_spaced(lines) else 1
    for i, line in enumerate(lines):
        end = line.start + len(line.text)
        if line.landmark:
            rest = line.start + line.landmark.length
            yield line.landmark.correct, line.start, rest
            if rest < end:
                yield line.text[line.landmark.length :], rest, end
        else:
            yield line.text, line.start, end
        if i + 1 < len(lines):
            following = lines[i + 1]
            yield "\n\n" if _starts_paragraph(line, following, spacing) else "\n", end, following.start


def _is_double_spaced(lines: list[_Line]) -> bool:
    """Whether the lines of a paragraph are separated by blank lines."""
    spaced = [line for line in lines if line.newlines == 2 and not line.landmark]
    if len(spaced) <= sum(line.newlines == 1 for line in lines):
        return False
    # Paragraphs of one long line are separated by blank lines too, but they end with the end of a sentence.
    return sum(not _ENDED.search(line.text) for line in spaced) > len(spaced) / 2


def _starts_paragraph(line: _Line, following: _Line, spacing: int) -> bool:
    """Whether `following` begins a new paragraph. `spacing` is the number of line breaks between lines."""
    if line.newlines <= spacing and not line.page_break:
        return False
    if following.landmark:
        return True
    if _REQUEST_GOES_ON.search(line.text) and _REQUEST_CONTINUED.match(following.text):
        return False
    new_page = line.page_break or line.newlines > spacing + 2
    open_ended = not _ENDED.search(line.text) and not line.landmark
    return not (new_page and open_ended and _CONTINUED.match(following.text))
