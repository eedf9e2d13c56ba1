"""Compiled patterns that are kept from run to run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imrlint import kept, kept_patterns
from imrlint.document.patterns import Pattern

_WRITTEN = (
    (r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)", 0),
    (r"\b(?:left|right|ſide|\w+é)\b", re.IGNORECASE),
    (r"^ \# [a-z]+ (?# a comment)", re.VERBOSE | re.MULTILINE),
    ("(?i:a)b|(?<=c)d(?!e)", 0),
)
_TEXT = "2017-05 LEFT side, Café\n#note ab Ab cd cde"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "patterns"
    monkeypatch.setattr(kept, "_find_path", lambda _: path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return path


def compile_all() -> list[re.Pattern[str]]:
    re.purge()
    with kept_patterns.kept():
        return [re.compile(pattern, flags) for pattern, flags in _WRITTEN]


def describe(pattern: re.Pattern[str]) -> object:
    found = [(hit.span(), hit.groups(), hit.groupdict()) for hit in pattern.finditer(_TEXT)]
    return pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), found


def test_a_kept_pattern_is_what_re_makes_of_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all()
    assert file.exists()
    monkeypatch.setattr(kept_patterns._Store, "_translate", None)  # now nothing can be compiled
    found = compile_all()
    re.purge()
    assert [describe(each) for each in found] == [describe(re.compile(*each)) for each in _WRITTEN]
    assert all(describe(each)[-1] for each in found)  # type: ignore[index]


def test_only_what_is_compiled_meanwhile_is_kept(file: Path) -> None:
    compile_all()
    re.compile("a name in a letter")
    compile_all()
    assert b"a name in a letter" not in file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"\x00", b"i\x01\x00\x00\x00", b"no marshalled data"])
def test_a_damaged_file_is_written_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert [each.pattern for each in compile_all()] == [pattern for pattern, _ in _WRITTEN]
    assert len(file.read_bytes()) > len(content)


def test_what_another_python_compiled_is_not_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all()
    before = file.read_bytes()
    monkeypatch.setattr("sys.version", "another")
    compile_all()
    assert file.read_bytes() != before


def test_nothing_is_written_where_python_keeps_no_compiled_modules(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    compile_all()
    assert not file.exists()


@pytest.mark.slow
def test_a_second_check_compiles_no_pattern(tmp_path: Path) -> None:
    """Nothing that patterns are made of may depend on the order of a set, which differs from process to process."""
    code = "from imrlint.session.loading import load; load()"
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for seed in ("1", "2"):
        environment = {**variables, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        (file,) = tmp_path.rglob("kept.*.patterns")
        found.append(file.read_bytes())
    assert found[0] == found[1]


def test_an_error_in_a_pattern_is_that_of_re(file: Path) -> None:
    with pytest.raises(re.error, match="unterminated"), kept_patterns.kept():
        re.compile("(a")
    assert not file.exists()


@pytest.mark.usefixtures("file")
def test_a_pattern_over_prose_is_compiled_from_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def search() -> list[str]:
        with kept_patterns.kept():
            pattern = Pattern(r"\b(?P<Side>left|right) (?:knee|hip)s?\b", re.IGNORECASE)
        return [found["Side"] for found in pattern.finditer("The LEFT knee, and the right hips.")]

    assert search() == ["LEFT", "right"]
    monkeypatch.setattr(kept_patterns._Store, "_translate", None)  # now nothing can be compiled
    monkeypatch.setattr("imrlint.document.patterns.find_words", None)
    re.purge()
    assert search() == ["LEFT", "right"]
