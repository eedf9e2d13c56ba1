"""Comparing the letters of a run with one another, after each was checked by itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imrlint import source
from imrlint.engine.batch import Batch, BatchLetter, KeyedFinding
from imrlint.engine.clues import ClueStoreError
from imrlint.engine.fingerprints import number_fingerprint
from imrlint.engine.report import Report
from imrlint.session.console import Console
from imrlint.session.examination import Examiner, LetterResult
from imrlint.source import Unreadable

if TYPE_CHECKING:
    from imrlint.session.cache import Cache


class LetterComparison:
    """Collects the clues of the letters, and reports what they show between letters."""

    def __init__(self, examiner: Examiner, cache: Cache | None, console: Console) -> None:
        self._examiner = examiner
        self._cache = cache
        self._console = console
        self._batch = Batch()
        self._stdin_contents: dict[str, bytes] = {}  # by name
        self._fingerprints: Counter[str] = Counter()

    def add(self, result: LetterResult) -> None:
        """Add a letter that was examined. Raises ConfigError."""
        if result.stdin_content:
            self._stdin_contents[result.name] = result.stdin_content
        letter = BatchLetter(result.name, result.content_hash)
        self._batch.add(letter, result.clues, self._examiner.plan_for(result.name).active_rules)

    def compare(self) -> Iterator[Report]:
        """A report for each letter with findings, in the order of the run. Problems go to the console."""
        try:
            for letter, found in self._batch.compare():
                result = self._report_findings(letter, found)
                if result.report is not None:
                    yield self._with_distinct_fingerprints(result.report)
                else:
                    self._console.report_problem(result.problem)
        except ClueStoreError as error:
            self._console.report_problem(
                f"the letters were not compared with one another: {error}, in the folder for temporary files"
            )
        for crash in self._batch.crashes:
            self._console.report_problem(crash.message)

    def _report_findings(self, letter: BatchLetter, found: Sequence[KeyedFinding]) -> LetterResult:
        """The result for a letter with these findings: from the cache, else from reading the letter again."""
        name = letter.name
        try:
            content = self._stdin_contents.get(name, b"")
            if not content or not _is_unchanged(content, letter):  # a file may have the name given to standard input
                content = source.read_content(Path(name))
            if not _is_unchanged(content, letter):
                return LetterResult(name, error="it has changed since it was checked; check it again")
            config, decoding = self._examiner.plan_for(name).config, self._examiner.options.decoding
            findings = repr(found)
            result = self._cache.get(content, name, config, decoding, findings) if self._cache else None
            if result is None:
                result = self._examiner.report_findings(content, name, found)
                if self._cache and name not in self._stdin_contents:
                    self._cache.put(result, config, decoding, findings)
            return result
        except Unreadable as error:
            return LetterResult(name, error=error.reason)

    def _with_distinct_fingerprints(self, report: Report) -> Report:
        """The report, with fingerprints that no other finding between letters has."""
        diagnostics = []
        for diagnostic in report.diagnostics:
            self._fingerprints[diagnostic.fingerprint] += 1
            occurrence = self._fingerprints[diagnostic.fingerprint]
            diagnostics.append(replace(diagnostic, fingerprint=number_fingerprint(diagnostic.fingerprint, occurrence)))
        return replace(report, diagnostics=tuple(diagnostics))


def _is_unchanged(content: bytes, letter: BatchLetter) -> bool:
    """Whether this is the content that was examined, as far as that is known."""
    return not letter.content_hash or hashlib.sha256(content).digest() == letter.content_hash
