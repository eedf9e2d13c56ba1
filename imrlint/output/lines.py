"""Formats that are a line for each finding, and nothing besides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import records


class LineWriter(ABC):
    """Writes each diagnostic as a line."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self.setting = setting

    @abstractmethod
    def line(self, record: dict[str, Any]) -> str:
        """The line, without its end."""

    def letter(self, report: Report) -> None:
        for record in records(report, excerpts=self.setting.excerpts):
            self._out.write(f"{self.line(record)}\n")

    def close(self, outcome: Outcome) -> None:  # noqa: B027
        """Nothing comes last."""
