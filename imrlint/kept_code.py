"""Code that a former run compiled for dataclasses and named tuples.

The standard library writes the methods of these classes as source text, and compiles it again in each process, with the
annotations of their fields: a third of the time that it takes to import imrlint. As Python keeps the compiled code of
modules, this code is kept.
"""

from __future__ import annotations

import builtins
import collections
import dataclasses
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from imrlint.kept import load_value, save_value

_NAME, _KEY = "code", "1"
_MOST = 4_000  # pieces of code in the file; where there are more, those that this run did without are dropped
_WRITERS: tuple[tuple[Any, str], ...] = ((dataclasses, "exec"), (collections, "eval"))  # what runs their source text


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile, code that a former run compiled is not compiled again, and the rest is kept for the next run."""
    store = _Store()
    places = [(module, name, store.runner(name)) for module, name in _WRITERS]
    places.append((typing, "compile", store.compile))
    for module, name, function in places:
        setattr(module, name, function)
    try:
        yield
    finally:
        for module, name, _ in places:
            delattr(module, name)
        store.save()


class _Store:
    """The code in the file, by how it is run and its source text; and that which was compiled besides."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = load_value(_NAME, _KEY) or {}
        self._wanted: dict[tuple[str, str], CodeType] = {}

    def runner(self, mode: str) -> Any:
        """What takes the place of `exec` or `eval`."""
        run = getattr(builtins, mode)

        def run_kept(source: Any, *scopes: Any) -> Any:
            return run(self.compile(source, "<string>", mode) if isinstance(source, str) else source, *scopes)

        return run_kept

    def compile(self, source: str, filename: str, mode: str) -> CodeType:
        """What takes the place of `compile`. No source text stands in a file, so that the name of none matters."""
        key = mode, source
        self._wanted[key] = self._codes.get(key) or compile(source, filename, mode)
        return self._wanted[key]

    def save(self) -> None:
        """Keep the code for the next run, where there is new one."""
        if not self._wanted.keys() <= self._codes.keys():
            known = {**self._codes, **self._wanted}
            save_value(_NAME, _KEY, known if len(known) <= _MOST else self._wanted)
