"""A letter as HTML: its text with the words of findings marked, on lines as long as the window allows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from imrlint.document.text import find_line_ends

_WIDEST = 120  # columns of a typed line; a longer one is a paragraph
_NARROWEST = 60
_GAP = "   "  # between the columns of a table, or before a title in the middle


class Marked(NamedTuple):
    """Words of a letter that are marked: of a finding, with its severity, or another place, "other"."""

    start: int
    end: int
    kind: str
    anchor: str


class Page(NamedTuple):
    """The text of a letter as HTML, and how many columns its typed lines have; 0 where its lines are paragraphs."""

    html: str
    columns: int


def show_letter(text: str, marked: Sequence[Marked], *, flows: bool) -> Page:
    """The text with its marks, which may overlap. In a text that `flows`, each line is a paragraph."""
    text = text.replace("\f", "\n")
    lines = [] if flows else list(_split(text))
    columns = max((len(line.words) for line in lines if len(line.words) <= _WIDEST), default=0)
    if any(len(line.words) > _WIDEST for line in lines):
        columns = 0
    turns = {} if flows else dict(_find_turns(lines))
    cuts = sorted({0, len(text), *(m.start for m in marked), *(m.end for m in marked)})
    anchors: dict[int, list[str]] = {}
    for mark in marked:
        anchors.setdefault(mark.start, []).append(mark.anchor)
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        parts += [f'<span id="{anchor}"></span>' for anchor in dict.fromkeys(anchors.get(start, ()))]
        words = _escape(text, start, end, turns)
        if words:
            inside = [m for m in marked if m.start <= start and end <= m.end and m.start < m.end]
            parts.append(_mark(words, inside))
    return Page("".join(parts), columns)


def _mark(words: str, marked: Sequence[Marked]) -> str:
    kinds = {m.kind for m in marked}
    of = " ".join(dict.fromkeys(m.anchor for m in marked))
    severity = next((kind for kind in ("error", "warning", "note") if kind in kinds), None)
    if severity:
        words = f'<mark class="{severity}" data-of="{of}">{words}</mark>'
    if "other" in kinds:
        words = f'<span class="other" data-of="{of}">{words}</span>'
    return words


class _Line(NamedTuple):
    words: str
    end: int  # where its line end begins
    next: int  # where the next line begins


def _split(text: str) -> Iterator[_Line]:
    start = 0
    for match in find_line_ends(text):
        yield _Line(text[start : match.start()].rstrip(), match.start(), match.end())
        start = match.end()
    yield _Line(text[start:].rstrip(), len(text), len(text))


def _find_turns(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """The line ends within a paragraph, by their starts, with their ends: there the next word did not fit any more."""
    running = [line for line in lines if _is_running(line.words) and len(line.words) <= _WIDEST]
    width = max((len(line.words) for line in running), default=0)
    if width < _NARROWEST:
        return
    for line, following in pairwise(lines):
        if _is_running(line.words) and _is_running(following.words):
            first = following.words.split(None, 1)[0]
            if len(line.words) + 1 + len(first) > width - 2:
                yield line.end, line.next


def _is_running(words: str) -> bool:
    """Whether a line is running text: not empty, no title in the middle, no row of a table."""
    return bool(words.strip()) and _GAP not in words


def _escape(text: str, start: int, end: int, turns: Mapping[int, int]) -> str:
    """A part of the text, in which line ends within a paragraph are marked: a narrow window has others."""
    parts, at = [], start
    starts = list(turns)
    for turn in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
        parts.append(f'{escape(text[at:turn], quote=False)}<span class="turn">\n</span>')
        at = min(turns[turn], end)
    parts.append(escape(text[at:end], quote=False))
    return "".join(parts)
