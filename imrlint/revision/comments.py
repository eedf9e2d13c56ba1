"""Remarks as comments in a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docx.oxml.parser import parse_xml
from docx.text.run import Run

from imrlint.document.text import Span
from imrlint.output.remarks import Remark
from imrlint.revision import AUTHOR
from imrlint.revision.runs import cut, run_of
from imrlint.source.errors import Refused
from imrlint.source.word import Element, Piece, W, WordText, opened

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_INITIALS = "iml"


class _Comment(NamedTuple):
    """A comment of ours that the file has already."""

    element: Element
    number: str
    text: str
    span: Span | None  # None where its place is gone


def annotated(content: bytes, remarks: Sequence[Remark]) -> tuple[bytes, int]:
    """The file with each remark as a comment on its words, and how many there are. Raises Refused.

    A comment that is there already stays as it is, with the answers to it; one of ours that says what
    is no longer found goes, unless somebody answered.
    """
    word = opened(content)
    wanted = [remark._replace(span=_in_body(word, remark.span)) for remark in remarks]
    for comment in list(_ours(word)):
        match = next((r for r in wanted if (r.text, r.span) == (comment.text, comment.span)), None)
        if match is not None:
            wanted.remove(match)
        elif not _answered(word, comment):
            _remove(word, comment)
    word = cut(word, [offset for remark in wanted for offset in remark.span])
    for remark in wanted:
        runs = [run_of(piece) for piece in _anchors(word, remark.span)]
        first, last = Run(runs[0], word.document), Run(runs[-1], word.document)  # type: ignore[arg-type]
        word.document.add_comment([first, last], text=remark.text, author=AUTHOR, initials=_INITIALS)
    return word.saved(), len(remarks)


def _anchors(word: WordText, span: Span) -> list[Piece]:
    return [piece for piece in word.within(*span) if piece.body and run_of(piece) is not None]


def _in_body(word: WordText, span: Span) -> Span:
    """The place that a comment can stand on: not a header, a footer or a note, and words rather than a formula."""
    if _anchors(word, span):
        return span
    fit = [piece for piece in word.pieces if piece.body and run_of(piece) is not None and piece.text.strip()]
    if not fit:
        raise Refused("it has no body that comments could stand on")
    nearest = min(fit, key=lambda piece: abs(piece.start - span.start))
    return Span(nearest.start, nearest.end)


def _ours(word: WordText) -> Iterator[_Comment]:
    """The comments in the file that an earlier annotation put there."""
    spans = _spans(word)
    for comment in word.document.comments:
        if comment.author == AUTHOR:
            number = str(comment.comment_id)
            yield _Comment(comment._comment_elm, number, comment.text, spans.get(number))


def _spans(word: WordText) -> dict[str, Span]:
    """The place of each comment, by its number."""
    pieces = {piece.node: piece for piece in word.pieces}
    waiting: list[str] = []
    starts: dict[str, int] = {}
    spans: dict[str, Span] = {}
    last = 0
    for node in word.document.element.body.iter():
        if node.tag == f"{W}commentRangeStart":
            waiting.append(node.get(f"{W}id"))
        elif node in pieces:
            starts |= dict.fromkeys(waiting, pieces[node].start)
            waiting.clear()
            last = pieces[node].end
        elif node.tag == f"{W}commentRangeEnd" and (number := node.get(f"{W}id")) in starts:
            spans[number] = Span(starts[number], last)
    return spans


def _answered(word: WordText, comment: _Comment) -> bool:
    """Whether somebody has replied to a comment. Word keeps the thread in a part of its own."""
    own = {paragraph.get(f"{_W14}paraId") for paragraph in comment.element.iter(f"{W}p")} - {None}
    for rel in word.document.part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/commentsExtended"):
            thread = parse_xml(rel.target_part.blob)
            return any(entry.get(f"{_W15}paraIdParent") in own for entry in thread)
    return False


def _remove(word: WordText, comment: _Comment) -> None:
    body = word.document.element.body
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in [each for each in body.iter(f"{W}{tag}") if each.get(f"{W}id") == comment.number]:
            holder = node.getparent()
            holder.remove(node)
            if holder.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in holder):
                holder.getparent().remove(holder)
    comment.element.getparent().remove(comment.element)
