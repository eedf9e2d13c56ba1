"""Checking letters again whenever they are saved."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from imrlint.session.exit_codes import ExitCode
from imrlint.session.options import RunOptions
from imrlint.session.run import check_letters
from imrlint.settings import files
from imrlint.source.paths import is_letter

_CLEAR = "\x1b[2J\x1b[H"  # what a terminal shows; what one can scroll back to stays


def watch_letters(options: RunOptions) -> ExitCode:
    """Check the letters, then those that are saved, until Ctrl-C or SIGTERM."""
    try:
        from watchfiles import watch
    except ImportError:
        sys.stderr.write('imrlint: to watch folders, install the missing extra: pip install "imrlint[watch]"\n')
        return ExitCode.FAILURE
    for path in options.paths:
        if not Path(path).exists():
            sys.stderr.write(f"imrlint: {path}: no such file or folder, and patterns cannot be watched\n")
            return ExitCode.FAILURE
    try:
        with _sigterm_as_interrupt():
            _check(options)
            watched = {Path(path).resolve(): path for path in options.paths}
            folders = {path if path.is_dir() else path.parent for path in watched}
            sys.stderr.write("imrlint: watching; Ctrl-C ends it\n")
            for changes in watch(*folders):
                _check_saved(options, watched, sorted({Path(path) for _, path in changes}))
    except KeyboardInterrupt:
        pass
    return ExitCode.CLEAN


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGTERM, too: a shell starts background commands with Ctrl-C ignored."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_saved(options: RunOptions, watched: Mapping[Path, str], saved: list[Path]) -> None:
    """Check the letters that were saved; all letters where a configuration was."""
    if any(path.name in files.FILE_NAMES for path in saved):
        _check(options)
        return
    letters = tuple(_given_name(path, watched) for path in saved if path.exists() and _is_watched(path, watched))
    if letters:
        _check(replace(options, paths=letters))


def _check(options: RunOptions) -> None:
    """Check letters on a terminal that shows nothing else, and say when that was."""
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()
    if not options.quiet:
        sys.stderr.write(f"imrlint: {datetime.now():%H:%M:%S}, {', '.join(options.paths)}\n")
    check_letters(options)


def _is_watched(path: Path, watched: Mapping[Path, str]) -> bool:
    """Whether the user named a file, or it is a letter in a folder that the user named."""
    return path in watched or (is_letter(path.name) and any(parent in watched for parent in path.parents))


def _given_name(path: Path, watched: Mapping[Path, str]) -> str:
    """The name of a letter, beginning as the user wrote it."""
    found = next(place for place in (path, *path.parents) if place in watched)
    return str(Path(watched[found], path.relative_to(found)))
