"""Whether imrlint, its rules and its grammars come from one copy.

The rules and the grammars are the packages `imrlint.rules` and `imrlint.grammar`, whose files stand beside imrlint's
own in a checkout and inside them where imrlint was installed. A checkout that is not installed does not find
them, or finds those of another copy: it is better to say so than to check letters by rules of somewhere else.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

_HOME = Path(__file__).resolve().parent


class BrokenInstallation(ImportError):
    """Parts of imrlint are missing, or belong to another copy of it. The message says which, in one line."""


def package(part: str) -> str:
    """The full name of the package `rules` or `grammar`, which belongs to this copy. Raises BrokenInstallation."""
    name = f"imrlint.{part}"
    inside, beside = _HOME / part, _HOME.parent / part
    own = inside if (inside / "__init__.py").is_file() else beside
    found = importlib.util.find_spec(name)
    remedy = f"install the copy that you run: pip install -e {_HOME.parent}"
    if found is None or found.origin is None:
        raise BrokenInstallation(f"the {part} of the imrlint in {_HOME} cannot be found; {remedy}")
    place = Path(found.origin).resolve().parent
    if place != own:
        mixed = f"imrlint in {_HOME}, its {part} in {place}"
        raise BrokenInstallation(f"two copies of imrlint are mixed: {mixed}; {remedy}")
    return name
