"""How reports are written: one module for each format, each with a Writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import NamedTuple, Protocol, TextIO

from imrlint.engine.findings import Importance, Severity
from imrlint.engine.report import Report


class Format(Enum):
    """A form in which findings are written. The value is what users call it."""

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
    """What is said of a rule: `help` is Markdown."""

    code: str
    family: str
    importance: Importance
    severity: Severity
    summary: str
    help: str


@dataclass(frozen=True)
class Setting:
    """How to write. `rules` gives the text of every rule by name, when a format asks for it."""

    version: str
    began: datetime
    excerpts: bool = True
    colour: bool = False
    marks: bool = False
    fail_on: Severity = Severity.WARNING
    rules: Callable[[], Mapping[str, RuleText]] = dict


@dataclass
class Outcome:
    """What a run came to."""

    letters: int = 0
    fixed: int = 0
    counts: Counter[Severity] = field(default_factory=Counter)
    importances: Counter[Importance] = field(default_factory=Counter)
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    accepted: int = 0  # findings that a waiver or the baseline covers
    unchecked: list[tuple[str, str]] = field(default_factory=list)  # files, each with the reason


class Writer(Protocol):
    """Writes reports one by one, in the order of the letters. A letter may come twice."""

    def letter(self, report: Report) -> None: ...

    def close(self, outcome: Outcome) -> str | None:
        """Write what comes last. Gives what the user should know about what was written, if anything."""
        ...


_MODULES = {Format.JSON: "document", Format.CSV: "table"}


def writer(format: Format, out: TextIO, setting: Setting) -> Writer:  # noqa: A002
    """A writer of this format."""
    module = import_module(f"imrlint.output.{_MODULES.get(format, format.value)}")
    made: Writer = module.Writer(out, setting)
    return made
