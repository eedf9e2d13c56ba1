"""A run over letters: each is read, checked and reported; what cannot be read is named."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from imrlint import config, linter, parser, source
from imrlint.batch import Batch
from imrlint.config import Config, ConfigError
from imrlint.findings import Severity
from imrlint.linter import Charge
from imrlint.model import Letter
from imrlint.report import Report
from imrlint.source import Unreadable, paths
from imrlint.text import Source

if TYPE_CHECKING:
    from imrlint.interview import Interview

STDIN = "-"
_MANY = 25  # letters; a shorter run is over before a progress bar is read


class Format(Enum):
    """How findings are written."""

    TEXT = "text"
    JSONL = "jsonl"


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
    output_format: Format = Format.TEXT
    excerpts: bool = True
    quiet: bool = False
    stdin_filename: str | None = None
    encoding: str | None = None
    fix: bool = False
    suggested: bool = False
    interactive: bool = False
    diff: bool = False
    track: bool = False

    @property
    def mends(self) -> bool:
        """Whether letters are fixed, or shown as they would be."""
        return self.fix or self.interactive or self.diff


def check(order: Order) -> int:
    """Lint letters; findings go to standard output, everything else to standard error."""
    return _Run(order, sys.stdout, sys.stderr).check()


def read(path: str, stdin_filename: str | None = None, encoding: str | None = None) -> Source:
    """One letter, "-" for standard input. Raises Unreadable."""
    content, name = content_of(path, stdin_filename)
    return source.decoded(content, name, encoding)


def content_of(path: str, stdin_filename: str | None = None) -> tuple[bytes, str]:
    """The bytes of a letter, and what it is called; "-" for standard input. Raises Unreadable."""
    if path != STDIN:
        return source.content_of(Path(path)), path
    name = stdin_filename or "<stdin>"
    if sys.stdin is None:
        raise Unreadable(name, "standard input is closed")
    return sys.stdin.buffer.read(source.LARGEST_FILE + 1), name


class _Run:
    """What a run has seen so far."""

    def __init__(self, order: Order, out: TextIO, err: TextIO) -> None:
        self.order = order
        self.out = out
        self.err = err
        self.letters = 0
        self.unchecked = 0
        self.fixed = 0
        self.talk: Interview | None = None
        self.counts: Counter[Severity] = Counter()
        self.failed = False
        self.complaints: set[str] = set()
        self.given: Config | None = None
        self.batch = Batch()
        self.kept: dict[str, Source] = {}  # what standard input held, by name: it cannot be read again
        self.plans: dict[Path, tuple[Config, tuple[Charge, ...]]] = {}

    def check(self) -> int:
        try:  # a mistake on the command line is told before any letter is read
            self.given = self.configured()
            self.chosen(self.given or Config())
        except ConfigError as error:
            self.complain(str(error))
            return Exit.TROUBLE
        with self.progress(list(self.places())) as places:
            for place in places:
                self.letter(place)
        self.compared()
        if self.letters and self.order.output_format is Format.TEXT and not (self.order.quiet or self.order.diff):
            from imrlint.output import text

            self.err.write(text.summary(self.letters, self.counts, self.unchecked, self.fixed) + "\n")
        if self.complaints:
            return Exit.TROUBLE
        return Exit.FINDINGS if self.failed else Exit.CLEAN

    def places(self) -> Iterator[str | Path | Unreadable]:
        for path in self.order.paths:
            if path == STDIN:
                yield path
            else:
                yield from paths.expand([path])

    def letter(self, place: str | Path | Unreadable) -> None:
        """Lint one letter, fix it where that is asked for, and write what was found."""
        try:
            if isinstance(place, Unreadable):
                raise place
            content, name = content_of(str(place), self.order.stdin_filename)
            chosen, charges = self.plan((Path(name).parent if name != "<stdin>" else Path.cwd()).absolute())
            if self.order.mends:
                letter, report = self.mended(place, content, name, charges)
            else:
                letter = parser.parse(source.decoded(content, name, self.order.encoding))
                report = linter.lint(letter, charges)
        except (Unreadable, ConfigError) as error:
            self.unchecked += 1
            self.complain(str(error))
            return
        if place == STDIN:
            self.kept[name] = letter.source
        for part in letter.source.unread:
            self.complain(f"{name}: {part}")
        self.letters += 1
        if not self.order.diff:
            self.batch.add(letter, charges)
            self.told(report, chosen)

    def mended(
        self, place: str | Path, content: bytes, name: str, charges: tuple[Charge, ...]
    ) -> tuple[Letter, Report]:
        """A letter with its fixes made, in its file or only shown. Raises Unreadable."""
        from imrlint import fixer, revision
        from imrlint.output import diff

        if place == STDIN and not self.order.diff:
            raise Unreadable(name, "standard input cannot be changed; --diff shows the fixes")
        choice = (
            self.interview().choice if self.order.interactive else fixer.every if self.order.suggested else fixer.safe
        )
        track = datetime.now(UTC) if self.order.track else None
        result = fixer.fixed(content, name, charges, choice, encoding=self.order.encoding, track=track)
        if result.refused:
            self.tell(f"{name}: not fixed: {result.refused}")
        for why, times in Counter(why for _, why in result.undone).items():
            self.tell(f"{name}: {times} {'fix' if times == 1 else 'fixes'} left out: {why}")
        if self.order.diff:
            self.failed |= bool(result.done)
            diff.render(result.before, result.after, self.out)
        elif result.done:
            try:
                revision.write(Path(place), result.content, content)
            except Unreadable as error:
                self.complain(str(error))
                return parser.parse(result.before.source), result.before
            self.fixed += len(result.done)
        return result.letter, result.after

    def interview(self) -> Interview:
        """The conversation with the user, which goes on from letter to letter."""
        from imrlint.interview import Interview

        if self.talk is None:
            self.talk = Interview(self.out, sys.stdin, colour=self.colour)
        return self.talk

    def compared(self) -> None:
        """Hold the letters against one another, and write what was found."""
        for report in self.batch.reports(self.again):
            chosen, _ = self.plan(Path(report.source.name).parent.absolute())
            self.told(report, chosen)
        for name, crash in self.batch.crashes:
            self.complain(f"{name}: the rule {crash.rule} failed ({crash.error!r}); please report it")

    def again(self, name: str) -> Letter | None:
        """A letter of this run, read a second time."""
        try:
            return parser.parse(self.kept[name] if name in self.kept else read(name, encoding=self.order.encoding))
        except Unreadable as error:
            self.complain(str(error))
            return None

    def told(self, report: Report, chosen: Config) -> None:
        """Count and write what was found in a letter."""
        self.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
        self.failed |= any(True for _ in report.at_least(chosen.fail_on))
        for crash in report.crashes:
            why = f"{type(crash.error).__name__}: {crash.error}"
            self.complain(f"{report.source.name}: the rule {crash.rule} failed ({why}); please report it")
        self.write(report)

    def plan(self, folder: Path) -> tuple[Config, tuple[Charge, ...]]:
        """The configuration for letters in a folder, and the rules to run. Raises ConfigError."""
        if folder not in self.plans:
            chosen = self.chosen(self.given or config.nearest(folder))
            self.plans[folder] = chosen, chosen.charges()
        return self.plans[folder]

    def chosen(self, found: Config) -> Config:
        """A configuration with what the command line asks for on top. Raises ConfigError."""
        return found.with_choice(self.order.select, self.order.ignore, self.order.fail_on)

    def configured(self) -> Config | None:
        """The configuration in the file that the command line names. Raises ConfigError."""
        return config.named(self.order.config) if self.order.config else None

    def write(self, report: Report) -> None:
        if self.order.output_format is Format.JSONL:
            from imrlint.output import jsonl

            jsonl.render(report, self.out, excerpts=self.order.excerpts)
        elif not self.order.quiet or report.diagnostics:
            from imrlint.output import text

            text.render(report, self.out, excerpts=self.order.excerpts, colour=self.colour)

    @property
    def colour(self) -> bool:
        return self.out.isatty() and "NO_COLOR" not in os.environ

    def tell(self, message: str) -> None:
        """Tell, in one line, what the user should know and need not mend."""
        self.err.write(f"imrlint: {' '.join(message.split())}\n")

    def complain(self, message: str) -> None:
        """Tell, in one line and once, what is not about the words of a letter."""
        line = " ".join(message.split())
        if line not in self.complaints:
            self.complaints.add(line)
            self.err.write(f"imrlint: {line}\n")

    @contextmanager
    def progress(self, places: list[str | Path | Unreadable]) -> Iterator[Iterable[str | Path | Unreadable]]:
        """The letters, with a bar on a terminal when they are many and findings go elsewhere."""
        if len(places) < _MANY or self.order.quiet or not self.err.isatty() or self.out.isatty():
            yield places
            return
        import typer

        with typer.progressbar(places, label="letters", file=self.err) as bar:
            yield bar
