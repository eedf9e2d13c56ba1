"""Finding letters: files, folders, patterns."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from imrlint.source.errors import Unreadable
from imrlint.source.kinds import SUFFIXES

STDIN = "-"
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_NOT_A_LETTER = re.compile(r"~\$|\.|(?:readme|changelog|contributing|license|licence)\b.*\.md$", re.IGNORECASE)


def expand(paths: Iterable[str], *, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[str | Unreadable]:
    """The name of each letter, in order and without repeats; an Unreadable for a path without letters.

    A file is taken whatever its name. A folder gives the letters in it and in its subfolders: the files
    with one of the suffixes, except Word's lock files and README.md and the like. A pattern (`letters/*.txt`,
    `**/2017-*.docx`) gives the files that match, brackets in it being taken as they are where that gives any;
    "-" is returned as it is.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            if path not in seen:
                seen.add(path)
                yield path
            continue
        for found in _expand_path(path, suffixes):
            if isinstance(found, Unreadable):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield _short_name(found)


def is_letter(name: str, suffixes: tuple[str, ...] = SUFFIXES) -> bool:
    """Whether a search of a folder takes a file of this name for a letter."""
    return name.lower().endswith(suffixes) and not _NOT_A_LETTER.match(name)


def is_pattern(path: str) -> bool:
    """Whether this is a pattern rather than the name of an existing file."""
    return any(sign in path for sign in "*?[") and not os.path.lexists(path)


def _short_name(path: str) -> str:
    """The shortest name of a file that is not the name of standard input."""
    name = str(Path(path))
    return os.path.join(os.curdir, name) if name == STDIN else name  # noqa: PTH118


def _in_words(suffixes: tuple[str, ...]) -> str:
    return ", ".join(suffixes[:-1]) + " and " + suffixes[-1]


def _expand_path(path: str, suffixes: tuple[str, ...]) -> Iterator[str | Unreadable]:
    if not path:
        yield Unreadable('""', "not a file name")
    elif os.path.isdir(path):  # noqa: PTH112 (a folder that may not be entered is no error here)
        found = list(_letters_in(path, suffixes))
        yield from found
        if not found:
            yield Unreadable(path, f"no letters in this folder: imrlint looks for {_in_words(suffixes)} files")
    elif is_pattern(path):
        matches = _find_matches(path.replace("[", "[[]")) or _find_matches(path)
        yield from matches
        if not matches:
            yield Unreadable(path, "no file matches this pattern")
    else:
        yield path


def _find_matches(pattern: str) -> list[str]:
    return sorted(match for match in glob.glob(pattern, recursive=True) if not os.path.isdir(match))  # noqa: PTH112, PTH207


def _letters_in(folder: str, suffixes: tuple[str, ...]) -> Iterator[str | Unreadable]:
    """The letters of a folder and its subfolders. Links to folders are not followed; pipes and the like are skipped."""
    refused: list[OSError] = []
    for place, subfolders, names in os.walk(folder, onerror=refused.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name not in _SKIPPED_FOLDERS)
        for name in sorted(names):
            path = Path(place, name)
            if is_letter(name, suffixes) and (path.is_file() or not path.exists()):
                yield str(path)
    for error in refused:
        yield Unreadable(str(error.filename), f"cannot be read: {error.strerror}")
