"""What a rule finds in real letters, with the verdicts of people on its findings.

Verdicts are in a tab-separated table with the columns key, rule, verdict ("true" or "false") and why. A key is a
hash of the rule, the name of the letter and the words found, so that the table contains no word of a letter.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Report

VERDICTS = Path("benchmarks", "verdicts.tsv")  # imrlint's own verdicts
_CONTEXT = 100  # characters shown before and after the words found
_COLUMNS = {"key", "rule", "verdict", "why"}
_WORDS = {"true": "right", "false": "wrong"}
_OPEN = "not judged"


class BadVerdicts(Exception):
    """A file of verdicts that cannot be used. The message says why, in one line."""


class Verdict(NamedTuple):
    """The verdict of a person on a finding: "true" or "false", and why."""

    rule: str
    verdict: str
    why: str


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """The verdicts of a file, by key. Raises BadVerdicts."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadVerdicts(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}") from error
    for number, row in enumerate(rows, 2):
        if not set(row) >= _COLUMNS or row["verdict"] not in _WORDS:
            raise BadVerdicts(f'{path}, line {number}: needs key, rule, verdict ("true" or "false") and why, with tabs')
    return {row["key"]: Verdict(row["rule"], row["verdict"], row["why"]) for row in rows}


def describe_findings(rule: str, reports: Iterable[Report], verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """Lines on each finding of a rule in reports, with its verdict and the words around it; then the counts."""
    judged: Counter[str] = Counter()
    keys: set[str] = set()
    letters = hits = 0
    for report in reports:
        letters += 1
        times: Counter[str] = Counter()
        own = [diagnostic for diagnostic in report.diagnostics if diagnostic.name == rule]
        hits += bool(own)
        for diagnostic in own:
            key = _make_key(rule, report.printable, diagnostic.finding.span, times)
            keys.add(key)
            known = verdicts.get(key)
            word = _WORDS[known.verdict] if known else _OPEN
            judged[word] += 1
            yield from _describe_finding(key, word, diagnostic, report)
            if known and known.why:
                yield f"  judged {word}: {known.why}"
            yield ""
    yield _describe_counts(judged, hits, letters)
    gone = Counter(each.verdict for key, each in verdicts.items() if each.rule == rule and key not in keys)
    if gone:
        words = ", ".join(f"{gone[verdict]} {word}" for verdict, word in _WORDS.items() if gone[verdict])
        yield f"judged earlier, but not found in these letters: {words}"


def _describe_finding(key: str, word: str, diagnostic: Diagnostic, report: Report) -> Iterator[str]:
    finding, letter = diagnostic.finding, report.printable
    place = letter.position(finding.span.start)
    message = f"{report.printable_message(finding.message, diagnostic)} [{diagnostic.name}]"
    yield f"{key}  {word:10}  {letter.name}:{place.line}:{place.column}: {diagnostic.severity.word}: {message}"
    yield f"  {_quote_around(letter, finding.span)}"
    for note in finding.notes:
        yield f"  {report.printable_message(note.message, diagnostic)}: {_quote_around(letter, note.span)}"


def _quote_around(letter: Source, span: Span) -> str:
    """The words of a span in brackets, with the words around them, on one line."""
    before = letter.text[max(0, span.start - _CONTEXT) : span.start]
    after = letter.text[span.end : span.end + _CONTEXT]
    return " ".join(f"…{before}[{letter[span]}]{after}…".split())


def _make_key(rule: str, letter: Source, span: Span, times: Counter[str]) -> str:
    """The key of a finding. `times` counts how often the same words were found in the letter."""
    words = " ".join(letter[span].split())
    times[words] += 1
    parts = "\x1f".join((rule, Path(letter.name).stem, words, str(times[words])))
    return hashlib.sha1(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _describe_counts(judged: Counter[str], hits: int, letters: int) -> str:
    parts = [f"{judged[word]} {word}" for word in (*_WORDS.values(), _OPEN) if judged[word]]
    findings = "1 finding" if judged.total() == 1 else f"{judged.total()} findings"
    return f"{findings} in {hits} of {letters} letters" + (f": {', '.join(parts)}" if parts else "")
