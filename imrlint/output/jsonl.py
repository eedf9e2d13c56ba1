"""One JSON object a finding, one finding a line."""

from __future__ import annotations

import json
from typing import TextIO

from imrlint.output import Outcome, Setting
from imrlint.output.records import records
from imrlint.report import Report


class Writer:
    """Writes each diagnostic as a line."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._excerpts = setting.excerpts

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self._excerpts):
            self._out.write(json.dumps(record, ensure_ascii=False) + "\n")

    def close(self, outcome: Outcome) -> None:
        """Nothing comes last."""
