"""The configuration of a letter: which rules run, with which options, and how severe their findings are.

An unknown name is an error, and its message suggests the nearest known one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imrlint.document.letter import Letter
from imrlint.engine.findings import Severity
from imrlint.engine.linter import ActiveRule
from imrlint.engine.messages import did_you_mean
from imrlint.engine.rule import Rule, Trait
from imrlint.engine.ruleset import Ruleset, installed
from imrlint.memory.errors import BadMemory
from imrlint.reading import Reading
from imrlint.reading.doubts import Doubter
from imrlint.reading.right_words import RightWords

if TYPE_CHECKING:
    from imrlint.memory.recall import Memory

OFF = "off"
READER_VARIABLE = "IMRLINT_READER"  # of the environment: "off" leaves the trained reader out
_LEVELS = {severity.word: severity for severity in Severity}
KEYS = (
    "select", "ignore", "fail-on", "never-waive", "words", "stage", "own", "reader", "memory", "site", "wording",
    "rules",
)  # fmt: skip
STAGES = ("posted", "mailed")
_EXAMPLES = {"words": "Accuflexx", "own": "(555) 555-0100"}
_SITE = re.compile(r"(?:https?://|file:///)[!-~]+")
_WORDING_KEYS = ("forbid", "prefer", "require")


class ConfigError(Exception):
    """A configuration, or another file of settings, that cannot be used. The message says which, and why."""


class NoActiveRules(ConfigError):
    """A configuration under which no rule is left to run."""


@dataclass(frozen=True)
class ReaderSettings:
    """Whether the trained reader is used, and how sure it must be, from 0 to 1, for a warning and for a note.

    It is used unless the environment says that it is off.
    """

    use: bool = field(default_factory=lambda: os.environ.get(READER_VARIABLE) != OFF)
    warning: float = 0.75
    note: float = 0.5


@dataclass(frozen=True)
class Config:
    """What a house wants checked.

    `words` are correct in this house, for every rule with an option of that name. So it is with `stage`, which
    says what the letters are ("mailed" to the parties, or "posted" for everybody), and `own`: the names, numbers and
    addresses of the house itself. Findings of the rules and families in `never_waive` cannot be waived. `rules`
    holds the tables of options as written, by name of the rule. `memory` is the file of what this house has written
    before. `site` is the address of the documentation as a site,
    "" where there is none. `ruleset` holds all rules that there are; every
    name in the configuration is one of its names.
    """

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    words: tuple[str, ...] = ()
    stage: str = STAGES[0]
    own: tuple[str, ...] = ()
    reader: ReaderSettings = field(default_factory=ReaderSettings)
    never_waive: tuple[str, ...] = ()
    memory: Path | None = None
    site: str = ""
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origin: str = "the built-in defaults"
    ruleset: Ruleset = field(default_factory=installed, repr=False)

    def with_choice(self, select: Iterable[str], ignore: Iterable[str], fail_on: Severity | None) -> Config:
        """The configuration with the choice of the command line applied. Raises ConfigError for an unknown name."""
        selected, ignored = tuple(select), tuple(ignore)
        for name in (*selected, *ignored):
            _check_selector(name, self.ruleset, "the command line")
        return self.narrowed_to(selected, ignored, fail_on)

    def narrowed_to(self, select: Iterable[str], ignore: Iterable[str], fail_on: Severity | None) -> Config:
        """Like `with_choice`, but a name that this house does not have is no error: it selects nothing."""
        return replace(
            self,
            select=tuple(select) or self.select,
            ignore=(*self.ignore, *ignore),
            fail_on=fail_on or self.fail_on,
        )

    def active_rules(self) -> tuple[ActiveRule, ...]:
        """The rules to run, with options and severities. Raises NoActiveRules, ConfigError."""
        active_rules = tuple(
            ActiveRule(self._build_rule(rule), severity)
            for rule in self.ruleset.rules
            if _is_selected(rule, self.select) and not _is_selected(rule, self.ignore)
            if (severity := self._severity(rule)) is not None
        )
        if not active_rules:
            raise NoActiveRules(f"{self.origin}: no rule is left to run")
        return active_rules

    def rule_page(self, name: str) -> str:
        """The address of the page on a rule; "" without a site, and for a rule of the house, which has none."""
        rule = installed().by_name.get(name)
        if not self.site or rule is None or rule is not self.ruleset.by_name.get(name):
            return ""
        from imrlint.authoring import pages

        return f"{self.site.rstrip('/')}/{pages.path_on_site(rule)}"

    def read(self, letter: Letter) -> Reading:
        """The Reading of a letter, with the trained reader and the memory where this house wants them."""
        return Reading(letter, self.doubter(), self.recall())

    def recall(self) -> Memory | None:
        """The memory of this house; None where none is named, or it cannot be used: `find_memory_problem` says why."""
        if self.memory is None:
            return None
        from imrlint.memory import recall

        try:
            return recall.load(self.memory)
        except BadMemory:
            return None

    def find_memory_problem(self) -> str:
        """Why the memory that is named cannot be used, in one line; "" where there is nothing to say."""
        if self.memory is None:
            return ""
        from imrlint.memory import recall

        try:
            recall.load(self.memory)
        except BadMemory as error:
            return str(error)
        return ""

    def doubter(self) -> Doubter | None:
        """The trained reader as this house wants it; None where it is not wanted, or not installed."""
        if not self.reader.use:
            return None
        from imrlint import reader

        loaded = reader.load()
        words = RightWords.of(self.words)
        return Doubter(loaded, self.reader.warning, self.reader.note, words) if loaded else None

    def _severity(self, rule: type[Rule]) -> Severity | None:
        """The severity of a rule's findings; None where the rule is off."""
        level = self.rules.get(rule.name(), {}).get("severity")
        if level is None:
            return rule.severity()
        return None if level == OFF else _LEVELS[level]

    def _build_rule(self, rule: type[Rule]) -> Rule:
        options = {k.replace("-", "_"): v for k, v in self.rules.get(rule.name(), {}).items() if k != "severity"}
        known: set[str] = {each.name for each in fields(rule)} if is_dataclass(rule) else set()
        if "stage" in known:
            options.setdefault("stage", self.stage)
        for name, values in (("words", self.words), ("own", self.own)):
            if values and name in known:
                options[name] = [*options.get(name, ()), *values]
        try:
            return rule(**{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()})
        except Exception as error:  # a rule may check its options, and raise anything
            raise ConfigError(f"{self.origin}: [rules.{rule.name()}]: {type(error).__name__}: {error}") from error


