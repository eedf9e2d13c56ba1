"""Findings as SARIF 2.1.0, as GitHub code scanning reads it."""

from __future__ import annotations

import json
import os
from pathlib import PurePath, PurePosixPath
from typing import Any, TextIO
from urllib.parse import quote

from imrlint.engine.findings import Importance
from imrlint.engine.report import Report
from imrlint.output import Outcome, RuleText, Setting
from imrlint.output.records import record, records, within

MOST = 5_000  # results that GitHub shows; the most serious are kept
_LEVELS = ("error", "warning", "note")  # as in SARIF, the most serious first
_PROPERTIES = ("category", "importance", "confidence", "page", "paragraph")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Writer:
    """Keeps the results of a run and writes them at its end, the most serious first where they are too many."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting
        self._results: list[dict[str, Any]] = []
        self._left_out = 0

    def letter(self, report: Report) -> None:
        excerpts = self._setting.excerpts
        self._results += [_result(each) for each in records(report, excerpts=excerpts)]
        for accepted in report.accepted:
            result = _result(record(accepted.diagnostic, report, excerpts=excerpts))
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": accepted.reason}]
            self._results.append(result)
        if len(self._results) > 2 * MOST:
            self._trim()

    def close(self, outcome: Outcome) -> str | None:
        self._trim()
        rules = self._setting.rules()
        used = sorted({result["ruleId"] for result in self._results})
        for result in self._results:
            result["ruleIndex"] = used.index(result["ruleId"])
        told = [{"level": "error", "message": {"text": f"{path}: {reason}"}} for path, reason in outcome.unchecked]
        why = ""
        if self._left_out:
            why = f"{self._left_out:,} findings were left out, the least serious: GitHub shows {MOST:,}"
            told.append({"level": "warning", "message": {"text": why}})
        invocation = {"executionSuccessful": not outcome.unchecked, "toolExecutionNotifications": told}
        driver = {
            "name": "imrlint",
            "semanticVersion": self._setting.version,
            "rules": [_rule(name, rules[name]) for name in used],
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
        return why or None

    def _trim(self) -> None:
        """Leave out what GitHub would not show; the order of the letters stays."""
        if len(self._results) <= MOST:
            return
        ranked = sorted(range(len(self._results)), key=lambda i: (_LEVELS.index(self._results[i]["level"]), i))
        self._left_out += len(self._results) - MOST
        self._results = [self._results[i] for i in sorted(ranked[:MOST])]


def _result(record: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": record["name"],
        "level": record["severity"],
        "message": {"text": _sentence(record["message"])},
        "locations": [_location(record, record["path"])],
        "partialFingerprints": {"imrlint/v1": record["fingerprint"]},
        "rank": _rank(record),
        "properties": {key: record[key] for key in _PROPERTIES if key in record},
    }
    if record["notes"]:
        result["relatedLocations"] = [
            {"id": number, **_location(note, record["path"]), "message": {"text": _sentence(_told(note))}}
            for number, note in enumerate(record["notes"])
        ]
    if record["fix"] and not within(record):
        result["fixes"] = [_fix(record)]
    return result


def _rank(record: dict[str, Any]) -> float:
    """From 0 to 100: the more important first, and of what is equally important the surer."""
    importance, confidence = Importance[record["importance"].upper()], float(record["confidence"])
    return round(100 * (importance - 1 + confidence) / len(Importance), 1)


def _told(note: dict[str, Any]) -> str:
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
    return {"description": {"text": _sentence(record["fix"]["title"])}, "artifactChanges": [change]}


def _location(place: dict[str, Any], path: str) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": 1}  # GitHub wants one; a Word file has none
    if not within(place):
        region = {"startLine": place["line"], "startColumn": place["column"]}
        region |= {"charOffset": place["start"], "charLength": place["end"] - place["start"]}
        if "end_line" in place:
            region |= {"endLine": place["end_line"], "endColumn": place["end_column"]}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(os.fsencode(PurePosixPath(*pure.parts)))


def _rule(name: str, rule: RuleText) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.help, "markdown": rule.help},
        "defaultConfiguration": {"level": rule.severity.word},
        "properties": {"tags": [rule.family], "code": rule.code, "importance": rule.importance.word},
    }


def _sentence(fragment: str) -> str:
    return f"{fragment[:1].upper()}{fragment[1:]}."
