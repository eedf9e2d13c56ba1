"""Watching a folder: what is saved is checked, and a changed configuration counts at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import typeset
from running import EXAMPLES, SLIPS, run, run_process

CLEAN = next(path for path in EXAMPLES if path.stem == "clean-2017-shoulder")
PATIENCE = 30.0  # seconds


def test_a_letter_is_checked_whenever_it_is_saved(tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "draft.txt")
    command = [sys.executable, "-u", "-m", "imrlint", "check", "--watch", "."]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=tmp_path
    ) as process:
        said: list[str] = []

        ear = threading.Thread(target=lambda: _collect(process, said))
        ear.start()
        try:
            _until(lambda: any("watching; Ctrl-C ends it" in line for line in said), said)
            shutil.copy(SLIPS, tmp_path / "draft.txt")
            _until(lambda: any("[ur-date-mismatch]" in line for line in said), said)
            assert any(line.startswith("draft.txt:") for line in said)
            (tmp_path / "other.docx").write_bytes(typeset.word(CLEAN.read_text(encoding="utf-8")))
            (tmp_path / "notes.doc").write_bytes(b"nothing to check")
            _until(lambda: said[-1] == "1 letter checked: nothing to report\n", said)
            said.clear()
            (tmp_path / "imrlint.toml").write_text('select = ["reviewer"]\n', encoding="utf-8")
            _until(lambda: bool(said) and said[-1] == "2 letters checked: nothing to report\n", said)
        finally:
            process.send_signal(signal.SIGINT)
            ear.join(PATIENCE)
        assert process.wait(PATIENCE) == 0
        assert not any("Traceback" in line or "Interrupt" in line for line in said)


def _collect(process: subprocess.Popen[bytes], said: list[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        said.append(line.decode())


def _until(happened: Callable[[], bool], said: list[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, said
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
    assert done.stderr == 'imrlint: to watch folders, install what is missing: pip install "imrlint[watch]"\n'
