"""Finding the rules: every Rule defined in a module of the rules package."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from functools import cache

from imrlint.rule import Rule

PACKAGE = "imrlint.rules"


@cache
def rules(package: str = PACKAGE) -> tuple[type[Rule], ...]:
    """Every rule under `package`, in the order of their codes.

    Raises ValueError when two share a name or a code.
    """
    found = sorted(_rules_in(package), key=lambda rule: rule.code)
    for what, labels in (("code", [r.code for r in found]), ("name", [r.name() for r in found])):
        if shared := [label for label, times in Counter(labels).items() if times > 1]:
            raise ValueError(f"rules share a {what}: {', '.join(sorted(shared))}")
    return tuple(found)


def families(package: str = PACKAGE) -> dict[str, str]:
    """What each family of rules is about, by its name, with its prefix: "STR: …"."""
    root = importlib.import_module(package)
    return {
        info.name: (importlib.import_module(f"{package}.{info.name}").__doc__ or "").strip()
        for info in pkgutil.iter_modules(root.__path__)
        if info.ispkg
    }


def _rules_in(package: str) -> Iterator[type[Rule]]:
    root = importlib.import_module(package)
    for info in pkgutil.walk_packages(root.__path__, f"{package}."):
        if info.ispkg:
            continue
        module = importlib.import_module(info.name)
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Rule) and thing.__module__ == info.name:
                yield thing
