"""Findings as a GitLab code quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import other_places, records

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


class Writer:
    """Writes one array. GitLab shows one finding of each fingerprint, so that each file has its own."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._excerpts = setting.excerpts
        self._seen: Counter[str] = Counter()
        self._between = "["

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self._excerpts):
            mark = f"{record['path']}\x1f{record['fingerprint']}"
            self._seen[mark] += 1
            unique = hashlib.sha256(f"{mark}\x1f{self._seen[mark]}".encode("utf-8", "surrogatepass")).hexdigest()
            entry = {
                "description": "; ".join([record["message"], *other_places(record)]),
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
            self._out.write(f"{self._between}\n{json.dumps(entry, ensure_ascii=False)}")
            self._between = ","

    def close(self, outcome: Outcome) -> None:  # noqa: ARG002
        self._out.write("[]\n" if self._between == "[" else "\n]\n")
