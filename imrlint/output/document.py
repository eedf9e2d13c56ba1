"""One JSON document a run. Its schema is `report.schema.json`, beside this module."""

from __future__ import annotations

import json
from typing import TextIO

from imrlint.engine.findings import Severity
from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import record, records

SCHEMA = "imrlint-report-1"  # a change that readers would notice makes it 2


class Writer:
    """Writes the document as the letters come: findings first, what they come to at the end."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting
        self._accepted: list[dict[str, object]] = []
        head = {"schema": SCHEMA, "imrlint": setting.version, "began": setting.began.isoformat(timespec="seconds")}
        out.write(json.dumps(head)[:-1] + ', "findings": [')
        self._first = True

    def letter(self, report: Report) -> None:
        for each in records(report, excerpts=self._setting.excerpts):
            self._out.write(("\n" if self._first else ",\n") + json.dumps(each, ensure_ascii=False))
            self._first = False
        for accepted in report.accepted:
            each = record(accepted.diagnostic, report, excerpts=self._setting.excerpts)
            self._accepted.append(each | {"accepted": accepted.reason})

    def close(self, outcome: Outcome) -> None:
        rest = {
            "accepted": self._accepted,
            "unchecked": [{"path": path, "reason": reason} for path, reason in outcome.unchecked],
            "letters": outcome.letters,
            "counts": {severity.word: outcome.counts[severity] for severity in Severity},
        }
        self._out.write("\n], " + json.dumps(rest, ensure_ascii=False, indent=1)[1:] + "\n")
