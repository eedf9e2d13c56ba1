"""The options of a run: name, help text and default of each, in this one place.

The command line makes its parameters from them: a field is an option of the same name, `time_limit` is
`--time-limit`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from imrlint.engine.findings import Importance, Severity
from imrlint.output import Format
from imrlint.session.outputs import Target
from imrlint.source import encodings
from imrlint.source.paths import STDIN


@dataclass(frozen=True)
class Option:
    """How the command line offers a field. `default_text` describes a default that is decided later."""

    help: str
    metavar: str | None = None
    default_text: str | None = None
    short: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    positional: bool = False
    comma_separated: bool = False


class Engine(Enum):
    """What examines the letters of a large run."""

    PROCESSES = "processes"
    DASK = "dask"


class BadEngine(Exception):
    """An engine that cannot be used. The message says why, in one line."""


@dataclass(frozen=True)
class RunOptions:
    """What a run is to check, and how. None and empty: as the configuration says."""

    paths: Annotated[
        tuple[str, ...],
        Option(
            "Letters, folders of letters, patterns, or - for standard input.",
            default_text="this folder",
            positional=True,
        ),
    ] = (".",)
    select: Annotated[
        tuple[str, ...],
        Option("Only these rules or families. Repeat it for several.", metavar="NAME", comma_separated=True),
    ] = ()
    ignore: Annotated[
        tuple[str, ...], Option("All but these rules or families.", metavar="NAME", comma_separated=True)
    ] = ()
    fail_on: Annotated[
        Severity | None, Option("The least serious finding that makes the check fail.", default_text="warning")
    ] = None
    level: Annotated[Severity | None, Option("Only findings that are at least this serious.", default_text="all")] = (
        None
    )
    importance: Annotated[
        Importance | None, Option("Only findings that are at least this important.", default_text="all")
    ] = None
    output_format: Annotated[Format, Option("How findings are written.")] = Format.TEXT
    output: Annotated[
        tuple[Target, ...],
        Option("Also write a file: sarif=findings.sarif. Repeat it for several.", metavar="FORMAT=FILE"),
    ] = ()
    statistics: Annotated[bool, Option("How often each rule found something, instead of the findings.")] = False
    by_item: Annotated[bool, Option("Below the findings of a letter, count those of each disputed item.")] = False
    marks: Annotated[bool, Option("Show the mark of each finding, which `imrlint waive` takes.")] = False
    waivers: Annotated[bool, Option("Leave out what waivers and the baseline accept, or show it.")] = True
    reader: Annotated[
        bool, Option("Let the trained reader look for wrong words, where it is installed, or leave it out.")
    ] = True
    memory: Annotated[
        Path | None,
        Option(
            "What this house has written before: the file that `imrlint learn` made.",
            metavar="FILE",
            default_text="that of the settings",
        ),
    ] = None
    jobs: Annotated[
        int | None,
        Option(
            "Number of processes.", default_text="one for small runs, else one for each core", minimum=1, maximum=256
        ),
    ] = None
    time_limit: Annotated[
        float | None,
        Option(
            "Seconds for each letter, where there is more than one process.",
            default_text="30; with --ocr 600",
            minimum=0.1,
        ),
    ] = None
    cache: Annotated[
        bool, Option("Keep the findings in .imrlint-cache, and examine only letters that have changed.")
    ] = False
    store: Annotated[
        Path | None,
        Option(
            "Keep this run in the store in this folder, for `imrlint compare` and `imrlint trends`.", metavar="FOLDER"
        ),
    ] = None
    store_excerpts: Annotated[bool, Option("With --store: also keep the words that were found, masked.")] = False
    engine: Annotated[Engine, Option("What examines the letters: processes of this machine, or a Dask cluster.")] = (
        Engine.PROCESSES
    )
    scheduler: Annotated[
        str | None,
        Option(
            "With --engine dask: the address of the scheduler.",
            metavar="ADDRESS",
            default_text="a cluster on this machine",
        ),
    ] = None
    resume: Annotated[bool, Option("Continue an interrupted run that used --cache.")] = False
    excerpts: Annotated[bool, Option("Show words of the letter, or keep them out of the output.")] = True
    quiet: Annotated[bool, Option("Findings only: no summary, no progress.", short="-q")] = False
    config: Annotated[
        Path | None, Option("Use this configuration file instead of the nearest one.", metavar="FILE")
    ] = None
    profile: Annotated[
        str | None,
        Option("Settings for an occasion: draft, release, archive, or one of your own.", metavar="NAME"),
    ] = None
    stdin_filename: Annotated[str | None, Option("The name of the letter from standard input.", metavar="NAME")] = None
    encoding: Annotated[str | None, Option("The encoding of text files, if imrlint guesses wrong.", metavar="NAME")] = (
        None
    )
    ocr: Annotated[
        bool,
        Option(
            "Also read pictures (PNG, JPEG, TIFF), and pages of a PDF that are such. It takes seconds for each page."
        ),
    ] = False
    fix: Annotated[bool, Option("Make the safe fixes, in the letters themselves.")] = False
    suggested: Annotated[bool, Option("With --fix or --diff: also make the suggested fixes.")] = False
    interactive: Annotated[bool, Option("Ask about each fix, one at a time.", short="-i")] = False
    diff: Annotated[bool, Option("Show what --fix would change, and change nothing.")] = False
    track: Annotated[bool, Option("With --fix: make the fixes in Word files as tracked changes.")] = False
    backup: Annotated[bool, Option("Keep the former content of each letter that is changed beside it, as .bak.")] = (
        False
    )
    show_fixes: Annotated[bool, Option("With --fix or --interactive: list what was changed, word by word.")] = False
    watch: Annotated[bool, Option("Keep running, and check letters whenever they are saved. Ctrl-C ends it.")] = False

    @property
    def changes_letters(self) -> bool:
        """Whether the run makes fixes in the letters themselves."""
        return self.fix or self.interactive

    @property
    def seconds_per_letter(self) -> float:
        """The time limit. Without OCR, a letter takes some hundredths of a second."""
        return self.time_limit or (600.0 if self.ocr else 30.0)

    @property
    def handles_fixes(self) -> bool:
        """Whether the run makes fixes, or shows what they would change."""
        return self.changes_letters or self.diff

    def find_conflict(self) -> str | None:
        """Why these options cannot be used together, in one line; None where they can."""
        for_people = self.output_format in (Format.TEXT, Format.CONCISE)
        from_stdin = STDIN in self.paths
        conflicts = (
            (
                self.encoding is not None and not encodings.is_known(self.encoding),
                f'no encoding is called "{self.encoding}"',
            ),
            (
                (self.level or self.importance) is not None and (self.fix or self.diff),
                "--level and --importance select findings, and cannot be used with --fix or --diff",
            ),
            (self.store_excerpts and not self.store, "--store-excerpts needs --store"),
            (
                self.store_excerpts and not self.excerpts,
                "--store-excerpts keeps words of the letters, which --no-excerpts forbids",
            ),
            (
                self.store is not None and (self.handles_fixes or self.watch),
                "--store keeps what is found, and cannot be used with --fix, --interactive, --diff or --watch",
            ),
            (self.scheduler is not None and self.engine is not Engine.DASK, "--scheduler needs --engine dask"),
            (
                self.engine is Engine.DASK and (self.handles_fixes or from_stdin),
                "--engine dask needs files, and cannot be used with --fix, --interactive or --diff",
            ),
            (self.suggested and not (self.fix or self.diff), "--suggested needs --fix or --diff"),
            (self.track and not self.changes_letters, "--track needs --fix or --interactive"),
            (self.backup and not self.changes_letters, "--backup needs --fix or --interactive"),
            (self.show_fixes and not self.changes_letters, "--show-fixes needs --fix or --interactive"),
            (self.show_fixes and not for_people, "--show-fixes needs the format text or concise"),
            (
                self.show_fixes and not self.excerpts,
                "--show-fixes shows words of the letters, which --no-excerpts forbids",
            ),
            (self.interactive and (self.fix or self.diff), "--interactive cannot be used with --fix or --diff"),
            (self.interactive and self.output_format is not Format.TEXT, "--interactive needs the format text"),
            (self.interactive and from_stdin, "--interactive needs files: standard input is for your answers"),
            (
                self.statistics and self.output_format is not Format.TEXT,
                "--statistics cannot be used with --output-format",
            ),
            (self.by_item and self.output_format is not Format.TEXT, "--by-item needs the format text"),
            (
                self.by_item and (self.statistics or self.diff),
                "--by-item cannot be used with --statistics or --diff, which show no findings",
            ),
            (self.marks and not for_people, "--marks needs the format text or concise"),
            (self.diff and bool(self.output or self.statistics), "--diff shows fixes, not findings"),
            (self.diff and not self.excerpts, "--diff shows words of the letters, which --no-excerpts forbids"),
            (
                self.watch and (self.interactive or self.diff or from_stdin),
                "--watch needs files or folders, and cannot be used with --interactive or --diff",
            ),
        )
        return next((reason for conflicts_here, reason in conflicts if conflicts_here), None)


@dataclass(frozen=True)
class OptionField:
    """A field of RunOptions: its type without None, its default, and how the command line offers it."""

    name: str
    type: Any
    default: Any
    option: Option

    @property
    def is_tuple(self) -> bool:
        return get_origin(self.type) is tuple

    @property
    def names(self) -> tuple[str, ...]:
        """The option's long names. One that is on by default has a second name, which turns it off."""
        name = f"--{self.name.replace('_', '-')}"
        return (name, f"--no-{name.removeprefix('--')}") if self.default is True else (name,)


@cache
def option_fields() -> dict[str, OptionField]:
    """The fields of RunOptions by their names, in order."""
    hints = get_type_hints(RunOptions, include_extras=True)
    found = {}
    for field in fields(RunOptions):
        annotated, option = get_args(hints[field.name])
        types = [each for each in get_args(annotated) if each is not type(None)]
        is_optional = len(types) < len(get_args(annotated))
        found[field.name] = OptionField(field.name, types[0] if is_optional else annotated, field.default, option)
    return found


def split_names(values: Iterable[str] | None) -> tuple[str, ...]:
    """The names in values that may be lists with commas."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
