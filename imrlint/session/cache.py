"""What is known of letters from runs before, so that a letter that has not changed is not examined again.

An entry is found by everything that it depends on: the letter's bytes and name, the configuration,
imrlint itself with its tables, every rule, and the libraries in use. It is never stale, only unused.
Entries hold the words of letters that findings quote; they stay in the folder that the user chose.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from imrlint import __version__, source
from imrlint.document.text import Source, Span
from imrlint.engine.findings import Category, Diagnostic, Edit, Finding, Fix, Note, Safety, Severity
from imrlint.engine.report import About, Report
from imrlint.engine.rule import Clue, Rule
from imrlint.session.examination import Examined
from imrlint.settings.config import Config

FOLDER = ".imrlint-cache"
_FILE = "letters.sqlite"
_DAMAGED = f"the folder {FOLDER} is damaged, and what is damaged was not used; delete it"
_PAUSE = 1.0  # seconds between two writes to the disk: what a run that is killed may lose


class Cache:
    """A store of examined letters in a folder."""

    def __init__(self, folder: Path) -> None:
        """Opens the store, or makes it. Raises OSError, sqlite3.Error."""
        folder.mkdir(exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        self._store = sqlite3.connect(folder / _FILE, timeout=30)
        self._store.execute("PRAGMA journal_mode=WAL")
        self._store.execute("PRAGMA synchronous=NORMAL")
        self._store.execute("CREATE TABLE IF NOT EXISTS letters (mark BLOB PRIMARY KEY, entry BLOB) WITHOUT ROWID")
        self._written = time.monotonic()
        self.met = 0
        self.trouble = ""  # why letters were examined as if there were no cache, or will be

    def get(self, content: bytes, name: str, chosen: Config, encoding: str | None, beside: str = "") -> Examined | None:
        """What is known of a letter, or of what was found in it `beside` others; None when it must be examined."""
        digest = hashlib.sha256(content).digest()
        mark = _mark(digest, name, chosen, encoding, beside)
        try:
            entry = self._store.execute("SELECT entry FROM letters WHERE mark = ?", (mark,)).fetchone()
            if entry is None:
                return None
            examined = _examined(json.loads(zlib.decompress(entry[0])), content, name, encoding)
        except (sqlite3.Error, zlib.error, ValueError, TypeError, KeyError):
            self.trouble = _DAMAGED
            return None
        self.met += not beside
        return replace(examined, digest=digest)

    def put(self, examined: Examined, chosen: Config, encoding: str | None, beside: str = "") -> None:
        """Keep what became of a letter. What went wrong is not kept: it may go right the next time."""
        report = examined.report
        if report is None or report.crashes or examined.crashes:
            return
        entry = zlib.compress(json.dumps(_entry(report, examined, whole=not examined.typed)).encode(), 1)
        mark = _mark(examined.digest, examined.name, chosen, encoding, beside)
        try:
            self._store.execute("INSERT OR REPLACE INTO letters VALUES (?, ?)", (mark, entry))
            if time.monotonic() - self._written > _PAUSE:
                self._store.commit()
                self._written = time.monotonic()
        except sqlite3.Error as error:
            self._cannot(error)

    def close(self) -> None:
        """Write what is not written yet."""
        try:
            self._store.commit()
            self._store.close()
        except sqlite3.Error as error:
            self._cannot(error)

    def _cannot(self, error: sqlite3.Error) -> None:
        damaged = getattr(error, "sqlite_errorname", "") in ("SQLITE_CORRUPT", "SQLITE_NOTADB")
        self.trouble = _DAMAGED if damaged else f"{FOLDER}: cannot be written ({error}); the next run will know less"


def _mark(digest: bytes, name: str, chosen: Config, encoding: str | None, beside: str) -> bytes:
    terms = f"{_mark_of(chosen.ruleset.rules)}\x1f{chosen!r}\x1f{encoding}\x1f{name}\x1f{beside}\x1f"
    return hashlib.sha256(terms.encode("utf-8", "surrogatepass") + digest).digest()


@cache
def _mark_of(rules: tuple[type[Rule], ...]) -> str:
    """A mark of every file of imrlint and of the folders of these rules, and of the libraries in use."""
    homes = {Path(str(sys.modules[rule.__module__].__file__)).parent for rule in rules}
    folders = [Path(__file__).parent.parent, Path(str(files("imrlint.grammar"))), *homes]
    found = {path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()}
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(found)]
    return hashlib.sha256(repr((__version__, sys.version, _libraries(), states)).encode()).hexdigest()


def _libraries() -> list[tuple[str, str]]:
    """What is installed of the libraries that imrlint names, with its versions."""
    from importlib.metadata import PackageNotFoundError, requires, version

    named = {re.split(r"[^\w.-]", each)[0] for each in requires("imrlint") or ()} - {"imrlint"}
    installed = []
    for name in sorted(named):
        try:
            installed.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return installed


def _entry(report: Report, examined: Examined, *, whole: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "diagnostics": [_plain(diagnostic) for diagnostic in report.diagnostics],
        "secrets": report.secrets,
        "about": [report.about.specialty, report.about.month],
        "clues": {rule: list(clues) for rule, clues in examined.clues.items()},
    }
    if whole:
        letter = report.source
        entry["source"] = [letter.text, letter.pages, letter.paragraphs, letter.flows, letter.unread]
    return entry


def _plain(diagnostic: Diagnostic) -> list[Any]:
    finding = diagnostic.finding
    return [
        diagnostic.code,
        diagnostic.name,
        diagnostic.family,
        diagnostic.category.name,
        diagnostic.severity.name,
        diagnostic.fingerprint,
        finding.span,
        finding.message,
        [[note.span, note.message] for note in finding.notes],
        _fix(finding.fix) if finding.fix else None,
        finding.minor,
        [_fix(other) for other in finding.others],
        finding.beside,
    ]


def _fix(fix: Fix) -> list[Any]:
    return [fix.title, [[edit.span, edit.text] for edit in fix.edits], fix.safety.name]


def _examined(entry: Mapping[str, Any], content: bytes, name: str, encoding: str | None) -> Examined:
    if "source" in entry:
        text, pages, paragraphs, flows, unread = entry["source"]
        letter = Source(text, name, tuple(pages), tuple(paragraphs), flows, tuple(unread))
    else:
        letter = source.decoded(content, name, encoding)
    diagnostics = tuple(_diagnostic(*each) for each in entry["diagnostics"])
    secrets = tuple(Span(*span) for span in entry["secrets"])
    clues = {
        rule: [Clue(key, Span(*span), weight, mark) for key, span, weight, mark, _ in each]
        for rule, each in entry["clues"].items()
    }
    return Examined(name, Report(letter, diagnostics, secrets=secrets, about=About(*entry["about"])), clues)


def _diagnostic(
    code: str,
    name: str,
    family: str,
    category: str,
    severity: str,
    fingerprint: str,
    span: list[int],
    message: str,
    notes: list[Any],
    fix: list[Any] | None,
    minor: bool,
    others: list[list[Any]],
    beside: str,
) -> Diagnostic:
    finding = Finding(
        Span(*span),
        message,
        tuple(Note(Span(*place), said) for place, said in notes),
        _made(fix) if fix else None,
        minor,
        tuple(_made(other) for other in others),
        beside,
    )
    return Diagnostic(code, name, family, Category[category], Severity[severity], finding, fingerprint)


def _made(fix: list[Any]) -> Fix:
    title, edits, safety = fix
    return Fix(title, tuple(Edit(Span(*span), words) for span, words in edits), Safety[safety])
