"""Findings that were accepted: one by one with a reason, or all that a batch had on one day.

Waivers are for people: `imrlint-waivers.toml`, a table for each. The baseline is for programs:
`imrlint-baseline.json`, a list of marks. Both name findings by their fingerprint, which stays the same
when other parts of a letter change or its file is moved.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from imrlint.config import ConfigError
from imrlint.findings import Diagnostic
from imrlint.report import Accepted, Report

WAIVERS = "imrlint-waivers.toml"
BASELINE = "imrlint-baseline.json"
_KEYS = {"fingerprint", "rule", "letter", "reason", "by", "on", "until"}
_NEEDED = ("fingerprint", "reason", "by")


@dataclass(frozen=True)
class Waiver:
    """One accepted finding. `letter` and `rule` say to people what it was, and `on` since when."""

    fingerprint: str
    reason: str
    by: str
    rule: str = ""
    letter: str = ""
    on: date | None = None
    until: date | None = None

    def expired(self, today: date) -> bool:
        return self.until is not None and today > self.until

    @property
    def what(self) -> str:
        """The finding in words: its rule and letter as far as they are known."""
        return ", ".join(part for part in (self.rule, self.letter) if part) or self.fingerprint


class Acceptance:
    """What is accepted in a run, and what of it was met."""

    def __init__(
        self, waivers: Iterable[Waiver], baseline: Collection[str], never: Collection[str], today: date
    ) -> None:
        """`never` are the rules and families of which a house lets no finding be waived."""
        self._waivers = {waiver.fingerprint: waiver for waiver in waivers}
        self._baseline = frozenset(baseline)
        self._never = frozenset(never)
        self._today = today
        self._met: set[str] = set()
        self._checked: set[str] = set()
        self._refused: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._waivers or self._baseline)

    def sorted(self, report: Report) -> Report:
        """The same report with what is accepted set apart."""
        self._checked.add(_path(report.source.name))
        counting: list[Diagnostic] = []
        accepted: list[Accepted] = []
        for diagnostic in report.diagnostics:
            reason = self._reason(diagnostic)
            if reason is None:
                counting.append(diagnostic)
            else:
                accepted.append(Accepted(diagnostic, reason))
        return replace(report, diagnostics=tuple(counting), accepted=tuple(accepted)) if accepted else report

    def _reason(self, diagnostic: Diagnostic) -> str | None:
        mark = diagnostic.fingerprint
        waiver = self._waivers.get(mark)
        if waiver is not None:
            self._met.add(mark)
            if self._forbidden(diagnostic):
                self._refused.add(mark)
            elif not waiver.expired(self._today):
                return f"{waiver.reason} ({waiver.by})"
        return "in the baseline" if mark in self._baseline and not self._forbidden(diagnostic) else None

    def _forbidden(self, diagnostic: Diagnostic) -> bool:
        return not self._never.isdisjoint(("all", diagnostic.name, diagnostic.code, diagnostic.family))

    def remarks(self) -> list[str]:
        """What is to be said of the waivers after a run: which have expired, are not needed, or do not hold."""
        said = []
        for mark, waiver in self._waivers.items():
            if mark in self._refused:
                said.append(f"the waiver of {waiver.what} does not hold: findings of this rule may not be waived")
            elif mark in self._met and waiver.expired(self._today):
                said.append(f"the waiver of {waiver.what} has expired on {waiver.until}")
            elif mark not in self._met and waiver.letter in self._checked:
                said.append(f"the waiver of {waiver.what} is not needed any more: nothing is found there")
        return said


def nearest(folder: Path, name: str) -> Path | None:
    """The file of this name in a folder, or in the nearest folder above that has one."""
    return next((place / name for place in (folder, *folder.parents) if (place / name).is_file()), None)


def load(path: Path) -> list[Waiver]:
    """The waivers in a file. Raises ConfigError."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    entries = content.pop("waiver", [])
    if content or not isinstance(entries, list):
        raise ConfigError(f"{path}: holds something else than tables [[waiver]]")
    return [_waiver(entry, number, path) for number, entry in enumerate(entries, 1)]


def _waiver(entry: Any, number: int, path: Path) -> Waiver:
    where = f"{path}: waiver {number}"
    if not isinstance(entry, dict):
        raise ConfigError(f"{where}: not a table")
    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ConfigError(f'{where}: needs a "{key}"')
    for key, value in entry.items():
        if key not in _KEYS:
            raise ConfigError(f'{where}: "{key}" is not known; there are {", ".join(sorted(_KEYS))}')
        if not isinstance(value, date if key in ("on", "until") else str):
            raise ConfigError(f'{where}: "{key}" must be {"a date" if key in ("on", "until") else "text"}')
    return Waiver(**entry)


def written(waivers: Iterable[Waiver]) -> str:
    """Waivers as TOML, to stand at the end of a file."""
    return "".join(_written(waiver) for waiver in waivers)


def _written(waiver: Waiver) -> str:
    lines = ["", "[[waiver]]"]
    for key in ("fingerprint", "rule", "letter", "reason", "by", "on", "until"):
        value = getattr(waiver, key)
        if isinstance(value, date):
            lines.append(f"{key} = {value.isoformat()}")
        elif value:
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def load_baseline(path: Path) -> dict[str, Mapping[str, str]]:
    """The findings of a baseline, by fingerprint, each with its rule and letter. Raises ConfigError."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return {entry["fingerprint"]: {"rule": entry["rule"], "letter": entry["letter"]} for entry in entries}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a baseline as imrlint writes it") from error


def baseline_of(diagnostics: Iterable[tuple[str, Diagnostic]]) -> str:
    """Findings, each with the letter it stands in, as the text of a baseline."""
    entries = sorted({(_path(letter), d.name, d.fingerprint) for letter, d in diagnostics})
    rows = [json.dumps({"letter": letter, "rule": rule, "fingerprint": mark}) for letter, rule, mark in entries]
    return '{"baseline": 1, "findings": [\n' + ",\n".join(rows) + "\n]}\n"


def _path(name: str) -> str:
    """The name of a letter as waivers write it on every system."""
    return Path(name).as_posix()
