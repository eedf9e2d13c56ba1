"""What is asked of a run, and what it says to the shell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imrlint.findings import Severity
from imrlint.output import Format
from imrlint.outputs import Target

STDIN = "-"
SECONDS = 30.0  # that a letter may take beside others; it takes some hundredths of one


class Exit:
    """What a run says to the shell."""

    CLEAN = 0  # nothing at or above the level that fails
    FINDINGS = 1
    TROUBLE = 2  # something could not be read or run


@dataclass(frozen=True)
class Order:
    """What is asked of a run. None and empty: as the configuration says."""

    paths: tuple[str, ...] = (".",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    config: Path | None = None
    profile: str | None = None
    output_format: Format | None = Format.TEXT
    targets: tuple[Target, ...] = ()
    statistics: bool = False
    excerpts: bool = True
    marks: bool = False
    quiet: bool = False
    stdin_filename: str | None = None
    encoding: str | None = None
    fix: bool = False
    suggested: bool = False
    interactive: bool = False
    diff: bool = False
    track: bool = False
    waive: bool = True
    jobs: int | None = None
    seconds: float = SECONDS
    cache: bool = False
    resume: bool = False

    @property
    def mends(self) -> bool:
        """Whether letters are fixed, or shown as they would be."""
        return self.fix or self.interactive or self.diff
