"""Recording the results of a run: counted, accepted findings set apart, and written to the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imrlint.engine.findings import Importance, Severity
from imrlint.engine.report import Report
from imrlint.output import Outcome, UncheckedFile
from imrlint.session.console import Console
from imrlint.session.examination import Examiner, LetterResult
from imrlint.session.outputs import Outputs
from imrlint.settings.acceptance import Acceptance

if TYPE_CHECKING:
    from imrlint.session.keeping import RunKeeper


class Recorder:
    """Takes results one by one, and knows the outcome of the run."""

    def __init__(
        self,
        examiner: Examiner,
        acceptance: Acceptance,
        outputs: Outputs,
        console: Console,
        keeper: RunKeeper | None,
        *,
        keeps_reports: bool,
        level: Severity | None = None,
        importance: Importance | None = None,
    ) -> None:
        """Findings below `level` or less important than `importance` are neither counted nor written, but kept."""
        self._examiner = examiner
        self._acceptance = acceptance
        self._outputs = outputs
        self._console = console
        self._keeper = keeper
        self._keeps_reports = keeps_reports
        self._level = level
        self._importance = importance
        self.outcome = Outcome()
        self.has_failing_findings = False
        self.reports: list[Report] = []

    def record_letter(self, result: LetterResult) -> None:
        """Count a letter that was examined, and report its problems. Its findings are recorded by `record_report`."""
        if self._keeper:
            self._keeper.add_letter(result)
        if result.report is None:
            self.outcome.unchecked.append(UncheckedFile(result.name, result.error))
            self._console.report_problem(result.problem)
            return
        self.outcome.letters += 1
        if pages := result.report.source.recognized:
            self._console.notify(
                f"{result.name}: {_name_pages(pages)} read by OCR; compare what was found with the page"
            )
        for part in result.report.source.unread:
            self._console.report_problem(f"{result.name}: {part}")
        for crash in result.crashes:
            self._console.report_problem(f"{result.name}: {crash.message}")

    def record_report(self, report: Report) -> None:
        """Count the findings of a letter, and write them. Raises ConfigError."""
        name = report.source.name
        config = self._examiner.plan_for(name).config
        if self._acceptance:
            report = self._acceptance.set_apart(report, config.never_waive)
        if self._keeper:
            self._keeper.add_findings(report)
        if self._level or self._importance:
            report = report.weighty(self._level, self._importance)
        self.outcome.accepted += len(report.accepted)
        self.outcome.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
        self.outcome.importances.update(diagnostic.importance for diagnostic in report.diagnostics)
        self.outcome.rules.update((diagnostic.name, diagnostic.severity) for diagnostic in report.diagnostics)
        self.has_failing_findings |= any(report.at_least(config.fail_on))
        for crash in report.crashes:
            self._console.report_problem(f"{name}: {crash.message}")
        self._outputs.write_report(report)
        if self._keeps_reports:
            self.reports.append(report)


def _name_pages(numbers: Sequence[int]) -> str:
    """The pages of a letter, with their verb: "page 2 was", "pages 1, 2 were"."""
    listed = ", ".join(map(str, numbers))
    return f"page {listed} was" if len(numbers) == 1 else f"pages {listed} were"
