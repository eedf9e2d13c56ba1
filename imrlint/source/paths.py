"""Which letters are meant: files, folders, patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from imrlint.source import Unreadable

SUFFIX = ".txt"
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})


def expand(paths: Iterable[str]) -> Iterator[Path | Unreadable]:
    """Each letter once, in order; in the place of what has no letter, why.

    A file is taken whatever it is called, a folder gives its `.txt` files and those of the folders
    in it, a pattern (`letters/*.txt`, `**/2017-*.txt`) what it matches.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _found(path):
            if isinstance(found, Unreadable):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield found


def _found(path: str) -> Iterator[Path | Unreadable]:
    place = Path(path)
    if os.path.isdir(path):  # noqa: PTH112 (a folder that may not be entered is no error here)
        found = list(_letters_in(place))
        yield from found
        if not found:
            yield Unreadable(path, f"no letters in this folder: imrlint looks for {SUFFIX} files")
    elif any(sign in path for sign in "*?[") and not os.path.lexists(path):
        matches = sorted(match for match in glob.glob(path, recursive=True) if not os.path.isdir(match))  # noqa: PTH112, PTH207
        yield from map(Path, matches)
        if not matches:
            yield Unreadable(path, "no file matches this pattern")
    else:
        yield place


def _letters_in(folder: Path) -> Iterator[Path | Unreadable]:
    """The letters of a folder and those in it; links to folders are not followed, pipes and the like passed over."""
    refused: list[OSError] = []
    for place, inside, names in os.walk(folder, onerror=refused.append):
        inside[:] = sorted(name for name in inside if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(SUFFIX) and (path.is_file() or not path.exists()):
                yield path
    for error in refused:
        yield Unreadable(str(error.filename), f"cannot be read: {error.strerror}")
