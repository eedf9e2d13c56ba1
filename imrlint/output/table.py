"""The format CSV, for spreadsheets: Excel opens it as it is, and shows each cell as it was written."""

from __future__ import annotations

import csv
import re
from typing import TextIO

from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records, describe_other_places

COLUMNS = (
    "path", "line", "column", "page", "paragraph", "severity", "name", "code", "family", "category", "message",
    "excerpt", "suggestion", "fingerprint", "other_places", "importance", "confidence", "rule_page",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet changes: "1-30-17" to another form of the date, "0012" to 12, "12e34" to a large number.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CHANGED = re.compile(
    r"\d[\d.,]*(?:[-/ :]\d+)+(?: ?[ap]m)?|0\d+|\d{12,}|\d+e\d+"
    rf"|{_MONTH}[- ]\d+(?:,? ?\d+)?|\d+[- ]{_MONTH}(?:[- ,]+\d+)?",
    re.IGNORECASE,
)


class Writer:
    """Writes a row for each finding, under a row with the names of the columns."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._options = options
        out.write("\ufeff")  # by which Excel recognises UTF-8
        self._table = csv.writer(out, lineterminator="\n")
        self._table.writerow(COLUMNS)

    def write_report(self, report: Report) -> None:
        for record in build_records(report, self._options):
            record["suggestion"] = record["fix"]["title"] if record["fix"] else ""
            record["other_places"] = "; ".join(describe_other_places(record))
            record["excerpt"] = " ".join(record["excerpt"].split())
            self._table.writerow([make_harmless(record.get(column, "")) for column in COLUMNS])

    def close(self, outcome: Outcome) -> None:
        """Write nothing."""


def make_harmless(value: object) -> object:
    """The value without control characters, and marked as text where a spreadsheet would make something else of it."""
    if not isinstance(value, str):
        return value
    taken = value.startswith(_FORMULA) or _CHANGED.fullmatch(value.strip())
    return f"'{replace_controls(value)}" if taken else replace_controls(value)
