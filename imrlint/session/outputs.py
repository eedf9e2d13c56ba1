"""The outputs of a run: standard output, and any number of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from imrlint.output import Format, Outcome, RuleText, Writer, WriterOptions, make_writer
from imrlint.session.pipes import outlive_reader

if TYPE_CHECKING:
    from imrlint.engine.report import Report
    from imrlint.engine.rule import Rule


class Target(NamedTuple):
    """A file to write, and its format."""

    format: Format
    path: Path


class CannotWrite(Exception):
    """A file that cannot be written. The message names it and says why, in one line."""


def parse_targets(entries: Iterable[str]) -> tuple[Target, ...]:
    """The targets that were written as `FORMAT=FILE`. Raises CannotWrite."""
    found = []
    for entry in entries:
        name, equals, path = entry.partition("=")
        if not equals or not path or name not in {each.value for each in Format}:
            formats = ", ".join(each.value for each in Format)
            raise CannotWrite(f'--output is "{entry}"; it must be FORMAT=FILE, with one of {formats}')
        found.append(Target(Format(name), Path(path)))
    if len({target.path for target in found}) < len(found):
        raise CannotWrite("--output names the same file twice")
    return tuple(found)


class _File(NamedTuple):
    """A file that is being written under the name `part`, and gets its real `path` when it is complete."""

    out: TextIO
    part: Path
    path: Path


class Outputs:
    """Writes each report in every format. A file appears when the run is over, complete or not at all."""

    def __init__(
        self,
        out: TextIO,
        format_: Format | None,
        targets: Sequence[Target],
        options: WriterOptions,
        *,
        statistics: bool = False,
        goes_on: bool = False,
    ) -> None:
        """`format_` is that of standard output `out`, None to write nothing there. Raises CannotWrite.

        A run that `goes_on` has more to do than to write: it does not end when nobody reads `out` any more.
        """
        self._goes_on = goes_on
        self._files: list[_File] = []
        self._writers: list[Writer] = []
        self._out = out
        self._first: Writer | None = None  # that of standard output
        if statistics:
            from imrlint.output import statistics as statistics_writer

            self._first = statistics_writer.Writer(out, options)
        elif format_ is not None:
            self._first = make_writer(format_, out, options)
        for target in targets:
            part = target.path.with_name(f".{target.path.name}.{os.getpid()}.part")
            try:
                file = part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            except OSError as error:
                self.discard_unfinished()
                raise CannotWrite(f"{target.path}: cannot be written: {error.strerror or error}") from error
            writer = make_writer(target.format, file, replace(options, colour=False, hyperlinks=False))
            self._files.append(_File(file, part, target.path))
            self._writers.append(writer)

    def write_report(self, report: Report) -> None:
        """Write a report everywhere. Raises BrokenPipeError where nobody reads it any more and nothing else is done."""
        with self._outliving_reader():
            if self._first:
                self._first.write_report(report)
        for each in self._writers:
            each.write_report(report)

    def _outliving_reader(self) -> AbstractContextManager[None]:
        return outlive_reader(self._out) if self._files or self._goes_on else nullcontext()

    def close(self, outcome: Outcome) -> list[str]:
        """Complete every file. Returns remarks for the user on what was written. Raises CannotWrite."""
        remarks = []
        with self._outliving_reader():
            if self._first and (remark := self._first.close(outcome)):
                remarks.append(remark)
            self._out.flush()
        remarks += [remark for each in self._writers if (remark := each.close(outcome))]
        while self._files:
            out, part, path = self._files.pop()
            try:
                out.close()
                part.replace(path)
            except OSError as error:
                self.discard_unfinished()
                raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error
        return remarks

    def discard_unfinished(self) -> None:
        """Delete the files that are not complete."""
        for out, part, _ in self._files:
            out.close()
            part.unlink(missing_ok=True)
        self._files.clear()


def describe_rules(rules: Iterable[type[Rule]]) -> Mapping[str, RuleText]:
    """The text on each rule that formats need, by its name. Of two of one name, from two houses, the first counts."""
    from imrlint.authoring import pages

    return {
        rule.name(): RuleText(
            rule.code, rule.family(), rule.importance, rule.severity(), rule.summary(), pages.write_page(rule)
        )
        for rule in reversed(list(rules))
    }
