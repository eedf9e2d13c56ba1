"""Checking letters again and again, as they are saved."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from imrlint.session import run
from imrlint.session.order import Exit, Order
from imrlint.settings import files
from imrlint.source.paths import STDIN, is_letter


def watch(order: Order) -> int:
    """Check the letters of an order, then those that change, until the user ends it."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        sys.stderr.write('imrlint: to watch folders, install what is missing: pip install "imrlint[watch]"\n')
        return Exit.TROUBLE
    if order.interactive or order.diff or STDIN in order.paths:
        sys.stderr.write("imrlint: --watch goes with files and folders, and with --fix\n")
        return Exit.TROUBLE
    for path in order.paths:
        if not Path(path).exists():
            sys.stderr.write(f"imrlint: {path}: no such file or folder, and patterns cannot be watched\n")
            return Exit.TROUBLE
    run.check(order)
    asked = {Path(path).resolve(): path for path in order.paths}
    folders = {path if path.is_dir() else path.parent for path in asked}
    sys.stderr.write("imrlint: watching; Ctrl-C ends it\n")
    try:
        for changed in changes(*folders):
            _again(order, asked, sorted({Path(path) for _, path in changed}))
    except KeyboardInterrupt:
        pass
    return Exit.CLEAN


def _again(order: Order, asked: Mapping[Path, str], saved: list[Path]) -> None:
    """Check what was saved; all of it when a configuration was."""
    if any(path.name in files.FILES for path in saved):
        files.load.cache_clear()
        run.check(order)
        return
    letters = tuple(_called(path, asked) for path in saved if path.exists() and _meant(path, asked))
    if letters:
        run.check(replace(order, paths=letters))


def _meant(path: Path, asked: Mapping[Path, str]) -> bool:
    """Whether a file is among what the user asked for, or a letter in a folder of it."""
    return path in asked or (is_letter(path.name) and any(parent in asked for parent in path.parents))


def _called(path: Path, asked: Mapping[Path, str]) -> str:
    """A letter as it is called from where the user asked."""
    found = next(place for place in (path, *path.parents) if place in asked)
    return str(Path(asked[found], path.relative_to(found)))
