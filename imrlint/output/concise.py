"""One line a finding, for people who know the rules and for `grep`."""

from __future__ import annotations

from typing import Any

from imrlint.output.lines import LineWriter
from imrlint.output.records import where


class Writer(LineWriter):
    """Writes each diagnostic as a line of text."""

    def line(self, record: dict[str, Any]) -> str:
        mark = f" {record['fingerprint']}" if self.setting.marks else ""
        return f"{where(record)}: {record['severity']}: {record['message']} [{record['name']}]{mark}"
