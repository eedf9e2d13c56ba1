"""What is done to one letter of a run: read, parsed, linted, asked for its clues."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from imrlint import parser, source
from imrlint.engine import batch, linter
from imrlint.engine.batch import Clues, Signed
from imrlint.engine.findings import Severity
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import Crash, Report
from imrlint.engine.rule import Rule
from imrlint.reading import Reading
from imrlint.settings import files
from imrlint.settings.config import Config
from imrlint.settings.files import Settings
from imrlint.source import Unreadable


@dataclass(frozen=True)
class Terms:
    """How letters are examined: small and plain, so that another process can be told.

    `given` are the settings that the command line names; without them each letter has the nearest.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    given: Settings | None = None
    profile: str | None = None
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
    """Examines letters, each under its own configuration."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._settings: dict[Path, Settings] = {}
        self._plans: dict[tuple[str, ...], tuple[Config, tuple[ActiveRule, ...]]] = {}

    def plan_for(self, name: str) -> tuple[Config, tuple[ActiveRule, ...]]:
        """The configuration for the letter of this name, and the rules to run. Raises ConfigError."""
        letter = Path(os.path.abspath(name))  # noqa: PTH100 (a folder that ".." leaves has no say)
        found = self.settings(letter.parent)
        key = (found.origin, *(place for place, _ in found.layers(letter, self.terms.profile)))
        if key not in self._plans:
            terms = self.terms
            chosen = found.config(letter, terms.profile).narrowed_to(terms.select, terms.ignore, terms.fail_on)
            self._plans[key] = chosen, chosen.active_rules()
        return self._plans[key]

    def rules(self) -> list[type[Rule]]:
        """Every rule that there was for a letter so far, whether it ran or not."""
        return list(dict.fromkeys(rule for chosen, _ in self._plans.values() for rule in chosen.ruleset.rules))

    def settings(self, folder: Path) -> Settings:
        """The settings for letters in a folder. Raises ConfigError."""
        if folder not in self._settings:
            self._settings[folder] = self.terms.given or files.nearest(folder)
        return self._settings[folder]

    def examine(self, content: bytes, name: str) -> Examined:
        """The letter in `content`. Raises ConfigError."""
        _, active_rules = self.plan_for(name)
        try:
            reading = Reading(parser.parse(source.decoded(content, name, self.terms.encoding)))
        except Unreadable as error:
            return Examined(name, trouble=error.reason)
        return _examined(content, linter.lint(reading, active_rules), *batch.gathered(reading, active_rules))

    def placed(self, content: bytes, name: str, found: Sequence[Signed]) -> Examined:
        """The letter in `content` with what was found when it was held against others. Raises Unreadable."""
        _, active_rules = self.plan_for(name)
        own = {active.rule.key(): active for active in active_rules}
        reading = Reading(parser.parse(source.decoded(content, name, self.terms.encoding)))
        signed = [(finding, own[rule]) for rule, finding in found if rule in own]
        return _examined(content, linter.reported(reading, signed))

    def examine_file(self, path: str) -> Examined:
        """The letter in a file. Raises ConfigError."""
        try:
            content = source.content_of(Path(path))
        except Unreadable as error:
            return Examined(path, trouble=error.reason)
        return self.examine(content, path)


def _examined(content: bytes, report: Report, clues: Clues | None = None, crashes: tuple[Crash, ...] = ()) -> Examined:
    typed = not (report.source.pages or report.source.paragraphs)
    digest = hashlib.sha256(content).digest()
    return Examined(report.source.name, report, clues or {}, crashes, digest=digest, typed=typed)
