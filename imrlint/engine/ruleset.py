"""All rules that there are: imrlint's own, those of installed packages, and those of a house.

A package adds rules through the entry-point group `imrlint.rules`, which names a package of modules; a
house through a folder of files `FAMILY/NAME.py`. As with imrlint's own, each rule is a file.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import os
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from imrlint import installation
from imrlint.engine.findings import Category, Importance
from imrlint.engine.messages import did_you_mean
from imrlint.engine.rule import Rule, Trait
from imrlint.once import cached_property

PACKAGE = "imrlint.rules"
GROUP = "imrlint.rules"
HOUSE = "imrlint_house"  # the package under which the rules of houses are imported
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_FAMILY = re.compile(r"[a-z][a-z0-9_]*")


class BadRules(Exception):
    """Rules that cannot be used. The message says which, and why, in one line."""


@dataclass(frozen=True)
class Ruleset:
    """The rules that there are for a letter, in the order of their codes. No two share a name or a code."""

    rules: tuple[type[Rule], ...]

    @cached_property
    def by_name(self) -> Mapping[str, type[Rule]]:
        return {rule.name(): rule for rule in self.rules}

    @cached_property
    def families(self) -> Mapping[str, str]:
        """A description of each family of rules by its name, beginning with the prefix of its codes: "STR: …"."""
        about: dict[str, str] = {}
        root = importlib.import_module(PACKAGE)
        for info in pkgutil.iter_modules(root.__path__):  # a family may have no rule yet
            if info.ispkg:
                about[info.name] = (importlib.import_module(f"{PACKAGE}.{info.name}").__doc__ or "").strip()
        for rule in self.rules:
            package = sys.modules.get(rule.__module__.rpartition(".")[0])
            description = (getattr(package, "__doc__", None) or "").strip()
            about.setdefault(rule.family(), description or f"{rule.code[:3]}: rules of your own.")
        return dict(sorted(about.items()))

    @cached_property
    def selectors(self) -> frozenset[str]:
        """Every word that selects rules: names, codes, families, and "all"."""
        names = {name for rule in self.rules for name in (rule.name(), rule.code)}
        return frozenset({"all", *self.families, *names})

    def named(self, name: str) -> type[Rule] | None:
        """The rule with this name or code, in upper or lower case; None where there is none."""
        return next((rule for rule in self.rules if name.lower() in (rule.name(), rule.code.lower())), None)

    def with_trait(self, trait: Trait) -> list[str]:
        """The names of the rules that declare a trait, in the order of their codes."""
        return [rule.name() for rule in self.rules if trait in rule.traits]

    def suggestion(self, name: str) -> str:
        """The rule whose name is most similar, as the end of a sentence; empty where none is similar."""
        return did_you_mean(name.lower(), self.by_name)

    def extended(self, folders: Iterable[Path]) -> Ruleset:
        """The ruleset with the rules in the folders of a house added. Raises BadRules."""
        own = [rule for folder in dict.fromkeys(each.resolve() for each in folders) for rule in _house_rules(folder)]
        return _ruleset([*self.rules, *own]) if own else self


@cache
def installed() -> Ruleset:
    """Imrlint's own rules and those of installed packages. Raises BadRules."""
    try:
        own = installation.package("rules")
    except installation.BrokenInstallation as error:
        raise BadRules(str(error)) from error
    return _ruleset(rule for package in (own, *_packages()) for rule in _rules_in(package))


def _ruleset(rules: Iterable[type[Rule]]) -> Ruleset:
    found = sorted(rules, key=lambda rule: rule.code)
    for what, labels in (("code", [r.code for r in found]), ("name", [r.name() for r in found])):
        if shared := [label for label, times in Counter(labels).items() if times > 1]:
            raise BadRules(f"rules share a {what}: {', '.join(sorted(shared))}")
    return Ruleset(tuple(found))


def _rules_in(package: str) -> Iterator[type[Rule]]:
    try:
        root = importlib.import_module(package)
        modules = [root]
        for info in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
            if not info.ispkg:
                modules.append(importlib.import_module(info.name))
    except (Exception, SystemExit) as error:  # a module may raise anything
        raise BadRules(f"the rules of {package} cannot be loaded: {_in_one_line(error)}") from error
    for module in modules:
        yield from _rules_of(module, module.__name__)


def _house_rules(folder: Path) -> Iterator[type[Rule]]:
    if not folder.is_dir():
        raise BadRules(f"{folder}: no such folder of rules")
    # Two houses may have a rule of one name: each folder is a package of its own.
    package = f"{HOUSE}.{hashlib.sha256(str(folder).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    for path in sorted(folder.glob("*/*.py")):
        if path.name.startswith("_"):
            continue
        family = path.parent.name.replace("-", "_")
        if not _FAMILY.fullmatch(family) or not _FAMILY.fullmatch(path.stem):
            raise BadRules(f"{path}: the names of a rule and its family must be in lower case, with underscores")
        name = f"{package}.{family}.{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:  # the file may raise anything
            del sys.modules[name]
            raise BadRules(f"{path}: cannot be loaded: {_in_one_line(error)}") from error
        found = list(_rules_of(module, str(path)))
        if not found:
            raise BadRules(f"{path}: contains no rule; the name of a file without rules must begin with _")
        yield from found


def _rules_of(module: ModuleType, place: str) -> Iterator[type[Rule]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and thing.__module__ == module.__name__ and Rule in thing.__mro__:
            _check(thing, place)
            yield thing


def _check(rule: type[Rule], place: str) -> None:
    """Raises BadRules where a rule lacks what every rule has."""
    if not _CODE.fullmatch(str(getattr(rule, "code", ""))):
        raise BadRules(f"{place}: its code must be three capital letters and three digits, such as HSE001")
    if not isinstance(getattr(rule, "category", None), Category):
        raise BadRules(f"{place}: its category must be one of Category, such as Category.SUSPECT")
    if not isinstance(getattr(rule, "importance", None), Importance):
        raise BadRules(f"{place}: its importance must be Importance.HIGH, MEDIUM or LOW")
    if not isinstance(rule.traits, frozenset) or not all(isinstance(each, Trait) for each in rule.traits):
        raise BadRules(f"{place}: its traits must be a frozenset of Trait, such as frozenset({{Trait.UNFINISHED}})")
    if inspect.isabstract(rule):
        missing = ", ".join(sorted(rule.__abstractmethods__))
        raise BadRules(f"{place}: {rule.__name__} lacks {missing}")
    try:
        rule()
    except Exception as error:
        raise BadRules(f"{place}: {rule.__name__} cannot be created without options: {_in_one_line(error)}") from error


def _in_one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _packages() -> list[str]:
    """The packages that are registered in the entry-point group, sorted.

    `importlib.metadata` is slow to load, and only loaded where some package registers rules.
    """
    if not any(_registers(place) for place in dict.fromkeys(sys.path) if place):
        return []
    from importlib.metadata import entry_points

    return sorted({entry.module for entry in entry_points(group=GROUP)})


def _registers(place: str) -> bool:
    heading = f"[{GROUP}]".encode()
    try:
        with os.scandir(place) as entries:
            registers = [f"{each.path}/entry_points.txt" for each in entries if each.name.endswith(".dist-info")]
    except OSError:
        return False
    return any(heading in _read(path) for path in registers)


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (there may be hundreds, and a Path takes as long as reading it)
            return file.read()
    except OSError:
        return b""
