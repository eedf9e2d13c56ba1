"""Entries of the cache: results as compressed JSON, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from imrlint.document.text import Source, Span
from imrlint.engine.findings import (
    Category,
    Diagnostic,
    Edit,
    Feature,
    Finding,
    Fix,
    Importance,
    Note,
    Safety,
    Severity,
)
from imrlint.engine.report import LetterDetails, LetterItem, Report
from imrlint.engine.rule import Clue
from imrlint.session.examination import LetterResult
from imrlint.session.inputs import Decoding


class BadEntry(Exception):
    """An entry that is damaged."""


def encode_entry(result: LetterResult) -> bytes:
    """The entry of a result that has a report. The text of a plain text letter is not in it."""
    report = result.report
    assert report is not None
    details = report.details
    entry: dict[str, Any] = {
        "diagnostics": [_encode_diagnostic(diagnostic) for diagnostic in report.diagnostics],
        "secrets": report.secrets,
        "details": [details.specialty, details.month, details.items, details.case_number],
        "clues": {rule: list(clues) for rule, clues in result.clues.items()},
    }
    if not result.is_plain_text:
        letter = report.source
        entry["source"] = [letter.text, letter.pages, letter.paragraphs, letter.flows, letter.unread, letter.recognized]
    return zlib.compress(json.dumps(entry).encode(), 1)


def decode_entry(content: bytes, letter: bytes, name: str, decoding: Decoding) -> LetterResult:
    """The result in an entry, for the letter with the content `letter`. Raises BadEntry."""
    try:
        return _decode_result(json.loads(zlib.decompress(content)), letter, name, decoding)
    except (zlib.error, ValueError, TypeError, KeyError) as error:
        raise BadEntry from error


def _encode_diagnostic(diagnostic: Diagnostic) -> list[Any]:
    finding = diagnostic.finding
    return [
        diagnostic.code,
        diagnostic.name,
        diagnostic.family,
        diagnostic.category.name,
        diagnostic.importance.name,
        diagnostic.severity.name,
        diagnostic.confidence,
        diagnostic.fingerprint,
        finding.span,
        finding.message,
        [[note.span, note.message] for note in finding.notes],
        _encode_fix(finding.fix) if finding.fix else None,
        [feature.name for feature in finding.evidence],
        [_encode_fix(other) for other in finding.others],
        finding.beside,
    ]


def _encode_fix(fix: Fix) -> list[Any]:
    return [fix.title, [[edit.span, edit.text] for edit in fix.edits], fix.safety.name]


def _decode_result(entry: Mapping[str, Any], content: bytes, name: str, decoding: Decoding) -> LetterResult:
    if "source" in entry:
        text, pages, paragraphs, flows, unread, recognized = entry["source"]
        letter = Source(text, name, tuple(pages), tuple(paragraphs), flows, tuple(unread), recognized=tuple(recognized))
    else:
        letter = decoding.decode(content, name)
    diagnostics = tuple(_decode_diagnostic(*each) for each in entry["diagnostics"])
    secrets = tuple(Span(*span) for span in entry["secrets"])
    clues = {
        rule: [Clue(key, Span(*span), weight, mark) for key, span, weight, mark, _ in each]
        for rule, each in entry["clues"].items()
    }
    specialty, month, items, case_number = entry["details"]
    items = tuple(LetterItem(Span(*span), *rest) for span, *rest in items)
    details = LetterDetails(specialty, month, items, case_number)
    return LetterResult(name, Report(letter, diagnostics, secrets=secrets, details=details), clues)


def _decode_diagnostic(
    code: str,
    name: str,
    family: str,
    category: str,
    importance: str,
    severity: str,
    confidence: float,
    fingerprint: str,
    span: list[int],
    message: str,
    notes: list[Any],
    fix: list[Any] | None,
    evidence: list[str],
    others: list[list[Any]],
    beside: str,
) -> Diagnostic:
    finding = Finding(
        Span(*span),
        message,
        tuple(Note(Span(*place), text) for place, text in notes),
        _decode_fix(fix) if fix else None,
        tuple(Feature[feature] for feature in evidence),
        tuple(_decode_fix(other) for other in others),
        beside,
    )
    return Diagnostic(
        code,
        name,
        family,
        Category[category],
        Importance[importance],
        Severity[severity],
        confidence,
        finding,
        fingerprint,
    )


def _decode_fix(fix: list[Any]) -> Fix:
    title, edits, safety = fix
    return Fix(title, tuple(Edit(Span(*span), text) for span, text in edits), Safety[safety])
