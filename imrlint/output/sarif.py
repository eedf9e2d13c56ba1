"""The format SARIF 2.1.0, as GitHub code scanning reads it."""

from __future__ import annotations

import json
import os
from pathlib import PurePath, PurePosixPath
from typing import Any, TextIO
from urllib.parse import quote

from imrlint.engine.findings import Importance
from imrlint.engine.report import Report
from imrlint.output import Outcome, RuleText, WriterOptions
from imrlint.output.records import build_record, build_records, find_page_or_paragraph

MOST = 5_000  # results that GitHub shows; the most severe are kept
_LEVELS = ("error", "warning", "note")  # of SARIF, the most severe first
_PROPERTIES = ("category", "importance", "confidence", "page", "paragraph")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Writer:
    """Collects the results of a run, and writes them at its end; only the most severe where there are too many."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._results: list[dict[str, Any]] = []
        self._pages: dict[str, str] = {}  # the address of the page on a rule, by its name
        self._left_out = 0

    def write_report(self, report: Report) -> None:
        for record in build_records(report, self._options):
            self._add(record)
        for accepted in report.accepted:
            result = self._add(build_record(accepted.diagnostic, report, self._options))
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": accepted.reason}]
        if len(self._results) > 2 * MOST:
            self._trim()

    def _add(self, record: dict[str, Any]) -> dict[str, Any]:
        """Keep the result of a record, and return it."""
        if "rule_page" in record:
            self._pages.setdefault(record["name"], record["rule_page"])
        self._results.append(_result(record))
        return self._results[-1]

    def close(self, outcome: Outcome) -> str | None:
        self._trim()
        rules = self._options.rules()
        used = sorted({result["ruleId"] for result in self._results})
        for result in self._results:
            result["ruleIndex"] = used.index(result["ruleId"])
        notifications = [
            {"level": "error", "message": {"text": f"{file.path}: {file.reason}"}} for file in outcome.unchecked
        ]
        remark = None
        if self._left_out:
            remark = f"{self._left_out:,} of the least severe findings were left out: GitHub shows only {MOST:,}"
            notifications.append({"level": "warning", "message": {"text": remark}})
        invocation = {"executionSuccessful": not outcome.unchecked, "toolExecutionNotifications": notifications}
        driver = {
            "name": "imrlint",
            "semanticVersion": self._options.version,
            "rules": [_rule(name, rules[name], self._pages.get(name)) for name in used],
        }
        log = {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "invocations": [invocation],
                    "results": self._results,
                }
            ],
        }
        json.dump(log, self._out, ensure_ascii=False, indent=1)
        self._out.write("\n")
        return remark

    def _trim(self) -> None:
        """Drop the results that GitHub would not show, and keep the order of the others."""
        if len(self._results) <= MOST:
            return
        ranked = sorted(range(len(self._results)), key=lambda i: (_LEVELS.index(self._results[i]["level"]), i))
        self._left_out += len(self._results) - MOST
        self._results = [self._results[i] for i in sorted(ranked[:MOST])]


def _result(record: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": record["name"],
        "level": record["severity"],
        "message": {"text": _make_sentence(record["message"])},
        "locations": [_location(record, record["path"])],
        "partialFingerprints": {"imrlint/v1": record["fingerprint"]},
        "rank": _rank(record),
        "properties": {key: record[key] for key in _PROPERTIES if key in record},
    }
    if record["notes"]:
        result["relatedLocations"] = [
            {"id": number, **_location(note, record["path"]), "message": {"text": _make_sentence(_describe_note(note))}}
            for number, note in enumerate(record["notes"])
        ]
    if record["fix"] and not find_page_or_paragraph(record):
        result["fixes"] = [_fix(record)]
    return result


def _rank(record: dict[str, Any]) -> float:
    """The rank of a finding, from 0 to 100: higher with importance, then with confidence."""
    importance, confidence = Importance[record["importance"].upper()], float(record["confidence"])
    return round(100 * (importance - 1 + confidence) / len(Importance), 1)


def _describe_note(note: dict[str, Any]) -> str:
    words = " ".join(note["excerpt"].split())
    return f'{note["message"]}: "{words}"' if words else str(note["message"])


def _fix(record: dict[str, Any]) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit["start"], "charLength": edit["end"] - edit["start"]},
            "insertedContent": {"text": edit["text"]},
        }
        for edit in record["fix"]["edits"]
    ]
    change = {"artifactLocation": {"uri": _uri(record["path"])}, "replacements": replacements}
    return {"description": {"text": _make_sentence(record["fix"]["title"])}, "artifactChanges": [change]}


def _location(place: dict[str, Any], path: str) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": 1}  # GitHub requires one; a Word file has none
    if not find_page_or_paragraph(place):
        region = {"startLine": place["line"], "startColumn": place["column"]}
        region |= {"charOffset": place["start"], "charLength": place["end"] - place["start"]}
        if "end_line" in place:
            region |= {"endLine": place["end_line"], "endColumn": place["end_column"]}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(os.fsencode(PurePosixPath(*pure.parts)))


def _rule(name: str, rule: RuleText, page: str | None) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.help, "markdown": rule.help},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": rule.severity.word},
        "properties": {"tags": [rule.family], "code": rule.code, "importance": rule.importance.word},
    }


def _make_sentence(fragment: str) -> str:
    return f"{fragment[:1].upper()}{fragment[1:]}."
