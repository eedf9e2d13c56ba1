"""Making the fixes of a run, in the files of the letters, or only showing them."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from imrlint import parser, revision
from imrlint.desk import fixing
from imrlint.desk.fixing import FixChoice, FixResult
from imrlint.desk.interview import Interview
from imrlint.engine import batch
from imrlint.engine.fixes import all_fixes, safe_fixes
from imrlint.output.diff import write_diff
from imrlint.reading import Reading
from imrlint.session.console import Console
from imrlint.session.examination import Examiner, LetterResult
from imrlint.session.inputs import LetterInput
from imrlint.session.options import RunOptions
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN


class FixRun:
    """Fixes the letters of a run as its options say, and counts what was done."""

    def __init__(self, options: RunOptions, examiner: Examiner, out: TextIO, console: Console) -> None:
        self._options = options
        self._examiner = examiner
        self._out = out
        self._console = console
        self._choose: FixChoice = all_fixes if options.suggested else safe_fixes
        if options.interactive:
            self._choose = Interview(out, sys.stdin, colour=console.uses_colour).choose_fixes
        self._track = datetime.now(UTC) if options.track else None
        self.fix_count = 0  # fixes written to files
        self.has_shown_changes = False  # in a diff

    def fix_letter(self, path: str, letter: LetterInput) -> LetterResult:
        """Fix a letter, or show its fixes, and return what is left to find. Raises Unreadable, ConfigError."""
        if path == STDIN and not self._options.diff:
            raise Unreadable(letter.name, "standard input cannot be changed; --diff shows the fixes")
        plan = self._examiner.plan_for(letter.name)
        result = fixing.fix_letter(
            letter.content,
            letter.name,
            plan.active_rules,
            self._choose,
            encoding=self._options.encoding,
            track=self._track,
            doubter=plan.config.doubter(),
        )
        self._notify_skipped(letter.name, result)
        left, report = result.letter, result.after
        if self._options.diff:
            write_diff(result.before, result.after, self._out)
            self.has_shown_changes |= bool(result.made)
        elif result.made:
            try:
                revision.write_file(Path(path), result.content, letter.content)
                self.fix_count += len(result.made)
            except Unreadable as error:
                self._console.report_problem(str(error))
                left, report = parser.parse(result.before.source), result.before
        gathered = batch.gather_clues(Reading(left), plan.active_rules)
        return LetterResult(letter.name, report, gathered.clues, gathered.crashes)

    def _notify_skipped(self, name: str, result: FixResult) -> None:
        if result.refusal:
            self._console.notify(f"{name}: not fixed: {result.refusal}")
        for reason, times in Counter(skipped.reason for skipped in result.skipped).items():
            self._console.notify(f"{name}: {times} {'fix' if times == 1 else 'fixes'} not made: {reason}")
