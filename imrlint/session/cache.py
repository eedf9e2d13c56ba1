"""The cache of results, so that a letter that has not changed is not examined again.

The key of an entry covers everything that it depends on: the content and name of the letter, the
configuration, imrlint itself with its tables, every rule, and the libraries in use. An entry is never
stale, only unused. Entries contain words of letters; they stay in a folder where imrlint runs.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from imrlint import __version__, reader
from imrlint.engine.rule import Rule
from imrlint.session.cache_entries import BadEntry, decode_entry, encode_entry
from imrlint.session.examination import LetterResult
from imrlint.session.inputs import Decoding
from imrlint.settings.config import Config

FOLDER = ".imrlint-cache"
_FILE = "letters.sqlite"
_DAMAGED = f"the folder {FOLDER} is damaged, and its damaged entries were not used; delete it"
_COMMIT_INTERVAL = 1.0  # seconds; a run that is killed loses at most the entries since the last commit


class Cache:
    """A cache of results in a folder."""

    def __init__(self, folder: Path) -> None:
        """Open the cache, or create it. Raises OSError, sqlite3.Error."""
        folder.mkdir(exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        self._database = sqlite3.connect(folder / _FILE, timeout=30)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS letters (mark BLOB PRIMARY KEY, entry BLOB) WITHOUT ROWID")
        self._committed = time.monotonic()
        self._software_hashes: dict[tuple[type[Rule], ...], str] = {}
        self.hits = 0  # letters found in the cache
        self.problem = ""  # why entries were not used, or not written

    def get(
        self, content: bytes, name: str, config: Config, decoding: Decoding, findings: str = ""
    ) -> LetterResult | None:
        """The result for a letter, None where it must be examined.

        With `findings`, the result of reporting these findings of the comparison of letters.
        """
        content_hash = hashlib.sha256(content).digest()
        key = self._key(content_hash, name, config, decoding, findings)
        try:
            entry = self._database.execute("SELECT entry FROM letters WHERE mark = ?", (key,)).fetchone()
            if entry is None:
                return None
            result = decode_entry(entry[0], content, name, decoding)
        except (sqlite3.Error, BadEntry):
            self.problem = _DAMAGED
            return None
        self.hits += not findings
        return replace(result, content_hash=content_hash)

    def put(self, result: LetterResult, config: Config, decoding: Decoding, findings: str = "") -> None:
        """Store a result. One with an error is not stored: the letter may be examined without one next time."""
        if result.report is None or result.report.crashes or result.crashes:
            return
        key = self._key(result.content_hash, result.name, config, decoding, findings)
        try:
            self._database.execute("INSERT OR REPLACE INTO letters VALUES (?, ?)", (key, encode_entry(result)))
            if time.monotonic() - self._committed > _COMMIT_INTERVAL:
                self._database.commit()
                self._committed = time.monotonic()
        except sqlite3.Error as error:
            self._note_problem(error)

    def close(self) -> None:
        """Write all entries, and close the database."""
        try:
            self._database.commit()
            self._database.close()
        except sqlite3.Error as error:
            self._note_problem(error)

    def _key(self, content_hash: bytes, name: str, config: Config, decoding: Decoding, findings: str) -> bytes:
        rules = config.ruleset.rules
        if rules not in self._software_hashes:  # every file of imrlint is looked at for it
            self._software_hashes[rules] = _hash_software(rules)
        software = self._software_hashes[rules]
        parts = (software, repr(config), _describe_state(config.memory), repr(decoding), name, findings)
        text = "".join(f"{part}\x1f" for part in parts)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass") + content_hash).digest()

    def _note_problem(self, error: sqlite3.Error) -> None:
        damaged = getattr(error, "sqlite_errorname", "") in ("SQLITE_CORRUPT", "SQLITE_NOTADB")
        if damaged:
            self.problem = _DAMAGED
        else:
            self.problem = f"{FOLDER}: cannot be written ({error}); the next run will examine these letters again"


def _hash_software(rules: tuple[type[Rule], ...]) -> str:
    """A hash of every file of imrlint and of the folders of these rules, of the libraries and of the models in use."""
    rule_folders = {Path(str(sys.modules[rule.__module__].__file__)).parent for rule in rules}
    folders = [Path(__file__).parent.parent, Path(str(files("imrlint.grammar"))), *rule_folders]
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()}
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths)]
    return hashlib.sha256(
        repr((__version__, sys.version, _library_versions(), reader.find_models(), states)).encode()
    ).hexdigest()


def _describe_state(path: Path | None) -> str:
    """What changes when the content of a file does; "" without a file."""
    if path is None or not path.is_file():
        return ""
    state = path.stat()
    return f"{state.st_size} {state.st_mtime_ns}"


def _library_versions() -> dict[str, str]:
    """The installed libraries among those that imrlint names, each with its version."""
    from importlib.metadata import PackageNotFoundError, requires, version

    named = {re.split(r"[^\w.-]", each)[0] for each in requires("imrlint") or ()} - {"imrlint"}
    installed = {}
    for name in sorted(named):
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            continue
    return installed
