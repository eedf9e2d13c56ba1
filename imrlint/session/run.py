"""A run over letters: each is read, checked and reported; what cannot be read is named."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from imrlint import source
from imrlint.document.text import Source
from imrlint.engine import batch, fingerprints
from imrlint.engine.batch import Batch, Member, Signed
from imrlint.engine.clues import NotKept
from imrlint.engine.report import Report
from imrlint.engine.rule import BatchRule
from imrlint.engine.ruleset import BadRules
from imrlint.output import Format, Outcome
from imrlint.reading import Reading
from imrlint.session.examination import Examined
from imrlint.session.order import Exit, Order
from imrlint.session.outputs import CannotWrite
from imrlint.session.preparation import Place, prepared
from imrlint.settings.config import Config, ConfigError
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN

if TYPE_CHECKING:
    from imrlint.session.fix_run import FixRun
    from imrlint.session.workers import WorkerPool

_MANY = 25  # letters; a shorter run is over before a progress bar is read
_STRIDE = 512  # letters that are looked up in the cache before those that are not in it are examined
_WORTH_A_POOL = 100  # letters; a shorter run is over before other processes have started


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
        self.kept: dict[str, bytes] = {}  # what standard input held, by name: it cannot be read again
        self.mender: FixRun | None = None
        self.jobs = 1
        self.pool: WorkerPool | None = None
        self.keep = keep
        self.reports: list[Report] = []

    def check(self) -> int:
        try:  # a mistake on the command line is told before any letter is read
            ready = prepared(self.order, self.out, colour=self.colour, shows=not self.keep)
        except (BadRules, ConfigError, CannotWrite) as error:
            self.complain(str(error))
            return Exit.TROUBLE
        self.examiner, self.acceptance = ready.examiner, ready.acceptance
        self.cache, self.outputs = ready.cache, ready.outputs
        try:
            with redirect_stdout(self.err):  # what a rule prints is no report
                self.letters(ready.places)
                self.compared()
            for remark in (*self.acceptance.remarks(self.runs), *self.outputs.close(self.outcome)):
                self.tell(remark)
        except CannotWrite as error:
            self.complain(str(error))
        finally:
            self.outputs.abandon()
            if self.cache:
                self.cache.close()
                if self.cache.trouble:
                    self.tell(self.cache.trouble)
        if self.order.resume and self.cache:
            self.tell(f"{self.cache.met:,} of {self.outcome.letters:,} letters were known from the run before")
        quiet = self.order.quiet or self.order.diff or self.keep
        if self.outcome.letters and self.order.output_format in (Format.TEXT, Format.CONCISE) and not quiet:
            from imrlint.output import text

            self.err.write(text.summary(self.outcome) + "\n")
        if self.complaints:
            return Exit.TROUBLE
        return Exit.FINDINGS if self.failed else Exit.CLEAN

    def runs(self, rule: str, letter: str) -> bool:
        """Whether a rule runs on a letter and needs no other letter for what it finds."""
        try:
            active_rules = self.examiner.plan_for(letter)[1]
            return any(c.rule.name() == rule and not isinstance(c.rule, BatchRule) for c in active_rules)
        except ConfigError:
            return False

    # ---- The letters

    def letters(self, places: Sequence[Place]) -> None:
        """Examine every letter, in order, and write what was found."""
        self.jobs = self.jobs_for(places)
        try:
            with self.progress(places) as told:
                for start in range(0, len(places), _STRIDE):
                    self.stride(places[start : start + _STRIDE], told)
        finally:
            if self.pool:
                self.pool.close()

    def stride(self, places: Sequence[Place], told: Callable[[], None]) -> None:
        """Some letters, in order: those that the cache knows, and those that must be examined."""
        known: dict[int, Examined] = {}
        here = {n for n, place in enumerate(places) if not self.can_be_handed_on(place)}
        if self.cache is not None:
            for number, place in enumerate(places):
                if isinstance(place, str) and (examined := self.remembered(place)):
                    known[number] = examined
        missing = [str(place) for n, place in enumerate(places) if n not in known and n not in here]
        answers = self.helped().examined(missing) if self.jobs > 1 and missing else iter(())
        for number, place in enumerate(places):
            if number in known:
                self.take(known.pop(number))
            elif number in here or (answer := self.answer(answers)) is None:
                self.letter(place)
            else:
                self.keep_in_mind(answer)
                self.take(answer)
            told()

    def answer(self, answers: Iterator[Examined]) -> Examined | None:
        """What another process says of the next letter, None when there is none that could."""
        from imrlint.session.workers import CannotStart

        try:
            return next(answers, None)
        except CannotStart:
            self.tell("no other process can be started; the letters are checked one after the other")
            self.jobs = 1
            return None

    def can_be_handed_on(self, place: Place) -> bool:
        """Whether another process can be given a letter: one that is a file, and has settings that can be used."""
        if isinstance(place, Unreadable):
            return False
        try:
            self.examiner.plan_for(place)
        except ConfigError:
            return False
        return True

    def jobs_for(self, places: Sequence[Place]) -> int:
        """How many processes the letters are worth."""
        if self.order.mends or STDIN in places:
            return 1
        if self.order.jobs is not None:
            return self.order.jobs
        return (os.cpu_count() or 1) if len(places) >= _WORTH_A_POOL else 1

    def helped(self) -> WorkerPool:
        """The processes that examine letters, started when the first letter needs one."""
        from imrlint.session.workers import WorkerPool

        if self.pool is None:
            self.pool = WorkerPool(self.examiner.terms, self.jobs, self.order.seconds)
        return self.pool

    def remembered(self, name: str) -> Examined | None:
        """What the cache knows of a letter."""
        assert self.cache is not None
        if name == STDIN:
            return None
        try:
            chosen, _ = self.examiner.plan_for(name)
            return self.cache.get(source.content_of(Path(name)), name, chosen, self.order.encoding)
        except (Unreadable, ConfigError):
            return None  # it is told when it is examined

    def keep_in_mind(self, examined: Examined) -> None:
        """Let the cache know what became of a letter."""
        if self.cache is not None and examined.report is not None:
            chosen, _ = self.examiner.plan_for(examined.name)
            self.cache.put(examined, chosen, self.order.encoding)

    def letter(self, place: Place) -> None:
        """Examine one letter here, fix it where that is asked for, and write what was found."""
        name = str(place)
        try:
            if isinstance(place, Unreadable):
                raise place
            content, name = content_of(name, self.order.stdin_filename)
            if self.order.mends:
                examined = self.mended(place, content, name)
            else:
                examined = self.examiner.examine(content, name)
                if place != STDIN:
                    self.keep_in_mind(examined)
        except Unreadable as error:
            examined = Examined(error.name, trouble=error.reason)
        except ConfigError as error:
            self.outcome.unchecked.append((name, str(error)))
            self.complain(str(error))
            return
        if place == STDIN and examined.report is not None:
            self.kept[name] = content
        self.take(examined)

    def mended(self, place: str, content: bytes, name: str) -> Examined:
        """A letter with its fixes made, in its file or only shown. Raises Unreadable, ConfigError."""
        from imrlint.session.fix_run import FixRun

        if self.mender is None:
            self.mender = FixRun(self.order, self.out, colour=self.colour)
        _, active_rules = self.examiner.plan_for(name)
        mended = self.mender.mend(place, content, name, active_rules)
        for said in mended.said:
            self.tell(said)
        if mended.trouble:
            self.complain(mended.trouble)
        self.outcome.fixed += mended.written
        self.failed |= mended.shown
        return Examined(name, mended.report, *batch.gathered(Reading(mended.letter), active_rules))

    def take(self, examined: Examined) -> None:
        """Count and write what became of a letter."""
        report, name = examined.report, examined.name
        if report is None:
            self.outcome.unchecked.append((name, examined.trouble))
            self.complain(f"{name}: {examined.trouble}")
            return
        for part in report.source.unread:
            self.complain(f"{name}: {part}")
        chosen, active_rules = self.examiner.plan_for(name)
        self.outcome.letters += 1
        for crash in examined.crashes:
            self.complain(f"{name}: {crash.told}")
        if not self.order.diff:
            self.batch.add(Member(name, examined.digest), examined.clues, active_rules)
            self.told(report, chosen)

    def compared(self) -> None:
        """Hold the letters against one another, and write what was found."""
        try:
            marks: Counter[str] = Counter()
            for member, found in self.batch.found():
                chosen, _ = self.examiner.plan_for(member.name)
                examined = self.placed(member, found, chosen)
                if examined.report is not None:
                    self.told(_apart(examined.report, marks), chosen)
                else:
                    self.complain(f"{member.name}: {examined.trouble}")
        except NotKept as error:
            self.complain(f"the letters were not held against one another: {error}, in the folder for temporary files")
        for crash in self.batch.crashes:
            self.complain(crash.told)

    def placed(self, member: Member, found: Sequence[Signed], chosen: Config) -> Examined:
        """What was found in a letter beside others. The letter is read once more, where the cache does not know."""
        name = member.name
        try:
            content = self.kept.get(name, b"")
            if not content or not _is(content, member):  # a file may be called as standard input is
                content = source.content_of(Path(name))
            if not _is(content, member):
                return Examined(name, trouble="it has changed since it was checked; check it again")
            beside = repr(found)
            known = self.cache and self.cache.get(content, name, chosen, self.order.encoding, beside)
            if not known:
                known = self.examiner.placed(content, name, found)
                if self.cache and name not in self.kept:
                    self.cache.put(known, chosen, self.order.encoding, beside)
            return known
        except Unreadable as error:
            return Examined(name, trouble=error.reason)

    def told(self, report: Report, chosen: Config) -> None:
        """Count and write what was found in a letter."""
        report = self.acceptance.sorted(report) if self.acceptance else report
        self.outcome.accepted += len(report.accepted)
        self.outcome.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
        self.outcome.rules.update((diagnostic.name, diagnostic.severity) for diagnostic in report.diagnostics)
        self.failed |= any(True for _ in report.at_least(chosen.fail_on))
        for crash in report.crashes:
            self.complain(f"{report.source.name}: {crash.told}")
        self.outputs.letter(report)
        if self.keep:
            self.reports.append(report)

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
    def progress(self, places: Sequence[object]) -> Iterator[Callable[[], None]]:
        """What is called after each letter: it moves a bar on a terminal, when findings go elsewhere."""
        if len(places) < _MANY or self.order.quiet or not self.err.isatty() or self.out.isatty():
            yield lambda: None
            return
        import typer

        start = time.monotonic()
        with typer.progressbar(length=len(places), label="letters", file=self.err, show_pos=True) as bar:

            def told() -> None:
                bar.label = f"{self.outcome.letters / max(time.monotonic() - start, 0.001):,.0f} letters/s"
                bar.update(1)

            yield told


def _is(content: bytes, member: Member) -> bool:
    """Whether these bytes are those that were examined, as far as that is known."""
    return not member.digest or hashlib.sha256(content).digest() == member.digest


def _apart(report: Report, marks: Counter[str]) -> Report:
    """The same, with marks that no other letter's findings have."""
    diagnostics = []
    for diagnostic in report.diagnostics:
        marks[diagnostic.fingerprint] += 1
        mark = fingerprints.again(diagnostic.fingerprint, marks[diagnostic.fingerprint])
        diagnostics.append(replace(diagnostic, fingerprint=mark))
    return replace(report, diagnostics=tuple(diagnostics))