def build_config(content: Mapping[str, Any], origin: str, ruleset: Ruleset | None = None) -> Config:
    """The configuration in a table, for these rules or else the installed ones. Raises ConfigError.

    `origin` is the file or place of the table, which messages name.
    """
    known = ruleset or installed()
    for key in content:
        if key not in KEYS:
            raise ConfigError(f'{origin}: unknown key "{key}"{did_you_mean(key, KEYS)}')
    select = _read_names(content, "select", known, origin) if "select" in content else ("all",)
    ignore = _read_names(content, "ignore", known, origin)
    fail_on = content.get("fail-on", Severity.WARNING.word)
    if fail_on not in _LEVELS:
        raise ConfigError(f"{origin}: fail-on is {fail_on!r}; it can be {_join_words(_LEVELS)}")
    tables = content.get("rules", {})
    if not isinstance(tables, dict):
        raise ConfigError(f'{origin}: "rules" must be a table of rules, such as [rules.NAME]')
    if "wording" in content:
        options = _read_wording(content["wording"], origin)
        tables = {**tables, **{name: {**tables.get(name, {}), **options} for name in known.with_trait(Trait.WORDING)}}
    words = _read_words(content.get("words", []), "words", origin)
    own = _read_words(content.get("own", []), "own", origin)
    stage = content.get("stage", STAGES[0])
    if stage not in STAGES:
        raise ConfigError(f"{origin}: stage is {stage!r}; it can be {_join_words(STAGES)}")
    for name, table in tables.items():
        if name not in known.by_name:
            raise ConfigError(f'{origin}: no rule is named "{name}"{known.suggestion(name)}')
        _check_table(known.by_name[name], table, origin)
    never_waive = _read_names(content, "never-waive", known, origin)
    reader = _read_reader(content.get("reader", True), origin)
    return Config(
        select=select,
        ignore=ignore,
        fail_on=_LEVELS[fail_on],
        words=words,
        stage=stage,
        own=own,
        reader=reader,
        never_waive=never_waive,
        memory=_read_memory(content.get("memory", ""), origin),
        site=_read_site(content.get("site", ""), origin),
        rules=tables,
        origin=origin,
        ruleset=known,
    )


