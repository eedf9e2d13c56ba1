"""Waivers: findings that people accepted one by one, each with a reason, in `imrlint-waivers.toml`.

A waiver names its finding by the fingerprint, which stays the same when other parts of the letter change or
its file is moved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from imrlint import revision
from imrlint.settings.config import ConfigError

FILE_NAME = "imrlint-waivers.toml"
_KEYS = ("fingerprint", "rule", "letter", "reason", "by", "on", "until")
_REQUIRED = ("fingerprint", "reason", "by")
_DATES = ("on", "until")
_FILE_HEADER = b"# Findings that are right as they are, each with the reason.\n"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Waiver:
    """One accepted finding.

    `rule` and `letter` (relative to the file of waivers) describe it to people. `on` is the day on which the
    waiver was given, `until` the last day on which it is valid.
    """

    fingerprint: str
    reason: str
    by: str
    rule: str = ""
    letter: str = ""
    on: date | None = None
    until: date | None = None

    def has_expired(self, today: date) -> bool:
        """Whether the last day of the waiver is past."""
        return self.until is not None and today > self.until

    @property
    def description(self) -> str:
        """The finding in words: its rule and letter as far as they are known, else its fingerprint."""
        return ", ".join(part for part in (self.rule, self.letter) if part) or self.fingerprint


def read_waivers(path: Path) -> list[Waiver]:
    """The waivers in a file, in its order. Raises ConfigError."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    entries = content.pop("waiver", [])
    if content or not isinstance(entries, list):
        raise ConfigError(f"{path}: contains something other than [[waiver]] tables")
    return [_read_waiver(entry, number, path) for number, entry in enumerate(entries, 1)]


def _read_waiver(entry: Any, number: int, path: Path) -> Waiver:
    where = f"{path}: waiver {number}"
    if not isinstance(entry, dict):
        raise ConfigError(f"{where}: not a table")
    for key in _REQUIRED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ConfigError(f'{where}: needs a "{key}"')
    for key, value in entry.items():
        if key not in _KEYS:
            raise ConfigError(f'{where}: unknown key "{key}"; the keys are {", ".join(_KEYS)}')
        if (type(value) is not date) if key in _DATES else not isinstance(value, str):
            raise ConfigError(f'{where}: "{key}" must be {"a date" if key in _DATES else "text"}')
    fingerprint = entry["fingerprint"].lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ConfigError(
            f"{where}: a fingerprint has 16 characters, 0 to 9 and a to f; to `imrlint waive`, give the first 8"
        )
    return Waiver(**{**entry, "fingerprint": fingerprint})


def add_waivers(path: Path, added: Iterable[Waiver]) -> None:
    """Append waivers to a file, with its line ends, or to a new one. Raises Unreadable."""
    content = path.read_bytes() if path.exists() else None
    text = (content or _FILE_HEADER).decode("utf-8")
    new = ("" if text.endswith("\n") else "\n") + format_waivers(added)
    text += new.replace("\n", "\r\n") if "\r\n" in text else new
    revision.write_file(path, text.encode("utf-8"), content)


def format_waivers(waivers: Iterable[Waiver]) -> str:
    """Waivers as TOML, to be appended to a file."""
    return "".join(_format_waiver(waiver) for waiver in waivers)


def _format_waiver(waiver: Waiver) -> str:
    lines = ["", "[[waiver]]"]
    for key in _KEYS:
        value = getattr(waiver, key)
        if isinstance(value, date):
            lines.append(f"{key} = {value.isoformat()}")
        elif value:
            lines.append(f"{key} = {_quote(value)}")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    """Text as a TOML string. Surrogates, which UTF-8 cannot encode, are written as escapes."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007F")
