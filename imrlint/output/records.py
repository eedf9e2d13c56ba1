"""Findings as plain data, from which most formats are made, without what must not be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic, Fix
from imrlint.engine.messages import mask_quotations
from imrlint.engine.report import Report
from imrlint.output import WriterOptions

_LONGEST = 120  # characters quoted from another place


def build_records(report: Report, options: WriterOptions) -> Iterator[dict[str, Any]]:
    """A record of each diagnostic of a report. Without excerpts, no record contains words of the letter."""
    for diagnostic in report.diagnostics:
        yield build_record(diagnostic, report, options)


def build_record(diagnostic: Diagnostic, report: Report, options: WriterOptions) -> dict[str, Any]:
    """The record of a diagnostic. Messages with secret words are masked, and a fix with such words is left out."""
    finding, source, excerpts = diagnostic.finding, report.printable, options.excerpts

    def printable(message: str) -> str:
        return report.printable_message(message, diagnostic) if excerpts else mask_quotations(message)

    fix = next(iter(report.printable_fixes(diagnostic)), None) if excerpts else None
    end = source.position(finding.span.end)
    rule_page = options.rule_page(diagnostic.name, source.name)
    return {
        "path": source.name,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "family": diagnostic.family,
        "category": diagnostic.category.value,
        "severity": diagnostic.severity.word,
        "confidence": diagnostic.confidence,
        "message": printable(finding.message),
        **_place(finding.span, source),
        "end_line": end.line,
        "end_column": end.column,
        "excerpt": source[finding.span] if excerpts else "",
        "notes": [
            {
                "message": printable(note.message),
                **_place(note.span, source),
                "excerpt": source[note.span] if excerpts else "",
            }
            for note in finding.notes
        ],
        "fix": _fix(fix) if fix else None,
        "fingerprint": diagnostic.fingerprint,
        "importance": diagnostic.importance.word,
        **({"rule_page": rule_page} if rule_page else {}),
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    start = source.position(span.start)
    place = {"start": span.start, "end": span.end, "line": start.line, "column": start.column}
    if page := source.page(span.start):
        place["page"] = page
    if paragraph := source.paragraph(span.start):
        place["paragraph"] = paragraph
    return place


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def find_page_or_paragraph(record: dict[str, Any]) -> str:
    """The page or paragraph of a record, such as "page 2"; empty where the file has neither, but lines."""
    return next((f"{unit} {record[unit]}" for unit in ("page", "paragraph") if unit in record), "")


def describe_weight(record: dict[str, Any]) -> str:
    """The importance and confidence of a record in words."""
    return f"{record['importance']} importance, confidence {record['confidence']:.2f}"


def describe_other_places(record: dict[str, Any]) -> list[str]:
    """The notes of a record in words, each with its place and the words there, such as a value that disagrees."""
    return [_describe_note(note) for note in record["notes"]]


def _describe_note(note: dict[str, Any]) -> str:
    words = " ".join(note["excerpt"].split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    quoted = f' "{words}"' if words else ""
    return f"{find_page_or_paragraph(note) or 'line ' + str(note['line'])}:{quoted} {note['message']}"


def describe_place(record: dict[str, Any]) -> str:
    """The place of a record: its file, with line and column, or else with the page or paragraph."""
    unit = find_page_or_paragraph(record)
    return f"{record['path']}, {unit}" if unit else f"{record['path']}:{record['line']}:{record['column']}"
