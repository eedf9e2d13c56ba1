"""A run over letters: each is read, checked and reported; what cannot be read is named."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from imrlint import batch, config, parser, source, waivers
from imrlint.batch import Batch
from imrlint.config import Config, ConfigError
from imrlint.examination import Examined, Examiner, Terms
from imrlint.findings import Severity
from imrlint.linter import Charge
from imrlint.model import Letter
from imrlint.output import Format, Outcome, Setting
from imrlint.outputs import CannotWrite, Outputs, Target, rulebook
from imrlint.report import Report
from imrlint.source import Unreadable, paths
from imrlint.text import Source

if TYPE_CHECKING:
    from imrlint.interview import Interview

STDIN = "-"
_MANY = 25  # letters; a shorter run is over before a progress bar is read
_WORTH_A_CREW = 100  # letters; a shorter run is over before other processes have started
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

    @property
    def mends(self) -> bool:
        """Whether letters are fixed, or shown as they would be."""
        return self.fix or self.interactive or self.diff


def check(order: Order) -> int:
    """Lint letters; findings go to standard output, everything else to standard error."""
    return _Run(order, sys.stdout, sys.stderr).check()


def found(order: Order, err: TextIO) -> tuple[list[Report], bool]:
    """The reports of a run that writes nothing, and whether every letter could be checked."""
    run = _Run(order, sys.stdout, err, keep=True)
    run.check()
    return run.reports, not run.complaints


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

    def __init__(self, order: Order, out: TextIO, err: TextIO, *, keep: bool = False) -> None:
        self.order = order
        self.out = out
        self.err = err
        self.outcome = Outcome()
        self.failed = False
        self.complaints: set[str] = set()
        self.batch = Batch()
        self.kept: dict[str, Source] = {}  # what standard input held, by name: it cannot be read again
        self.talk: Interview | None = None
        self.keep = keep
        self.reports: list[Report] = []

    def check(self) -> int:
        try:  # a mistake on the command line is told before any letter is read
            self.examiner = Examiner(self.terms())
            chosen = self.here()
            self.acceptance = self.accepted(chosen)
            self.outputs = self.opened(chosen)
        except (ConfigError, CannotWrite) as error:
            self.complain(str(error))
            return Exit.TROUBLE
        try:
            self.letters(list(self.places()))
            self.compared()
            for remark in (*self.acceptance.remarks(), *self.outputs.close(self.outcome)):
                self.tell(remark)
        except CannotWrite as error:
            self.complain(str(error))
        finally:
            self.outputs.abandon()
        quiet = self.order.quiet or self.order.diff or self.keep
        if self.outcome.letters and self.order.output_format in (Format.TEXT, Format.CONCISE) and not quiet:
            from imrlint.output import text

            self.err.write(text.summary(self.outcome) + "\n")
        if self.complaints:
            return Exit.TROUBLE
        return Exit.FINDINGS if self.failed else Exit.CLEAN

    # ---- Before the first letter

    def terms(self) -> Terms:
        """How letters are examined. Raises ConfigError."""
        order = self.order
        given = config.named(order.config) if order.config else None
        (given or Config()).with_choice(order.select, order.ignore, order.fail_on)
        return Terms(order.select, order.ignore, order.fail_on, given, order.encoding)

    def here(self) -> Config:
        """What holds for the run as a whole: the configuration of this folder, the defaults where it is broken.

        Then each letter that it is for says so.
        """
        try:
            return self.examiner.plan(Path.cwd())[0]
        except ConfigError:
            return Config().with_choice(self.order.select, self.order.ignore, self.order.fail_on)

    def accepted(self, chosen: Config) -> waivers.Acceptance:
        """What waivers and a baseline accept, those nearest to this folder. Raises ConfigError."""
        here, today = Path.cwd(), date.today()
        waived = waivers.nearest(here, waivers.WAIVERS) if self.order.waive else None
        baseline = waivers.nearest(here, waivers.BASELINE) if self.order.waive else None
        return waivers.Acceptance(
            waivers.load(waived) if waived else (),
            waivers.load_baseline(baseline) if baseline else (),
            chosen.never_waive,
            today,
        )

    def opened(self, chosen: Config) -> Outputs:
        """Where findings go. Raises CannotWrite."""
        from imrlint import __version__

        order = self.order
        setting = Setting(
            version=__version__,
            began=datetime.now(UTC),
            excerpts=order.excerpts,
            colour=self.colour,
            marks=order.marks,
            fail_on=chosen.fail_on,
            rules=rulebook,
        )
        shown = None if order.diff or self.keep else order.output_format
        return Outputs(self.out, shown, order.targets, setting, statistics=order.statistics)

    def places(self) -> Iterator[str | Path | Unreadable]:
        for path in self.order.paths:
            if path == STDIN:
                yield path
            else:
                yield from paths.expand([path])

    # ---- The letters

    def letters(self, places: Sequence[str | Path | Unreadable]) -> None:
        """Examine every letter, in order, and write what was found."""
        jobs = self.jobs(places)
        with self.progress(places) as told:
            if jobs > 1:
                for examined in self.beside(places, jobs, told):
                    self.take(examined)
            else:
                for place in told(places):
                    self.letter(place)

    def jobs(self, places: Sequence[str | Path | Unreadable]) -> int:
        """How many processes the letters are worth."""
        if self.order.mends or STDIN in places:
            return 1
        if self.order.jobs is not None:
            return self.order.jobs
        return (os.cpu_count() or 1) if len(places) >= _WORTH_A_CREW else 1

    def beside(
        self, places: Sequence[str | Path | Unreadable], jobs: int, told: Callable[[Iterable[Any]], Iterable[Any]]
    ) -> Iterator[Examined]:
        """The letters as several processes examine them, with what has no letter in its place."""
        from imrlint.crew import Crew

        crew = Crew(self.examiner.terms, jobs, self.order.seconds)
        refused: dict[int, Unreadable] = {n: place for n, place in enumerate(places) if isinstance(place, Unreadable)}
        files = (str(place) for place in places if not isinstance(place, Unreadable))
        try:
            answers = crew.examined(files)
            for number, _ in enumerate(told(places)):
                if number in refused:
                    yield Examined(refused[number].name, trouble=refused[number].reason)
                else:
                    yield next(answers)
        finally:
            crew.close()

    def letter(self, place: str | Path | Unreadable) -> None:
        """Examine one letter here, fix it where that is asked for, and write what was found."""
        name = str(place)
        try:
            if isinstance(place, Unreadable):
                raise place
            content, name = content_of(name, self.order.stdin_filename)
            if self.order.mends:
                _, charges = self.examiner.plan_for(name)
                letter, report = self.mended(place, content, name, charges)
                examined = Examined(name, report, *batch.gathered(letter, charges))
            else:
                examined = self.examiner.examine(content, name)
        except Unreadable as error:
            examined = Examined(error.name, trouble=error.reason)
        except ConfigError as error:
            self.outcome.unchecked.append((name, str(error)))
            self.complain(str(error))
            return
        if place == STDIN and examined.report is not None:
            self.kept[name] = examined.report.source
        self.take(examined)

    def take(self, examined: Examined) -> None:
        """Count and write what became of a letter."""
        report, name = examined.report, examined.name
        if report is None:
            self.outcome.unchecked.append((name, examined.trouble))
            self.complain(f"{name}: {examined.trouble}")
            return
        for part in report.source.unread:
            self.complain(f"{name}: {part}")
        chosen, charges = self.examiner.plan_for(name)
        self.outcome.letters += 1
        for crash in examined.crashes:
            self.complain(f"{name}: the rule {crash.rule} failed ({crash.error!r}); please report it")
        if not self.order.diff:
            self.batch.add(name, examined.clues, charges)
            self.told(report, chosen)

    def compared(self) -> None:
        """Hold the letters against one another, and write what was found."""
        for report in self.batch.reports(self.again):
            chosen, _ = self.examiner.plan_for(report.source.name)
            self.told(report, chosen)

    def again(self, name: str) -> Letter | None:
        """A letter of this run, read a second time."""
        try:
            kept = self.kept.get(name)
            return parser.parse(kept or read(name, encoding=self.order.encoding))
        except Unreadable as error:
            self.complain(str(error))
            return None

    def told(self, report: Report, chosen: Config) -> None:
        """Count and write what was found in a letter."""
        report = self.acceptance.sorted(report) if self.acceptance else report
        self.outcome.accepted += len(report.accepted)
        self.outcome.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
        self.outcome.rules.update((diagnostic.name, diagnostic.severity) for diagnostic in report.diagnostics)
        self.failed |= any(True for _ in report.at_least(chosen.fail_on))
        for crash in report.crashes:
            why = f"{type(crash.error).__name__}: {crash.error}"
            self.complain(f"{report.source.name}: the rule {crash.rule} failed ({why}); please report it")
        self.outputs.letter(report)
        if self.keep:
            self.reports.append(report)

    # ---- Fixing

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
            self.outcome.fixed += len(result.done)
        return result.letter, result.after

    def interview(self) -> Interview:
        """The conversation with the user, which goes on from letter to letter."""
        from imrlint.interview import Interview

        if self.talk is None:
            self.talk = Interview(self.out, sys.stdin, colour=self.colour)
        return self.talk

    # ---- Telling the user

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
    def progress(self, places: Sequence[object]) -> Iterator[Callable[[Iterable[Any]], Iterable[Any]]]:
        """What letters are taken through: a bar on a terminal, when they are many and findings go elsewhere."""
        if len(places) < _MANY or self.order.quiet or not self.err.isatty() or self.out.isatty():
            yield lambda items: items
            return
        import typer

        with typer.progressbar(length=len(places), label="letters", file=self.err, show_pos=True) as bar:

            def through(items: Iterable[Any]) -> Iterator[Any]:
                for item in items:
                    yield item
                    bar.update(1)

            yield through
