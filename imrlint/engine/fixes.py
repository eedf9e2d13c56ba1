"""Which fixes of a report to make, and a text with them made."""

from __future__ import annotations

from collections.abc import Iterable

from imrlint.engine.findings import Diagnostic, Edit, Fix, Safety
from imrlint.engine.report import Report


def safe(report: Report) -> list[tuple[Diagnostic, Fix]]:
    """The fixes that change no fact."""
    return [(d, d.finding.fix) for d in report.diagnostics if d.finding.fix and d.finding.fix.safety is Safety.SAFE]


def every(report: Report) -> list[tuple[Diagnostic, Fix]]:
    """The safe fixes and the suggested ones."""
    return [(d, d.finding.fix) for d in report.diagnostics if d.finding.fix]


def apart(chosen: Iterable[tuple[Diagnostic, Fix]]) -> list[tuple[Diagnostic, Fix]]:
    """As many fixes as do not overlap; of two that do, the earlier in the text."""
    taken: list[Edit] = []
    kept = []
    for diagnostic, fix in sorted(chosen, key=lambda each: each[1].edits):
        if not any(_overlap(one, other) for one in fix.edits for other in taken):
            taken += fix.edits
            kept.append((diagnostic, fix))
    return kept


def _overlap(one: Edit, other: Edit) -> bool:
    a, b = one.span, other.span
    return (a.start < b.end and b.start < a.end) or a.start == b.start or (a.end == b.start or b.end == a.start)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text after fixes that do not overlap."""
    for edit in sorted((edit for fix in fixes for edit in fix.edits), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
