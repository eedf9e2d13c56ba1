"""The format JSON Lines: one JSON object a finding, one finding a line."""

from __future__ import annotations

import json
from typing import Any

from imrlint.output.lines import LineWriter


class Writer(LineWriter):
    """Writes the record of each finding as a JSON object."""

    def format_line(self, record: dict[str, Any]) -> str:
        return json.dumps(record, ensure_ascii=False)