def _read_wording(table: Any, origin: str) -> dict[str, list[str]]:
    """The table `wording` as options of the rules with the trait WORDING. Raises ConfigError."""
    where = f"{origin}: [wording]"
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table")
    options: dict[str, list[str]] = {}
    for key, value in table.items():
        if key not in _WORDING_KEYS:
            raise ConfigError(f'{where}: unknown key "{key}"{did_you_mean(key, _WORDING_KEYS)}')
        if key == "prefer":
            if not isinstance(value, dict) or not all(isinstance(right, str) for right in value.values()):
                raise ConfigError(f'{where}: prefer must be a table, such as {{ "low-back" = "low back" }}')
            value = [word for pair in value.items() for word in pair]
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise ConfigError(f'{where}: {key} must be a list of words, such as ["one", "another"]')
        options[key] = value
    return options


def _read_reader(value: Any, origin: str) -> ReaderSettings:
    """The settings of the trained reader: true, false, or a table of thresholds. Raises ConfigError."""
    if value is False:
        return ReaderSettings(use=False)
    if value is True:
        return ReaderSettings()
    where = f"{origin}: reader"
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: must be true, false, or a table, such as {{ warning = 0.8, note = 0.5 }}")
    levels = ("warning", "note")
    for key, level in value.items():
        if key not in levels:
            raise ConfigError(f'{where}: unknown key "{key}"{did_you_mean(key, levels)}')
        if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level <= 1:
            raise ConfigError(f"{where}: {key} is {level!r}; it must be a number from 0 to 1")
    defaults = ReaderSettings()
    settings = ReaderSettings(
        warning=float(value.get("warning", defaults.warning)), note=float(value.get("note", defaults.note))
    )
    if settings.note > settings.warning:
        raise ConfigError(f"{where}: note is {settings.note}, more than the {settings.warning} of a warning")
    return settings


def _read_site(value: Any, origin: str) -> str:
    """The address of the site. Raises ConfigError."""
    if value != "" and not (isinstance(value, str) and _SITE.fullmatch(value)):
        raise ConfigError(f"{origin}: site is {value!r}; it must be an address that begins with https:// or file:///")
    return str(value)


def _read_memory(value: Any, origin: str) -> Path | None:
    """The file of the memory, beside that of the settings; None for "". Raises ConfigError."""
    if not isinstance(value, str):
        raise ConfigError(f'{origin}: memory is {value!r}; it must be the name of a file, such as "house.memory"')
    return Path(origin).parent / value if value else None


def _read_words(words: Any, key: str, origin: str) -> tuple[str, ...]:
    """The words of a house under a key: from a list, or from a file beside the configuration, one word a line.

    Raises ConfigError.
    """
    if isinstance(words, str):
        path = Path(origin).parent / words
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{origin}: {key}: {path} cannot be read as a list of words: {error}") from error
        return tuple(word for line in lines if (word := line.partition("#")[0].strip()))
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise ConfigError(f'{origin}: {key} must be a list, such as ["{_EXAMPLES[key]}"], or the name of a file')
    return tuple(words)


def _read_names(content: Mapping[str, Any], key: str, ruleset: Ruleset, origin: str) -> tuple[str, ...]:
    names = content.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f'{origin}: "{key}" must be a list of names, such as ["privacy", "dates"]')
    for name in names:
        _check_selector(name, ruleset, origin)
    return tuple(names)


def _check_selector(name: str, ruleset: Ruleset, origin: str) -> None:
    if name not in ruleset.selectors:
        raise ConfigError(f'{origin}: no rule or family is called "{name}"{did_you_mean(name, ruleset.selectors)}')


def _check_table(rule: type[Rule], table: Any, origin: str) -> None:
    where = f"{origin}: [rules.{rule.name()}]"
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table")
    known: dict[str, Any] = {f.name.replace("_", "-"): f for f in fields(rule)} if is_dataclass(rule) else {}
    for key, value in table.items():
        if key == "severity":
            if value != OFF and value not in _LEVELS:
                raise ConfigError(f"{where}: severity is {value!r}; it can be {_join_words((*_LEVELS, OFF))}")
        elif key not in known:
            raise ConfigError(f'{where}: unknown option "{key}"{did_you_mean(key, ("severity", *known))}')
        else:
            default = known[key].default
            if not _is_like(value, default):
                raise ConfigError(f"{where}: {key} is {_format_option(value)}; it must be like {_example(default)}")


def _is_like(value: object, default: object) -> bool:
    """Whether the value of an option has the type of its default: a list of words for a tuple."""
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return type(value) is type(default) or (type(default) is float and type(value) is int)


def _example(default: object) -> str:
    return '["one", "another"]' if isinstance(default, tuple) else _format_option(default)


def _format_option(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _is_selected(rule: type[Rule], selectors: Iterable[str]) -> bool:
    return any(each in ("all", rule.name(), rule.code, rule.family()) for each in selectors)


def _join_words(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"
