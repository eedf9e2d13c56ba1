"""Examining one letter of a run: read it, parse it, check it, and gather its clues."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from imrlint import parser, source
from imrlint.document.letter import Letter
from imrlint.engine import batch, linter
from imrlint.engine.batch import Clues, KeyedFinding
from imrlint.engine.findings import Severity
from imrlint.engine.linter import ActiveRule, RuleFinding
from imrlint.engine.report import Crash, Report
from imrlint.engine.rule import Rule
from imrlint.reading import Reading
from imrlint.session.inputs import AS_IT_LOOKS, Decoding
from imrlint.settings.config import Config, ConfigError, NoActiveRules, ReaderSettings
from imrlint.settings.files import Settings, SettingsReader
from imrlint.source import Unreadable


@dataclass(frozen=True)
class ExaminationOptions:
    """How letters are examined. Small, so that it can be sent to another process.

    `settings` are those of the file that the command line names; without it each letter has the nearest.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    settings: Settings | None = None
    profile: str | None = None
    decoding: Decoding = AS_IT_LOOKS
    reader: bool = True
    memory: Path | None = None


class LetterPlan(NamedTuple):
    """The configuration of a letter, and the rules to run on it."""

    config: Config
    active_rules: tuple[ActiveRule, ...]

    def read(self, letter: Letter) -> Reading:
        """The Reading of the letter, with the trained reader and the memory where this house wants them."""
        return self.config.read(letter)


@dataclass(frozen=True)
class LetterResult:
    """The result of examining a letter. Without a report it could not be examined, and `error` says why.

    `content_hash` is the SHA-256 of the content that was examined, whatever the file contains by now.
    `is_plain_text`: the text is what the file contains. `stdin_content` is what came from standard input,
    which cannot be read again.
    """

    name: str
    report: Report | None = None
    clues: Clues = field(default_factory=dict)
    crashes: tuple[Crash, ...] = ()  # of batch rules
    error: str = ""
    is_settings_error: bool = False  # the error names a file of settings, not the letter
    content_hash: bytes = b""
    is_plain_text: bool = True
    stdin_content: bytes = b""

    @property
    def problem(self) -> str:
        """The error with the name of the file that it is about."""
        return self.error if self.is_settings_error else f"{self.name}: {self.error}"


class Examiner:
    """Examines letters, each under its own configuration."""

    def __init__(self, options: ExaminationOptions, reader: SettingsReader | None = None) -> None:
        self.options = options
        self._reader = reader or SettingsReader()
        self._plans: dict[tuple[str, ...], LetterPlan] = {}

    def reload_settings(self) -> None:
        """Read the files of settings again. Raises ConfigError."""
        self._reader = SettingsReader()
        self._plans.clear()
        named = self.options.settings
        if named and Path(named.origin).is_file():
            self.options = replace(self.options, settings=self._reader.read_file(Path(named.origin)))

    def settings_for(self, name: str) -> Settings:
        """The settings of the letter of this name. Raises ConfigError."""
        letter = Path(os.path.abspath(name))  # noqa: PTH100 (settings of a folder that ".." leaves do not apply)
        return self.options.settings or self._reader.read_nearest(letter.parent)

    def plan_for(self, name: str) -> LetterPlan:
        """The plan for the letter of this name. Raises ConfigError."""
        letter = Path(os.path.abspath(name))  # noqa: PTH100 (settings of a folder that ".." leaves do not apply)
        settings = self.settings_for(name)
        options = self.options
        key = (settings.origin, *(layer.origin for layer in settings.layers(letter, options.profile)))
        if key not in self._plans:
            config = settings.config(letter, options.profile)
            config = config.narrowed_to(options.select, options.ignore, options.fail_on)
            if not options.reader:
                config = replace(config, reader=ReaderSettings(use=False))
            if options.memory:
                config = replace(config, memory=options.memory)
            self._plans[key] = LetterPlan(config, self._active_rules(config, name))
        return self._plans[key]

    def _active_rules(self, config: Config, letter: str) -> tuple[ActiveRule, ...]:
        """The rules to run on letters like this one: none where its house has none of those selected."""
        try:
            return config.active_rules()
        except NoActiveRules as error:
            if self.options.select:  # another letter may have them
                return ()
            raise ConfigError(f"{letter}: {error}") from error

    def plans(self) -> Collection[LetterPlan]:
        """The plans of the letters so far, each once."""
        return self._plans.values()

    def rules(self) -> list[type[Rule]]:
        """Every rule that there was for a letter so far, whether it ran or not."""
        return list(dict.fromkeys(rule for plan in self._plans.values() for rule in plan.config.ruleset.rules))

    def examine(self, content: bytes, name: str) -> LetterResult:
        """The result for a letter with this content. Raises ConfigError."""
        plan = self.plan_for(name)
        active_rules = plan.active_rules
        try:
            reading = plan.read(parser.parse(self.options.decoding.decode(content, name)))
        except Unreadable as error:
            return LetterResult(name, error=error.reason)
        gathered = batch.gather_clues(reading, active_rules)
        return _result(content, linter.lint(reading, active_rules), gathered.clues, gathered.crashes)

    def examine_file(self, path: str) -> LetterResult:
        """The result for the letter in a file. Raises ConfigError."""
        try:
            content = source.read_content(Path(path))
        except Unreadable as error:
            return LetterResult(path, error=error.reason)
        return self.examine(content, path)

    def report_findings(self, content: bytes, name: str, found: Sequence[KeyedFinding]) -> LetterResult:
        """The result for a letter in which comparing letters made these findings. Raises Unreadable, ConfigError."""
        rules = {active.rule.key(): active for active in self.plan_for(name).active_rules}
        reading = Reading(parser.parse(self.options.decoding.decode(content, name)))
        attributed = [RuleFinding(each.finding, rules[each.rule]) for each in found if each.rule in rules]
        return _result(content, linter.build_report(reading, attributed))


@dataclass(frozen=True)
class ExaminationJob:
    """Examining letters, as a job for other processes."""

    options: ExaminationOptions

    def start(self) -> Callable[[str], LetterResult]:
        """The function that examines the letter in a file."""
        examiner = Examiner(self.options)

        def examine(path: str) -> LetterResult:
            try:
                return _with_plain_errors(examiner.examine_file(path))
            except ConfigError as error:
                return LetterResult(path, error=str(error), is_settings_error=True)

        return examine

    def refuse(self, path: str, reason: str) -> LetterResult:
        """The result for a letter that no process could examine."""
        return LetterResult(path, error=f"not checked: {reason}")


def _with_plain_errors(result: LetterResult) -> LetterResult:
    """The result, with errors of rules as a type that every process has."""
    if not result.crashes and not (result.report and result.report.crashes):
        return result

    def plain(crashes: tuple[Crash, ...]) -> tuple[Crash, ...]:
        return tuple(Crash(crash.rule, RuntimeError(crash.error_summary), crash.error_summary) for crash in crashes)

    report = result.report and replace(result.report, crashes=plain(result.report.crashes))
    return replace(result, report=report, crashes=plain(result.crashes))


def _result(
    content: bytes, report: Report, clues: Clues | None = None, crashes: tuple[Crash, ...] = ()
) -> LetterResult:
    return LetterResult(
        report.source.name,
        report,
        clues or {},
        crashes,
        content_hash=hashlib.sha256(content).digest(),
        is_plain_text=not (report.source.pages or report.source.paragraphs),
    )
