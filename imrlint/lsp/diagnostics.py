"""Findings as diagnostics of an editor."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from lsprotocol.types import DiagnosticSeverity, DiagnosticTag

from imrlint.engine.findings import Diagnostic, Severity
from imrlint.lsp.checking import CheckedLetter
from imrlint.lsp.lines import Lines

SOURCE = "imrlint"
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.NOTE: DiagnosticSeverity.Information,
}


def build_diagnostics(
    checked: CheckedLetter, uri: str, lines: Lines, *, shows_related: bool
) -> Sequence[types.Diagnostic]:
    """The diagnostics of a letter, in the order of its text.

    An editor that does not show related places has them in the message.
    """
    return [_build(each, checked, uri, lines, shows_related) for each in checked.report.diagnostics]


def _build(
    diagnostic: Diagnostic, checked: CheckedLetter, uri: str, lines: Lines, shows_related: bool
) -> types.Diagnostic:
    message = checked.report.printable_message(diagnostic.finding.message, diagnostic)
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, lines.range(checked.place(note.span))),
            checked.report.printable_message(note.message, diagnostic),
        )
        for note in diagnostic.finding.notes
    ]
    if not shows_related:
        message += "".join(f"\nline {each.location.range.start.line + 1}: {each.message}" for each in related)
    page = checked.plan.config.rule_page(diagnostic.name)
    return types.Diagnostic(
        range=lines.range(checked.place(diagnostic.finding.span)),
        message=message,
        severity=_severity(diagnostic, checked),
        code=diagnostic.name,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[DiagnosticTag.Unnecessary] if _is_superfluous(diagnostic) else None,
        related_information=related if shows_related and related else None,
        data={"fingerprint": diagnostic.fingerprint},
    )


def _severity(diagnostic: Diagnostic, checked: CheckedLetter) -> DiagnosticSeverity:
    """The severity for an editor: a hint in a text that is no letter, since editors have many texts open."""
    return _SEVERITIES[diagnostic.severity] if checked.letter.is_determination else DiagnosticSeverity.Hint


def _is_superfluous(diagnostic: Diagnostic) -> bool:
    """Whether the likeliest fix only deletes: editors show such words faded."""
    fix = diagnostic.finding.fix
    return fix is not None and not any(edit.text for edit in fix.edits)
