"""Keeping a run in a store: what was found in each letter, under which rules and settings, and with which code."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from imrlint import __version__, reader
from imrlint.archive.run_writer import RunWriter
from imrlint.archive.schema import BadStore, FindingRow, ItemRow, LetterRow, RuleRow, RunRow
from imrlint.archive.store import Store
from imrlint.engine.findings import Diagnostic
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import LetterDetails, Report
from imrlint.knowledge.law import credentials
from imrlint.output import WriterOptions
from imrlint.output.records import build_record
from imrlint.session.examination import Examiner, LetterResult
from imrlint.settings.config import Config, ConfigError

_OTHER = "other"  # a specialty that is in no list
_CODE = {".py", ".tsv", ".txt", ".lark"}


class RunKeeper:
    """Takes the results of a run, and keeps them when it is over. What goes wrong is in `problem`, in one line."""

    def __init__(self, folder: Path, examiner: Examiner, choice: str, *, excerpts: bool) -> None:
        """`choice` says what the command line selected. Without `excerpts`, no word of a letter is kept.

        Raises BadStore.
        """
        self._folder = folder
        self._examiner = examiner
        self._choice = choice
        self._excerpts = excerpts
        self._writer = RunWriter(Store.create(folder))
        self._began = datetime.now(UTC)
        self._start = time.monotonic()
        self._options = WriterOptions(__version__, self._began, excerpts=excerpts)
        self._letters: dict[str, int] = {}  # the number of each, by its name
        self._settings: dict[int, str] = {}  # hashes, by the identity of a configuration
        self.problem = ""

    def add_letter(self, result: LetterResult) -> None:
        """Add a letter, without its findings."""
        number = self._letters.setdefault(result.name, self._writer.number_letter(len(self._letters)))
        details = result.report.details if result.report else LetterDetails()
        run = self._writer.run
        letter = LetterRow(
            run, number, result.name, result.content_hash.hex(), _hash(details.case_number),
            self._hash_settings(result.name), result.report is not None, details.month,
            _name_specialty(details.specialty),
        )  # fmt: skip
        items = [ItemRow(run, number, n, item.kind, item.decision) for n, item in enumerate(details.items)]
        self._try(lambda: self._writer.add_letter(letter, items))

    def add_findings(self, report: Report) -> None:
        """Add the findings of a report, also those that are accepted."""
        number = self._letters[report.source.name]
        found = [(each, False) for each in report.diagnostics]
        found += [(each.diagnostic, True) for each in report.accepted]
        rows = [self._make_row(number, each, report, accepted=accepted) for each, accepted in found]
        self._try(lambda: self._writer.add_findings(rows))

    def complete(self) -> str:
        """Keep the run. Returns its name, "" where there was a problem."""
        plans = self._examiner.plans()
        counts = self._writer.counts
        run = RunRow(
            self._writer.run, self._began.isoformat(timespec="seconds"), round(time.monotonic() - self._start, 3),
            __version__, _hash_code(), _hash("\x1f".join(sorted({_hash_config(each.config) for each in plans}))),
            reader.find_models() if any(each.config.reader.use for each in plans) else "", self._choice,
            self._excerpts, counts.letters, counts.unchecked, counts.findings,
        )  # fmt: skip
        rules = dict.fromkeys(_describe_rule(run.run, each) for plan in plans for each in plan.active_rules)
        self._try(lambda: self._writer.complete(run, rules))
        return "" if self.problem else run.run

    def discard(self) -> None:
        """Remove what was written, unless the run is kept."""
        self._writer.discard()

    def _make_row(self, number: int, diagnostic: Diagnostic, report: Report, *, accepted: bool) -> FindingRow:
        record = build_record(diagnostic, report, self._options)
        start = diagnostic.finding.span.start
        items = report.details.items
        return FindingRow(
            self._writer.run, number, diagnostic.fingerprint, diagnostic.name, diagnostic.family,
            diagnostic.severity.word, diagnostic.importance.word, diagnostic.confidence, accepted,
            next((n for n, item in enumerate(items) if item.span.start <= start < item.span.end), None),
            record["start"], record["end"], record["line"], record.get("page"), record.get("paragraph"),
            record["message"], " ".join(record["excerpt"].split()),
        )  # fmt: skip

    def _hash_settings(self, name: str) -> str:
        try:
            config = self._examiner.plan_for(name).config
        except ConfigError:
            return ""
        if id(config) not in self._settings:
            self._settings[id(config)] = _hash_config(config)
        return self._settings[id(config)]

    def _try(self, write: Callable[[], None]) -> None:
        """Write something; after a problem, write nothing more: the letters are still checked."""
        if self.problem:
            return
        try:
            write()
        except BadStore as error:
            self.problem = f"{error}; this run is not kept"
            self._writer.discard()


def _hash(text: str) -> str:
    """Sixteen hexadecimal digits; "" for an empty text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


def _hash_config(config: Config) -> str:
    """A hash of what a configuration says, wherever its file is."""
    memory = config.memory and config.memory.is_file() and config.memory.stat().st_size
    return _hash(repr((replace(config, origin="", memory=None), memory)))


def _hash_code() -> str:
    """A hash of the code and tables of imrlint and of its own rules, the same on every machine."""
    folders = [Path(str(files(name))) for name in ("imrlint", "imrlint.grammar", "imrlint.rules")]
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix in _CODE and path.is_file()}
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.parts[-3:]):
        digest.update(path.name.encode() + b"\x1f" + path.read_bytes())
    return digest.hexdigest()[:16]


def _describe_rule(run: str, active: ActiveRule) -> RuleRow:
    rule = type(active.rule)
    file = Path(str(sys.modules[rule.__module__].__file__))
    source = file.read_text(encoding="utf-8", errors="surrogateescape")
    return RuleRow(
        run, rule.name(), rule.code, rule.family(), rule.category.value, rule.importance.word, active.severity.word,
        _hash(f"{source}\x1f{active.rule.key().partition('{')[2]}\x1f{active.severity.word}"),
    )  # fmt: skip


def _name_specialty(words: str) -> str:
    """The specialty as the list of them has it, so that no other words of a letter are kept; "" without one."""
    known = credentials.specialties()
    folded = credentials.fold_specialty(words)
    return (known.get(folded) or credentials.nearest_name(folded, known, at_least=90) or _OTHER) if folded else ""
