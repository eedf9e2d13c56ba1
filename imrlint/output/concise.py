"""The format concise: one line a finding."""

from __future__ import annotations

from typing import Any

from imrlint.output.lines import LineWriter
from imrlint.output.records import describe_place
from imrlint.output.text import link_words


class Writer(LineWriter):
    """Writes a line for each finding: place, severity, message, rule, importance; the fingerprint on demand."""

    def format_line(self, record: dict[str, Any]) -> str:
        page = record.get("rule_page", "") if self.options.hyperlinks else ""
        mark = f" {record['fingerprint']}" if self.options.marks else ""
        rule = f"[{link_words(record['name'], page)}] {record['importance']}"
        return f"{describe_place(record)}: {record['severity']}: {record['message']} {rule}{mark}"
