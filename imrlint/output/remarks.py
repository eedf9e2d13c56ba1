"""Remarks for the margin of a letter, one for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.text import Span
from imrlint.engine.findings import Diagnostic, Note
from imrlint.engine.report import Report


class Remark(NamedTuple):
    """A text for the margin, and the place in the letter that it is about.

    `mark` is the fingerprint of the finding, by which the remark is recognized when the letter is annotated again.
    """

    span: Span
    text: str
    mark: str


def build_remarks(report: Report) -> Iterator[Remark]:
    """A remark for each finding of a letter, in the order of the text."""
    for diagnostic in report.diagnostics:
        yield Remark(_place(diagnostic.finding.span, report), _text(diagnostic, report), diagnostic.fingerprint)


def _place(span: Span, report: Report) -> Span:
    """The span without white space around it; for an empty span the next word, or else the last word."""
    text = report.source.text
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        return Span(start, end)
    while start < len(text) and text[start].isspace():
        start += 1
    if start == len(text):  # nothing follows: the last word
        start = len(text.rstrip())
        while start and not text[start - 1].isspace():
            start -= 1
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _text(diagnostic: Diagnostic, report: Report) -> str:
    message = report.printable_message(diagnostic.finding.message, diagnostic)
    lines = [f"{diagnostic.severity.word}: {message} [{diagnostic.name}], importance {diagnostic.importance.word}"]
    lines += [_note(note, diagnostic, report) for note in diagnostic.finding.notes]
    if titles := [fix.title for fix in report.printable_fixes(diagnostic)]:
        lines.append(f"Suggestion: {', or '.join(titles)}")
    return "\n".join(lines)


def _note(note: Note, diagnostic: Diagnostic, report: Report) -> str:
    words = " ".join(report.printable[note.span].split())
    where = report.source.within(note.span.start)
    quoted = f": “{words}”" if words else ""
    return f"{report.printable_message(note.message, diagnostic)}{quoted}{f' ({where})' if where else ''}"
