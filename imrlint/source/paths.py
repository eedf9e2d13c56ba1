"""Which letters are meant: files, folders, patterns."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from imrlint.source.errors import Unreadable
from imrlint.source.kinds import SUFFIXES

STDIN = "-"
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_NO_LETTER = re.compile(r"~\$|\.|(?:readme|changelog|contributing|license|licence)\b.*\.md$", re.IGNORECASE)


def expand(paths: Iterable[str], *, folders: bool = True) -> Iterator[str | Unreadable]:
    """The name of each letter once, in order; in the place of what has no letter, why.

    A file is taken whatever it is called, a folder gives the letters in it and in the folders below
    (by what their names end with, without what Word writes while a letter is open, and without
    README.md and its like), a pattern (`letters/*.txt`, `**/2017-*.docx`) what it matches; "-" is given
    back as it is. Without `folders`, a folder gives none.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            if path not in seen:
                seen.add(path)
                yield path
            continue
        if not folders and os.path.isdir(path):  # noqa: PTH112
            yield Unreadable(path, "a folder; name its letters, such as *.docx")
            continue
        for found in _found(path):
            if isinstance(found, Unreadable):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield _name(found)


def is_letter(name: str) -> bool:
    """Whether a file of this name is taken for a letter when a folder is searched."""
    return name.lower().endswith(SUFFIXES) and not _NO_LETTER.match(name)


def is_pattern(path: str) -> bool:
    """Whether this stands for files whose names fit it, rather than for one of this name."""
    return any(sign in path for sign in "*?[") and not os.path.lexists(path)


def _name(path: str) -> str:
    """The same file, called as briefly as can be, but never as standard input is."""
    name = str(Path(path))
    return os.path.join(os.curdir, name) if name == STDIN else name  # noqa: PTH118


def _named() -> str:
    return ", ".join(SUFFIXES[:-1]) + " and " + SUFFIXES[-1]


def _found(path: str) -> Iterator[str | Unreadable]:
    if not path:
        yield Unreadable('""', "not the name of a file")
    elif os.path.isdir(path):  # noqa: PTH112 (a folder that may not be entered is no error here)
        found = list(_letters_in(path))
        yield from found
        if not found:
            yield Unreadable(path, f"no letters in this folder: imrlint looks for {_named()} files")
    elif is_pattern(path):
        matches = sorted(match for match in glob.glob(path, recursive=True) if not os.path.isdir(match))  # noqa: PTH112, PTH207
        yield from matches
        if not matches:
            yield Unreadable(path, "no file matches this pattern")
    else:
        yield path


def _letters_in(folder: str) -> Iterator[str | Unreadable]:
    """The letters of a folder and those in it; links to folders are not followed, pipes and the like passed over."""
    refused: list[OSError] = []
    for place, inside, names in os.walk(folder, onerror=refused.append):
        inside[:] = sorted(name for name in inside if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(names):
            path = Path(place, name)
            if is_letter(name) and (path.is_file() or not path.exists()):
                yield str(path)
    for error in refused:
        yield Unreadable(str(error.filename), f"cannot be read: {error.strerror}")
