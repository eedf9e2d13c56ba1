"""Values kept from run to run, as Python keeps compiled modules: in `__pycache__`, each in a file of its own.

A file there is as safe as the compiled modules beside it, and may as well be deleted. It is written by whoever may
write there, where Python itself would, and read by the same version of Python only.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_NOTHING = memoryview(b"")


def load_value(name: str, key: str) -> Any:
    """The value that was saved under a name with the same key; None where there is none."""
    return load_value_and_parts(name, key)[0]


def load_value_and_parts(name: str, key: str) -> tuple[Any, memoryview]:
    """The value that was saved under a name with the same key, and the parts saved with it; None for no value."""
    path = _find_path(name)
    try:
        content = _open(path) if path else b""
        kept_key, size, value = marshal.loads(content)
    except (OSError, EOFError, ValueError, TypeError):
        return None, _NOTHING
    if kept_key != f"{key} {sys.version}":
        return None, _NOTHING
    return value, memoryview(content)[len(content) - size :]


def save_value(name: str, key: str, value: Any, parts: bytes = b"") -> None:
    """Keep a value, made of numbers, texts, tuples, lists and dictionaries. Where that is not possible, do nothing.

    Of `parts` only what is looked at is read again: the value says where in them something stands.
    """
    path = _find_path(name)
    if path is None or sys.dont_write_bytecode:
        return
    part = path.with_suffix(f".{os.getpid()}.part")  # nobody reads half a file
    with suppress(OSError):
        part.write_bytes(marshal.dumps((f"{key} {sys.version}", len(parts), value)) + parts)
        part.replace(path)


def recall(name: str, files: Iterable[str | Path], make: Callable[[], T]) -> T:
    """The value that `make` makes of some files: of tables, and of the modules that make it. It is made once for each
    state of the files, which is told by their size and the time of their last change, as Python tells it of a module.
    """
    states = ((path, os.stat(path)) for path in files)  # noqa: PTH116 (Path.stat takes twice as long)
    key = "\n".join(f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in states)
    known: T | None = load_value(name, key)
    if known is None:
        known = make()
        save_value(name, key, known)
    return known


def pack(value: Any) -> bytes:
    """A part of a value that is kept, as bytes: most parts are not wanted in a run, and need not be read."""
    return marshal.dumps(value)


def unpack(packed: bytes) -> Any:
    """The part that was packed."""
    return marshal.loads(packed)


def _open(path: Path) -> bytes | mmap:
    """The content of a file. Windows replaces no file that is mapped into memory, and these are replaced."""
    if os.name == "nt":
        return path.read_bytes()
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _find_path(name: str) -> Path | None:
    """The file of a value; None where this Python has no place for compiled modules."""
    try:
        return Path(cache_from_source(__file__)).with_suffix(f".{name}")
    except NotImplementedError:
        return None
