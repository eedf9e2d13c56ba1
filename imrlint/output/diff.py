"""The output of `--diff`: each line or paragraph that fixes change, before and after, with a mark under the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple, TextIO

from imrlint.document.text import Source, Span
from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output.colours import GREEN, RED, paint
from imrlint.output.excerpts import WIDEST, cut_around

_WORD = re.compile(r"\w+|\s|[^\w\s]")
_SIGNS = "-+"
_LEAST = 30  # characters shown around words that change
_NEAR = 40  # characters between two changes of a line that are shown together


class _Pair(NamedTuple):
    """A line of a letter before and after; None where there is none. `offset` is its place in the letter before."""

    old: str | None
    new: str | None
    offset: int


class _Change(NamedTuple):
    """Characters of a line before that others replace after."""

    old: Span
    new: Span


def write_diff(before: Report, after: Report, out: TextIO, *, width: int = WIDEST, colour: bool = False) -> None:
    """Write the difference between the text of a letter before and after its fixes; nothing if there is none."""
    source = before.printable
    for pair in _pair_lines(source, after.printable):
        unit = source.within(pair.offset)
        out.write(f"{source.name}, {unit}\n" if unit else f"{source.name}:{source.position(pair.offset).line}\n")
        is_short = max(len(pair.old or ""), len(pair.new or "")) <= width - len(_SIGNS)
        for changes in _group_near(_compare_words(pair.old or "", pair.new or "")):
            sides = [change.old for change in changes], [change.new for change in changes]
            words = max(spans[-1].end - spans[0].start for spans in sides)
            context = width if is_short else max(_LEAST, width - len(_SIGNS) - words - 2) // 2
            for sign, line, spans, tint in zip(_SIGNS, (pair.old, pair.new), sides, (RED, GREEN), strict=True):
                if line is not None:
                    _write_side(sign, line, spans, tint if colour else "", context, out)
        out.write("\n")


def _pair_lines(before: Source, after: Source) -> Iterator[_Pair]:
    """The lines that differ, each with the one that replaces it."""
    old, new = ([replace_controls(source[line]) for line in source.lines] for source in (before, after))
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for i, (one, other) in enumerate(zip_longest(old[start:end], new[new_start:new_end]), start):
            yield _Pair(one, other, before.lines[min(i, end, len(old) - 1)].start)


def _compare_words(old: str, new: str) -> Iterator[_Change]:
    """The words of a line that differ."""
    one, other = ([match.span() for match in _WORD.finditer(line)] for line in (old, new))
    words, new_words = [old[slice(*span)] for span in one], [new[slice(*span)] for span in other]
    starts, new_starts = [*(start for start, _ in one), len(old)], [*(start for start, _ in other), len(new)]
    for kind, i, j, k, m in SequenceMatcher(None, words, new_words, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _Change(Span(starts[i], starts[j]), Span(new_starts[k], new_starts[m]))


def _group_near(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """The changes of a line, those that are near each other together."""
    group: list[_Change] = []
    for change in changes:
        if group and change.old.start - group[-1].old.end > _NEAR:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _write_side(sign: str, line: str, spans: list[Span], tint: str, context: int, out: TextIO) -> None:
    """Write one side of a change: the words around it, and a mark under each word."""
    shown = cut_around(line, spans[0].start, spans[-1].end, context)
    shift = shown.start - spans[0].start
    marks = ""
    for start, end in spans:
        marks = marks.ljust(start + shift) + "^" * (end - start)
    out.write(f"{paint(tint, sign)} {shown.text.rstrip()}\n")
    if marks.strip():
        out.write(f"  {paint(tint, marks)}\n")
