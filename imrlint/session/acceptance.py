"""Findings accepted by their users: waivers written, baselines taken."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from imrlint import revision
from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Report
from imrlint.session.order import Order
from imrlint.session.run import found
from imrlint.settings import files, waivers
from imrlint.settings.waivers import Entry, Waiver
from imrlint.source import Unreadable

_SHORTEST = 8  # signs of a mark that name it


class NotAccepted(Exception):
    """Why nothing was written. The message is one line."""


def waive(marks: Sequence[str], order: Order, *, reason: str, by: str, until: str | None) -> Iterator[str]:
    """Write a waiver for each mark, and say for each what was waived. Raises NotAccepted, ConfigError."""
    if not reason.strip() or not by.strip():
        raise NotAccepted("a waiver needs a reason, and somebody who gives it")
    last = None if until is None else _day(until)
    path = waivers.nearest(Path.cwd(), waivers.WAIVERS) or Path.cwd() / waivers.WAIVERS
    known = {waiver.fingerprint: waiver for waiver in waivers.load(path)} if path.exists() else {}
    never = _never(order)
    there = [(report.source.name, each) for report in _reports(order) for each in report.diagnostics]
    new: dict[str, Waiver] = {}
    for mark in marks:
        letter, diagnostic = _meant(mark, there)
        if waivers.forbidden(diagnostic, never):
            raise NotAccepted(f"findings of the rule {diagnostic.name} may not be waived in this house")
        mark, where = diagnostic.fingerprint, waivers.seen_from(path.parent, letter)
        waiver = Waiver(mark, reason, by, diagnostic.name, where, date.today(), last)
        before = known.get(mark)
        if before is None or (before.reason, before.by, before.until) != (reason, by, last):
            new[mark] = waiver  # the later of two holds
    there_yet = path.read_bytes() if path.exists() else None
    text = (there_yet or b"# Findings that are right as they stand, each with the reason.\n").decode("utf-8")
    added = ("" if text.endswith("\n") else "\n") + waivers.written(new.values())
    _write(path, (text + (added.replace("\n", "\r\n") if "\r\n" in text else added)).encode("utf-8"), there_yet)
    said = [f"waived: {waiver.rule} in {waiver.letter}" for waiver in new.values()]
    return iter(said or ["nothing to do: all of this is waived so already"])


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise NotAccepted(f"{written} is no day; write it as {date.today()}") from error
    if day < date.today():
        raise NotAccepted(f"{day} is past")
    return day


def _write(path: Path, content: bytes, before: bytes | None = None) -> None:
    try:
        revision.write(path, content, before)
    except Unreadable as error:
        raise NotAccepted(str(error)) from error


def _meant(mark: str, there: Sequence[tuple[str, Diagnostic]]) -> tuple[str, Diagnostic]:
    if len(mark) < _SHORTEST:
        raise NotAccepted(f"{mark} is too short for a mark: give {_SHORTEST} signs of it at least")
    meant = [(letter, each) for letter, each in there if each.fingerprint.startswith(mark)]
    if not meant:
        raise NotAccepted(f"no finding has the mark {mark}; `imrlint check --marks` shows the marks")
    if len({each.fingerprint for _, each in meant}) > 1:
        raise NotAccepted(f"several findings have a mark that begins with {mark}; give more of it")
    return meant[0]


def baseline(order: Order, *, add: bool) -> str:
    """Write the baseline of these letters, and say what it holds. Raises NotAccepted, ConfigError."""
    path = waivers.nearest(Path.cwd(), waivers.BASELINE) or Path.cwd() / waivers.BASELINE
    checked = set()
    never = _never(order)
    there, forbidden = [], 0
    for report in _reports(order):
        letter = waivers.seen_from(path.parent, report.source.name)
        checked.add(letter)
        allowed = [each for each in report.diagnostics if not waivers.forbidden(each, never)]
        there += [Entry(letter, each.name, each.fingerprint, _beside(each, path.parent)) for each in allowed]
        forbidden += len(report.diagnostics) - len(allowed)
    if not path.exists():
        kept, new, gone = there, 0, 0
    else:
        known = waivers.load_baseline(path)
        accepted = {entry.fingerprint for entry in known}
        fresh = [entry for entry in there if entry.fingerprint not in accepted]
        kept = there if add else [entry for entry in there if entry.fingerprint in accepted]
        marks = {entry.fingerprint for entry in there}
        # What stands in letters that were not looked at this time, or was found beside one, is accepted as before
        # while they are there.
        named = {letter for entry in known for letter in (entry.letter, entry.beside) if letter}
        unseen = {letter for letter in named - checked if (path.parent / letter).exists()}
        missed = [entry for entry in known if entry.fingerprint not in marks or entry.letter in unseen]
        left = [entry for entry in missed if not unseen.isdisjoint((entry.letter, entry.beside))]
        kept = [*kept, *left]
        new, gone = len(fresh), len(missed) - len(left)
    _write(path, waivers.baseline_of(kept).encode("utf-8"))
    said = f"{path}: {len(kept):,} findings accepted, {gone:,} no longer found"
    if new:
        said += f", {new:,} new {'added' if add else 'left out: they count; --add accepts them'}"
    return f"{said}, {forbidden:,} that may not be accepted in this house" if forbidden else said


def _beside(diagnostic: Diagnostic, home: Path) -> str:
    """The letter that a finding was held against, as it is seen from a folder; empty where there was none."""
    beside = diagnostic.finding.beside
    return waivers.seen_from(home, beside) if beside else ""


def _never(order: Order) -> tuple[str, ...]:
    """The rules and families of which no finding may be accepted. Raises ConfigError."""
    given = files.named(order.config) if order.config else files.nearest(Path.cwd())
    return given.config(profile=order.profile).never_waive


def _reports(order: Order) -> list[Report]:
    """What is found in the letters, waived or not. Raises NotAccepted where one could not be checked."""
    reports, whole = found(replace(order, waive=False, output_format=None), sys.stderr)
    if not whole:
        raise NotAccepted("nothing was written, for not every letter could be checked")
    return reports
