"""The format GitHub: workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from typing import Any

from imrlint.output.lines import LineWriter
from imrlint.output.records import describe_other_places, describe_weight, find_page_or_paragraph

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_PLACE = {"line": "line", "col": "column", "endLine": "end_line", "endColumn": "end_column"}


class Writer(LineWriter):
    """Writes a command for each finding."""

    def format_line(self, record: dict[str, Any]) -> str:
        place, message = {"file": record["path"]}, record["message"]
        if unit := find_page_or_paragraph(record):  # its line numbers are those of the extracted text, not of the file
            message = f"{unit}: {message}"
        else:
            place |= {key: record[name] for key, name in _PLACE.items()}
        place["title"] = f"{record['name']} ({describe_weight(record)})"
        page = [record["rule_page"]] if "rule_page" in record else []
        message = "\n".join([message, *describe_other_places(record), *page])
        properties = ",".join(f"{key}={_escape_property(str(value))}" for key, value in place.items())
        return f"::{_COMMANDS[record['severity']]} {properties}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
