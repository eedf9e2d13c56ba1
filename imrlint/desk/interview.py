"""Asking the user about each fix of a letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from imrlint.engine.findings import Diagnostic, Edit, Fix
from imrlint.engine.fixes import ChosenFix, drop_overlapping
from imrlint.engine.report import Report
from imrlint.output import text

_HELP = "a number makes that fix, Enter leaves the letter as it is, w lets you write the words, q stops asking"


class Interview:
    """Shows each finding that has a fix, and asks which fix to make."""

    def __init__(self, out: TextIO, answers: TextIO, *, colour: bool = False) -> None:
        self._out = out
        self._answers = answers
        self._colour = colour
        self._asked: set[str] = set()  # fingerprints
        self._stopped = False

    def choose_fixes(self, report: Report) -> Sequence[ChosenFix]:
        """The fixes that the user wants. Nothing is asked twice."""
        wanted: list[ChosenFix] = []
        for diagnostic in report.diagnostics:
            fixes = report.printable_fixes(diagnostic)
            if not fixes or self._stopped or diagnostic.fingerprint in self._asked:
                continue
            if len(drop_overlapping([*wanted, ChosenFix(diagnostic, fixes[0])])) <= len(wanted):
                continue  # its words are already being changed; the next round asks about it
            self._asked.add(diagnostic.fingerprint)
            if chosen := self._ask(diagnostic, report, fixes):
                wanted.append(ChosenFix(diagnostic, chosen))
        return wanted

    def _ask(self, diagnostic: Diagnostic, report: Report, fixes: Sequence[Fix]) -> Fix | None:
        text.write_paragraph(diagnostic, report, self._out, colour=self._colour)
        for number, fix in enumerate(fixes, 1):
            self._out.write(f"  {number}  {fix.title}\n")
        while True:
            answer = self._read_answer("  fix? number, Enter, w, q or ? ")
            if answer is None or answer == "q":
                self._stopped = True
                return None
            if answer == "":
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(fixes):
                return fixes[int(answer) - 1]
            if answer == "w":
                words = self._read_answer("  write: ")
                if words:
                    return Fix(f"write {words}", (Edit(diagnostic.finding.span, words),))
                return None
            self._out.write(f"  {_HELP}\n")

    def _read_answer(self, prompt: str) -> str | None:
        """The next line that the user types, None at the end of the input."""
        self._out.write(prompt)
        self._out.flush()
        line = self._answers.readline()
        return line.strip() if line else None
