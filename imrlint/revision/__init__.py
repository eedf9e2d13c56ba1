"""Letters changed in their own form: what is edited or remarked on stays in place, the rest stays as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from imrlint.engine.findings import Edit
from imrlint.source import Kind, kinds
from imrlint.source.errors import Refused, Unreadable

AUTHOR = "imrlint"


class Revision(Protocol):
    """A letter that can be edited. Edits count characters of its text as `imrlint.source` reads it."""

    def can(self, edit: Edit) -> bool:
        """Whether this edit can be made here."""
        ...

    def made(self, edits: Sequence[Edit]) -> bytes:
        """The file with these edits in it, which do not overlap and can be made."""
        ...


def opened(content: bytes, name: str, *, encoding: str | None = None, track: datetime | None = None) -> Revision:
    """A letter to be edited; with `track`, as changes tracked at that time. Raises Refused."""
    kind = kinds.recognised(content, name)
    if kind is Kind.WORD:
        from imrlint.revision.word import WordRevision

        return WordRevision(content, track)
    if kind in (Kind.PDF, Kind.RTF):
        raise Refused(f"{kind.value} is not changed; correct the draft it was made from")
    if track:
        raise Refused("only Word files hold tracked changes")
    from imrlint.revision.typed import TypedRevision

    return TypedRevision(content, kind, encoding)


def write(path: Path, content: bytes, before: bytes | None = None) -> None:
    """Put `content` in the place of a file, wholly or not at all.

    `before` is what the file held when it was read: when it holds something else now, or Word has it
    open, it is left as it is. Raises Unreadable.
    """
    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        raise Unreadable(str(path), "cannot be written: there is no such folder")
    if real.exists() and not real.stat().st_mode & stat.S_IWUSR:
        raise Unreadable(str(path), "not changed, for it is marked as read-only")
    if before is not None:
        if any((real.parent / lock).exists() for lock in _locks(real.name)):
            raise Unreadable(str(path), "not changed, for it is open in Word or LibreOffice; close it and try again")
        if not real.exists() or real.read_bytes() != before:
            raise Unreadable(str(path), "not changed, for somebody else has changed it meanwhile")
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


def _locks(name: str) -> Iterator[str]:
    """What Word and LibreOffice put beside a file of this name while it is open.

    Word takes one or two signs from the beginning of a longer name.
    """
    yield from (f"~${name[start:]}" for start in range(3))
    yield f".~lock.{name}#"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
