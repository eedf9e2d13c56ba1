"""Selecting fixes from a report, and applying them to a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from imrlint.engine.findings import Diagnostic, Edit, Fix, Safety
from imrlint.engine.report import Report


class ChosenFix(NamedTuple):
    """A fix to make, and the diagnostic that it resolves."""

    diagnostic: Diagnostic
    fix: Fix


def safe_fixes(report: Report) -> list[ChosenFix]:
    """The fixes that change no fact."""
    return [chosen for chosen in all_fixes(report) if chosen.fix.safety is Safety.SAFE]


def all_fixes(report: Report) -> list[ChosenFix]:
    """The safe fixes and the suggested ones."""
    return [ChosenFix(d, d.finding.fix) for d in report.diagnostics if d.finding.fix]


def drop_overlapping(chosen: Iterable[ChosenFix]) -> list[ChosenFix]:
    """The fixes in the order of the text, without any that overlaps an earlier one."""
    taken: list[Edit] = []
    kept = []
    for each in sorted(chosen, key=lambda each: each.fix.edits):
        if not any(_overlap(one, other) for one in each.fix.edits for other in taken):
            taken += each.fix.edits
            kept.append(each)
    return kept


def _overlap(one: Edit, other: Edit) -> bool:
    a, b = one.span, other.span
    return (a.start < b.end and b.start < a.end) or a.start == b.start or (a.end == b.start or b.end == a.start)


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with these fixes made. They must not overlap."""
    for edit in sorted((edit for fix in fixes for edit in fix.edits), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
