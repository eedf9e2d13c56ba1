"""How often each rule found something, instead of the findings."""

from __future__ import annotations

from typing import TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting


class Writer:
    """Writes a line for each rule and level, the most frequent first."""

    def __init__(self, out: TextIO, setting: Setting) -> None:  # noqa: ARG002
        self._out = out

    def letter(self, report: Report) -> None:
        """Only the sum counts."""

    def close(self, outcome: Outcome) -> None:
        for (name, severity), times in sorted(outcome.rules.items(), key=lambda each: (-each[1], each[0])):
            self._out.write(f"{times:7,}  {severity.word:8}{name}\n")
