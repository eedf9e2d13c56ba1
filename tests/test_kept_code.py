"""Code of dataclasses and named tuples that is kept from run to run."""

from __future__ import annotations

import collections
import dataclasses
import typing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from imrlint import kept, kept_code


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "code"
    monkeypatch.setattr(kept, "_find_path", lambda _: path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return path


def make_classes() -> tuple[Any, Any]:
    with kept_code.kept():

        @dataclasses.dataclass(frozen=True, order=True)
        class Visit:
            number: int
            side: str = "left"

        class Dose(NamedTuple):
            drug: str
            mg: float = 5.0

    return Visit, Dose


def test_classes_of_kept_code_are_like_others(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_classes()
    assert file.exists()
    monkeypatch.setattr(kept_code, "compile", None, raising=False)  # now nothing can be compiled
    visit, dose = make_classes()
    assert visit(1) < visit(2, side="right")
    assert "Visit(number=3, side='left')" in repr(visit(3))
    with pytest.raises(dataclasses.FrozenInstanceError):
        visit(1).side = "right"
    assert dose("tramadol") == ("tramadol", 5.0)


@pytest.mark.usefixtures("file")
def test_the_standard_library_is_left_as_it_was() -> None:
    with pytest.raises(ValueError, match="ends early"), kept_code.kept():
        raise ValueError("ends early")
    assert not hasattr(dataclasses, "exec")
    assert not hasattr(collections, "eval")
    assert not hasattr(typing, "compile")


@pytest.mark.usefixtures("file")
def test_what_a_former_run_kept_is_not_lost() -> None:
    make_classes()
    before = kept.load_value("code", "1")
    with kept_code.kept():
        dataclasses.make_dataclass("Another", ["field_of_another"])
    after = kept.load_value("code", "1")
    assert before.items() <= after.items()
    assert len(after) > len(before)


@pytest.mark.parametrize("content", [b"", b"\x00", b"no marshalled data"])
def test_a_damaged_file_is_written_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    make_classes()
    assert kept.load_value("code", "1")


def test_nothing_is_written_where_python_keeps_no_compiled_modules(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    make_classes()
    assert not file.exists()
