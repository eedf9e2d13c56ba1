"""The format JUnit: a test suite for each letter, a test case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from imrlint.engine.findings import Severity
from imrlint.engine.messages import replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records, describe_other_places, describe_place, describe_weight


class Writer:
    """Writes the suites as the reports come. The case of a finding fails if the finding makes the check fail."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="imrlint">\n')

    def write_report(self, report: Report) -> None:
        cases = list(build_records(report, self._options))
        fail_on = self._options.fail_on(report.source.name)
        failing = [Severity[record["severity"].upper()] >= fail_on for record in cases]
        self._open_suite(report.source.name, max(len(cases), 1), failures=sum(failing))
        for record, fails in zip(cases, failing, strict=True):
            kind = "failure" if fails else "system-out"
            message = f"{record['severity']}: {record['message']}"
            details = [describe_place(record), describe_weight(record), *describe_other_places(record)]
            details += [record["rule_page"]] if "rule_page" in record else []
            self._write_case(record["name"], record["family"], kind, message, details)
        if not cases:
            self._out.write('<testcase name="letter" classname="imrlint"/>\n')
        self._out.write("</testsuite>\n")

    def close(self, outcome: Outcome) -> None:
        for file in outcome.unchecked:
            self._open_suite(file.path, 1, errors=1)
            self._write_case("letter", "imrlint", "error", file.reason, [file.path])
            self._out.write("</testsuite>\n")
        self._out.write("</testsuites>\n")

    def _open_suite(self, name: str, tests: int, *, failures: int = 0, errors: int = 0) -> None:
        numbers = f'tests="{tests}" failures="{failures}" errors="{errors}"'
        self._out.write(f"<testsuite name={_quote_attribute(name)} {numbers}>\n")

    def _write_case(self, name: str, family: str, kind: str, message: str, details: Sequence[str]) -> None:
        if kind == "system-out":  # it has no attribute for the message
            attribute, (place, *others) = "", details
            lines = [f"{place}: {message}", *others]
        else:
            attribute, lines = f" message={_quote_attribute(message)}", list(details)
        text = escape(replace_controls("\n".join(lines), "\t\n"))
        content = f"<{kind}{attribute}>{text}</{kind}>"
        self._out.write(f'<testcase name="{name}" classname="{family}">{content}</testcase>\n')


def _quote_attribute(text: Any) -> str:
    return quoteattr(replace_controls(str(text), "\t\n"))
