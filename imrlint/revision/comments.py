"""Writing remarks into a Word file, as comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docx.oxml.parser import parse_xml
from docx.text.run import Run

from imrlint.document.text import Span
from imrlint.output.remarks import Remark
from imrlint.revision.author import AUTHOR
from imrlint.revision.runs import run_of, split_runs
from imrlint.source.errors import Refused
from imrlint.source.ooxml import Element, W
from imrlint.source.word import Piece, WordText, find_comment_spans, open_word

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_INITIALS = "iml"


class _Comment(NamedTuple):
    """A comment of imrlint that is already in the file."""

    element: Element
    number: str
    text: str
    span: Span | None  # None where its words are gone


def annotate_word(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """The content of the file with each remark as a comment on its words. Raises Refused.

    A comment of an earlier annotation stays, with its replies, where it is still wanted; otherwise it is
    removed, unless somebody replied to it.
    """
    word = open_word(content)
    wanted = [remark._replace(span=_commentable_span(word, remark.span)) for remark in remarks]
    for comment in list(_own_comments(word)):
        match = next((r for r in wanted if (r.text, r.span) == (comment.text, comment.span)), None)
        if match is not None:
            wanted.remove(match)
        elif not _has_reply(word, comment):
            _remove_comment(word, comment)
    word = split_runs(word, [offset for remark in wanted for offset in remark.span])
    for remark in wanted:
        runs = [run_of(piece) for piece in _anchors(word, remark.span)]
        first, last = Run(runs[0], word.document), Run(runs[-1], word.document)  # type: ignore[arg-type]
        word.document.add_comment([first, last], text=remark.text, author=AUTHOR, initials=_INITIALS)
    return word.save()


def _anchors(word: WordText, span: Span) -> list[Piece]:
    return [piece for piece in word.pieces_in(*span) if piece.body and run_of(piece) is not None]


def _commentable_span(word: WordText, span: Span) -> Span:
    """The span itself, or the nearest words that can have a comment: not in a header, footer, note or formula."""
    if _anchors(word, span):
        return span
    fit = [piece for piece in word.pieces if piece.body and run_of(piece) is not None and piece.text.strip()]
    if not fit:
        raise Refused("it has no text that could have comments")
    nearest = min(fit, key=lambda piece: abs(piece.start - span.start))
    return Span(nearest.start, nearest.end)


def _own_comments(word: WordText) -> Iterator[_Comment]:
    """The comments that an earlier annotation made."""
    spans = {number: Span(*found) for number, found in find_comment_spans(word).items()}
    for comment in word.document.comments:
        if comment.author == AUTHOR:
            number = str(comment.comment_id)
            yield _Comment(comment._comment_elm, number, comment.text, spans.get(number))


def _has_reply(word: WordText, comment: _Comment) -> bool:
    """Whether somebody has replied to a comment. Word stores threads in a separate part."""
    own = {paragraph.get(f"{_W14}paraId") for paragraph in comment.element.iter(f"{W}p")} - {None}
    for rel in word.document.part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/commentsExtended"):
            thread = parse_xml(rel.target_part.blob)
            return any(entry.get(f"{_W15}paraIdParent") in own for entry in thread)
    return False


def _remove_comment(word: WordText, comment: _Comment) -> None:
    body = word.document.element.body
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for node in [each for each in body.iter(f"{W}{tag}") if each.get(f"{W}id") == comment.number]:
            holder = node.getparent()
            holder.remove(node)
            if holder.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in holder):
                holder.getparent().remove(holder)
    comment.element.getparent().remove(comment.element)
