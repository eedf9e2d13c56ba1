"""Patterns compiled in a former run, kept as Python keeps compiled modules.

Compiling the patterns of imrlint takes longer than checking a letter. What `re` makes of a pattern is a list of
numbers that depends on nothing but the pattern and the version of Python, so these lists are kept in `__pycache__`,
in a file that is as safe, and may as well be deleted, as the compiled modules beside it. A pattern is looked up by its
own text: what is kept is never out of date. Patterns are kept only where a caller says so, while modules are imported
and before a letter is read: no word of a letter gets into the file.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeAlias

_SRE: Any = import_module("_sre")  # what runs patterns
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
        self._path = _find_path()
        self._wanted: set[_Key] = set()
        self._is_changed = False

    @cached_property
    def _patterns(self) -> dict[_Key, _Compiled]:
        return _load(self._path)

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
        """Write the patterns where there are new ones; never while another process reads half of them."""
        if not self._is_changed or self._path is None or sys.dont_write_bytecode:
            return
        known = self._patterns
        if len(known) > _MOST:
            known = {key: known[key] for key in self._wanted}
        part = self._path.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            part.write_bytes(marshal.dumps((_version(), known)))
            part.replace(self._path)


def _find_path() -> Path | None:
    """The file beside the compiled form of this module; None where this Python keeps none."""
    try:
        return Path(cache_from_source(__file__)).with_suffix(".code")
    except NotImplementedError:
        return None


def _version() -> str:
    return f"{sys.version} {_SRE.MAGIC} {_SRE.CODESIZE}"


def _load(path: Path | None) -> dict[_Key, _Compiled]:
    if path is None:
        return {}
    try:
        version, patterns = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return dict(patterns) if version == _version() else {}
