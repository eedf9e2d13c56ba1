"""What became of one letter: its diagnostics, and the rules that failed on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imrlint.findings import Diagnostic, Severity
from imrlint.text import Source


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised instead of answering."""

    rule: str
    error: Exception


@dataclass(frozen=True, slots=True)
class Report:
    """The diagnostics of a letter in the order in which they stand."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()

    def at_least(self, severity: Severity) -> Iterable[Diagnostic]:
        return (d for d in self.diagnostics if d.severity >= severity)
