"""The baseline: findings that were accepted all together on one day, in `imrlint-baseline.json`.

It is written and read by programs. Findings are named by their fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from imrlint.settings.config import ConfigError

FILE_NAME = "imrlint-baseline.json"


class BaselineEntry(NamedTuple):
    """A finding of a baseline. The names of letters are relative to the folder of the baseline."""

    letter: str
    rule: str
    fingerprint: str
    beside: str = ""  # the letter that it was compared with, where there was one


def read_baseline(path: Path) -> list[BaselineEntry]:
    """The findings of a baseline. Raises ConfigError."""
    import json  # few runs have a baseline

    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return [BaselineEntry(e["letter"], e["rule"], e["fingerprint"], e.get("beside", "")) for e in entries]
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: not a baseline written by imrlint") from error


def format_baseline(entries: Iterable[BaselineEntry]) -> str:
    """The text of a baseline, sorted and without duplicates."""
    import json

    rows = [json.dumps({k: v for k, v in each._asdict().items() if v}) for each in sorted(set(entries))]
    return '{"baseline": 1, "findings": [\n' + ",\n".join(rows) + "\n]}\n"
