"""Which findings of a run are accepted, by a waiver or by the baseline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Accepted, Report
from imrlint.settings import baseline, waivers
from imrlint.settings.locations import find_nearest_file, relative_name
from imrlint.settings.waivers import Waiver


class Acceptance:
    """The waivers and the baseline of a run, and which of the waivers were used."""

    def __init__(
        self,
        waivers: Iterable[Waiver],
        baseline: Collection[str],
        today: date,
        folder: Path = Path(),
    ) -> None:
        """`baseline` holds fingerprints; `folder` is that of the waivers."""
        self._waivers = {waiver.fingerprint: waiver for waiver in waivers}
        self._baseline = frozenset(baseline)
        self._today = today
        self._folder = folder
        self._matched: set[str] = set()  # fingerprints of waivers whose finding was made
        self._forbidden: set[str] = set()  # fingerprints of waivers that the settings forbid
        self._checked: set[str] = set()  # names of letters, relative to the folder

    def __bool__(self) -> bool:
        return bool(self._waivers or self._baseline)

    def add(self, waiver: Waiver) -> None:
        """Accept a finding from now on, too."""
        self._waivers[waiver.fingerprint] = waiver

    def has_waiver(self, fingerprint: str) -> bool:
        """Whether a waiver names the finding with this fingerprint."""
        return fingerprint in self._waivers

    def set_apart(self, report: Report, never_waive: Collection[str]) -> Report:
        """The report, with its accepted findings moved from `diagnostics` to `accepted`.

        Findings of the rules and families in `never_waive`, as the settings of the letter have it, stay.
        """
        self._checked.add(relative_name(report.source.name, self._folder))
        counting: list[Diagnostic] = []
        accepted: list[Accepted] = []
        for diagnostic in report.diagnostics:
            reason = self._find_reason(diagnostic, never_waive)
            if reason is None:
                counting.append(diagnostic)
            else:
                accepted.append(Accepted(diagnostic, reason))
        return replace(report, diagnostics=tuple(counting), accepted=tuple(accepted)) if accepted else report

    def _find_reason(self, diagnostic: Diagnostic, never_waive: Collection[str]) -> str | None:
        """Why a finding is accepted; None where it is not."""
        fingerprint = diagnostic.fingerprint
        is_waivable = not is_forbidden(diagnostic, never_waive)
        waiver = self._waivers.get(fingerprint)
        if waiver is not None:
            self._matched.add(fingerprint)
            if not is_waivable:
                self._forbidden.add(fingerprint)
            elif not waiver.has_expired(self._today):
                return f"{waiver.reason} ({waiver.by})"
        return "in the baseline" if is_waivable and fingerprint in self._baseline else None

    def remarks(self, is_active: Callable[[str, str], bool]) -> list[str]:
        """A line for each waiver that is forbidden, has expired, or is no longer needed. Call it after the run.

        `is_active(rule, letter)` is whether a rule runs on a letter: without that, a missing finding proves nothing.
        """
        lines = []
        for fingerprint, waiver in self._waivers.items():
            about = f"the waiver of {waiver.description}"
            if fingerprint in self._forbidden:
                lines.append(f"{about} has no effect: findings of this rule may not be waived")
            elif fingerprint in self._matched:
                if waiver.has_expired(self._today):
                    lines.append(f"{about} expired on {waiver.until}")
            elif waiver.letter in self._checked and is_active(waiver.rule, str(self._folder / waiver.letter)):
                lines.append(f"{about} is no longer needed: nothing is found there")
        return lines


def read_acceptance(folder: Path, today: date) -> Acceptance:
    """What the waivers and the baseline nearest to a folder accept. Raises ConfigError."""
    waiver_file = find_nearest_file(folder, waivers.FILE_NAME)
    baseline_file = find_nearest_file(folder, baseline.FILE_NAME)
    return Acceptance(
        waivers.read_waivers(waiver_file) if waiver_file else (),
        {entry.fingerprint for entry in baseline.read_baseline(baseline_file)} if baseline_file else (),
        today,
        waiver_file.parent if waiver_file else Path(),
    )


def is_forbidden(diagnostic: Diagnostic, never_waive: Collection[str]) -> bool:
    """Whether a finding may not be accepted: its rule or family, or "all", is in `never_waive`."""
    return any(each in never_waive for each in ("all", diagnostic.name, diagnostic.code, diagnostic.family))
