"""Findings as comma-separated values, for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TextIO

from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import other_places, records

COLUMNS = (
    "path", "line", "column", "page", "paragraph", "severity", "name", "code", "family", "category", "message",
    "excerpt", "suggestion", "fingerprint", "other_places", "importance", "confidence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer:
    """Writes a row for each diagnostic, under a row of names."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._excerpts = setting.excerpts
        self._table = csv.writer(out, lineterminator="\n")
        self._table.writerow(COLUMNS)

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self._excerpts):
            record["suggestion"] = record["fix"]["title"] if record["fix"] else ""
            record["other_places"] = "; ".join(other_places(record))
            record["excerpt"] = " ".join(record["excerpt"].split())
            self._table.writerow([_harmless(record.get(column, "")) for column in COLUMNS])

    def close(self, outcome: Outcome) -> None:
        """Nothing comes last."""


def _harmless(value: object) -> object:
    """A value without control characters, that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    return f"'{replace_controls(value)}" if value.startswith(_FORMULA) else replace_controls(value)
