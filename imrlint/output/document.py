"""The format JSON: one document a run. Its schema is `report.schema.json`, beside this module."""

from __future__ import annotations

import json
from typing import TextIO

from imrlint.engine.findings import Severity
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_record, build_records

SCHEMA = "imrlint-report-1"  # the number grows with every incompatible change


class Writer:
    """Writes the findings as the reports come, and then the accepted findings, the unchecked files and the figures."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._accepted: list[dict[str, object]] = []
        head = {"schema": SCHEMA, "imrlint": options.version, "began": options.began.isoformat(timespec="seconds")}
        out.write(json.dumps(head)[:-1] + ', "findings": [')
        self._first = True

    def write_report(self, report: Report) -> None:
        for each in build_records(report, self._options):
            self._out.write(("\n" if self._first else ",\n") + json.dumps(each, ensure_ascii=False))
            self._first = False
        for accepted in report.accepted:
            each = build_record(accepted.diagnostic, report, self._options)
            self._accepted.append(each | {"accepted": accepted.reason})

    def close(self, outcome: Outcome) -> None:
        rest = {
            "accepted": self._accepted,
            "unchecked": [{"path": file.path, "reason": file.reason} for file in outcome.unchecked],
            "letters": outcome.letters,
            "counts": {severity.word: outcome.counts[severity] for severity in Severity},
        }
        self._out.write("\n], " + json.dumps(rest, ensure_ascii=False, indent=1)[1:] + "\n")
