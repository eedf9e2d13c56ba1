"""Mangled letters: no rule may raise on one, no place may lie outside its text, and every format must be written.

    python benchmarks/fuzz.py [--letters N] [--seed N] [--workers N]

Invented letters (examples, `letters/`, `right/`) are mangled as `mangling.py` says: with characters of every plane,
lines and blocks moved, changed cases. Letter number N of seed S is the same on every machine, so that a failure can be
repeated: `--seed S+N --letters 1`. Every letter is parsed and checked by every rule, and its clues are gathered; every
tenth is written in all formats, with all its annotations. A letter that takes long fails too. The exit code is 1 where
anything failed.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from mangling import mangled

from imrlint import parser
from imrlint.document.text import Source, Span
from imrlint.engine import batch, linter
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import Report
from imrlint.engine.ruleset import installed
from imrlint.output import Format, Outcome, WriterOptions, make_writer
from imrlint.output.parsed import describe_letter
from imrlint.output.readings import describe_reading
from imrlint.reading import Reading
from imrlint.session.outputs import describe_rules
from imrlint.settings.config import Config

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("examples", "benchmarks/letters", "benchmarks/right")
WRITTEN = 10  # one letter in so many is written in all formats, which takes longer than checking it
SHARE = 50  # letters that a worker takes at once
OPTIONS = WriterOptions("0", datetime(2026, 1, 5, tzinfo=UTC), rules=cache(lambda: describe_rules(installed().rules)))
SLOW = 3.0  # seconds of a processor for one letter; one that takes longer counts as a failure
SHOWN = 20  # failures that are printed


class Failure(NamedTuple):
    """What went wrong with the letter of a seed. `kind` is the same for failures with one cause."""

    seed: int
    kind: str


def read_letters() -> list[str]:
    """The letters that are mangled."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.txt"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def try_letter(text: str, rules: tuple[ActiveRule, ...], *, write: bool) -> Iterator[str]:
    """What goes wrong with a letter, in words; with `write`, in every format too."""
    try:
        letter = parser.parse(Source(text, "mangled.txt"))
        reading = Reading(letter)
        gathered = batch.gather_clues(reading, rules)
        report = linter.lint(reading, rules)
        yield from (f"{crash.rule}: {crash.error_summary}" for crash in (*gathered.crashes, *report.crashes))
        yield from _misplaced(report)
        yield from (f"prose outside the text: {prose.span}" for prose in letter.prose if not _within(prose.span, text))
        if write:
            json.dumps([describe_letter(letter), describe_reading(reading)]).encode()
            for form in Format:
                yield from _unwritten(form, report)
    except Exception as error:
        yield f"{type(error).__name__} in {_place(error)}"


def _misplaced(report: Report) -> Iterator[str]:
    """Places of findings that are outside the text or out of order."""
    text = report.source.text
    for diagnostic in report.diagnostics:
        finding = diagnostic.finding
        fixes = [fix for fix in (finding.fix, *finding.others) if fix]
        places = [
            finding.span,
            *(note.span for note in finding.notes),
            *(edit.span for fix in fixes for edit in fix.edits),
        ]
        if not all(_within(span, text) for span in places):
            yield f"{diagnostic.name}: a place outside the text"
    if any(a.finding.span > b.finding.span for a, b in pairwise(report.diagnostics)):
        yield "findings out of order"
    if not all(_within(span, text) for span in report.secrets):
        yield "secrets outside the text"


def _within(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


def _unwritten(form: Format, report: Report) -> Iterator[str]:
    """What is wrong with a report written in a format that other programs read."""
    out = io.StringIO()
    writer = make_writer(form, out, OPTIONS)
    writer.write_report(report)
    writer.close(Outcome(letters=1))
    written = out.getvalue()
    written.encode()
    count = len(report.diagnostics)
    if form is Format.JSONL and [json.loads(line)["name"] for line in written.splitlines()] != [
        diagnostic.name for diagnostic in report.diagnostics
    ]:
        yield "jsonl: not one object a line"
    if form in (Format.CONCISE, Format.GITHUB) and len(written.splitlines()) != count:
        yield f"{form.value}: not one line a finding"
    if form in (Format.JSON, Format.SARIF, Format.GITLAB):
        json.loads(written)
    if form is Format.CSV and len(list(csv.reader(io.StringIO(written)))) != count + 1:
        yield "csv: not one row a finding"
    if form is Format.JUNIT:
        from lxml import etree

        etree.fromstring(written.encode())


def _place(error: Exception) -> str:
    """The file and line that raised an error."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}, line {last.lineno}"


def try_letters(seeds: range) -> list[Failure]:
    """The failures of the letters of some seeds."""
    state = _prepare()
    found = []
    for seed in seeds:
        began = time.process_time()
        text = mangled(state.texts, seed)
        found += [Failure(seed, kind) for kind in try_letter(text, state.rules, write=seed % WRITTEN == 0)]
        if time.process_time() - began > SLOW:
            found.append(Failure(seed, f"more than {SLOW:g} seconds"))
    return found


class _State(NamedTuple):
    texts: list[str]
    rules: tuple[ActiveRule, ...]


_STATE: list[_State] = []


def _prepare() -> _State:
    """The letters and the rules, read once in each process."""
    if not _STATE:
        _STATE.append(_State(read_letters(), Config().active_rules()))
    return _STATE[0]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=int, default=1_000, help="how many letters (default %(default)s)")
    options.add_argument("--seed", type=int, default=0, help="the seed of the first letter (default %(default)s)")
    options.add_argument("--workers", type=int, default=1, help="processes (default %(default)s)")
    chosen = options.parse_args()
    last = chosen.seed + chosen.letters
    shares = [range(first, min(first + SHARE, last)) for first in range(chosen.seed, last, SHARE)]
    began = time.perf_counter()
    found: list[Failure] = []
    done = 0
    with get_context("spawn").Pool(chosen.workers) as pool:
        for share, failures in zip(shares, pool.imap(try_letters, shares), strict=True):
            done += len(share)
            found += failures
            if done % 5_000 < SHARE:
                _print_figures(done, found, began)
    _print_figures(done, found, began)
    print_failures(found)
    return 1 if found else 0


def _print_figures(done: int, found: list[Failure], began: float) -> None:
    seconds = time.perf_counter() - began
    failed = len({failure.seed for failure in found})
    print(f"{done:,} mangled letters: {failed} failed; {1000 * seconds / done:.1f} ms a letter", flush=True)


def print_failures(found: list[Failure]) -> None:
    """How often each kind of failure came up, with a seed that shows it."""
    shown: dict[str, Any] = {failure.kind: failure.seed for failure in reversed(found)}
    for kind, times in Counter(failure.kind for failure in found).most_common(SHOWN):
        print(f"  {times:5}  {kind} (seed {shown[kind]})")


if __name__ == "__main__":
    sys.exit(main())
