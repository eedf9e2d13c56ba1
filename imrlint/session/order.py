"""What is asked of a run, and what it says to the shell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from imrlint.engine.findings import Severity
from imrlint.output import Format
from imrlint.session.outputs import Target
from imrlint.source.paths import STDIN

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

    def clash(self) -> str | None:
        """What of this order does not go together, in one line; None where all does."""
        for_people = self.output_format in (Format.TEXT, Format.CONCISE)
        clashes = (
            (self.suggested and not (self.fix or self.diff), "--suggested goes with --fix or --diff"),
            (self.track and not (self.fix or self.interactive), "--track goes with --fix or --interactive"),
            (self.interactive and (self.fix or self.diff), "--interactive goes without --fix and --diff"),
            (self.interactive and self.output_format is not Format.TEXT, "--interactive goes with text only"),
            (self.interactive and STDIN in self.paths, "--interactive goes with files: standard input is for answers"),
            (self.statistics and self.output_format is not Format.TEXT, "--statistics goes without --output-format"),
            (self.marks and not for_people, "--marks goes with text and concise"),
            (self.diff and bool(self.targets or self.statistics), "--diff shows fixes and no findings"),
            (self.diff and not self.excerpts, "--diff shows words of the letters, --no-excerpts forbids it"),
        )
        return next((why for wrong, why in clashes if wrong), None)

    @property
    def mends(self) -> bool:
        """Whether letters are fixed, or shown as they would be."""
        return self.fix or self.interactive or self.diff
