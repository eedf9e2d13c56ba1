"""Writing reports: a module for each format, each with a Writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from imrlint.engine.findings import Importance, Severity
from imrlint.output.excerpts import WIDEST

if TYPE_CHECKING:
    from imrlint.engine.report import Report


class Format(Enum):
    """A format of reports. The value is the name that users write."""

    TEXT = "text"
    CONCISE = "concise"
    JSONL = "jsonl"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CSV = "csv"
    HTML = "html"


class RuleText(NamedTuple):
    """The documentation of a rule; `help` is Markdown."""

    code: str
    family: str
    importance: Importance
    severity: Severity
    summary: str
    help: str


@dataclass(frozen=True)
class WriterOptions:
    """How to write reports. `rules` returns the documentation of every rule, by its name.

    `fail_on` returns the least severity that makes the check of a letter fail; it takes the name of the letter.
    `rule_page` takes the names of a rule and a letter, and returns the address of the page on the rule, or "".
    """

    version: str
    began: datetime  # the start of the run
    excerpts: bool = True  # whether words of the letters may be written
    colour: bool = False
    hyperlinks: bool = False  # whether the terminal follows links
    marks: bool = False  # whether to write fingerprints where the format has none
    by_item: bool = False  # whether to count the findings of each disputed item, where the format is for people
    width: int = WIDEST  # columns of an excerpt at most
    fail_on: Callable[[str], Severity] = lambda _: Severity.WARNING
    rules: Callable[[], Mapping[str, RuleText]] = dict
    rule_page: Callable[[str, str], str] = lambda rule, letter: ""  # noqa: ARG005


class UncheckedFile(NamedTuple):
    """A file that could not be checked, and the reason in words."""

    path: str
    reason: str


@dataclass
class Outcome:
    """The figures of a run."""

    letters: int = 0  # checked
    fixed: int = 0  # fixes made
    counts: Counter[Severity] = field(default_factory=Counter)
    importances: Counter[Importance] = field(default_factory=Counter)
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    accepted: int = 0  # findings that a waiver or the baseline covers
    unchecked: list[UncheckedFile] = field(default_factory=list)


class Writer(Protocol):
    """Writes the reports of a run in one format."""

    def write_report(self, report: Report) -> None:
        """Write the findings in a letter. A second report has what comparing letters found in it."""
        ...

    def close(self, outcome: Outcome) -> str | None:
        """Write the end. Returns a remark for the user, such as that something was left out; None without one."""
        ...


_MODULES = {Format.JSON: "document", Format.CSV: "table"}


def make_writer(format: Format, out: TextIO, options: WriterOptions) -> Writer:  # noqa: A002
    """A writer that writes this format to `out`."""
    module = import_module(f"imrlint.output.{_MODULES.get(format, format.value)}")
    writer: Writer = module.Writer(out, options)
    return writer
