"""Modules that are kept from run to run in one file."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import imrlint
from imrlint import kept, kept_modules


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which imrlint has further modules: a package `parts` with a module `one`."""
    monkeypatch.setattr(kept, "_find_path", lambda _: tmp_path / "modules")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr(imrlint, "__path__", [str(tmp_path), *imrlint.__path__])
    package = tmp_path / "parts"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "one.py").write_text("value = 1\n", encoding="utf-8")
    yield package
    forget()


def forget() -> None:
    for name in [name for name in sys.modules if name.startswith("imrlint.parts")]:
        del sys.modules[name]
    vars(imrlint).pop("parts", None)


def load() -> ModuleType:
    forget()
    importlib.invalidate_caches()
    with kept_modules.kept():
        return importlib.import_module("imrlint.parts.one")


def is_from_file(module: ModuleType) -> bool:
    return isinstance(module.__loader__, kept_modules._Loader)


def test_a_kept_module_is_what_its_source_says(folder: Path) -> None:
    first, second = load(), load()
    assert (is_from_file(first), is_from_file(second)) == (False, True)
    assert isinstance(sys.modules["imrlint.parts"].__loader__, kept_modules._Loader)
    assert sys.modules["imrlint.parts"].__path__ == [str(folder)]
    assert second.value == 1
    assert second.__file__ == first.__file__ == str(folder / "one.py")
    assert second.__cached__ == first.__cached__


def test_a_module_that_has_changed_is_read_anew(folder: Path) -> None:
    load()
    source = folder / "one.py"
    before = source.stat()
    source.write_text("value = 2\n", encoding="utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns + 10**9))
    changed, again = load(), load()
    assert (changed.value, is_from_file(changed)) == (2, False)
    assert (again.value, is_from_file(again)) == (2, True)


def test_a_module_that_is_gone_is_not_found(folder: Path) -> None:
    load()
    (folder / "one.py").unlink()
    with pytest.raises(ModuleNotFoundError):
        load()


def test_a_module_whose_package_cannot_be_imported_is_not_kept(folder: Path) -> None:
    (folder / "__init__.py").write_text("from imrlint.parts import one\nraise ValueError\n", encoding="utf-8")
    with pytest.raises(ValueError):  # noqa: PT011 (that of the line above)
        load()
    assert not (folder.parent / "modules").exists()


def test_a_damaged_file_is_written_anew(folder: Path) -> None:
    (folder.parent / "modules").write_bytes(b"no marshalled data")
    assert not is_from_file(load())
    assert is_from_file(load())


def test_nothing_is_written_where_python_keeps_no_compiled_modules(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    load()
    assert not (folder.parent / "modules").exists()
