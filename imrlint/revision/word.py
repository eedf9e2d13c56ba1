"""Word files edited: in place, or as tracked changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime

from imrlint import revision
from imrlint.document.text import Span
from imrlint.engine.findings import Edit
from imrlint.revision.narrowing import narrowed
from imrlint.revision.runs import cut, put_text, run_of
from imrlint.source.word import Element, Piece, W, boxes, opened

_INSERTED = (f"{W}ins", f"{W}moveTo")


class WordRevision:
    """A Word file that can be edited; with `track`, so that each edit can be accepted or rejected."""

    def __init__(self, content: bytes, track: datetime | None) -> None:
        self._word = opened(content)
        self._track = track
        body = self._word.document.element.body
        shown, copies = boxes(body), boxes(body, copies=True)
        self._boxes: list[str | None] = []  # what each text box said, None where its copy said something else
        if len(shown) == len(copies):
            pairs = zip(map(_words, shown), map(_words, copies), strict=True)
            self._boxes = [said if said == copied else None for said, copied in pairs]

    def can(self, edit: Edit) -> bool:
        """Whether an edit stays within what was typed: it cannot take away the end of a paragraph or a cell."""
        pieces = list(self._word.within(*edit.span))
        covered = sum(min(p.end, edit.span.end) - max(p.start, edit.span.start) for p in pieces)
        if covered != edit.span.end - edit.span.start or any(run_of(piece) is None for piece in pieces):
            return False
        return not any(sign in edit.text for sign in "\n\r\f\t") and (not edit.text or self._site(edit) is not None)

    def made(self, edits: Sequence[Edit]) -> bytes:
        if self._track:
            self._tracked(edits, self._track)
        else:
            for edit in sorted(edits, reverse=True):
                self._typed_over(edit)
        self._copy_boxes()
        return self._word.saved()

    def _site(self, edit: Edit) -> Piece | None:
        """The piece that takes the new words: the first that the edit touches, or the one before or behind it."""
        pieces = self._word.pieces
        touched = [piece for piece in self._word.within(*edit.span) if piece.typed]
        if touched:
            return touched[0]
        i = bisect_left(pieces, edit.span.start, key=lambda piece: piece.end)
        for piece in pieces[i : i + 2]:
            beside = piece.start <= edit.span.start <= piece.end or piece.start == edit.span.end
            if piece.typed and beside and run_of(piece) is not None:
                return piece
        return None

    def _copy_boxes(self) -> None:
        """Put the words of each text box into its copy for old programs, where the two said the same."""
        body = self._word.document.element.body
        shown, copies = boxes(body), boxes(body, copies=True)
        if len(shown) == len(copies):
            for box, copy, said in zip(shown, copies, self._boxes, strict=True):
                if said is not None and _words(box) != said:
                    copy[:] = [deepcopy(paragraph) for paragraph in box]

    # ---- In place

    def _typed_over(self, edit: Edit) -> None:
        """Change as few characters as will do, so that each keeps its format."""
        edit = narrowed(edit, self._word.text)
        span = edit.span
        site = self._site(edit)
        for piece in reversed(list(self._word.within(*span))):
            if not piece.typed:
                piece.node.getparent().remove(piece.node)
            elif piece is not site:
                _replace(piece, span, "")
        if site is not None:
            _replace(site, span, edit.text)

    # ---- As tracked changes

    def _tracked(self, edits: Sequence[Edit], when: datetime) -> None:
        self._word = cut(self._word, [offset for edit in edits for offset in edit.span])
        number = 1 + max(map(int, self._word.document.element.body.xpath(".//@w:id[number(.) = number(.)]")), default=0)
        for edit in sorted(edits, reverse=True):
            site = self._site(edit)
            runs = list(dict.fromkeys(run_of(piece) for piece in self._word.within(*edit.span)))
            inserted = None
            if edit.text and site is not None:
                model = runs[0] if runs else run_of(site)
                inserted = _mark("ins", number, when, model)
                inserted.append(_run_like(model, edit.text))
                number += 1
                before = not runs and site.start >= edit.span.end
                beside = _lifted(runs[-1] if runs else model, str(number), behind=not before)
                if before:
                    beside.addprevious(inserted)
                else:
                    beside.addnext(inserted)
                number += 1
            for run in runs:
                _delete(run, _mark("del", number, when, run))
                number += 1


def _words(box: Element) -> str:
    return "".join(node.text or "" for node in box.iter(f"{W}t"))


def _replace(piece: Piece, span: Span, words: str) -> None:
    start, end = max(span.start, piece.start) - piece.start, max(min(span.end, piece.end) - piece.start, 0)
    text = piece.node.text or ""
    put_text(piece.node, text[:start] + words + text[max(end, start) :])


def _mark(name: str, number: int, when: datetime, near: Element) -> Element:
    attributes = {"id": str(number), "author": revision.AUTHOR, "date": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return near.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def _run_like(model: Element, text: str) -> Element:
    """A run with new words in the format of another."""
    run = model.makeelement(f"{W}r")
    form = model.find(f"{W}rPr")
    if form is not None:
        run.append(deepcopy(form))
    node = run.makeelement(f"{W}t")
    put_text(node, text)
    run.append(node)
    return run


def _delete(run: Element, mark: Element) -> None:
    run.addprevious(mark)
    mark.append(run)
    for node in run.iter(f"{W}t"):
        node.tag = f"{W}delText"


def _lifted(run: Element, number: str, *, behind: bool) -> Element:
    """The element beside which an insertion of ours can stand: not within somebody else's.

    Theirs is parted behind the run, or before it; its second part is given a number of its own.
    """
    element = run
    while element.getparent().tag in _INSERTED:
        theirs = element.getparent()
        rest = list(element.itersiblings()) if behind else [element, *element.itersiblings()]
        if behind and not rest:
            element = theirs
            continue
        if not behind and element.getprevious() is None:
            element = theirs
            continue
        other = theirs.makeelement(theirs.tag, dict(theirs.attrib) | {f"{W}id": number})
        for node in rest:
            other.append(node)
        theirs.addnext(other)
        element = theirs if behind else other
    return element
