"""Waivers: findings that people accepted one by one, each with a reason, in `imrlint-waivers.toml`.

A waiver names its finding by the fingerprint, which stays the same when other parts of the letter change or
its file is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from imrlint.settings.config import ConfigError

FILE_NAME = "imrlint-waivers.toml"
HEADER = "# Findings that are right as they are, each with the reason.\n"
_KEYS = ("fingerprint", "rule", "letter", "reason", "by", "on", "until")
_REQUIRED = ("fingerprint", "reason", "by")
_DATES = ("on", "until")
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


def format_waivers(waivers: Iterable[Waiver]) -> str:
    """Waivers as TOML, to be appended to a file."""
    return "".join(_format_waiver(waiver) for waiver in waivers)


def append_waivers(path: Path, waivers: Iterable[Waiver]) -> None:
    """Add waivers to a file, which may be new, with the line ends of the file. Raises Unreadable."""
    from imrlint.revision import write_file  # most runs write no waivers

    content = path.read_bytes() if path.exists() else None
    text = (HEADER.encode() if content is None else content).decode("utf-8")
    added = ("" if text.endswith("\n") else "\n") + format_waivers(waivers)
    text += added.replace("\n", "\r\n") if "\r\n" in text else added
    write_file(path, text.encode("utf-8"), content)


def remove_waiver(path: Path, fingerprint: str) -> None:
    """Take the waivers with this fingerprint out of a file, and leave all else as it is.

    Raises ConfigError where the file cannot be read or has none, Unreadable where it cannot be written.
    """
    import tomlkit

    from imrlint.revision import write_file

    if all(waiver.fingerprint != fingerprint for waiver in read_waivers(path)):
        raise ConfigError(f"{path}: has no waiver of this finding")
    content = path.read_bytes()
    document = tomlkit.parse(content.decode("utf-8-sig"))
    entries: Any = document["waiver"]
    for number in reversed(range(len(entries))):
        if entries[number]["fingerprint"].lower() == fingerprint:
            del entries[number]
    if not entries:
        del document["waiver"]
    write_file(path, tomlkit.dumps(document).encode("utf-8"), content)


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
    import json  # only for waivers that are written

    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007F")
