"""What a file of settings says: for everybody, under a profile, for some letters.

One file holds, the nearest: `imrlint.toml`, or `pyproject.toml` with a table `[tool.imrlint]`. Files
are not merged. Within the file, a profile and tables for some letters come on top of what holds for
all: lists of what to ignore, of words, and of what may not be waived grow; everything else is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from imrlint.engine.findings import Severity
from imrlint.engine.rule import Trait
from imrlint.engine.ruleset import BadRules, Ruleset, installed
from imrlint.settings import config
from imrlint.settings.config import Config, ConfigError

FILES = ("imrlint.toml", "pyproject.toml")  # what a file of settings is called
DEFAULTS = "the built-in defaults"
_OWN = ("profile", "profiles", "letters", "rule-paths")
_GROWING = ("ignore", "words", "never-waive")
_NESTED = ("rules", "wording")


@dataclass(frozen=True)
class Profile:
    """Settings for an occasion, which select rules by what they declare.

    Findings of rules with the trait `lenient_with` are notes; rules with the trait `ignored` do not run.
    """

    fail_on: Severity
    lenient_with: Trait | None = None
    ignored: Trait | None = None

    def layer(self, ruleset: Ruleset) -> Mapping[str, Any]:
        """The same as a table of settings, with the names of the rules that there are."""
        layer: dict[str, Any] = {"fail-on": self.fail_on.word}
        if self.lenient_with:
            layer["rules"] = {name: {"severity": Severity.NOTE.word} for name in ruleset.with_trait(self.lenient_with)}
        if self.ignored:
            layer["ignore"] = ruleset.with_trait(self.ignored)
        return layer


PROFILES: Mapping[str, Profile] = {
    "draft": Profile(Severity.ERROR, lenient_with=Trait.UNFINISHED),
    "release": Profile(Severity.WARNING),
    "archive": Profile(Severity.ERROR, ignored=Trait.MOOT_ONCE_MAILED),
}
"""Profiles that every house has. One of the same name in a file comes on top."""


@dataclass(frozen=True, eq=False)
class Settings:
    """The content of one file, and its name. In another process its rules are loaded anew, from the same folders."""

    content: Mapping[str, Any] = field(default_factory=dict)
    origin: str = DEFAULTS

    def __reduce__(self) -> tuple[type[Settings], tuple[Mapping[str, Any], str]]:
        return Settings, (self.content, self.origin)

    @cached_property
    def ruleset(self) -> Ruleset:
        """The rules that there are for letters under these settings. Raises ConfigError."""
        paths = self.content.get("rule-paths", [])
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise ConfigError(f'{self.origin}: "rule-paths" must be a list of folders, such as ["our-rules"]')
        try:
            return installed().extended(self.rule_folders)
        except BadRules as error:
            where = f"{self.origin}: rule-paths" if paths else self.origin
            raise ConfigError(f"{where}: {error}") from error

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """The folders of rules that a house has of its own."""
        return tuple(Path(self.origin).parent / path for path in self.content.get("rule-paths", []))

    def config(self, letter: Path | None = None, profile: str | None = None) -> Config:
        """The configuration for a letter, under a profile or the one that the file names. Raises ConfigError."""
        layers = [layer for _, layer in self.layers(letter, profile)]
        merged: dict[str, Any] = {}
        for layer in layers:
            merged = _on_top(merged, layer)
        return config.read(merged, self.origin, self.ruleset)

    def layers(self, letter: Path | None = None, profile: str | None = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What holds for a letter, the weakest first, each with its place in words. Raises ConfigError."""
        yield self.origin, {key: value for key, value in self.content.items() if key not in _OWN}
        name = profile or self.content.get("profile")
        if name is not None:
            own = self._profiles()
            if name not in (*PROFILES, *own):
                known = ", ".join(sorted({*PROFILES, *own}))
                raise ConfigError(f'{self.origin}: no profile is called "{name}"; there are {known}')
            if name in PROFILES:
                yield f"the built-in profile {name}", PROFILES[name].layer(self.ruleset)
            if name in own:
                yield f"{self.origin}, profile {name}", own[name]
        for number, (patterns, table) in enumerate(self._tables(), 1):
            if letter is not None and self._meant(letter, patterns):
                yield f"{self.origin}, letters {number} ({', '.join(patterns)})", table

    def checked(self) -> Settings:
        """The same, when every profile and every table can be used. Raises ConfigError."""
        for name in {*self._profiles(), self.content.get("profile")}:
            self.config(profile=name)
        for patterns, table in self._tables():
            where = f"{self.origin}: letters {', '.join(patterns)}"
            if "fail-on" in table or "never-waive" in table:
                raise ConfigError(f"{where}: fail-on and never-waive hold for all letters or none")
            config.read(table, where, self.ruleset)
        return self

    def _profiles(self) -> Mapping[str, Mapping[str, Any]]:
        profiles = self.content.get("profiles", {})
        if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
            raise ConfigError(f'{self.origin}: "profiles" must hold tables, such as [profiles.draft]')
        return profiles

    def _tables(self) -> Iterator[tuple[list[str], Mapping[str, Any]]]:
        tables = self.content.get("letters", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise ConfigError(f'{self.origin}: "letters" must be tables [[letters]]')
        for table in tables:
            patterns = table.get("match")
            if not isinstance(patterns, list) or not patterns or not all(isinstance(each, str) for each in patterns):
                raise ConfigError(f'{self.origin}: [[letters]] needs "match", such as match = ["archive/*"]')
            yield patterns, {key: value for key, value in table.items() if key != "match"}

    def _meant(self, letter: Path, patterns: list[str]) -> bool:
        """Whether a letter has a name that one of the patterns describes, seen from the file of settings."""
        home = Path(self.origin).absolute().parent
        try:
            name = letter.absolute().relative_to(home).as_posix()
        except ValueError:
            name = letter.absolute().as_posix()
        return any(fnmatchcase(name, pattern) for pattern in patterns)


def _on_top(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if key in _GROWING and isinstance(merged.get(key), list) and isinstance(value, list):
            merged[key] = [*merged[key], *value]
        elif key in _NESTED and isinstance(merged.get(key), dict) and isinstance(value, dict):
            merged[key] = {**merged[key], **{name: _table(merged[key].get(name), each) for name, each in value.items()}}
        else:
            merged[key] = value
    return merged


def _table(below: Any, above: Any) -> Any:
    return {**below, **above} if isinstance(below, dict) and isinstance(above, dict) else above


def nearest(folder: Path) -> Settings:
    """The settings for letters in `folder`: of the nearest file there or above. Raises ConfigError."""
    for place in (folder, *folder.parents):
        for name in FILES:
            path = place / name
            if path.is_file() and (found := load(path)):
                return found
    return Settings()


def named(path: Path) -> Settings:
    """The settings in a file that somebody named. Raises ConfigError."""
    found = load(path)
    if found is None:
        raise ConfigError(f"{path}: has no table [tool.imrlint]")
    return found


@cache
def load(path: Path) -> Settings | None:
    """The settings in a file; None for a `pyproject.toml` that has no `[tool.imrlint]`. Raises ConfigError."""
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if path.name == "pyproject.toml":
        tool = content.get("tool", {})
        if not isinstance(tool, dict) or "imrlint" not in tool:
            return None
        content = tool["imrlint"]
        if not isinstance(content, dict):
            raise ConfigError(f"{path}: [tool.imrlint] must be a table")
    return Settings(content, str(path)).checked()
