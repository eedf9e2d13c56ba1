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
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from imrlint.kept import load_value_and_parts, save_value
from imrlint.once import cached_property

_SRE: Any = import_module("_sre")  # what runs patterns
_NAME, _KEY = "patterns", f"{_SRE.MAGIC} {_SRE.CODESIZE} 5"
_MOST = 4_000  # patterns in the file; where there are more, those that this run did without are dropped
_NUMBERS = next(code for code in "IL" if array(code).itemsize == _SRE.CODESIZE)

Written: TypeAlias = tuple[str, int]
"""A pattern, and its flags."""

Code: TypeAlias = bytes | memoryview
"""The list of numbers that `re` makes of a pattern, as bytes, which are read when the pattern is wanted."""

Translation: TypeAlias = tuple[Code, str, int, int, dict[str, int], tuple[str | None, ...]]
"""What `_sre.compile` makes a pattern of."""

Description: TypeAlias = tuple[tuple[str, ...], tuple[Written, ...]]
"""What is said of a pattern in words, and the patterns that are searched in its place."""


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


class Prepared(NamedTuple):
    """What is said of a pattern, and how to get the patterns that are searched in its place."""

    words: tuple[str, ...]
    searched: tuple[Written, ...]
    restore: Callable[[Written], re.Pattern[str]]


def prepare(pattern: str, flags: int, describe: Callable[[str, int], Description]) -> Prepared | None:
    """What `describe` says of a pattern, from the file where a former run has asked; None where nothing is being kept.

    The patterns that are searched in its place are kept, too.
    """
    return _store.describe((pattern, flags), describe) if _store is not None else None


class _Store:
    """The patterns in the file, and those that were compiled besides."""

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler
        self._compile: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self._wanted: dict[Written, Translation] = {}
        self._described: dict[Written, Description] = {}  # of those that were wanted
        self._is_changed = False

    @cached_property
    def _kept(self) -> tuple[dict[Written, tuple[Any, ...]], dict[Written, Description], memoryview]:
        """The translations in the file, with the place of the numbers in place of these; descriptions; the numbers."""
        value, numbers = load_value_and_parts(_NAME, _KEY)
        return (*(value or ({}, {})), numbers)

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """What `re._compiler.compile` returns."""
        if type(pattern) is not str or flags & re.DEBUG:
            return self._compile(pattern, flags)
        return self.restore((pattern, flags))

    def describe(self, written: Written, describe: Callable[[str, int], Description]) -> Prepared:
        """What `describe` says of a pattern."""
        descriptions = self._kept[1]
        if written not in descriptions:
            descriptions[written] = describe(*written)
            self._is_changed = True
        self._described[written] = descriptions[written]
        return Prepared(*descriptions[written], self.restore)

    def restore(self, written: Written) -> re.Pattern[str]:
        """The pattern, made of its translation."""
        code, pattern, flags, *groups = self._look_up(written)
        made: re.Pattern[str] = _SRE.compile(pattern, flags, array(_NUMBERS, bytes(code)).tolist(), *groups)
        return made

    def _look_up(self, written: Written) -> Translation:
        if written not in self._wanted:
            translations, _, numbers = self._kept
            if written in translations:
                start, end, *rest = translations[written]
                self._wanted[written] = numbers[start:end], *rest
            else:
                self._wanted[written] = self._translate(*written)
                self._is_changed = True
        return self._wanted[written]

    def _translate(self, pattern: str, flags: int) -> Translation:
        parsed = self._compiler._parser.parse(pattern, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = array(_NUMBERS, self._compiler._code(parsed, flags)).tobytes()
        return code, pattern, int(flags | state.flags), state.groups - 1, dict(state.groupdict), tuple(names)

    def save(self) -> None:
        """Keep the patterns for the next run, where there are new ones."""
        if not self._is_changed:
            return
        translations, descriptions, _ = self._kept
        if len(translations.keys() | self._wanted.keys()) <= _MOST:
            self._described = descriptions
            for written in translations:
                self._look_up(written)
        for _, searched in self._described.values():
            for written in searched:
                self._look_up(written)
        numbers = bytearray()
        places: dict[Written, tuple[Any, ...]] = {}
        for written, (code, *rest) in self._wanted.items():
            start = len(numbers)
            numbers += code
            places[written] = start, len(numbers), *rest
        save_value(_NAME, _KEY, (places, self._described), bytes(numbers))


_store: _Store | None = None  # where patterns are being kept
