"""Patterns compiled in a former run.

Compiling the patterns of imrlint takes longer than checking a letter. What `re` makes of a pattern is a list of
numbers that depends on nothing but the pattern and the version of Python, so these lists are kept. A pattern is looked
up by its own text: what is kept is never out of date. Patterns are kept only where a caller says so, while modules are
imported and before a letter is read: no word of a letter gets into the file.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from typing import Any, TypeAlias, TypeVar

from imrlint.kept import load_value, save_value

T = TypeVar("T")

_SRE: Any = import_module("_sre")  # what runs patterns
_NAME, _KEY = "patterns", f"{_SRE.MAGIC} {_SRE.CODESIZE} 3"
_MOST = 4_000  # patterns in the file; where there are more, those that this run did without are dropped
_NUMBERS = next(code for code in "IL" if array(code).itemsize == _SRE.CODESIZE)

Translation: TypeAlias = tuple[str, int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What `_sre.compile` makes a pattern of. The list of numbers is kept as bytes, which are loaded faster."""

_Key: TypeAlias = tuple[str, int]  # a pattern, and its flags


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile, patterns that a former run compiled are not compiled again, and the others are kept for the next run.

    Where this Python has another `re` than expected, or no place for compiled modules, patterns are compiled as ever.
    """
    global _store
    compiler = getattr(re, "_compiler", None)
    if compiler is None or not hasattr(compiler, "_code"):
        yield
        return
    _store = _Store(compiler)
    compiler.compile, compile_ = _store.compile, compiler.compile
    try:
        yield
    finally:
        compiler.compile = compile_
        _store.save()
        _store = None


def prepare(pattern: str, flags: int, describe: Callable[[str, int, Translate], T]) -> T | None:
    """What `describe` says of a pattern, from the file where a former run has asked; None where nothing is being kept.

    It is to be made of texts, numbers, tuples and translations, and is given what translates a pattern with its flags.
    """
    return _store.describe(pattern, flags, describe) if _store is not None else None


def restore(translation: Translation) -> re.Pattern[str]:
    """The pattern that was translated."""
    pattern, flags, code, *groups = translation
    made: re.Pattern[str] = _SRE.compile(pattern, flags, array(_NUMBERS, code).tolist(), *groups)
    return made


Translate: TypeAlias = Callable[[str, int], Translation]


class _Store:
    """The patterns in the file, and those that were compiled besides."""

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler
        self._compile: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self._wanted: set[_Key] = set()
        self._is_changed = False

    @cached_property
    def _kept(self) -> tuple[dict[_Key, Translation], dict[_Key, Any]]:
        return load_value(_NAME, _KEY) or ({}, {})

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """What `re._compiler.compile` returns."""
        if type(pattern) is not str or flags & re.DEBUG:
            return self._compile(pattern, flags)
        return restore(self._look_up(self._kept[0], (pattern, flags), self._translate))

    def describe(self, pattern: str, flags: int, describe: Callable[[str, int, Translate], T]) -> T:
        """What `describe` says of a pattern."""
        descriptions: dict[_Key, T] = self._kept[1]
        return self._look_up(descriptions, (pattern, flags), lambda *_: describe(pattern, flags, self._translate))

    def _look_up(self, known: dict[_Key, T], key: _Key, make: Callable[[str, int], T]) -> T:
        if key not in known:
            known[key] = make(*key)
            self._is_changed = True
        self._wanted.add(key)
        return known[key]

    def _translate(self, pattern: str, flags: int) -> Translation:
        parsed = self._compiler._parser.parse(pattern, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = array(_NUMBERS, self._compiler._code(parsed, flags)).tobytes()
        return pattern, int(flags | state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)

    def save(self) -> None:
        """Keep the patterns for the next run, where there are new ones."""
        if not self._is_changed:
            return
        compiled, described = self._kept
        if len(compiled) + len(described) > _MOST:
            compiled = {key: compiled[key] for key in compiled.keys() & self._wanted}
            described = {key: described[key] for key in described.keys() & self._wanted}
        save_value(_NAME, _KEY, (compiled, described))


_store: _Store | None = None  # where patterns are being kept
