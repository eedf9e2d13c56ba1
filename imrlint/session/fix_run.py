"""Making the fixes of a run, in the files of the letters, or only showing them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from imrlint import parser, revision
from imrlint.desk import fixing
from imrlint.desk.decisions import Decisions
from imrlint.desk.fixing import FixChoice, FixResult
from imrlint.desk.interview import Interview
from imrlint.engine import batch, linter
from imrlint.engine.fixes import ChosenFix, all_fixes, safe_fixes
from imrlint.engine.report import Report
from imrlint.output.changes import write_changes
from imrlint.output.diff import write_diff
from imrlint.reading import Reading
from imrlint.session.console import Console
from imrlint.session.examination import Examiner, LetterResult
from imrlint.session.inputs import LetterInput
from imrlint.session.options import RunOptions
from imrlint.session.pipes import outlive_reader
from imrlint.settings.acceptance import Acceptance
from imrlint.settings.config import Config
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN


class FixRun:
    """Fixes the letters of a run as its options say, and counts what was done. What is accepted is not fixed."""

    def __init__(
        self, options: RunOptions, examiner: Examiner, acceptance: Acceptance, out: TextIO, console: Console
    ) -> None:
        self._options = options
        self._examiner = examiner
        self._acceptance = acceptance
        self._out = out
        self._console = console
        self._interview = None
        if options.interactive:
            self._interview = Interview(out, sys.stdin, colour=console.uses_colour, width=console.width)
        self._track = datetime.now(UTC) if options.track else None
        self.fix_count = 0  # fixes written to files
        self.has_shown_changes = False  # in a diff

    def fix_letter(self, path: str, letter: LetterInput) -> LetterResult:
        """Fix a letter, or show its fixes, and return what is left to find. Raises Unreadable, ConfigError."""
        if path == STDIN and not self._options.diff:
            raise Unreadable(letter.name, "standard input cannot be changed; --diff shows the fixes")
        plan = self._examiner.plan_for(letter.name)
        words_before = self._interview.word_count if self._interview else 0
        result = fixing.fix_letter(
            letter.content,
            letter.name,
            plan.active_rules,
            self._fix_choice(letter.name, plan.config),
            encoding=self._options.encoding,
            track=self._track,
            read=plan.read,
        )
        self._notify_skipped(letter.name, result)
        left, report = result.letter, result.after
        if self._options.diff:
            width, colour = self._console.width, self._console.uses_colour
            write_diff(result.before, result.after, self._out, width=width, colour=colour)
            self.has_shown_changes |= bool(result.made)
        elif result.made and not self._write(Path(path), letter, result):
            left, report = parser.parse(result.before.source), result.before
        if self._interview and self._interview.word_count > words_before:
            self._examiner.reload_settings()
            plan = self._examiner.plan_for(letter.name)
            report = replace(linter.lint(plan.read(left), plan.active_rules), secrets=report.secrets)
        gathered = batch.gather_clues(Reading(left), plan.active_rules)
        return LetterResult(letter.name, report, gathered.clues, gathered.crashes)

    def _fix_choice(self, name: str, config: Config) -> FixChoice:
        """Chooses fixes for the findings of a letter that count: by the options, or by asking."""
        interview = self._interview
        if interview:
            settings, letter = self._examiner.settings_for(name), Path(name)
            decisions = Decisions(settings, config, letter, letter.absolute().parent, Path.cwd())

        def choose(report: Report) -> Sequence[ChosenFix]:
            counting = self._acceptance.set_apart(report, config.never_waive)
            if interview:
                chosen = interview.choose_fixes(
                    counting.weighty(self._options.level, self._options.importance), decisions
                )
                for waiver in interview.waived:
                    self._acceptance.add(waiver)
                return chosen
            return all_fixes(counting) if self._options.suggested else safe_fixes(counting)

        return choose

    def _write(self, path: Path, letter: LetterInput, result: FixResult) -> bool:
        """Write a fixed letter, with a backup where the options want one. Returns whether it was possible."""
        backup = None
        try:
            if self._options.backup:
                backup = revision.write_backup(path, letter.content)
            revision.write_file(path, result.content, letter.content)
        except Unreadable as error:
            if backup:
                backup.unlink(missing_ok=True)
            self._console.report_problem(str(error))
            return False
        self.fix_count += len(result.made)
        if self._options.show_fixes:
            with outlive_reader(self._out):
                write_changes(result.before.source, result.changes, self._out)
        if backup:
            self._console.notify(f"{path}: what it was before is in {backup}")
        return True

    def _notify_skipped(self, name: str, result: FixResult) -> None:
        if result.refusal:
            self._console.notify(f"{name}: not fixed: {result.refusal}")
        for reason, times in Counter(skipped.reason for skipped in result.skipped).items():
            self._console.notify(f"{name}: {times} {'fix' if times == 1 else 'fixes'} not made: {reason}")
