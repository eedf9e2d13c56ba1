"""What is done to one letter of a run: read, parsed, linted, asked for its clues."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from imrlint import batch, config, linter, parser, source
from imrlint.batch import Clues
from imrlint.config import Config
from imrlint.findings import Severity
from imrlint.linter import Charge
from imrlint.report import Crash, Report
from imrlint.source import Unreadable


@dataclass(frozen=True)
class Terms:
    """How letters are examined: small and plain, so that another process can be told.

    `given` is the configuration that the command line names; without it each letter has the nearest.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    given: Config | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Examined:
    """What became of a letter. Without a report it could not be read, and `trouble` says why, in one line."""

    name: str
    report: Report | None = None
    clues: Clues = field(default_factory=dict)
    crashes: tuple[Crash, ...] = ()  # of batch rules
    trouble: str = ""
    digest: bytes = b""  # SHA-256 of what was examined, whatever the file holds by now
    typed: bool = True  # and the text is what the file holds


class Examiner:
    """Examines letters, each under the configuration of its folder."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._plans: dict[Path, tuple[Config, tuple[Charge, ...]]] = {}

    def plan(self, folder: Path) -> tuple[Config, tuple[Charge, ...]]:
        """The configuration for letters in a folder, and the rules to run. Raises ConfigError."""
        if folder not in self._plans:
            terms = self.terms
            found = terms.given or config.nearest(folder)
            chosen = found.with_choice(terms.select, terms.ignore, terms.fail_on)
            self._plans[folder] = chosen, chosen.charges()
        return self._plans[folder]

    def plan_for(self, name: str) -> tuple[Config, tuple[Charge, ...]]:
        """The same for the letter of this name. Raises ConfigError."""
        return self.plan((Path(name).parent if name != "<stdin>" else Path.cwd()).absolute())

    def examine(self, content: bytes, name: str) -> Examined:
        """The letter in `content`. Raises ConfigError."""
        _, charges = self.plan_for(name)
        try:
            letter = parser.parse(source.decoded(content, name, self.terms.encoding))
        except Unreadable as error:
            return Examined(name, trouble=error.reason)
        report = linter.lint(letter, charges)
        clues, crashes = batch.gathered(letter, charges)
        typed = not (letter.source.pages or letter.source.paragraphs)
        return Examined(name, report, clues, crashes, digest=hashlib.sha256(content).digest(), typed=typed)

    def examine_file(self, path: str) -> Examined:
        """The letter in a file. Raises ConfigError."""
        try:
            content = source.content_of(Path(path))
        except Unreadable as error:
            return Examined(path, trouble=error.reason)
        return self.examine(content, path)
