"""Files of settings: for all letters, under a profile, and for some letters.

The nearest file applies: `imrlint.toml`, or `pyproject.toml` with a table `[tool.imrlint]`. Files are not
merged. Within a file, profiles and tables for some letters are layers over what applies to all letters: they
add to the lists `ignore`, `words`, `own` and `never-waive`, and replace everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from imrlint.engine.ruleset import BadRules, Ruleset, installed
from imrlint.once import cached_property
from imrlint.settings.config import OFF, Config, ConfigError, build_config
from imrlint.settings.profiles import PROFILES

FILE_NAMES = ("imrlint.toml", "pyproject.toml")  # in one folder, the first takes precedence
DEFAULTS = "the built-in defaults"
_FILE_KEYS = ("profile", "profiles", "letters", "rule-paths")  # the others are keys of a configuration
_GROWING = ("ignore", "words", "own", "never-waive")
_NESTED = ("rules", "wording")


class Layer(NamedTuple):
    """Some of the settings for a letter, and where they come from, in words."""

    origin: str
    content: Mapping[str, Any]


class LetterTable(NamedTuple):
    """A table `[[letters]]`: settings for the letters whose names one of the patterns matches."""

    patterns: list[str]
    content: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Settings:
    """The content of one file, and its path. In another process its rules are loaded anew, from the same folders."""

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
        """The folders with the house's own rules."""
        return tuple(Path(self.origin).parent / path for path in self.content.get("rule-paths", []))

    def config(self, letter: Path | None = None, profile: str | None = None) -> Config:
        """The configuration for a letter, under this profile or the one that the file names. Raises ConfigError.

        Without a letter, the configuration for letters that no table `[[letters]]` matches.
        """
        return build_config(self._merge_layers(letter, profile), self.origin, self.ruleset)

    def only(self, rule: str) -> Settings:
        """Settings under which this rule runs on every letter, and no other, with the options that it has here.

        Raises ConfigError.
        """
        merged = self._merge_layers()
        tables = merged.get("rules", {})
        options = {key: value for key, value in tables.get(rule, {}).items() if (key, value) != ("severity", OFF)}
        content = {key: value for key, value in merged.items() if key != "ignore"}
        content |= {"select": [rule], "rules": {**tables, rule: options}}
        return Settings({**content, "rule-paths": self.content.get("rule-paths", [])}, self.origin)

    def _merge_layers(self, letter: Path | None = None, profile: str | None = None) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for layer in self.layers(letter, profile):
            merged = _merge(merged, layer.content)
        return merged

    def layers(self, letter: Path | None = None, profile: str | None = None) -> Iterator[Layer]:
        """The settings for a letter, layer by layer; each overrides those before it. Raises ConfigError."""
        yield Layer(self.origin, {key: value for key, value in self.content.items() if key not in _FILE_KEYS})
        name = profile or self.content.get("profile")
        if name is not None:
            own = self._profiles()
            if name not in (*PROFILES, *own):
                known = ", ".join(sorted({*PROFILES, *own}))
                raise ConfigError(f'{self.origin}: no profile is called "{name}"; the profiles are {known}')
            if name in PROFILES:
                yield Layer(f"the built-in profile {name}", PROFILES[name].settings_for(self.ruleset))
            if name in own:
                yield Layer(f"{self.origin}, profile {name}", own[name])
        for number, table in enumerate(self._letter_tables(), 1):
            if letter is not None and self._matches(letter, table.patterns):
                yield Layer(f"{self.origin}, letters {number} ({', '.join(table.patterns)})", table.content)

    def check(self) -> None:
        """Raises ConfigError where a profile or a table cannot be used."""
        for name in {*self._profiles(), self.content.get("profile")}:
            self.config(profile=name)
        for table in self._letter_tables():
            where = f"{self.origin}: letters {', '.join(table.patterns)}"
            if "fail-on" in table.content or "never-waive" in table.content:
                raise ConfigError(f"{where}: fail-on and never-waive apply to all letters, and cannot be set for some")
            build_config(table.content, where, self.ruleset)

    def _profiles(self) -> Mapping[str, Mapping[str, Any]]:
        profiles = self.content.get("profiles", {})
        if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
            raise ConfigError(f'{self.origin}: "profiles" must contain tables, such as [profiles.draft]')
        return profiles

    def _letter_tables(self) -> Iterator[LetterTable]:
        tables = self.content.get("letters", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise ConfigError(f'{self.origin}: "letters" must be tables [[letters]]')
        for table in tables:
            patterns = table.get("match")
            if not isinstance(patterns, list) or not patterns or not all(isinstance(each, str) for each in patterns):
                raise ConfigError(f'{self.origin}: [[letters]] needs "match", such as match = ["archive/*"]')
            yield LetterTable(patterns, {key: value for key, value in table.items() if key != "match"})

    def _matches(self, letter: Path, patterns: list[str]) -> bool:
        """Whether the path of a letter, relative to the file of settings, matches one of the patterns."""
        folder = Path(self.origin).absolute().parent
        try:
            name = letter.absolute().relative_to(folder).as_posix()
        except ValueError:
            name = letter.absolute().as_posix()
        return any(fnmatchcase(name, pattern) for pattern in patterns)


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if key in _GROWING and isinstance(merged.get(key), list) and isinstance(value, list):
            merged[key] = [*merged[key], *value]
        elif key in _NESTED and isinstance(merged.get(key), dict) and isinstance(value, dict):
            tables = {name: _merge_tables(merged[key].get(name), each) for name, each in value.items()}
            merged[key] = {**merged[key], **tables}
        else:
            merged[key] = value
    return merged


def _merge_tables(below: Any, above: Any) -> Any:
    return {**below, **above} if isinstance(below, dict) and isinstance(above, dict) else above


class SettingsReader:
    """Reads files of settings, each once: letters under one file share its Settings, and so its rules."""

    def __init__(self) -> None:
        self._by_file: dict[Path, Settings | None] = {}
        self._by_folder: dict[Path, Settings] = {}

    def read_nearest(self, folder: Path) -> Settings:
        """The settings for letters in a folder: from the nearest file there or above, else the defaults.

        Raises ConfigError.
        """
        if folder not in self._by_folder:
            self._by_folder[folder] = self._find_nearest(folder) or Settings()
        return self._by_folder[folder]

    def read_file(self, path: Path) -> Settings:
        """The settings in a file. Raises ConfigError, also where a `pyproject.toml` has no `[tool.imrlint]`."""
        settings = self._read(path)
        if settings is None:
            raise ConfigError(f"{path}: has no table [tool.imrlint]")
        return settings

    def _find_nearest(self, folder: Path) -> Settings | None:
        for place in (folder, *folder.parents):
            for name in FILE_NAMES:
                path = place / name
                if path.is_file() and (settings := self._read(path)):
                    return settings
        return None

    def _read(self, path: Path) -> Settings | None:
        """The settings in a file; None for a `pyproject.toml` that has no `[tool.imrlint]`. Raises ConfigError."""
        if path not in self._by_file:
            self._by_file[path] = _read_settings(path)
        return self._by_file[path]


def _read_settings(path: Path) -> Settings | None:
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
    settings = Settings(content, str(path))
    settings.check()
    return settings
