"""Fixing a letter finding by finding, with the user."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from imrlint.engine.findings import Diagnostic, Edit, Fix
from imrlint.engine.fixes import apart
from imrlint.engine.report import Report
from imrlint.output import text

_HELP = "a number makes that fix, Enter leaves the letter as it is, w lets you write the words, q asks no more"


class Interview:
    """Shows each finding that has a fix, and asks which to make."""

    def __init__(self, out: TextIO, answers: TextIO, *, colour: bool = False) -> None:
        self._out = out
        self._answers = answers
        self._colour = colour
        self._asked: set[str] = set()
        self._over = False

    def choice(self, report: Report) -> Sequence[tuple[Diagnostic, Fix]]:
        """The fixes that the user wants. What was asked once is not asked again."""
        wanted: list[tuple[Diagnostic, Fix]] = []
        for diagnostic in report.diagnostics:
            fix = diagnostic.finding.fix
            if fix is None or self._over or diagnostic.fingerprint in self._asked or report.hides(diagnostic):
                continue
            if len(apart([*wanted, (diagnostic, fix)])) <= len(wanted):
                continue  # its words are being changed already; it is asked about when they are
            self._asked.add(diagnostic.fingerprint)
            if chosen := self._ask(diagnostic, report, (fix, *diagnostic.finding.others)):
                wanted.append((diagnostic, chosen))
        return wanted

    def _ask(self, diagnostic: Diagnostic, report: Report, fixes: Sequence[Fix]) -> Fix | None:
        text.paragraph(diagnostic, report, self._out, colour=self._colour)
        for number, fix in enumerate(fixes, 1):
            self._out.write(f"  {number}  {fix.title}\n")
        while True:
            answer = self._line("  fix? number, Enter, w, q or ? ")
            if answer is None or answer == "q":
                self._over = True
                return None
            if answer == "":
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(fixes):
                return fixes[int(answer) - 1]
            if answer == "w":
                words = self._line("  write: ")
                if words:
                    return Fix(f"write {words}", (Edit(diagnostic.finding.span, words),))
                return None
            self._out.write(f"  {_HELP}\n")

    def _line(self, prompt: str) -> str | None:
        self._out.write(prompt)
        self._out.flush()
        line = self._answers.readline()
        return line.strip() if line else None
