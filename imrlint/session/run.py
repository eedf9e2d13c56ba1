"""A run over letters: each is examined, then they are compared, and the findings are written."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import closing, redirect_stdout
from typing import NamedTuple, TextIO

from imrlint import reader
from imrlint.engine.report import Report
from imrlint.engine.rule import BatchRule
from imrlint.engine.ruleset import BadRules
from imrlint.output import Format
from imrlint.session import garbage
from imrlint.session.comparison import LetterComparison
from imrlint.session.console import Console
from imrlint.session.exit_codes import ExitCode
from imrlint.session.options import BadEngine, RunOptions
from imrlint.session.outputs import CannotWrite
from imrlint.session.preparation import PreparedRun, prepare_run
from imrlint.session.recording import Recorder
from imrlint.session.scheduling import Scheduler
from imrlint.settings.config import ConfigError
from imrlint.settings.files import Settings


class CollectedReports(NamedTuple):
    """The reports of a run, and whether every letter could be checked."""

    reports: list[Report]
    complete: bool


def check_letters(options: RunOptions) -> ExitCode:
    """Check letters. Findings go to standard output, everything else to standard error."""
    return _Run(options, sys.stdout, sys.stderr).execute()


def collect_reports(options: RunOptions, err: TextIO, settings: Settings | None = None) -> CollectedReports:
    """Check letters without writing their findings; problems go to `err`.

    With `settings`, these apply to every letter.
    """
    run = _Run(options, sys.stdout, err, keeps_reports=True, settings=settings)
    run.execute()
    return CollectedReports(run.reports, not run.console.has_problems)


class _Run:
    """One run, from its options to its exit code."""

    def __init__(
        self,
        options: RunOptions,
        out: TextIO,
        err: TextIO,
        *,
        keeps_reports: bool = False,
        settings: Settings | None = None,
    ) -> None:
        self.options = options
        self.out = out
        self.err = err
        self.keeps_reports = keeps_reports
        self.settings = settings
        self.console = Console(out, err)
        self.reports: list[Report] = []

    def execute(self) -> ExitCode:
        """Run, and return the exit code."""
        try:
            prepared = prepare_run(
                self.options,
                self.out,
                self.settings,
                colour=self.console.uses_colour,
                width=self.console.width,
                hyperlinks=self.console.follows_links,
                writes_findings=not self.keeps_reports,
            )
        except (BadRules, ConfigError, CannotWrite) as error:
            self.console.report_problem(str(error))
            return ExitCode.FAILURE
        has_failed = self._check(prepared)
        if self.console.has_problems:
            return ExitCode.FAILURE
        return ExitCode.FINDINGS if has_failed else ExitCode.CLEAN

    def _check(self, prepared: PreparedRun) -> bool:
        """Check the letters of a prepared run. Returns whether something was found that fails the check."""
        recorder = Recorder(
            prepared.examiner,
            prepared.acceptance,
            prepared.outputs,
            self.console,
            prepared.keeper,
            keeps_reports=self.keeps_reports,
            level=self.options.level,
            importance=self.options.importance,
        )
        self.reports = recorder.reports
        fix_run = None
        if self.options.handles_fixes:
            from imrlint.session.fix_run import FixRun

            fix_run = FixRun(self.options, prepared.examiner, prepared.acceptance, self.out, self.console)
        scheduler = Scheduler(self.options, prepared.examiner, prepared.cache, fix_run, self.console)
        try:
            with redirect_stdout(self.err):  # what a rule prints must not mix with the findings
                self._examine(prepared, scheduler, recorder)
            self._keep(prepared)
            if fix_run:
                recorder.outcome.fixed = fix_run.fix_count
            remarks = prepared.acceptance.remarks(lambda rule, letter: _runs_alone(prepared, rule, letter))
            for remark in (*remarks, *prepared.outputs.close(recorder.outcome)):
                self.console.notify(remark)
        except (BadEngine, CannotWrite) as error:
            self.console.report_problem(str(error))
        finally:
            prepared.outputs.discard_unfinished()
            self._close_cache(prepared)
            if prepared.keeper:
                prepared.keeper.discard()
        self._write_summary(prepared, recorder)
        return recorder.has_failing_findings or (fix_run is not None and fix_run.has_shown_changes)

    def _examine(self, prepared: PreparedRun, scheduler: Scheduler, recorder: Recorder) -> None:
        """Examine each letter, compare them, and record the results."""
        comparison = LetterComparison(prepared.examiner, prepared.cache, self.console)
        with (
            self.console.show_progress(len(prepared.letters), quiet=self.options.quiet) as advance,
            closing(scheduler.examine(prepared.letters)) as results,
        ):
            for result in results:
                _collect_garbage_from_here()
                recorder.record_letter(result)
                if result.report is not None and not self.options.diff:
                    comparison.add(result)
                    recorder.record_report(result.report)
                advance()
        for report in comparison.compare():
            recorder.record_report(report)

    def _keep(self, prepared: PreparedRun) -> None:
        """Keep the run in its store, where it has one."""
        if prepared.keeper is None:
            return
        if name := prepared.keeper.complete():
            self.console.notify(f"{self.options.store}: kept as the run {name}")
        else:
            self.console.report_problem(prepared.keeper.problem)

    def _close_cache(self, prepared: PreparedRun) -> None:
        if prepared.cache:
            prepared.cache.close()
            if prepared.cache.problem:
                self.console.notify(prepared.cache.problem)

    def _mention_reader(self, prepared: PreparedRun) -> None:
        """Say that the trained reader is not installed, where it would have been used and a person reads along."""
        for_people = self.options.output_format is Format.TEXT and not (self.options.quiet or self.keeps_reports)
        wanted = any(plan.config.reader.use for plan in prepared.examiner.plans())
        if for_people and wanted and "PRE_COMMIT" not in os.environ and not reader.is_installed():
            self.console.notify(_NO_READER)

    def _mention_memory(self, prepared: PreparedRun) -> None:
        """Say that a memory cannot be used, once for each."""
        for problem in dict.fromkeys(plan.config.find_memory_problem() for plan in prepared.examiner.plans()):
            if problem:
                self.console.notify(f"{problem}; the letters were checked without it")

    def _write_summary(self, prepared: PreparedRun, recorder: Recorder) -> None:
        outcome = recorder.outcome
        if self.options.resume and prepared.cache:
            known = f"{prepared.cache.hits:,} of {outcome.letters:,}"
            self.console.notify(f"{known} letters were taken from the cache")
        self._mention_reader(prepared)
        self._mention_memory(prepared)
        is_quiet = self.options.quiet or self.options.diff or self.keeps_reports
        if outcome.letters and self.options.output_format in (Format.TEXT, Format.CONCISE) and not is_quiet:
            self.console.write_summary(outcome)


_NO_READER = (
    "the trained reader is not installed, so few wrong words in the right spelling are found; "
    'pip install "imrlint[reader]" adds it, --no-reader ends this note'
)


def _collect_garbage_from_here() -> None:
    """Turn the garbage collector on once the first letter is examined; what was loaded until then is left aside."""
    if not gc.isenabled():
        garbage.collect_from_here()


def _runs_alone(prepared: PreparedRun, rule: str, letter: str) -> bool:
    """Whether a rule runs on a letter, and needs no other letter for its findings."""
    try:
        active_rules = prepared.examiner.plan_for(letter).active_rules
    except ConfigError:
        return False
    return any(each.rule.name() == rule and not isinstance(each.rule, BatchRule) for each in active_rules)
