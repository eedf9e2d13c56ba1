"""Splitting the runs of a Word file where a finding or an edit begins and ends.

A run is a part of a paragraph in one format. Comments and tracked changes stand between runs, so the
runs are split first; each part keeps the format.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy

from imrlint.source.ooxml import Element, W
from imrlint.source.word import Piece, WordText

PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def split_runs(word: WordText, offsets: Iterable[int]) -> WordText:
    """Make a run boundary at each of these offsets of the text, and return the file, read again."""
    starts = [piece.start for piece in word.pieces]
    for offset in sorted(set(offsets), reverse=True):
        i = bisect_right(starts, offset) - 1
        if i >= 0 and word.pieces[i].start <= offset < word.pieces[i].end:
            _split_run(word.pieces[i], offset - word.pieces[i].start)
    return word.reread()


def run_of(piece: Piece) -> Element | None:
    """The run that contains a piece, None for a piece of a formula."""
    run = piece.node.getparent()
    return run if run.tag == f"{W}r" else None


def _split_run(piece: Piece, at: int) -> None:
    run = run_of(piece)
    if run is None:
        return
    first = piece.node
    if at:
        first = deepcopy(piece.node)
        put_text(first, piece.node.text[at:])
        put_text(piece.node, piece.node.text[:at])
        piece.node.addnext(first)
    if all(child.tag == f"{W}rPr" for child in first.itersiblings(preceding=True)):
        return
    right = run.makeelement(run.tag, dict(run.attrib))
    form = run.find(f"{W}rPr")
    if form is not None:
        right.append(deepcopy(form))
    for node in (first, *first.itersiblings()):
        right.append(node)
    run.addnext(right)


def put_text(node: Element, text: str) -> None:
    """Set the text of an element, so that Word keeps spaces at its ends."""
    node.text = text
    node.set(PRESERVE, "preserve")
