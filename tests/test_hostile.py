"""Files that no letter should be: each costs one clear line, little time and memory, and no other letter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import hostile
import pytest
import typeset
from running import EXAMPLES, run, run_process

from imrlint.source.errors import Refused
from imrlint.source.kinds import Kind
from imrlint.source.sandbox import Sandbox

LARGEST = 300 * 1024  # KiB of memory
LONGEST = 5.0  # seconds of a processor for one file

# A small process between this one and imrlint: a child is counted with what its parent held when it was started.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", "imrlint", "check", sys.argv[1]], stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


@pytest.mark.slow
def test_each_is_named_in_one_line_and_the_others_are_checked(tmp_path: Path) -> None:
    paths = hostile.lay_out(tmp_path)
    assert len(paths) >= 50
    done = run("check", *paths, EXAMPLES[0])
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    told = [line for line in lines if line.startswith(f"imrlint: {tmp_path}")]
    assert [re.split(r": ", line)[1] for line in told] == [str(path) for path in paths]
    assert all(len(line) < len(str(tmp_path)) + 120 and "Error" not in line for line in told)
    assert lines[-1] == f"1 letter checked: nothing to report; {len(paths)} files could not be checked"
    assert done.stdout == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")
@pytest.mark.parametrize("name", ["bomb.pdf", "bomb.docx", "bomb-of-xml.docx", "deep.docx", "laughs.docx", "links.rtf"])
def test_the_worst_of_them_take_little(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(hostile.file(name))
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    code, most, seconds = map(float, done.stdout.split())
    assert code == 2
    assert most < LARGEST
    assert seconds < LONGEST


def test_a_reader_that_takes_too_long_is_ended_and_another_one_serves() -> None:
    sandbox = Sandbox(seconds=0.5)
    try:
        with pytest.raises(Refused, match="took more than"):
            sandbox.read(Kind.RTF, hostile.file("links.rtf"))
        assert (
            "It has two paragraphs." in Sandbox(seconds=30).read(Kind.WORD, typeset.word("It has two paragraphs.")).text
        )
    finally:
        sandbox.close()


@pytest.mark.slow
def test_a_reader_that_dies_is_replaced() -> None:
    sandbox = Sandbox(seconds=30)
    try:
        assert sandbox.read(Kind.WORD, typeset.word("One.")).text == "One."
        with pytest.raises(Refused, match="far too large"):
            sandbox.read(Kind.PDF, hostile.file("bomb.pdf"))
        assert sandbox.read(Kind.WORD, typeset.word("Two.")).text == "Two."
    finally:
        sandbox.close()


def test_what_is_not_installed_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    """A package of the same name that cannot be imported stands in the way of each reader."""
    for name in ("docx", "pypdfium2", "striprtf"):
        (tmp_path / "broken" / name).mkdir(parents=True)
        (tmp_path / "broken" / name / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    contents = {"docx": typeset.word("One."), "pdf": typeset.pdf([["One."]]), "rtf": typeset.rtf("One.")}
    for extra, content in contents.items():
        (tmp_path / f"letter.{extra}").write_bytes(content)
    letters = sorted(tmp_path.glob("letter.*"))
    done = run_process("check", *letters, EXAMPLES[0], PYTHONPATH=str(tmp_path / "broken"))
    assert done.returncode == 2
    for extra in contents:
        assert f'install the missing extra: pip install "imrlint[{extra}]"\n' in done.stderr
    assert "1 letter checked: nothing to report" in done.stderr
