"""The format CSV, for spreadsheets."""

from __future__ import annotations

import csv
from typing import TextIO

from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records, describe_other_places

COLUMNS = (
    "path", "line", "column", "page", "paragraph", "severity", "name", "code", "family", "category", "message",
    "excerpt", "suggestion", "fingerprint", "other_places", "importance", "confidence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer:
    """Writes a row for each finding, under a row with the names of the columns."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._excerpts = options.excerpts
        self._table = csv.writer(out, lineterminator="\n")
        self._table.writerow(COLUMNS)

    def write_report(self, report: Report) -> None:
        for record in build_records(report, excerpts=self._excerpts):
            record["suggestion"] = record["fix"]["title"] if record["fix"] else ""
            record["other_places"] = "; ".join(describe_other_places(record))
            record["excerpt"] = " ".join(record["excerpt"].split())
            self._table.writerow([_make_harmless(record.get(column, "")) for column in COLUMNS])

    def close(self, outcome: Outcome) -> None:
        """Write nothing."""


def _make_harmless(value: object) -> object:
    """The value without control characters, and marked as text where a spreadsheet would take it for a formula."""
    if not isinstance(value, str):
        return value
    return f"'{replace_controls(value)}" if value.startswith(_FORMULA) else replace_controls(value)
