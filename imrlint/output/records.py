"""A finding as plain data, with what must not be printed left out: what most formats are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic, Fix, Note
from imrlint.engine.messages import mask_quotations
from imrlint.engine.report import Report

_LONGEST = 120  # characters of another place in a message


def records(report: Report, *, excerpts: bool) -> Iterator[dict[str, Any]]:
    """Each diagnostic of a report. Without `excerpts` no record holds a word of the letter."""
    for diagnostic in report.diagnostics:
        yield record(diagnostic, report, excerpts=excerpts)


def record(diagnostic: Diagnostic, report: Report, *, excerpts: bool) -> dict[str, Any]:
    """One diagnostic. Where its words are secret, no message quotes a word and no fix is given."""
    finding, source = diagnostic.finding, report.printable
    told = excerpts and not report.is_secret(diagnostic)
    end = source.position(finding.span.end)
    return {
        "path": source.name,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "family": diagnostic.family,
        "category": diagnostic.category.value,
        "severity": diagnostic.severity.word,
        "confidence": diagnostic.confidence,
        "message": finding.message if told else mask_quotations(finding.message),
        **_place(finding.span, source),
        "end_line": end.line,
        "end_column": end.column,
        "excerpt": source[finding.span] if excerpts else "",
        "notes": [_note(note, source, told, excerpts) for note in finding.notes],
        "fix": _fix(finding.fix) if finding.fix and told else None,
        "fingerprint": diagnostic.fingerprint,
        "importance": diagnostic.importance.word,
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    start = source.position(span.start)
    place = {"start": span.start, "end": span.end, "line": start.line, "column": start.column}
    if page := source.page(span.start):
        place["page"] = page
    if paragraph := source.paragraph(span.start):
        place["paragraph"] = paragraph
    return place


def _note(note: Note, source: Source, told: bool, excerpts: bool) -> dict[str, Any]:
    message = note.message if told else mask_quotations(note.message)
    return {"message": message, **_place(note.span, source), "excerpt": source[note.span] if excerpts else ""}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def within(record: dict[str, Any]) -> str:
    """The page or the paragraph of a record in words, "" where its lines are those of the file."""
    return next((f"{unit} {record[unit]}" for unit in ("page", "paragraph") if unit in record), "")


def sureness(record: dict[str, Any]) -> str:
    """The importance and the confidence of a record in words."""
    return f"{record['importance']} importance, confidence {record['confidence']:.2f}"


def other_places(record: dict[str, Any]) -> list[str]:
    """The other places of a record in words, each with what stands there: the other value, where one disagrees."""
    return [_other_place(note) for note in record["notes"]]


def _other_place(note: dict[str, Any]) -> str:
    words = " ".join(note["excerpt"].split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    quoted = f' "{words}"' if words else ""
    return f"{within(note) or 'line ' + str(note['line'])}:{quoted} {note['message']}"


def where(record: dict[str, Any]) -> str:
    """The place of a record in words: line and column of a text file, else page or paragraph."""
    inside = within(record)
    return f"{record['path']}, {inside}" if inside else f"{record['path']}:{record['line']}:{record['column']}"
