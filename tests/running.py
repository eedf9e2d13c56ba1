"""Running imrlint: in this process, which is quick, or as a process of its own, which is what users start."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

import pytest
from _pytest.mark.structures import ParameterSet

import imrlint
from imrlint import __main__

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
SLIPS = ROOT / "examples" / "slips-2017-drugs.txt"
BESIDE_THE_TEXT = {"hidden-identifier"}  # rules on what a text file does not have: they have no example in text
CLEAN = ROOT / "examples" / "clean-2017-shoulder.txt"


def slowly(value: object) -> ParameterSet:
    """A parameter with which a test is slow: CI tries it after the others."""
    return pytest.param(value, marks=pytest.mark.slow)


def some(letters: Iterable[Path]) -> list[Path | ParameterSet]:
    """Letters to try something on that takes long for each: one of them; the others only in the slow tests."""
    return [path if path == SLIPS else slowly(path) for path in letters]


@cache
def count_slips() -> int:
    """The number of findings in the letter SLIPS."""
    return len(imrlint.check(imrlint.read(SLIPS)).diagnostics)


def run(*arguments: object, given: str | bytes = "", cwd: Path | None = None) -> CompletedProcess[str]:
    """Run a command of imrlint in this process, in the folder `cwd` (the examples by default).

    Standard input holds `given`. The result has the exit code, standard output and standard error, as that
    of a process would; an error that imrlint does not handle is raised. With `--jobs` above 1, what the other
    processes write is not in the result: use `run_process`.
    """
    words = ["imrlint", *map(str, arguments)]
    stdin = io.TextIOWrapper(io.BytesIO(_encoded(given)), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        chdir(cwd or EXAMPLES[0].parent),
        patch.multiple(sys, argv=words, stdin=stdin, stdout=out, stderr=err),
    ):
        code = _exit_code()
    return CompletedProcess(words, code, _content(out), _content(err))


def run_process(
    *arguments: object, given: str | bytes = "", cwd: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """Run a command of imrlint as a process, with additions to its environment. A traceback is an error."""
    command = [sys.executable, "-m", "imrlint", *map(str, arguments)]
    done = subprocess.run(
        command,
        input=_encoded(given),
        capture_output=True,
        cwd=cwd or EXAMPLES[0].parent,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return CompletedProcess(command, done.returncode, out, err)


@contextmanager
def started(*arguments: object, cwd: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A command of imrlint that is still running, its standard output in a pipe; killed at the end, come what may."""
    command = [sys.executable, "-m", "imrlint", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=cwd or EXAMPLES[0].parent)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _exit_code() -> int:
    try:
        __main__.main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    raise AssertionError("the command did not end")


def _encoded(given: str | bytes) -> bytes:
    return given if isinstance(given, bytes) else given.encode("utf-8")


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
