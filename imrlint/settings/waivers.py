"""Findings that were accepted: one by one with a reason, or all that a batch had on one day.

Waivers are for people: `imrlint-waivers.toml`, a table for each. The baseline is for programs:
`imrlint-baseline.json`, a list of marks. Both name findings by their fingerprint, which stays the same
when other parts of a letter change or its file is moved.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Accepted, Report
from imrlint.settings.config import ConfigError

WAIVERS = "imrlint-waivers.toml"
BASELINE = "imrlint-baseline.json"
_KEYS = {"fingerprint", "rule", "letter", "reason", "by", "on", "until"}
_MARK = re.compile(r"[0-9a-f]{16}")
_NEEDED = ("fingerprint", "reason", "by")


@dataclass(frozen=True)
class Waiver:
    """One accepted finding. `letter` (seen from the file) and `rule` say to people what it was, `on` since when."""

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
        self,
        waivers: Iterable[Waiver],
        baseline: Collection[str],
        never: Collection[str],
        today: date,
        home: Path = Path(),
    ) -> None:
        """`never` are the rules and families of which no finding may be waived, `home` is the folder of the waivers."""
        self._waivers = {waiver.fingerprint: waiver for waiver in waivers}
        self._baseline = frozenset(baseline)
        self._never = frozenset(never)
        self._today = today
        self._home = home
        self._met: set[str] = set()
        self._checked: set[str] = set()
        self._refused: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._waivers or self._baseline)

    def sorted(self, report: Report) -> Report:
        """The same report with what is accepted set apart."""
        self._checked.add(seen_from(self._home, report.source.name))
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
            if forbidden(diagnostic, self._never):
                self._refused.add(mark)
            elif not waiver.expired(self._today):
                return f"{waiver.reason} ({waiver.by})"
        return "in the baseline" if mark in self._baseline and not forbidden(diagnostic, self._never) else None

    def remarks(self, runs: Callable[[str, str], bool]) -> list[str]:
        """What is to be said of the waivers after a run: which have expired, are not needed, or do not hold.

        `runs` tells whether a rule runs on a letter: of one that does not, nothing can be said.
        """
        said = []
        for mark, waiver in self._waivers.items():
            if mark in self._refused:
                said.append(f"the waiver of {waiver.what} does not hold: findings of this rule may not be waived")
            elif mark in self._met and waiver.expired(self._today):
                said.append(f"the waiver of {waiver.what} has expired on {waiver.until}")
            elif (
                mark not in self._met
                and waiver.letter in self._checked
                and runs(waiver.rule, str(self._home / waiver.letter))
            ):
                said.append(f"the waiver of {waiver.what} is not needed any more: nothing is found there")
        return said


def forbidden(diagnostic: Diagnostic, never: Collection[str]) -> bool:
    """Whether a finding may not be accepted, as it is one of the rules and families in `never`."""
    return any(each in never for each in ("all", diagnostic.name, diagnostic.code, diagnostic.family))


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
        if (type(value) is not date) if key in ("on", "until") else not isinstance(value, str):
            raise ConfigError(f'{where}: "{key}" must be {"a date" if key in ("on", "until") else "text"}')
    mark = entry["fingerprint"].lower()
    if not _MARK.fullmatch(mark):
        raise ConfigError(f"{where}: a fingerprint has 16 signs, 0 to 9 and a to f; `imrlint waive` finds it by 8")
    return Waiver(**{**entry, "fingerprint": mark})


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
            lines.append(f"{key} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Text as TOML writes it; what no file can hold is written as its code."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007F")


class Entry(NamedTuple):
    """A finding of a baseline. Its letter is named as it is seen from the folder of the baseline."""

    letter: str
    rule: str
    fingerprint: str
    beside: str = ""  # the letter that it was held against, where there was one


def load_baseline(path: Path) -> list[Entry]:
    """The findings of a baseline. Raises ConfigError."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return [Entry(e["letter"], e["rule"], e["fingerprint"], e.get("beside", "")) for e in entries]
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: not a baseline as imrlint writes it") from error


def baseline_of(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    rows = [json.dumps({k: v for k, v in each._asdict().items() if v}) for each in sorted(set(entries))]
    return '{"baseline": 1, "findings": [\n' + ",\n".join(rows) + "\n]}\n"


def seen_from(folder: Path, letter: str) -> str:
    """The name of a letter as it is seen from the folder of the waivers or the baseline, on every system."""
    try:
        place = Path(letter)
        return Path(os.path.relpath(place.parent.resolve() / place.name, folder.resolve())).as_posix()
    except ValueError:  # on Windows, from one drive to another
        return Path(letter).absolute().as_posix()
