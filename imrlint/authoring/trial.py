"""What a rule finds in a folder of real letters, beside what people judged of it.

Verdicts stand in a table parted by tabs, with the columns key, rule, verdict ("true" or "false") and why. A key is
a hash of the rule, the name of the letter and the words found: the table holds no word of a letter.
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

VERDICTS = Path("benchmarks", "verdicts.tsv")  # where imrlint's own verdicts are
_AROUND = 100  # characters shown before and after the words found
_COLUMNS = {"key", "rule", "verdict", "why"}
_WORDS = {"true": "right", "false": "wrong"}
_OPEN = "not judged"


class NoVerdicts(Exception):
    """A file of verdicts that cannot be used. The message says why, in one line."""


class Verdict(NamedTuple):
    """What somebody judged of a finding: "true" or "false", and why."""

    rule: str
    verdict: str
    why: str


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """The verdicts of a file, by key. Raises NoVerdicts."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise NoVerdicts(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}") from error
    for number, row in enumerate(rows, 2):
        if not set(row) >= _COLUMNS or row["verdict"] not in _WORDS:
            raise NoVerdicts(f'{path}, line {number}: needs key, rule, verdict ("true" or "false") and why, with tabs')
    return {row["key"]: Verdict(row["rule"], row["verdict"], row["why"]) for row in rows}


def describe(rule: str, reports: Iterable[Report], verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """The findings of a rule in reports, each with its verdict and the words around it; then a count, line by line."""
    judged: Counter[str] = Counter()
    keys: set[str] = set()
    letters = hits = 0
    for report in reports:
        letters += 1
        times: Counter[str] = Counter()
        own = [diagnostic for diagnostic in report.diagnostics if diagnostic.name == rule]
        hits += bool(own)
        for diagnostic in own:
            key = _key(rule, report.shown, diagnostic.finding.span, times)
            keys.add(key)
            known = verdicts.get(key)
            word = _WORDS[known.verdict] if known else _OPEN
            judged[word] += 1
            yield from _entry(key, word, diagnostic, report)
            if known and known.why:
                yield f"  judged {word}: {known.why}"
            yield ""
    yield _count(judged, hits, letters)
    gone = Counter(each.verdict for key, each in verdicts.items() if each.rule == rule and key not in keys)
    if gone:
        words = ", ".join(f"{gone[verdict]} {word}" for verdict, word in _WORDS.items() if gone[verdict])
        yield f"judged before, and not found in these letters: {words}"


def _entry(key: str, word: str, diagnostic: Diagnostic, report: Report) -> Iterator[str]:
    finding, letter = diagnostic.finding, report.shown
    place = letter.position(finding.span.start)
    message = f"{finding.message} [{diagnostic.name}]"
    yield f"{key}  {word:10}  {letter.name}:{place.line}:{place.column}: {diagnostic.severity.word}: {message}"
    yield f"  {_around(letter, finding.span)}"
    for note in finding.notes:
        yield f"  {note.message}: {_around(letter, note.span)}"


def _around(letter: Source, span: Span) -> str:
    """The words of a span in brackets, in the words around it, on one line."""
    before = letter.text[max(0, span.start - _AROUND) : span.start]
    after = letter.text[span.end : span.end + _AROUND]
    return " ".join(f"…{before}[{letter[span]}]{after}…".split())


def _key(rule: str, letter: Source, span: Span, times: Counter[str]) -> str:
    """The same for the same words in a letter of the same name; `times` counts how often they were found in it."""
    words = " ".join(letter[span].split())
    times[words] += 1
    return hashlib.sha1("\x1f".join((rule, Path(letter.name).stem, words, str(times[words]))).encode()).hexdigest()[:12]


def _count(judged: Counter[str], hits: int, letters: int) -> str:
    parts = [f"{judged[word]} {word}" for word in (*_WORDS.values(), _OPEN) if judged[word]]
    findings = "1 finding" if judged.total() == 1 else f"{judged.total()} findings"
    return f"{findings} in {hits} of {letters} letters" + (f": {', '.join(parts)}" if parts else "")
