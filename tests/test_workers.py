"""The worker pool: the same findings in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import EXAMPLES, SLIPS, run, run_process, started

POISON = """
import os, signal, sys, time
from imrlint.session import examination

plain = examination.Examiner.examine_file

def examine_file(self, path):
    name = os.path.basename(path)
    if "hangs" in name:
        while True:
            time.sleep(1)
    if "kills-once" in name and not os.path.exists(path + ".seen"):
        open(path + ".seen", "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if "kills-always" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(self, path)

examination.Examiner.examine_file = examine_file
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty letters of nine kinds."""
    letters = tmp_path / "letters"
    letters.mkdir()
    for number in range(40):
        path = EXAMPLES[number % len(EXAMPLES)]
        shutil.copy(path, letters / f"{number:02}-{path.name}")
    return letters


def test_two_processes_say_what_one_says(folder: Path) -> None:
    (folder / "05-bad.docx").write_bytes(b"PK\x03\x04")
    one = run("check", folder, "--output-format", "jsonl")
    two = run_process("check", folder, "--jobs", 2, "--output-format", "jsonl")
    assert one.stdout.count("\n") > 150
    assert (two.returncode, two.stdout) == (one.returncode, one.stdout)
    assert two.stderr == one.stderr
    assert "05-bad.docx: a damaged Word or other zipped file" in two.stderr


def poisoned(tmp_path: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A run whose processes fail as POISON says, which Python loads at every start."""
    (tmp_path / "poison").mkdir(exist_ok=True)
    (tmp_path / "poison" / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    return run_process(*arguments, PYTHONPATH=str(tmp_path / "poison"))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_letter_that_hangs_or_kills_is_named_and_the_others_are_checked(tmp_path: Path, folder: Path) -> None:
    plain = run("check", folder, "--jobs", 1, "--output-format", "jsonl")
    for name in ("10-hangs.txt", "20-kills-always.txt", "30-kills-once.txt"):
        shutil.copy(EXAMPLES[0], folder / name)
    done = poisoned(tmp_path, "check", folder, "--jobs", 2, "--time-limit", 10, "--output-format", "jsonl")
    assert done.returncode == 2
    assert done.stdout == plain.stdout
    assert sorted(done.stderr.splitlines()) == [
        f"imrlint: {folder / '10-hangs.txt'}: not checked: it took more than 10 seconds",
        f"imrlint: {folder / '20-kills-always.txt'}: not checked: the process that examined it died, twice",
    ]


@pytest.mark.slow
def test_letters_are_checked_where_no_other_process_can_start(tmp_path: Path, folder: Path) -> None:
    plain = run("check", folder, "--jobs", 1, "--output-format", "jsonl")
    (tmp_path / "sitecustomize.py").write_text(
        'import os, sys\nif "--multiprocessing-fork" in sys.orig_argv: os._exit(1)\n', encoding="utf-8"
    )
    done = run_process("check", folder, "--jobs", 2, "--output-format", "jsonl", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)
    message = "imrlint: no other process can be started; the letters are checked one after the other\n"
    assert done.stderr == message


@pytest.mark.slow
def test_a_process_that_dies_at_its_start_is_replaced(tmp_path: Path, folder: Path) -> None:
    plain = run("check", folder, "--jobs", 1, "--output-format", "jsonl")
    died = tmp_path / "died"
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        f"if '--multiprocessing-fork' in sys.orig_argv and not os.path.exists({str(died)!r}):\n"
        f"    open({str(died)!r}, 'w').close()\n"
        "    os._exit(1)\n",
        encoding="utf-8",
    )
    done = run_process("check", folder, "--jobs", 2, "--output-format", "jsonl", PYTHONPATH=str(tmp_path))
    assert died.exists()
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a limit as POSIX has it")
def test_letters_are_checked_where_not_so_many_processes_can_be_started(folder: Path) -> None:
    plain = run("check", folder, "--jobs", 1, "--output-format", "jsonl")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24)); "
        "from imrlint.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", code, "check", str(folder), "--jobs", "20", "--output-format", "jsonl"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode("utf-8")) == (plain.returncode, plain.stdout)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found as Linux shows them")
def test_a_process_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    for number in range(100):
        shutil.copy(SLIPS, letters / f"{number:03}.txt")
    plain = run("check", letters, "--jobs", 1, "--ignore", "batch", "--output-format", "jsonl")
    with started("check", letters, "--jobs", 2, "--ignore", "batch", "--output-format", "jsonl") as process:
        assert process.stdout
        lines = [process.stdout.readline()]
        for child in children(process.pid):
            os.kill(child, signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == 1
    assert b"".join(lines).decode("utf-8") == plain.stdout


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found as Linux shows them")
def test_the_processes_end_with_the_run_that_started_them(folder: Path) -> None:
    with started("check", folder, "--jobs", 2, "--output-format", "jsonl") as process:
        assert process.stdout
        process.stdout.readline()
        begun = children(process.pid)
        process.kill()
    assert begun
    end = time.monotonic() + 20
    while any(alive(child) for child in begun):
        assert time.monotonic() < end
        time.sleep(0.05)


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
