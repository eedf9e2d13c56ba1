"""What `imrlint config` prints: the settings of a letter, and where each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from imrlint.settings import files
from imrlint.settings.config import ConfigError


def shown(letter: Path, file: Path | None, profile: str | None) -> str:
    """The settings for a letter, or for letters in a folder, as TOML with comments. Raises ConfigError."""
    if not letter.exists():
        raise ConfigError(f"{letter}: no such file or folder")
    place = letter / "letter" if letter.is_dir() else letter
    found = files.named(file) if file else files.nearest(place.parent.absolute())
    chosen = found.config(place, profile)
    lines = [f"# for {'letters in ' if letter.is_dir() else ''}{letter}, the weakest first"]
    for origin, layer in found.layers(place, profile):
        lines += ["", f"# {origin}", *(_lines(layer) if layer else ["# nothing of its own"])]
    by_name = {active.rule.name(): active for active in chosen.active_rules()}
    lines += ["", f"# so {len(by_name)} rules run; findings fail the check at {chosen.fail_on.word} and above"]
    return "\n".join(lines) + "\n"


def _lines(layer: Mapping[str, Any]) -> Iterator[str]:
    tables = [(key, value) for key, value in layer.items() if isinstance(value, dict)]
    for key, value in layer.items():
        if not isinstance(value, dict):
            yield f"{key} = {_value(value)}"
    for key, table in tables:
        flat = {name: value for name, value in table.items() if not isinstance(value, dict)}
        if flat:
            yield f"[{key}]"
            yield from (f"{name} = {_value(value)}" for name, value in flat.items())
        for name, inner in table.items():
            if isinstance(inner, dict):
                yield f"[{key}.{_key(name)}]"
                yield from (f"{_key(option)} = {_value(value)}" for option, value in inner.items())


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
