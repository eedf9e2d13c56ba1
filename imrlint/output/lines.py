"""The base of formats that have one line for each finding and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TextIO

from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records


class LineWriter(ABC):
    """Writes a line for each finding."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self.options = options

    @abstractmethod
    def format_line(self, record: dict[str, Any]) -> str:
        """The line of a finding, without line end."""

    def write_report(self, report: Report) -> None:
        for record in build_records(report, self.options):
            self._out.write(f"{self.format_line(record)}\n")

    def close(self, outcome: Outcome) -> None:  # noqa: B027
        """Write nothing."""
