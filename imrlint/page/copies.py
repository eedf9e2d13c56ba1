"""What a person takes away from the desk: the fixed letter, the reviewed copy, the report."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

from imrlint import __version__
from imrlint.desk import annotation
from imrlint.engine.report import Report
from imrlint.output import Format, Outcome, UncheckedFile, WriterOptions, make_writer
from imrlint.page.house import House
from imrlint.page.letters import OpenLetter
from imrlint.source.errors import Unreadable


class Copy(Enum):
    """What can be taken away. The value is its name in an address, and behind that of the letter."""

    FIXED = "fixed"  # the letter as it is now, in its own form
    TRACKED = "tracked"  # likewise, with its fixes as tracked changes
    REVIEWED = "reviewed"  # the letter as it is now, with its findings in the margin
    REVIEWED_TRACKED = "reviewed-tracked"
    REPORT = "report"  # a page on its findings


class File(NamedTuple):
    """A file to save: its name and its content."""

    name: str
    content: bytes


def make_copy(letter: OpenLetter, copy: Copy, house: House) -> File:
    """A file made from a letter. Raises Unreadable, also where the letter has no such copy, and ConfigError."""
    with letter.lock:
        made = _make_copy(letter, copy, house)
        if copy is not Copy.REPORT:
            letter.note_saved()
        return made


def _make_copy(letter: OpenLetter, copy: Copy, house: House) -> File:
    if letter.refusal:
        raise Unreadable(letter.name, letter.refusal)
    name = PurePath(letter.name)
    if copy is Copy.REPORT:
        report = house.examine(letter.content, letter.name, thorough=True).report
        return File(f"{name.stem}-report.html", write_report([(letter, report)]))
    tracked = copy in (Copy.TRACKED, Copy.REVIEWED_TRACKED)
    content = letter.tracked(datetime.now(UTC), house) if tracked else letter.content
    file_name = f"{name.stem}-{copy.value}{name.suffix}"
    if copy in (Copy.FIXED, Copy.TRACKED):
        return File(file_name, content)
    report = house.examine(content, letter.name, thorough=True).report
    if report is None:
        raise Unreadable(letter.name, "it cannot be read")
    return File(file_name, annotation.annotate(content, letter.name, report).content)


def write_report(letters: Iterable[tuple[OpenLetter, Report | None]]) -> bytes:
    """One page on these letters, in HTML. A letter without a report could not be read."""
    out = io.StringIO(newline="")
    writer = make_writer(Format.HTML, out, WriterOptions(version=__version__, began=datetime.now(UTC)))
    outcome = Outcome()
    for letter, report in letters:
        if report is None:
            outcome.unchecked.append(UncheckedFile(letter.name, letter.refusal))
        else:
            outcome.letters += 1
            outcome.accepted += len(report.accepted)
            outcome.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
            writer.write_report(report)
    writer.close(outcome)
    return out.getvalue().encode("utf-8", "backslashreplace")
