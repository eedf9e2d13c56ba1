"""Findings accepted by their users: waivers written, baselines taken."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from imrlint import revision, waivers
from imrlint.findings import Diagnostic
from imrlint.order import Order
from imrlint.run import found
from imrlint.waivers import Waiver

_SHORTEST = 8  # signs of a mark that name it


class NotAccepted(Exception):
    """Why nothing was written. The message is one line."""


def waive(marks: Sequence[str], letters: tuple[str, ...], *, reason: str, by: str, until: date | None) -> Iterator[str]:
    """Write a waiver for each mark, and say for each what was waived. Raises NotAccepted, ConfigError."""
    if not reason.strip() or not by.strip():
        raise NotAccepted("a waiver needs a reason, and somebody who gives it")
    if until is not None and until < date.today():
        raise NotAccepted(f"{until} is past")
    path = waivers.nearest(Path.cwd(), waivers.WAIVERS) or Path.cwd() / waivers.WAIVERS
    known = {waiver.fingerprint for waiver in waivers.load(path)} if path.exists() else set()
    there = _findings(letters)
    new: dict[str, Waiver] = {}
    for mark in marks:
        letter, diagnostic = _meant(mark, there)
        if diagnostic.fingerprint not in known:
            new[diagnostic.fingerprint] = Waiver(
                diagnostic.fingerprint, reason, by, diagnostic.name, Path(letter).as_posix(), date.today(), until
            )
    before = path.read_bytes() if path.exists() else None
    text = (before or b"# Findings that are right as they stand, each with the reason.\n").decode("utf-8")
    revision.write(path, (text + waivers.written(new.values())).encode("utf-8"), before)
    return (f"waived: {waiver.rule} in {waiver.letter}" for waiver in new.values())


def _meant(mark: str, there: Sequence[tuple[str, Diagnostic]]) -> tuple[str, Diagnostic]:
    if len(mark) < _SHORTEST:
        raise NotAccepted(f"{mark} is too short for a mark: give {_SHORTEST} signs of it at least")
    meant = [(letter, each) for letter, each in there if each.fingerprint.startswith(mark)]
    if not meant:
        raise NotAccepted(f"no finding has the mark {mark}; `imrlint check --marks` shows the marks")
    if len({each.fingerprint for _, each in meant}) > 1:
        raise NotAccepted(f"several findings have a mark that begins with {mark}; give more of it")
    return meant[0]


def baseline(paths: tuple[str, ...], *, add: bool) -> str:
    """Write the baseline of these letters, and say what it holds. Raises NotAccepted, ConfigError."""
    path = waivers.nearest(Path.cwd(), waivers.BASELINE) or Path.cwd() / waivers.BASELINE
    there = _findings(paths)
    if not path.exists():
        kept, new, gone = there, 0, 0
    else:
        known = waivers.load_baseline(path)
        fresh = [(letter, each) for letter, each in there if each.fingerprint not in known]
        kept = there if add else [(letter, each) for letter, each in there if each.fingerprint in known]
        new, gone = len(fresh), len(known.keys() - {each.fingerprint for _, each in there})
    revision.write(path, waivers.baseline_of(kept).encode("utf-8"))
    said = f"{path}: {len(kept):,} findings accepted, {gone:,} no longer found"
    if new:
        said += f", {new:,} new ones {'added' if add else 'left out: they count; --add accepts them'}"
    return said


def _findings(paths: tuple[str, ...]) -> list[tuple[str, Diagnostic]]:
    """Every finding in the letters, waived or not, each with the letter. Raises NotAccepted."""
    reports, whole = found(Order(paths=paths, waive=False, output_format=None), sys.stderr)
    if not whole:
        raise NotAccepted("nothing was written, for not every letter could be checked")
    return [(report.source.name, each) for report in reports for each in report.diagnostics]
