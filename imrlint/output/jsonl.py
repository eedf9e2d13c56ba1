"""The format JSON Lines: one JSON object a finding, one finding a line."""

from __future__ import annotations

import json
from typing import Any

from imrlint.output.lines import LineWriter

# JSON allows them in a string, but many readers, such as str.splitlines of Python, end a line there.
_LINE_ENDS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})


class Writer(LineWriter):
    """Writes the record of each finding as a JSON object, in which every character that can end a line is escaped."""

    def format_line(self, record: dict[str, Any]) -> str:
        return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS)
