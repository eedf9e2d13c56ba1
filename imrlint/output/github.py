"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from typing import Any

from imrlint.output.lines import LineWriter
from imrlint.output.records import other_places, sureness, within

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_PLACE = {"line": "line", "col": "column", "endLine": "end_line", "endColumn": "end_column"}


class Writer(LineWriter):
    """Writes each diagnostic as a command."""

    def line(self, record: dict[str, Any]) -> str:
        place, message = {"file": record["path"]}, record["message"]
        if inside := within(record):  # its lines are those of the text that imrlint took out of the file
            message = f"{inside}: {message}"
        else:
            place |= {key: record[name] for key, name in _PLACE.items()}
        place["title"] = f"{record['name']} ({sureness(record)})"
        message = "\n".join([message, *other_places(record)])
        said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        return f"::{_COMMANDS[record['severity']]} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
