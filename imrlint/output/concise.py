"""One line a finding, for people who know the rules and for `grep`."""

from __future__ import annotations

from typing import TextIO

from imrlint.output import Outcome, Setting
from imrlint.output.records import records, where
from imrlint.report import Report


class Writer:
    """Writes each diagnostic as a line of text."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self._setting.excerpts):
            mark = f" {record['fingerprint']}" if self._setting.marks else ""
            message = f"{record['severity']}: {record['message']} [{record['name']}]"
            self._out.write(f"{where(record)}: {message}{mark}\n")

    def close(self, outcome: Outcome) -> None:
        """Nothing comes last."""
