"""Watching a folder: what is saved is checked, and a changed configuration counts at once."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typeset
from running import EXAMPLES, SLIPS, run, run_process

CLEAN = next(path for path in EXAMPLES if path.stem == "clean-2017-shoulder")
PATIENCE = 30.0  # seconds


@pytest.mark.skipif(os.name == "nt", reason="the command is ended as POSIX does")
def test_a_letter_is_checked_whenever_it_is_saved(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "draft.txt")
    with watching(tmp_path) as (process, lines):
        _wait_until(lambda: any("watching; Ctrl-C ends it" in line for line in lines), lines)
        time.sleep(1.0)  # what watches starts after imrlint has said so
        shutil.copy(SLIPS, tmp_path / "draft.txt")
        _wait_until(lambda: any("[ur-date-mismatch]" in line for line in lines), lines)
        assert any(line.startswith("draft.txt:") for line in lines)
        assert any(re.fullmatch(r"imrlint: \d\d:\d\d:\d\d, draft\.txt\n", line) for line in lines)
        assert not any("\x1b" in line for line in lines)  # a screen is cleared where there is one
        (tmp_path / "other.docx").write_bytes(typeset.word(CLEAN.read_text(encoding="utf-8")))
        (tmp_path / "notes.doc").write_bytes(b"nothing to check")
        _wait_until(lambda: lines[-1] == "1 letter checked: nothing to report\n", lines)
        lines.clear()
        (tmp_path / "imrlint.toml").write_text('select = ["reviewer"]\n', encoding="utf-8")
        _wait_until(lambda: bool(lines) and lines[-1] == "2 letters checked: nothing to report\n", lines)
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert not any("Traceback" in line or "Interrupt" in line for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="the command is ended as POSIX does")
@pytest.mark.parametrize("ignored", [False, True])
def test_ctrl_c_ends_it_unless_it_is_ignored_and_sigterm_always(tmp_path: Path, ignored: bool) -> None:
    """A shell starts a command in the background with Ctrl-C ignored."""
    shutil.copy(CLEAN, tmp_path / "draft.txt")
    with watching(tmp_path, signal.SIG_IGN if ignored else signal.SIG_DFL) as (process, lines):
        _wait_until(lambda: any("watching; Ctrl-C ends it" in line for line in lines), lines)
        process.send_signal(signal.SIGINT)
        if ignored:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)
            process.terminate()
        assert process.wait(PATIENCE) == 0


@contextmanager
def watching(
    folder: Path, interrupt: signal.Handlers = signal.SIG_DFL
) -> Iterator[tuple[subprocess.Popen[bytes], list[str]]]:
    """A process that watches a folder, and the lines that it has written so far. It is killed at the end.

    `interrupt` is what SIGINT does in the process, wherever the tests run.
    """
    command = [sys.executable, "-u", "-m", "imrlint", "check", "--watch", "."]
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            cwd=folder,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    lines: list[str] = []
    reader = threading.Thread(target=_collect, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait(PATIENCE)
        reader.join(PATIENCE)


def _collect(process: subprocess.Popen[bytes], lines: list[str]) -> None:
    assert process.stdout
    with process.stdout:
        for line in process.stdout:
            lines.append(line.decode())


def _wait_until(happened: Callable[[], bool], lines: list[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, lines
        time.sleep(0.05)


def test_what_cannot_be_watched_is_named(tmp_path: Path) -> None:
    done = run("check", "--watch", tmp_path / "none")
    assert (done.returncode, done.stderr) == (
        2,
        f"imrlint: {tmp_path / 'none'}: no such file or folder, and patterns cannot be watched\n",
    )
    assert run("check", "--watch", "-").returncode == 2


def test_the_extra_is_named_when_it_is_missing(tmp_path: Path) -> None:
    (tmp_path / "watchfiles").mkdir()
    (tmp_path / "watchfiles" / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    done = run_process("check", "--watch", EXAMPLES[0].parent, PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == 'imrlint: to watch folders, install the missing extra: pip install "imrlint[watch]"\n'
