"""The text of `imrlint config`: the settings of a letter, and where each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from imrlint.settings.config import ConfigError
from imrlint.settings.files import SettingsReader


def describe_settings(letter: Path, file: Path | None, profile: str | None) -> str:
    """The settings for a letter, or for the letters in a folder, as TOML with comments. Raises ConfigError.

    They come from `file`, or from the file nearest to the letter.
    """
    if not letter.exists():
        raise ConfigError(f"{letter}: no such file or folder")
    place = letter / "letter" if letter.is_dir() else letter
    reader = SettingsReader()
    settings = reader.read_file(file) if file else reader.read_nearest(place.parent.absolute())
    config = settings.config(place, profile)
    lines = [f"# settings for {'letters in ' if letter.is_dir() else ''}{letter}; each part overrides those above it"]
    for layer in settings.layers(place, profile):
        lines += ["", f"# {layer.origin}", *(_format_table(layer.content) if layer.content else ["# no settings"])]
    count = len(config.active_rules())
    summary = f"# {count} {'rule runs' if count == 1 else 'rules run'}"
    lines += ["", f"{summary}; a finding of severity {config.fail_on.word} or higher fails the check"]
    return "\n".join(lines) + "\n"


def _format_table(content: Mapping[str, Any]) -> Iterator[str]:
    tables = [(key, value) for key, value in content.items() if isinstance(value, dict)]
    for key, value in content.items():
        if not isinstance(value, dict):
            yield f"{key} = {_format_value(value)}"
    for key, table in tables:
        flat = {name: value for name, value in table.items() if not isinstance(value, dict)}
        if flat:
            yield f"[{key}]"
            yield from (f"{name} = {_format_value(value)}" for name, value in flat.items())
        for name, inner in table.items():
            if isinstance(inner, dict):
                yield f"[{key}.{_format_key(name)}]"
                yield from (f"{_format_key(option)} = {_format_value(value)}" for option, value in inner.items())


def _format_key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _format_value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
