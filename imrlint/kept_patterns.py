"""Patterns compiled in a former run.

Compiling the patterns of imrlint takes longer than checking a letter. What `re` makes of a pattern is a list of
numbers that depends on nothing but the pattern and the version of Python, so these lists are kept. A pattern is looked
up by its own text: what is kept is never out of date. Patterns are kept only where a caller says so, while modules are
imported and before a letter is read: no word of a letter gets into the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from typing import Any, TypeAlias

from imrlint.kept import load_value, save_value

_SRE: Any = import_module("_sre")  # what runs patterns
_NAME, _KEY = "patterns", f"{_SRE.MAGIC} {_SRE.CODESIZE}"
_MOST = 4_000  # patterns in the file; where there are more, those that this run did without are dropped

_Key: TypeAlias = tuple[str, int]  # a pattern, and its flags
_Compiled: TypeAlias = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]  # as `_sre.compile` takes it


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile, patterns that a former run compiled are not compiled again, and the others are kept for the next run.

    Where this Python has another `re` than expected, or no place for compiled modules, patterns are compiled as ever.
    """
    compiler = getattr(re, "_compiler", None)
    if compiler is None or not hasattr(compiler, "_code"):
        yield
        return
    store = _Store(compiler)
    compiler.compile, compile_ = store.compile, compiler.compile
    try:
        yield
    finally:
        compiler.compile = compile_
        store.save()


class _Store:
    """The patterns in the file, and those that were compiled besides."""

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler
        self._compile: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self._wanted: set[_Key] = set()
        self._is_changed = False

    @cached_property
    def _patterns(self) -> dict[_Key, _Compiled]:
        return load_value(_NAME, _KEY) or {}

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """What `re._compiler.compile` returns."""
        if type(pattern) is not str or flags & re.DEBUG:
            return self._compile(pattern, flags)
        key = pattern, flags
        if key not in self._patterns:
            self._patterns[key] = self._translate(pattern, flags)
            self._is_changed = True
        self._wanted.add(key)
        made: re.Pattern[str] = _SRE.compile(pattern, *self._patterns[key])
        return made

    def _translate(self, pattern: str, flags: int) -> _Compiled:
        parsed = self._compiler._parser.parse(pattern, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = [int(each) for each in self._compiler._code(parsed, flags)]
        return int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)

    def save(self) -> None:
        """Keep the patterns for the next run, where there are new ones."""
        if not self._is_changed:
            return
        known = self._patterns
        if len(known) > _MOST:
            known = {key: known[key] for key in self._wanted}
        save_value(_NAME, _KEY, known)
