"""Changing letters in their own file format: only what is edited or annotated changes, the rest stays as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

from imrlint.engine.findings import Edit
from imrlint.source import Kind, kinds
from imrlint.source.errors import Refused, Unreadable


class Revision(Protocol):
    """A letter that can be edited. Spans of edits count characters of its text as `imrlint.source` reads it."""

    def can_apply(self, edit: Edit) -> bool:
        """Whether this edit can be made in this file."""
        ...

    def apply(self, edits: Sequence[Edit]) -> bytes:
        """The content of the file with these edits. They must not overlap, and `can_apply` must hold for each."""
        ...


def open_revision(content: bytes, name: str, *, encoding: str | None = None, track: datetime | None = None) -> Revision:
    """Open a letter to edit it; with `track`, as tracked changes of that time. Raises Refused."""
    kind = kinds.recognize(content, name)
    if kind is Kind.WORD:
        from imrlint.revision.word import WordRevision

        return WordRevision(content, track)
    if kind in (Kind.PDF, Kind.RTF, Kind.PICTURE):
        raise Refused(f"{kind.value} cannot be changed; correct the draft it was made from")
    if kind in (Kind.OLD_WORD, Kind.OPEN_DOCUMENT):
        raise Refused(f"{kind.value} cannot be changed; save it as .docx")
    if track:
        raise Refused("only Word files can have tracked changes")
    from imrlint.revision.typed import TypedRevision

    return TypedRevision(content, kind, encoding)


def write_file(path: Path, content: bytes, expected: bytes | None = None) -> None:
    """Replace the content of a file, completely or not at all.

    `expected` is the content when the file was read: where it has changed since, or the file is open in
    Word, the file is left alone. Raises Unreadable.
    """
    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        raise Unreadable(str(path), "cannot be written: there is no such folder")
    if real.exists() and not real.stat().st_mode & stat.S_IWUSR:
        raise Unreadable(str(path), "not changed: the file is read-only")
    if expected is not None:
        if any((real.parent / lock).exists() for lock in _lock_files(real.name)):
            raise Unreadable(str(path), "not changed: it is open in Word or LibreOffice; close it and try again")
        if not real.exists() or real.read_bytes() != expected:
            raise Unreadable(str(path), "not changed: it has been changed since it was read")
    try:
        handle, new = tempfile.mkstemp(dir=real.parent, prefix=".imrlint-")
    except OSError as error:
        raise Unreadable(str(path), f"cannot be written: {error.strerror or error}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if real.exists():
            shutil.copymode(real, new)
        else:
            Path(new).chmod(0o666 & ~_umask())
        Path(new).replace(real)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(new).unlink()
        raise Unreadable(str(path), f"cannot be written: {error.strerror or error}") from error


def write_backup(path: Path, content: bytes) -> Path:
    """Write the content of a letter beside it, under a name that no file has yet: `draft.docx.bak`, `draft.docx.2.bak`.

    Returns the path. Raises Unreadable.
    """
    for number in count(1):
        backup = path.with_name(f"{path.name}.bak" if number == 1 else f"{path.name}.{number}.bak")
        try:
            with backup.open("xb") as file:
                shutil.copymode(path, backup)  # before anybody else can read it
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            with contextlib.suppress(OSError):
                backup.unlink()
            raise Unreadable(
                str(path), f"not changed: {backup} cannot be written: {error.strerror or error}"
            ) from error
        return backup
    raise AssertionError


def _lock_files(name: str) -> Iterator[str]:
    """The lock files that Word and LibreOffice keep next to an open file of this name.

    Word drops one or two characters from the beginning of a longer name.
    """
    yield from (f"~${name[start:]}" for start in range(3))
    yield f".~lock.{name}#"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
