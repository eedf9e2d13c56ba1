"""The format concise: one line a finding."""

from __future__ import annotations

from typing import Any

from imrlint.output.lines import LineWriter
from imrlint.output.records import describe_place


class Writer(LineWriter):
    """Writes a line for each finding: place, severity, message, rule, importance; the fingerprint on demand."""

    def format_line(self, record: dict[str, Any]) -> str:
        mark = f" {record['fingerprint']}" if self.options.marks else ""
        rule = f"[{record['name']}] {record['importance']}"
        return f"{describe_place(record)}: {record['severity']}: {record['message']} {rule}{mark}"
