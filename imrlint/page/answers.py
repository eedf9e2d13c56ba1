"""What the page is told of a letter, as plain data. Places are counted as the page counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from textwrap import shorten
from typing import Any

from imrlint import __version__
from imrlint.desk.decisions import may_waive, word_to_add
from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Report
from imrlint.output import WriterOptions
from imrlint.output.records import build_record, find_page_or_paragraph
from imrlint.page.house import House
from imrlint.page.letters import OpenLetter
from imrlint.page.offsets import PageText

_OPTIONS = WriterOptions(__version__, datetime.now(UTC))
_LONGEST_WORDS = 120  # characters of the words at a place


def describe_letter(letter: OpenLetter) -> dict[str, Any]:
    """A letter without its text: what it is, what can be done with it, how much was found in it."""
    return {
        "id": letter.id,
        "name": letter.name,
        "kind": letter.kind.name.lower() if letter.kind else "",
        "refusal": letter.refusal,
        "counts": letter.counts,
        "thorough": letter.is_thorough,
        "unsaved": letter.is_unsaved,
        "typed": letter.is_typed,
        "fixable": letter.is_fixable,
        "remarks": letter.takes_remarks,
        "steps": [step.choice.title for step in letter.steps],
    }


def describe_findings(letter: OpenLetter, report: Report, house: House) -> dict[str, Any]:
    """The text of a letter and its findings. Raises ConfigError."""
    text = PageText(report.source.text)
    config = house.plan_for(letter.name).config

    def list_fixes(diagnostic: Diagnostic) -> list[dict[str, str]]:
        fixes = report.printable_fixes(diagnostic) if letter.is_fixable else ()
        return [{"title": fix.title, "safety": fix.safety.value} for fix in fixes]

    return {
        "text": text.text,
        "findings": [
            {
                **_describe_finding(diagnostic, report, text),
                "fixes": list_fixes(diagnostic),
                "word": word_to_add(diagnostic, report, config),
                "waivable": may_waive(diagnostic, config),
            }
            for diagnostic in report.diagnostics
        ],
        "accepted": [
            {
                **_describe_finding(each.diagnostic, report, text),
                "reason": each.reason,
                "waived": house.has_waiver(each.diagnostic),
            }
            for each in report.accepted
        ],
        "remarks_on_reading": list(_list_problems(report)),
    }


def _list_problems(report: Report) -> Iterator[str]:
    """What was not read of a letter, and which rules failed on it."""
    yield from report.source.unread
    yield from (crash.message for crash in report.crashes)


def _describe_finding(diagnostic: Diagnostic, report: Report, text: PageText) -> dict[str, Any]:
    record = build_record(diagnostic, report, _OPTIONS)
    return {
        "fingerprint": record["fingerprint"],
        "severity": record["severity"],
        "importance": record["importance"],
        "rule": record["name"],
        "message": record["message"],
        **_describe_place(record, text),
        "others": [{"message": note["message"], **_describe_place(note, text)} for note in record["notes"]],
    }


def _describe_place(record: dict[str, Any], text: PageText) -> dict[str, Any]:
    start, end = text.units(record["start"], record["end"])
    where = find_page_or_paragraph(record) or f"line {record['line']}"
    words = " ".join(record["excerpt"].split())
    return {"from": start, "to": end, "where": where, "words": shorten(words, _LONGEST_WORDS, placeholder=" …")}
