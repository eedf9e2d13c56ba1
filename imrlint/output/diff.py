"""The output of `--diff`: what fixes change in a letter, as a unified diff of its text."""

from __future__ import annotations

from difflib import unified_diff
from typing import TextIO

from imrlint.engine.report import Report


def write_diff(before: Report, after: Report, out: TextIO) -> None:
    """Write the difference between the text of a letter before and after its fixes; nothing if there is none."""
    old, new = (report.printable.text.replace("\f", "").splitlines() for report in (before, after))
    name = before.source.name
    for line in unified_diff(old, new, name, f"{name}, fixed", lineterm=""):
        out.write(line + "\n")
