"""The format GitLab: a code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records, describe_other_places

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


class Writer:
    """Writes one array. GitLab shows one finding for each fingerprint, so each finding of a run gets another."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._seen: Counter[str] = Counter()
        self._between = "["

    def write_report(self, report: Report) -> None:
        for record in build_records(report, self._options):
            mark = f"{record['path']}\x1f{record['fingerprint']}"
            self._seen[mark] += 1
            unique = hashlib.sha256(f"{mark}\x1f{self._seen[mark]}".encode("utf-8", "surrogatepass")).hexdigest()
            entry: dict[str, object] = {
                "description": "; ".join([record["message"], *describe_other_places(record)]),
                "check_name": record["name"],
                "fingerprint": unique,
                "severity": _SEVERITIES[record["severity"]],
                "location": {"path": record["path"], "lines": {"begin": record["line"], "end": record["end_line"]}},
                "other_locations": [
                    {"path": record["path"], "lines": {"begin": note["line"], "end": note["line"]}}
                    for note in record["notes"]
                ],
                "importance": record["importance"],
                "confidence": record["confidence"],
            }
            if "rule_page" in record:
                entry["content"] = {"body": f"[{record['name']}]({record['rule_page']})"}
            self._out.write(f"{self._between}\n{json.dumps(entry, ensure_ascii=False)}")
            self._between = ","

    def close(self, outcome: Outcome) -> None:  # noqa: ARG002
        self._out.write("[]\n" if self._between == "[" else "\n]\n")
