"""Findings as a JUnit report: a suite for each letter, a case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from imrlint.engine.findings import Severity
from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import other_places, records, sureness, where


class Writer:
    """Writes suites as the letters come. A finding fails its case where it makes the check fail."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="imrlint">\n')

    def letter(self, report: Report) -> None:
        cases = list(records(report, excerpts=self._setting.excerpts))
        failing = [Severity[record["severity"].upper()] >= self._setting.fail_on for record in cases]
        self._suite(report.source.name, max(len(cases), 1), failures=sum(failing))
        for record, fails in zip(cases, failing, strict=True):
            said = f"{record['severity']}: {record['message']}"
            told = [sureness(record), *other_places(record)]
            self._case(
                record["name"], record["family"], "failure" if fails else "system-out", said, where(record), told
            )
        if not cases:
            self._out.write('<testcase name="letter" classname="imrlint"/>\n')
        self._out.write("</testsuite>\n")

    def close(self, outcome: Outcome) -> None:
        for path, reason in outcome.unchecked:
            self._suite(path, 1, errors=1)
            self._case("letter", "imrlint", "error", reason, path)
            self._out.write("</testsuite>\n")
        self._out.write("</testsuites>\n")

    def _suite(self, name: str, tests: int, *, failures: int = 0, errors: int = 0) -> None:
        numbers = f'tests="{tests}" failures="{failures}" errors="{errors}"'
        self._out.write(f"<testsuite name={_attribute(name)} {numbers}>\n")

    def _case(self, name: str, family: str, kind: str, said: str, place: str, more: Sequence[str] = ()) -> None:
        told = f" message={_attribute(said)}" if kind != "system-out" else ""
        lines = [place if told else f"{place}: {said}", *more]
        words = escape(replace_controls("\n".join(lines), "\t\n"))
        self._out.write(f'<testcase name="{name}" classname="{family}"><{kind}{told}>{words}</{kind}></testcase>\n')


def _attribute(text: Any) -> str:
    return quoteattr(replace_controls(str(text), "\t\n"))
