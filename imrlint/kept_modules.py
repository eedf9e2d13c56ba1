"""The code of modules that a former run imported, in one file.

Python looks for each module in several places, and opens and reads a file for it. With as many modules as imrlint has,
that takes longer than what the modules do when they are imported. A module whose source is no longer as it was is
imported as ever.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType
from typing import TypeAlias

from imrlint.kept import load_value_and_parts, save_value

_NAME, _KEY = "modules", __file__
_BEGINNING = f"{__package__}."
_MODULE, _PACKAGE = ".py", f"{os.sep}__init__.py"

_Kept: TypeAlias = tuple[str, int, int, int, int]
"""A module in the file: how the name of its source ends, size and time of that, and where its code begins and ends."""


@contextmanager
def kept() -> Iterator[None]:
    """Meanwhile, modules of imrlint come from the file, and those that are not in it are kept for the next run."""
    before = sys.modules.keys() | ()
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        finder.save(sys.modules.keys() - before)


class _Finder:
    """Finds modules of imrlint in the file."""

    def __init__(self) -> None:
        modules, self._codes = load_value_and_parts(_NAME, _KEY)
        self._modules: dict[str, _Kept] = modules or {}

    def find_spec(self, name: str, path: Sequence[str] | None = None, _: object = None) -> ModuleSpec | None:
        """Where the code of a module is; None where the file does not have it as it is now."""
        if path is None or name not in self._modules:
            return None
        ending, size, changed, start, end = self._modules[name]
        folder = _find_place(name, path)
        source = folder + ending
        try:
            state = os.stat(source)  # noqa: PTH116
        except OSError:
            return None
        if (state.st_size, state.st_mtime_ns) != (size, changed):
            return None
        loader = _Loader(name, source, self._codes[start:end])
        places = [folder] if ending == _PACKAGE else None
        return spec_from_file_location(name, source, loader=loader, submodule_search_locations=places)

    def save(self, imported: set[str]) -> None:
        """Keep the code of those of the imported modules that were not in the file."""
        new = {name: read for name in sorted(imported) if (read := _read_code(name))}
        if not new:
            return
        codes = bytearray()
        modules: dict[str, _Kept] = {}
        for name, (ending, size, changed, start, end) in self._modules.items():
            if name not in new:
                modules[name] = ending, size, changed, len(codes), len(codes) + end - start
                codes += self._codes[start:end]
        for name, (state, ending, code) in new.items():
            modules[name] = ending, state.st_size, state.st_mtime_ns, len(codes), len(codes) + len(code)
            codes += code
        save_value(_NAME, _KEY, modules, bytes(codes))


class _Loader(SourceFileLoader):
    """Loads a module whose code is there."""

    def __init__(self, name: str, path: str, code: memoryview) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, _: str) -> CodeType:
        """The code of the module."""
        code: CodeType = marshal.loads(self._code)
        return code


def _find_place(name: str, path: Sequence[str]) -> str:
    """Where a module stands in its package, whose folders are `path`, without the ending of its name."""
    return os.path.join(next(iter(path), ""), name.rpartition(".")[2])  # noqa: PTH118 (as Python's own finder does)


def _read_code(name: str) -> tuple[os.stat_result, str, bytes] | None:
    """The state of the source of a module, how its name ends, and the code; None where it is none that is kept."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if not name.startswith(_BEGINNING) or spec is None or type(spec.loader) is not SourceFileLoader:
        return None
    ending = _PACKAGE if spec.submodule_search_locations is not None else _MODULE
    package = sys.modules.get(name.rpartition(".")[0])  # gone where its import failed
    if package is None or spec.origin != _find_place(name, package.__path__) + ending:
        return None
    try:
        state = os.stat(spec.origin)  # noqa: PTH116
        return state, ending, marshal.dumps(spec.loader.get_code(name))
    except (OSError, SyntaxError):
        return None
