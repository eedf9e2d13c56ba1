"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from typing import TextIO

from imrlint.output import Outcome, Setting
from imrlint.output.records import records
from imrlint.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class Writer:
    """Writes each diagnostic as a command."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._excerpts = setting.excerpts

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self._excerpts):
            place = {"file": record["path"]}
            message = record["message"]
            if "page" in record or "paragraph" in record:  # lines that only imrlint counts
                unit = "page" if "page" in record else "paragraph"
                message = f"{unit} {record[unit]}: {message}"
            else:
                place |= {key: record[name] for key, name in _PLACE.items()}
            place["title"] = record["name"]
            said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
            self._out.write(f"::{_COMMANDS[record['severity']]} {said}::{_data(message)}\n")

    def close(self, outcome: Outcome) -> None:
        """Nothing comes last."""


_PLACE = {"line": "line", "col": "column", "endLine": "end_line", "endColumn": "end_column"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
