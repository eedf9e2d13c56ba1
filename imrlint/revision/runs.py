"""Word's runs, cut where a finding or an edit begins and ends.

A run is a stretch of a paragraph in one format. Comments and tracked changes stand between runs, so
the runs are cut first; each part keeps the format.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy

from imrlint.source.word import Element, Piece, W, WordText

PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def cut(word: WordText, offsets: Iterable[int]) -> WordText:
    """The same file, read anew after a run boundary was made at each of these offsets of its text."""
    starts = [piece.start for piece in word.pieces]
    for offset in sorted(set(offsets), reverse=True):
        i = bisect_right(starts, offset) - 1
        if i >= 0 and word.pieces[i].start <= offset < word.pieces[i].end:
            _cut(word.pieces[i], offset - word.pieces[i].start)
    return word.again()


def run_of(piece: Piece) -> Element | None:
    """The run that holds a piece; None in a formula."""
    run = piece.node.getparent()
    return run if run.tag == f"{W}r" else None


def _cut(piece: Piece, at: int) -> None:
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
    """Make `text` what an element holds, with the spaces at its ends."""
    node.text = text
    node.set(PRESERVE, "preserve")
