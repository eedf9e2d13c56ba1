"""Habits of people who use a command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import CLEAN, SLIPS, run


@pytest.mark.parametrize(("level", "shown"), [("error", 1), ("warning", 2), ("note", 3)])
def test_a_level_leaves_out_what_is_less_serious(level: str, shown: int) -> None:
    done = run("check", SLIPS, "--level", level, "--output-format", "concise")
    words = ("error", "warning", "note")
    assert [word for word in words if f": {word}: " in done.stdout] == list(words[:shown])
    assert [word for word in words if word in done.stderr.split("(")[0]] == list(words[:shown])


def test_what_a_level_leaves_out_fails_no_check() -> None:
    only = ("check", SLIPS, "--select", "misspelling")
    assert run(*only).returncode == 1
    done = run(*only, "--level", "error")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(*only, "--level", "note", "--fail-on", "error").returncode == 0
    assert run("check", SLIPS, "--level", "error", "--fail-on", "note").returncode == 1


def test_patterns_may_have_brackets_of_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "drafts [old]"
    folder.mkdir()
    for name in ("a.txt", "b [1].txt", "b1.txt"):
        (folder / name).write_bytes(CLEAN.read_bytes())

    for pattern, letters in (("drafts [old]/*.txt", 3), ("drafts [old]/b [1].txt", 1), ("drafts*/b[0-9].txt", 1)):
        done = run("check", pattern, cwd=tmp_path)
        assert (done.returncode, done.stderr.split()[0]) == (0, str(letters)), (pattern, done.stderr)
    assert "no file matches" in run("check", "drafts [old]/x*", cwd=tmp_path).stderr
