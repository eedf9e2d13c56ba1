"""The commands that accept findings: `imrlint waive` and `imrlint baseline`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from imrlint import revision
from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Report
from imrlint.session.examination import Examiner
from imrlint.session.options import RunOptions
from imrlint.session.preparation import examination_options
from imrlint.session.run import collect_reports
from imrlint.settings import baseline, waivers
from imrlint.settings.acceptance import is_forbidden
from imrlint.settings.baseline import BaselineEntry
from imrlint.settings.files import SettingsReader
from imrlint.settings.locations import find_nearest_file, relative_name
from imrlint.settings.waivers import Waiver
from imrlint.source import Unreadable

_MIN_MARK = 8  # characters of a mark that identify it


class NotAccepted(Exception):
    """Nothing was written. The message says why, in one line."""


class _LetterDiagnostic(NamedTuple):
    letter: str
    diagnostic: Diagnostic


def waive_findings(
    marks: Sequence[str], options: RunOptions, *, reason: str, by: str, until: str | None
) -> Sequence[str]:
    """Write a waiver for the finding of each mark. Returns a line for each. Raises NotAccepted, ConfigError."""
    if not reason.strip() or not by.strip():
        raise NotAccepted("a waiver needs a reason, and the name of who gives it")
    last_day = None if until is None else _parse_day(until)
    path = find_nearest_file(Path.cwd(), waivers.FILE_NAME) or Path.cwd() / waivers.FILE_NAME
    known = {waiver.fingerprint: waiver for waiver in waivers.read_waivers(path)} if path.exists() else {}
    examiner = _make_examiner(options)
    found = [_LetterDiagnostic(report.source.name, d) for report in _check(options) for d in report.diagnostics]
    new: dict[str, Waiver] = {}
    for mark in marks:
        letter, diagnostic = _find_marked(mark, found)
        if is_forbidden(diagnostic, examiner.plan_for(letter).config.never_waive):
            raise NotAccepted(f"the settings forbid waiving findings of the rule {diagnostic.name}")
        name = relative_name(letter, path.parent)
        waiver = Waiver(diagnostic.fingerprint, reason, by, diagnostic.name, name, date.today(), last_day)
        before = known.get(waiver.fingerprint)
        if before is None or (before.reason, before.by, before.until) != (reason, by, last_day):
            new[waiver.fingerprint] = waiver  # the last waiver of a finding in the file counts
    try:
        waivers.add_waivers(path, new.values())
    except Unreadable as error:
        raise NotAccepted(str(error)) from error
    return [f"waived: {waiver.rule} in {waiver.letter}" for waiver in new.values()] or [
        "nothing to do: all of these are already waived"
    ]


def _parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotAccepted(f"{text} is not a date; write it as {date.today()}") from error
    if day < date.today():
        raise NotAccepted(f"{day} is past")
    return day


def _find_marked(mark: str, found: Sequence[_LetterDiagnostic]) -> _LetterDiagnostic:
    """The finding with a mark, or with one that begins so. Raises NotAccepted."""
    if len(mark) < _MIN_MARK:
        raise NotAccepted(f"{mark} is too short for a mark: give at least {_MIN_MARK} characters of it")
    matches = [each for each in found if each.diagnostic.fingerprint.startswith(mark)]
    if not matches:
        raise NotAccepted(f"no finding has the mark {mark}; `imrlint check --marks` shows the marks")
    if len({each.diagnostic.fingerprint for each in matches}) > 1:
        raise NotAccepted(f"several findings have a mark that begins with {mark}; give more of it")
    return matches[0]


def write_baseline(options: RunOptions, *, add: bool) -> str:
    """Write the baseline of the letters. Returns a line on what it contains. Raises NotAccepted, ConfigError.

    A baseline that exists loses what is no longer found; new findings go into it only with `add`.
    """
    path = find_nearest_file(Path.cwd(), baseline.FILE_NAME) or Path.cwd() / baseline.FILE_NAME
    checked = set()
    examiner = _make_examiner(options)
    found: list[BaselineEntry] = []
    forbidden = 0
    for report in _check(options):
        letter = relative_name(report.source.name, path.parent)
        never_waive = examiner.plan_for(report.source.name).config.never_waive
        checked.add(letter)
        allowed = [each for each in report.diagnostics if not is_forbidden(each, never_waive)]
        found += [BaselineEntry(letter, each.name, each.fingerprint, _beside(each, path.parent)) for each in allowed]
        forbidden += len(report.diagnostics) - len(allowed)
    if not path.exists():
        kept, new, gone = found, 0, 0
    else:
        known = baseline.read_baseline(path)
        accepted = {entry.fingerprint for entry in known}
        fresh = [entry for entry in found if entry.fingerprint not in accepted]
        kept = found if add else [entry for entry in found if entry.fingerprint in accepted]
        marks = {entry.fingerprint for entry in found}
        # Findings in letters that exist but were not checked this time, or beside such a letter, stay accepted.
        named = {letter for entry in known for letter in (entry.letter, entry.beside) if letter}
        unchecked = {letter for letter in named - checked if (path.parent / letter).exists()}
        missing = [entry for entry in known if entry.fingerprint not in marks or entry.letter in unchecked]
        left = [entry for entry in missing if not unchecked.isdisjoint((entry.letter, entry.beside))]
        kept = [*kept, *left]
        new, gone = len(fresh), len(missing) - len(left)
    try:
        revision.write_file(path, baseline.format_baseline(kept).encode("utf-8"))
    except Unreadable as error:
        raise NotAccepted(str(error)) from error
    line = f"{path}: {len(kept):,} findings accepted, {gone:,} no longer found"
    if new:
        line += f", {new:,} new {'added' if add else 'left out: they count; --add accepts them'}"
    return f"{line}, {forbidden:,} that the settings forbid accepting" if forbidden else line


def _beside(diagnostic: Diagnostic, folder: Path) -> str:
    """The letter that a finding was compared with, relative to a folder; empty where there is none."""
    beside = diagnostic.finding.beside
    return relative_name(beside, folder) if beside else ""


def _make_examiner(options: RunOptions) -> Examiner:
    """Knows the settings of each letter, which say what may not be accepted. Raises ConfigError."""
    reader = SettingsReader()
    return Examiner(examination_options(options, reader), reader)


def _check(options: RunOptions) -> list[Report]:
    """The findings in the letters, waived or not. Raises NotAccepted where a letter could not be checked."""
    collected = collect_reports(replace(options, waivers=False), sys.stderr)
    if not collected.complete:
        raise NotAccepted("nothing was written, because not every letter could be checked")
    return collected.reports
