"""Where a run writes to: standard output, and any number of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TextIO

from imrlint.engine.report import Report
from imrlint.engine.rule import Rule
from imrlint.output import Format, Outcome, RuleText, Setting, Writer, writer
from imrlint.output import statistics as statistics_writer


class Target(NamedTuple):
    """A file to be written, and in which format."""

    format: Format
    path: Path


class CannotWrite(Exception):
    """A file that cannot be written. The message names it and says why, in one line."""


def targets(entries: Iterable[str]) -> tuple[Target, ...]:
    """The files that `FORMAT=FILE` names, each. Raises CannotWrite."""
    found = []
    for entry in entries:
        name, equals, path = entry.partition("=")
        if not equals or not path or name not in {each.value for each in Format}:
            formats = ", ".join(each.value for each in Format)
            raise CannotWrite(f'--output is "{entry}"; it must be FORMAT=FILE, with one of {formats}')
        found.append(Target(Format(name), Path(path)))
    if len({target.path for target in found}) < len(found):
        raise CannotWrite("--output names one file twice")
    return tuple(found)


class _File(NamedTuple):
    writer: Writer
    out: TextIO
    part: Path
    path: Path


class Outputs:
    """Hands each report to all writers. A file appears when the run is over, wholly or not at all."""

    def __init__(
        self,
        out: TextIO,
        shown: Format | None,
        targets: Sequence[Target],
        setting: Setting,
        *,
        statistics: bool = False,
    ) -> None:
        """`shown` is the format of standard output, None for nothing. Raises CannotWrite."""
        self._files: list[_File] = []
        self._writers: list[Writer] = []
        if statistics:
            self._writers.append(statistics_writer.Writer(out, setting))
        elif shown is not None:
            self._writers.append(writer(shown, out, setting))
        for target in targets:
            part = target.path.with_name(f".{target.path.name}.{os.getpid()}.part")
            try:
                file = part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            except OSError as error:
                self.abandon()
                raise CannotWrite(f"{target.path}: cannot be written: {error.strerror or error}") from error
            made = writer(target.format, file, replace(setting, colour=False))
            self._files.append(_File(made, file, part, target.path))
            self._writers.append(made)

    def letter(self, report: Report) -> None:
        for each in self._writers:
            each.letter(report)

    def close(self, outcome: Outcome) -> list[str]:
        """Finish every file. Gives what the user should know about what was written. Raises CannotWrite."""
        said = [told for each in self._writers if (told := each.close(outcome))]
        while self._files:
            _, out, part, path = self._files.pop()
            try:
                out.close()
                part.replace(path)
            except OSError as error:
                self.abandon()
                raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error
        return said

    def abandon(self) -> None:
        """Take away what was begun."""
        for _, out, part, _ in self._files:
            out.close()
            part.unlink(missing_ok=True)
        self._files.clear()


def rulebook(rules: Iterable[type[Rule]]) -> Mapping[str, RuleText]:
    """What formats say of rules, by name. Of two rules of one name, from two houses, the first is described."""
    from imrlint.authoring import pages

    return {
        rule.name(): RuleText(rule.code, rule.family(), rule.severity(), rule.summary(), pages.page(rule))
        for rule in reversed(list(rules))
    }
