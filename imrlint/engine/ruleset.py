"""Finding the rules: imrlint's own, those of installed packages, and those of a house.

A package adds rules through the entry-point group `imrlint.rules`, which names a package of modules; a
house through a folder of files, `FAMILY/NAME.py`. Both look like imrlint's own: a rule is a file.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from imrlint.engine.findings import Category, Importance
from imrlint.engine.rule import Rule

PACKAGE = "imrlint.rules"
GROUP = "imrlint.rules"
HOUSE = "imrlint_house"  # the package as which the rules of a house are imported
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_FAMILY = re.compile(r"[a-z][a-z0-9_]*")

_folders: list[Path] = []


class BadRules(Exception):
    """Rules that cannot be used. The message says which, and why, in one line."""


def add(folder: Path) -> None:
    """Take the rules of a house, too. Raises BadRules."""
    if not folder.is_dir():
        raise BadRules(f"{folder}: no such folder of rules")
    real = folder.resolve()
    if real not in _folders:
        _folders.append(real)
        try:
            rules()
        except BadRules:
            _folders.remove(real)
            raise


def rules() -> tuple[type[Rule], ...]:
    """Every rule, in the order of the codes. Raises BadRules, where two share a name or a code or one is broken."""
    return _rules(tuple(_folders))


@cache
def _rules(folders: tuple[Path, ...]) -> tuple[type[Rule], ...]:
    found = [rule for package in (PACKAGE, *_packages()) for rule in _rules_in(package)]
    found += [rule for folder in folders for rule in _house_rules(folder)]
    found.sort(key=lambda rule: rule.code)
    for what, labels in (("code", [r.code for r in found]), ("name", [r.name() for r in found])):
        if shared := [label for label, times in Counter(labels).items() if times > 1]:
            raise BadRules(f"rules share a {what}: {', '.join(sorted(shared))}")
    return tuple(found)


def families() -> dict[str, str]:
    """What each family of rules is about, by its name, with its prefix: "STR: …"."""
    about: dict[str, str] = {}
    for rule in rules():
        package = sys.modules.get(rule.__module__.rpartition(".")[0])
        said = (getattr(package, "__doc__", None) or "").strip()
        about.setdefault(rule.family(), said or f"{rule.code[:3]}: rules that were added here.")
    root = importlib.import_module(PACKAGE)
    for info in pkgutil.iter_modules(root.__path__):  # a family may have no rule yet
        if info.ispkg:
            about.setdefault(info.name, (importlib.import_module(f"{PACKAGE}.{info.name}").__doc__ or "").strip())
    return dict(sorted(about.items()))


def _rules_in(package: str) -> Iterator[type[Rule]]:
    try:
        root = importlib.import_module(package)
        yield from _of(root)
        for info in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
            if not info.ispkg:
                yield from _of(importlib.import_module(info.name))
    except ImportError as error:
        raise BadRules(f"the rules of {package} cannot be loaded: {error}") from error


def _house_rules(folder: Path) -> Iterator[type[Rule]]:
    for path in sorted(folder.glob("*/*.py")):
        if path.name.startswith("_"):
            continue
        family = path.parent.name.replace("-", "_")
        if not _FAMILY.fullmatch(family) or not _FAMILY.fullmatch(path.stem):
            raise BadRules(f"{path}: a rule and its family are named in small letters and underscores")
        name = f"{HOUSE}.{family}.{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up
        try:
            spec.loader.exec_module(module)
        except (Exception, SystemExit) as error:  # whatever the file does when it is loaded
            raise BadRules(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
        found = list(_of(module))
        if not found:
            raise BadRules(f"{path}: holds no rule; the name of a file that shall hold none begins with _")
        yield from found


def _of(module: ModuleType) -> Iterator[type[Rule]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Rule) and thing.__module__ == module.__name__:
            if not _CODE.fullmatch(str(getattr(thing, "code", ""))):
                raise BadRules(f"{module.__name__}: its code must be three capitals and three digits, such as HSE001")
            if not isinstance(getattr(thing, "category", None), Category):
                raise BadRules(f"{module.__name__}: its category must be one of Category, such as Category.SUSPECT")
            if not isinstance(getattr(thing, "importance", None), Importance):
                raise BadRules(f"{module.__name__}: its importance must be Importance.HIGH, MEDIUM or LOW")
            yield thing


def _packages() -> list[str]:
    """The packages that others have registered. The library that knows is slow: it is asked where there are any."""
    if not any(_registers(Path(place)) for place in dict.fromkeys(sys.path) if place):
        return []
    from importlib.metadata import entry_points

    return sorted({entry.module for entry in entry_points(group=GROUP)})


def _registers(place: Path) -> bool:
    heading = f"[{GROUP}]"
    try:
        return any(heading in path.read_text(encoding="utf-8") for path in place.glob("*.dist-info/entry_points.txt"))
    except (OSError, UnicodeDecodeError):
        return False
