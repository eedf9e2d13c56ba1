"""The output of `--by-item`: which disputed item of a letter has how many findings."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from imrlint.engine.findings import Severity
from imrlint.engine.report import Report

_LONGEST = 60  # characters of a title
_FEWEST = 2  # items of a letter for which it is worth while


def write_items(report: Report, out: TextIO, *, excerpts: bool = True) -> None:
    """Write a line for each item, and one for the rest of the letter; nothing for a letter with one item or none."""
    items = report.details.items
    if len(items) < _FEWEST:
        return
    counts: list[Counter[Severity]] = [Counter() for _ in items]
    rest: Counter[Severity] = Counter()
    for diagnostic in report.diagnostics:
        start = diagnostic.finding.span.start
        at = next((n for n, item in enumerate(items) if item.span.start <= start < item.span.end), None)
        (rest if at is None else counts[at])[diagnostic.severity] += 1
    names = [f"{n}. {_shorten(item.title)}" if excerpts else f"item {n}" for n, item in enumerate(items, 1)]
    width = max(map(len, [*names, _REST]))
    out.write(f"{report.source.name}, by item:\n")
    for name, item, count in zip(names, items, counts, strict=True):
        out.write(f"  {name:<{width}}  {item.decision:<{_DECISION}}  {count_findings(count) or '-'}\n")
    out.write(f"  {_REST:<{width}}  {'':<{_DECISION}}  {count_findings(rest) or '-'}\n\n")


_REST = "the rest of the letter"
_DECISION = len("overturned")


def count_findings(counts: Counter[Severity]) -> str:
    """How many findings there are of each severity, in words; empty where there are none."""
    return ", ".join(
        f"{counts[level]:,} {level.word}{'' if counts[level] == 1 else 's'}"
        for level in sorted(Severity, reverse=True)
        if counts[level]
    )


def _shorten(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
