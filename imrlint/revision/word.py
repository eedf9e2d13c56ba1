"""Editing Word files, in place or as tracked changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime

from imrlint.document.text import Span
from imrlint.engine.findings import Edit
from imrlint.revision.author import AUTHOR
from imrlint.revision.narrowing import narrow_edit
from imrlint.revision.runs import put_text, run_of, split_runs
from imrlint.source.ooxml import ALTERNATIVES, Element, W, nearest_ancestor
from imrlint.source.paragraphs import find_text_boxes
from imrlint.source.word import Piece, open_word

_INSERTED = (f"{W}ins", f"{W}moveTo")


class WordRevision:
    """A Word file that can be edited; with `track`, so that each edit can be accepted or rejected."""

    def __init__(self, content: bytes, track: datetime | None) -> None:
        self._word = open_word(content)
        self._track = track
        body = self._word.document.element.body
        shown, copies = find_text_boxes(body), find_text_boxes(body, copies=True)
        self._boxes: list[str | None] = []  # the text of each text box, None where its copy differs
        if len(shown) == len(copies):
            pairs = zip(map(_text_of, shown), map(_text_of, copies), strict=True)
            self._boxes = [text if text == copied else None for text, copied in pairs]

    def can_apply(self, edit: Edit) -> bool:
        """Whether an edit stays within typed text: it cannot remove the end of a paragraph or a table cell.

        Words that older programs show in another way, from a copy, cannot be edited either, but for text boxes.
        """
        pieces = list(self._word.pieces_in(*edit.span))
        covered = sum(min(p.end, edit.span.end) - max(p.start, edit.span.start) for p in pieces)
        if covered != edit.span.end - edit.span.start or any(run_of(piece) is None for piece in pieces):
            return False
        if any(piece.body and nearest_ancestor(piece.node, ALTERNATIVES) is not None for piece in pieces):
            return False
        return not any(sign in edit.text for sign in "\n\r\f\t") and (not edit.text or self._target(edit) is not None)

    def apply(self, edits: Sequence[Edit]) -> bytes:
        if self._track:
            self._apply_tracked(edits, self._track)
        else:
            for edit in sorted(edits, reverse=True):
                self._apply_in_place(edit)
        self._copy_boxes()
        return self._word.save()

    def _target(self, edit: Edit) -> Piece | None:
        """The piece that receives the new words: the first one that the edit touches, or the one before or after it."""
        pieces = self._word.pieces
        touched = [piece for piece in self._word.pieces_in(*edit.span) if piece.typed]
        if touched:
            return touched[0]
        i = bisect_left(pieces, edit.span.start, key=lambda piece: piece.end)
        for piece in pieces[i : i + 2]:
            adjacent = piece.start <= edit.span.start <= piece.end or piece.start == edit.span.end
            if piece.typed and adjacent and run_of(piece) is not None:
                return piece
        return None

    def _copy_boxes(self) -> None:
        """Copy the text of each text box into its copy for older programs, where the two were the same."""
        body = self._word.document.element.body
        shown, copies = find_text_boxes(body), find_text_boxes(body, copies=True)
        if len(shown) == len(copies):
            for box, copy, text in zip(shown, copies, self._boxes, strict=True):
                if text is not None and _text_of(box) != text:
                    copy[:] = [deepcopy(paragraph) for paragraph in box]

    # ---- In place

    def _apply_in_place(self, edit: Edit) -> None:
        """Change as few characters as possible, so that the others keep their format."""
        edit = narrow_edit(edit, self._word.text)
        span = edit.span
        target = self._target(edit)
        for piece in reversed(list(self._word.pieces_in(*span))):
            if not piece.typed:
                piece.node.getparent().remove(piece.node)
            elif piece is not target:
                _replace(piece, span, "")
        if target is not None:
            _replace(target, span, edit.text)

    # ---- As tracked changes

    def _apply_tracked(self, edits: Sequence[Edit], when: datetime) -> None:
        self._word = split_runs(self._word, [offset for edit in edits for offset in edit.span])
        number = 1 + max(map(int, self._word.document.element.body.xpath(".//@w:id[number(.) = number(.)]")), default=0)
        for edit in sorted(edits, reverse=True):
            target = self._target(edit)
            runs = list(dict.fromkeys(run_of(piece) for piece in self._word.pieces_in(*edit.span)))
            inserted = None
            if edit.text and target is not None:
                model = runs[0] if runs else run_of(target)
                inserted = _revision_mark("ins", number, when, model)
                inserted.append(_run_like(model, edit.text))
                number += 1
                before = not runs and target.start >= edit.span.end
                neighbour = _insertion_neighbour(runs[-1] if runs else model, str(number), behind=not before)
                if before:
                    neighbour.addprevious(inserted)
                else:
                    neighbour.addnext(inserted)
                number += 1
            for run in runs:
                _delete(run, _revision_mark("del", number, when, run))
                number += 1


def _text_of(box: Element) -> str:
    return "".join(node.text or "" for node in box.iter(f"{W}t"))


def _replace(piece: Piece, span: Span, words: str) -> None:
    start, end = max(span.start, piece.start) - piece.start, max(min(span.end, piece.end) - piece.start, 0)
    text = piece.node.text or ""
    put_text(piece.node, text[:start] + words + text[max(end, start) :])


def _revision_mark(name: str, number: int, when: datetime, near: Element) -> Element:
    attributes = {"id": str(number), "author": AUTHOR, "date": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return near.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def _run_like(model: Element, text: str) -> Element:
    """A run of new text in the format of another run."""
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


def _insertion_neighbour(run: Element, number: str, *, behind: bool) -> Element:
    """The element next to which a tracked insertion can be put: not within somebody else's insertion.

    Where the run is inside one, that insertion is split after the run (`behind`) or before it; its second
    part is given `number`.
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
