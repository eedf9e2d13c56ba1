"""One JSON object a finding, one finding a line."""

from __future__ import annotations

import json
from typing import Any, TextIO

from imrlint.findings import Diagnostic, Fix, Note
from imrlint.output.excerpts import masked
from imrlint.report import Report
from imrlint.text import Source, Span


def render(report: Report, out: TextIO, *, excerpts: bool = True) -> None:
    """Write each diagnostic of a report as a line."""
    shown = report.shown
    for diagnostic in report.diagnostics:
        row = record(diagnostic, shown, excerpts=excerpts, hidden=report.hides(diagnostic))
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def record(diagnostic: Diagnostic, source: Source, *, excerpts: bool, hidden: bool = False) -> dict[str, Any]:
    """A diagnostic as plain data. Without `excerpts` it holds no word of the letter.

    `source` is the letter as it may be printed; of a `hidden` diagnostic no message quotes a word.
    """
    finding = diagnostic.finding
    told = excerpts and not hidden
    end = source.position(finding.span.end)
    return {
        "path": source.name,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "family": diagnostic.family,
        "category": diagnostic.category.value,
        "severity": diagnostic.severity.word,
        "message": finding.message if told else masked(finding.message),
        **_place(finding.span, source),
        "end_line": end.line,
        "end_column": end.column,
        "excerpt": source[finding.span] if excerpts else "",
        "notes": [_note(note, source, told) for note in finding.notes],
        "fix": _fix(finding.fix) if finding.fix and told else None,
        "fingerprint": diagnostic.fingerprint,
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    start = source.position(span.start)
    place = {"start": span.start, "end": span.end, "line": start.line, "column": start.column}
    if page := source.page(span.start):
        place["page"] = page
    if paragraph := source.paragraph(span.start):
        place["paragraph"] = paragraph
    return place


def _note(note: Note, source: Source, excerpts: bool) -> dict[str, Any]:
    message = note.message if excerpts else masked(note.message)
    return {"message": message, **_place(note.span, source)}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}
