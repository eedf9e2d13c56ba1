"""The output of `--statistics`: how many findings each rule made."""

from __future__ import annotations

from typing import TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions


class Writer:
    """Writes a line for each rule and severity, the most frequent first."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:  # noqa: ARG002
        self._out = out

    def write_report(self, report: Report) -> None:
        """Write nothing: the outcome of the run has the figures."""

    def close(self, outcome: Outcome) -> None:
        for (name, severity), times in sorted(outcome.rules.items(), key=lambda each: (-each[1], each[0])):
            self._out.write(f"{times:7,}  {severity.word:8}{name}\n")
