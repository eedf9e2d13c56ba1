"""Parts of long lines, cut out around the words that matter."""

from __future__ import annotations

from typing import NamedTuple

WIDEST = 110  # columns of an excerpt where the output is no terminal, which has a width of its own
_NARROWEST = 30
_LEAD = 30  # columns shown before the words


class Excerpt(NamedTuple):
    """A part of a line, and where the words stand in it."""

    text: str
    start: int
    end: int


def cut_line(line: str, start: int, end: int, width: int) -> Excerpt:
    """At most `width` columns of a line, from a little before its characters `start` up to `end`; "…" where cut.

    Words that are longer lose their end.
    """
    width = max(width, _NARROWEST)
    if len(line) <= width:
        return Excerpt(line, start, end)
    cut = max(0, min(start - min(_LEAD, width // 3), len(line) - width))
    shown = ("…" if cut else "") + line[cut + bool(cut) : cut + width]
    if cut + width < len(line):
        shown = shown[:-1] + "…"
    return Excerpt(shown, start - cut, min(end - cut, width))


def cut_around(line: str, start: int, end: int, context: int) -> Excerpt:
    """The characters `start` up to `end` of a line, and so many before and after them; "…" where cut."""
    left, right = max(0, start - context), min(len(line), end + context)
    before, after = "…" if left else "", "…" if right < len(line) else ""
    return Excerpt(before + line[left:right] + after, start - left + len(before), end - left + len(before))
